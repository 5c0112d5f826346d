"""The catalogues: what the code says is collected, merged into the .po files and compiled (``make catalogues``).

English stands in the code: as literals of ``Message(code, wording)``, in the tables of wordings, in the names of the workbook
and in what the rules and columns say of themselves.
"""

from __future__ import annotations

import ast
import datetime as dt
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import scheduler
from scheduler.commands.help import helps
from scheduler.commands.main import app
from scheduler.commands.speech import CLICK
from scheduler.messages.example_wordings import EXAMPLE_WORDS
from scheduler.messages.languages import Language
from scheduler.messages.texts import WORDINGS
from scheduler.messages.translate import CATALOGUES, DOMAIN, Wording
from scheduler.rules import RULES
from scheduler.rules.support.glossary import published_terms
from scheduler.workbook.contract_notes import WORDY
from scheduler.workbook.sheets import CHOICE_WORDS, README, RESULT_SHEETS, SETTING_KEYS, SHEETS

TRANSLATED = (Language.FR, Language.NL)
SHARED = frozenset(
    {"sheet", "purpose", "column", "setting", "choice", "example", "fact", "term", "term.text"}
    | {f"rule.{rule.code}.{part}" for rule in RULES for part in ("text", "source")}
)
"""Contexts of names and of texts of several paragraphs, each of which has many wordings."""
Said = tuple[str | None, Wording]
"""Context (None for what click says by itself) and English wording."""


@cache
def collected() -> tuple[Said, ...]:
    """Everything that is said, each once, in a stable order."""
    return tuple(dict.fromkeys((*sorted(_in_code(), key=str), *WORDINGS.items(), *_published(), *_of_commands())))


def _in_code() -> Iterator[Said]:
    for path in sorted(Path(scheduler.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                code, wording, *_ = node.args
                try:
                    yield ast.literal_eval(code), ast.literal_eval(wording)
                except ValueError:
                    # Built from what is published, and collected from there.
                    continue


def _published() -> Iterator[Said]:
    """What stands in declarations: names of the workbook, help of its columns, texts of the rules."""
    for sheet in SHEETS:
        yield "sheet", sheet.name
        yield "purpose", sheet.purpose
        for column in sheet.columns:
            yield "column", column.name
            yield from ((message.code, message.wording) for message in [sheet.help(column)])
            yield from (("choice", word) for word in column.choices)
            if column.kind in WORDY and column.example:
                yield "example", column.example
    yield from (("sheet", name) for name in (README, *RESULT_SHEETS))
    yield from (("setting", name) for name in SETTING_KEYS)
    yield from (("choice", word) for word in (*CHOICE_WORDS, "yes", "no", "none"))
    yield from (("fact", word) for word in EXAMPLE_WORDS)
    for rule in RULES:
        yield from ((said.code, said.wording) for said in rule.published())
    for term, words in published_terms():
        yield from ((said.code, said.wording) for said in (term, words))


def _of_commands() -> Iterator[Said]:
    """The help of the commands, and what click says by itself."""
    yield from ((said.code, said.wording) for said in helps(app))
    yield from ((None, wording) for wording in CLICK)


def po_path(language: Language) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: Language) -> Catalog:
    with po_path(language).open("rb") as file:
        found = read_po(file, domain=DOMAIN)
    # The same words make the same file, whenever they are compiled.
    found.creation_date = found.revision_date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return found


def template() -> Catalog:
    catalogue = Catalog(domain=DOMAIN, project="Vigie", fuzzy=False)
    for context, wording in collected():
        catalogue.add(wording, context=context)
    return catalogue


def merged(language: Language) -> Catalog:
    """The catalogue with what is said today: new entries without a translation, old ones gone."""
    found = read(language)
    found.update(template(), no_fuzzy_matching=True)
    found.obsolete.clear()
    return found


def po_bytes(catalogue: Catalog) -> bytes:
    content = io.BytesIO()
    write_po(content, catalogue, width=120, omit_header=False, no_location=True)
    lines = content.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not _dated(line)).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    content = io.BytesIO()
    write_mo(content, catalogue)
    return content.getvalue()


def _dated(line: str) -> bool:
    """Lines of the header that change without a change of words, or name nobody."""
    return line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team', '"Generated-By',
                            '"Report-Msgid', "#"))  # fmt: skip


def update() -> None:
    for language in TRANSLATED:
        po_path(language).parent.mkdir(parents=True, exist_ok=True)
        po_path(language).write_bytes(po_bytes(merged(language)))
        po_path(language).with_suffix(".mo").write_bytes(mo_bytes(read(language)))
        print(f"{language}: {sum(not message.string for message in read(language) if message.id)} without translation")


if __name__ == "__main__":
    update()
