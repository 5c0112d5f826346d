"""The language of a workbook that is not read any further: what is said before that is said in it, too."""

from __future__ import annotations

import os

from scheduler.errors import VigieError
from scheduler.workbook.raw_sheets import open_book
from scheduler.workbook.raw_tables import table_of
from scheduler.workbook.settings import read_settings
from scheduler.workbook.sheets import find_sheet


def language_of(path: str | os.PathLike[str]) -> str | None:
    """What the setting ``language`` says; None where it says nothing, or nothing can be read. Raises nothing."""
    try:
        book = open_book(path)
        for title in book.titles:
            sheet = find_sheet(title)
            if sheet is not None and sheet.name == "Settings":
                return read_settings(table_of(book.page(title), sheet)[0], None).values.get("language")
    except (VigieError, OSError, KeyError):
        pass
    return None
