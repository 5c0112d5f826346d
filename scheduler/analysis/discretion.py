"""Findings told to one person: what would name anybody else is told without a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from scheduler.analysis.incremental_audit import Dearer, Effect, Findings
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.rules.base import Finding


class Discretion:
    """Knows one person of an instance, and whom not to name."""

    def __init__(self, instance: Instance, staff: str) -> None:
        self._staff = staff
        others = [word for member in instance.staff if member.id != staff for word in (member.id, member.name) if word]
        words = "|".join(re.escape(word) for word in sorted(others, key=len, reverse=True))
        self._others = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") if others else None

    def effect(self, found: Effect) -> Effect:
        """The same effect with findings that name nobody else."""
        dearer = tuple(Dearer(self._told(item.finding), item.points) for item in found.dearer)
        return replace(found, broken=self.findings(found.broken), mended=self.findings(found.mended), dearer=dearer)

    def findings(self, found: Iterable[Finding]) -> Findings:
        return tuple(self._told(finding) for finding in found)

    def _told(self, finding: Finding) -> Finding:
        named = self._others is not None and self._others.search(str(finding.message))
        if set(finding.staff) <= {self._staff} and not named:
            return finding
        mine = tuple(staff for staff in finding.staff if staff == self._staff)
        said = Message("about_colleagues", "it concerns colleagues, who are not named here")
        return replace(finding, message=said, staff=mine)
