"""Why a repaired roster differs from the one that people go by, and whether they hear of it in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.analysis.assessment import LevelReview
from scheduler.analysis.difference import Change, PostedDuty, differences, horizon, roster_cells
from scheduler.messages.message import Message
from scheduler.problem.facts import Absence, Category
from scheduler.problem.incidents import Raise, raises
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.standing import Standing
from scheduler.result import LevelResult
from scheduler.rules.changes import Changes
from scheduler.vocabulary.constraints import Level


class Cause(StrEnum):
    """Why a day changed."""

    EDIT = "edit"
    """The planner edited the cell."""
    LOCK = "lock"
    """The day is locked."""
    ABSENCE = "absence"
    """The person is away during what stood there."""
    INCIDENT = "incident"
    """The person stands where an incident asks for more police."""
    CONSEQUENCE = "consequence"
    """For the sake of something else."""


@dataclass(frozen=True, slots=True)
class RepairChange:
    """A changed day. ``late`` when it is announced inside notice; ``price`` is what it costs at its level, 1 inside notice and
    points outside. ``past`` where it was worked otherwise than planned: nothing is announced, and it costs nothing."""

    change: Change
    cause: Cause
    late: bool
    price: int
    past: bool = False


def repair_changes(
    instance: Instance, standing: Standing, roster: Roster, by_hand: Collection[tuple[str, int]] = ()
) -> tuple[RepairChange, ...]:
    """Every day on which a roster differs from what stands, past ones too, in order of person and date. ``by_hand`` are the
    people and days that a planner edited."""
    day_of = instance.calendar.day
    stood = {(duty.staff, day_of(duty.date)): PostedDuty(duty.shift, duty.hotspot) for duty in standing.duties}
    now = {(a.staff, a.day): PostedDuty(a.shift, a.hotspot) for a in roster}
    raised = [more for incident in instance.incidents for more in raises(incident, instance.hotspot)]
    found = []
    edited, locked = set(by_hand), {(lock.staff, day_of(lock.date)) for lock in instance.locks}
    rule = Changes.for_instance(instance)
    for finding in rule.audit(instance.replace(standing=standing), roster):
        staff, day = finding.staff[0], finding.days[0]
        before, after = stood.get((staff, day)), now.get((staff, day))
        change = Change(
            staff, instance.calendar.date(day),
            () if before is None else (before,), () if after is None else (after,), (staff, day) in edited,
        )  # fmt: skip
        cause = Cause.LOCK if (staff, day) in locked - edited else _cause(instance, change, day, raised)
        found.append(RepairChange(change, cause, finding.level is Level.CHANGES_IN_NOTICE, finding.cost or 0))
    found += _worked_otherwise(instance, standing, roster)
    return tuple(sorted(found, key=lambda item: (item.change.staff, item.change.date)))


def _worked_otherwise(instance: Instance, standing: Standing, roster: Roster) -> Iterator[RepairChange]:
    """The past days that were not worked as they were planned: only a hand edit says so."""
    calendar = instance.calendar
    stood = {(duty.staff, duty.date): (PostedDuty(duty.shift, duty.hotspot),) for duty in standing.duties}
    for change in differences(stood, roster_cells(calendar, roster), by_hand=True, dates=horizon(calendar)):
        duties = (instance.duty(calendar.day(change.date), duty.shift) for duty in (*change.before, *change.after))
        if any(duty.start < standing.since for duty in duties):
            yield RepairChange(change, Cause.EDIT, late=False, price=0, past=True)


def repair_in_words(
    changes: Collection[RepairChange], levels: Iterable[LevelResult | LevelReview]
) -> Iterator[Message]:
    """How many days changed and for whom, and how few of them could have."""
    past = sum(item.past for item in changes)
    if past:
        yield Message(
            "repaired_past",
            (
                "{count} day that is past was edited by hand: it was not worked as planned.",
                "{count} days that are past were edited by hand: they were not worked as planned.",
            ),
            count=past,
        )
    changes = [item for item in changes if not item.past]
    people = len({item.change.staff for item in changes})
    if not changes:
        yield Message("repaired_nothing", "Nothing is changed of the roster that people go by.")
        return
    yield Message(
        "repaired",
        (
            "{count} day is changed of the roster that people go by; people concerned: {people}, announced late: {late}.",
            "{count} days are changed of the roster that people go by; people concerned: {people}, announced late: {late}.",
        ),
        count=len(changes), people=people, late=sum(item.late for item in changes),
    )  # fmt: skip
    counted = list(levels)
    late = _late_level(counted)
    frozen = 0 if late is None else sum(item.late for item in changes) - late.value
    if frozen > 0:
        yield Message(
            "repaired_frozen",
            (
                "{count} of those announced late lies in the hours that were frozen: decided by hand, and in no level.",
                "{count} of those announced late lie in the hours that were frozen: decided by hand, and in no level.",
            ),
            count=frozen,
        )
    least = least_changes(counted)
    if least:
        yield Message(
            "repaired_least",
            (
                "Proven: no roster that covers the minimums as well changes less than {count} day inside notice.",
                "Proven: no roster that covers the minimums as well changes less than {count} days inside notice.",
            ),
            count=least,
        )


def least_changes(levels: Iterable[LevelResult | LevelReview]) -> int:
    """Days inside notice that every roster changes that covers the minimums as well; 0 where nothing is proven."""
    late = _late_level(levels)
    return 0 if late is None else late.bound or 0


def _late_level(levels: Iterable[LevelResult | LevelReview]) -> LevelResult | LevelReview | None:
    """The level that counts changes inside notice."""
    return next((level for level in levels if level.name == Level.CHANGES_IN_NOTICE.code), None)


def _cause(instance: Instance, change: Change, day: int, raised: Iterable[Raise]) -> Cause:
    if change.by_hand:
        return Cause.EDIT
    for duty in change.before:
        times = instance.duty(day, duty.shift)
        if any(times.overlaps(item.start, item.end) for item in _away(instance, change.staff)):
            return Cause.ABSENCE
    for duty in change.after:
        times = instance.duty(day, duty.shift)
        asked = any(more.hotspot == duty.hotspot and times.overlaps(more.start, more.end) for more in raised)
        if asked and instance.category(change.staff) is Category.POLICE:
            return Cause.INCIDENT
    return Cause.CONSEQUENCE


def _away(instance: Instance, staff: str) -> tuple[Absence, ...]:
    return tuple(absence for absence in instance.absences if absence.staff == staff)
