"""The drop-downs of the input sheets: named ranges that follow the code columns as they grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.messages.texts import Texts
from scheduler.problem.facts import OFF
from scheduler.rules import TITLES
from scheduler.rules.overridable import HARD
from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.sheets import LISTS, sheet
from scheduler.workbook.style import in_formula

InputRows = Mapping[str, Sequence[Mapping[str, object]]]
"""Plain rows by canonical sheet and column names."""

LAST_ROW = 5000
"""Drop-downs and formats reach down to this row of a sheet."""

_LINKED_ROWS = 100
_CODES = {
    "list_organisations": ("Organisations", "code"),
    "list_hotspots": ("Hotspots", "code"),
    "list_shifts": ("Shifts", "code"),
    "list_roles": ("Roles", "code"),
    "list_contracts": ("Contracts", "code"),
    "list_staff": ("Staff", "id"),
}
_WORDS = {
    "list_categories": ("police", "non_police"),
    "list_organisation_kinds": ("police_zone", "federal", "municipality", "partner"),
    "list_request_kinds": ("want", "avoid"),
    "list_pair_kinds": ("together", "apart"),
    "list_yes_no": ("yes", "no"),
    "list_call_answers": ("yes", "no", "no_answer"),
    "list_pooling": ("separate", "lateral", "single"),
}
_MIXED = {
    "list_demand_roles": (("police", "non_police"), "Roles"),
    "list_lock_shifts": ((OFF,), "Shifts"),
}


_RULES = "list_rules"


def list_name(owner: Sheet, column: Column) -> str | None:
    """The named range whose values a column offers; None for free columns and for those that take several codes."""
    if column.kind is Kind.YES_NO:
        return "list_yes_no"
    if (owner.name, column.name) == ("Overrides", "rule"):
        return _RULES
    if column.kind is Kind.ROLE:
        return "list_demand_roles"
    if column.kind in {Kind.CHOICE, Kind.CHOICES}:
        return next(name for name, words in _WORDS.items() if words == column.choices)
    if (owner.name, column.name) == ("Locked", "shift"):
        return "list_lock_shifts"
    if column.refers and column.kind not in {Kind.CODES, Kind.COUNTS}:
        return f"list_{column.refers.lower()}"
    return None


def add_lists(book: Any, tables: InputRows, texts: Texts) -> None:
    """Add the hidden sheet of the drop-down values, in the words of a language, and the named ranges."""
    page = book.add_worksheet(LISTS)
    page.hide()
    for name, (owner, column) in _CODES.items():
        letter = _letter([found.name for found in sheet(owner).columns].index(column))
        title = in_formula(texts.sheet(owner))
        area = f"{title}!${letter}$2:${letter}${LAST_ROW}"
        filled = f'MAX(1,SUMPRODUCT(--({area}<>"")))'
        book.define_name(name, f"=OFFSET({title}!${letter}$2,0,0,{filled},1)")
    at = 0
    for name, words in _WORDS.items():
        _fill(page, at, name, [texts.name("choice", word) for word in words])
        letter = _letter(at)
        book.define_name(name, f"={LISTS}!${letter}$2:${letter}${len(words) + 1}")
        at += 1
    _fill(page, at, _RULES, [TITLES[rule].text(texts.language) for rule in HARD])
    book.define_name(_RULES, f"={LISTS}!${_letter(at)}$2:${_letter(at)}${len(HARD) + 1}")
    at += 1
    for name, (words, owner) in _MIXED.items():
        _fill(page, at, name, [word if word == OFF else texts.name("choice", word) for word in words])
        codes = [str(row.get("code") or "") for row in tables.get(owner, ())]
        for step in range(_LINKED_ROWS):
            source = f"{in_formula(texts.sheet(owner))}!A{step + 2}"
            cached = codes[step] if step < len(codes) else ""
            page.write_formula(len(words) + 1 + step, at, f'=IF({source}="","",{source})', None, cached)
        letter = _letter(at)
        area = f"{LISTS}!${letter}$2:${letter}${len(words) + _LINKED_ROWS + 1}"
        book.define_name(name, f'=OFFSET({LISTS}!${letter}$2,0,0,SUMPRODUCT(--({area}<>"")),1)')
        at += 1


def offer(page: Any, owner: Sheet, texts: Texts) -> None:
    """Attach the drop-downs to the columns of an input sheet. Other words are warned of, not refused: the reader knows
    French and Dutch ones too."""
    for index, column in enumerate(owner.columns):
        name = list_name(owner, column)
        if name is not None:
            page.data_validation(
                1,
                index,
                LAST_ROW - 1,
                index,
                {
                    "validate": "list",
                    "source": f"={name}",
                    "error_type": "warning",
                    "error_title": texts("list_title"),
                    "error_message": texts("list_warning"),
                },
            )


def _fill(page: Any, column: int, name: str, words: Sequence[str]) -> None:
    page.write_string(0, column, name)
    for row, word in enumerate(words, start=1):
        page.write_string(row, column, word)


def _letter(index: int) -> str:
    return chr(ord("A") + index)
