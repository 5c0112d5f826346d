"""Who is called when somebody does not come: always legal, reserves first, and the same whatever the cores."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.analysis.coverage import shortages
from scheduler.analysis.spells import help_comes, spells
from scheduler.engine.compiled_problem import Bools
from scheduler.engine.recourse.kernel import AWAY, CALLED, NOT_NEEDED, OPEN, RESERVES, WITHHELD
from scheduler.engine.recourse.simulation import Recourse
from scheduler.problem.facts import Category, Pair, Pooling, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from tests.builders import (
    SHIFTS,
    TOWN,
    ZONE,
    contract,
    demand,
    free_contract,
    hotspot,
    leave,
    lines,
    make,
    person,
    shift,
)
from tests.engine.recourse.worlds import NORTH, legal_roster, newly_broken, with_reserves
from tests.engine.zones import EXAMPLES, example, led

pytestmark = pytest.mark.slow

SEEDS = 12
RUNS = 6


def nobody(recourse: Recourse) -> Bools:
    return np.zeros((len(recourse.pool.people), recourse.pool.days), dtype=bool)


def away(recourse: Recourse, *who: tuple[str, int]) -> Bools:
    found = nobody(recourse)
    for staff, day in who:
        found[recourse.pool.person[staff], day] = True
    return found


@pytest.mark.parametrize("lateral", [False, True])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_is_done_breaks_no_hard_rule_by_the_audit_of_the_whole_roster(seed: int, lateral: bool) -> None:
    _held_legally(with_reserves(seed, lateral=lateral), seed)


@pytest.mark.parametrize("seed", range(4))
def test_who_is_called_comes_with_the_drivers_that_are_asked_for(seed: int) -> None:
    _held_legally(led(with_reserves(seed)), seed)


def _held_legally(instance: Instance, seed: int) -> None:
    planned = legal_roster(instance)
    recourse = Recourse(instance, planned)
    gone = spells(recourse.pool.people, range(RUNS), instance.days, 0.25, seed)
    comes = help_comes(recourse.pool.people, range(RUNS), instance.days, 0.6, seed)
    found = recourse.run(gone, comes)
    for run in range(RUNS):
        realised = recourse.realised(gone[run], comes[run])
        assert not any(newly_broken(recourse, planned, realised, gone[run], comes[run]).values())
        absent = {(cell.staff, cell.day) for cell in realised if gone[run][recourse.pool.person[cell.staff], cell.day]}
        assert not absent
        counts = found.counts[run]
        assert counts[AWAY] + counts[WITHHELD] == counts[[NOT_NEEDED, RESERVES, CALLED, OPEN]].sum()
        new = [cell for cell in realised if cell not in set(planned)]
        assert len(new) == counts[RESERVES] + counts[CALLED]
        assert short(recourse, found.heads[run]) == counted(instance, realised)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_held_by_legal_means_too(name: str) -> None:
    instance = example(name)
    planned = legal_roster(instance)
    recourse = Recourse(instance, planned)
    (gone,) = spells(recourse.pool.people, range(1), instance.days, 0.3, 1)
    comes = ~nobody(recourse)
    realised = recourse.realised(gone, comes)
    assert not any(newly_broken(recourse, planned, realised, gone, comes).values())


def test_without_any_demand_nothing_is_missing_and_nobody_is_called() -> None:
    recourse = Recourse(make(2, people=2), lines(P1="EE"))
    found = recourse.run(away(recourse, ("P1", 0))[np.newaxis], ~nobody(recourse)[np.newaxis])
    assert found.counts[0].tolist() == [1, 0, 1, 0, 0, 0]


def short(recourse: Recourse, heads: np.ndarray) -> int:
    stretches = recourse.stretches()
    return int((np.maximum(stretches.target - heads, 0) * (stretches.end - stretches.start)).sum())


def counted(instance: Instance, roster: Roster) -> int:
    """Person-minutes below targets, by the analysis that knows no engine."""
    return sum(item.person_minutes for item in shortages(instance, roster))


def test_these_worlds_do_call_reserves_and_free_people_and_lose_help() -> None:
    """The test above would say nothing if nobody were ever called."""
    total = np.zeros(6, dtype=np.int64)
    for seed in range(SEEDS):
        instance = with_reserves(seed, lateral=True)
        recourse = Recourse(instance, legal_roster(instance))
        people = recourse.pool.people
        comes = help_comes(people, range(RUNS), instance.days, 0.6, seed)
        total += recourse.run(spells(people, range(RUNS), instance.days, 0.25, seed), comes).counts.sum(axis=0)
    assert (total > 0).all(), total


def waiting_world() -> tuple[Instance, Roster]:
    """P1 works early; P2 waits at that time, P3 late; P4 and P5 are free."""
    early, late = (
        shift(code, start, end, hotspots=("BASE",), reserve=True)
        for code, start, end in (("RE", "06:00", "14:00"), ("RL", "14:00", "22:00"))
    )
    instance = make(
        2, people=5, contracts=(free_contract(),), hotspots=(hotspot("HAL"), hotspot("BASE")),
        shifts=(*SHIFTS, early, late), demand=(demand(start="06:00", until="14:00", minimum=1),),
    )  # fmt: skip
    waiting = (Assignment("P2", 0, "RE", "BASE"), Assignment("P3", 0, "RL", "BASE"))
    return instance, Roster.of([*lines(P1="E."), *waiting])


def test_a_reserve_of_that_time_is_called_first_then_who_is_free() -> None:
    instance, planned = waiting_world()
    recourse = Recourse(instance, planned)
    comes = ~nobody(recourse)
    one = recourse.realised(away(recourse, ("P1", 0)), comes)
    assert Assignment("P2", 0, "E", "HAL") in set(one)
    assert [cell.shift for cell in one.line("P3")] == ["RL"]
    both = recourse.realised(away(recourse, ("P1", 0), ("P2", 0)), comes)
    assert {cell.staff for cell in both if cell.hotspot == "HAL"} == {"P4"}


def test_who_was_ill_before_is_not_called_on_a_free_day() -> None:
    instance, _ = waiting_world()
    recourse = Recourse(instance, lines(P1=".E", P2=".E", P3=".E"))
    comes = ~nobody(recourse)
    gone = away(recourse, ("P1", 1), ("P2", 1), ("P3", 1), ("P4", 0))
    found = recourse.realised(gone, comes)
    assert {cell.staff for cell in found} == {"P5"}


def test_nobody_is_called_where_nothing_is_missing() -> None:
    instance, _ = waiting_world()
    recourse = Recourse(instance, lines(P1="E.", P2="E."))
    found = recourse.run(away(recourse, ("P1", 0))[np.newaxis], ~nobody(recourse)[np.newaxis])
    assert found.counts[0].tolist() == [1, 0, 1, 0, 0, 0]


def test_leave_and_rest_keep_people_from_being_called() -> None:
    instance = make(
        2, people=3, contracts=(free_contract(min_rest_hours=11.0),), absences=(leave("P3", 1, clock=("20:00", "21:00")),),
        demand=(demand(start="06:00", until="14:00", minimum=1),),
    )  # fmt: skip
    recourse = Recourse(instance, lines(P1=".E", P2="L."))
    found = recourse.run(away(recourse, ("P1", 1))[np.newaxis], ~nobody(recourse)[np.newaxis])
    assert found.counts[0, OPEN] == 1
    assert len(recourse.realised(away(recourse, ("P1", 1)), ~nobody(recourse))) == 1


def test_a_patrol_that_nobody_completes_does_not_go_out() -> None:
    pair = make(
        1, people=[person(f"P{i}") for i in range(1, 4)], contracts=(contract(min_together=2),),
        demand=(demand(start="06:00", until="14:00", minimum=2),),
    )  # fmt: skip
    recourse = Recourse(pair, lines(P1="E", P2="E"))
    comes = ~nobody(recourse)
    assert {cell.staff for cell in recourse.realised(away(recourse, ("P1", 0)), comes)} == {"P2", "P3"}
    assert len(recourse.realised(away(recourse, ("P1", 0), ("P2", 0)), comes)) == 0


@pytest.mark.parametrize("minimum", [1, 4])
@pytest.mark.parametrize(("roles", "comes_along"), [((), False), (("DRIVER",), True)])
def test_only_a_driver_is_called_where_one_is_lost(roles: tuple[str, ...], comes_along: bool, minimum: int) -> None:
    """Four early with two drivers, one of whom does not come: who is free comes as a driver, even where nobody is asked for."""
    crew = [
        *(person(staff, roles=("DRIVER",)) for staff in ("P1", "P2")),
        *(person(staff) for staff in ("P3", "P4")),
        person("P5", roles=roles),
    ]
    instance = make(
        1, people=crew, contracts=(free_contract(),), demand=(demand(start="06:00", until="14:00", minimum=minimum),),
        roles=(Role(code="DRIVER", category=Category.POLICE),), parameters={"role_holders.role": "DRIVER"},
    )  # fmt: skip
    recourse = Recourse(instance, lines(P1="E", P2="E", P3="E", P4="E"))
    found = recourse.realised(away(recourse, ("P1", 0)), ~nobody(recourse))
    assert {cell.staff for cell in found} == {"P2", "P3", "P4", *(["P5"] if comes_along else [])}


def test_the_cores_make_no_difference() -> None:
    instance = with_reserves(3)
    recourse = Recourse(instance, legal_roster(instance))
    gone = spells(recourse.pool.people, range(9), instance.days, 0.2, 1)
    one, three = (recourse.run(gone, np.ones_like(gone), cores) for cores in (1, 3))
    assert (one.heads == three.heads).all()
    assert (one.counts == three.counts).all()


def test_nobody_is_called_to_where_somebody_stands_from_whom_they_are_kept_apart() -> None:
    pair = Pair(staff_a="P2", staff_b="P3", kind="apart")
    facts = {"people": 3, "contracts": (free_contract(),), "demand": (demand(start="06:00", until="14:00", minimum=2),)}
    planned, spared = lines(P1="E", P2="E"), make(1, **facts)  # type: ignore[arg-type]
    for instance, takers in ((spared, {"P3"}), (spared.replace(pairs=(pair,)), set())):
        recourse = Recourse(instance, planned)
        found = recourse.realised(away(recourse, ("P1", 0)), ~nobody(recourse))
        assert {cell.staff for cell in found} == {"P2"} | takers


def test_a_zone_lends_no_more_than_its_share_and_only_help_that_comes() -> None:
    instance = make(
        7, people=[person("P1", organisation="5344"), person("P2")], contracts=(free_contract(),), strategy=Pooling.LATERAL,
        organisations=(ZONE, TOWN, NORTH), hotspots=(hotspot("HAL"), hotspot("NORD", zone="5344")),
        demand=(demand(start="06:00", until="14:00", minimum=1).replace(hotspot="NORD"),),
    )  # fmt: skip
    planned = lines("NORD", P1="EE.....")
    for percent, days in ((0.0, []), (20.0, [0]), (40.0, [0, 1])):
        recourse = Recourse(instance.replace(parameters={"lending.percent": percent}), planned)
        gone = away(recourse, ("P1", 0), ("P1", 1))
        found = recourse.realised(gone, ~nobody(recourse))
        assert [cell.day for cell in found.line("P2")] == days
        assert not recourse.realised(gone, nobody(recourse)).line("P2")
