"""The levels as one weighted sum, for methods that know only one objective."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.vocabulary.constraints import Level

WEIGHTS = {Level.POLICE_MINIMUM: 1000, Level.NON_POLICE_MINIMUM: 1000, Level.TARGETS: 100, Level.QUALITY: 1}
"""Far enough apart that none pays for the next in practice; in theory one could."""
WEIGHTED = "weighted"
"""The name of the sum, beside those of the levels."""


def weighted(values: Mapping[Level, int]) -> int:
    """The weighted sum of a roster's levels."""
    return sum(weight * values[level] for level, weight in WEIGHTS.items())
