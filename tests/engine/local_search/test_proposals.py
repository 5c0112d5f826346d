"""Every kind of move proposes what it says, and nothing that is not on the board."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.local_search.anneal import MIX, Anneal, AnnealTables
from scheduler.engine.local_search.change import MoveBuffer
from scheduler.engine.local_search.move_tables import CandidateLists, SearchState, choices
from scheduler.engine.local_search.proposals import (
    CHANGE,
    EXCHANGE,
    FILL,
    FILL_TOGETHER,
    GIVE_BACK,
    JOIN,
    ROUND,
    TOGETHER,
    TWO_CHANGES,
    TWO_DAYS,
    propose,
)
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from tests.engine.zones import built, compiled, zone

PEOPLE = {
    EXCHANGE: 2, GIVE_BACK: 2, CHANGE: 1, TWO_CHANGES: 1, ROUND: 3, TOGETHER: 2, TWO_DAYS: 2, JOIN: 1, FILL: 1, FILL_TOGETHER: 2,
}  # fmt: skip
"""How many people each kind changes."""
World = tuple[CompiledProblem, SearchState, CandidateLists, AnnealTables]


@pytest.fixture(scope="module")
def world() -> World:
    pool = compiled(zone(3, days=8, police=6, guards=4))
    _, first = built(pool)
    tables = AnnealTables.of(pool)
    everybody = range(len(pool.people))
    return pool, Anneal(pool, tables, everybody, 1).position(first), choices(pool, everybody), tables


def _proposals(world: World, kind: int, times: int = 300) -> list[MoveBuffer]:
    pool, position, given, tables = world
    drafts = []
    for number in range(times):
        draft = MoveBuffer.blank(tables.board, tables.lines)
        count = propose(given, position.heads, position.shift, position.spot, draft, kind, number % len(pool.people))
        assert count in (0, PEOPLE[kind])
        if count:
            drafts.append(MoveBuffer(*(array[:count] for array in draft[:3]), *draft[3:]))
    return drafts


def test_every_kind_is_tried() -> None:
    assert set(MIX) == set(PEOPLE) == set(range(len(PEOPLE)))
    assert all(weight > 0 for weight in MIX.values())


@pytest.mark.parametrize("kind", PEOPLE)
def test_it_is_about_different_people_and_changes_something(world: World, kind: int) -> None:
    _, position, _, _ = world
    drafts = _proposals(world, kind)
    changed = 0
    for draft in drafts:
        assert len(set(draft.who)) == PEOPLE[kind]
        assert ((draft.shift >= 0) == (draft.spot >= 0)).all()
        changed += bool(
            (draft.shift != position.shift[draft.who]).any() or (draft.spot != position.spot[draft.who]).any()
        )
    assert changed > 20


@pytest.mark.parametrize("kind", [EXCHANGE, GIVE_BACK, ROUND, TWO_DAYS])
def test_what_is_passed_round_is_neither_lost_nor_doubled(world: World, kind: int) -> None:
    _, position, _, _ = world
    for draft in _proposals(world, kind):
        for day in range(position.shift.shape[1]):
            before = Counter(zip(position.shift[draft.who, day], position.spot[draft.who, day], strict=True))
            assert Counter(zip(draft.shift[:, day], draft.spot[:, day], strict=True)) == before


def test_giving_back_often_leaves_everybody_their_hours(world: World) -> None:
    _, position, given, _ = world

    def kept(kind: int) -> int:
        days = np.arange(position.shift.shape[1])
        moved = [draft for draft in _proposals(world, kind) if (draft.shift != position.shift[draft.who]).any()]
        return sum(
            int(given.paid[days, draft.shift[0]].sum() == given.paid[days, position.shift[draft.who[0]]].sum())
            for draft in moved
        )

    assert kept(GIVE_BACK) > kept(EXCHANGE)


def test_changes_are_to_open_posts(world: World) -> None:
    pool, position, _, _ = world
    for draft in [*_proposals(world, CHANGE), *_proposals(world, TWO_CHANGES)]:
        person = draft.who[0]
        days = np.flatnonzero((draft.shift[0] != position.shift[person]) | (draft.spot[0] != position.spot[person]))
        assert len(days) <= 2
        for day in days:
            assert draft.shift[0, day] < 0 or pool.post[person, day, draft.shift[0, day], draft.spot[0, day]]


def test_those_who_move_together_stood_and_stand_together(world: World) -> None:
    _, position, _, _ = world
    for draft in _proposals(world, TOGETHER, 2000):
        a, b = draft.who
        changed = np.flatnonzero(
            (draft.shift != position.shift[draft.who]).any(axis=0)
            | (draft.spot != position.spot[draft.who]).any(axis=0)
        )
        same = (position.shift[a] == position.shift[b]) & (position.spot[a] == position.spot[b])
        assert same.any()
        for day in changed:
            assert draft.shift[0, day] == draft.shift[1, day]
            assert draft.spot[0, day] == draft.spot[1, day]


def test_who_joins_stands_where_somebody_stands(world: World) -> None:
    _, position, _, _ = world
    for draft in _proposals(world, JOIN):
        for day in np.flatnonzero(draft.shift[0] != position.shift[draft.who[0]]):
            assert draft.shift[0, day] in position.shift[:, day]


@pytest.mark.parametrize("kind", [FILL, FILL_TOGETHER])
def test_who_fills_goes_where_somebody_is_missing(world: World, kind: int) -> None:
    pool, position, _, _ = world
    for draft in _proposals(world, kind):
        missing = {
            (day, shift, interval.hotspot)
            for index, interval in enumerate(pool.intervals)
            for day, shift in interval.duties
            if any(
                requirement.level in COVERAGE_LEVELS and position.heads[index] < requirement.heads
                for requirement in interval.requirements
            )
        }
        common = None
        for person, shift, spot in zip(draft.who, draft.shift, draft.spot, strict=True):
            new = {
                (int(day), int(shift[day]), int(spot[day]))
                for day in np.flatnonzero(shift >= 0)
                if (shift[day], spot[day]) != (position.shift[person, day], position.spot[person, day])
            }
            assert len(new) <= 1
            assert len(np.flatnonzero(shift != position.shift[person])) <= 2
            common = new if common is None else common | new
        assert common is not None
        assert len(common) <= 1
        assert common <= missing


def test_where_nobody_is_missing_nothing_is_filled(world: World) -> None:
    _, position, given, tables = world
    full = position._replace(heads=np.full_like(position.heads, 99))
    for kind in (FILL, FILL_TOGETHER):
        draft = MoveBuffer.blank(tables.board, tables.lines)
        assert propose(given, full.heads, full.shift, full.spot, draft, kind, 0) == 0


def test_only_members_of_the_component_are_drawn_in(world: World) -> None:
    pool, position, _, tables = world
    members = [0, 1, 2]
    given = choices(pool, members)
    for kind in PEOPLE:
        for _ in range(100):
            draft = MoveBuffer.blank(tables.board, tables.lines)
            count = propose(given, position.heads, position.shift, position.spot, draft, kind, 0)
            assert set(draft.who[:count]) <= set(members)
