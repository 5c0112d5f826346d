"""The dynamic programme against the reference score, over every line of tiny worlds."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.engine.compiled import LIMIT
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.given import line_cost
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.lines.stack import Lines, stack
from scheduler.errors import ContradictionError, OutOfTimeError
from scheduler.problem.instance import Instance
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import free_contract, make, past, shift
from tests.engine.worlds import CODES, every_line, problem, roster_of

DAYS = 6


def _cost(lines: Lines, person: int, choices: np.ndarray) -> int | None:
    """The price of one line by the walk that annealing uses."""
    state, value = np.zeros(lines.begin.shape[1] + 1, dtype=np.int64), np.zeros(lines.limit.shape[1], dtype=np.int64)
    cost = line_cost(lines, person, choices.astype(np.int64) - 1, state, value)
    return None if cost >= LIMIT else int(cost)


def _choices(line: str) -> np.ndarray:
    return np.array([0 if code == "." else 1 + CODES.index(code) for code in line], dtype=np.int16)


@pytest.mark.parametrize("seed", range(150))
def test_legal_lines_and_their_costs_are_those_of_the_reference_score(seed: int) -> None:
    made = problem(seed, DAYS)
    scores = {line: evaluate(made, roster_of(line)) for line in every_line(DAYS)}
    legal = {line: found.levels[Level.QUALITY] for line, found in scores.items() if not found.broken}
    try:
        model = LineModel(CompiledProblem(made), 0, soft=True)
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
            models.append(LineModel(CompiledProblem(problem(seed, DAYS)), 0, soft=True))
        except ContradictionError:
            continue
    lines = stack(models)
    assert len({model.tables()["step"].shape for model in models}) > 3
    for person, model in enumerate(models):
        for line in list(every_line(DAYS))[person::29]:
            assert _cost(lines, person, _choices(line)) == model.cost(_choices(line)), (person, line)


def _many(count: int, most: int, days: int = 28, hours: float = 9.0) -> Instance:
    """Shifts of an hour that nobody may work more than so often."""
    shifts = tuple(shift(f"S{number}", f"{number % 24:02d}:00", f"{number % 24:02d}:30") for number in range(count))
    limits = tuple((item.code, most) for item in shifts)
    return make(days, shifts=shifts, contracts=(free_contract(shift_limits=limits, max_hours_horizon=hours),))


def test_more_sums_than_one_word_holds_are_still_told_apart() -> None:
    pool = CompiledProblem(declare(_many(16, 13)))
    model = LineModel(pool, 0, soft=False)
    line = np.zeros(pool.days, dtype=np.int16)
    line[:13] = 3
    assert model.cost(line) == 0
    assert model.most(pool.paid, cap=2) == 9 * 60
    line[13] = 3
    assert model.cost(line) is None
    line[13:19] = 4
    assert model.cost(line) is None, "nineteen half hours"


def test_limits_that_need_many_words_are_left_out_until_a_line_breaks_one() -> None:
    """However many limits there are, none is refused, and looking at all of them at once gives the same lines."""
    made = CompiledProblem(declare(_many(40, 13, days=15, hours=1.0)))
    model, everything = LineModel(made, 0, soft=False), LineModel(made, 0, soft=False)
    everything._limits = frozenset()
    assert len(everything._resources) > 30
    assert everything._sums.guards.size >= 3
    random = np.random.default_rng(1)
    for _ in range(5):
        reward = random.integers(1, 1000, size=(15, 40))
        found, exact = model.best(reward), everything.best(reward)
        assert found is not None
        assert exact is not None
        assert found[0] == exact[0] < -1000
        assert model.cost(found[1]) == model.cost(exact[1]) == 0
        assert np.count_nonzero(exact[1]) == 2, "an hour is two duties"


def test_of_many_limits_those_that_a_line_breaks_are_kept() -> None:
    pool = CompiledProblem(declare(_many(40, 2, days=15, hours=5.0)))
    model = LineModel(pool, 0, soft=False)
    reward = np.zeros((15, 40), dtype=np.int64)
    reward[:, :5] = [9, 8, 7, 6, 5]
    found = model.best(reward)
    assert found is not None
    assert found[0] == -2 * (9 + 8 + 7 + 6 + 5)
    assert np.bincount(found[1], minlength=41)[1:6].tolist() == [2, 2, 2, 2, 2]


def test_nothing_is_found_once_the_time_is_over() -> None:
    over = np.zeros(1, dtype=np.uint8)
    model = LineModel(CompiledProblem(declare(make(6))), 0, soft=False, over=over)
    assert model.best() is not None
    over[0] = 1
    with pytest.raises(OutOfTimeError, match="P1"):
        model.best()
    with pytest.raises(OutOfTimeError, match="P1"):
        LineModel(CompiledProblem(declare(make(6))), 0, soft=False, over=over).k_best(
            np.zeros((6, 3), dtype=np.int64), 1
        )


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("factor", [1, 1024])
def test_the_best_line_for_any_rewards_is_that_of_trying_them_all(seed: int, factor: int) -> None:
    """However few labels are kept, and whatever lines are asked for: the best, legal and different ones, and valid bounds."""
    made = problem(seed, DAYS)
    try:
        plain = LineModel(CompiledProblem(made), 0, soft=True)
    except ContradictionError:
        return
    model, everything = plain.scaled(factor), plain.scaled(factor)
    everything._limits = frozenset()
    own = {line: _cost(stack([plain]), 0, _choices(line)) for line in every_line(DAYS)}
    legal = {_choices(line).tobytes(): factor * cost for line, cost in own.items() if cost is not None}
    random = np.random.default_rng(seed)
    for _ in range(5):
        reward = factor * random.integers(-200, 2000, size=(DAYS, len(CODES)))

        def net(line: bytes, reward: np.ndarray = reward) -> int:
            choices = np.frombuffer(line, dtype=np.int16)
            days = np.flatnonzero(choices)
            return legal[line] - int(reward[days, choices[days] - 1].sum())

        nets = {line: net(line) for line in legal}
        if not nets:
            assert model.best(reward) is None
            continue
        least = min(nets.values())
        for cap in (0, 1, 3, 20):
            best = model.best(reward, cap=cap)
            assert best is not None
            assert best[0] == nets[best[1].tobytes()] >= least
            assert cap or best[0] == least
            for below in (least - 1, least, least + 1, least + 5000, 10**12):
                for walked in (model, everything):
                    lines, floor = walked.k_best(reward, 4, below=below, cap=cap)
                    assert floor <= min(least, below)
                    assert cap or floor == min(least, below)
                    assert cap or bool(lines) == (least < below)
                    costs = [cost for cost, _ in lines]
                    assert costs == sorted(costs)
                    assert all(cost == nets[line.tobytes()] < below for cost, line in lines)
                    assert len({line.tobytes() for _, line in lines}) == len(lines) <= 4
                    assert cap or not lines or costs[0] == least


def test_scaled_costs_are_multiples() -> None:
    for seed in range(20):
        made = problem(seed, DAYS)
        try:
            model = LineModel(CompiledProblem(made), 0, soft=True)
        except ContradictionError:
            continue
        for line in list(every_line(DAYS))[::97]:
            one, many = model.cost(_choices(line)), model.scaled(1000).cost(_choices(line))
            assert (None if one is None else 1000 * one) == many


@pytest.mark.parametrize("seed", range(40))
def test_the_best_line_with_some_days_held_is_that_of_trying_them_all(seed: int) -> None:
    made = problem(seed, DAYS)
    try:
        model = LineModel(CompiledProblem(made), 0, soft=True)
    except ContradictionError:
        return
    costs = {line: model.cost(_choices(line)) for line in every_line(DAYS)}
    legal = {line: cost for line, cost in costs.items() if cost is not None}
    random = np.random.default_rng(seed)
    for line in list(legal)[:: max(1, len(legal) // 5)]:
        held = random.random(DAYS) < 0.5
        agreeing = [cost for other, cost in legal.items() if (_choices(other) == _choices(line))[held].all()]
        best = model.holding(_choices(line), held).best()
        assert best is not None
        assert best[0] == min(agreeing)
        assert (best[1] == _choices(line))[held].all()


@pytest.mark.parametrize(("least", "cap"), [(331.0, 3), (401.0, 2)])
def test_few_labels_come_to_hours_that_must_be_met_closely(
    least: float, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cheapest few lead to no legal line, the same number does when hours are worth something."""
    monkeypatch.setattr("scheduler.engine.lines.labelling.MORE", None)
    terms = free_contract(
        max_consecutive_days=5,
        min_consecutive_days=2,
        min_days_off=2,
        min_hours_horizon=least,
        max_hours_horizon=least + 1,
    )
    shifts = (shift("E", "06:00", "14:00"), shift("L", "08:00", "18:00"), shift("M", "10:00", "22:00"))
    model = LineModel(CompiledProblem(declare(make(84, shifts=shifts, contracts=(terms,)))), 0, soft=False)
    reward = np.random.default_rng(1).integers(0, 2000, size=(84, 3))
    assert model.k_best(reward, 1, cap=cap)[0] == []
    found = model.best(reward, cap=cap)
    assert found is not None
    days = np.flatnonzero(found[1])
    assert model.cost(found[1]) == 0
    assert found[0] == -int(reward[days, found[1][days] - 1].sum())


@pytest.mark.parametrize("rest", [72.0, 96.0])
def test_a_rest_of_days_is_kept_between_duties_that_are_days_apart(rest: float) -> None:
    instance = make(6, contracts=(free_contract(min_rest_hours=rest),), history=past("P1", "N."))
    whole = declare(instance)
    pool = CompiledProblem(whole)
    model = LineModel(pool, 0, soft=False)
    legal = 0
    for line in every_line(6):
        broken = bool(evaluate(whole, roster_of(line)).broken)
        assert (model.cost(_choices(line)) is None) == broken, line
        legal += not broken
    assert 1 < legal < 100
