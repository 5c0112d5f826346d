"""The Changes sheet: what differs from the roster that stood in the workbook, by hand or by the solve."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.difference import Change, day_text
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3
_MOST_LINKS = 60_000
_COLUMNS = (("id", 12), ("date", 12), ("day", 7), ("was", 16), ("now", 16), ("change", 15))
_OF_SOLVE = (("kind", 24), ("published", 12))
_OF_REPAIR = (("why", 24), ("announced", 20), ("price", 9))
_LINK = ("cell", 9)


def add(page: Page) -> None:
    sheet, texts = page.book.add_worksheet(page.texts.sheet("Changes")), page.texts
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('changes_title')} · {page.title}", page.look.title)
    rows = [*_repairs(page)] if page.repairs is not None else [*_differences(page)]
    if not rows:
        sheet.write_string(1, 0, texts(_nothing(page)), page.look.note)
        return
    columns = (*_COLUMNS, *(_OF_REPAIR if page.repairs is not None else _OF_SOLVE), _LINK)
    for column, (key, width) in enumerate(columns):
        sheet.set_column(column, column, style.head_width(texts(key), width))
        sheet.write_string(_HEAD, column, texts(key), page.look.head)
    sheet.freeze_panes(_HEAD + 1, 0)
    for index, (change, further) in enumerate(rows):
        _row(page, sheet, _HEAD + 1 + index, change, further, linked=index < _MOST_LINKS)
    sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(columns) - 1)


def _nothing(page: Page) -> str:
    """Why there is no row."""
    if page.repairs is not None:
        return "repair_changes_nothing"
    note = "none" if page.changes is None else "same"
    return f"edits_{note}" if page.reviewed else f"changes_{note}"


def _repairs(page: Page) -> Iterator[tuple[Change, tuple[str | int, ...]]]:
    """What a repair changed of the roster that people go by: why, whether they hear of it in time, and its price."""
    for item in page.repairs or ():
        notice = page.texts("announced_late" if item.late else "announced_in_time")
        if item.past:
            notice = page.texts("day_is_past")
        elif page.instance.calendar.day(item.change.date) > page.published_until:
            notice = page.texts("not_published")
        yield item.change, (page.texts(f"cause_{item.cause.value}"), notice, item.price)


def _differences(page: Page) -> Iterator[tuple[Change, tuple[str | int, ...]]]:
    for change in page.changes or ():
        day = page.instance.calendar.day(change.date)
        published = page.texts("yes") if 0 <= day <= page.published_until else page.texts("no")
        yield change, (page.texts("by_hand" if change.by_hand else "by_solver"), published)


def _row(
    page: Page, sheet: Worksheet, row: int, change: Change, further: tuple[str | int, ...], *, linked: bool
) -> None:
    texts, text, day = page.texts, page.look.text, page.instance.calendar.day(change.date)
    sheet.write_string(row, 0, change.staff, page.look.key)
    sheet.write_datetime(row, 1, change.date, page.look.number(style.DATE, align="left"))
    words = (
        texts.weekday(change.date), day_text(change.before) or texts("nobody"), day_text(change.after) or texts("nobody"),
        texts(f"change_{change.kind.value}"), *further,
    )  # fmt: skip
    for column, word in enumerate(words, start=2):
        if isinstance(word, str):
            sheet.write_string(row, column, word, text)
        else:
            sheet.write_number(row, column, word, text)
    here = change.staff in page.layout.row and 0 <= day < page.instance.days
    cell = page.layout.cell(change.staff, day) if here else ""
    if cell and linked:
        sheet.write_url(row, 2 + len(words), f"internal:{page.roster_title}!{cell}", page.look.link, cell)
    else:
        sheet.write_string(row, 2 + len(words), cell, text)
