"""The workbook of the next period: all that this roster leaves to it, and what a planner must still see to."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scheduler.analysis.accepted import judge
from scheduler.errors import BrokenRosterError, InputError, InputProblem
from scheduler.horizon.following import following, is_over
from scheduler.messages.message import AllOf, Message, Name
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.audit import broken_rules
from scheduler.rules.base import Finding
from scheduler.rules.single_assignment_per_day import SingleAssignmentPerDay
from scheduler.workbook.following import calendar_after, save_following
from scheduler.workbook.read import Reading
from scheduler.workflows.review import roster_of

NAMED = 6
"""People, places or broken rules that are named; of more only how many there are."""


@dataclass(frozen=True, slots=True)
class Extension:
    """The facts of the next period after those of a roster ``before`` it. ``to_do`` is what the planner must still see to;
    ``broken`` are the hard rules that the roster breaks without a decision."""

    before: Instance
    instance: Instance
    to_do: tuple[Message, ...]
    broken: tuple[Finding, ...] = ()


def extend(reading: Reading, weeks: int, *, allow_broken: bool = False) -> Extension:
    """The next ``weeks`` weeks after the roster of a workbook.

    Raises :class:`InputError` when it has no roster, and :class:`BrokenRosterError` when the roster breaks a hard rule that no
    decision accepts, unless ``allow_broken``: then the duties count as history as they are.
    """
    instance, roster = reading.instance, roster_of(reading)
    judged = judge(instance, broken_rules(instance, roster))
    broken = judged.open
    if broken and not allow_broken:
        raise BrokenRosterError([_problem(reading, finding) for finding in broken])
    found = following(instance, roster, calendar_after(reading, 7 * weeks))
    decided = [item.finding for item in judged.accepted]
    to_do = (*_broken(broken, decided), *_twice((*broken, *decided), instance, roster), *_to_do(instance, found))
    return Extension(instance, found, to_do, broken)


def refuse_itself(path: str | os.PathLike[str], reading: Reading) -> None:
    """Raise :class:`InputError` where the next period would take the place of the roster itself, whatever is forced."""
    if os.path.exists(path) and os.path.exists(reading.path) and os.path.samefile(path, reading.path):
        message = Message("extends_itself", "holds the roster: the next period would take its place.")
        hint = Message("choose_other_name", "Choose another name.")
        raise InputError([InputProblem(Path(path).name, "", message, hint)])


def save_extension(path: str | os.PathLike[str], reading: Reading, extension: Extension) -> None:
    """Write the workbook of the next period. Raises as :func:`refuse_itself`, and :class:`~scheduler.errors.OutputError` when the
    file cannot be written."""
    refuse_itself(path, reading)
    save_following(path, extension.instance, reading, extension.to_do)


def _problem(reading: Reading, finding: Finding) -> InputProblem:
    """A broken rule as the audit names it, at the cell to change first."""
    cells = (reading.cells.roster(staff, day) for staff in finding.staff for day in finding.days)
    place = next((cell for cell in cells if cell is not None), reading.cells.roster_title)
    return InputProblem(place, "", Message("broken_rule", "{finding}.", finding=finding.message))


# -- what the planner must see to ----------------------------------------------------------------------------------------------


def _broken(broken: Sequence[Finding], decided: Sequence[Finding]) -> Iterator[Message]:
    if broken:
        yield Message(
            "next_broken",
            (
                "The roster before this period breaks {count} hard rule; its duties are history all the same: {findings}.",
                "The roster before this period breaks {count} hard rules; its duties are history all the same: {findings}.",
            ),
            count=len(broken),
            findings=_some([finding.message for finding in broken]),
        )
    if decided:
        yield Message(
            "next_decided",
            (
                "The roster before this period breaks {count} hard rule by decision; its duties are history all the same: "
                "{findings}.",
                "The roster before this period breaks {count} hard rules by decision; its duties are history all the same: "
                "{findings}.",
            ),
            count=len(decided),
            findings=_some([finding.message for finding in decided]),
        )


def _twice(broken: Sequence[Finding], instance: Instance, roster: Roster) -> Iterator[Message]:
    """Dates on which somebody has two duties: a sheet can hold one of them."""
    if all(finding.rule != SingleAssignmentPerDay.code for finding in broken):
        return
    days = Counter((a.staff, a.day) for a in roster)
    twice = sorted(cell for cell, duties in days.items() if duties > 1)
    if twice:
        yield Message(
            "next_twice",
            "{sheet}: of two duties on one date only the one that ends last is there: {people}.",
            sheet=Name("sheet", "History"),
            people=_some([_dated(staff, instance.calendar.date(day)) for staff, day in twice]),
        )


def _to_do(before: Instance, now: Instance) -> Iterator[Message]:
    """What is to be filled in for the new period, then what changes by itself and should be known."""
    calendar = now.calendar
    first, last = calendar.start, calendar.date(calendar.days - 1)
    there = sum(item.end > 0 and item.start < calendar.end for item in now.absences)
    yield Message(
        "next_absences",
        (
            "{sheet}: add the absences of {first} to {last} ({count} row reaches into the period already).",
            "{sheet}: add the absences of {first} to {last} ({count} rows reach into the period already).",
        ),
        sheet=Name("sheet", "Absences"),
        first=first,
        last=last,
        count=there,
    )
    yield Message(
        "next_requests",
        (
            "{sheet}: add the requests of {first} to {last} ({count} row reaches into the period already).",
            "{sheet}: add the requests of {first} to {last} ({count} rows reach into the period already).",
        ),
        sheet=Name("sheet", "Requests"),
        first=first,
        last=last,
        count=len(now.requests),
    )
    yield from _asked(before, now)
    yield from _people(before, now, last)
    if before.locks:
        yield Message(
            "next_locks",
            (
                "{sheet}: {count} row was of the last period and is gone; lock what is decided for the new one.",
                "{sheet}: {count} rows were of the last period and are gone; lock what is decided for the new one.",
            ),
            sheet=Name("sheet", "Locked"),
            count=len(before.locks),
        )
    if first.year != before.calendar.start.year:
        yield Message(
            "next_year",
            "{sheet}: nights, weekends and public holidays are those of {year} only; check the limits of the year.",
            sheet=Name("sheet", "Counters"),
            year=first.year,
        )
    if now.title:
        yield Message(
            "next_title",
            "{setting}: still '{title}'; change it where it names the period.",
            setting=Name("setting", "title"),
            title=now.title,
        )


def _asked(before: Instance, now: Instance) -> Iterator[Message]:
    """Demand and incidents that are over, and hotspots that close."""
    first = now.calendar.start
    over = [row for row in before.demand if is_over(row, first)]
    if over:
        yield Message(
            "next_demand",
            (
                "{sheet}: {count} row of past dates was left out ({rows}); add what is asked on certain dates from {first} on.",
                "{sheet}: {count} rows of past dates were left out ({rows}); add what is asked on certain dates from {first} on.",
            ),
            sheet=Name("sheet", "Demand"),
            count=len(over),
            rows=_some([f"{row.hotspot} {row.days.text()}" for row in over]),
            first=first,
        )
    ended = len(before.incidents) - len(now.incidents)
    if ended:
        yield Message(
            "next_incidents",
            (
                "{sheet}: {count} row was left out; what it raised is over.",
                "{sheet}: {count} rows were left out; what they raised is over.",
            ),
            sheet=Name("sheet", "Incidents"),
            count=ended,
        )
    last = now.calendar.date(now.days - 1)
    closing = [
        _dated(spot.code, spot.closes) for spot in now.hotspots if spot.closes is not None and spot.closes < last
    ]
    if closing:
        yield Message(
            "next_hotspots",
            "{sheet}: closed before the period ends: {spots}. Is that still right?",
            sheet=Name("sheet", "Hotspots"),
            spots=_some(closing),
        )


def _people(before: Instance, now: Instance, last: dt.date) -> Iterator[Message]:
    leaving = [_dated(item.id, item.last) for item in now.staff if item.last is not None and item.last < last]
    if leaving:
        yield Message(
            "next_leaving",
            "{sheet}: service ends before the period does: {people}. Prolong it where the contract goes on.",
            sheet=Name("sheet", "Staff"),
            people=_some(leaving),
        )
    gone = [_dated(item.id, item.last) for item in before.staff if item.id not in now.person and item.last is not None]
    if gone:
        yield Message(
            "next_gone",
            "{sheet}: left out with all their rows, because their service had ended before the last period: {people}.",
            sheet=Name("sheet", "Staff"),
            people=_some(gone),
        )


def _dated(code: str, on: dt.date | None) -> Message:
    return Message("code_and_date", "{code} ({date})", code=code, date=on)


def _some(items: Sequence[str | Message]) -> AllOf:
    """The first few, and how many more there are."""
    more = len(items) - NAMED
    if more <= 0:
        return AllOf(tuple(items))
    return AllOf((*items[:NAMED], Message("and_more", ("{count} more", "{count} more"), count=more)))
