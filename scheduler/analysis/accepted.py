"""Broken rules that somebody has accepted by decision, kept apart from those that nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.override import Override
from scheduler.rules.base import Finding
from scheduler.rules.overridable import override_faults


@dataclass(frozen=True, slots=True)
class Accepted:
    """A broken hard rule, the decision that accepts it, and the index of its row on sheet Overrides."""

    finding: Finding
    override: Override
    index: int

    @property
    def decision(self) -> Message:
        return Message(
            "accepted_by_decision",
            "accepted by decision of {by} on {on}: {reason}",
            by=self.override.decided_by,
            on=self.override.decided_on,
            reason=" ".join(self.override.reason.split()),
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """``open`` is every finding that no decision accepts, in the order given; ``idle`` the index of each override that accepts
    nothing, with a hint where the rule is broken elsewhere."""

    open: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    idle: tuple[tuple[int, Message | None], ...]


def judge(instance: Instance, findings: Iterable[Finding]) -> Judgement:
    """Set apart what is accepted: an override is for one rule, one person and one date, those that the audit names first.

    Raises :class:`InputError` for an override of a rule that there is not, or that is not hard.
    """
    faults = [
        InputProblem(f"{f.table}[{f.index}].{f.field}", f.value, f.message, f.hint)
        for f in override_faults(instance.overrides)
    ]
    if faults:
        raise InputError(faults)
    # A decision about one hotspot is more precise than one about any.
    overrides = sorted(enumerate(instance.overrides), key=lambda item: item[1].hotspot is None)
    found = tuple(findings)
    accepted = {
        number: Accepted(finding, override, index)
        for number, finding in enumerate(found)
        for index, override in reversed(overrides)
        if _accepts(instance, override, finding)
    }
    useful = {
        index
        for index, override in overrides
        if any(_accepts(instance, override, item.finding) for item in accepted.values())
    }
    return Judgement(
        tuple(finding for number, finding in enumerate(found) if number not in accepted),
        tuple(accepted[number] for number in sorted(accepted)),
        tuple(_idle(instance, found, useful)),
    )


def cell_to_change(instance: Instance, finding: Finding) -> tuple[str, int] | None:
    """The person and the day of the horizon that a finding is about first; a finding about a whole line is about its first day.
    None where it is about nobody."""
    if not finding.staff:
        return None
    return finding.staff[0], next((day for day in finding.days if 0 <= day < instance.days), 0)


def _accepts(instance: Instance, override: Override, finding: Finding) -> bool:
    return (
        finding.hard
        and finding.rule == override.rule
        and override.hotspot in (None, finding.hotspot)
        and cell_to_change(instance, finding) == (override.staff, instance.calendar.day(override.date))
    )


def _idle(instance: Instance, found: tuple[Finding, ...], useful: set[int]) -> Iterator[tuple[int, Message | None]]:
    for index, override in enumerate(instance.overrides):
        if index in useful:
            continue
        alike = (item for item in found if item.hard and item.rule == override.rule and override.staff in item.staff)
        cell = next((cell_to_change(instance, item) for item in alike), None)
        hint = None
        if cell is not None:
            on = instance.calendar.date(cell[1])
            hint = Message(
                "override_elsewhere", "The audit points to {staff}, {date}: decide about that.", staff=cell[0], date=on
            )
        yield index, hint
