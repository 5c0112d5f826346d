"""Everything a move looks up, and the roster it changes, as plain arrays for compiled code.

A :class:`MoveTables` never changes: who may stand where, which intervals and stretches of company a post counts in, what standing
there pleases. A :class:`SearchState` is one roster on it with its running totals, so that a move only counts what it changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.given_lines import given_lines
from scheduler.engine.headcount import HeadCount, incidence
from scheduler.engine.post_preferences import Preferences
from scheduler.engine.shared_limits import shared_limits
from scheduler.vocabulary.constraints import Apart, Level

HEADS, WRONG, LINES, PARTED, LEADING = range(5)
"""Positions in :attr:`SearchState.total`: points of heads missing or too many; stretches without
company, duties beyond a quota and meetings of people to keep apart; points of lines and posts; points of partners apart."""


Rows = tuple[Ints, Ints]
"""Rows of different length: row ``i`` is ``items[start[i]:start[i + 1]]``, as (start, items)."""


class CandidateLists(NamedTuple):
    """What a move may propose. A row of :data:`Rows` is spread over two fields: compiled code passes flat tuples much faster."""

    open_start: Ints
    open: Ints
    """Per person · days + day: the open posts as shift · hotspots + hotspot."""
    interchangeable_start: Ints
    interchangeable: Ints
    """Per person: those who count alike and share a hotspot."""
    neighbours_start: Ints
    neighbours: Ints
    """Per person: those of the same component who share a hotspot."""
    intervals: Ints
    """Where coverage is asked and the component can give it; the next fields have a row for each."""
    wanted: Ints
    """Heads below which such an interval is short."""
    slot_start: Ints
    slot: Ints
    """Per such interval: the slots that count in it."""
    eligible_start: Ints
    eligible: Ints
    """Per such interval: who of the component may stand there."""
    paid: Ints
    """``[day, shift]``; the last column, which −1 means, is a free day."""
    spots: int
    given_shift: Ints
    given_spot: Ints
    """``[person, day]``: what a move may go back to."""


class MoveTables(NamedTuple):
    """Where a post counts. A *slot* is (day · shifts + shift) · hotspots + hotspot."""

    post: Bools
    """``[person, day, shift, hotspot]``: may stand there."""
    member: Bools
    """``[staff_set, person]``."""
    interval_start: Ints
    interval: Ints
    """Per slot."""
    interval_staff_set: Ints
    minutes: Ints
    requirement_start: Ints
    """Per interval, positions in the next three."""
    requirement_level: Ints
    """Its position in :attr:`SearchState.total`."""
    requirement_heads: Ints
    requirement_weight: Ints
    requirement_above: Bools
    requirement_limit: Ints
    """Which of the next the heads missing count against; −1: none."""
    limit_most: Ints
    limit_cost: Ints
    co_presence_start: Ints
    co_presence: Ints
    """Per slot."""
    co_presence_of: Ints
    co_presence_by: Ints
    co_presence_least: Ints
    co_presence_per: Ints
    """Dependents for each of whom, started, there is a companion; 0: none."""
    co_presence_fixed: Ints
    """Dependents of history."""
    quota_start: Ints
    quota: Ints
    """Per person · hotspots + hotspot: against which a duty counts."""
    quota_most: Ints
    incompatible_start: Ints
    incompatible: Ints
    """Per person: whom they must not meet."""
    start: Ints
    end: Ints
    change_level: Ints
    """Positions in :attr:`SearchState.total` of the levels that count changes; one row each of:"""
    change_cost: Ints
    """``[level, person, day, choice]`` (0: free, shift + 1), paid where the next two say something else."""
    given_shift: Ints
    given_spot: Ints


class PostPreferences(NamedTuple):
    """What standing somewhere pleases, in points."""

    dislike: Ints
    """``[person, hotspot]`` of a duty there."""
    variety: Ints
    """Per person, of each hotspot beyond the first."""
    pair_start: Ints
    partner: Ints
    """Per person: their partners."""
    parted_cost: Ints
    counted: Bools
    """``[pair, day]``: whether being apart that day counts."""


class SearchState(NamedTuple):
    """A roster on a board; ``shift[person, day]`` and ``spot[person, day]``, −1 on a free day."""

    shift: Ints
    spot: Ints
    heads: Ints
    """Per interval."""
    dependent_heads: Ints
    companion_heads: Ints
    """Per stretch of company: who needs it, who gives it."""
    used: Ints
    """Per quota: duties that count."""
    missing: Ints
    """Per shortage limit: person-minutes that count."""
    points: Ints
    """Of each person's line and posts."""
    total: Ints
    """:data:`HEADS`, :data:`WRONG`, :data:`LINES`, :data:`PARTED`; from :data:`LEADING` on the values of
    the leading levels."""

    @property
    def quality(self) -> int:
        """Points of the quality level."""
        return int(self.total[HEADS] + self.total[LINES] + self.total[PARTED])


def nobody_on(board: MoveTables, heads: HeadCount, shape: tuple[int, ...]) -> SearchState:
    """The roster in which nobody has a duty, ``shape`` being people and days; its head counts are those of ``heads``."""
    state = SearchState(
        np.full(shape, -1, dtype=np.int64),
        np.full(shape, -1, dtype=np.int64),
        heads.heads,
        heads.dependent_heads,
        heads.companion_heads,
        np.zeros_like(board.quota_most),
        heads.missing(),
        np.zeros(shape[0], dtype=np.int64),
        np.zeros(LEADING + len(heads.values()), dtype=np.int64),
    )
    state.total[LEADING:] = list(heads.values().values())
    state.total[HEADS], state.total[WRONG] = heads.points(), heads.stretches_alone()
    return state


def rows(listed: Iterable[Sequence[int] | Ints]) -> Rows:
    """Rows of different length, in two arrays."""
    kept = [np.asarray(row, dtype=np.int64) for row in listed]
    start = np.cumsum([0, *(len(row) for row in kept)], dtype=np.int64)
    return start, np.concatenate([np.zeros(0, dtype=np.int64), *kept], dtype=np.int64)


def true_rows(table: Bools) -> Rows:
    """The columns that are true in each row of a table."""
    return np.cumsum([0, *table.sum(axis=1)], dtype=np.int64), np.nonzero(table)[1].astype(np.int64)


def lay_out(pool: CompiledProblem) -> MoveTables:
    """The board of a pool."""
    at = incidence(pool)
    levels = {level: LEADING + place for place, level in enumerate(pool.problem.leading_levels)} | {
        Level.QUALITY: HEADS
    }
    shared = shared_limits(pool)
    requirements = [
        (
            levels[requirement.level], requirement.heads, requirement.weight, requirement.above,
            requirement.limit,
        )
        for interval in pool.intervals
        for requirement in interval.requirements
    ]  # fmt: skip
    level, wanted, weight, above, limit = np.array(requirements, dtype=np.int64).reshape(-1, 5).T.copy()
    quota_start, quota = true_rows(
        np.moveaxis(shared.counted, 0, 2).reshape(len(pool.people) * len(pool.hotspots), len(shared.most))
    )
    incompatibles: dict[int, list[int]] = defaultdict(list)
    for apart in pool.problem.all(Apart):
        a, b = pool.person[apart.person], pool.person[apart.other]
        incompatibles[a].append(b)
        incompatibles[b].append(a)
    interval_start, interval = rows(at.intervals_of_slot)
    co_presence_start, co_presence = rows(at.co_presences_of_slot)
    incompatible_start, incompatible = rows(incompatibles[person] for person in range(len(pool.people)))
    given = given_lines(pool)
    return MoveTables(
        post=pool.post,
        member=at.members,
        interval_start=interval_start,
        interval=interval,
        interval_staff_set=at.interval_staff_set,
        minutes=at.minutes,
        requirement_start=np.cumsum([0, *(len(interval.requirements) for interval in pool.intervals)], dtype=np.int64),
        requirement_level=level,
        requirement_heads=wanted,
        requirement_weight=weight,
        requirement_above=above.astype(bool),
        requirement_limit=limit,
        limit_most=np.array([item.most for item in shared.shortages], dtype=np.int64),
        limit_cost=np.array([item.cost for item in shared.shortages], dtype=np.int64),
        co_presence_start=co_presence_start,
        co_presence=co_presence,
        co_presence_of=at.dependents,
        co_presence_by=at.companions,
        co_presence_least=at.least,
        co_presence_per=at.per,
        co_presence_fixed=at.fixed_dependents,
        quota_start=quota_start,
        quota=quota,
        quota_most=shared.most,
        incompatible_start=incompatible_start,
        incompatible=incompatible,
        start=pool.start,
        end=pool.end,
        change_level=np.array([levels[level] for level in given.levels], dtype=np.int64),
        change_cost=given.cost,
        given_shift=given.shift,
        given_spot=given.spot,
    )


def choices(pool: CompiledProblem, members: Sequence[int]) -> CandidateLists:
    """What the people ``members`` may do, alone or with each other."""
    people = np.array(sorted(members), dtype=np.int64)
    member = incidence(pool).members[:, people]
    posts = np.zeros((len(pool.people), pool.days, len(pool.shifts) * len(pool.hotspots)), dtype=bool)
    posts[people] = pool.post[people].reshape(people.size, pool.days, -1)
    reach = pool.reach[people].astype(np.int64)
    neighbours = np.zeros((len(pool.people), len(pool.people)), dtype=bool)
    neighbours[np.ix_(people, people)] = (reach @ reach.T > 0) & ~np.eye(people.size, dtype=bool)
    interchangeable = neighbours.copy()
    interchangeable[np.ix_(people, people)] &= (member[:, :, None] == member[:, None, :]).all(axis=0)
    paid = np.hstack([pool.paid, np.zeros((pool.days, 1), dtype=np.int64)])
    return CandidateLists(
        *true_rows(posts.reshape(-1, posts.shape[2])),
        *true_rows(interchangeable),
        *true_rows(neighbours),
        *_vacancies(pool, people),
        paid,
        len(pool.hotspots),
        given_lines(pool).shift,
        given_lines(pool).spot,
    )


def _vacancies(pool: CompiledProblem, people: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """The fields of :class:`CandidateLists` from ``intervals`` to ``eligible``, for some people."""
    intervals, wanted, slots, eligibles = [], [], [], []
    shifts, spots = len(pool.shifts), len(pool.hotspots)
    staff_set_here = [people[member[people]] for member in pool.staff_sets]
    for index, interval in enumerate(pool.intervals):
        most = max((requirement.heads for requirement in interval.requirements if not requirement.above), default=0)
        days, codes = np.array(interval.duties, dtype=np.int64).reshape(-1, 2).T
        staff_set = staff_set_here[interval.staff_set]
        able = staff_set[pool.post[staff_set[:, None], days, codes, interval.hotspot].any(axis=1)]
        if most > 0 and able.size:
            intervals.append(index)
            wanted.append(most)
            slots.append((days * shifts + codes) * spots + interval.hotspot)
            eligibles.append(able)
    return np.array(intervals, dtype=np.int64), np.array(wanted, dtype=np.int64), *rows(slots), *rows(eligibles)


def preferences(pool: CompiledProblem) -> PostPreferences:
    """Own hotspots, few different ones, and partners."""
    preferences = Preferences(pool)
    found: dict[int, list[tuple[int, int, Bools]]] = defaultdict(list)
    for a, b, cost, days in preferences.pairs:
        on = np.zeros(pool.days, dtype=bool)
        on[days] = True
        found[a].append((b, cost, on))
        found[b].append((a, cost, on))
    every = [pair for person in range(len(pool.people)) for pair in found[person]]
    start, partner = rows([partner for partner, _, _ in found[person]] for person in range(len(pool.people)))
    costs = np.array([cost for _, cost, _ in every], dtype=np.int64)
    counted = np.array([on for _, _, on in every], dtype=bool).reshape(-1, pool.days)
    return PostPreferences(preferences.dislike, preferences.variety, start, partner, costs, counted)
