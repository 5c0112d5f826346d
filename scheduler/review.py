"""A roster in a workbook, looked at again: what it breaks, what was edited by hand, whether the facts under it changed."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.audit import audit
from scheduler.errors import InputError, Problem
from scheduler.instance import Instance
from scheduler.result import RunRecord
from scheduler.roster import Roster
from scheduler.rules.base import Finding
from scheduler.workbook.meta import Edit
from scheduler.workbook.places import Places
from scheduler.workbook.read import Reading


@dataclass(frozen=True, slots=True)
class Review:
    """What an audit of a workbook found. ``record`` and ``edits`` are None when no solve has left its record in it."""

    instance: Instance
    roster: Roster
    findings: tuple[Finding, ...]
    places: Places
    record: RunRecord | None = None
    edits: tuple[Edit, ...] | None = None

    @property
    def violations(self) -> int:
        """How many hard rules are broken."""
        return sum(finding.hard for finding in self.findings)

    @property
    def facts_changed(self) -> bool | None:
        """Whether the facts of the workbook are other than those that were solved."""
        return None if self.record is None else self.record.instance_sha256 != self.instance.sha256

    def cell_of(self, staff: str, day: int) -> str | None:
        """The cell of a person's day on the Roster sheet."""
        return self.places.roster(staff, day)


def roster_of(reading: Reading) -> Roster:
    """The roster of a workbook. Raises :class:`InputError` when it has none."""
    if reading.roster is None:
        hint = "Make one first: `vigie solve FILE -o OUT`."
        raise InputError([Problem(reading.path.name, "", "has no sheet Roster with a roster on it.", hint)])
    return reading.roster


def review(reading: Reading) -> Review:
    """Audit the roster of a workbook and compare it with the one the solver wrote."""
    instance, roster = reading.instance, roster_of(reading)
    findings = audit(instance, roster)
    if reading.memory is None:
        return Review(instance, roster, findings, reading.cells)
    return Review(instance, roster, findings, reading.cells, reading.memory.record, reading.edits)
