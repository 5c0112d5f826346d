"""The first sheet of a template: how to fill it, and every column with an example, in the language of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.messages.message import Message
from scheduler.messages.texts import Texts
from scheduler.workbook.columns import Column, Sheet
from scheduler.workbook.contract_notes import example_of, help_of
from scheduler.workbook.sheets import README, SHEETS, column_names, sheet_names
from scheduler.workbook.style import in_formula

STEPS = ("guide_settings", "guide_people", "guide_demand", "guide_run", "guide_help", "guide_advice")
_WIDTHS = {
    "guide_sheet": 18,
    "guide_column": 28,
    "guide_required": 12,
    "guide_meaning": 66,
    "guide_example": 20,
    "guide_names": 60,
}
"""Columns of the table, with their widths in characters."""
_ROW_POINTS = 13.5
_INK, _LINE = "#1F3A5F", "#BFC9D6"


def add_guide(book: Any, title: str, texts: Texts, to_do: Sequence[Message] = ()) -> None:
    """Add the sheet with the instructions, after what is still ``to_do``; the reader ignores it."""
    page = book.add_worksheet(texts.sheet(README))
    head = book.add_format({"bold": True, "font_size": 18, "font_color": _INK})
    bar = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": _INK})
    link = book.add_format({"bold": True, "font_color": _INK, "underline": 1, "top": 1, "top_color": _LINE})
    purpose = book.add_format({"italic": True, "top": 1, "top_color": _LINE})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.hide_gridlines(2)
    page.write_string(0, 0, title or "Vigie", head)
    titles = {sheet.name: texts.sheet(sheet.name) for sheet in SHEETS} | {
        "start_date": texts.name("setting", "start_date")
    }
    row = 2
    if to_do:
        page.write_string(row, 0, texts("guide_to_do"), book.add_format({"bold": True, "font_color": _INK}))
        for item in to_do:
            row += 1
            page.write_string(row, 0, f"☐ {item.text(texts.language)}")
        row += 2
    for step in STEPS:
        page.write_string(row, 0, texts(step, **titles))
        row += 1
    page.write_string(row, 0, texts("guide_languages"))
    row += 2
    for index, (code, width) in enumerate(_WIDTHS.items()):
        page.set_column(index, index, width)
        page.write_string(row, index, texts(code), bar)
    for sheet in SHEETS:
        row += 1
        name = titles[sheet.name]
        page.write_url(row, 0, f"internal:{in_formula(name)}!A1", link, name)
        page.write_string(row, 1, texts.purpose(sheet.purpose), purpose)
        for blank in (2, 3, 4):
            page.write_blank(row, blank, None, purpose)
        page.write_string(row, 5, _others(sheet_names(sheet.name), name), purpose)
        for column in sheet.columns:
            row += 1
            line = _line(sheet, column, texts)
            page.set_row(row, _ROW_POINTS * max(map(_lines, line, list(_WIDTHS.values())[1:])))
            for index, words in enumerate(line, start=1):
                page.write_string(row, index, words, wrapped)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&C&A&R&P / &N")


def _line(sheet: Sheet, column: Column, texts: Texts) -> tuple[str, ...]:
    name = texts.name("column", column.name)
    needed = texts.name("choice", "yes") if column.required else ""
    others = _others(column_names(column.name), name)
    return name, needed, help_of(sheet, column, texts), example_of(column, texts), others


def _lines(words: str, width: int) -> int:
    """Lines that a text takes in a column; one is left for words that do not fill theirs."""
    return -(-len(words) * 11 // (10 * width)) or 1


def _others(names: tuple[str, ...], shown: str) -> str:
    return ", ".join(name for name in names if name != shown)
