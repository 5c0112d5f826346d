"""The page of the rules in the documentation, made of what they say of themselves: ``python -m tests.rules_page`` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scheduler.messages.formats import parameter_value
from scheduler.messages.languages import Language
from scheduler.report.rulebook import ITEM, column_words, rules_object

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"

INTRODUCTION = """\
# Which rules does Vigie keep, and where do they come from?

The rules are a starting point, not legal advice: every figure is a cell of the workbook, with a default. Check them against the
texts that bind you. A roster that Vigie makes never breaks a *hard* rule; a *priced* rule is weighed against the others.

Figures such as `Contracts.min_rest_hours` are columns of a sheet; the default is what a blank cell stands for. Figures that begin
with the code of a rule, such as `fairness.near`, are rows of sheet Settings.

This page is made of the rules themselves. `vigie rules` prints the same in English, French and Dutch; `--json` is for programs.
"""


def page() -> str:
    return "\n".join(_lines(rules_object(Language.EN)))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield INTRODUCTION
    yield from ("| rule | about | kind |", "|--|--|--|")
    for rule in found["rules"]:
        yield f"| [`{rule['code']}`](#{rule['code']}) | {rule['title']} | {_kind(rule)} |"
    for rule in found["rules"]:
        yield from ("", f"## {rule['code']}", "", f"**{rule['title']}** ({_kind(rule)})")
        yield from _paragraphs(rule["text"])
        yield from _steering(rule)
    yield from ("", "## Terms", "")
    yield from (f"- **{term['term']}**: {term['text']}" for term in found["terms"])
    yield ""


def _kind(rule: dict[str, Any]) -> str:
    return "hard" if rule["hard"] else "priced"


def _paragraphs(text: list[str]) -> Iterator[str]:
    """With a blank line between paragraphs, but for items of one list."""
    before = ""
    for paragraph in text:
        if not (paragraph.startswith(ITEM) and before.startswith(ITEM)):
            yield ""
        yield paragraph
        before = paragraph


def _steering(rule: dict[str, Any]) -> Iterator[str]:
    """What a planner can change about a rule, and where it comes from."""
    columns = [column_words(name, Language.EN).partition(" (blank: ") for name in rule["columns"]]
    if columns:
        yield from ("", "Read from " + ", ".join(f"`{name}`" for name, _, _ in columns) + ".")
    rows = [f"| `{name}` | {usual.removesuffix(')')} | |" for name, _, usual in columns if usual]
    for parameter in rule["parameters"]:
        default = parameter_value(parameter["default"], Language.EN)
        rows.append(f"| `{parameter['key']}` | {default} | {parameter['description']} |")
    if rows:
        yield from ("", "| figure | default | meaning |", "|--|--|--|", *rows)
    yield ""
    for source in rule["sources"]:
        yield f"- Source: {source['text']}{'' if source['sourced'] else ' (no public source found)'}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
