"""Parity over the whole registry: the law's text (`audit`) and the vocabulary (`declare`, read by `score`) say the same."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from scheduler.problem.facts import HistoryDuty
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import RULES, declare
from scheduler.rules.audit import audit
from scheduler.rules.base import Finding, Reach
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.parity_cases import CASES, EVERYTHING, Case

pytestmark = pytest.mark.slow

SAMPLE = 1000
"""Rosters of a case that is too large to enumerate."""

BY_CODE = {rule.code: rule for rule in RULES}


def rosters(case: Case) -> Iterator[Roster]:
    """All rosters of a tiny case, or a seeded sample of a larger one."""
    instance = case.instance
    cells = [(member.id, day) for member in instance.staff for day in range(instance.days)]
    posts = [(shift.code, spot.code) for shift in instance.shifts for spot in instance.hotspots]
    choices: list[tuple[tuple[str, str], ...]] = [(), *((post,) for post in posts)]
    if case.doubles:
        choices += list(itertools.combinations(posts, 2))
    if len(choices) ** len(cells) <= SAMPLE:
        plans: Iterator[tuple[tuple[tuple[str, str], ...], ...]] = itertools.product(choices, repeat=len(cells))
    else:
        chance = random.Random(2026)
        plans = (
            tuple(chance.choice(choices[1:]) if chance.random() < case.load else () for _ in cells)
            for _ in range(SAMPLE)
        )
    for plan in plans:
        yield Roster.of(
            Assignment(staff, day, code, spot)
            for (staff, day), worked in zip(cells, plan, strict=True)
            for code, spot in worked
        )


def values(findings: list[Finding]) -> Counter[Level]:
    total: Counter[Level] = Counter()
    for finding in findings:
        if finding.cost is not None:
            total[finding.level] += finding.cost
    return total


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(BY_CODE)


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, cases in CASES.items() for number in range(len(cases))]
)
def test_both_faces_of_a_rule_agree(code: str, number: int) -> None:
    case = CASES[code][number]
    instance = case.instance
    rule = BY_CODE[code].for_instance(instance)
    problem = Problem.of(instance, rule.declare(instance))
    kept = violated = 0
    for roster in rosters(case):
        findings = list(rule.audit(instance, roster))
        valued = evaluate(problem, roster)
        assert any(finding.hard for finding in findings) == bool(valued.broken), (roster, findings, valued.broken)
        if not case.doubles:
            assert values(findings) == Counter({k: v for k, v in valued.levels.items() if v}), (roster, findings)
        assert all(finding.rule == code for finding in findings)
        assert all(finding.staff for finding in findings if rule.reach is Reach.PERSON)
        kept += not valued.broken
        violated += bool(findings)
    assert violated, "no roster of this case ever breaks the rule"
    assert kept, "no roster of this case ever keeps the rule"


@pytest.mark.parametrize("code", CASES)
def test_a_rule_is_hard_where_its_audit_finds_something_without_a_price(code: str) -> None:
    """Nobody asks the others whether a roster may be published."""
    found = (
        finding
        for case in CASES[code]
        for roster in itertools.islice(rosters(case), 200)
        for finding in BY_CODE[code].for_instance(case.instance).audit(case.instance, roster)
    )
    assert any(finding.hard for finding in found) == BY_CODE[code].hard


@pytest.mark.parametrize(
    ("code", "number"), [(code, number) for code, cases in CASES.items() for number in range(len(cases))]
)
def test_both_faces_agree_on_duties_that_have_begun(code: str, number: int) -> None:
    """In the open part of a roster, duties of its first days are history: facts that no rule finds at fault."""
    rule_class, pick = BY_CODE[code], random.Random(number)
    for _ in range(6):
        instance = _with_begun(CASES[code][number].instance, pick)
        rule = rule_class.for_instance(instance)
        problem = Problem.of(instance, rule.declare(instance))
        for roster in (_after(instance, pick) for _ in range(12)):
            findings, valued = list(rule.audit(instance, roster)), evaluate(problem, roster)
            assert any(finding.hard for finding in findings) == bool(valued.broken), (roster, findings, valued.broken)
            assert values(findings) == Counter({k: v for k, v in valued.levels.items() if v}), (roster, findings)


def _with_begun(instance: Instance, pick: random.Random) -> Instance:
    """A world with duties that have begun before an instant of its first days."""
    since = pick.randrange(1, min(3, instance.days) * 24 * 60)
    locked = {(lock.staff, lock.date) for lock in instance.locks}
    begun = [
        HistoryDuty(staff=member.id, date=on, shift=duty.shift, hotspot=pick.choice(instance.hotspots).code)
        for member in instance.staff
        for day in range(instance.days)
        if pick.random() < 0.7 and (member.id, on := instance.calendar.date(day)) not in locked
        if (duty := instance.duty(day, pick.choice(instance.shifts).code)).start < since
    ]
    return instance.replace(history=(*instance.history, *begun), history_until=since)


def _after(instance: Instance, pick: random.Random) -> Roster:
    """A roster of duties that begin afterwards, on other days than what has begun."""
    begun = {(past.staff, instance.calendar.day(past.date)) for past in instance.history}
    return Roster.of(
        Assignment(member.id, duty.day, duty.shift, pick.choice(instance.hotspots).code)
        for member in instance.staff
        for day in range(instance.days)
        if pick.random() < 0.6 and (member.id, day) not in begun
        if (duty := instance.duty(day, pick.choice(instance.shifts).code)).start >= instance.history_until
    )


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_the_cases_of_a_rule_reach_both_sides(code: str) -> None:
    seen = set()
    for case in CASES[code]:
        rule = BY_CODE[code].for_instance(case.instance)
        seen |= {any(True for _ in rule.audit(case.instance, roster)) for roster in rosters(case)}
    assert seen == {True, False}


def test_the_whole_registry_agrees_on_a_mixed_world() -> None:
    instance = EVERYTHING.instance
    problem = declare(instance)
    for roster in rosters(EVERYTHING):
        findings = audit(instance, roster)
        valued = evaluate(problem, roster)
        assert {f.rule for f in findings if f.hard} == {constraint.rule for constraint in valued.broken}
        assert values(list(findings)) == Counter({k: v for k, v in valued.levels.items() if v})
        by_rule: Counter[str] = Counter()
        for finding in findings:
            if finding.cost is not None and finding.level is Level.QUALITY:
                by_rule[finding.rule] += finding.cost
        assert by_rule == Counter(valued.by_rule)
