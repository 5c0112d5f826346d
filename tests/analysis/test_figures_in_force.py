"""The figures that a roster is held to, beside their defaults."""

from __future__ import annotations

import pytest

from scheduler.analysis.figures_in_force import contract_figures, own_limits_above, parameter_figures
from scheduler.problem.facts import Category, Role
from scheduler.rules import RULES
from scheduler.rules.fairness import Fairness
from scheduler.rules.reference_hours import ReferenceHours
from scheduler.rules.role_holders import RoleHolders
from tests.builders import contract, make, person


def test_every_contract_has_its_figure_and_the_default_of_its_category() -> None:
    world = make(7, contracts=(contract("POL", min_rest_hours=10.0), contract("OTHER")))
    one, other = contract_figures(world, "min_rest_hours")
    assert (one.figure, one.default, one.laxer, one.changed) == (10.0, 11.0, True, True)
    assert (other.index, other.figure, other.laxer, other.changed) == (1, 11.0, False, False)
    assert [item.changed for item in contract_figures(world, "notice_days")] == [False, False]


def test_a_parameter_is_the_row_of_the_settings_or_its_default() -> None:
    world = make(7, parameters={"reference_hours.most_over_hours": 9, "fairness.night_cost": 1})
    found = {item.name: item for item in parameter_figures(world, ReferenceHours)}
    most, cost = found["most_over_hours"], found["cost_per_hour"]
    assert (most.key, most.figure, most.default, most.laxer) == ("reference_hours.most_over_hours", 9, 8, True)
    assert (cost.figure, cost.changed, cost.laxer) == (60, False, False)
    (night,) = (item for item in parameter_figures(world, Fairness) if item.name == "night_cost")
    assert (night.changed, night.laxer) == (True, False), "a price has no direction"
    world = make(7, parameters={"reference_hours.most_over_hours": 7})
    assert not any(item.laxer for item in parameter_figures(world, ReferenceHours))


def test_a_word_has_changed_but_has_no_direction() -> None:
    driver = {"roles": (Role(code="DRIVER", category=Category.POLICE),)}
    world = make(7, **driver, parameters={"role_holders.role": "DRIVER", "role_holders.heads": 3.0})
    role, heads = parameter_figures(world, RoleHolders)
    assert (role.figure, role.default, role.changed, role.laxer) == ("DRIVER", "", True, False)
    assert (heads.figure, heads.changed, heads.laxer) == (3, True, True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_only_parameters_that_there_are_have_a_direction(rule: type) -> None:
    assert set(rule.laxer_when_more) <= set(rule.parameters_class.model_fields)
    assert rule.hard or not rule.laxer_when_more
    if rule.hard:
        limits = {name for name in rule.parameters_class.model_fields if "cost" not in name} - rule.words()
        assert limits == set(rule.laxer_when_more), "of every figure of a hard rule it is said when it asks more"


def test_own_limits_of_weekends_are_counted_and_nobody_is_named() -> None:
    people = (
        person("P1", max_weekends_year=29),
        person("P2", max_weekends_year=28),
        person("P3"),
        person("P4", max_weekends_year=40),
    )
    assert own_limits_above(make(7, people=people)) == {people[0].contract: 2}
