"""Writing a result: one workbook that holds the roster, its proof and its findings, and is a complete input again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from scheduler.analysis.accepted import Accepted
from scheduler.analysis.assessment import Assessment
from scheduler.analysis.difference import Change, roster_cells
from scheduler.analysis.repair_changes import RepairChange
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.standing import Standing
from scheduler.result import RunRecord, Shortage
from scheduler.rules import TITLES
from scheduler.rules.base import Finding
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.contract_notes import blank_notes
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.lists import InputRows
from scheduler.workbook.meta import Meta, add_meta
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
    accepted: Sequence[Accepted] = (),
    changes: Sequence[Change] | None = None,
    repairs: Sequence[RepairChange] | None = None,
    standing: Standing | None = None,
    check: Callable[[Path], None] | None = None,
    created: dt.datetime | None = None,
) -> None:
    """Write the result sheets, then every input sheet, then the very hidden record of the run.

    Parameters
    ----------
    tables
        The input rows: nothing of them is lost or changed. Beside a blank cell of a contract a comment says the figure that was
        used.
    found, short, accepted
        The audit's findings that nobody has accepted, the roster's shortages, and what was accepted by decision.
    changes
        What differs from the roster that stood in the workbook that was solved; None when it held none.
    repairs, standing
        Where the roster was repaired: what differs from the one that people went by, and that one.
    check
        Looks at the finished file before it takes its place; what it raises keeps it from doing so.
    created
        Time of creation kept in the file; fix it to get the same bytes again.

    Raises
    ------
    OutputError
        When the file cannot be written; an older one is then untouched.
    """
    off = frozenset((lock.staff, lock.date) for lock in instance.locks if lock.shift == OFF)
    meta = Meta(record, roster_cells(instance.calendar, solved), standing, off)
    with _book(path, instance, check, created) as book:
        page = Page(
            book, instance, solved, Assessment.of_run(record), found, short,
            titles=_titles(instance), changes=changes, repairs=repairs, accepted=accepted,
        )  # fmt: skip
        _fill(page, tables, meta)


def write_review(
    path: str | os.PathLike[str],
    tables: InputRows,
    instance: Instance,
    roster: Roster,
    assessment: Assessment,
    found: Sequence[Finding] = (),
    short: Sequence[Shortage] = (),
    *,
    accepted: Sequence[Accepted] = (),
    changes: Sequence[Change] | None = None,
    repairs: Sequence[RepairChange] | None = None,
    meta: Meta | None = None,
    created: dt.datetime | None = None,
) -> None:
    """Write a roster as it stands now with every result sheet made again; parameters and errors are those of
    :func:`write_result`. ``meta`` is what the last solve left: it stays as it is, so that hand edits remain such."""
    with _book(path, instance, None, created) as book:
        page = Page(
            book, instance, roster, assessment, found, short,
            titles=_titles(instance), changes=changes, repairs=repairs,
            accepted=accepted, reviewed=True,
        )  # fmt: skip
        _fill(page, tables, meta)


@contextmanager
def _book(
    path: str | os.PathLike[str],
    instance: Instance,
    check: Callable[[Path], None] | None,
    created: dt.datetime | None,
) -> Iterator[xlsxwriter.Workbook]:
    """An open workbook that takes its place as a whole, or not at all."""
    with replacing_whole(path, check) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        made = created or dt.datetime.now(dt.UTC).replace(tzinfo=None)
        book.set_properties({"title": instance.title, "created": made})
        yield book
        book.close()


def _fill(page: Page, tables: InputRows, meta: Meta | None) -> None:
    for sheet in _SHEETS:
        sheet.add(page)
    add_input_sheets(page.book, tables, page.texts, blank_notes(tables, page.instance))
    if meta is not None:
        add_meta(page.book, meta)


def _titles(instance: Instance) -> dict[str, str]:
    return {code: title.text(instance.language) for code, title in TITLES.items()}
