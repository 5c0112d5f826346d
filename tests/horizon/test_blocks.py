"""Cutting a long horizon: where blocks begin and end, and that a block knows what the days before it have decided."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.horizon.blocks import LONGEST_WHOLE, OVERLAP_DAYS, Block, blocks, cut, kept
from scheduler.horizon.carried import carried, counters_of_block
from scheduler.problem.facts import Counter, Request
from scheduler.problem.instance import Instance
from scheduler.problem.override import Override
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import DAY_MINUTES
from scheduler.rules.audit import audit, hard_findings
from scheduler.rules.reference_hours import periods
from tests.builders import MONDAY, SPRING, contract, elsewhere, hotspot, leave, lines, lock, make, past

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("days", [1, 28, 42, 43, 55, 56, 70, 71, 84, 182, 364, 400])
def test_blocks_cover_the_horizon_once(days: int, weekday: int) -> None:
    instance = make(days, start=MONDAY + weekday * DAY)
    plan = blocks(instance)
    assert [block.first for block in plan] == [0, *(block.stop for block in plan[:-1])]
    assert plan[-1].stop == plan[-1].until == days
    assert all(instance.calendar.weekday(block.first) == 0 for block in plan[1:])
    assert all(block.stop - block.first <= LONGEST_WHOLE for block in plan)
    assert all(block.until == min(days, block.stop + OVERLAP_DAYS) for block in plan)
    assert (len(plan) == 1) == (days <= LONGEST_WHOLE)
    assert all(block.stop - block.first >= 7 for block in plan[1:])


def _second(instance: Instance, before: Roster, ahead: Roster | None = None) -> Instance:
    return cut(instance, blocks(instance)[1], before, ahead or Roster())


def test_what_was_decided_is_history() -> None:
    instance = make(49, history=past("P1", "E"))
    part = _second(instance, lines(P1="L" + 26 * "." + "N"))
    start = MONDAY + 28 * DAY
    assert (part.calendar.start, part.days) == (start, 21)
    assert [(item.date, item.shift, item.hotspot) for item in part.history] == [
        (MONDAY - DAY, "E", None),
        (MONDAY, "L", "HAL"),
        (start - DAY, "N", "HAL"),
    ]


def test_instants_move_with_the_clock_change() -> None:
    """The summer hour begins on day 27: a leave of day 30 is one hour earlier after the horizon's start than its date says."""
    instance = make(49, start=SPRING - 26 * DAY, absences=(leave("P1", 30, start=SPRING - 26 * DAY),))
    assert instance.absences[0].start == 30 * DAY_MINUTES - 60
    part = _second(instance, Roster())
    assert part.leave_days["P1"] == {30 - blocks(instance)[1].first}


def test_locks_and_requests_are_those_of_the_block() -> None:
    def wish(first: int, last: int) -> Request:
        return Request(staff="P1", first=MONDAY + first * DAY, last=MONDAY + last * DAY, kind="avoid")

    instance = make(49, locks=(lock("P1", 3, "E"), lock("P1", 30, "E")), requests=(wish(1, 2), wish(26, 29)))
    part = _second(instance, Roster())
    assert [item.date for item in part.locks] == [MONDAY + 30 * DAY]
    assert [(item.first, item.last) for item in part.requests] == [(MONDAY + 28 * DAY, MONDAY + 29 * DAY)]


def test_company_that_a_kept_duty_may_count_on_is_locked() -> None:
    """The night at HAL runs until six; who comes to HAL before it ends stays, who comes later or elsewhere is free."""
    spots = (hotspot(), hotspot("MIDI"))
    early = make(49, people=4, hotspots=spots)
    before = lines(P1=27 * "." + "N")
    ahead = Roster.of([
        Assignment("P2", 28, "D", "HAL"), Assignment("P3", 28, "E", "HAL"), Assignment("P4", 28, "D", "MIDI"),
    ])  # fmt: skip
    shifts = (*early.shifts, early.shifts[0].model_copy(update={"code": "D", "start": 5 * 60}))
    part = _second(early.replace(shifts=shifts), before, ahead)
    assert [(item.staff, item.shift, item.hotspot) for item in part.locks] == [("P2", "D", "HAL")]


def test_a_lock_of_the_planner_is_not_doubled() -> None:
    instance = make(49, shifts=(*make().shifts, make().shifts[0].model_copy(update={"code": "D", "start": 5 * 60})))
    locked = instance.replace(locks=(lock("P1", 28, "D"),))
    part = _second(locked, lines(P1=26 * "." + "N"), Roster.of([Assignment("P1", 28, "D", "HAL")]))
    assert len(part.locks) == 1


def test_what_is_carried_by_hand() -> None:
    """Four weeks at 38 hours: 152 are due. Two nights, the second into Saturday; an early duty; a training of eight hours."""
    instance = make(
        49,
        absences=(elsewhere("P1", 16, clock=("09:00", "17:00")),),
        counters=(Counter(staff="P1", hours_balance=5.0, nights=3, weekends=2, holidays=1),),
        holidays={MONDAY + 7 * DAY: "a holiday"},
    )
    (found,) = carried(instance, lines(P1="N...N..E"), 28)
    worked, due = 4 * 8, 4 * 38 - 7.6
    assert found.hours_balance == pytest.approx(5 + worked - due)
    assert (found.nights, found.weekends, found.holidays) == (5, 3, 2)


def test_counters_at_their_most_are_carried_on_as_the_most() -> None:
    """Sixty weekends are all that the sheet takes, and P1 works one more."""
    most = Counter(staff="P1", weekends=60, nights=400, holidays=60, hours_balance=2000.0)
    instance = make(70, counters=(most,), holidays={MONDAY: "a holiday"})
    (found,) = carried(instance, lines(P1="N....N"), 28)
    assert (found.weekends, found.nights, found.holidays) == (60, 400, 60)
    assert found.hours_balance < 2000.0
    (reserved,) = counters_of_block(instance, lines(P1="N....N"), 28, 63)
    assert reserved.weekends == 60


def test_what_is_fixed_after_the_block_is_reserved() -> None:
    """Court on two Saturdays after the first block: two weekends of the year, and eight hours each in weeks that owe nothing."""
    instance = make(
        49,
        contracts=(contract(reference_weeks=6),),
        absences=(leave("P1", 35, 48), *(elsewhere("P1", day, clock=("09:00", "17:00")) for day in (40, 47))),
        counters=(Counter(staff="P1", hours_balance=1.0, weekends=3),),
    )
    first, second = blocks(instance)
    (found,) = cut(instance, first, Roster(), Roster()).counters
    assert (found.weekends, found.hours_balance) == (5, 1.0 + 8.0), "the second Saturday is of the next period"
    (later,) = cut(instance, second, Roster(), Roster()).counters
    assert later.weekends == 3


def test_a_new_year_counts_from_zero_and_a_new_period_owes_nothing() -> None:
    start = dt.date(2026, 11, 30)
    given = Counter(staff="P1", hours_balance=5.0, nights=3, weekends=2, holidays=1)
    instance = make(70, start=start, contracts=(contract(reference_weeks=5),), counters=(given,))
    worked = lines(P1=31 * "." + "NNNN.")
    (found,) = carried(instance, worked, 35)
    assert instance.calendar.date(31).year == 2026
    assert instance.calendar.date(35) == dt.date(2027, 1, 4)
    assert (found.nights, found.weekends, found.holidays) == (3, 1, 0), "three nights begin in 2027"
    assert found.hours_balance == 0.0


@pytest.mark.parametrize("weeks", [3, 8, 17])
@pytest.mark.parametrize("seed", range(6))
def test_a_block_allows_what_the_whole_allows(seed: int, weeks: int) -> None:
    """Hours that a block forbids after the days before it are those that the whole forbids, period by period."""
    pick = random.Random(seed)
    instance = make(
        49,
        contracts=(contract(reference_weeks=weeks),),
        counters=(Counter(staff="P1", hours_balance=float(pick.randint(-9, 9))),),
        absences=(leave("P1", pick.randrange(20, 40)),),
    )
    line = "".join(pick.choice("EEN...") for _ in range(49))
    _, block = blocks(instance)
    part = cut(instance, block, lines(P1=line[: block.first]), Roster())
    whole_due = {p.first: p.due_min for p in periods(instance, "P1")}
    for period in periods(part, "P1"):
        start = block.first + period.first - (block.first + period.first) % (7 * weeks)
        before = sum(instance.duty(day, line[day]).paid_min for day in range(start, block.first) if line[day] != ".")
        assert period.due_min == pytest.approx(whole_due[start] - before, abs=1)


def test_a_block_begins_in_the_reference_period_of_the_whole() -> None:
    instance = make(49, contracts=(contract(reference_weeks=5),))
    spans = [(period.first, period.stop) for period in periods(_second(instance, Roster()), "P1")]
    assert spans == [(0, 7), (7, 21)]


def test_what_is_kept_and_what_lies_ahead() -> None:
    block = Block(28, 49, 56)
    stands, ahead = kept(block, lines(P1="E" + 20 * "." + "L"))
    assert [a.day for a in stands] == [28]
    assert [a.day for a in ahead] == [49]


def test_rest_is_asked_across_the_cut() -> None:
    part = _second(make(49), lines(P1=27 * "." + "N"))
    assert "daily_rest" in {finding.rule for finding in hard_findings(audit(part, lines(P1="E")))}


def test_decisions_about_broken_rules_are_none_of_a_block() -> None:
    """Their dates may lie outside it, and no engine reads them."""
    decided = Override(
        rule="daily_rest", staff="P1", date=MONDAY, decided_by="Chief", decided_on=MONDAY, reason="Shooting"
    )
    assert _second(make(49, overrides=(decided,)), Roster()).overrides == ()
