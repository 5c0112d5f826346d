"""How time and memory grow with the number of people: one row per size, and a power law a · n^b through each figure."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.bounds import Record, gap, level_of
from benchmarks.groups import GROUPS
from scheduler.vocabulary.constraints import COVERAGE_LEVELS

NAMES = tuple(level.code for level in COVERAGE_LEVELS)
FEWEST_SIZES = 3
"""Sizes that a fit needs: a line goes through any two."""


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """``factor`` · n^``exponent``."""

    factor: float
    exponent: float

    def at(self, people: float) -> float:
        return float(self.factor * people**self.exponent)


def power_law(points: Iterable[tuple[int, float]]) -> PowerLaw | None:
    """Least squares in the logarithms of (people, amount); None for too few sizes. Zero has no logarithm: left out."""
    known = [(people, amount) for people, amount in points if amount > 0]
    if len({people for people, _ in known}) < FEWEST_SIZES:
        return None
    sizes, amounts = np.log(np.array(known, dtype=np.float64)).T
    exponent, logarithm = np.polyfit(sizes, amounts, 1)
    return PowerLaw(float(np.exp(logarithm)), float(exponent))


def _bounds_s(record: Record) -> float | None:
    """When the proof had been through the three coverage levels. None where the limit cut it off."""
    found: float | None = record.get("proof_s")
    return found


FIGURES: Mapping[str, Callable[[Record], float | None]] = {
    "build s": lambda record: record["build_s"],
    "first roster s": lambda record: record["first_roster_s"],
    "bounds s": _bounds_s,
    "peak MB": lambda record: record["peak_memory_mb"],
}
"""What is followed over the sizes; seconds end in s."""


@dataclass(frozen=True, slots=True)
class Size:
    """Medians over the seeds of one instance; ``gaps`` by coverage level after the limit. None where no run has the figure."""

    instance: str
    people: int
    runs: int
    figures: Mapping[str, float | None]
    gaps: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Growth:
    """The sizes measured with one time limit by one commit on one machine, the smallest first; ``last`` is a record of them."""

    seconds: float
    sizes: tuple[Size, ...]
    last: Record

    def points(self, figure: str) -> list[tuple[int, float]]:
        return [(size.people, amount) for size in self.sizes if (amount := size.figures[figure]) is not None]

    def fit(self, figure: str) -> PowerLaw | None:
        return power_law(self.points(figure))


def growths(records: Iterable[Record]) -> list[Growth]:
    """What the runs of our method on the group ``growth`` say, where they are enough for a fit."""
    group = {(case.instance, case.strategy) for case in GROUPS["growth"]}
    series: dict[tuple[float, str, str, int], dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        ours = record["kind"] == "solve" and record["method"] == "ours" and "people" in record
        if ours and (record["instance"], record["strategy"]) in group:
            machine = record["machine"]
            key = (record["time_limit_s"], record["commit"], machine["processor"], machine["cores"])
            series[key][record["instance"]].append(record)
    return [_growth(key[0], found) for key, found in series.items() if len(found) >= FEWEST_SIZES]


def _growth(seconds: float, by_instance: Mapping[str, Sequence[Record]]) -> Growth:
    sizes = sorted(map(_size, by_instance.values()), key=lambda size: size.people)
    last = max((runs[-1] for runs in by_instance.values()), key=lambda record: str(record["when"]))
    return Growth(seconds, tuple(sizes), last)


def _size(runs: Sequence[Record]) -> Size:
    return Size(
        runs[0]["instance"],
        runs[0]["people"],
        len(runs),
        {name: _median(map(figure, runs)) for name, figure in FIGURES.items()},
        {name: _median(gap(run, name, level_of(run, name)["bound"]) for run in runs) for name in NAMES},
    )


def _median(values: Iterable[float | None]) -> float | None:
    """None as soon as one seed has no figure."""
    found = list(values)
    known = [value for value in found if value is not None]
    return statistics.median(known) if len(known) == len(found) else None
