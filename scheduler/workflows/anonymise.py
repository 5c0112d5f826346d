"""A workbook without what names people, for those who may see a roster but not whose it is. It solves to the same values.

What is done to a cell follows from its column in the catalogue of sheets, so that a new sheet is not forgotten: ids are replaced,
dates moved by whole weeks, free text dropped. Only the facts and the roster are written: no sheet and column of a planner's
own, no comment, no record of a solve, which holds ids.

Who works beside somebody, and knows a leave or an odd contract, may still recognise the line. :func:`anonymise` names what it
knows to be rare.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from scheduler.analysis.date_shift import weeks_that_keep
from scheduler.analysis.reidentifiable import Rare, asked_roles, rare_roles, rare_values
from scheduler.problem.facts import Category, Days, Fact
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication, digest
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import FAR_DAYS, Calendar
from scheduler.rules import CODES
from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.sheets import SHEETS
from scheduler.workflows.export import inert

RARE = 3
"""Fewer people than this are rare."""
_PREFIX = {Category.POLICE: "P", Category.NON_POLICE: "N"}
_PUBLIC = frozenset(
    {("Organisations", "name"), ("Hotspots", "name"), ("Hotspots", "municipality"), ("Overrides", "rule")}
)
"""Text that stays: names of places and of public bodies, which rules compare, and of rules."""


@dataclass(frozen=True)
class Anonymous:
    """What came out. ``people`` and ``roles`` are the mapping from old to new, None for a role that was dropped; ``weeks`` is how
    far dates were moved, 0 where nothing would have stayed the same; ``kept_roles`` are rare but asked for by a demand;
    ``rare`` names by new ids who can still be told by a value."""

    instance: Instance
    roster: Roster | None
    people: Mapping[str, str]
    roles: Mapping[str, str | None]
    weeks: int
    kept_roles: tuple[str, ...]
    rare: tuple[Rare, ...]

    @property
    def dropped_roles(self) -> tuple[str, ...]:
        return tuple(role for role, new in self.roles.items() if new is None)


def mapping_text(instance: Instance, found: Anonymous) -> str:
    """Who is who, as CSV: a line for each person, each role (with a blank where it was dropped) and the first date."""
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n").writerow
    write(("kind", "before", "after"))
    for staff, new in found.people.items():
        write(("staff", inert(staff), new))
    for role, code in found.roles.items():
        write(("role", inert(role), code or ""))
    write(("start_date", instance.calendar.start.isoformat(), found.instance.calendar.start.isoformat()))
    return table.getvalue()


def anonymise(instance: Instance, roster: Roster | None, *, seed: int | None = None, rare: int = RARE) -> Anonymous:
    """The facts and the roster with everything replaced that names people.

    The order of the new ids and the number of weeks are random; the same ``seed`` gives the same ones, without one nobody can
    guess them.
    """
    pick = random.Random(seed) if seed is not None else random.SystemRandom()
    found = _Replacement(instance, pick, rare)
    # Records beside the facts, of who was asked to step in, are left out.
    tables = {sheet.table: found.table(sheet) for sheet in SHEETS if sheet.table in Instance.model_fields}
    new = instance.replace(
        **tables,
        title="",
        calendar=found.calendar,
        reference_start=None if instance.reference_start is None else found.date(instance.reference_start),
        history_from=None if instance.history_from is None else found.date(instance.history_from),
        publication=found.stamp(tables["published"]),
        standing=None,
        parameters=found.parameters,
    )
    moved = None if roster is None else Roster.of(replace(a, staff=found.people[a.staff]) for a in roster)
    kept = tuple(code for role in rare_roles(instance, rare) if (code := found.roles[role]) is not None)
    return Anonymous(new, moved, found.people, found.roles, found.weeks, kept, rare_values(new, rare))


@dataclass(frozen=True)
class _Replacement:
    instance: Instance
    pick: random.Random
    rare: int

    @cached_property
    def people(self) -> Mapping[str, str]:
        """New ids, by category and organisation, in random order within these."""
        instance, turn = self.instance, {item.code: at for at, item in enumerate(self.instance.organisations)}
        shuffled = list(instance.staff)
        self.pick.shuffle(shuffled)
        shuffled.sort(key=lambda member: turn[member.organisation])
        new: dict[str, str] = {}
        for category in Category:
            members = [member.id for member in shuffled if instance.category(member.id) is category]
            width = max(3, len(str(len(members))))
            new |= {staff: f"{_PREFIX[category]}-{at:0{width}d}" for at, staff in enumerate(members, start=1)}
        return new

    @cached_property
    def roles(self) -> Mapping[str, str | None]:
        """New codes; None for a rare role that no demand asks for, since nobody needs it."""
        dropped = set(rare_roles(self.instance, self.rare)) - asked_roles(self.instance)
        kept = [role.code for role in self.instance.roles if role.code not in dropped]
        new: dict[str, str | None] = {code: f"R{at}" for at, code in enumerate(kept, start=1)}
        return {role.code: new.get(role.code) for role in self.instance.roles}

    @property
    def parameters(self) -> Mapping[str, float | str]:
        """Those of rules, with the new ids and codes."""
        new: Mapping[str, Mapping[str, str | None]] = {"staff": self.people, "roles": self.roles}
        return {
            key: new.get(CODES.get(key, ""), {}).get(value) or value if isinstance(value, str) else value
            for key, value in self.instance.parameters.items()
        }

    @cached_property
    def weeks(self) -> int:
        calendar = self.instance.calendar
        first = min([0, *(calendar.day(past.date) for past in self.instance.history)])
        return weeks_that_keep(calendar, first, self.pick)

    @cached_property
    def calendar(self) -> Calendar:
        """Holidays move with the days that they fall on, without their names, which would tell the year."""
        old = self.instance.calendar
        holidays = {on + self._move: "" for on in old.holidays}
        return old.replace(start=old.start + self._move, holidays=holidays)

    @property
    def _move(self) -> dt.timedelta:
        return dt.timedelta(weeks=self.weeks)

    def date(self, on: dt.date) -> dt.date:
        """A date that stands for "always", a century away, stays."""
        far = abs(self.instance.calendar.day(on)) > FAR_DAYS
        return on if far else on + self._move

    def _moment(self, minute: int) -> int:
        """By the clock, not by minutes: a leave of months still ends at midnight."""
        at = self.instance.calendar.local(minute)
        return self.calendar.minute(self.calendar.day(at.date() + self._move), at.hour * 60 + at.minute)

    def stamp(self, rows: Sequence[Any]) -> Publication | None:
        """The stamp of the newest version, moved, with the fingerprint of its new rows."""
        old = self.instance.publication
        if old is None:
            return None
        until = self.date(old.until)
        return old.replace(at=old.at + self._move, until=until, digest=digest(rows, until))

    def table(self, sheet: Sheet) -> tuple[Fact, ...]:
        """The facts of a sheet, in an order that tells nothing of the old ids."""
        rows = [self._fact(sheet, fact) for fact in getattr(self.instance, sheet.table)]
        found = [fact for fact in rows if fact is not None]
        names = [column.target for column in sheet.columns if _names_people(sheet, column)]
        return tuple(sorted(found, key=lambda fact: [getattr(fact, name) for name in names]) if names else found)

    def _fact(self, sheet: Sheet, fact: Any) -> Fact | None:
        """None for a row about a role that is dropped."""
        if sheet.name == "Roles" and self.roles[fact.code] is None:
            return None
        values = {column.target: self._value(sheet, column, getattr(fact, column.target)) for column in sheet.columns}
        found: Fact = fact.replace(**values)
        return found

    def _value(self, sheet: Sheet, column: Column, value: Any) -> Any:
        if _names_people(sheet, column):
            return self.people[value]
        if _names_roles(sheet, column):
            if isinstance(value, tuple):
                return tuple(new for role in value if (new := self.roles[role]) is not None)
            return self.roles.get(value, value)
        if value is None:
            return None
        if column.kind is Kind.DATE:
            return self.date(value)
        if column.kind is Kind.MOMENT:
            return self._moment(value)
        if isinstance(value, Days):
            spans = tuple((self.date(first), self.date(last)) for first, last in value.spans)
            return value.replace(dates=frozenset(map(self.date, value.dates)), spans=spans)
        if column.kind is Kind.TEXT and (sheet.name, column.name) not in _PUBLIC:
            return "–" if column.required else ""
        return value


def _names_people(sheet: Sheet, column: Column) -> bool:
    return column.refers == "Staff" or (sheet.name, column.name) == ("Staff", "id")


def _names_roles(sheet: Sheet, column: Column) -> bool:
    return column.refers == "Roles" or (sheet.name, column.name) == ("Roles", "code")
