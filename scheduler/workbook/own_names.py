"""What a workbook calls its sheets, columns and settings."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.messages.languages import Language
from scheduler.messages.message import Name
from scheduler.workbook.places import OwnNames
from scheduler.workbook.raw_sheets import Sheets
from scheduler.workbook.raw_tables import Table
from scheduler.workbook.settings import Settings
from scheduler.workbook.sheets import find_result_sheet, find_sheet


def own_names(book: Sheets, tables: Mapping[str, Table], settings: Settings) -> OwnNames:
    titles: dict[str, str] = {}
    for title in book.titles:
        sheet = find_sheet(title)
        name = sheet.name if sheet is not None else find_result_sheet(title)
        if name is not None:
            titles.setdefault(name, title)
    headers = {name: table.headers for name, table in tables.items()}
    return OwnNames(titles, headers, settings.keys, settings.language or _spoken_by(titles))


def _spoken_by(titles: Mapping[str, str]) -> Language | None:
    """The language that most sheets are called in, where the settings name none; ``titles`` by canonical name."""
    counts = {
        language: sum(Name("sheet", name).text(language) == title for name, title in titles.items())
        for language in Language
    }
    most = max(Language, key=lambda language: counts[language])
    return most if counts[most] else None
