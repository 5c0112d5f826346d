"""The Hours sheet: each person's hours, nights and weekends, live from the Roster sheet, and what was asked and granted."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from scheduler.problem.facts import Staff
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3
_COLUMNS = (
    ("id", 10),
    ("name", 18),
    ("organisation", 14),
    ("contract", 12),
    ("fte", 7),
    ("balance_in", 11),
    ("due_h", 10),
    ("planned_h", 10),
    ("of_which_elsewhere", 11),
    ("difference", 10),
    ("balance_out", 12),
    ("nights", 8),
    ("nights_before", 9),
    ("weekends", 10),
    ("weekends_before", 10),
    ("holidays", 9),
    ("requests_asked", 9),
    ("requests_granted", 9),
    ("granted_share", 11),
)
_AT = {key: column for column, (key, _) in enumerate(_COLUMNS)}


def add(page: Page) -> None:
    sheet, texts = page.book.add_worksheet(page.texts.sheet("Hours")), page.texts
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('hours_title')} · {page.title}", page.look.title)
    sheet.write_string(1, 0, texts("hours_note", sheet=texts.sheet("Roster")), page.look.note)
    widths = [style.head_width(texts(key), width) for key, width in _COLUMNS]
    for column, (key, _) in enumerate(_COLUMNS):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(_HEAD, column, texts(key), page.look.head if column < 4 else page.look.head_right)
    sheet.set_row(_HEAD, style.head_height(zip((texts(key) for key, _ in _COLUMNS), widths, strict=True)))
    sheet.freeze_panes(_HEAD + 1, 1)
    row = _HEAD
    for group in page.layout.groups:
        for member in group.members:
            row += 1
            _person(page, sheet, row, member)
    if row > _HEAD:
        sheet.autofilter(_HEAD, 0, row, len(_COLUMNS) - 1)
        _colour(sheet, row)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "select_locked_cells": True})


def _person(page: Page, sheet: Worksheet, row: int, member: Staff) -> None:
    figures, counter = page.figures.people[member.id], page.instance.counter[member.id]
    source = page.layout.row[member.id]
    hours, signed, count = (
        page.look.number(style.HOURS),
        page.look.number(style.SIGNED_HOURS),
        page.look.number("0;;–"),
    )
    sheet.write_string(row, 0, member.id, page.look.key)
    for column, text in enumerate((member.name, member.organisation, member.contract), start=1):
        sheet.write_string(row, column, text, page.look.text)
    sheet.write_number(row, _AT["fte"], member.fte, page.look.number("0.##"))
    sheet.write_number(row, _AT["balance_in"], counter.hours_balance, signed)
    sheet.write_number(row, _AT["due_h"], figures.due / 60, hours)
    live = {"planned_h": (4, figures.planned / 60, hours), "nights": (6, figures.nights, count)}
    live["weekends"] = (7, figures.weekends, count)
    for key, (column, value, shape) in live.items():
        there = xl_rowcol_to_cell(source, column)
        sheet.write_formula(row, _AT[key], f"={page.roster_title}!{there}", shape, value)
    sheet.write_number(row, _AT["of_which_elsewhere"], figures.elsewhere / 60, page.look.number("#,##0.0;;–"))
    due, planned, carried, over = (
        xl_rowcol_to_cell(row, _AT[key]) for key in ("due_h", "planned_h", "balance_in", "difference")
    )
    difference = (figures.planned - figures.due) / 60
    sheet.write_formula(row, _AT["difference"], f"={planned}-{due}", signed, difference)
    sheet.write_formula(row, _AT["balance_out"], f"={carried}+{over}", signed, counter.hours_balance + difference)
    sheet.write_number(row, _AT["nights_before"], counter.nights, count)
    sheet.write_number(row, _AT["weekends_before"], counter.weekends, count)
    sheet.write_number(row, _AT["holidays"], figures.holidays, count)
    sheet.write_number(row, _AT["requests_asked"], figures.requests, count)
    sheet.write_number(row, _AT["requests_granted"], figures.granted, count)
    if figures.requests:
        sheet.write_number(row, _AT["granted_share"], figures.granted / figures.requests, page.look.number("0%"))
    else:
        sheet.write_blank(row, _AT["granted_share"], None, page.look.text)


def _colour(sheet: Worksheet, last: int) -> None:
    """Bars around zero for the balance, shades for nights and weekends: unfairness is seen, not computed."""
    area = (_HEAD + 1, _AT["balance_out"], last, _AT["balance_out"])
    bars = {"type": "data_bar", "bar_solid": True, "bar_color": "#9CC3E6", "bar_negative_color": "#F0B59A"}
    sheet.conditional_format(*area, bars | {"bar_border_color": "#9CC3E6", "bar_axis_color": style.MUTED})
    for key in ("nights", "weekends"):
        shades = {"type": "2_color_scale", "min_color": style.PAPER, "max_color": "#B9C6E4"}
        sheet.conditional_format(_HEAD + 1, _AT[key], last, _AT[key], shades)
