"""Reading a workbook: every fact, the roster if there is one, and every problem at once, each with its cell."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from scheduler.analysis.difference import Change, differences, roster_cells
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import AllOf, Message, Name
from scheduler.messages.sentences import in_turn
from scheduler.problem.facts import Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.references import ABOUT_HORIZON, Fault, cross_references
from scheduler.problem.roster import Roster
from scheduler.problem.strategy import Strategy
from scheduler.problem.tables import Tables
from scheduler.rules import rules_for
from scheduler.rules.overridable import override_faults
from scheduler.system.standard_input import STANDARD_INPUT
from scheduler.workbook.build import BuiltTable, Context, build
from scheduler.workbook.cells import Raw
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.definitions import Definitions, definitions
from scheduler.workbook.file_checks import refuse
from scheduler.workbook.kept_free import kept_free
from scheduler.workbook.kept_free import notes as kept_free_notes
from scheduler.workbook.meta import Meta, read_meta
from scheduler.workbook.own_names import own_names
from scheduler.workbook.places import Places
from scheduler.workbook.publication_notes import publication_notes
from scheduler.workbook.raw_sheets import Sheets, open_book
from scheduler.workbook.raw_tables import Table, delete_or_rename, quoted, table_of
from scheduler.workbook.record_faults import faults_of_records, known_codes
from scheduler.workbook.roster_dates import other_dates
from scheduler.workbook.roster_sheet import Known, RosterPage, read_roster
from scheduler.workbook.settings import Settings, read_settings, spelt_as_defined
from scheduler.workbook.sheets import (
    ROSTER,
    SHEETS,
    find_result_sheet,
    find_sheet,
    is_guide,
    sheet_of_table,
)
from scheduler.workbook.sheets import sheet as sheet_named

_NEW = Message("new_workbook", "Run `vigie new FILE` for a workbook with every sheet.")


@dataclass(frozen=True)
class Reading:
    """What a workbook says.

    ``notes`` are what was passed over (unknown sheets and columns); ``roster`` is None where there is no Roster sheet;
    ``tables`` holds the raw rows of every input sheet, those of later use and unknown columns included, to be written
    back; ``settings`` the settings that are no fact of the instance, such as ``published_until``; ``memory`` what the last solve
    left. All of it is read at once: the file may be moved or replaced afterwards.
    """

    path: Path
    instance: Instance
    roster: Roster | None
    notes: tuple[InputProblem, ...]
    tables: Mapping[str, tuple[Mapping[str, Raw], ...]]
    settings: Mapping[str, Any]
    cells: Places
    memory: Meta | None = None
    calls: tuple[Call, ...] = ()
    """What sheet Calls records; no fact of the instance."""
    strategies: tuple[Strategy, ...] = ()
    """Those of sheet Strategies; no fact of the instance."""
    off: frozenset[tuple[str, int]] = frozenset()
    """People and days of which the Roster sheet says that they are kept free."""
    decisions: Mapping[str, dt.date] = field(default_factory=dict)
    """When the committee decided on a setting, by the setting's name; no fact of the instance."""
    file_sha256: str = ""
    """Fingerprint of the file as it was read."""

    @property
    def title(self) -> str:
        """What is written above things made of it: its title, or else the name of its file; of standard input, our own."""
        return self.instance.title or ("Vigie" if self.path == STANDARD_INPUT else self.path.stem)

    @property
    def edits(self) -> tuple[Change, ...] | None:
        """The cells of the Roster sheet that are not as the solver left them; None where there is nothing to compare."""
        if self.roster is None or self.memory is None:
            return None
        return differences(self.memory.cells, roster_cells(self.instance.calendar, self.roster), by_hand=True)

    @property
    def kept_free(self) -> tuple[tuple[str, dt.date], ...]:
        """Whom a planner has typed to be kept free on the Roster sheet, and when."""
        return kept_free(self.instance, self.off, self.memory)


@dataclass(frozen=True)
class SoundPart:
    """What can be used of a workbook with errors. Of the ``lost`` tables some rows cannot be read, or refer to what is not there;
    they are left out."""

    instance: Instance
    cells: Places
    lost: frozenset[str]


@dataclass(frozen=True)
class Examined:
    """Everything that was found in a workbook, right or wrong: a :class:`Reading` where there are no ``errors``."""

    path: Path
    problems: tuple[InputProblem, ...]
    facts: Tables
    tables: Mapping[str, Table]
    built: Mapping[str, BuiltTable]
    settings: Settings
    places: Places
    page: RosterPage | None
    memory: Meta | None
    file_sha256: str

    @property
    def errors(self) -> tuple[InputProblem, ...]:
        return tuple(problem for problem in self.problems if problem.fatal)

    @property
    def notes(self) -> tuple[InputProblem, ...]:
        return tuple(problem for problem in self.problems if not problem.fatal)

    def reading(self) -> Reading:
        """Raises :class:`InputError` with every error."""
        if self.errors:
            raise InputError(self.errors, self.notes, self.places.names.language)
        return Reading(
            self.path,
            Instance(**dict(self.facts)),
            None if self.page is None else self.page.roster,
            self.problems,
            {name: table.raw_rows() for name, table in self.tables.items()},
            self.settings.values,
            self.places,
            self.memory,
            tuple(self.built["calls"].facts) if "calls" in self.built else (),  # type: ignore[arg-type]
            tuple(self.built["strategies"].facts) if "strategies" in self.built else (),  # type: ignore[arg-type]
            frozenset() if self.page is None else frozenset(self.page.off),
            self.settings.decisions,
            self.file_sha256,
        )

    def part(self) -> SoundPart | None:
        """What can be used in spite of the errors; None where too little can."""
        if self.settings.calendar is None:
            return None
        try:
            found = _without_faults(self)
            rules_for(found.instance)
        except InputError:
            return None
        return found


def read(path: str | os.PathLike[str]) -> Reading:
    """Read a workbook. Raises :class:`InputError` with every problem that was found."""
    return examine(path).reading()


def examine(path: str | os.PathLike[str]) -> Examined:
    """Look at all of a workbook. Raises :class:`InputError` only for a file that is none."""
    with collector_at_rest():
        return examine_book(open_book(path))


def _without_faults(found: Examined) -> SoundPart:
    """Raises :class:`InputError` where leaving rows out does not help."""
    facts = dict(found.facts)
    rows = {name: list(part.rows) for name, part in found.built.items() if not sheet_of_table(name).record}
    lost = {name for name, part in found.built.items() if any(problem.fatal for problem in part.problems)}
    lost |= {sheet.table for sheet in SHEETS if sheet.needed and sheet.table not in found.built}
    faults = {(name, index) for name, part in found.built.items() for index in part.contradictory}
    while faults := faults or {
        (fault.table, fault.index) for fault in cross_references(Tables.model_construct(**facts))
    }:
        at_fault = {table for table, _ in faults}
        if not at_fault <= rows.keys():
            break
        for table in at_fault:
            keep = [index for index in range(len(facts[table])) if (table, index) not in faults]
            facts[table] = tuple(facts[table][index] for index in keep)
            rows[table] = [rows[table][index] for index in keep]
        lost |= at_fault
        faults = set()
    kept = {name: tuple(numbers) for name, numbers in rows.items()}
    cells = Places(found.places.tables, kept, found.settings.places, names=found.places.names)
    return SoundPart(Instance(**facts), cells, frozenset(lost))


def examine_book(book: Sheets) -> Examined:
    """Look at all of the sheets of a workbook, or of what stands for one. Raises :class:`InputError` only where none of them is
    needed."""
    path = book.path
    titles, problems = _titles(book)
    _require_sheets(path, book, titles, problems)
    tables: dict[str, Table] = {}
    for name, title in titles.items():
        if name != ROSTER:
            table, found = table_of(book.page(title), sheet_named(name))
            problems += found
            tables[name] = table
    settings = _settings(tables)
    known = definitions(tables.values())
    spelt_as_defined(settings, known)
    context = Context(settings.any_calendar, known, settings.values.get("language") or "")
    built = {table.sheet.table: build(table, context) for table in tables.values() if table.sheet.table and table.sound}
    problems += settings.problems
    for part in built.values():
        problems += part.problems
    places = Places(
        {table.sheet.table: table for table in tables.values() if table.sheet.table},
        {name: tuple(part.rows) for name, part in built.items()},
        settings.places,
        names=own_names(book, tables, settings),
    )
    facts = _facts(settings, built)
    told = {
        (name, index, field) for name, part in built.items() for index, fields in part.told.items() for field in fields
    }
    faults = cross_references(facts, told=told, unread={name: part.broken for name, part in built.items()})
    decided = override_faults(facts.overrides)
    apart = (
        fault
        for fault in chain(decided, faults_of_records(built))
        if (fault.table, fault.index, fault.field) not in told
    )
    problems += _translate(chain(faults, apart), settings, built, places)
    problems += _parameters(facts, settings, known)
    problems += publication_notes(path, facts, settings)
    page = _roster(book, titles, built, settings) if settings.calendar is not None else None
    if page is not None:
        problems += page.problems
        places = replace(places, roster_title=page.title, roster_rows=page.rows, roster_columns=page.columns)
        # First: most of what is wrong beside it only follows from it.
        problems = [*other_dates(page, settings, places), *problems]
    memory, damage = read_meta(book)
    problems += damage
    if page is not None:
        problems += kept_free_notes(facts, page.off, page.on_leave, memory, places)
    if memory is not None and memory.off is not None:  # Earlier versions wrote fewer sheets, and not this.
        problems += _removed(titles, places)
    named = tuple(problem.named(places.naming) for problem in problems)
    return Examined(Path(path), named, facts, tables, built, settings, places, page, memory, book.sha256)


def _titles(book: Sheets) -> tuple[dict[str, str], list[InputProblem]]:
    """The tab of each of our sheets, by canonical name; a note for every tab that is none of ours."""
    titles: dict[str, str] = {}
    problems: list[InputProblem] = []
    for title in book.titles:
        sheet, result = find_sheet(title), find_result_sheet(title)
        name = sheet.name if sheet is not None else result
        if name is None:
            if not (title.startswith("_") or is_guide(title)):
                message = Message("not_a_sheet", "is not a sheet of a roster workbook; it is ignored.")
                problems.append(InputProblem(quoted(title), "", message, fatal=False))
        elif name in titles:
            message = Message("sheet_again", "repeats the sheet '{sheet}'.", sheet=Name("sheet", name))
            problems.append(InputProblem(quoted(title), "", message, delete_or_rename()))
        elif sheet is not None or name == ROSTER:
            titles[name] = title
    return titles, problems


def _require_sheets(
    path: str | os.PathLike[str], book: Sheets, titles: Mapping[str, str], problems: list[InputProblem]
) -> None:
    missing = [sheet.name for sheet in SHEETS if sheet.needed and sheet.name not in titles]
    names = AllOf(tuple(Name("sheet", name) for name in missing))
    if len(missing) == sum(sheet.needed for sheet in SHEETS):
        message = Message("no_needed_sheet", "has none of the sheets that are needed: {sheets}.", sheets=names)
        if book.titles:
            there = AllOf(book.titles[:6])
            message = in_turn(message, Message("sheets_there", "It has the sheets {sheets}.", sheets=there))
        raise refuse(path, message, _NEW)
    if missing:
        message = Message(
            "lacks_sheets",
            ("lacks the sheet {sheets}.", "lacks the sheets {sheets}."),
            sheets=names,
            count=len(missing),
        )
        problems.append(InputProblem(Path(path).name, "", message, _NEW))


def _removed(titles: Mapping[str, str], places: Places) -> Iterator[InputProblem]:
    """A problem for every sheet with facts that a workbook of a roster was written with and no longer has."""
    for sheet in SHEETS:
        facts = sheet.name == "Holidays" or (sheet.table and not sheet.needed and not sheet.record)
        if facts and sheet.name not in titles:
            message = Message(
                "sheet_removed", "has no sheet {sheet} any more: its rows are lost.", sheet=Name("sheet", sheet.name)
            )
            hint = Message(
                "sheet_back", "Take it from an earlier file; an empty sheet of this name says that there are none."
            )
            yield InputProblem(places.roster_title, "", message, hint)


def _settings(tables: Mapping[str, Table]) -> Settings:
    table = tables.get("Settings")
    return read_settings(table, tables.get("Holidays")) if table is not None and table.sound else Settings()


def _facts(settings: Settings, built: Mapping[str, BuiltTable]) -> Tables:
    values: dict[str, Any] = {
        name: settings.values[name]
        for name in ("title", "language", "reference_start", "history_from")
        if name in settings.values
    }
    if "strategy" in settings.values:
        values["strategy"] = Pooling(settings.values["strategy"])
    values["publication"] = settings.publication
    # Not validated again: rows that are known to be wrong are among the facts.
    return Tables.model_construct(
        calendar=settings.any_calendar,
        parameters=settings.parameters,
        **values,
        **{name: tuple(part.facts) for name, part in built.items() if not sheet_of_table(name).record},  # type: ignore[arg-type]
    )


def _translate(
    faults: Iterator[Fault], settings: Settings, built: Mapping[str, BuiltTable], places: Places
) -> Iterator[InputProblem]:
    """Faults as problems with their cells; none that only follows from a problem already told."""
    for fault in faults:
        if fault.table == "settings":
            if settings.calendar is not None:
                yield InputProblem(places.setting(fault.field), fault.value, fault.message, fault.hint)
            continue
        column = sheet_of_table(fault.table).by_field(fault.field)
        target = next((sheet.table for sheet in SHEETS if column and sheet.name == column.refers), "")
        if target and target in _NEEDED and target not in built:
            continue
        if settings.calendar is None and fault.message.code in ABOUT_HORIZON:
            continue
        hint = fault.hint
        if fault.other is not None:
            other = places.of(fault.table, fault.other, fault.field)
            hint = in_turn(Message("the_other_row", "The other is {place}.", place=other), fault.hint)
        yield InputProblem(places.of(fault.table, fault.index, fault.field), fault.value, fault.message, hint)


_NEEDED = frozenset(sheet.table for sheet in SHEETS if sheet.needed)


def _parameters(facts: Tables, settings: Settings, known: Definitions) -> Iterator[InputProblem]:
    """Rule parameters that no rule knows, or whose values no rule takes; a code of a row that could not be read is none."""
    try:
        rules_for(facts)
    except InputError as error:
        for problem in error.problems:
            said = dict(problem.message.arguments)
            if problem.message.code == "parameter_code_unknown" and said["given"] in known[said["sheet"].name].values():
                continue
            place = settings.places.get(problem.value, problem.place)
            yield InputProblem(place, problem.value, problem.message, problem.hint)


def _roster(
    book: Sheets, titles: Mapping[str, str], built: Mapping[str, BuiltTable], settings: Settings
) -> RosterPage | None:
    if ROSTER not in titles or not {"staff", "shifts", "hotspots"} <= set(built):
        return None

    known = Known(*(known_codes(built, table) for table in ("staff", "shifts", "hotspots")))
    return read_roster(book.page(titles[ROSTER]), known, settings.any_calendar)
