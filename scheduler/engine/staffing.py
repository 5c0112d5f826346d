"""The staffing stage: how many of each group work what and stand where, and what coverage nobody can beat.

Level by level, in the order of the levels: the programs of the parts (:mod:`scheduler.engine.part`) are minimised, and what
they reach at a level must hold at the next. Parts with a police minimum are solved beside the others, in two threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.constraints import COVERAGE_LEVELS, Level
from scheduler.engine.groups import Group, Grouping, PostingClass, grouping
from scheduler.engine.linear import Floats, Outcome
from scheduler.engine.part import Most, PartProgram
from scheduler.engine.pool import Ints, Pool
from scheduler.errors import ContradictionError

OnLevel = Callable[[Level, int | None, int], None]
_EFFORT = {Level.POLICE_MINIMUM: 2, Level.NON_POLICE_MINIMUM: 2, Level.TARGETS: 3}
"""Share of the time that a level of a part may take."""
_ROUNDS = 8
"""Relaxations of a level at most; two to four are usual."""
_FOR_COUNTS = 0.3
"""Share of a level's time that is kept for whole numbers."""


@dataclass(frozen=True)
class Staffing:
    """What the stage found.

    ``bounds`` are lower bounds by level; each is for rosters that are no worse than ``values`` at the levels before it (see
    :func:`bound_given` when a roster is). ``values`` are those of the head counts, None where none were found.
    ``counts[group, day, shift]`` and ``posts[class, day, shift, hotspot]`` are the head counts of the last level solved.
    """

    bounds: Mapping[Level, int]
    values: Mapping[Level, int | None]
    counts: Ints
    posts: Ints
    groups: tuple[Group, ...]
    classes: tuple[PostingClass, ...]


@dataclass
class _Track:
    """Parts that one thread works on, with what it has found so far for each."""

    programs: list[PartProgram]
    outcomes: dict[tuple[int, Level], Outcome] = field(default_factory=dict)
    columns: dict[int, Floats] = field(default_factory=dict)
    error: BaseException | None = None


class _Stage:
    """One run: the tracks, their threads and the sums over them."""

    def __init__(
        self,
        tracks: Sequence[_Track],
        most: Most | None,
        deadline: float,
        seed: int,
        on_level: OnLevel | None,
        stop: threading.Event | None,
    ) -> None:
        self._tracks = tracks
        self._most = most
        self._deadline = deadline
        self._seed = seed
        self._on_level = on_level
        self._stop = stop or threading.Event()
        self._lock = threading.Lock()

    def run(self) -> None:
        """Work until everything is proven, the deadline passes or somebody stops. A thread that a stop leaves behind ends by
        itself with the solve it is in."""
        threads = [threading.Thread(target=self._work, args=(track,), daemon=True) for track in self._tracks]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive() and not self._stop.is_set():
                thread.join(0.1)
        for track in self._tracks:
            if track.error is not None:
                raise track.error

    def _work(self, track: _Track) -> None:
        try:
            jobs = [
                (level, index)
                for level in COVERAGE_LEVELS
                for index, program in enumerate(track.programs)
                if program.wants(level)
            ]
            for position, (level, index) in enumerate(jobs):
                left = self._deadline - time.monotonic()
                if self._stop.is_set() or left <= 0.1:
                    return
                efforts = [_EFFORT[job] * track.programs[which].program.width for job, which in jobs[position:]]
                self._solve(track, level, index, left * efforts[0] / sum(efforts))
        except BaseException as error:
            track.error = error

    def _solve(self, track: _Track, level: Level, index: int, seconds: float) -> None:
        """A level of a part: sharper and sharper relaxations for a bound, then whole numbers."""
        program, until = track.programs[index], time.monotonic() + seconds
        if self._most is not None and not any(which == index for which, _ in track.outcomes):
            program.limit_hours(self._most)
        caps = {
            earlier: found.value
            for (which, earlier), found in track.outcomes.items()
            if which == index and earlier < level and found.value is not None
        }
        for _ in range(_ROUNDS):
            relaxed = program.relax(level, caps, seconds=until - time.monotonic(), seed=self._seed)
            self._note(track, level, index, Outcome(None, relaxed.bound, None, relaxed.feasible))
            late = time.monotonic() > until - seconds * _FOR_COUNTS
            if late or self._stop.is_set() or self._most is None or not program.sharpen(relaxed, self._most):
                break
        start = None if index not in track.columns else program.tidy(track.columns[index])
        left = until - time.monotonic()
        if left > 0 and not self._stop.is_set():
            self._note(track, level, index, program.solve(level, caps, seconds=left, seed=self._seed, hint=start))

    def _note(self, track: _Track, level: Level, index: int, outcome: Outcome) -> None:
        if not outcome.feasible:
            raise ContradictionError(["no roster can keep all the locks together with the hard rules"])
        with self._lock:
            known = track.outcomes.get((index, level))
            if known is not None and known.bound > outcome.bound:
                outcome = Outcome(outcome.value, known.bound, outcome.columns)
            track.outcomes[index, level] = outcome
            if outcome.columns is not None:
                track.columns[index] = outcome.columns
        if self._on_level is not None:
            self._on_level(level, self.value(level), self.bound(level))

    def bound(self, level: Level) -> int:
        """Sum over the parts; nothing for those not solved yet."""
        return sum(found.bound for track in self._tracks for (_, at), found in track.outcomes.items() if at == level)

    def value(self, level: Level) -> int | None:
        """Sum over the parts; None while one is missing."""
        total = 0
        for track in self._tracks:
            for index, program in enumerate(track.programs):
                if program.wants(level):
                    found = track.outcomes.get((index, level))
                    if found is None or found.value is None:
                        return None
                    total += found.value
        return total


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
    first = [program for program in programs if program.wants(Level.POLICE_MINIMUM)]
    others = [program for program in programs if not program.wants(Level.POLICE_MINIMUM)]
    tracks = [_Track(track) for track in (first, others) if track]
    stage = _Stage(tracks, most, deadline, seed, on_level, stop)
    stage.run()
    counts = np.zeros((len(found.groups), pool.days, len(pool.shifts)), dtype=np.int64)
    posts = np.zeros((len(found.classes), *pool.post.shape[1:]), dtype=np.int64)
    for track in tracks:
        for index, columns in track.columns.items():
            for group, work in track.programs[index].work.items():
                counts[group] = np.rint(columns[work]).astype(np.int64)
            for item, stand in track.programs[index].posts.items():
                posts[item] = np.rint(columns[stand]).astype(np.int64)
    return Staffing(
        {level: stage.bound(level) for level in COVERAGE_LEVELS},
        {level: stage.value(level) for level in COVERAGE_LEVELS},
        counts,
        posts,
        found.groups,
        found.classes,
    )


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
        for _ in range(_ROUNDS):
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
