"""The Changes sheet: what differs from the roster that stood in the workbook, by hand or by the solve."""

from __future__ import annotations

from scheduler.analysis.difference import day_text
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3
_MOST_LINKS = 60_000


def add(page: Page) -> None:
    sheet, texts, calendar = page.book.add_worksheet(page.texts.sheet("Changes")), page.texts, page.instance.calendar
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('changes_title')} · {page.title}", page.look.title)
    if page.changes is None or not page.changes:
        note = "none" if page.changes is None else "same"
        sheet.write_string(1, 0, texts(f"edits_{note}" if page.reviewed else f"changes_{note}"), page.look.note)
        return
    columns = (
        ("id", 12),
        ("date", 12),
        ("day", 7),
        ("was", 16),
        ("now", 16),
        ("change", 15),
        ("kind", 24),
        ("published", 12),
        ("cell", 9),
    )
    for column, (key, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, texts(key), page.look.head)
    sheet.freeze_panes(_HEAD + 1, 0)
    text = page.look.text
    for index, edit in enumerate(page.changes):
        row, day = _HEAD + 1 + index, calendar.day(edit.date)
        sheet.write_string(row, 0, edit.staff, page.look.key)
        sheet.write_datetime(row, 1, edit.date, page.look.number(style.DATE, align="left"))
        sheet.write_string(row, 2, texts.weekday(edit.date), text)
        sheet.write_string(row, 3, day_text(edit.before) or texts("nobody"), text)
        sheet.write_string(row, 4, day_text(edit.after) or texts("nobody"), text)
        sheet.write_string(row, 5, texts(f"change_{edit.kind.value}"), text)
        sheet.write_string(row, 6, texts("by_hand" if edit.by_hand else "by_solver"), text)
        sheet.write_string(row, 7, texts("yes") if 0 <= day <= page.published_until else texts("no"), text)
        here = edit.staff in page.layout.row and 0 <= day < page.instance.days
        cell = page.layout.cell(edit.staff, day) if here else ""
        if cell and index < _MOST_LINKS:
            sheet.write_url(row, 8, f"internal:{page.roster_title}!{cell}", page.look.link, cell)
        else:
            sheet.write_string(row, 8, cell, text)
    sheet.autofilter(_HEAD, 0, _HEAD + len(page.changes), len(columns) - 1)
