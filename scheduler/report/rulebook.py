"""The published text of the rules, which is their docstrings, as one object and as lines: enough to write the audit from.

Both are in the language that is asked for; codes, keys and names of columns are the same in all.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

from scheduler.messages.formats import parameter_value
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts, text
from scheduler.problem.contract_defaults import usual
from scheduler.problem.timeline import clock_text
from scheduler.report.objects import Object
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.rules.support.glossary import published_terms
from scheduler.workbook.columns import Column, Kind
from scheduler.workbook.contract_notes import CONTRACTS, has_usual, usual_figure

WIDEST = 100
"""Characters of a line at most: longer ones are hard to read."""
ITEM = "- "
_NO_BREAK = "\N{NO-BREAK SPACE}"


def rules_object(language: Language) -> Object:
    return {
        "rules": [rule_object(rule, language) for rule in RULES],
        "terms": [{"term": term.text(language), "text": words.text(language)} for term, words in published_terms()],
    }


def rule_object(rule: type[Rule[Any]], language: Language) -> Object:
    """A rule as a planner can check and steer it: its text by paragraph, columns, and parameters as rows of the Settings sheet, a
    number or a ``word``; ``codes_of`` is the sheet whose codes it takes. ``description`` is the first paragraph."""
    paragraphs = [paragraph.text(language) for paragraph in rule.text()]
    descriptions, words, codes = rule.descriptions(), rule.words(), rule.codes()
    schema = rule.parameters_class.model_json_schema().get("properties", {})
    return {
        "code": rule.code,
        "formerly": rule.formerly,
        "title": rule.heading().text(language),
        "description": paragraphs[0],
        "text": paragraphs,
        "hard": rule.hard,
        "columns": list(rule.columns),
        "defaults": {name: _usual(column) for name in rule.columns if (column := _figure(name)) is not None},
        "parameters": [
            {
                "key": f"{rule.code}.{name}",
                "default": field.default,
                "description": descriptions[name].text(language),
                "minimum": schema.get(name, {}).get("minimum"),
                "maximum": schema.get(name, {}).get("maximum"),
                "word": name in words,
                "codes_of": codes[name].capitalize() if name in codes else None,
            }
            for name, field in rule.parameters_class.model_fields.items()
        ],
        "sources": [
            {"text": words.text(language), "sourced": source.sourced}
            for words, source in zip(rule.origins(), rule.sources, strict=True)
        ],
    }


def _figure(name: str) -> Column | None:
    """The column of a contract of which a blank cell stands for a figure, if the name is that of one."""
    return next(
        (c for c in CONTRACTS.columns if f"{CONTRACTS.name}.{c.name}" == name and has_usual(CONTRACTS, c)), None
    )


def _usual(column: Column) -> Object:
    """What a blank cell stands for by category; null is no limit, clock times are texts."""
    figures = usual(column.target).items()
    if column.kind is Kind.CLOCK:
        return {category.value: clock_text(minute) for category, minute in figures}
    return {category.value: None if figure == () else figure for category, figure in figures}


def column_words(name: str, language: Language) -> str:
    """A column or setting by its name, with the figure that a blank cell of it stands for."""
    column = _figure(name)
    blank = "" if column is None else f" ({text(language, 'blank')} {usual_figure(column, Texts(language))})"
    sheet, _, title = name.partition(".")
    kind = "setting" if sheet == "Settings" else "column"
    own = f"{Texts(language).sheet(sheet)}.{Texts(language).name(kind, title)}"
    return f"{name}{blank}" if own == name else f"{own} = {name}{blank}"


def rules_lines(found: Object, language: Language, width: int = 0) -> Iterator[str]:
    """Every rule, then the terms, in lines that fit the terminal or ``width``."""
    page = _Page(min(WIDEST, width or shutil.get_terminal_size().columns))
    yield from page.lines(text(language, "advice"))
    yield from page.lines(text(language, "rules_words"))
    for rule in found["rules"]:
        kind = text(language, "rule_hard" if rule["hard"] else "priced")
        yield ""
        yield _labelled(rule["code"], f"{rule['title']} ({kind})", language)
        for index, paragraph in enumerate(rule["text"]):
            if index and not paragraph.startswith(ITEM):
                yield ""
            yield from page.lines(paragraph, 2)
        yield ""
        yield from _steering(page, rule, language)
    yield ""
    yield text(language, "terms")
    for term in found["terms"]:
        yield from page.lines(_labelled(term["term"], term["text"], language), 2, hanging=4)


def _steering(page: _Page, rule: Object, language: Language) -> Iterator[str]:
    """What a planner can change about a rule, and where it comes from."""
    if rule["formerly"]:
        yield from page.lines(_labelled(text(language, "formerly"), rule["formerly"], language), 2)
    if rule["columns"]:
        columns = "; ".join(column_words(name, language) for name in rule["columns"])
        yield from page.lines(_labelled(text(language, "columns"), columns, language), 2, hanging=4)
    for parameter in rule["parameters"]:
        default = f"{text(language, 'default')} {parameter_value(parameter['default'], language)}"
        words = _labelled(f"{parameter['key']} ({default})", parameter["description"], language)
        yield from page.lines(words, 2, hanging=4)
    for source in rule["sources"]:
        mark = "" if source["sourced"] else f" [{text(language, 'unsourced')}]"
        words = _labelled(text(language, "source"), f"{source['text']}{mark}", language)
        yield from page.lines(words, 2, hanging=4)


def _labelled(label: str, words: str, language: Language) -> str:
    return text(language, "labelled", label=label, words=words)


class _Page:
    """Paragraphs broken into lines of one width."""

    def __init__(self, width: int) -> None:
        self._width = max(40, width)

    def lines(self, paragraph: str, indent: int = 0, hanging: int | None = None) -> list[str]:
        """The paragraph in lines, indented by ``indent``, but for the first by ``hanging``; those of an item under its words."""
        following = indent + len(ITEM) * paragraph.startswith(ITEM) if hanging is None else hanging
        # No line begins with the colon or semicolon that French sets after a blank.
        kept = re.sub(r" (?=[;:?!])", _NO_BREAK, paragraph)
        lines = textwrap.wrap(
            kept, self._width, initial_indent=" " * indent, subsequent_indent=" " * following,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        return [line.replace(_NO_BREAK, " ") for line in lines]
