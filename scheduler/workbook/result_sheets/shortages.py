"""The Shortages sheet: every stretch in which heads are missing, the gravest level first, ready to be filtered."""

from __future__ import annotations

from scheduler.analysis.coverage import level_of
from scheduler.vocabulary.constraints import REPAIR_LEVELS
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3


def add(page: Page) -> None:
    sheet, texts, calendar = page.book.add_worksheet(page.texts.sheet("Shortages")), page.texts, page.instance.calendar
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    columns = (
        ("level", 20, False),
        ("hotspot", 11, False),
        ("role", 14, False),
        ("day", 7, False),
        ("from", 14, True),
        ("to", 14, True),
        ("hours", 9, True),
        ("heads_missing", 11, True),
        ("heads_wanted", 11, True),
        ("short_h", 16, True),
        ("cause", 46, False),
    )
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('shortages_title')} · {page.title}", page.look.title)
    for column, (key, width, right) in enumerate(columns):
        sheet.set_column(column, column, style.head_width(texts(key), width))
        sheet.write_string(_HEAD, column, texts(key), page.look.head_right if right else page.look.head)
    sheet.set_row(_HEAD, 30)
    sheet.freeze_panes(_HEAD + 1, 0)
    rows = sorted(
        ((level_of(page.instance, item), item) for item in page.shortages),
        key=lambda row: (REPAIR_LEVELS.index(row[0]), row[1].start, row[1].hotspot, row[1].role),
    )
    if not rows:
        sheet.write_string(_HEAD + 1, 0, texts("shortages_none"), page.look.note)
        return
    moment = page.look.number(style.MOMENT)
    for row, (level, item) in enumerate(rows, start=_HEAD + 1):
        start, end = calendar.local(item.start), calendar.local(item.end)
        sheet.write_string(row, 0, texts(level.code), page.look.text)
        sheet.write_string(row, 1, item.hotspot, page.look.key)
        sheet.write_string(row, 2, page.role_name(item.role), page.look.text)
        sheet.write_string(row, 3, texts.weekday(start.date()), page.look.text)
        sheet.write_datetime(row, 4, start.replace(tzinfo=None), moment)
        sheet.write_datetime(row, 5, end.replace(tzinfo=None), moment)
        sheet.write_number(row, 6, (item.end - item.start) / 60, page.look.number(style.HOURS))
        sheet.write_number(row, 7, item.heads_missing, page.look.number("0", bold=True))
        sheet.write_number(row, 8, item.heads_wanted, page.look.number("0"))
        sheet.write_number(row, 9, item.person_minutes / 60, page.look.number(style.HOURS))
        if item.cause is not None:
            sheet.write_string(row, 10, texts(f"cause_{item.cause}", sheet=texts.sheet("History")), page.look.text)
    last = _HEAD + len(rows)
    sheet.autofilter(_HEAD, 0, last, len(columns) - 1)
    total = sum(item.person_minutes for _, item in rows) / 60
    sheet.write_string(1, 0, texts("shown_total"), page.look.note)
    sheet.write_formula(
        1, 9, f"=SUBTOTAL(109,J{_HEAD + 2}:J{last + 1})", page.look.number(style.HOURS, bold=True), total
    )
    bars = {"type": "data_bar", "bar_color": "#E9A39C", "bar_solid": True, "min_type": "num", "min_value": 0}
    sheet.conditional_format(_HEAD + 1, 9, last, 9, bars)
