"""Random worlds over several periods, and legal rosters of them near their limits."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.errors import ContradictionError
from scheduler.horizon.following import following
from scheduler.problem.facts import Absence, Category, Contract, Counter, Days, HistoryDuty, Pair, Shift
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.timeline import Calendar, belgian_holidays
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.rules.base import Finding
from scheduler.rules.horizon_hours import HorizonHours
from scheduler.rules.shift_limits import ShiftLimits
from tests.builders import free_contract, hotspot, make, person, shift

OF_THE_PERIOD = frozenset({HorizonHours.code, ShiftLimits.code})
"""Rules about the period itself, whatever its length."""
_STARTS = (
    dt.date(2026, 3, 2),
    dt.date(2026, 3, 19),
    dt.date(2026, 10, 9),
    dt.date(2026, 12, 11),
    dt.date(2027, 12, 17),
)
"""Before a clock change or the end of a year, or neither."""


@dataclass(frozen=True)
class World:
    """A long horizon, and the lengths in days of the periods that it is cut into."""

    whole: Instance
    lengths: tuple[int, ...]

    def first(self) -> Instance:
        return self.whole.replace(calendar=self.whole.calendar.replace(days=self.lengths[0]))

    def after(self, part: Instance, roster: Roster, days: int) -> Instance:
        """The period of so many days after one."""
        start = part.calendar.date(part.days)
        return following(part, roster, self.whole.calendar.replace(start=start, days=days))


def world(seed: int) -> World:
    pick = random.Random(seed)
    lengths = tuple(pick.randint(3, 24) for _ in range(pick.choice((2, 2, 3))))
    start = pick.choice(_STARTS) + dt.timedelta(days=pick.randrange(14))
    days = sum(lengths)
    calendar = Calendar(start=start, days=days)
    member = person(
        fte=pick.choice((1.0, 0.8, 0.63)),
        first=start + dt.timedelta(days=pick.randrange(days)) if pick.random() < 0.1 else None,
        max_weekends_year=pick.choice((None, None, 5)),
    )
    around = dt.timedelta(days=30)
    shifts = _shifts(pick)
    return World(
        make(
            days,
            start=start,
            people=[member],
            contracts=(_contract(pick),),
            shifts=shifts,
            holidays=belgian_holidays(start - around, calendar.date(days) + around),
            absences=tuple(_absence(pick, calendar) for _ in range(pick.choice((0, 1, 2, 3)))),
            history=tuple(_history(pick, start, shifts)),
            counters=(_counter(pick),) if pick.random() < 0.8 else (),
            reference_start=pick.choice((None, start - dt.timedelta(days=pick.randrange(30)))),
            parameters={"reference_hours.most_over_hours": float(pick.choice((0, 3, 8)))},
        ),
        lengths,
    )


def _contract(pick: random.Random) -> Contract:
    """A contract with some of the limits there are, each low."""
    limits = {
        "weekly_hours": pick.choice((38.0, 37.77, 20.0)),
        "reference_weeks": pick.choice((1, 2, 3, 5)),
        "max_hours_24h": pick.choice((None, 11.0)),
        "max_hours_week": pick.choice((None, 31.0, 40.0)),
        "min_rest_hours": pick.choice((0.0, 11.0, 25.0)),
        "max_consecutive_days": pick.choice((None, 2, 4)),
        "max_consecutive_nights": pick.choice((None, 1, 2)),
        "min_consecutive_days": pick.choice((1, 1, 2, 3)),
        "min_days_off": pick.choice((1, 1, 2, 3)),
        "max_weekends_in_row": pick.choice((None, 1, 2)),
        "weekend_rest_hours": pick.choice((60.0, 75.0)),
        "max_weekends_year": pick.choice((None, 2, 4)),
    }
    return free_contract(**limits)


def _shifts(pick: random.Random) -> tuple[Shift, ...]:
    early = shift("E", "06:00", "14:00", unpaid_break_min=pick.choice((0, 17)))
    late = shift("L", "15:00", "24:00")
    night = shift("N", "22:00", "06:00")
    weekend = shift("W", "07:00", "07:00", days=Days.parse("Sat-Sun"))
    chosen = pick.sample((early, late, night, weekend), pick.choice((2, 3)))
    if pick.random() < 0.5:
        chosen[0] = chosen[0].replace(not_followed_by=(chosen[1].code,))
    return tuple(chosen)


def _absence(pick: random.Random, calendar: Calendar) -> Absence:
    day, length = pick.randint(-12, calendar.days + 5), pick.choice((1, 1, 2, 4))
    low, high = pick.choice(((0, 24 * 60), (0, 24 * 60), (9 * 60, 17 * 60), (20 * 60, 28 * 60)))
    return Absence(
        staff="P1",
        start=calendar.minute(day, low),
        end=calendar.minute(day + length - 1, high),
        counts_as_work=pick.random() < 0.5,
    )


def _history(pick: random.Random, start: dt.date, shifts: Sequence[Shift]) -> Iterator[HistoryDuty]:
    busy = pick.choice((0.0, 0.4, 0.8))
    for back in range(1, 20):
        if pick.random() < busy:
            on, code = start - dt.timedelta(days=back), pick.choice(shifts).code
            yield HistoryDuty(staff="P1", date=on, shift=code, hotspot="HAL")


def _counter(pick: random.Random) -> Counter:
    return Counter(
        staff="P1", hours_balance=pick.choice((0.0, -7.3, 4.51)), weekends=pick.choice((0, 1, 3)), nights=2, holidays=1
    )


def busy_line(instance: Instance, pick: random.Random) -> Roster | None:
    """A legal line of work that is about as busy as can be; None where there is none."""
    try:
        pool = CompiledProblem(declare(instance))
    except ContradictionError:
        return None
    shape = (instance.days, len(instance.shifts))
    reward = np.array([[pick.randint(-2, 9) for _ in range(shape[1])] for _ in range(shape[0])], dtype=np.int64)
    found = LineModel(pool, 0, soft=False).best(reward)
    if found is None:
        return None
    codes = [None, *pool.shifts]
    duties = ((day, codes[choice]) for day, choice in enumerate(found[1]))
    return Roster.of(Assignment("P1", day, code, "HAL") for day, code in duties if code is not None)


def joined(parts: Sequence[tuple[Instance, Roster]]) -> Roster:
    """The rosters of periods that follow each other, in days of the first."""
    calendar = parts[0][0].calendar
    return Roster.of(
        Assignment(a.staff, calendar.day(part.calendar.date(a.day)), a.shift, a.hotspot)
        for part, roster in parts
        for a in roster
    )


def broken(instance: Instance, roster: Roster) -> tuple[Finding, ...]:
    """The hard rules that a roster breaks, but for those about the period itself."""
    return tuple(item for item in hard_findings(audit(instance, roster)) if item.rule not in OF_THE_PERIOD)


def crew(seed: int) -> World:
    """A world of several people whose rules are about each other alone, with duties of every length around midnight."""
    pick = random.Random(seed)
    lengths = (pick.randint(2, 4), pick.randint(2, 4))
    start = _STARTS[0] + dt.timedelta(days=pick.randrange(7))
    wardens = free_contract("GDP", category=Category.NON_POLICE, needs_police=pick.choice((0, 1)), min_together=1)
    police = free_contract("POL", min_together=pick.choice((1, 2)))
    shifts = (shift("N", "22:00", "06:00"), shift("X", "20:00", "02:00"), shift("Z", "00:00", "06:00"))
    people = [person(f"P{number}") for number in (1, 2, 3)] + [person("G1", contract="GDP")]
    kind = pick.choice(("apart", "together"))
    whole = make(
        sum(lengths), start=start, people=people, contracts=(police, wardens), shifts=shifts,
        hotspots=(hotspot("HAL"), hotspot("MIDI")), pairs=(Pair(staff_a="P1", staff_b="P2", kind=kind),),
    )  # fmt: skip
    return World(whole, lengths)


def legal_crew(instance: Instance, pick: random.Random) -> Roster:
    """Random duties, without those that break a rule."""
    spots = list(instance.hotspot)
    cells = {
        Assignment(member.id, day, pick.choice(instance.shifts).code, pick.choice(spots))
        for member in instance.staff
        for day in range(instance.days)
        if pick.random() < 0.8
    }
    while at_fault := broken(instance, Roster.of(cells)):
        named = {(staff, day) for item in at_fault for staff in item.staff for day in item.days}
        cells.remove(pick.choice(sorted(a for a in cells if (a.staff, a.day) in named)))
    return Roster.of(cells)
