"""The dynamic programme against the reference score, over every line of tiny worlds."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.constraints import Level
from scheduler.engine.lines.kernel import LIMIT, line_cost
from scheduler.engine.lines.programme import LineModel
from scheduler.engine.lines.stack import Lines, stack
from scheduler.engine.pool import Pool
from scheduler.errors import ContradictionError
from scheduler.score import score
from tests.engine.worlds import CODES, every_line, problem, roster_of

DAYS = 6


def _cost(lines: Lines, person: int, choices: np.ndarray) -> int | None:
    """The price of one line by the walk that annealing uses."""
    state, value = np.zeros(lines.begin.shape[1] + 1, dtype=np.int64), np.zeros(lines.limit.shape[1], dtype=np.int64)
    cost = line_cost(lines, person, choices.astype(np.int64) - 1, state, value)
    return None if cost >= LIMIT else int(cost)


def _choices(line: str) -> np.ndarray:
    return np.array([0 if code == "." else 1 + CODES.index(code) for code in line], dtype=np.int8)


@pytest.mark.parametrize("seed", range(150))
def test_legal_lines_and_their_costs_are_those_of_the_reference_score(seed: int) -> None:
    made = problem(seed, DAYS)
    scores = {line: score(made, roster_of(line)) for line in every_line(DAYS)}
    legal = {line: found.levels[Level.QUALITY] for line, found in scores.items() if not found.broken}
    try:
        model = LineModel(Pool(made), 0, soft=True)
    except ContradictionError:
        assert not legal
        return
    best = model.best()
    assert (best is None) == (not legal)
    if best is not None:
        assert best[0] == min(legal.values())
    for line in list(scores)[seed % 7 :: 7]:
        assert model.cost(_choices(line)) == legal.get(line), line
        assert _cost(stack([model]), 0, _choices(line)) == legal.get(line), line


def test_stacked_models_of_different_size_keep_apart() -> None:
    """Padding to the largest model changes nobody's costs."""
    models = []
    for seed in range(40):
        try:
            models.append(LineModel(Pool(problem(seed, DAYS)), 0, soft=True))
        except ContradictionError:
            continue
    lines = stack(models)
    assert len({model.tables()["step"].shape for model in models}) > 3
    for person, model in enumerate(models):
        for line in list(every_line(DAYS))[person::29]:
            assert _cost(lines, person, _choices(line)) == model.cost(_choices(line)), (person, line)
