"""What is measured together: named groups of cases, each an example under a strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from instances import generate


@dataclass(frozen=True, slots=True)
class Case:
    """An example workbook under a strategy; blank: as the workbook says."""

    instance: str
    strategy: str = ""

    @classmethod
    def parse(cls, text: str) -> Case:
        """``brussels-region:single`` or ``tiny``."""
        instance, _, strategy = text.partition(":")
        return cls(instance, strategy)

    @property
    def name(self) -> str:
        return f"{self.instance}:{self.strategy}" if self.strategy else self.instance

    def path(self) -> Path:
        """The workbook, made anew if it is one of those that are not kept in the repository. Raises ``KeyError`` for others."""
        found = generate.FOLDER / f"{self.instance}.xlsx"
        return found if self.instance in generate.COMMITTED and found.exists() else generate.write(self.instance)


GROUPS: Mapping[str, tuple[Case, ...]] = {
    "zone": (Case("brussels-midi"),),
    "zones": (Case("brussels-midi"), Case("brussels-ouest")),
    "region": (Case("brussels-region", "separate"), Case("brussels-region", "single")),
    "months": (Case("brussels-region-26w", "single"),),
    "capital": (Case("capital-x4", "single"),),
    "growth": (
        Case("brussels-nord", "single"),
        Case("brussels-midi", "single"),
        Case("brussels-two-zones", "single"),
        Case("brussels-region", "single"),
        Case("capital-x2", "single"),
        Case("capital-x4", "single"),
    ),
}
