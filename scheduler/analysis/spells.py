"""Absences that begin after a roster is published: spells of days, drawn alike for every roster of the same people.

A person is away by turns: spells of :data:`MEAN_DAYS` calendar days on average, most of them short and a few long, and between
two of them days on each of which the next may begin. The chance of that is such that the person is away for the wanted share of
all days, from the first day on: on that day some spells are under way already.

What is drawn for a person, a run and a day depends on nothing but these three and the seed. So two rosters of the same people
meet the same spells, in whatever order the people stand (common random numbers), and a longer simulation repeats the shorter one.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

MEAN_DAYS = 11.8
"""Mean length of a spell in calendar days, of Belgian police (2021)."""
SPREAD = 1.47
"""Standard deviation of the logarithm of a length: with that mean, half of the spells last about four days or less. No public
source gives it."""
LONGEST = 365
"""Days that a spell lasts at most."""

BEGINS, LASTS, COMES = range(3)
"""What is drawn for a person on a day: whether a spell begins, how long it lasts, whether promised help comes."""
_STEP, _DAY, _RUN = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7
"""Odd constants of 64 bits (splitmix64, and of well-spread bits)."""


def length_shares() -> Floats:
    """``[days - 1]``: the share of spells of so many days. A lognormal law in whole days, cut at :data:`LONGEST`, whose mean is
    :data:`MEAN_DAYS`."""
    return _length_shares()


@cache
def _length_shares() -> Floats:
    low, high = 0.0, math.log(LONGEST)
    for _ in range(60):
        middle = (low + high) / 2
        shares = _lognormal(middle)
        mean = float(shares @ np.arange(1, LONGEST + 1))
        low, high = (middle, high) if mean < MEAN_DAYS else (low, middle)
    return _lognormal(low)


def _lognormal(centre: float) -> Floats:
    edges = np.arange(1, LONGEST + 1)
    below = np.array([0.5 * (1 + math.erf((math.log(edge) - centre) / (SPREAD * math.sqrt(2)))) for edge in edges])
    shares: Floats = np.diff(below, prepend=0.0)
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def draws(people: Sequence[str], runs: range, day: int, kind: int, seed: int) -> Floats:
    """``[run, person]``: figures from 0 to 1, one for each run and person, of one day and one kind."""
    keys = np.array(
        [int.from_bytes(hashlib.blake2b(f"{seed}|{one}".encode(), digest_size=8).digest()) for one in people],
        dtype=np.uint64,
    )
    numbers = np.array(runs, dtype=np.uint64)[:, np.newaxis]
    moment = np.array([(day + 1) * 4 + kind], dtype=np.uint64)
    mixed = _mix(keys[np.newaxis, :] + numbers * np.uint64(_RUN))
    mixed = _mix(mixed + moment * np.uint64(_DAY))
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finisher of splitmix64 (Steele, Lea and Flood 2014)."""
    value = value + np.uint64(_STEP)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def spells(people: Sequence[str], runs: range, days: int, share: float, seed: int) -> Bools:
    """``[run, person, day]``: who is away. ``share`` is that of all days, from 0 (nobody ever) to 1 (nobody comes)."""
    away = np.zeros((len(runs), len(people), days), dtype=bool)
    if share <= 0:
        return away
    if share >= 1:
        return ~away
    free = MEAN_DAYS * (1 - share) / share
    begins = 1 / (1 + free)
    shares = length_shares()
    lengths = shares.cumsum()
    # What is left of a spell that is under way: P(left = k) = P(length ≥ k) / mean.
    left = (shares[::-1].cumsum()[::-1] / (shares @ np.arange(1, LONGEST + 1))).cumsum()
    remaining = np.zeros(away.shape[:2], dtype=np.int64)
    for day in range(days):
        starts = draws(people, runs, day, BEGINS, seed) < (share if day == 0 else begins)
        lasting = (
            np.searchsorted(left if day == 0 else lengths, draws(people, runs, day, LASTS, seed), side="right") + 1
        )
        remaining = np.where((remaining == 0) & starts, np.minimum(lasting, LONGEST), remaining)
        away[:, :, day] = remaining > 0
        remaining -= remaining > 0
    return away


def help_comes(people: Sequence[str], runs: range, days: int, reliability: float, seed: int) -> Bools:
    """``[run, person, day]``: whether the help of a person would come to another zone on a day."""
    drawn = [draws(people, runs, day, COMES, seed) < reliability for day in range(days)]
    return np.stack(drawn, axis=2) if drawn else np.ones((len(runs), len(people), 0), dtype=bool)
