"""The Roster sheet as a bare table: people × dates, as much as the reader needs."""

from __future__ import annotations

from xlsxwriter import Workbook

from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.workbook.sheets import ROSTER
from scheduler.workbook.style import Look


def add_plain_roster(book: Workbook, instance: Instance, roster: Roster, texts: Texts) -> None:
    """Add the sheet to an open workbook. Several duties of a day stand in one cell, with a plus between them."""
    sheet, look = book.add_worksheet(texts.sheet(ROSTER)), Look(book)
    sheet.write_string(0, 0, texts.name("column", "id"), look.head)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, instance.days, 11)
    sheet.freeze_panes(1, 1)
    date = look.of(bold=True, num_format="yyyy-mm-dd")
    for day in range(instance.days):
        sheet.write_datetime(0, 1 + day, instance.calendar.date(day), date)
    for row, member in enumerate(instance.staff, start=1):
        sheet.write_string(row, 0, member.id, look.key)
        cells: dict[int, list[str]] = {}
        for a in roster.line(member.id):
            cells.setdefault(a.day, []).append(f"{a.shift} {a.hotspot}")
        for day, duties in cells.items():
            sheet.write_string(row, 1 + day, " + ".join(duties), look.text)
