"""Which rules a decision may break, and by which names."""

from __future__ import annotations

import pytest

from scheduler.messages.languages import Language
from scheduler.problem.override import Override
from scheduler.rules import RULES, TITLES
from scheduler.rules.overridable import HARD, override_faults, rule_code
from tests.builders import MONDAY


def override(rule: str) -> Override:
    return Override(rule=rule, staff="P1", date=MONDAY, decided_by="Chief", decided_on=MONDAY, reason="Shooting")


@pytest.mark.parametrize("rule", HARD)
def test_a_rule_is_known_by_code_and_by_title_in_any_language(rule: str) -> None:
    assert rule_code(rule.upper()) == rule
    for language in Language:
        assert rule_code(f" {TITLES[rule].text(language)} ") == rule


def test_only_hard_rules_may_be_named() -> None:
    soft = next(rule.code for rule in RULES if not rule.hard)
    faults = list(override_faults([override("daily_rest"), override(soft), override("dayly_rest"), override("xyz")]))
    assert [(fault.index, fault.message.code, fault.hint and fault.hint.code) for fault in faults] == [
        (1, "override_soft", None),
        (2, "override_unknown_rule", "did_you_mean"),
        (3, "override_unknown_rule", "see_rules"),
    ]
    assert str(faults[1].hint) == "Did you mean 'daily_rest'?"
