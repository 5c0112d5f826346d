"""Both faces of a rule at once: what its audit finds, held against what it declares."""

from __future__ import annotations

from typing import Any

from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Rule
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem


def found(rule: type[Rule[Any]], instance: Instance, roster: Roster) -> list[Finding]:
    """The findings of the audit, after checking that the declared constraints say the same of the roster."""
    judge = rule.for_instance(instance)
    findings = list(judge.audit(instance, roster))
    value = evaluate(Problem(instance, tuple(judge.declare(instance))), roster)
    assert any(finding.hard for finding in findings) == bool(value.broken), (findings, value.broken)
    assert sum(finding.cost or 0 for finding in findings) == sum(value.by_rule.values())
    assert all(finding.rule == rule.code for finding in findings)
    return findings


def days(findings: list[Finding]) -> list[tuple[int, ...]]:
    """The cells that each hard finding names, the one to change first."""
    return [finding.days for finding in findings if finding.hard]


def amounts(findings: list[Finding]) -> list[int]:
    return [finding.amount for finding in findings if finding.hard]
