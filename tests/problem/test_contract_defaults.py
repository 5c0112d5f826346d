"""What a blank figure of a contract stands for: one table, by category, for every way in and every way out."""

from __future__ import annotations

import pytest

from scheduler.problem.contract_defaults import usual
from scheduler.problem.facts import CONTRACT_DEFAULTS, Category, Contract

WORDS = {"code", "name", "category"}


@pytest.mark.parametrize("category", list(Category))
def test_the_usual_figures_are_those_of_a_contract_that_says_nothing(category: Category) -> None:
    silent = Contract(code="X", category=category)
    for field in set(Contract.model_fields) - WORDS:
        assert usual(field)[category] == getattr(silent, field), field


def test_where_categories_differ_the_table_says_so() -> None:
    differ = {field for field in set(Contract.model_fields) - WORDS if len(set(usual(field).values())) > 1}
    assert differ == set().union(*CONTRACT_DEFAULTS.values())
    assert usual("max_hours_24h") == {Category.POLICE: 12.0, Category.NON_POLICE: 11.0}
    assert usual("max_weekends_year") == {Category.POLICE: 28, Category.NON_POLICE: None}
