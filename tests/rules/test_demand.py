from __future__ import annotations

from scheduler.problem.facts import Category, Role
from scheduler.rules.demand import DemandParameters, DemandRule
from scheduler.vocabulary.constraints import Cover, Level
from tests.builders import demand, free_contract, hotspot, lines, make, past, person


def test_a_missing_head_counts_minute_by_minute_with_the_priority() -> None:
    instance = make(
        1, people=2, hotspots=(hotspot(priority=3),), demand=(demand(start="06:00", until="15:00", minimum=2),)
    )
    findings = list(DemandRule().audit(instance, lines(P1="E", P2="L")))
    shorts = [(f.level, f.amount, f.cost, f.days, f.hotspot) for f in findings]
    # One head is missing from 06:00 to 14:00, and one (only L came) from 14:00 to 15:00.
    assert shorts == [
        (Level.POLICE_MINIMUM, 480, 1440, (0,), "HAL"),
        (Level.TARGETS, 480, 480, (0,), "HAL"),
        (Level.POLICE_MINIMUM, 60, 180, (0,), "HAL"),
        (Level.TARGETS, 60, 60, (0,), "HAL"),
    ]
    assert str(findings[0].message) == "HAL has 1 police from 2026-03-02 06:00 to 14:00; the minimum is 2"


def test_exactly_the_minimum_is_no_shortage_of_the_minimum() -> None:
    instance = make(1, people=2, demand=(demand(start="06:00", until="14:00", minimum=1, target=2),))
    assert [f.level for f in DemandRule().audit(instance, lines(P1="E"))] == [Level.TARGETS]
    assert list(DemandRule().audit(instance, lines(P1="E", P2="E"))) == []


def test_heads_over_the_maximum_cost_points_of_quality() -> None:
    instance = make(1, people=2, demand=(demand(start="06:00", until="14:00", minimum=1, maximum=1),))
    (over,) = DemandRule(DemandParameters(over_cost_per_minute=2)).audit(instance, lines(P1="E", P2="E"))
    assert (over.level, over.amount, over.cost) == (Level.QUALITY, 480, 960)
    assert list(DemandRule(DemandParameters(over_cost_per_minute=0)).audit(instance, lines(P1="E", P2="E"))) == []


def test_history_that_reaches_over_midnight_is_present() -> None:
    window = demand(start="00:00", until="06:00", minimum=1)
    here = make(1, demand=(window,), history=past("P1", "N", spot="HAL"))
    only = make(1, demand=(window,), history=past("P1", "N"))
    nowhere = make(1, demand=(window,), history=past("P1", "N"), hotspots=(hotspot("HAL"), hotspot("MIDI")))
    assert list(DemandRule().audit(here, lines())) == []
    assert list(DemandRule().audit(only, lines())) == []
    assert sum(f.amount for f in DemandRule().audit(nowhere, lines()) if f.level is Level.POLICE_MINIMUM) == 360


def test_non_police_never_counts_as_police() -> None:
    instance = make(
        1,
        contracts=(free_contract(), free_contract("GDP", category=Category.NON_POLICE)),
        people=[person("G1", contract="GDP")],
        demand=(demand(start="06:00", until="14:00", minimum=1), demand("non_police", minimum=1)),
    )
    levels = [f.level for f in DemandRule().audit(instance, lines(G1="E"))]
    assert levels.count(Level.POLICE_MINIMUM) == 1
    assert levels.count(Level.NON_POLICE_MINIMUM) == 2


def test_declares_one_cover_for_each_figure_with_the_people_of_the_role() -> None:
    instance = make(
        1,
        roles=(Role(code="lead", category=Category.POLICE),),
        people=[person("P1", roles=("lead",)), person("P2")],
        hotspots=(hotspot(priority=4),),
        demand=(demand("lead", start="06:00", until="14:00", minimum=1, target=2, maximum=3),),
    )
    covers = [item for item in DemandRule().declare(instance) if isinstance(item, Cover)]
    assert [(c.level, c.heads, c.weight) for c in covers] == [
        (Level.POLICE_MINIMUM, 1, 4),
        (Level.TARGETS, 2, 1),
        (Level.QUALITY, 3, 1),
    ]
    assert [c.above for c in covers] == [False, False, True]
    assert all(c.people == {"P1"} and (c.start, c.end) == (360, 840) for c in covers)


def test_with_a_price_targets_cost_points_and_minima_stay_as_they_are() -> None:
    instance = make(
        1, people=3, demand=(demand(start="06:00", until="14:00", minimum=1, target=3, maximum=3),),
        parameters={"demand.short_cost_per_minute": 5.0},
    )  # fmt: skip
    rule = DemandRule.for_instance(instance)
    covers = [(c.level, c.heads, c.weight, c.above) for c in rule.declare(instance) if isinstance(c, Cover)]
    assert covers == [
        (Level.POLICE_MINIMUM, 1, 1, False),
        (Level.QUALITY, 3, 5, False),
        (Level.QUALITY, 3, 1, True),
    ]
    (short,) = rule.audit(instance, lines(P1="E"))
    assert (short.level, short.amount, short.cost) == (Level.QUALITY, 960, 4800)
    assert str(short.message).endswith("the target is 3")
    assert [f.level for f in rule.audit(instance, lines())] == [Level.POLICE_MINIMUM, Level.QUALITY]
