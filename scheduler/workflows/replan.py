"""Repairing a roster: what happened is taken in, hand edits stay, and the rest changes as little as it must."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.analysis.accepted import judge
from scheduler.analysis.coverage import coverage, shortages
from scheduler.analysis.difference import Cells, Change, day_text, differences, roster_cells
from scheduler.analysis.repair_changes import RepairChange, repair_changes
from scheduler.analysis.unused.notes import Where
from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.errors import ContradictionError, InputError, InputProblem
from scheduler.horizon.tail import Tail, open_until, tail
from scheduler.messages.languages import Language
from scheduler.messages.message import Message, Name
from scheduler.problem.facts import OFF, Absence, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.publication import of_version
from scheduler.problem.roster import Roster
from scheduler.problem.standing import Standing, StandingDuty
from scheduler.result import Result
from scheduler.rules.audit import audit
from scheduler.rules.base import Finding
from scheduler.workbook.places import Places
from scheduler.workbook.publication_notes import changed_since
from scheduler.workbook.read import Reading
from scheduler.workflows.moments import instant, moment, now
from scheduler.workflows.preflight import check_instance
from scheduler.workflows.publish import told
from scheduler.workflows.repair_requests import ABSENT, INCIDENT, absences, incidents
from scheduler.workflows.rescue import keep
from scheduler.workflows.review import roster_of
from scheduler.workflows.typed import Typed

FROM, FREEZE = "--from", "--freeze"


@dataclass(frozen=True)
class Asked:
    """What a repair is asked for beside what the workbook says. ``since`` is a local date and time, None for now; ``absent`` and
    ``incidents`` are as :mod:`scheduler.workflows.repair_requests` reads them; nothing changes in the ``freeze_hours`` after
    ``since``."""

    since: str | None = None
    absent: Sequence[str] = ()
    incidents: Sequence[str] = ()
    freeze_hours: float = 0.0


@dataclass(frozen=True)
class Repair:
    """A repair, ready to be searched. ``instance`` holds the facts of the new workbook, with the hand edits as locks;
    ``standing`` is what people go by."""

    reading: Reading
    instance: Instance
    standing: Standing
    tail: Tail
    edits: tuple[Change, ...]
    notes: tuple[InputProblem, ...]
    kept_free: tuple[tuple[str, dt.date], ...] = ()
    """People and dates that were free and that a planner has typed to be kept so."""


@dataclass(frozen=True)
class Repaired:
    """A repaired roster of the whole period, and what it changes. The levels of the result are those of the days that were open;
    ``broken`` are the hard rules that the whole breaks without a decision, in its past for example."""

    repair: Repair
    result: Result
    changes: tuple[RepairChange, ...]
    broken: tuple[Finding, ...]


def prepare(reading: Reading, asked: Asked) -> Repair:
    """Take in what is asked and what was edited.

    Raises :class:`InputError` where there is no roster, the sheet Published is not what was published, or something cannot be
    read, and
    :class:`~scheduler.errors.ContradictionError` where an edit or a lock cannot hold, each with its cell.
    """
    roster = roster_of(reading)
    changed = changed_since(reading.path, reading.instance)
    if changed is not None:
        raise InputError([changed.named(reading.cells.naming)], language=reading.instance.language)
    since = _since(reading, asked)
    frozen = since + round(asked.freeze_hours * 60)
    if frozen >= reading.instance.calendar.end:
        message = Message("frozen_to_the_end", "leaves nothing of the period that may change.")
        raise InputError([InputProblem(FREEZE, f"{asked.freeze_hours:g}", message)])
    instance, cut_short = _with_facts(reading, asked, roster, since)
    standing = _standing(reading, roster, since, frozen)
    edits = tuple(edit for edit in _edits(reading, roster) if not _begun(instance, edit, since))
    day_of, kept = instance.calendar.day, reading.kept_free
    # Where a duty gave way to the word for a day off, the edit is the lock.
    kept = tuple(cell for cell in kept if cell not in {(edit.staff, edit.date) for edit in edits})
    free = tuple((staff, on) for staff, on in kept if instance.calendar.minute(day_of(on) + 1) > since)
    locked = _with_locks(reading, instance, edits)
    locked = locked.replace(locks=(*locked.locks, *(Lock(staff=staff, date=on, shift=OFF) for staff, on in free)))
    stop = open_until(locked, roster, frozen, [day_of(edit.date) for edit in edits])
    if stop < instance.days:
        standing = standing.replace(stays=instance.calendar.date(stop))
    part = tail(locked.replace(standing=standing), roster, frozen, stop)
    check_instance(part.instance, _where(reading, part), (), reading.cells.naming).demand_sound()
    notes = (
        *reading.notes,
        *_early(reading, asked, since),
        *cut_short,
        *_unknown_edits(reading),
        *_later(reading, standing),
    )
    return Repair(reading, locked, standing, part, edits, notes, free)


def search(
    repair: Repair,
    config: SolveConfig,
    *,
    on_progress: object = None,
    stop: threading.Event | None = None,
    backend: Backend | None = None,
) -> Repaired:
    """Search a repair within the limits. Raises as :func:`scheduler.engine.solve.solve_whole`, with the cell of an edit that
    cannot hold."""
    from scheduler.engine.machine_code import once_compiled
    from scheduler.engine.solve import solve_whole

    part = repair.tail
    try:
        found = once_compiled(
            lambda: solve_whole(
                part.instance, config, on_progress=on_progress, stop=stop, backend=backend,  # type: ignore[arg-type]
                allowances=part.beside, start=part.roster,
            )
        )  # fmt: skip
    except ContradictionError as error:
        raise _with_cells(repair, error) from error
    return _whole(repair, found)


def _with_cells(repair: Repair, error: ContradictionError) -> ContradictionError:
    """What only a search could prove, with the cells of the edits that are in the way."""
    cells, day = repair.reading.cells, repair.instance.calendar.day
    hint = Message("lock_alone", "Change this cell or clear it.")
    problems = tuple(
        InputProblem(
            cells.roster(edit.staff, day(edit.date)) or cells.roster_title,
            day_text(edit.after),
            Message("edit_without_roster", "was edited by hand and cannot be kept. {reason}", reason=reason),
            hint,
            impossible=True,
        ).named(cells.naming)
        for edit in repair.edits
        for reason in error.reasons
        if (edit.staff, edit.date) in error.places
    )
    return ContradictionError(error.reasons, problems or error.problems, error.places)


def _whole(repair: Repair, found: Result) -> Repaired:
    """The result for the whole period."""
    instance, part = repair.instance, repair.tail
    roster = part.whole(found.roster)
    findings, short = audit(instance, roster), shortages(instance, roster)
    fixed = sum(item.person_minutes for item in short) - found.record.coverage.short_minutes
    record = found.record.replace(
        coverage=coverage(instance, short, max(0, fixed) + found.record.coverage.short_bound),
        instance_sha256=instance.sha256,
    )
    by_hand = {(edit.staff, instance.calendar.day(edit.date)) for edit in repair.edits}
    changes = repair_changes(instance, repair.standing, roster, by_hand)
    broken = tuple(item for item in judge(instance, findings).open if item.hard)
    return Repaired(
        repair, replace(found, roster=roster, record=record, findings=findings, shortages=short), changes, broken
    )


def keep_repaired(path: Path, found: Repaired, language: Language) -> tuple[Path, Exception | None]:
    """Write a repaired roster so that it is never thrown away, as :func:`scheduler.workflows.rescue.keep`."""
    repair = found.repair
    return keep(path, repair.instance, found.result, repair.reading, language, found.changes, repair.standing)


# -- what is taken in ------------------------------------------------------------------------------------------------------


def _since(reading: Reading, asked: Asked) -> int:
    calendar = reading.instance.calendar
    local = now(calendar) if asked.since is None else moment(asked.since, FROM)
    since = instant(calendar, local)
    if since >= calendar.end:
        last = calendar.date(calendar.days - 1)
        message = Message("from_after_end", "is after the period, which ends on {last}.", last=last)
        hint = Message("say_from", "Say by {option} from when on duties may change.", option=FROM)
        raise InputError([InputProblem(FROM, local.isoformat(" ", "minutes"), message, hint)])
    return since


def _early(reading: Reading, asked: Asked, since: int) -> Iterator[InputProblem]:
    """A note on a moment that was named and lies before the period."""
    if asked.since is not None and since < 0:
        first = reading.instance.calendar.start
        message = Message(
            "from_before_start", "is before the period, which begins on {first}: nothing of it is past.", first=first
        )
        yield InputProblem(FROM, asked.since, message, fatal=False)


def _with_facts(
    reading: Reading, asked: Asked, roster: Roster, since: int
) -> tuple[Instance, tuple[InputProblem, ...]]:
    """With what happened, and a note on each absence that begins later than was said."""
    instance, typed = reading.instance, Typed(reading)
    said, happened = absences(instance, typed, asked.absent), incidents(instance, typed, asked.incidents, since)
    away = tuple(_after_work(instance, typed, roster, since, absence) for absence in said)
    typed.done()
    later = (after for before, after in zip(said, away, strict=True) if before != after)
    notes = tuple(_cut(instance, absence).named(reading.cells.naming) for absence in later)
    return instance.replace(absences=(*instance.absences, *away), incidents=(*instance.incidents, *happened)), notes


def _cut(instance: Instance, absence: Absence) -> InputProblem:
    message = Message(
        "absent_after_work",
        "begins after the duty that {staff} has worked or begun: {start}.",
        staff=absence.staff,
        start=instance.calendar.local(absence.start).replace(tzinfo=None),
    )
    hint = Message(
        "absent_after_work_hint",
        "If it was not worked, clear its cell on sheet {sheet} first.",
        sheet=Name("sheet", "Roster"),
    )
    return InputProblem(ABSENT, absence.staff, message, hint, fatal=False)


def _after_work(instance: Instance, typed: Typed, roster: Roster, since: int, absence: Absence) -> Absence:
    """An absence without the duties that the person has worked or begun: it begins with the end of the last."""
    duties = (duty for duty in roster.duties(instance, absence.staff) if duty.start < since)
    end = max((duty.end for duty in duties if duty.overlaps(absence.start, absence.end)), default=absence.start)
    if end >= absence.end:
        message = Message(
            "absent_worked", "is over before the repair begins, and {staff} worked then.", staff=absence.staff
        )
        typed.problem(ABSENT, absence.staff, message)
        return absence
    return absence.replace(start=end)


def _standing(reading: Reading, roster: Roster, since: int, frozen: int) -> Standing:
    """What was published, and on later dates what the solver left before it was edited."""
    instance = reading.instance
    until = None if instance.publication is None else instance.publication.until
    draft = roster_cells(instance.calendar, roster) if reading.memory is None else reading.memory.cells
    last = instance.calendar.date(instance.days - 1)
    duties = [
        StandingDuty(staff=staff, date=on, shift=duty.shift, hotspot=duty.hotspot)
        for (staff, on), cell in sorted(draft.items())
        for duty in cell[:1]
        if (until is None or on > until) and on <= last and _known(instance, staff, duty.shift)
    ]
    if until is not None:
        duties += [
            StandingDuty(staff=staff, date=on, shift=row.post[0], hotspot=row.post[1])
            for (staff, on), row in sorted(of_version(instance.published).items())
            if row.post is not None and on >= instance.calendar.start
        ]
    return Standing(since=since, frozen=frozen, duties=tuple(duties), until=until)


def _known(instance: Instance, staff: str, shift: str) -> bool:
    return staff in instance.person and shift in instance.shift


# -- hand edits ------------------------------------------------------------------------------------------------------------


def _edits(reading: Reading, roster: Roster) -> tuple[Change, ...]:
    """What the planner changed: in what the solver left, or where nobody knows that any more in what was published."""
    if reading.edits is not None:
        return reading.edits
    publication = reading.instance.publication
    if publication is None:
        return ()
    cells = roster_cells(reading.instance.calendar, roster)
    now_there: Cells = {key: duties for key, duties in cells.items() if key[1] <= publication.until}
    return differences(told(reading.instance), now_there, by_hand=True)


def _unknown_edits(reading: Reading) -> Iterator[InputProblem]:
    """A note where nobody knows any more what was edited by hand."""
    if reading.memory is None:
        message = Message("edits_unknown", "holds no record of a solve: what was edited by hand cannot be told.")
        hint = Message("edits_unknown_hint", "Lock what must stay on sheet {sheet}.", sheet=Name("sheet", "Locked"))
        note = InputProblem(reading.cells.roster_title, "", message, hint, fatal=False)
        yield note.named(reading.cells.naming)


def _later(reading: Reading, standing: Standing) -> Iterator[InputProblem]:
    """A note that later days stay."""
    if standing.stays is not None:
        message = Message(
            "later_days_stay", "stays as it is from {date} on, even where somebody is missing.", date=standing.stays
        )
        hint = Message(
            "later_days_stay_hint",
            "A repair of a long period opens the next five weeks, and further days only as far as something happened there.",
        )
        yield InputProblem(reading.cells.roster_title, "", message, hint, fatal=False).named(reading.cells.naming)


def _begun(instance: Instance, edit: Change, since: int) -> bool:
    """Whether an edited day is past: it is as the planner says, and no decision about what is to come."""
    day = instance.calendar.day(edit.date)
    duties = (duty for duty in (*edit.before, *edit.after) if duty.shift in instance.shift)
    starts = [instance.duty(day, duty.shift).start for duty in duties]
    return min(starts, default=instance.calendar.minute(day)) < since


def _with_locks(reading: Reading, instance: Instance, edits: Sequence[Change]) -> Instance:
    """With a lock for each edit. Raises :class:`InputError` where a lock says something else."""
    locks = {(lock.staff, lock.date): index for index, lock in enumerate(instance.locks)}
    fresh, problems = [], []
    for edit in edits:
        duty = edit.after[0] if edit.after else None
        lock = Lock(
            staff=edit.staff, date=edit.date,
            shift=OFF if duty is None else duty.shift, hotspot=None if duty is None else duty.hotspot,
        )  # fmt: skip
        index = locks.get((edit.staff, edit.date))
        if index is None:
            fresh.append(lock)
            continue
        given = instance.locks[index]
        if given.shift != lock.shift or given.hotspot not in (None, lock.hotspot):
            cell = reading.cells.roster(edit.staff, instance.calendar.day(edit.date)) or reading.cells.roster_title
            place = reading.cells.of("locks", index, "shift")
            message = Message("edit_against_lock", "was edited by hand, but {place} locks something else.", place=place)
            hint = Message("edit_or_lock", "Change one of the two.")
            problems.append(InputProblem(cell, str(duty or ""), message, hint))
    if problems:
        raise InputError(problems)
    return instance.replace(locks=(*instance.locks, *fresh))


def _where(reading: Reading, part: Tail) -> Where:
    """The cells behind the facts of the open part: an edit's is on the Roster sheet."""
    whole, cells = reading.instance, reading.cells
    locks = {(lock.staff, lock.date): index for index, lock in enumerate(whole.locks)}
    shift = whole.calendar.minute(part.first)

    def on_roster(staff: str, on: dt.date) -> str:
        return cells.roster(staff, whole.calendar.day(on)) or cells.roster_title

    def where(table: str, index: int, field: str) -> str:
        if table == "locks":
            lock = part.instance.locks[index]
            own = locks.get((lock.staff, lock.date))
            return on_roster(lock.staff, lock.date) if own is None else cells.of(table, own, field)
        if table == "history" and index >= len(whole.history):
            past = part.instance.history[index]
            return on_roster(past.staff, past.date)
        if table == "absences":
            away = part.instance.absences[index]
            ends = [(absence.staff, absence.end - shift) for absence in whole.absences]
            return _own(cells, table, ends, (away.staff, away.end), field, ABSENT)
        if table == "incidents":
            incident = part.instance.incidents[index]
            happened = [(item.hotspot, item.at - shift) for item in whole.incidents]
            return _own(cells, table, happened, (incident.hotspot, incident.at), field, INCIDENT)
        return cells.of(table, index, field)

    return where


def _own(
    cells: Places, table: str, known: Sequence[tuple[str, int]], fact: tuple[str, int], field: str, option: str
) -> str:
    """The cell of a fact of the open part; the option that brought it where the workbook has none."""
    return cells.of(table, known.index(fact), field) if fact in known else option
