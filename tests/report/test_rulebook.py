"""What `vigie rules` prints and puts into its object: the whole text of every rule, in the same words."""

from __future__ import annotations

import pytest

from scheduler.messages.texts import LANGUAGES
from scheduler.report.rulebook import WIDEST, rules_lines, rules_object
from scheduler.rules import RULES
from scheduler.rules.support.terms import TERMS
from scheduler.workbook.contract_notes import CONTRACTS, has_usual


def printed(language: str = "en", width: int = 80) -> list[str]:
    return list(rules_lines(rules_object(language), language, width))


def joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_paragraph_of_every_rule_is_printed(language: str, width: int) -> None:
    told = joined(printed(language, width))
    for rule in RULES:
        assert all(paragraph in told for paragraph in rule.text()), rule.code
        assert all(source.text in told for source in rule.sources)
    for term, words in TERMS.items():
        assert f"{term}: {words}" in told


def test_the_object_has_the_same_words() -> None:
    found = rules_object("nl")
    for rule, shown in zip(RULES, found["rules"], strict=True):
        assert tuple(shown["text"]) == rule.text()
        assert shown["description"] == rule.text()[0]
    assert {item["term"]: item["text"] for item in found["terms"]} == dict(TERMS)


@pytest.mark.parametrize(("width", "widest"), [(80, 80), (120, WIDEST)])
def test_lines_fit_the_terminal(width: int, widest: int) -> None:
    lines = [line for line in printed("en", width) if not line[:1].isalpha() or ": " not in line]
    assert max(map(len, lines)) <= widest
    assert len(max(lines, key=len)) > widest - 12, "they are filled"


def test_paragraphs_stand_apart_and_items_hang_together() -> None:
    lines = printed()
    first = lines.index("  Excused are:")
    assert lines[first - 1] == ""
    assert lines[first + 1].startswith("  - ")
    after = next(line for line in lines[first + 1 :] if not line.startswith(("  - ", "    ")))
    assert after == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Contracts.max_hours_24h (blank: police 12 h, non-police 11 h)"),
        ("fr", "Contracts.max_hours_24h (vide : police 12 h, hors police 11 h)"),
        ("nl", "Contracts.max_hours_24h (leeg: politie 12 u, niet-politie 11 u)"),
    ],
)
def test_what_a_blank_cell_of_a_contract_stands_for_is_said(language: str, words: str) -> None:
    assert words in joined(printed(language))


def test_the_object_has_the_figures_of_blank_cells() -> None:
    found = {name: figures for rule in rules_object("en")["rules"] for name, figures in rule["defaults"].items()}
    assert found["Contracts.needs_police"] == {"police": 0, "non_police": 2}
    assert found["Contracts.night_from"] == {"police": "22:00", "non_police": "20:00"}
    assert found["Contracts.max_weekends_year"] == {"police": 28, "non_police": None}
    assert found["Contracts.shift_limits"] == {"police": None, "non_police": None}
    known = {f"Contracts.{column.name}" for column in CONTRACTS.columns if has_usual(CONTRACTS, column)}
    assert set(found) == known, "every figure of a contract is a column of some rule"
