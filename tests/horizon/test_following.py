"""The next period goes on from this one: no rule is broken across the border, and nothing is counted twice or lost."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.horizon.carried import REACH_DAYS
from scheduler.horizon.following import following
from scheduler.problem.facts import Counter, Days, Pair, Request
from scheduler.problem.incidents import Incident
from scheduler.problem.instance import LEAVE_DAYS, Instance
from scheduler.problem.publication import Publication, PublishedDuty, digest
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import FAR_DAYS
from scheduler.rules import RULES
from scheduler.rules.base import Finding
from scheduler.rules.reference_hours import ReferenceHours, periods
from scheduler.rules.support.work import pieces
from tests import builders as b
from tests.horizon.periods import World, broken, busy_line, crew, joined, legal_crew, world

BATCHES = [range(at, at + 60) for at in range(0, 480, 60)]
SATISFIABLE = frozenset(rule.code for rule in RULES if rule.satisfiable_by_adding_work)
DAY = dt.timedelta(days=1)


# -- hundreds of random worlds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seeds", BATCHES, ids=str)
def test_legal_rosters_of_periods_break_no_rule_of_the_whole(seeds: range) -> None:
    """In one audit against period by period."""
    tried = 0
    for seed in seeds:
        found = world(seed)
        parts = _solved_by_period(found, random.Random(seed))
        if parts is None:
            continue
        tried += 1
        before: set[tuple[str, str]] = set()
        for stop in range(1, len(parts) + 1):
            at_fault = broken(found.whole, joined(parts[:stop]))
            if stop == len(parts):
                new = [item for item in at_fault if _named(item) not in before and not _excused(found, item)]
                assert new == [], seed
            # What stands against later duties elsewhere before the last period begins is no fault of it; a run that it can
            # still prolong is.
            before |= {_named(item) for item in at_fault if item.rule not in SATISFIABLE}
    assert tried > len(seeds) // 2


@pytest.mark.parametrize("seeds", BATCHES[:3], ids=str)
def test_a_legal_roster_of_the_whole_is_legal_in_every_period(seeds: range) -> None:
    """Nothing is counted twice. Hours of a reference period are judged by what lies in the horizon: these are compared below."""
    for seed in seeds:
        found, whole = world(seed), _solved_whole(seed)
        if whole is not None:
            for part, roster in _cut(found, whole):
                assert [item for item in broken(part, roster) if item.rule != ReferenceHours.code] == [], seed


@pytest.mark.parametrize("seeds", BATCHES[:3], ids=str)
def test_what_is_due_at_the_end_of_a_reference_period_is_the_same_to_the_minute(seeds: range) -> None:
    compared = 0
    for seed in seeds:
        found, whole = world(seed), _solved_whole(seed)
        if whole is None:
            continue
        work, calendar = pieces(found.whole, whole, "P1"), found.whole.calendar
        at_once = {period.stop: period for period in periods(found.whole, "P1")}
        for part, _ in _cut(found, whole):
            offset = calendar.day(part.calendar.start)
            for period in periods(part, "P1"):
                same = at_once.get(offset + period.stop)
                if same is None or same.first == offset + period.first:
                    continue  # It ends later, or lies in this part alone.
                worked = sum(piece.paid_min for piece in work if same.first <= piece.day < offset)
                assert period.due_min == same.due_min - worked, seed
                compared += 1
    assert compared > len(seeds) // 4


@pytest.mark.parametrize("seeds", BATCHES[:3], ids=str)
def test_period_after_period_leaves_what_one_long_period_leaves(seeds: range) -> None:
    for seed in seeds:
        found, whole = world(seed), _solved_whole(seed)
        if whole is None:
            continue
        *_, (part, roster) = _cut(found, whole)
        stepped, at_once = found.after(part, roster, 7), found.after(found.whole, whole, 7)
        (one,), (other,) = stepped.counters, at_once.counters
        assert one.hours_balance == pytest.approx(other.hours_balance, abs=1e-4)
        assert stepped.replace(history=(), counters=(one,)) == at_once.replace(
            history=(), counters=(other.replace(hours_balance=one.hours_balance),)
        ), seed
        assert set(stepped.history) == set(at_once.history), seed


def test_company_is_kept_over_the_border() -> None:
    """Whoever comes while a duty of the period before still runs meets those who are on it."""
    met = 0
    for seed in range(60):
        found, pick = crew(seed), random.Random(seed)
        first = found.first()
        before = legal_crew(first, pick)
        second = found.after(first, before, found.lengths[1])
        later = legal_crew(second, pick)
        assert broken(found.whole, joined([(first, before), (second, later)])) == (), seed
        met += len(broken(second.replace(history=()), later)) > 0
    assert met, "no roster counts on somebody of the period before"


def _solved_by_period(found: World, pick: random.Random) -> list[tuple[Instance, Roster]] | None:
    part, parts = found.first(), []
    for number, days in enumerate(found.lengths):
        if number:
            part = found.after(*parts[-1], days)
        roster = busy_line(part, pick)
        if roster is None:
            return None
        assert broken(part, roster) == ()
        parts.append((part, roster))
    return parts


def _solved_whole(seed: int) -> Roster | None:
    return busy_line(world(seed).whole, random.Random(seed))


def _cut(found: World, whole: Roster) -> list[tuple[Instance, Roster]]:
    """A roster of the whole as periods that follow each other."""
    parts: list[tuple[Instance, Roster]] = []
    first = 0
    for days in found.lengths:
        part = found.after(*parts[-1], days) if parts else found.first()
        parts.append((part, Roster.of(b.moved(a, -first) for a in whole if first <= a.day < first + days)))
        first += days
    return parts


def _named(item: Finding) -> tuple[str, str]:
    return item.rule, str(item.message)


def _excused(found: World, item: Finding) -> bool:
    """A run or a stretch of days off that leave, or fixed work, of a period's first days has cut short: no roster of that period
    could go on with it, and its rule says so."""
    border, minute = 0, found.whole.calendar.minute
    for days in found.lengths[:-1]:
        border += days
        near = (minute(border), minute(border + 3))
        if item.rule in SATISFIABLE and any(
            away.start < near[1] and near[0] < away.end for away in found.whole.absences
        ):
            return True
    return False


# -- sheet by sheet --------------------------------------------------------------------------------------------------------

END = b.MONDAY + 7 * DAY
"""The first day after a week from :data:`~tests.builders.MONDAY`."""


def after(instance: Instance, roster: Roster = Roster(), days: int = 7) -> Instance:  # noqa: B008
    start = instance.calendar.date(instance.days)
    return following(instance, roster, instance.calendar.replace(start=start, days=days))


def test_every_duty_is_history_and_old_history_fades() -> None:
    old = b.past("P1", "E" * (REACH_DAYS + 3))
    found = after(b.make(history=old), b.lines(P1="..N..E."))
    assert [past.date for past in found.history[-2:]] == [b.MONDAY + 2 * DAY, b.MONDAY + 5 * DAY]
    assert (found.history[-1].shift, found.history[-1].hotspot) == ("E", "HAL")
    assert min(past.date for past in found.history) == END - REACH_DAYS * DAY


def test_the_last_duty_of_a_person_stays_however_old() -> None:
    """Whether anything is known of the time before decides whether a short run is excused."""
    old = b.past("P1", "E" + "." * 199)
    assert after(b.make(history=old)).history == old


def test_long_rows_of_weekends_are_looked_back_at_as_far_as_the_contract_asks() -> None:
    terms = (b.free_contract(max_weekends_in_row=20),)
    found = after(b.make(history=b.past("P1", "E" * 300), contracts=terms))
    assert min(past.date for past in found.history) == END - 7 * 23 * DAY


def test_of_two_duties_on_a_date_the_one_that_ends_last_is_history() -> None:
    both = Roster.of((*b.lines(P1="N"), *b.lines(P1="E")))
    assert [past.shift for past in after(b.make(), both).history] == ["N"]


def test_counters_go_on_and_those_of_the_year_begin_again_with_it() -> None:
    given = (Counter(staff="P1", nights=3, weekends=2, holidays=1),)
    holidays = {dt.date(2026, 12, 25): "Christmas", dt.date(2027, 1, 1): "New Year"}
    christmas = b.make(7, start=dt.date(2026, 12, 21), counters=given, holidays=holidays)
    (found,) = after(christmas, b.lines(P1="N...NE.")).counters
    assert (found.nights, found.weekends, found.holidays) == (5, 3, 2)
    new_year = christmas.replace(calendar=christmas.calendar.replace(start=dt.date(2026, 12, 28)))
    (found,) = after(new_year, b.lines(P1="N...NE.")).counters
    assert (found.nights, found.weekends, found.holidays) == (1, 1, 1)


def test_a_weekend_that_the_border_cuts_is_counted_once() -> None:
    """The horizon ends on a Saturday; a duty elsewhere on the Sunday is of the same weekend."""
    saturday_ends = b.make(6, absences=(b.elsewhere("P1", 6, clock=("09:00", "17:00")),))
    assert after(saturday_ends, b.lines(P1=".....E")).counters[0].weekends == 1
    assert after(saturday_ends, b.lines(P1="......")).counters[0].weekends == 0
    friday_ends = b.make(5)
    assert after(friday_ends, b.lines(P1="....N")).counters[0].weekends == 1


def test_reference_periods_stay_where_they_are() -> None:
    assert after(b.make()).reference_start == b.MONDAY
    since = b.MONDAY - 10 * DAY
    assert after(after(b.make(reference_start=since))).reference_start == since


def test_the_history_is_complete_since_the_first_period() -> None:
    assert after(b.make()).history_from == b.MONDAY
    since = b.MONDAY - 10 * DAY
    assert after(after(b.make(history_from=since))).history_from == since
    assert after(b.make()).eve_known
    assert not b.make().eve_known


def test_demand_of_past_dates_ends_and_all_other_goes_on() -> None:
    days = ("Mon-Sun", "2026-03-04", "2026-03-04, Sat", "holiday", "2026-03-04..2026-03-09", "2026-03-08")
    rows = tuple(b.demand(days=text, minimum=1) for text in days)
    eve = b.demand(days="2026-03-08", start="22:00", until="06:00", minimum=1)
    kept = after(b.make(demand=(*rows, eve))).demand
    assert [row.days for row in kept] == [Days.parse(text) for text in (*days[:1], *days[2:5], "2026-03-08")]
    assert kept[-1] == eve


def test_absences_and_requests_that_reach_into_the_period_come_along() -> None:
    reaching, later, recent = b.leave("P1", 5, 8), b.leave("P1", 20), b.leave("P1", 6)
    past, work = b.leave("P1", 7 - LEAVE_DAYS - 2), b.elsewhere("P1", -20)
    wishes = tuple(
        Request(staff="P1", first=b.MONDAY + first * DAY, last=b.MONDAY + last * DAY, kind="avoid")
        for first, last in ((5, 8), (1, 6))
    )
    found = after(b.make(absences=(reaching, later, recent, past, work), requests=wishes))
    minute = found.calendar.minute
    assert [(item.start, item.end) for item in found.absences] == [
        (minute(first), minute(last)) for first, last in ((-2, 2), (13, 14), (-1, 0), (-27, -26))
    ]
    assert found.requests == wishes[:1]


def test_an_absence_for_ever_stays_one() -> None:
    for_ever = b.leave("P1", 2, FAR_DAYS)
    found = after(b.make(absences=(for_ever,)))
    assert found.absences[0].end == found.calendar.minute(FAR_DAYS, 24 * 60)


def test_who_has_left_stays_one_period_longer() -> None:
    """Service is often prolonged; without history the first rest would then be lost."""
    people = [b.person("P1"), b.person("P2", last=END - DAY), b.person("P3", last=b.MONDAY - DAY)]
    facts = {
        "pairs": (Pair(staff_a="P1", staff_b="P3", kind="apart"), Pair(staff_a="P1", staff_b="P2", kind="apart")),
        "history": b.past("P3", "E"),
        "counters": (Counter(staff="P3"),),
        "absences": (b.leave("P3", 8),),
    }
    found = after(b.make(people=people, **facts), b.lines(P2="......N"))
    assert [member.id for member in found.staff] == ["P1", "P2"]
    assert [past.staff for past in found.history] == ["P2"]
    assert [pair.staff_b for pair in found.pairs] == ["P2"]
    assert (found.absences, len(found.counters)) == ((), 2)


def test_locks_end_with_their_period() -> None:
    assert after(b.make(locks=(b.lock("P1", 2, "N"),)), b.lines(P1="..N")).locks == ()


def test_incidents_go_on_as_long_as_they_raise_anything() -> None:
    minute = b.make().calendar.minute
    long, over = Incident(at=minute(2), hotspot="HAL", days=14), Incident(at=minute(1), hotspot="HAL", days=6)
    found = after(b.make(incidents=(long, over), demand=(b.demand(minimum=1),)), days=14)
    assert found.incidents == (long.replace(at=found.calendar.minute(-5)),)
    assert {need.minimum for need in found.needs} == {3, 1}


def test_published_duties_of_the_period_come_along_and_versions_go_on() -> None:
    rows = tuple(
        PublishedDuty(staff="P1", date=b.MONDAY + day * DAY, shift="E", hotspot="HAL", version=day) for day in (2, 8)
    )
    stamp = Publication(
        version=9, at=dt.datetime(2026, 3, 1, 12), until=END + 3 * DAY, digest=digest(rows, END + 3 * DAY)
    )
    found = after(b.make(published=rows, publication=stamp))
    assert found.published == rows[1:]
    assert found.publication == stamp.replace(digest=digest(rows[1:], stamp.until))
