"""Check any roster, ours or a planner's, against every rule. Knows no solver and no vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.messages.sentences import closest
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import rules_for
from scheduler.rules.base import Finding
from scheduler.vocabulary.constraints import REPAIR_LEVELS, Level


def audit(instance: Instance, roster: Roster) -> tuple[Finding, ...]:
    """Every place in which a roster breaks a rule or pays for one.

    Parameters
    ----------
    instance
        The facts.
    roster
        Any roster, whoever made it.

    Returns
    -------
    tuple
        Broken hard rules first, in the order of the rules; then what is priced, by level and the dearest first.

    Raises
    ------
    InputError
        When the roster names people, shifts, hotspots or days that the instance does not have.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> instance = load("zone.xlsx").instance
    >>> alone = Roster.of([Assignment("P-01", 0, "E", instance.hotspots[0].code)])
    >>> {finding.rule for finding in audit(instance, alone) if finding.hard}
    {'min_patrol_size'}
    """
    refuse_unknown(instance, roster)
    findings = [finding for rule in rules_for(instance) for finding in rule.audit(instance, roster)]
    return tuple(sorted(findings, key=_rank))


def broken_rules(instance: Instance, roster: Roster) -> tuple[Finding, ...]:
    """What :func:`hard_findings` gives of an audit, without asking the rules that only have a price. Raises as :func:`audit`
    does."""
    refuse_unknown(instance, roster)
    return hard_findings(item for rule in rules_for(instance) if rule.hard for item in rule.audit(instance, roster))


def hard_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only the broken hard rules, in the order given."""
    return tuple(finding for finding in findings if finding.hard)


def prices_apart(findings: Iterable[Finding], declared: Mapping[str, int]) -> Iterator[Message]:
    """What is said of the rules whose audit gives a roster other points of quality than what they declare, by ``declared``."""
    audited = Counter[str]()
    for finding in findings:
        if finding.cost is not None and finding.level is Level.QUALITY:
            audited[finding.rule] += finding.cost
    for rule in sorted(code for code in audited.keys() | declared.keys() if audited[code] != declared.get(code, 0)):
        yield Message(
            "rule_prices_apart",
            "The audit of the rule {rule} gives this roster {audited} points, and what it declares {declared}: one of them is "
            "wrong, and so may be the value and the bound of quality.",
            rule=rule, audited=audited[rule], declared=declared.get(rule, 0),
        )  # fmt: skip


def _rank(finding: Finding) -> tuple[int, int]:
    return (-1, 0) if finding.cost is None else (REPAIR_LEVELS.index(finding.level), -finding.cost)


def refuse_unknown(instance: Instance, roster: Roster) -> None:
    """Raise :class:`InputError` for a roster that names people, shifts, hotspots or days that the instance does not have."""
    problems: list[InputProblem] = []
    for a in roster:
        for value, known, message in (
            (a.staff, instance.person, Message("roster_staff_unknown", "is no known staff id.")),
            (a.shift, instance.shift, Message("roster_shift_unknown", "is no known shift.")),
            (a.hotspot, instance.hotspot, Message("roster_hotspot_unknown", "is no known hotspot.")),
        ):
            if value not in known:
                hint = closest(value, known.keys())
                problems.append(InputProblem(f"Roster, {a.staff}, day {a.day}", value, message, hint))
        if not 0 <= a.day < instance.days:
            message = Message("roster_day_outside", "is a day outside the horizon.")
            problems.append(InputProblem(f"Roster, {a.staff}", str(a.day), message))
    if problems:
        raise InputError(problems)
