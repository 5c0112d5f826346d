"""The staffing stage: how many of each group work what and stand where, and what coverage nobody can beat.

First bounds, level by level: the programs of the parts (:mod:`scheduler.engine.part`) without integrality, with cuts from the
exact lines of work until no cut is found. Then head counts in whole numbers, level by level, what is reached at a level being
kept at the next. Parts with a police minimum are solved beside the others, in two threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.groups import Group, Grouping, PostingClass, grouping
from scheduler.engine.linear import Floats
from scheduler.engine.part import Most, PartProgram
from scheduler.engine.pool import Ints, Pool
from scheduler.engine.promise import Promise, Promises
from scheduler.errors import ContradictionError

OnLevel = Callable[[Level, int | None, int], None]
_EFFORT = {Level.POLICE_MINIMUM: 2, Level.NON_POLICE_MINIMUM: 2, Level.TARGETS: 3}
"""Share of the time that a level of a part may take."""
ROUNDS = 8
"""Relaxations of a level at most; two to four are usual."""


@dataclass(frozen=True)
class Staffing:
    """What the stage found.

    ``promises`` bound a level whatever the earlier levels are; ``bounds`` are those for rosters that reach the bounds of
    the earlier levels. ``values`` are those of the head counts, None where none were found. ``counts[group, day, shift]``
    and ``posts[class, day, shift, hotspot]`` are the head counts of the last level solved.
    """

    promises: Promises
    bounds: Mapping[Level, int]
    values: Mapping[Level, int | None]
    counts: Ints
    posts: Ints
    groups: tuple[Group, ...]
    classes: tuple[PostingClass, ...]


@dataclass
class _Run:
    """A part's program and what is known so far."""

    program: PartProgram
    promises: dict[Level, Promise] = field(default_factory=dict)
    values: dict[Level, int] = field(default_factory=dict)
    columns: Floats | None = None


class _Stage:
    """One run: its threads, each with the parts it works on, and the sums over all parts."""

    def __init__(
        self,
        runs: Sequence[_Run],
        most: Most | None,
        deadline: float,
        seed: int,
        on_level: OnLevel | None,
        stop: threading.Event | None,
    ) -> None:
        self._runs = runs
        self._most = most
        self._deadline = deadline
        self._seed = seed
        self._on_level = on_level
        self._stop = stop or threading.Event()
        self._lock = threading.Lock()
        self._error: BaseException | None = None

    def run(self) -> None:
        """Work until everything is proven, the deadline passes or somebody stops. A thread that a stop leaves behind ends by
        itself with the solve it is in."""
        first = [run for run in self._runs if run.program.wants(Level.POLICE_MINIMUM)]
        others = [run for run in self._runs if not run.program.wants(Level.POLICE_MINIMUM)]
        threads = [
            threading.Thread(target=self._work, args=(track,), daemon=True) for track in (first, others) if track
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive() and not self._stop.is_set():
                thread.join(0.1)
        if self._error is not None:
            raise self._error

    def _work(self, runs: Sequence[_Run]) -> None:
        jobs = [(level, run) for level in COVERAGE_LEVELS for run in runs if run.program.wants(level)]
        try:
            for step in (self._bound, self._count):
                for position, (level, run) in enumerate(jobs):
                    left = self._deadline - time.monotonic()
                    if self._stop.is_set() or left <= 0.1:
                        return
                    efforts = [_EFFORT[at] * other.program.program.width for at, other in jobs[position:]]
                    step(run, level, left * efforts[0] / sum(efforts))
        except BaseException as error:  # handed over to the thread that waits
            self._error = error

    def _bound(self, run: _Run, level: Level, seconds: float) -> None:
        """Sharper and sharper relaxations of a level of a part."""
        program, until = run.program, time.monotonic() + seconds
        if self._most is not None and not run.promises:
            program.limit_hours(self._most)
        caps = {earlier: promise.base for earlier, promise in run.promises.items() if earlier < level}
        for _ in range(ROUNDS):
            relaxed = program.relax(level, caps, seconds=until - time.monotonic(), seed=self._seed)
            if not relaxed.feasible:
                if caps:
                    return  # Cuts of this level have raised an earlier one: what was promised before stays.
                raise ContradictionError(["no roster can keep all the locks together with the hard rules"])
            self._promise(run, level, program.promise(level, caps, relaxed))
            if time.monotonic() > until or self._stop.is_set() or self._most is None:
                return
            if not program.sharpen(relaxed, self._most):
                return

    def _count(self, run: _Run, level: Level, seconds: float) -> None:
        """Head counts of a level of a part, in whole numbers."""
        program = run.program
        caps = {earlier: value for earlier, value in run.values.items() if earlier < level}
        start = None if run.columns is None else program.tidy(run.columns)
        outcome = program.solve(level, caps, seconds=seconds, seed=self._seed, hint=start)
        if not outcome.feasible:
            raise ContradictionError(["no roster can keep all the locks together with the hard rules"])
        if outcome.value is not None and outcome.columns is not None:
            with self._lock:
                run.values[level] = outcome.value
                run.columns = outcome.columns
        known = run.promises.get(level)
        if not caps:
            self._promise(run, level, Promise(float(outcome.bound), 1 if known is None else known.step))
        elif known is not None:
            self._promise(run, level, known)

    def _promise(self, run: _Run, level: Level, promise: Promise) -> None:
        with self._lock:
            known = run.promises.get(level)
            if known is None or promise.base > known.base:
                run.promises[level] = promise
            value, bound = self.value(level), self.promises.bound(level)
        if self._on_level is not None:
            self._on_level(level, value, bound)

    @property
    def promises(self) -> Promises:
        return Promises([dict(run.promises) for run in self._runs])

    def value(self, level: Level) -> int | None:
        """Sum over the parts; None while one is missing."""
        found = [run.values.get(level) for run in self._runs if run.program.wants(level)]
        known = [value for value in found if value is not None]
        return sum(known) if len(known) == len(found) else None


def staff(
    pool: Pool,
    *,
    most: Most | None,
    deadline: float,
    seed: int = 0,
    on_level: OnLevel | None = None,
    stop: threading.Event | None = None,
) -> Staffing:
    """Bounds of the coverage levels, and head counts that reach them.

    ``most`` is the exact answer about one person's lines (see :data:`~scheduler.engine.part.Most`); without it the bounds are
    valid but weaker. ``deadline`` is an instant of :func:`time.monotonic`. ``on_level(level, value or None, bound)`` is
    called, from other threads, whenever a level is known better. Raises :class:`ContradictionError` when no roster can keep
    all the locks.
    """
    found, programs = _compile(pool)
    runs = [_Run(program) for program in programs]
    stage = _Stage(runs, most, deadline, seed, on_level, stop)
    stage.run()
    counts = np.zeros((len(found.groups), pool.days, len(pool.shifts)), dtype=np.int64)
    posts = np.zeros((len(found.classes), *pool.post.shape[1:]), dtype=np.int64)
    for run in runs:
        columns = run.columns
        if columns is not None:
            for group, work in run.program.work.items():
                counts[group] = np.rint(columns[work]).astype(np.int64)
            for item, stand in run.program.posts.items():
                posts[item] = np.rint(columns[stand]).astype(np.int64)
    promises = stage.promises
    bounds = {level: promises.bound(level) for level in COVERAGE_LEVELS}
    values = {level: stage.value(level) for level in COVERAGE_LEVELS}
    return Staffing(promises, bounds, values, counts, posts, found.groups, found.classes)


def bound_given(
    pool: Pool, caps: Mapping[Level, int], level: Level, *, most: Most | None, deadline: float, seed: int = 0
) -> int:
    """A lower bound of a level among all rosters whose earlier levels are at most ``caps``; to be used when an earlier level
    is not proven. 0 when there is no such roster."""
    _, programs = _compile(pool)
    earlier = {other: value for other, value in caps.items() if other < level}
    wanting = [program for program in programs if program.wants(level)]
    total = 0
    for position, program in enumerate(wanting):
        until = time.monotonic() + max(0.1, (deadline - time.monotonic()) / (len(wanting) - position))
        best = 0
        for _ in range(ROUNDS):
            relaxed = program.relax(level, earlier, seconds=until - time.monotonic(), seed=seed)
            best = max(best, relaxed.bound)
            if most is None or time.monotonic() > until or not program.sharpen(relaxed, most):
                break
        left = until - time.monotonic()
        total += max(best, program.solve(level, earlier, seconds=left, seed=seed).bound if left > 0 else 0)
    return total


def _compile(pool: Pool) -> tuple[Grouping, list[PartProgram]]:
    found = grouping(pool)
    return found, [PartProgram(pool, found, part) for part in found.parts]
