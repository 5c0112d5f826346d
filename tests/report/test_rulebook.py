"""What `vigie rules` prints and puts into its object: the whole text of every rule, in the same words."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.translate import translated
from scheduler.report.rulebook import WIDEST, rules_lines, rules_object
from scheduler.rules import RULES
from scheduler.rules.support.glossary import published_terms
from scheduler.workbook.contract_notes import CONTRACTS, has_usual

CODE_WORD = re.compile(r"`[^`]+`|\b[A-Z][a-z]+\.\w+|\b[a-z]+_\w+|\b\d+(?=[ .,;:)%–]|$)")
"""Words in backticks, columns, other names with an underscore, and figures."""


def printed(language: Language = Language.EN, width: int = 80) -> list[str]:
    return list(rules_lines(rules_object(language), language, width))


def joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_everything_that_is_published_is_printed(language: Language, width: int) -> None:
    told = joined(printed(language, width))
    colon = " :" if language == Language.FR else ":"
    for rule in RULES:
        assert all(said.text(language) in told for said in rule.published()), rule.code
    for term, words in published_terms():
        assert f"{term.text(language)}{colon} {words.text(language)}" in told


@pytest.mark.parametrize("language", [Language.FR, Language.NL])
def test_no_sentence_is_left_in_english(language: Language) -> None:
    told = joined(printed(language))
    for rule in RULES:
        for paragraph in (*rule.text(), *rule.origins(), *rule.descriptions().values()):
            assert translated(paragraph.code, paragraph.wording, language) != paragraph.wording
            assert str(paragraph) not in told
    assert [str(words) for _, words in published_terms() if str(words) in told] == []


@pytest.mark.parametrize("language", [Language.FR, Language.NL])
def test_a_translation_has_the_code_words_of_the_original(language: Language) -> None:
    """Names of columns, settings and parameters, formulas' figures included, are the same in every language."""
    for said in (*(said for rule in RULES for said in rule.published()), *chain(*published_terms())):
        told = said.text(language)
        assert sorted(CODE_WORD.findall(told)) == sorted(CODE_WORD.findall(str(said))), told


@pytest.mark.parametrize("language", Language)
def test_the_object_has_the_same_words(language: Language) -> None:
    found = rules_object(language)
    for rule, shown in zip(RULES, found["rules"], strict=True):
        text = [paragraph.text(language) for paragraph in rule.text()]
        assert shown["title"] == rule.heading().text(language)
        assert shown["text"] == text
        assert shown["description"] == text[0]
        assert [item["text"] for item in shown["sources"]] == [said.text(language) for said in rule.origins()]
        described = [said.text(language) for said in rule.descriptions().values()]
        assert [item["description"] for item in shown["parameters"]] == described
    assert [(item["term"], item["text"]) for item in found["terms"]] == [
        (term.text(language), words.text(language)) for term, words in published_terms()
    ]


@pytest.mark.parametrize(("width", "widest"), [(80, 80), (120, WIDEST)])
def test_lines_fit_the_terminal(width: int, widest: int) -> None:
    lines = [line for line in printed(Language.EN, width) if not line[:1].isalpha() or ": " not in line]
    assert max(map(len, lines)) <= widest
    assert len(max(lines, key=len)) > widest - 12, "they are filled"


def test_no_line_begins_with_a_colon() -> None:
    for width in (60, 80):
        assert [line for line in printed(Language.FR, width) if line.lstrip().startswith((":", ";"))] == []


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
        (Language.EN, "Contracts.max_hours_24h (blank: police 12 h, non-police 11 h)"),
        (Language.FR, "Contracts.max_hours_24h (vide : police 12 h, hors police 11 h)"),
        (Language.NL, "Contracts.max_hours_24h (leeg: politie 12 u, niet-politie 11 u)"),
    ],
)
def test_what_a_blank_cell_of_a_contract_stands_for_is_said(language: Language, words: str) -> None:
    assert words in joined(printed(language))


def test_a_parameter_that_is_a_word_says_so_and_whose_codes_it_takes() -> None:
    (found,) = [rule for rule in rules_object(Language.EN)["rules"] if rule["code"] == "role_holders"]
    role, heads = found["parameters"]
    assert (role["key"], role["default"], role["word"], role["codes_of"]) == ("role_holders.role", "", True, "Roles")
    assert (heads["default"], heads["word"], heads["codes_of"], heads["minimum"]) == (2, False, None, 1)
    assert "role_holders.role (default –): code of the role; blank: no rule" in joined(printed())


def test_the_object_has_the_figures_of_blank_cells() -> None:
    found = {name: figures for rule in rules_object(Language.EN)["rules"] for name, figures in rule["defaults"].items()}
    assert found["Contracts.needs_police"] == {"police": 0, "non_police": 2}
    assert found["Contracts.night_from"] == {"police": "22:00", "non_police": "20:00"}
    assert found["Contracts.max_weekends_year"] == {"police": 28, "non_police": None}
    assert found["Contracts.shift_limits"] == {"police": None, "non_police": None}
    known = {f"Contracts.{column.name}" for column in CONTRACTS.columns if has_usual(CONTRACTS, column)}
    assert set(found) == known, "every figure of a contract is a column of some rule"
