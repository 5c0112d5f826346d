"""The Settings and Holidays sheets: the horizon, and the parameters of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from scheduler.errors import InputProblem
from scheduler.messages.languages import Language
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.facts import Pooling, fold
from scheduler.problem.frozen import plain
from scheduler.problem.publication import Publication
from scheduler.problem.timeline import Calendar, belgian_holidays
from scheduler.rules import CODES, PARAMETERS
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError, Raw
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.dated_sheets import HOLIDAYS
from scheduler.workbook.definitions import Definitions
from scheduler.workbook.parse import parse
from scheduler.workbook.raw_tables import Table, quoted
from scheduler.workbook.sheets import SETTING_KEYS, find_setting, setting_names

MOST_SETTINGS = 1_000
DECISION = "decision_date"
"""The column with the date on which the committee decided."""

_KINDS = {
    "title": Column("title", Kind.TEXT, ""),
    "start_date": Column("start_date", Kind.DATE, ""),
    "days": Column("days", Kind.COUNT, ""),
    "timezone": Column("timezone", Kind.TEXT, ""),
    "language": Column("language", Kind.CHOICE, "", choices=tuple(Language)),
    "strategy": Column("strategy", Kind.CHOICE, "", choices=tuple(Pooling)),
    "reference_start": Column("reference_start", Kind.DATE, ""),
    "history_from": Column("history_from", Kind.DATE, ""),
    "published_version": Column("published_version", Kind.COUNT, ""),
    "published_at": Column("published_at", Kind.MOMENT, ""),
    "published_until": Column("published_until", Kind.DATE, ""),
    "published_hash": Column("published_hash", Kind.TEXT, ""),
    "legal_holidays": Column("legal_holidays", Kind.YES_NO, ""),
}
_CODE = Column("value", Kind.CODE, "")
_STAND_IN = Calendar(start=dt.date(2026, 1, 5), days=28)
"""Lets the other sheets be read, and their problems told, where the settings name no horizon."""


@dataclass(slots=True)
class Settings:
    """What the sheet says. ``places`` gives the cell of every key, ``keys`` how it is written there, ``decisions``
    when the committee decided on it; ``calendar`` is None where it names no horizon."""

    values: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, float | str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, dt.date] = field(default_factory=dict)
    calendar: Calendar | None = None
    problems: list[InputProblem] = field(default_factory=list)

    @property
    def language(self) -> Language | None:
        """The language of the workbook; None where it names none."""
        named = self.values.get("language")
        return None if named is None else Language(named)

    @property
    def publication(self) -> Publication | None:
        """The stamp that `vigie publish` left; None where it left none, or where part of it is gone."""
        values = self.values
        parts = [values.get(f"published_{part}") for part in ("version", "at", "until", "hash")]
        if not all(parts):
            return None
        on, clock = values["published_at"]
        return Publication(
            version=values["published_version"],
            at=dt.datetime.combine(on, dt.time()) + dt.timedelta(minutes=clock or 0),
            until=values["published_until"],
            digest=values["published_hash"],
        )

    @property
    def any_calendar(self) -> Calendar:
        return self.calendar or _STAND_IN


def spelt_as_defined(settings: Settings, known: Definitions) -> None:
    """Parameters that are codes, as the sheet with these codes spells them."""
    for key, table in CODES.items():
        code = settings.parameters.get(key)
        if isinstance(code, str):
            settings.parameters[key] = known.get(table.capitalize(), {}).get(fold(code), code)


def read_settings(table: Table, holidays: Table | None) -> Settings:
    """Every setting and rule parameter, and the calendar that follows from them."""
    settings = Settings()
    key_at, value_at = table.columns["key"], table.columns.get("value")
    for row, raw in table.rows[:MOST_SETTINGS]:
        if raw.get(key_at) is None:
            continue
        key, value = cells.shown(raw[key_at]), raw.get(value_at) if value_at is not None else None
        name, place = find_setting(key) or key, table.place(row, "value")
        if name in settings.places:
            message = Message(
                "setting_again", "stands here a second time; the first is {first}.", first=settings.places[name]
            )
            settings.problems.append(InputProblem(table.place(row, "key"), key, message))
            continue
        settings.places[name], settings.keys[name] = place, key
        _take(settings, name, value, table.place(row, "key"))
        _take_decision(settings, name, table, row, raw)
    if len(table.rows) > MOST_SETTINGS:
        message = Message("too_many_settings", "has more than {most} rows.", most=MOST_SETTINGS)
        hint = Message("delete_other_rows", "Delete those that are no settings.")
        settings.problems.append(InputProblem(quoted(table.title), "", message, hint))
    _require_horizon(settings, table)
    _make_calendar(settings, _read_holidays(holidays, settings))
    return settings


def _require_horizon(settings: Settings, table: Table) -> None:
    for name in ("start_date", "days"):
        if settings.values.get(name) is None and not any(
            problem.place == settings.places.get(name) for problem in settings.problems
        ):
            place = settings.places.get(name, quoted(table.title))
            example = dt.date(2026, 3, 2) if name == "start_date" else 28
            message = Message("setting_missing", "{setting} is missing.", setting=Name("setting", name))
            hint = Message("write_for_example", "Write for example {example}.", example=example)
            settings.problems.append(InputProblem(place, "", message, hint))


def _take(settings: Settings, name: str, value: Raw, key_place: str) -> None:
    place = settings.places[name]
    try:
        if name in SETTING_KEYS:
            if value is not None:
                settings.values[name] = parse(_KINDS[name], value)
        elif "." in name:
            if value is not None:
                settings.parameters[name] = _parameter(name, value)
        else:
            known = {word.casefold(): Name("setting", key) for key in SETTING_KEYS for word in setting_names(key)}
            hint = closest(name.casefold(), known)
            message = Message("not_a_setting", "is not a setting; it is ignored.")
            settings.problems.append(InputProblem(key_place, settings.keys[name], message, hint, fatal=False))
    except CellError as error:
        settings.problems.append(InputProblem(place, cells.shown(value), error.message, error.hint))


def _take_decision(settings: Settings, name: str, table: Table, row: int, raw: Mapping[int, Raw]) -> None:
    at = table.columns.get(DECISION)
    value = None if at is None else raw.get(at)
    if value is None:
        return
    try:
        settings.decisions[name] = parse(table.sheet.column(DECISION), value)
    except CellError as error:
        settings.problems.append(
            InputProblem(table.place(row, DECISION), cells.shown(value), error.message, error.hint)
        )


def _parameter(name: str, value: Raw) -> float | str:
    """A word where the rule wants one; anything where no rule knows it, which is told as that."""
    if PARAMETERS.get(name, False):
        return parse(_CODE, value)  # type: ignore[no-any-return]
    try:
        return _number(value)
    except CellError:
        if name in PARAMETERS:
            raise
        return cells.shown(value)


def _number(value: Raw) -> float:
    try:
        return parse(Column("value", Kind.HOURS, ""), value)  # type: ignore[no-any-return]
    except CellError:
        if isinstance(value, bool | str) and not isinstance(value, cells.ErrorValue):
            try:
                return float(cells.yes_no(value))
            except CellError:
                raise CellError(Message("neither_number_nor_yes", "is neither a number nor yes or no.")) from None
        raise


def _read_holidays(table: Table | None, settings: Settings) -> dict[dt.date, str]:
    free: dict[dt.date, str] = {}
    if table is None or not table.sound:
        return free
    for row, raw in table.rows:
        value = raw.get(table.columns["date"]) if "date" in table.columns else None
        name = raw.get(table.columns["name"]) if "name" in table.columns else None
        if value is None:
            continue
        try:
            free[parse(table.sheet.column("date"), value)] = cells.shown(name)
        except CellError as error:
            settings.problems.append(
                InputProblem(table.place(row, "date"), cells.shown(value), error.message, error.hint)
            )
    start, days = settings.values.get("start_date"), settings.values.get("days")
    if free and start is not None and days is not None:
        years = range(start.year, (start + dt.timedelta(days=min(days, 400))).year + 1)
        if not any(on.year in years for on in free):
            message = Message(
                "holidays_of_other_year", "has dates, but none in {year}, the year of the period.", year=start.year
            )
            hint = Message("is_the_year_right", "Is the year right?")
            settings.problems.append(InputProblem(quoted(table.title), "", message, hint, fatal=False))
    return free


def legal_holidays(start: dt.date, days: int) -> dict[dt.date, str]:
    """The legal public holidays of a horizon, with a week on both sides: work of the evening before, and the calendar week of the
    last day, see theirs."""
    week = dt.timedelta(days=7)
    return belgian_holidays(start - week, start + dt.timedelta(days=days) + week)


def with_legal(start: dt.date, days: int, listed: Mapping[dt.date, str]) -> dict[dt.date, str]:
    """The listed holidays beside the legal ones; a legal one that is listed too has the name of its row, if it has one."""
    legal = legal_holidays(start, days)
    return {**legal, **{on: name or legal.get(on, "") for on, name in listed.items()}}


def holidays_of(start: dt.date, days: int, rows: Sequence[Mapping[str, Raw]], *, legal: bool) -> dict[dt.date, str]:
    """The public holidays of a horizon by the rows of sheet Holidays, all of which can be read, and the setting that adds the
    legal ones."""
    column = HOLIDAYS.column("date")
    dated = (row for row in rows if row.get("date") is not None)
    listed = {parse(column, row["date"]): cells.shown(row.get("name")) for row in dated}
    return with_legal(start, days, listed) if legal else listed


def _make_calendar(settings: Settings, listed: Mapping[dt.date, str]) -> None:
    start, days = settings.values.get("start_date"), settings.values.get("days")
    if start is None or days is None:
        return
    try:
        given = {"timezone": settings.values["timezone"]} if settings.values.get("timezone") else {}
        calendar = Calendar.model_validate({"start": start, "days": days, **given})
    except ValidationError as error:
        names = {"start": "start_date"}
        for item in error.errors():
            name = names.get(str(item["loc"][0]), str(item["loc"][0]))
            value = cells.shown(settings.values.get(name))
            settings.problems.append(InputProblem(settings.places.get(name, quoted("Settings")), value, plain(item)))
        return
    legal = settings.values.get("legal_holidays", True)
    settings.calendar = calendar.replace(holidays=with_legal(start, days, listed) if legal else dict(listed))
