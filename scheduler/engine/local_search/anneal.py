"""Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over one component: coverage and quality in one price.

Small moves, half a million a second, from a temperature at which a lost hour of a target is easily forgiven down to one at which
no wish is. The roster that counts is the best one met, level by level, not the one in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.engine.compiled import compiled, compiled_part
from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import NEVER, Flag
from scheduler.engine.lines.models import LineModels
from scheduler.engine.lines.stack import Lines, stack
from scheduler.engine.local_search.change import MoveBuffer, attempt, settle
from scheduler.engine.local_search.move_tables import (
    HEADS,
    LEADING,
    LINES,
    PARTED,
    WRONG,
    MoveTables,
    PostPreferences,
    SearchState,
    choices,
    lay_out,
    nobody_on,
    preferences,
)
from scheduler.engine.local_search.proposals import (
    CHANGE,
    EXCHANGE,
    FILL,
    FILL_TOGETHER,
    GIVE_BACK,
    JOIN,
    RESTORE,
    ROUND,
    TOGETHER,
    TWO_CHANGES,
    TWO_DAYS,
    propose,
)
from scheduler.vocabulary.constraints import Level

PRICES = {Level.POLICE_MINIMUM: 200, Level.NON_POLICE_MINIMUM: 50, Level.TARGETS: 50}
"""Points of a minute short. A missing minute of a minimum mostly misses in a target too."""
PRICES_OF_REPAIR = {
    Level.POLICE_MINIMUM: 1500,
    Level.NON_POLICE_MINIMUM: 1500,
    Level.CHANGES_IN_NOTICE: 30_000,
    Level.TARGETS: 50,
    Level.CHANGES: 50,
}
"""The same where people go by a roster, and of a change: inside notice one is worth twenty minutes of a minimum, or ten hours of
a target; outside, ten minutes of a target, and more than most wishes."""
WRONG_PRICE, WRONG_PRICE_OF_REPAIR = 150_000, 1_500_000
"""Points of a stretch without company, of a duty beyond a quota, and of a meeting of people to keep apart."""
MIX = {
    EXCHANGE: 2, GIVE_BACK: 2, CHANGE: 2, TWO_CHANGES: 3, ROUND: 1, TOGETHER: 2, TWO_DAYS: 2, JOIN: 2, FILL: 3, FILL_TOGETHER: 3,
}  # fmt: skip
"""How often each kind of move is tried."""
MIX_OF_REPAIR = MIX | {RESTORE: 6}
"""The same where people go by a roster."""
AT_A_TIME = 20_000
"""Moves between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class AnnealTables:
    """What all moves of a pool look up."""

    board: MoveTables
    preferences: PostPreferences
    lines: Lines

    @classmethod
    def of(cls, pool: CompiledProblem, over: Flag = NEVER) -> AnnealTables:
        """Raises :class:`~scheduler.errors.OutOfTimeError` once the flag ``over[0]`` is set."""
        return cls(lay_out(pool), preferences(pool), stack(LineModels(pool, soft=True, over=over)))


class Anneal:
    """Annealing over the people ``members``."""

    def __init__(self, pool: CompiledProblem, tables: AnnealTables, members: Sequence[int], seed: int) -> None:
        self._pool = pool
        self._levels = pool.problem.leading_levels
        self._tables = tables
        self._choices = choices(pool, members)
        self._members = np.array(sorted(members), dtype=np.int64)
        self._random = np.random.default_rng(seed)
        self._draft = MoveBuffer.blank(tables.board, tables.lines)
        repair = bool(given_lines(pool).levels)
        mix = MIX_OF_REPAIR if repair else MIX
        weights = np.array([mix[kind] for kind in range(len(mix))], dtype=float)
        self._mix = weights.cumsum() / weights.sum()
        prices, wrong = (PRICES_OF_REPAIR, WRONG_PRICE_OF_REPAIR) if repair else (PRICES, WRONG_PRICE)
        self._weight = np.array([*(prices[level] for level in self._levels), wrong], dtype=np.int64)
        self._compile()

    def _compile(self) -> None:
        """No move at all, so that nothing is compiled when searches already compete for time."""
        nobody = np.full((len(self._pool.people), self._pool.days), -1, dtype=np.int64)
        position = self.position(self._incumbent(nobody, nobody))
        self.move(position, 1.0, 0, nobody.copy(), nobody.copy(), np.zeros(len(self._levels) + 1, dtype=np.int64))

    def position(self, incumbent: Incumbent) -> SearchState:
        """A roster on the board, counted anew."""
        tables = self._tables
        position = nobody_on(tables.board, HeadCount(self._pool), incumbent.shift.shape)
        settle(tables.board, tables.preferences, tables.lines, position, incumbent.shift, incumbent.spot, self._draft)
        return position

    def run(
        self, start: Incumbent, best: Incumbent, temperature: Callable[[int], float | None]
    ) -> tuple[Incumbent, Incumbent]:
        """Anneal from ``start`` until ``temperature(moves so far)`` is None.

        Returns the best legal roster met, ``best`` if none was better, and the last one, if that is legal, else the best again.
        """
        position = self.position(start)
        shift, spot = best.shift.copy(), best.spot.copy()
        found = np.array([*best.leading, best.quality], dtype=np.int64)
        before = found.copy()
        moves = 0
        while (degrees := temperature(moves)) is not None:
            self.move(position, degrees, AT_A_TIME, shift, spot, found)
            moves += AT_A_TIME
        if (found != before).any():
            best = self._incumbent(shift, spot)
        if position.total[WRONG] > 0:
            return best, best
        return best, self._incumbent(position.shift, position.spot)

    def _incumbent(self, shift: Ints, spot: Ints) -> Incumbent:
        """Counted anew: moves are not taken at their word."""
        return Incumbent.of(self._pool, HeadCount(self._pool), shift, spot)

    def move(self, position: SearchState, temperature: float, moves: int, shift: Ints, spot: Ints, found: Ints) -> None:
        """So many moves on a position. A legal roster better than ``found``, its leading levels and quality, is written to
        ``shift``, ``spot`` and ``found``."""
        tables, seed = self._tables, int(self._random.integers(1 << 31))
        anneal(
            self._choices, tables.board, tables.preferences, tables.lines, position, self._draft, self._members, self._mix,
            self._weight, temperature, moves, seed, shift, spot, found,
        )  # fmt: skip


@compiled
def anneal(  # type: ignore[no-untyped-def]
    choices,
    board,
    preferences,
    lines,
    position,
    draft,
    members,
    mix,
    weight,
    temperature,
    moves,
    seed,
    shift,
    spot,
    best,
):
    """See :meth:`Anneal.move`; ``mix`` are the cumulated shares of the kinds of moves."""
    np.random.seed(seed)
    for _ in range(moves):
        kind, dice = 0, np.random.random()
        while dice >= mix[kind]:
            kind += 1
        person = members[np.random.randint(members.size)]
        count = propose(choices, position.heads, position.shift, position.spot, draft, kind, person)
        # A move of Δ points is taken with probability exp(−Δ / temperature): draw the worst that is still taken.
        most = np.int64(-temperature * np.log(1.0 - np.random.random()))
        if count == 0 or not attempt(board, preferences, lines, position, draft, count, weight, most):
            continue
        if position.total[WRONG] == 0 and _better(position.total, best):
            _keep(position, shift, spot, best)


@compiled_part
def _keep(position, shift, spot, best):  # type: ignore[no-untyped-def]
    # By hand: numba takes seconds to compile the assignment of whole arrays.
    now_shift, now_spot = position.shift, position.spot
    for person in range(shift.shape[0]):
        for day in range(shift.shape[1]):
            shift[person, day], spot[person, day] = now_shift[person, day], now_spot[person, day]
    for level in range(best.size - 1):
        best[level] = position.total[LEADING + level]
    best[best.size - 1] = _quality(position.total)


@compiled_part
def _quality(total):  # type: ignore[no-untyped-def]
    return total[HEADS] + total[LINES] + total[PARTED]


@compiled_part
def _better(total, best):  # type: ignore[no-untyped-def]
    for level in range(best.size - 1):
        if total[LEADING + level] != best[level]:
            return total[LEADING + level] < best[level]
    return _quality(total) < best[best.size - 1]
