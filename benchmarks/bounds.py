"""Which proven bound a roster is measured against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.vocabulary.constraints import LEVELS

Record = Mapping[str, Any]
LEVEL_NAMES = tuple(level.code for level in LEVELS)


def level_of(record: Record, name: str) -> Mapping[str, Any]:
    """``value``, ``bound`` and ``required`` of a level."""
    found: Mapping[str, Any] = next(row for row in record["levels"] if row["name"] == name)
    return found


def bound_for(record: Record, runs: Iterable[Record], name: str) -> int | None:
    """The best bound of a level that any of some runs of one instance has proven for rosters like this one: a bound holds for
    those that miss no more at the earlier levels than the roster it was claimed for. None where nobody has."""
    earlier = LEVEL_NAMES[: LEVEL_NAMES.index(name)]

    def holds(run: Record) -> bool:
        return all(level_of(record, lower)["value"] <= level_of(run, lower)["value"] for lower in earlier)

    bounds = (level_of(run, name)["bound"] for run in runs if holds(run))
    return max((bound for bound in bounds if bound is not None), default=None)


def gap(record: Record, name: str, bound: int | None) -> float | None:
    """(value − bound) / required; at the quality level, which requires nothing, a share of the value."""
    if bound is None:
        return None
    level = level_of(record, name)
    return float((level["value"] - bound) / max(1, level["required"] or level["value"]))
