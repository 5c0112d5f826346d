"""Running totals against the reference score: after thousands of moves, made and undone, nothing has drifted."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.compiled import LIMIT
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.local_search.anneal import WRONG_PRICE, Anneal, AnnealTables
from scheduler.engine.local_search.change import MoveBuffer, attempt, price
from scheduler.engine.local_search.move_tables import LEADING, WRONG, SearchState
from scheduler.problem.facts import Pair
from scheduler.vocabulary.constraints import LEVELS
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import contract, demand, hotspot, lines, make, past, person, shift
from tests.engine.zones import built, compiled, led, zone

WEIGHT = np.array([400, 50, 50, WRONG_PRICE], dtype=np.int64)


def _agrees(pool: CompiledProblem, position: SearchState) -> None:
    """What a position says of itself is what the score says of its roster."""
    found = evaluate(pool.problem, pool.roster(position.shift, position.spot))
    levels = [found.levels[level] for level in LEVELS]
    assert [*position.total[LEADING:], position.quality] == levels
    assert (position.total[WRONG] > 0) == bool(found.broken)


@pytest.mark.parametrize(
    ("seed", "short_cost"), [*((seed, 0) for seed in range(16)), *((seed, 3) for seed in range(4))]
)
def test_totals_are_those_of_the_score_before_and_after_many_moves(seed: int, short_cost: int) -> None:
    _drift_nowhere(compiled(zone(seed, days=6, police=5, guards=3, short_cost=short_cost)), seed)


@pytest.mark.parametrize("seed", range(8))
def test_totals_count_who_lacks_a_holder_of_a_role(seed: int) -> None:
    _drift_nowhere(compiled(led(zone(seed, days=6, police=6, guards=2), 2 + seed % 2)), seed)


def _drift_nowhere(pool: CompiledProblem, seed: int) -> None:
    _, first = built(pool, seed)
    anneal = Anneal(pool, AnnealTables.of(pool), range(len(pool.people)), seed)
    _agrees(pool, anneal.position(first))
    position = anneal.position(first)
    shift, spot, found = first.shift.copy(), first.spot.copy(), np.array([*first.leading, first.quality])
    for hot in (200_000.0, 20_000.0, 1_000.0):
        anneal.move(position, hot, 3_000, shift, spot, found)
        assert (position.shift != first.shift).any()
        _agrees(pool, position)
    best = Incumbent.of(pool, HeadCount(pool), shift, spot)
    assert best.legal
    assert [*best.leading, best.quality] == list(found)


def _draft(tables: AnnealTables, position: SearchState, *people: int) -> MoveBuffer:
    draft = MoveBuffer.blank(tables.board, tables.lines)
    for i, one in enumerate(people):
        draft.who[i], draft.shift[i], draft.spot[i] = one, position.shift[one], position.spot[one]
    return draft


def _ready(pool: CompiledProblem, **codes: str) -> tuple[AnnealTables, SearchState]:
    tables = AnnealTables.of(pool)
    anneal = Anneal(pool, tables, range(len(pool.people)), 1)
    shift, spot = pool.arrays(lines(**codes))
    return tables, anneal.position(Incumbent.of(pool, HeadCount(pool), shift, spot))


def _make(tables: AnnealTables, position: SearchState, draft: MoveBuffer, count: int, most: int = LIMIT) -> bool:
    return bool(attempt(tables.board, tables.preferences, tables.lines, position, draft, count, WEIGHT, most))


def test_a_move_that_is_refused_leaves_everything_as_it_was() -> None:
    pool = compiled(make(4, people=3, demand=(demand(minimum=2),), contracts=(contract(min_together=2),)))
    tables, position = _ready(pool, P1="EE..", P2="EE..", P3="....")
    before = [np.copy(array) for array in position]
    draft = _draft(tables, position, 0, 2)
    draft.shift[0, 0] = draft.spot[0, 0] = -1
    draft.shift[1, 3], draft.spot[1, 3] = 0, 0
    assert not _make(tables, position, draft, 2, most=-1_000_000_000)
    for was, array in zip(before, position, strict=True):
        assert (was == array).all()
    assert _make(tables, position, draft, 2)
    _agrees(pool, position)
    assert position.total[WRONG] > 0


def test_an_illegal_line_or_a_closed_post_is_never_taken() -> None:
    """A late duty before an early one breaks daily rest; MIDI is not open to anybody."""
    pool = compiled(make(2, people=[person(hotspots=("HAL",))], hotspots=(hotspot(), hotspot("MIDI"))))
    tables, position = _ready(pool, P1=".E")
    draft = _draft(tables, position, 0)
    draft.shift[0, 0], draft.spot[0, 0] = pool.shift["L"], 0
    assert not _make(tables, position, draft, 1)
    draft.shift[0, 0], draft.spot[0, 0] = 0, pool.hotspot["MIDI"]
    assert not _make(tables, position, draft, 1)
    draft.shift[0, 0], draft.spot[0, 0] = 0, pool.hotspot["HAL"]
    assert _make(tables, position, draft, 1)


def test_people_to_keep_apart_are_wrong_together() -> None:
    strangers = Pair(staff_a="P1", staff_b="P2", kind="apart")
    pool = compiled(make(2, people=2, hotspots=(hotspot(), hotspot("MIDI")), pairs=(strangers,)))
    tables, position = _ready(pool, P1="E.", P2="..")
    draft = _draft(tables, position, 1)
    draft.shift[0, 0], draft.spot[0, 0] = 0, pool.hotspot["HAL"]
    assert _make(tables, position, draft, 1)
    assert position.total[WRONG] == 1
    _agrees(pool, position)
    draft = _draft(tables, position, 1)
    draft.spot[0, 0] = pool.hotspot["MIDI"]
    assert _make(tables, position, draft, 1)
    assert position.total[WRONG] == 0
    _agrees(pool, position)


def test_people_to_keep_apart_are_wrong_together_over_midnight() -> None:
    """A night into the morning, and an early duty of the next day at the same hotspot."""
    strangers = Pair(staff_a="P1", staff_b="P2", kind="apart")
    early = shift("D", "04:00", "12:00")
    pool = compiled(make(3, people=2, shifts=(*make().shifts, early), pairs=(strangers,)))
    tables, position = _ready(pool, P1=".N.", P2="...")
    draft = _draft(tables, position, 1)
    draft.shift[0, 2], draft.spot[0, 2] = pool.shift["D"], 0
    assert _make(tables, position, draft, 1)
    assert position.total[WRONG] == 1
    _agrees(pool, position)


def test_heads_of_the_history_are_among_those_who_need_a_driver() -> None:
    """P2, who is none, stands there until 06:00; P3 drives one more, not two."""
    morning = (*make().shifts, shift("M", "02:00", "10:00"))
    pool = compiled(led(make(1, people=4, shifts=morning, history=past("P2", "N", spot="HAL"))))
    tables, position = _ready(pool, P3="M", P4=".")
    _agrees(pool, position)
    assert position.total[WRONG] == 0
    draft = _draft(tables, position, 3)
    draft.shift[0, 0], draft.spot[0, 0] = pool.shift["M"], 0
    assert _make(tables, position, draft, 1)
    assert position.total[WRONG] == 1
    _agrees(pool, position)


def test_who_was_alone_before_the_horizon_is_not_judged() -> None:
    early = shift("D", "04:00", "12:00")
    pool = compiled(
        make(
            2, people=3, shifts=(*make().shifts, early), contracts=(contract(min_together=2),),
            history=past("P1", "N", spot="HAL"),
        )
    )  # fmt: skip
    tables, position = _ready(pool, P1="..", P2="..", P3="..")
    assert position.total[WRONG] == 0
    _agrees(pool, position)
    for who, wrong in ((1, True), (2, False)):
        draft = _draft(tables, position, who)
        draft.shift[0, 0], draft.spot[0, 0] = pool.shift["D"], 0
        assert _make(tables, position, draft, 1)
        assert (position.total[WRONG] > 0) == wrong
        _agrees(pool, position)


def test_the_price_of_partners_counts_once_when_both_move() -> None:
    partners = Pair(staff_a="P1", staff_b="P2", kind="together")
    pool = compiled(make(2, people=2, pairs=(partners,)))
    tables, position = _ready(pool, P1="E.", P2="..")
    draft = _draft(tables, position, 0, 1)
    draft.shift[0], draft.spot[0] = [-1, 0], [-1, 0]
    draft.shift[1], draft.spot[1] = [-1, 0], [-1, 0]
    assert _make(tables, position, draft, 2)
    _agrees(pool, position)


def test_the_price_puts_levels_before_points() -> None:
    total = np.zeros(LEADING + 3, dtype=np.int64)
    total[LEADING:] = 1, 2, 3
    total[WRONG] = 1
    assert price(total, WEIGHT) == 400 + 100 + 150 + WRONG_PRICE
