"""The published text of the rules says everything that the audit applies, as far as a test can tell."""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

import scheduler.rules as registry
from scheduler.problem.facts import Contract, Counter, Staff
from scheduler.problem.instance import AFTER_DAYS, HISTORY_DAYS, MOST_ELSEWHERE, WHOLE_DAY
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.rules.support.glossary import TERMS
from scheduler.rules.support.shares import DUTIES_A_WEEKEND

FOLDER = Path(registry.__path__[0])
FIGURES = (set(Contract.model_fields) | set(Counter.model_fields) | {"fte", "home_hotspot"}) - {
    "code", "name", "category", "staff", "nights", "weekends", "holidays",
}  # fmt: skip
"""Fields of a person, a contract or a counter that are a figure, and whose names mean nothing else."""
RULE_IDS = [rule.code for rule in RULES]


def published(rule: type[Rule[Any]]) -> str:
    return " ".join((*map(str, rule.text()), *rule.columns))


def names(module: str) -> set[str]:
    """Attributes that a module reads."""
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_the_text_is_the_docstring_word_for_word(rule: type[Rule[Any]]) -> None:
    assert rule.text()
    assert all(map(str, rule.text()))
    assert " ".join(map(str, rule.text())).split() == (rule.__doc__ or "").replace("``", "`").split()


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_what_is_published_has_no_braces(rule: type[Rule[Any]]) -> None:
    """They would be places of arguments."""
    assert [said.wording for said in rule.published() if "{" in said.wording or "}" in said.wording] == []


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_the_text_is_plain(rule: type[Rule[Any]]) -> None:
    """No reference to code that a reader of the text does not have."""
    text = published(rule)
    assert ":meth:" not in text
    assert ":func:" not in text
    assert "``" not in text
    assert "_(" not in text


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_every_parameter_is_named(rule: type[Rule[Any]]) -> None:
    missing = [name for name in rule.parameters_class.model_fields if name not in published(rule)]
    assert missing == []


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_every_column_that_the_rule_reads_is_named(rule: type[Rule[Any]]) -> None:
    read = names(rule.code) & FIGURES
    assert [name for name in sorted(read) if name not in published(rule)] == []


@pytest.mark.parametrize("rule", RULES, ids=RULE_IDS)
def test_no_definition_hides_above_the_rule(rule: type[Rule[Any]]) -> None:
    """What stands above a module is its title: one paragraph, which no user sees."""
    module = inspect.cleandoc(sys.modules[rule.__module__].__doc__ or "")
    assert module
    assert "\n\n" not in module


def test_ceilings_of_fair_shares_are_named_where_they_are_used() -> None:
    (fairness,) = [rule for rule in RULES if rule.code == "fairness"]
    read = (names("support/workable") | names("support/shares") | names("horizon_hours")) & set(
        Contract.model_fields
    ) - {"min_hours_horizon"}
    assert {"max_consecutive_nights", "max_weekends_in_row"} <= read
    assert [name for name in sorted(read & FIGURES) if name not in published(fairness)] == []
    assert f"{DUTIES_A_WEEKEND:g} times" in published(fairness)


def test_columns_that_steer_a_rule_are_columns_of_the_workbook() -> None:
    from scheduler.workbook.sheets import SHEETS

    known = {f"{sheet.name}.{column.name}" for sheet in SHEETS for column in sheet.columns}
    named = {column for rule in RULES for column in rule.columns if not column.startswith("Settings.")}
    assert named <= known


def test_terms_have_the_figures_that_the_facts_are_cut_by() -> None:
    elsewhere = TERMS["duty elsewhere"]
    assert f"{WHOLE_DAY // 60} hours" in elsewhere
    assert f"at most {MOST_ELSEWHERE // 60} hours" in elsewhere
    assert f"{HISTORY_DAYS} days before" in elsewhere
    assert f"{AFTER_DAYS} days after" in elsewhere


@pytest.mark.parametrize("code", ["max_consecutive_nights", "max_consecutive_weekends", "demand", "fairness"])
def test_a_term_that_a_text_points_to_is_there(code: str) -> None:
    (rule,) = [rule for rule in RULES if rule.code == code]
    assert "see the term" in published(rule)
    assert {"night work", "weekend", "present", "leave", "paid", "public holiday"} <= set(TERMS)


def test_fields_named_among_the_figures_exist() -> None:
    assert {"fte", "home_hotspot"} <= set(Staff.model_fields)
