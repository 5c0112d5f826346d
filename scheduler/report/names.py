"""Every name of the workbook, and the other spellings of it that are read (`vigie rules --columns`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.objects import Object
from scheduler.workbook.sheets import (
    RESULT_SHEETS,
    SETTING_KEYS,
    SHEETS,
    choice_names,
    column_names,
    setting_names,
    sheet_names,
)


def names_object(language: Language) -> Object:
    """By sheet its columns with the words that they take; then settings and result sheets. ``name`` is the canonical one,
    ``shown`` that of the language, ``others`` are read too."""
    texts = Texts(language)
    return {
        "sheets": [
            {
                **_entry("sheet", sheet.name, sheet_names(sheet.name), texts),
                "purpose": texts.purpose(sheet.purpose),
                "columns": [
                    {
                        **_entry("column", column.name, column_names(column.name), texts),
                        "required": column.required,
                        "help": sheet.help(column).text(language),
                        "words": [_entry("choice", word, choice_names(word), texts) for word in column.choices],
                    }
                    for column in sheet.columns
                ],
            }
            for sheet in SHEETS
        ],
        "settings": [_entry("setting", key, setting_names(key), texts) for key in SETTING_KEYS],
        "result_sheets": [_entry("sheet", name, sheet_names(name), texts) for name in RESULT_SHEETS],
    }


def _entry(kind: str, name: str, names: Iterable[str], texts: Texts) -> Object:
    shown = texts.name(kind, name)
    return {"name": name, "shown": shown, "others": [other for other in names if other != shown]}


def names_lines(found: Object, language: Language) -> Iterator[str]:
    """A line for each name: as the language writes it, then the other spellings."""
    texts = Texts(language)
    for sheet in found["sheets"]:
        yield from (_line(sheet), f"  {sheet['purpose']}.")
        for column in sheet["columns"]:
            yield f"  {_line(column)}"
            yield from (f"      {_line(word)}" for word in column["words"])
        yield ""
    yield texts("names_settings")
    yield from (f"  {_line(setting)}" for setting in found["settings"])
    yield ""
    yield texts("names_results")
    yield from (f"  {_line(sheet)}" for sheet in found["result_sheets"])


def _line(entry: Object) -> str:
    return f"{entry['shown']}: {', '.join(entry['others'])}" if entry["others"] else str(entry["shown"])
