"""A roster under absences: what is planned at 0 %, nothing at 100 %, the same absences for every roster; and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.analysis.coverage import MINIMUM, shortages
from scheduler.analysis.stress import Stress
from scheduler.errors import InputError
from scheduler.problem.facts import Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.vocabulary.constraints import Level
from scheduler.workflows.stress import NEW_ABSENCE, StressPlan, notes, share_of, stress
from tests.builders import demand, free_contract, hotspot, lines, make, shift
from tests.engine.recourse.worlds import NORTH, legal_roster, with_reserves
from tests.workflows.living import regular, world
from tests.workflows.readings import reading_of

pytestmark = pytest.mark.slow


def stressed(instance: Instance, roster: Roster, absence: float = 0.05, **plan: object) -> Stress:
    return stress(reading_of(instance, roster), StressPlan(absence, **{"runs": 200, **plan}))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["5%", "5 %", " 5", "5.0%", "5,0 %"])
def test_a_percentage_is_read_as_people_write_it(text: str) -> None:
    assert share_of(NEW_ABSENCE, text) == 0.05


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("101%", "is over 100 %"),
        ("0.05", "may be a share or a percentage"),
        ("five", "is no percentage"),
        ("-5%", "is no percentage"),
        ("", "is no percentage"),
        ("5%%", "is no percentage"),
        ("nan", "is no percentage"),
    ],
)
def test_nonsense_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        share_of(NEW_ABSENCE, text)


def test_the_ends_of_the_range() -> None:
    assert [share_of(NEW_ABSENCE, text) for text in ("0", "0%", "100 %", "0.5%")] == [0.0, 0.0, 1.0, 0.005]


def test_without_absences_the_roster_is_as_planned() -> None:
    instance = with_reserves(5)
    roster = legal_roster(instance)
    found = stressed(instance, roster, 0.0, runs=3)
    for place in (found.whole, *found.places.values()):
        for held in place.levels.values():
            assert (held.realised.low, held.realised.mean, held.realised.high) == pytest.approx((held.planned,) * 3)
        assert place.days_below.mean == place.days_below_planned
    assert not found.risky
    assert set(found.places) == {"HAL", "MIDI"}
    assert (found.replaced.away, found.replaced.open) == (0, 0)


def test_planned_figures_are_those_of_the_analysis() -> None:
    instance = with_reserves(5)
    roster = legal_roster(instance)
    found = stressed(instance, roster, 0.0, runs=1)
    missing = [item for item in shortages(instance, roster) if item.hotspot != "BASE"]
    short = sum(item.person_minutes for item in missing)
    targets = found.whole.levels[Level.TARGETS]
    assert round((1 - targets.planned) * targets.required) == short
    days = {
        (item.hotspot, day)
        for item in missing
        if item.level == MINIMUM
        for day in range(instance.calendar.day_of(item.start), instance.calendar.day_of(item.end - 1) + 1)
    }
    assert sum(place.days_below_planned for place in found.places.values()) == len(days)
    assert found.whole.days_below_planned == len({day for _, day in days})


def test_when_nobody_comes_nothing_is_held_and_no_reserve_is_enough() -> None:
    instance = world(7)
    found = stressed(instance, regular(instance), 1.0, runs=3, reserves=True)
    held = found.whole.levels[Level.POLICE_MINIMUM]
    assert (held.planned, held.realised.mean) == (1.0, 0.0)
    assert found.whole.days_below.mean == 7
    assert found.risky[0].chance == 1.0
    assert found.replaced.open == found.replaced.away == len(regular(instance))
    assert found.reserves is not None
    assert found.reserves.moments.pooled == 1


def test_the_interval_of_the_mean_holds_the_share_of_duties_that_are_lost_and_not_made_good() -> None:
    instance = make(
        28, people=8, contracts=(free_contract(),), demand=(demand(start="06:00", until="14:00", minimum=8),)
    )
    roster = lines(**{f"P{i}": "E" * 28 for i in range(1, 9)})
    found = stressed(instance, roster, 0.05, runs=2000)
    realised = found.whole.levels[Level.POLICE_MINIMUM].realised
    assert abs(realised.mean - 0.95) < 1.5 * realised.margin
    assert realised.low < realised.median < 1
    assert 0 < realised.margin < 0.01


def test_two_rosters_of_the_same_people_meet_the_same_absences_in_any_order() -> None:
    instance = world(14)
    turned = instance.replace(staff=instance.staff[::-1])
    one, other = stressed(instance, regular(instance), 0.1), stressed(turned, regular(instance), 0.1)
    assert one.replaced.away == other.replaced.away > 0
    again = stressed(instance, regular(instance), 0.1)
    assert again == replace(one, instance=again.instance)
    assert stressed(instance, regular(instance), 0.1, seed=2).replaced.away != one.replaced.away


def test_reserves_on_duty_hold_more() -> None:
    early = shift("RE", "06:00", "14:00", hotspots=("BASE",), reserve=True)
    instance = make(
        4, people=4, contracts=(free_contract(),), hotspots=(hotspot("HAL"), hotspot("BASE")),
        shifts=(shift("E", "06:00", "14:00"), early), demand=(demand(start="06:00", until="14:00", minimum=3),),
    )  # fmt: skip
    work = lines(P1="EEEE", P2="EEEE", P3="EEEE")
    waiting = Roster.of([*work, *(Assignment("P4", day, "RE", "BASE") for day in range(4))])
    away = instance.replace(staff=instance.staff[:3])
    without, held = stressed(away, work, 0.1), stressed(instance, waiting, 0.1)
    assert held.replaced.reserves > 0 == without.replaced.reserves
    level = Level.POLICE_MINIMUM
    assert held.whole.levels[level].realised.mean > without.whole.levels[level].realised.mean + 0.05


def test_a_roster_that_is_asked_for_nothing() -> None:
    found = stressed(make(2, people=2), lines(P1="EE"), 0.5, runs=20, reserves=True)
    assert (dict(found.places), dict(found.whole.levels), found.risky) == ({}, {}, ())
    assert found.whole.days_below.mean == 0
    assert found.replaced.not_needed == found.replaced.away > 0


def lateral() -> tuple[Instance, Roster]:
    instance = world(
        7, strategy=Pooling.LATERAL, organisations=(*make(1).organisations, NORTH),
        hotspots=(hotspot(), hotspot("MIDI", zone="5344")), parameters={"lending.percent": 100.0},
    )  # fmt: skip
    ids = [member.id for member in instance.staff]
    return instance, Roster.of(
        Assignment(ids[(day % 3) * 2 + place], day, code, "MIDI")
        for day in range(7)
        for place, code in enumerate(("E", "L"))
    )


def test_help_that_does_not_come_is_missing() -> None:
    instance, roster = lateral()
    instance = instance.replace(demand=tuple(row.replace(hotspot="MIDI") for row in instance.demand))
    sure = stressed(instance, roster, 0.0, reliability=1.0)
    assert (sure.reliability, sure.replaced.withheld) == (1.0, 0)
    most = stressed(instance, roster, 0.0, reliability=0.75)
    assert most.replaced.withheld == pytest.approx(0.25 * len(roster), rel=0.1)
    none = stressed(instance, roster, 0.0, reliability=0.0)
    assert none.replaced.withheld == len(roster) == none.replaced.open
    means = [found.whole.levels[Level.POLICE_MINIMUM].realised.mean for found in (sure, most, none)]
    assert means[0] == 1.0 > means[1] > means[2] == 0.0


def test_reliability_without_lending_is_told_and_changes_nothing() -> None:
    instance = world(7)
    reading = reading_of(instance, regular(instance))
    (note,) = notes(reading, StressPlan(0.05, reliability=0.5))
    assert note.message.code == "reliability_without_effect"
    found = stressed(instance, regular(instance), reliability=0.5)
    assert found.reliability is None
    assert found.replaced.withheld == 0
    assert not list(notes(reading_of(*lateral()), StressPlan(0.05, reliability=0.5)))


def test_rules_that_the_roster_breaks_by_itself_are_told() -> None:
    instance = world(7)
    broken = Roster.of([*regular(instance), Assignment("P3", 0, "N", "HAL")])
    (note,) = notes(reading_of(instance, broken), StressPlan(0.05))
    assert (note.message.code, note.fatal) == ("stress_broken", False)


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        (None, "has no sheet"),
        (Roster(), "has no duty on it"),
        (Roster.of([*lines(P1="E"), *lines(P1="L")]), "has two duties on"),
    ],
)
def test_what_is_no_roster_is_refused(roster: Roster | None, said: str) -> None:
    with pytest.raises(InputError, match=said):
        stress(reading_of(make(1), roster), StressPlan(0.05))


def test_hours_that_follow_a_long_absence_are_lost_together() -> None:
    """A coin a day would seldom take the whole week of one of three people."""
    instance = make(
        7, people=3, contracts=(free_contract(),), demand=(demand(start="06:00", until="14:00", minimum=3),)
    )
    found = stressed(instance, lines(P1="EEEEEEE", P2="EEEEEEE", P3="EEEEEEE"), 0.05, runs=2000)
    assert found.whole.levels[Level.POLICE_MINIMUM].realised.low == pytest.approx(2 / 3)
