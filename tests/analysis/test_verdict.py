"""A strategy is better only where no roster of the other keeps up with it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.analysis.verdict import Attained, Levels, Relation, attained, verdicts, within
from scheduler.result import LevelResult
from scheduler.vocabulary.constraints import COVERAGE_LEVELS

NAMES = [level.code for level in COVERAGE_LEVELS]
Values = tuple[int, int, int]
rosters = st.lists(st.tuples(*(st.integers(0, 4) for _ in NAMES)), min_size=1, max_size=6)


def run(*levels: tuple[int, int]) -> list[LevelResult]:
    """Values and bounds of the coverage levels."""
    return [
        LevelResult(name=name, value=value, bound=bound, required=10_000)
        for name, (value, bound) in zip(NAMES, levels, strict=True)
    ]


def solved(every: Sequence[Values], found: Values, slack: Sequence[int]) -> list[LevelResult]:
    """A run that ends with a roster ``found`` among all there are, with bounds that hold, tight but for some slack."""
    bounds = [
        min(other[at] for other in every if all(a <= b for a, b in zip(other[:at], found[:at], strict=True)))
        - slack[at]
        for at in range(len(NAMES))
    ]
    levels = run(*((value, max(0, bound)) for value, bound in zip(found, bounds, strict=True)))
    trades = [
        tuple(
            (weight, min(weight * sum(other[:at]) + other[at] for other in every) - slack[at]) for weight in (0, 2, 5)
        )
        for at in range(len(NAMES))
    ]
    return [level.replace(trades=known) for level, known in zip(levels, trades, strict=True)]


@given(rosters, rosters, st.data())
def test_what_is_called_better_is_reached_by_no_roster_of_the_other(
    mine: list[Values], theirs: list[Values], data: st.DataObject
) -> None:
    slack = st.tuples(*(st.integers(0, 2) for _ in NAMES))
    one, other = (
        attained([solved(every, data.draw(st.sampled_from(every)), data.draw(slack)) for _ in range(2)])
        for every in (mine, theirs)
    )
    found = verdicts(one, other)
    best = [level.value for level in one]
    for at, name in enumerate(NAMES):
        keeps_up = [r for r in theirs if all(a <= b for a, b in zip(r[:at], best[:at], strict=True))]
        if found[name].relation is Relation.BETTER:
            assert all(r[at] >= best[at] + found[name].margin for r in keeps_up)
            assert found[name].margin > 0
        if found[name].relation is Relation.EQUAL:
            assert best[: at + 1] == list(min(mine)[: at + 1]) == list(min(theirs)[: at + 1])
    mirrored = {Relation.BETTER: Relation.WORSE, Relation.WORSE: Relation.BETTER}
    back = verdicts(other, one)
    assert {name: mirrored.get(said.relation, said.relation) for name, said in found.items()} == {
        name: said.relation for name, said in back.items()
    }


def test_a_later_level_is_better_only_with_the_earlier_ones_no_worse() -> None:
    one, other = attained([run((0, 0), (60, 60), (0, 0))]), attained([run((0, 0), (0, 0), (600, 540))])
    found = verdicts(one, other)
    assert [found[name].relation for name in NAMES] == [Relation.EQUAL, Relation.WORSE, Relation.OPEN]
    assert found[NAMES[1]].margin == 60


def test_the_bound_of_a_run_holds_for_rosters_as_good_at_the_earlier_levels() -> None:
    """The second run has fewer of the non-police minimum missing: its bound of the targets says nothing about the first."""
    found = attained([run((0, 0), (60, 0), (700, 500)), run((60, 0), (0, 0), (600, 590))])
    assert found[2] == Attained(NAMES[2], 700, 500, 10_000, 600, 700)
    swapped = attained([run((0, 0), (0, 0), (700, 500)), run((60, 0), (0, 0), (720, 590))])
    assert (swapped[2].value, swapped[2].bound) == (700, 590)


def test_a_later_level_may_be_better_where_an_earlier_one_is_a_little_worse() -> None:
    """What is proven of both levels together leaves too little to make up for it."""
    one = attained([run((0, 0), (110, 69), (933, 724))])
    cut = run((0, 0), (92, 69), (4739, 4587))
    other = attained([[*cut[:2], cut[2].replace(trades=((0, 500), (2, 3200)))]])
    found = verdicts(one, other)
    assert [found[name].relation for name in NAMES] == [Relation.EQUAL, Relation.OPEN, Relation.BETTER]
    assert found[NAMES[2]].margin == 3200 - 2 * 110 - 933


def test_where_each_beats_what_the_other_can_keep_up_with_neither_is_better() -> None:
    one, other = (
        [*run((0, 0), a, b)[:2], run((0, 0), a, b)[2].replace(trades=((2, amount),))]
        for a, b, amount in (
            ((10, 0), (0, 0), 2000),
            ((0, 0), (100, 0), 2000),
        )
    )
    said = verdicts(attained([one]), attained([other]))
    assert said[NAMES[2]].relation is Relation.OPEN


def test_no_run_is_no_strategy() -> None:
    with pytest.raises(ValueError, match="a run"):
        attained([])


def test_where_the_other_cannot_keep_up_it_is_held_against_what_it_can_do() -> None:
    """Of the other every roster has 2 · (first + second) + third ≥ 150. With 0 and 0 it would miss 150 of the third, but there is
    no such roster: with its own 10 and 40 it misses 50, which is 30 more."""
    one = attained([run((0, 0), (0, 0), (20, 20))])
    other = run((10, 10), (40, 40), (50, 50))
    other[2] = other[2].replace(trades=((2, 150),))
    found = verdicts(one, attained([other]))
    assert [found[name].relation for name in NAMES[:3]] == [Relation.BETTER] * 3
    assert [found[name].margin for name in NAMES[:3]] == [10, 40, 30]


@given(rosters, rosters, st.data())
def test_what_is_proven_of_a_wider_strategy_holds_for_those_within_it(
    mine: list[Values], more: list[Values], data: st.DataObject
) -> None:
    slack = st.tuples(*(st.integers(0, 2) for _ in NAMES))
    every = mine + more
    inner, wider = (
        attained([solved(each, data.draw(st.sampled_from(each)), data.draw(slack))]) for each in (mine, every)
    )
    found = within(inner, wider)
    values = [level.value for level in inner]
    for at, (level, before) in enumerate(zip(found, inner, strict=True)):
        as_good = [r for r in mine if all(a <= b for a, b in zip(r[:at], values[:at], strict=True))]
        assert before.bound <= level.bound <= min(r[at] for r in as_good)
        assert (level.value, level.required, level.least, level.most) == (
            before.value, before.required, before.least, before.most,
        )  # fmt: skip
        assert all(weight * sum(r[:at]) + r[at] >= amount for r in mine for weight, amount in level.trades)


def test_a_wider_strategy_adds_what_it_proves() -> None:
    inner, wider = attained([run((0, 0), (60, 0), (700, 0))]), attained([run((0, 0), (60, 30), (400, 390))])
    assert [level.bound for level in within(inner, wider)] == [0, 30, 390]
    worse = attained([run((5, 0), (60, 0), (700, 0))])
    assert [level.bound for level in within(worse, wider)] == [0, 0, 0]
    assert within(inner, wider[:1]) == inner


@pytest.mark.parametrize("seed", range(200))
def test_no_margin_is_more_than_the_best_rosters_differ_by(seed: int) -> None:
    pick = random.Random(seed)

    def levels() -> Levels:
        values = [pick.randrange(30) for _ in NAMES]
        found = run(*((value, pick.randint(0, value)) for value in values))
        for place, value in enumerate(values):
            weight = pick.randint(1, 3)
            # What holds for every roster holds for this one.
            amount = pick.randint(0, weight * sum(values[:place]) + value)
            found[place] = found[place].replace(trades=((weight, amount),))
        return attained([found])

    one, other = levels(), levels()
    for mine, theirs in zip(one, other, strict=True):
        said = verdicts(one, other)[mine.name]
        assert said.margin <= abs(theirs.value - mine.value)
        if said.relation in (Relation.BETTER, Relation.WORSE):
            assert (mine.value < theirs.value) == (said.relation is Relation.BETTER)
