"""The Findings sheet: what is broken and what is paid for, each with a link to the roster cell to look at first.

Missing heads are not repeated here: they have the Shortages sheet. What is broken by decision has a section of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from scheduler.rules.base import Finding
from scheduler.vocabulary.constraints import Level
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page
from scheduler.workbook.style import in_formula

_HEAD = 3
_MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links."""
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "hard": {"bg_color": style.BAD[2], "font_color": style.PAPER, "bold": True},
    "soft": {"font_color": style.MUTED, "bottom": 1, "bottom_color": style.LINE},
    "accepted": {"bg_color": style.WARN, "font_color": style.WARN_INK, "bold": True},
}


def add(page: Page) -> None:
    sheet, texts = page.book.add_worksheet(page.texts.sheet("Findings")), page.texts
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    columns = (
        ("kind", 9),
        ("rule", max([32, *(len(title) + 2 for title in page.titles.values())])),
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
    for index, finding in enumerate(rows):
        shape = "hard" if finding.hard else "soft"
        _row(page, sheet, _HEAD + 1 + index, finding, shape, linked=index < _MOST_LINKS)
    if rows:
        sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(columns) - 1)
    if page.accepted:
        _accepted(page, sheet, _HEAD + max(1, len(rows)) + 3)


def _accepted(page: Page, sheet: Worksheet, row: int) -> None:
    """The section of the rules that are broken by decision, and a link to it at the top."""
    texts = page.texts
    said = texts("accepted_title", count=len(page.accepted))
    title = in_formula(texts.sheet("Findings"))
    sheet.write_url(2, 0, f"internal:{title}!A{row + 1}", page.look.link, said)
    sheet.set_row(row, 22)
    sheet.write_string(row, 0, said, page.look.of(bold=True, font_size=13))
    for index, item in enumerate(page.accepted, start=row + 1):
        decision = item.decision.text(texts.language)
        _row(page, sheet, index, item.finding, "accepted", beside=decision, linked=index < _MOST_LINKS)


def _row(
    page: Page, sheet: Worksheet, row: int, finding: Finding, kind: str, *, beside: str = "", linked: bool
) -> None:
    texts, text, wrapped = page.texts, page.look.text, page.look.wrapped
    sheet.write_string(row, 0, texts(kind), page.look.of(indent=1, **_SHAPES[kind]))
    sheet.write_string(row, 1, page.titles.get(finding.rule, finding.rule), text)
    sheet.write_string(row, 2, ", ".join(finding.staff), wrapped)
    if finding.days:
        on = page.instance.calendar.date(finding.days[0])
        sheet.write_datetime(row, 3, on, page.look.number(style.DATE, align="left"))
    else:
        sheet.write_blank(row, 3, None, text)
    sheet.write_string(row, 4, finding.hotspot or "", text)
    words = finding.message.text(texts.language)
    sheet.write_string(row, 5, texts("labelled", label=words, words=beside) if beside else words, wrapped)
    if finding.cost is None:
        sheet.write_blank(row, 6, None, text)
    else:
        sheet.write_number(row, 6, finding.cost, page.look.number("#,##0"))
    cell = page.cell_of(finding)
    if cell and linked:
        sheet.write_url(row, 7, f"internal:{page.roster_title}!{cell}", page.look.link, cell)
    else:
        sheet.write_string(row, 7, cell, text)
