"""Polish improves quality, never coverage away, and counts its points as the score does."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.constraints import Level
from scheduler.engine.lines.programme import Line, LineModel
from scheduler.engine.moves.construct import Builder
from scheduler.engine.moves.polish import Polish
from scheduler.engine.pool import Pool
from scheduler.score import score
from tests.builders import lock, make
from tests.engine.zones import built, clean, compiled, line_models, zone


def _polish(pool: Pool, builder: Builder, seed: int = 1) -> Polish:
    return Polish(pool, builder, line_models(pool, soft=True), range(len(pool.people)), seed)


@pytest.mark.parametrize("seed", range(12))
def test_never_worse_and_always_legal(seed: int) -> None:
    instance = zone(seed, days=6)
    pool = compiled(instance)
    builder, first = built(pool, seed)
    found = _polish(pool, builder, seed).run(first, lambda moves: moves < 40)
    assert found.coverage <= first.coverage
    assert found.quality <= first.quality
    assert found.coverage == tuple(found.of(pool, builder.heads, found.shift, found.spot).coverage)
    assert clean(instance, found.roster)


@pytest.mark.parametrize("seed", range(12))
def test_its_points_are_those_of_the_score_before_and_after(seed: int) -> None:
    pool = compiled(zone(seed, days=6))
    builder, first = built(pool, seed)
    polish = _polish(pool, builder, seed)
    for moves in (0, 25):
        found = polish.run(first, lambda done, most=moves: done < most)
        assert polish._sum() == score(pool.problem, found.roster).levels[Level.QUALITY]


def test_it_finds_better_rosters() -> None:
    better = 0
    for seed in range(6):
        pool = compiled(zone(seed, days=6))
        builder, first = built(pool)
        better += _polish(pool, builder).run(first, lambda moves: moves < 60).better(first)
    assert better >= 3


class _Lost:
    """A line model whose narrowed search finds no line, as a narrow beam may."""

    def __init__(self, model: LineModel) -> None:
        self._model = model

    def cost(self, line: Line) -> int | None:
        return self._model.cost(line)

    def best(self, *_: object, **__: object) -> None:
        return None


def test_a_person_for_whom_no_line_is_found_keeps_the_old_one() -> None:
    pool = compiled(make(3, people=2, locks=(lock("P1", 0, "E"),)))
    builder, first = built(pool)
    assert len(first.roster)
    lost = [_Lost(model) for model in line_models(pool, soft=True)]
    found = Polish(pool, builder, lost, [0, 1], 1).run(first, lambda moves: moves < 5)
    assert found.roster == first.roster
    assert np.array_equal(found.spot, first.spot)
