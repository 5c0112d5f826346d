"""What no duty of the horizon reaches: its definition, its cause, and its share of every level."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest

from scheduler.analysis.capacity import proven_short
from scheduler.analysis.coverage import never_covered, shortages
from scheduler.analysis.unreachable import Gap, gaps
from scheduler.horizon.blocks import blocks, cut
from scheduler.problem.facts import Category, Days, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Cause
from scheduler.rules import declare
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Cover, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import (
    MONDAY,
    SHIFTS,
    SPRING,
    demand,
    free_contract,
    hotspot,
    leave,
    lines,
    make,
    past,
    person,
    shift,
)

POLICE = Category.POLICE
HOUR, DAY = 60, 24 * 60
NIGHT = Gap(0, 6 * HOUR, Cause.HISTORY)


def world(days: int = 3, **facts: Any) -> Instance:
    """Two heads at HAL at every moment."""
    return make(days, **{"contracts": (free_contract(),), "demand": (demand(minimum=2),), **facts})


def later(days: int) -> dt.date:
    return MONDAY + dt.timedelta(days=days)


def test_the_hours_before_the_first_duty_are_for_history() -> None:
    assert gaps(world(), "HAL", POLICE) == (NIGHT,)


def test_a_shift_that_starts_at_midnight_reaches_them() -> None:
    assert gaps(world(shifts=(*SHIFTS, shift("Z", "00:00", "06:00"))), "HAL", POLICE) == ()


def test_only_shifts_that_may_be_worked_there_count() -> None:
    early = shift("Z", "00:00", "06:00", categories=frozenset({Category.NON_POLICE}))
    instance = world(shifts=(*SHIFTS, early))
    assert gaps(instance, "HAL", POLICE) == (NIGHT,)
    assert gaps(instance, "HAL", Category.NON_POLICE) == ()
    bound = shift("Z", "00:00", "06:00", hotspots=("MIDI",))
    instance = world(shifts=(*SHIFTS, bound), hotspots=(hotspot("HAL"), hotspot("MIDI")))
    assert gaps(instance, "HAL", POLICE) == (NIGHT,)
    assert gaps(instance, "MIDI", POLICE) == ()


def test_hours_in_which_no_shift_runs_are_nobodys_from_the_first_night_on() -> None:
    found = gaps(world(2, shifts=(SHIFTS[0], shift("N", "22:00", "04:00"))), "HAL", POLICE)
    assert found == (
        Gap(0, 4 * HOUR, Cause.HISTORY),
        Gap(4 * HOUR, 6 * HOUR, Cause.NO_SHIFT),
        Gap(14 * HOUR, 22 * HOUR, Cause.NO_SHIFT),
        Gap(DAY + 4 * HOUR, DAY + 6 * HOUR, Cause.NO_SHIFT),
        Gap(DAY + 14 * HOUR, DAY + 22 * HOUR, Cause.NO_SHIFT),
    )


def test_the_night_in_which_a_hotspot_opens_or_closes() -> None:
    """A duty stands where it is open from its date to its end: nobody may cross the midnight of the opening or of the end."""
    instance = world(5, hotspots=(hotspot(opens=later(1), closes=later(3)),))
    assert gaps(instance, "HAL", POLICE) == (
        Gap(0, DAY + 6 * HOUR, Cause.NO_SHIFT),
        Gap(3 * DAY + 22 * HOUR, 5 * DAY, Cause.NO_SHIFT),
    )
    assert {(item.start, item.end) for item in never_covered(instance).stretches} == {
        (DAY, DAY + 6 * HOUR),
        (3 * DAY + 22 * HOUR, 4 * DAY),
    }


def test_a_hotspot_that_opens_on_the_first_day_had_no_night_before() -> None:
    assert gaps(world(hotspots=(hotspot(opens=MONDAY),)), "HAL", POLICE) == (Gap(0, 6 * HOUR, Cause.NO_SHIFT),)
    assert gaps(world(hotspots=(hotspot(opens=later(-1)),)), "HAL", POLICE) == (NIGHT,)


def test_the_last_night_is_reached_by_duties_that_end_after_the_horizon() -> None:
    assert gaps(world(), "HAL", POLICE)[-1].end == 6 * HOUR


def test_leave_and_service_are_shortages_of_people() -> None:
    """Nobody can work before the second date here, but somebody else could."""
    instance = world(people=[person("P1", first=later(1))], absences=(leave("P1", 1),))
    assert {item.end for item in never_covered(instance).stretches} == {6 * HOUR}


@pytest.mark.parametrize(
    ("history", "missing", "nobody"),
    [
        ((), 2, True),
        (past("P1", "N", spot="HAL"), 1, False),
        ((*past("P1", "N", spot="HAL"), *past("P2", "N", spot="HAL")), 0, True),
        (past("P1", "N"), 1, False),
        (past("P1", "L", spot="HAL"), 2, True),
    ],
)
def test_only_what_history_leaves_of_it_counts(history: tuple[Any, ...], missing: int, nobody: bool) -> None:
    never = never_covered(world(people=2, history=history))
    assert sum(item.heads_missing for item in never.stretches) == missing
    assert never.nobody is nobody
    assert never.levels[Level.POLICE_MINIMUM] == missing * 6 * HOUR


def test_history_at_an_unknown_one_of_two_hotspots_covers_nothing() -> None:
    never = never_covered(world(hotspots=(hotspot("HAL"), hotspot("MIDI")), history=past("P1", "N")))
    assert sum(item.heads_missing for item in never.stretches) == 2


def test_a_history_duty_that_ends_earlier_covers_its_part() -> None:
    shifts = (*SHIFTS, shift("X", "20:00", "02:00"))
    (item,) = never_covered(
        world(demand=(demand(minimum=1),), shifts=shifts, history=past("P1", "X", spot="HAL"))
    ).stretches
    assert (item.start, item.end, item.cause) == (2 * HOUR, 6 * HOUR, Cause.HISTORY)


def test_shortages_of_a_roster_are_cut_where_their_cause_changes() -> None:
    instance = world(1, demand=(demand(minimum=1, target=2),))
    found = [(item.start, item.end, item.level, item.cause) for item in shortages(instance, lines(P1="L"))]
    assert found == [
        (0, 6 * HOUR, "minimum", Cause.HISTORY),
        (0, 6 * HOUR, "target", Cause.HISTORY),
        (6 * HOUR, 14 * HOUR, "minimum", None),
        (6 * HOUR, 14 * HOUR, "target", None),
        (14 * HOUR, 22 * HOUR, "target", None),
        (22 * HOUR, DAY, "minimum", None),
        (22 * HOUR, DAY, "target", None),
    ]


MIXED: dict[str, Any] = {
    "hotspots": (hotspot(priority=3), hotspot("MIDI", opens=later(1))),
    "roles": (Role(code="LEAD", category=POLICE),),
    "contracts": (free_contract(), free_contract("GDP", category=Category.NON_POLICE)),
    "people": [person("P1", roles=("LEAD",)), person("G1", contract="GDP", hotspots=("HAL", "MIDI"))],
    "demand": (
        demand(minimum=1, target=2),
        demand("LEAD", minimum=1),
        demand("non_police", minimum=1),
        demand(minimum=1).model_copy(update={"hotspot": "MIDI"}),
    ),
    "history": past("P1", "N", spot="HAL"),
}


def weighed(instance: Instance, roster: Roster, level: Level) -> int:
    """What the vocabulary counts for a level in the minutes that no duty reaches."""
    problem, total = declare(instance), 0
    categories = {"LEAD": POLICE} | {category.value: category for category in Category}
    for cover in problem.all(Cover):
        if cover.level is level:
            for gap in gaps(instance, cover.hotspot, categories[cover.role]):
                start, end = max(cover.start, gap.start), min(cover.end, gap.end)
                if start < end:
                    part = type(problem)(instance, (type(cover)(**{**_fields(cover), "start": start, "end": end}),))
                    total += evaluate(part, roster).levels[level]
    return total


def _fields(cover: Cover) -> dict[str, Any]:
    return {name: getattr(cover, name) for name in Cover.__slots__}


@pytest.mark.parametrize("line", ["..", "EN", "NL", "L."])
def test_every_roster_has_the_same_of_it_at_every_level(line: str) -> None:
    instance = make(2, **MIXED)
    never = never_covered(instance)
    assert never.levels[Level.POLICE_MINIMUM] == 6 * HOUR  # MIDI; at HAL the history's patrol leader stands.
    assert never.levels[Level.NON_POLICE_MINIMUM] == 6 * HOUR
    assert never.levels[Level.TARGETS] == 3 * 6 * HOUR
    for level in COVERAGE_LEVELS:
        assert weighed(instance, lines(P1=line, G1=line), level) == never.levels[level]


def test_it_is_part_of_what_is_proven_and_no_more_than_every_roster_lacks() -> None:
    instance = make(2, **MIXED)
    problem, never = declare(instance), never_covered(instance)
    least = proven_short(instance, problem.required)
    values = [
        found.levels
        for first, second in product(product(".ELN", repeat=2), repeat=2)
        if not (found := evaluate(problem, lines(P1="".join(first), G1="".join(second)))).broken
    ]
    for level in COVERAGE_LEVELS:
        assert 0 < never.levels[level] <= least[level] <= min(value[level] for value in values)


def test_targets_with_a_price_have_no_level() -> None:
    instance = make(2, **MIXED, parameters={"demand.short_cost_per_minute": 2})
    never = never_covered(instance)
    assert never.levels[Level.TARGETS] == 0
    assert never.levels[Level.POLICE_MINIMUM] == 6 * HOUR


def test_a_block_after_the_first_takes_its_night_from_the_block_before() -> None:
    instance = world(70, people=4)
    plan = blocks(instance)
    assert len(plan) > 1
    assert [item.end for item in never_covered(instance).stretches] == [6 * HOUR], (
        "of the whole it is the first night only"
    )
    before = lines(P1="N" * plan[1].first, P2="N" * plan[1].first)
    assert never_covered(cut(instance, plan[1], before, Roster())).stretches == ()
    left = never_covered(cut(instance, plan[1], Roster(), Roster()))
    assert left.levels[Level.POLICE_MINIMUM] == 2 * 6 * HOUR


def test_the_night_of_the_clock_change_is_an_hour_shorter() -> None:
    sunday = SPRING + dt.timedelta(days=1)
    assert gaps(world(start=sunday), "HAL", POLICE) == (Gap(0, 5 * HOUR, Cause.HISTORY),)


def test_a_shift_reaches_nothing_on_other_days_than_its_own() -> None:
    night = shift("N", "22:00", "06:00", days=Days.parse("Tue"))
    instance = make(3, shifts=(*SHIFTS[:2], night))
    evening, monday, tuesday = 22 * HOUR, Gap(0, 6 * HOUR, Cause.NO_SHIFT), DAY + 22 * HOUR
    assert gaps(instance, "HAL", POLICE) == (
        monday,
        Gap(evening, DAY + 6 * HOUR, Cause.NO_SHIFT),
        Gap(DAY + tuesday, 3 * DAY, Cause.NO_SHIFT),
    )
    sunday = instance.replace(shifts=(*SHIFTS[:2], night.replace(days=Days.parse("Sun, Tue"))))
    assert gaps(sunday, "HAL", POLICE)[0] == NIGHT
