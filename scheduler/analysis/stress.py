"""What absences after publication leave of a roster's coverage: figures of many runs, as distributions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.analysis.reserves import Reserves
from scheduler.problem.instance import Instance
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

Ints = NDArray[np.int64]
SURE = 1.96
"""Standard errors of the mean on either side: 95 %."""
RISKIEST = 100
"""Stretches that are listed at most."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over the runs: its mean with half of the 95 % confidence interval of it, and the 5th, 50th and 95th percentile."""

    mean: float
    margin: float
    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float] | NDArray[np.float64] | Ints) -> Spread:
        figures = np.asarray(values, dtype=np.float64)
        margin = SURE * float(figures.std(ddof=1)) / math.sqrt(figures.size) if figures.size > 1 else math.inf
        low, median, high = (float(figure) for figure in np.percentile(figures, (5, 50, 95), method="inverted_cdf"))
        return cls(float(figures.mean()), margin, low, median, high)


@dataclass(frozen=True, slots=True)
class Held:
    """A level of coverage at a hotspot, or at all: person-minutes required, and the share of them that is covered, as planned and
    realised."""

    required: int
    planned: float
    realised: Spread


@dataclass(frozen=True, slots=True)
class PlaceStress:
    """``days_below`` are dates on which a minimum is missing at some moment: as planned and realised."""

    levels: Mapping[Level, Held]
    days_below_planned: int
    days_below: Spread


@dataclass(frozen=True, slots=True)
class RiskyStretch:
    """A stretch of time that has its minimum as planned; ``chance`` is the share of runs in which it has not, ``missing`` the
    heads missing then, on average."""

    hotspot: str
    role: str
    start: int
    end: int
    chance: float
    missing: float


@dataclass(frozen=True, slots=True)
class RiskyDay:
    """A day of the horizon: whether a minimum is missing somewhere on it as planned, and the share of runs in which one is."""

    day: int
    planned: bool
    chance: float


@dataclass(frozen=True, slots=True)
class Replaced:
    """Duties of a run, on average: of people who were away, and of help that did not come; of these those that nothing was
    missing without, those that a reserve took, those that somebody free took, and those that nobody could."""

    away: float
    withheld: float
    not_needed: float
    reserves: float
    called: float
    open: float


@dataclass(frozen=True, slots=True)
class EnoughReserves:
    """Police reserves that are enough: ``moments`` at 95 % of all moments, ``period`` for the whole period in 95 % of the runs.
    ``on_duty`` are the police of a pool on duty at a time, on average."""

    on_duty: Mapping[str, float]
    moments: Reserves
    period: Reserves


@dataclass(frozen=True, slots=True)
class Stress:
    """The result. ``reliability`` is None where no zone helps another; ``reserves`` where they were not asked for."""

    instance: Instance
    absence: float
    reliability: float | None
    runs: int
    seed: int
    duties: int
    places: Mapping[str, PlaceStress]
    whole: PlaceStress
    risky: tuple[RiskyStretch, ...]
    days: tuple[RiskyDay, ...]
    replaced: Replaced
    reserves: EnoughReserves | None = None

    def duties_lost(self) -> Iterator[tuple[str, float]]:
        """What becomes of duties in a run, by the fields of :class:`Replaced`; without what can be nothing but nought."""
        never = set() if self.reliability is not None else {"withheld"}
        never |= set() if self.instance.reserve_places else {"reserves"}
        for name in ("away", "withheld", "reserves", "called", "not_needed", "open"):
            if name not in never:
                yield name, getattr(self.replaced, name)


@dataclass(frozen=True, eq=False)
class Stretches:
    """Where and when heads are counted: positions in ``hotspots``, instants, and heads asked for."""

    hotspots: tuple[str, ...]
    roles: tuple[str, ...]
    police: NDArray[np.bool_]
    hotspot: Ints
    start: Ints
    end: Ints
    minimum: Ints
    target: Ints

    def asked(self, level: Level) -> Ints:
        """Heads asked for at a level, by stretch."""
        match level:
            case Level.POLICE_MINIMUM:
                return np.where(self.police, self.minimum, 0)
            case Level.NON_POLICE_MINIMUM:
                return np.where(self.police, 0, self.minimum)
            case _:
                return self.target


@dataclass
class Tally:
    """Adds up runs. ``left_out`` are hotspots whose coverage is not looked at: where reserves wait."""

    instance: Instance
    stretches: Stretches
    planned: Ints
    short: list[NDArray[np.int64]] = field(default_factory=list)
    days: list[NDArray[np.int64]] = field(default_factory=list)
    counts: list[Ints] = field(default_factory=list)

    def __post_init__(self) -> None:
        stretches = self.stretches
        self._below = np.zeros(stretches.start.size, dtype=np.int64)
        self._missing = np.zeros(stretches.start.size, dtype=np.int64)
        self._order = np.argsort(stretches.hotspot, kind="stable")
        self._first, self._spots = _starts(stretches.hotspot[self._order])
        self._touched, self._date = self._dates()
        self._dates_missed = np.zeros(self.instance.days, dtype=np.int64)

    def _dates(self) -> tuple[Ints, Ints]:
        """Positions of the stretches with a minimum, once for each date they touch, in order of hotspot and date; and these as
        one number, hotspot · days + date."""
        stretches, calendar = self.stretches, self.instance.calendar
        pairs = [
            (int(stretches.hotspot[at]) * self.instance.days + day, at)
            for at in np.flatnonzero(stretches.minimum > 0).tolist()
            for day in range(calendar.day_of(int(stretches.start[at])), calendar.day_of(int(stretches.end[at]) - 1) + 1)
            if 0 <= day < self.instance.days
        ]
        dates, touched = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
        return touched, dates

    def add(self, heads: Ints, counts: Ints) -> None:
        """Some runs: ``heads[run, stretch]`` and ``counts[run, what]``."""
        self.short.append(self._short(heads))
        dates = self._dates_below(heads)
        self.days.append(_counted(dates))
        self._dates_missed += dates.any(axis=1).sum(axis=0)
        self.counts.append(counts)
        lacking = np.maximum(self.stretches.minimum - heads, 0)
        self._below += (lacking > 0).sum(axis=0)
        self._missing += lacking.sum(axis=0)

    def _short(self, heads: Ints) -> Ints:
        """``[run, level, hotspot]``: person-minutes missing."""
        minutes = self.stretches.end - self.stretches.start
        found = np.zeros((heads.shape[0], len(COVERAGE_LEVELS), len(self.stretches.hotspots)), dtype=np.int64)
        for place, level in enumerate(COVERAGE_LEVELS):
            missing = np.maximum(self.stretches.asked(level) - heads, 0) * minutes
            if self._first.size:
                found[:, place, self._spots] = np.add.reduceat(missing[:, self._order], self._first, axis=1)
        return found

    def _dates_below(self, heads: Ints) -> NDArray[np.bool_]:
        """``[run, hotspot, day]``: whether a minimum is missing there at a moment of that date."""
        spots, days = len(self.stretches.hotspots), self.instance.days
        below = np.zeros((heads.shape[0], spots * days), dtype=bool)
        if self._touched.size:
            lacking = heads[:, self._touched] < self.stretches.minimum[self._touched]
            first, dates = _starts(self._date)
            below[:, dates] = np.logical_or.reduceat(lacking, first, axis=1)
        dates_below = below.reshape(-1, spots, days)
        dates_below[:, self._left_out] = False
        return dates_below

    @property
    def _left_out(self) -> list[int]:
        """Hotspots whose coverage is not looked at: where reserves wait."""
        places = self.instance.reserve_places
        return [at for at, code in enumerate(self.stretches.hotspots) if code in places]

    def places(self) -> tuple[Mapping[str, PlaceStress], PlaceStress]:
        """Each hotspot that anything is asked for, and all together."""
        short, days = np.concatenate(self.short), np.concatenate(self.days)
        planned = self._short(self.planned[np.newaxis])[0]
        planned_days = _counted(self._dates_below(self.planned[np.newaxis]))[0]
        minutes = self.stretches.end - self.stretches.start
        required = np.zeros(planned.shape, dtype=np.int64)
        for place, level in enumerate(COVERAGE_LEVELS):
            np.add.at(required[place], self.stretches.hotspot, self.stretches.asked(level) * minutes)

        def place_of(spots: list[int], column: int) -> PlaceStress:
            levels = {}
            for at, level in enumerate(COVERAGE_LEVELS):
                wanted = int(required[at, spots].sum())
                if wanted:
                    covered = 1 - short[:, at, spots].sum(axis=1) / wanted
                    levels[level] = Held(wanted, 1 - float(planned[at, spots].sum()) / wanted, Spread.of(covered))
            return PlaceStress(levels, int(planned_days[column]), Spread.of(days[:, column]))

        known = [at for at in range(len(self.stretches.hotspots)) if at not in self._left_out]
        found = {self.stretches.hotspots[at]: place_of([at], at) for at in known if required[:, at].any()}
        return found, place_of(known, len(self.stretches.hotspots))

    def risky(self, runs: int) -> tuple[RiskyStretch, ...]:
        """The stretches most often below a minimum that they have as planned."""
        stretches = self.stretches
        held = (self.planned >= stretches.minimum) & ~np.isin(stretches.hotspot, self._left_out)
        below = np.where(held, self._below, 0)
        order = np.lexsort((stretches.start, -(below * (stretches.end - stretches.start)), -below))
        return tuple(
            RiskyStretch(
                stretches.hotspots[stretches.hotspot[at]], stretches.roles[at],
                int(stretches.start[at]), int(stretches.end[at]),
                float(below[at]) / runs, float(self._missing[at]) / float(below[at]),
            )
            for at in order[:RISKIEST].tolist()
            if below[at]
        )  # fmt: skip

    def risky_days(self, runs: int) -> tuple[RiskyDay, ...]:
        """Every day of the horizon."""
        planned = self._dates_below(self.planned[np.newaxis])[0].any(axis=0)
        return tuple(
            RiskyDay(day, bool(planned[day]), int(missed) / runs) for day, missed in enumerate(self._dates_missed)
        )

    def replaced(self) -> Replaced:
        """What became of the duties, on average."""
        means = np.concatenate(self.counts).mean(axis=0)
        return Replaced(*(float(mean) for mean in means))


def _counted(dates: NDArray[np.bool_]) -> Ints:
    """``[run, hotspot + 1]``: how many dates are marked at each hotspot, and last at any."""
    of_any = dates.any(axis=1).sum(axis=1)
    return np.concatenate([dates.sum(axis=2), of_any[:, np.newaxis]], axis=1)


def _starts(values: Ints) -> tuple[Ints, Ints]:
    """Where each value begins in a sorted array, and the values."""
    found, first = np.unique(values, return_index=True)
    return first.astype(np.int64), found
