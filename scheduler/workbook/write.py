"""Writing a result: one workbook that holds the roster, its proof and its findings, and is a complete input again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from scheduler.analysis.difference import Edit
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import RunRecord, Shortage
from scheduler.rules import TITLES
from scheduler.rules.base import Finding
from scheduler.workbook import cells
from scheduler.workbook.cells import CellError
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.contract_notes import blank_notes
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.lists import InputRows
from scheduler.workbook.meta import add_meta
from scheduler.workbook.result_sheets import (
    changes,
    coverage,
    findings,
    hours,
    legend,
    posts,
    roster,
    shortages,
    summary,
)
from scheduler.workbook.result_sheets.page import Page
from scheduler.workbook.sheets import find_setting
from scheduler.workbook.template import BOOK_OPTIONS, add_input_sheets

_SHEETS = (summary, roster, posts, coverage, shortages, findings, hours, changes, legend)


def write_result(
    path: str | os.PathLike[str],
    tables: InputRows,
    instance: Instance,
    solved: Roster,
    record: RunRecord,
    found: Sequence[Finding] = (),
    short: Sequence[Shortage] = (),
    *,
    changes: Sequence[Edit] | None = None,
    check: Callable[[Path], None] | None = None,
    created: dt.datetime | None = None,
) -> None:
    """Write the result sheets, then every input sheet, then the very hidden record of the run.

    Parameters
    ----------
    tables
        The input rows: nothing of them is lost or changed. Beside a blank cell of a contract a comment says the figure that was
        used.
    found, short
        The audit's findings and the roster's shortages.
    changes
        What differs from the roster that stood in the workbook that was solved; None when it held none.
    check
        Looks at the finished file before it takes its place; what it raises keeps it from doing so.
    created
        Time of creation kept in the file; fix it to get the same bytes again.

    Raises
    ------
    OutputError
        When the file cannot be written; an older one is then untouched.
    """
    with replacing_whole(path, check) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        book.set_properties(
            {"title": instance.title, "created": created or dt.datetime.now(dt.UTC).replace(tzinfo=None)}
        )
        page = Page(
            book,
            instance,
            solved,
            record,
            found,
            short,
            titles={code: title.text(instance.language) for code, title in TITLES.items()},
            changes=changes,
            published_until=_published_until(instance, tables),
        )
        for sheet in _SHEETS:
            sheet.add(page)
        add_input_sheets(book, tables, page.texts, blank_notes(tables, instance))
        add_meta(book, instance, solved, record)
        book.close()


def _published_until(instance: Instance, tables: InputRows) -> int:
    """The last published day number, -1 when none is or when the setting is no date."""
    values: Mapping[str | None, object] = {
        find_setting(str(row.get("key", ""))): row.get("value") for row in tables.get("Settings", ())
    }
    value = values.get("published_until")
    if not isinstance(value, str | dt.date):
        return -1
    try:
        return instance.calendar.day(cells.date(value))
    except CellError:
        return -1
