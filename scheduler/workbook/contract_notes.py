"""What blank cells of sheet Contracts stand for, in words: in the help of a template, and beside the cells of a result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from scheduler.messages.formats import date, number
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.contract_defaults import usual
from scheduler.problem.facts import fold
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import clock_text
from scheduler.workbook import cells
from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.lists import InputRows
from scheduler.workbook.sheets import SHEETS

Notes = Mapping[tuple[str, int, str], str]
"""Texts beside cells: by sheet, index of the row, and column."""

CONTRACTS = next(sheet for sheet in SHEETS if sheet.table == "contracts")
_FIGURES = {Kind.HOURS, Kind.COUNT, Kind.COUNTS, Kind.CLOCK}


def has_usual(sheet: Sheet, column: Column) -> bool:
    """Whether a blank cell of the column stands for a figure."""
    return sheet is CONTRACTS and column.kind in _FIGURES


def figure(column: Column, value: Any, texts: Texts) -> str:
    """A figure of a contract with its unit: ``11 h``, ``22:00``, ``no limit``."""
    if value is None or value == ():
        return texts("no_limit")
    if column.kind is Kind.CLOCK:
        return clock_text(value)
    if column.kind is Kind.COUNTS:
        return ", ".join(f"{code}={most}" for code, most in value)
    shown = number(value, texts.language, 0 if float(value).is_integer() else 2)
    return texts("hours_figure", hours=shown) if column.kind is Kind.HOURS else shown


WORDY = frozenset({Kind.DAYS, Kind.WEEK, Kind.TEXT})
"""Columns whose examples are words of a language."""
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def usual_figure(column: Column, texts: Texts) -> str:
    """What a blank cell of a column stands for: one figure, or one for each category where they differ."""
    found = {category: figure(column, value, texts) for category, value in usual(column.target).items()}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return ", ".join(f"{texts(category.value)} {words}" for category, words in found.items())


def help_of(sheet: Sheet, column: Column, texts: Texts) -> str:
    """What stands in a column, and what a blank cell of it stands for where the model says so."""
    help = sheet.help(column).text(texts.language)
    return texts("help_blank", help=help, figure=usual_figure(column, texts)) if has_usual(sheet, column) else help


def example_of(column: Column, texts: Texts) -> str:
    """The example of a column, in words of the language where it is a word."""
    if column.kind in {Kind.CHOICE, Kind.CHOICES, Kind.ROLE, Kind.YES_NO}:
        return texts.name("choice", column.example)
    if column.kind in WORDY:
        return texts.name("example", column.example)
    if column.kind in {Kind.NUMBER, Kind.SHARE, Kind.HOURS} and texts.language is not Language.EN:
        return column.example.replace(".", ",")
    if _ISO_DATE.fullmatch(column.example):
        return date(dt.date.fromisoformat(column.example), texts.language)
    return column.example


def blank_notes(tables: InputRows, instance: Instance) -> Notes:
    """Beside every blank cell of sheet Contracts the figure that was used, in the language of the workbook."""
    texts = Texts(instance.language)
    contracts = {fold(contract.code): contract for contract in instance.contracts}
    notes: dict[tuple[str, int, str], str] = {}
    for index, row in enumerate(tables.get(CONTRACTS.name, ())):
        code: Any = row.get("code")
        contract = contracts.get(fold(cells.shown(code)))
        if contract is None:
            continue
        for column in CONTRACTS.columns:
            if has_usual(CONTRACTS, column) and row.get(column.name) in (None, ""):
                used = figure(column, getattr(contract, column.target), texts)
                category = texts(contract.category.value)
                summed = column.target == "weekly_hours" and contract.hours_by_weekday is not None
                words = (
                    texts("blank_summed", figure=used, column=texts.name("column", "hours_by_weekday"))
                    if summed
                    else texts("blank_used", figure=used, category=category)
                )
                notes[CONTRACTS.name, index, column.name] = words
    return notes
