"""The Findings sheet: what is broken and what is paid for, each with a link to the roster cell to look at first.

Missing heads are not repeated here: they have the Shortages sheet.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from scheduler.rules.base import Finding
from scheduler.vocabulary.constraints import Level
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3
_MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links."""


def add(page: Page) -> None:
    sheet, texts = page.book.add_worksheet(page.texts.sheet("Findings")), page.texts
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    columns = (
        ("kind", 9),
        ("rule", 32),
        ("who", 20),
        ("when", 13),
        ("hotspot", 10),
        ("message", 90),
        ("points", 10),
        ("cell", 9),
    )
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('findings_title')} · {page.title}", page.look.title)
    sheet.write_string(1, 0, texts("findings_note", sheet=texts.sheet("Shortages")), page.look.note)
    for column, (key, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, texts(key), page.look.head_right if key == "points" else page.look.head)
    sheet.freeze_panes(_HEAD + 1, 0)
    told = (finding for finding in page.findings if finding.hard or finding.level is Level.QUALITY)
    rows = sorted(told, key=lambda finding: (not finding.hard, -(finding.cost or 0)))
    if not rows:
        sheet.write_string(_HEAD + 1, 0, texts("findings_none"), page.look.note)
        return
    for index, finding in enumerate(rows):
        _row(page, sheet, _HEAD + 1 + index, finding, linked=index < _MOST_LINKS)
    sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(columns) - 1)


def _row(page: Page, sheet: Worksheet, row: int, finding: Finding, *, linked: bool) -> None:
    texts, text, wrapped = page.texts, page.look.text, page.look.wrapped
    if finding.hard:
        shape = page.look.of(bg_color=style.BAD[2], font_color=style.PAPER, bold=True, indent=1)
    else:
        shape = page.look.of(font_color=style.MUTED, bottom=1, bottom_color=style.LINE, indent=1)
    sheet.write_string(row, 0, texts("hard" if finding.hard else "soft"), shape)
    sheet.write_string(row, 1, page.titles.get(finding.rule, finding.rule), text)
    sheet.write_string(row, 2, ", ".join(finding.staff), wrapped)
    if finding.days:
        on = page.instance.calendar.date(finding.days[0])
        sheet.write_datetime(row, 3, on, page.look.number(style.DATE, align="left"))
    else:
        sheet.write_blank(row, 3, None, text)
    sheet.write_string(row, 4, finding.hotspot or "", text)
    sheet.write_string(row, 5, finding.message.text(texts.language), wrapped)
    if finding.cost is None:
        sheet.write_blank(row, 6, None, text)
    else:
        sheet.write_number(row, 6, finding.cost, page.look.number("#,##0"))
    cell = _cell(page, finding)
    if cell and linked:
        sheet.write_url(row, 7, f"internal:{page.roster_title}!{cell}", page.look.link, cell)
    else:
        sheet.write_string(row, 7, cell, text)


def _cell(page: Page, finding: Finding) -> str:
    """The roster cell to change first; a finding about a whole line points to its first day."""
    if not finding.staff or finding.staff[0] not in page.layout.row:
        return ""
    inside = [day for day in finding.days if 0 <= day < page.instance.days]
    return page.layout.cell(finding.staff[0], inside[0] if inside else 0)
