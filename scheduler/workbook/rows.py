"""From facts back to the rows of the input sheets: the way of :mod:`scheduler.workbook.build`, walked backwards.

Where a workbook was read, its own rows stay as long as they say what the facts say: a planner's way of writing, blank cells, and
columns of their own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category, Days, Fact, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication
from scheduler.problem.timeline import DAY_MINUTES, FAR_DAYS, Calendar
from scheduler.workbook import cells
from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.definitions import KEYED
from scheduler.workbook.lists import InputRows
from scheduler.workbook.read import Reading
from scheduler.workbook.settings import holidays_of, legal_holidays, with_legal
from scheduler.workbook.sheets import SETTING_KEYS, SHEETS, find_setting
from scheduler.workbook.week import week_text

Row = Mapping[str, object]
NO_LIMIT = "none"
_BY_KEY = KEYED | {"counters"}
"""Tables of one row for each thing or person, which the first column names."""
_FOREVER = dt.date(9999, 12, 31)


def input_rows(instance: Instance, reading: Reading | None = None) -> InputRows:
    """The rows of every input sheet: a workbook of them says what the instance says.

    Rows of the ``reading`` stay as they are where they still say it, as do its sheets and settings that are no facts. The row of
    a changed person, place or other thing with a code keeps its further columns.
    """
    kept = {} if reading is None else {**reading.tables, **_records(instance, reading)}
    said = {page.name: _rows(page, instance, reading) for page in SHEETS if page.table and not page.record}
    return {**kept, **said, "Settings": _settings(instance, reading), "Holidays": _holidays(instance, reading)}


def canonical_rows(instance: Instance) -> InputRows:
    """The rows of every input sheet in the words of no language, whatever was typed: equal where the facts are equal. They are in
    the order of the facts."""
    said = {page.name: _fresh(page, instance) for page in SHEETS if page.table and not page.record}
    settings = [{"key": name, "value": value} for name, value in _said(instance).items()]
    return {"Settings": settings, **said, "Holidays": _holidays(instance, None)}


def in_words(sheet: Sheet, row: Row, texts: Texts) -> Row:
    """A canonical row with the words of a language."""
    return _spoken(sheet, row, texts)


# -- rows of facts -----------------------------------------------------------------------------------------------------------


def _rows(page: Sheet, instance: Instance, reading: Reading | None) -> Sequence[Row]:
    fresh, texts = _fresh(page, instance), Texts(instance.language)
    if reading is None or page.name not in reading.tables:
        return [_spoken(page, row, texts) for row in fresh]
    # Rows are compared as they would be written: an absence is told by dates, which another first day changes.
    before, raw = _fresh(page, reading.instance), reading.tables[page.name]
    if fresh == before:
        return raw
    place = {number: row for (number, _), row in zip(reading.cells.tables[page.table].rows, raw, strict=True)}
    own = [place[number] for number in reading.cells.rows[page.table]]
    known, key = {column.name for column in page.columns}, page.columns[0].name
    spare: dict[object, list[Row]] = defaultdict(list)
    further: dict[object, Row] = {}
    for then, row in zip(reversed(before), reversed(own), strict=True):
        spare[frozenset(then.items())].append(row)
        if page.table in _BY_KEY:
            further[then[key]] = {name: value for name, value in row.items() if name not in known}
    rows = [
        same.pop()
        if (same := spare[frozenset(now.items())])
        else {**_spoken(page, now, texts), **further.get(now[key], {})}
        for now in fresh
    ]
    return [*rows, *(row for row in raw if not known & row.keys())]


def _fresh(page: Sheet, instance: Instance) -> list[Row]:
    return [_row(page, fact, instance.calendar) for fact in getattr(instance, page.table)]


def _row(page: Sheet, fact: Fact, calendar: Calendar) -> Row:
    values = {name: getattr(fact, name) for name in type(fact).model_fields}
    if page.table in _UNFOLD:
        _UNFOLD[page.table](values, calendar)
    shown = {column.name: _cell(column, values[column.target]) for column in page.columns}
    return {name: value for name, value in shown.items() if value is not None}


def _cell(column: Column, value: Any) -> object:
    """What stands in a cell; None where it stays blank."""
    match value:
        case None:
            return NO_LIMIT if column.limit else None
        case Days():
            return value.text()
        case StrEnum():
            return value.value
        case int() if column.kind is Kind.CLOCK:
            return dt.timedelta(minutes=value)
        case tuple() if column.kind is Kind.COUNTS:
            return ", ".join(f"{code}={most}" for code, most in value) or None
        case tuple() if column.kind is Kind.WEEK:
            return week_text(value)
        case tuple() | frozenset():
            return ", ".join(sorted(value) if isinstance(value, frozenset) else value) or None
        case "":
            return None
    return value


def _spoken(page: Sheet, row: Row, texts: Texts) -> Row:
    """The row with the words of a language where a cell holds one."""
    return {name: _in_words(page.column(name), value, texts) for name, value in row.items()}


def _in_words(column: Column, value: object, texts: Texts) -> object:
    is_word = column.kind in {Kind.CHOICE, Kind.CHOICES} or (column.kind is Kind.ROLE and value in set(Category))
    if isinstance(value, str) and (is_word or (column.limit and value == NO_LIMIT)):
        return ", ".join(texts.name("choice", word) for word in value.split(", "))
    return value


def _clock_end(field: str) -> Callable[[dict[str, Any], Calendar], None]:
    def fold(values: dict[str, Any], calendar: Calendar) -> None:
        values[field] -= DAY_MINUTES * (values[field] > DAY_MINUTES)

    return fold


def _absence(values: dict[str, Any], calendar: Calendar) -> None:
    """A date alone begins with its day, and ends with it; one too far away to be counted is for ever."""
    start, end = (calendar.local(values[name]).replace(tzinfo=None) for name in ("start", "end"))
    midnight = dt.time()
    values["start"] = start.date() if start.time() == midnight else start
    values["end"] = end.date() - dt.timedelta(days=1) if end.time() == midnight else end
    if values["end"] == calendar.date(FAR_DAYS):
        values["end"] = _FOREVER  # The day is counted from the first one: another first day would make it another date.


def _incident(values: dict[str, Any], calendar: Calendar) -> None:
    values["at"] = calendar.local(values["at"]).replace(tzinfo=None)


_UNFOLD: Mapping[str, Callable[[dict[str, Any], Calendar], None]] = {
    "shifts": _clock_end("end"),
    "demand": _clock_end("until"),
    "absences": _absence,
    "incidents": _incident,
}


def _records(instance: Instance, reading: Reading) -> Mapping[str, Sequence[Row]]:
    """The rows of sheet Calls as they were written, but for those about what the instance no longer has."""
    if not reading.calls:
        return {}
    raw = reading.tables["Calls"]
    place = {number: row for (number, _), row in zip(reading.cells.tables["calls"].rows, raw, strict=True)}
    there = (instance.person, instance.shift, instance.hotspot)
    lost = {
        number
        for number, call in zip(reading.cells.rows["calls"], reading.calls, strict=True)
        if any(code not in known for code, known in zip((call.staff, call.shift, call.hotspot), there, strict=True))
    }
    return {"Calls": [row for number, row in place.items() if number not in lost]}


# -- settings and holidays ---------------------------------------------------------------------------------------------------


def _settings(instance: Instance, reading: Reading | None) -> Sequence[Row]:
    now, texts = _said(instance), Texts(instance.language)
    if reading is None:
        return [_setting(name, value, texts) for name, value in now.items()]
    before = _said(reading.instance)
    stale = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    if not _holidays_stay(instance.calendar, reading):
        stale.add("legal_holidays")
    keys = [cells.shown(row.get("key")) for row in reading.tables["Settings"]]
    named = [(find_setting(key) or key, row) for key, row in zip(keys, reading.tables["Settings"], strict=True)]
    rows: list[Row] = [
        {**row, "value": now[name]} if name in stale else row for name, row in named if name not in stale or name in now
    ]
    there = {name for name, _ in named}
    return [*rows, *(_setting(name, now[name], texts) for name in now if name in stale - there)]


def _setting(name: str, value: object, texts: Texts) -> Row:
    """A row of the Settings sheet, in words of a language; parameters of rules have one name everywhere."""
    words = {*Pooling, "no"}
    return {
        "key": texts.name("setting", name) if name in SETTING_KEYS else name,
        "value": texts.name("choice", str(value)) if name in SETTING_KEYS and value in words else value,
    }


def _said(instance: Instance) -> Mapping[str, object]:
    """What the settings have to say of an instance, by key."""
    calendar = instance.calendar
    said = {
        "title": instance.title,
        "start_date": calendar.start,
        "days": calendar.days,
        "timezone": calendar.timezone,
        "language": instance.language,
        "strategy": instance.strategy.value,
        "reference_start": instance.reference_start,
        "history_from": instance.history_from,
        **_stamp(instance.publication),
        "legal_holidays": None if _with_legal(calendar) else "no",
        **instance.parameters,
    }
    return {name: value for name, value in said.items() if value is not None and value != ""}


def _stamp(publication: Publication | None) -> Mapping[str, object]:
    if publication is None:
        return {}
    return {
        "published_version": publication.version,
        "published_at": publication.at,
        "published_until": publication.until,
        "published_hash": publication.digest,
    }


def _holidays(instance: Instance, reading: Reading | None) -> Sequence[Row]:
    calendar = instance.calendar
    if reading is not None and _holidays_stay(calendar, reading):
        return reading.tables.get("Holidays", ())
    legal = legal_holidays(calendar.start, calendar.days) if _with_legal(calendar) else {}
    listed = sorted((on, name) for on, name in calendar.holidays.items() if legal.get(on) != name)
    return [{"date": on, "name": name} for on, name in listed]


def _holidays_stay(calendar: Calendar, reading: Reading) -> bool:
    """Whether the sheet and the setting of a workbook say the holidays of a calendar, which may begin on another day."""
    rows, legal = reading.tables.get("Holidays", ()), reading.settings.get("legal_holidays", True)
    return calendar.holidays == holidays_of(calendar.start, calendar.days, rows, legal=legal)


def _with_legal(calendar: Calendar) -> bool:
    """Whether the holidays are what the legal ones and a list beside them come to."""
    return calendar.holidays == with_legal(calendar.start, calendar.days, calendar.holidays)
