"""The registry itself: every rule is named once, explains itself, and takes its parameters from the settings."""

from __future__ import annotations

import pkgutil

import pytest

import scheduler.rules as registry
from scheduler.errors import InputError
from scheduler.rules import RULES, declare, rules_for
from scheduler.rules.base import Rule
from tests.builders import make
from tests.processes import printed_in_two_orders


def test_codes_are_unique_and_name_a_module() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    modules = {module.name for module in pkgutil.iter_modules(registry.__path__)}
    assert set(codes) <= modules


def test_no_rule_class_is_forgotten() -> None:
    for module in pkgutil.iter_modules(registry.__path__):
        __import__(f"scheduler.rules.{module.name}")
    written = {rule for rule in Rule.__subclasses__() if rule.__module__.startswith("scheduler.")}
    assert written == set(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: type[Rule]) -> None:  # type: ignore[type-arg]
    assert rule.title
    assert rule.sources
    assert rule.__doc__
    for name, field in rule.parameters_class.model_fields.items():
        assert field.description, f"{rule.code}.{name} has no description"
        assert field.default is not None


DECLARED = """
from dataclasses import astuple
from scheduler.rules import declare
from tests.engine.zones import zone
def plain(part):
    if isinstance(part, frozenset):
        return sorted(part)
    return [plain(item) for item in part] if isinstance(part, tuple) else part
for constraint in declare(zone(11, days=12, police=9, guards=4)).constraints:
    print(type(constraint).__name__, plain(astuple(constraint)))
"""


def test_the_order_of_what_is_declared_is_the_same_in_every_process() -> None:
    """A solver goes another way with the same rows in another order."""
    declared = printed_in_two_orders(DECLARED)
    assert declared[0] == declared[1]
    assert declared[0].count("Clash") > 20


def test_settings_reach_the_rule() -> None:
    rules = rules_for(make(parameters={"partners.cost_per_duty": 5.0}))
    (partners,) = [rule for rule in rules if rule.code == "partners"]
    assert partners.parameters.cost_per_duty == 5


def test_every_bad_setting_is_reported_at_once_with_a_hint() -> None:
    parameters = {"partner.cost_per_duty": 5.0, "demand.over_cost_per_minute": -1.0, "requests.points_per_weight": 1.5}
    with pytest.raises(InputError) as caught:
        rules_for(make(parameters=parameters))
    found = {problem.value: problem for problem in caught.value.problems}
    assert set(found) == set(parameters)
    assert str(found["partner.cost_per_duty"].hint) == "Did you mean 'partners.cost_per_duty'?"
    assert {value: problem.message.code for value, problem in found.items()} == {
        "partner.cost_per_duty": "rules_parameter_unknown",
        "demand.over_cost_per_minute": "parameter_too_low",
        "requests.points_per_weight": "parameter_not_whole",
    }
    assert str(found["demand.over_cost_per_minute"].message) == "is -1; the minimum is 0."
    assert all(problem.place == "Settings" for problem in found.values())


def test_a_word_for_a_figure_and_a_figure_for_a_word_are_told_apart() -> None:
    with pytest.raises(InputError) as caught:
        rules_for(
            make(parameters={"role_holders.heads": "two", "role_holders.role": 3.0, "complete_weekends.cost": "much"})
        )
    assert {problem.value: str(problem.message) for problem in caught.value.problems} == {
        "role_holders.heads": "is two; it must be a number.",
        "role_holders.role": "is 3; it must be a word.",
        "complete_weekends.cost": "is much; it must be a number.",
    }


def test_a_setting_like_no_other_points_to_the_list() -> None:
    with pytest.raises(InputError, match="vigie rules"):
        declare(make(parameters={"zzz": 1.0}))


def test_declare_speaks_of_known_rules_only() -> None:
    problem = declare(make(7, people=2))
    assert {constraint.rule for constraint in problem.constraints} <= {rule.code for rule in RULES}
    assert problem.constraints
