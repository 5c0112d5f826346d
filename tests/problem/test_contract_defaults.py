"""What a blank figure of a contract stands for: one table, by category, for every way in and every way out."""

from __future__ import annotations

import pytest

from scheduler.problem.contract_defaults import LAXER_WHEN_LESS, LAXER_WHEN_MORE, NEUTRAL, NIGHT, laxer, usual
from scheduler.problem.facts import CONTRACT_DEFAULTS, Category, Contract

WORDS = {"code", "name", "category", "decision_date"}


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


def test_of_every_figure_it_is_said_when_it_asks_more_of_people() -> None:
    parts = (LAXER_WHEN_MORE, LAXER_WHEN_LESS, NIGHT, NEUTRAL)
    assert sorted(field for part in parts for field in part) == sorted(set(Contract.model_fields) - WORDS)


EDGES = [
    ("max_weekends_year", 28, 29), ("max_weekends_year", 28, None), ("max_weekends_in_row", 3, 4),
    ("max_hours_24h", 12.0, 12.5), ("max_hours_week", 50.0, None), ("weekly_hours", 38.0, 38.1), ("reference_weeks", 8, 9),
    ("max_consecutive_days", 6, 7), ("max_consecutive_nights", 5, 6), ("min_rest_hours", 11.0, 10.9), ("min_days_off", 2, 1),
    ("weekend_rest_hours", 60.0, 59.0), ("min_together", 2, 1), ("notice_days", 7, 6), ("night_from", 22 * 60, 22 * 60 + 1),
    ("night_from", 20 * 60, 2 * 60), ("night_to", 6 * 60, 6 * 60 - 1), ("night_to", 8 * 60, 5 * 60),
]  # fmt: skip


@pytest.mark.parametrize(("field", "usual_or_tighter", "wider"), EDGES)
def test_a_figure_exceeds_from_the_first_step_beyond_the_default(
    field: str, usual_or_tighter: object, wider: object
) -> None:
    police = Category.POLICE
    assert not laxer(Contract(code="X", category=police, **{field: usual_or_tighter}), field)  # type: ignore[arg-type]
    assert laxer(Contract(code="X", category=police, **{field: wider}), field)  # type: ignore[arg-type]


def test_what_is_beyond_the_default_depends_on_the_category() -> None:
    police, others = (Contract(code="X", category=category, max_hours_24h=12.0) for category in Category)
    assert (laxer(police, "max_hours_24h"), laxer(others, "max_hours_24h")) == (False, True)
    assert laxer(Contract(code="X", category=Category.NON_POLICE, needs_police=1), "needs_police")
    assert not laxer(Contract(code="X", category=Category.NON_POLICE, max_weekends_year=40), "max_weekends_year")


def test_a_figure_of_ones_own_that_nothing_is_asked_for_exceeds_nothing() -> None:
    contract = Contract(code="X", category=Category.POLICE, max_hours_horizon=500.0, shift_limits=(("N", 0),))
    assert not any(laxer(contract, field) for field in NEUTRAL)
