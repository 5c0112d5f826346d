"""Every hard rule about one person has its step, once; the facts behind a step are cells of the workbook."""

from __future__ import annotations

import pytest

from scheduler.analysis.waterfall import Stage
from scheduler.analysis.waterfall_rules import ARITHMETIC, ON_DATE, OVER_HORIZON, TOLD, Behind, decided
from scheduler.analysis.waterfall_stages import HOURLY
from scheduler.rules import RULES
from scheduler.rules.base import Reach
from tests import builders as b

PERSONAL = sorted(rule.code for rule in RULES if rule.hard and rule.reach is Reach.PERSON)


@pytest.mark.parametrize("presence", [OVER_HORIZON, ON_DATE])
def test_every_hard_rule_about_one_person_is_in_one_step(presence: dict[Stage, tuple[str, ...]]) -> None:
    named = [code for codes in presence.values() for code in codes]
    assert sorted([*named, *decided(presence)]) == PERSONAL
    assert "locks" in decided(presence)


def test_steps_are_told_by_rules_that_there_are() -> None:
    known = {rule.code for rule in RULES}
    assert {code for codes in (*ARITHMETIC.values(), *TOLD.values()) for code in codes} <= known
    assert set(HOURLY) == set(ARITHMETIC)


def test_the_facts_of_a_step_are_those_of_the_person() -> None:
    people = (b.person("P1"), b.person("P2", fte=0.5, first=b.MONDAY, hotspots=("HAL",)))
    away = (b.leave("P1", 1), b.leave("P2", 2), b.elsewhere("P2", 3), b.leave("P2", 40))
    instance = b.make(people=people, absences=away, locks=(b.lock("P2", 4, "E"),))
    behind = Behind(instance)
    facts = {stage: list(behind.facts(stage, "P2")) for stage in Stage}
    assert facts[Stage.PART_TIME] == [("staff", 1, "fte")]
    assert facts[Stage.LEAVE] == [("absences", 1, "start"), ("staff", 1, "first")], (
        "what lies after the horizon is left out"
    )
    assert facts[Stage.ELSEWHERE] == [("absences", 2, "start")]
    assert facts[Stage.COMPETENCE] == [("staff", 1, "hotspots")]
    assert ("contracts", 0, "max_consecutive_nights") in facts[Stage.NIGHTS]
    assert facts[Stage.DECIDED] == [("locks", 0, "date")]
    assert list(behind.facts(Stage.DECIDED, "P1")) == []
