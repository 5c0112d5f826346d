"""Untried ways first, then what pays; not what is done, nor what others work on."""

from __future__ import annotations

from collections import Counter

from scheduler.engine.incumbent import Incumbent
from scheduler.engine.portfolio import MEMORY, Portfolio, Way


def _stay(best: Incumbent) -> tuple[Incumbent, float]:
    return best, 1.0


def test_untried_ways_come_first_and_in_order() -> None:
    ways = [Way(name, _stay) for name in "abc"]
    portfolio = Portfolio(ways, seed=1)
    names = []
    for _ in ways:
        way = portfolio.next()
        names.append(way.name)
        portfolio.learn(way, 0.0, 1.0)
    assert names == ["a", "b", "c"]


def test_the_way_that_pays_goes_most_often_and_the_others_get_turns() -> None:
    ways = [Way("poor", _stay, rate=1.0), Way("rich", _stay, rate=5.0), Way("middle", _stay, rate=2.0)]
    portfolio = Portfolio(ways, seed=1)
    turns = Counter(portfolio.next().name for _ in range(400))
    assert turns["rich"] > 300
    assert min(turns["poor"], turns["middle"]) > 5


def test_ways_that_are_done_are_passed_over() -> None:
    best, second = Way("best", _stay, rate=9.0), Way("second", _stay, rate=5.0)
    portfolio = Portfolio([best, second, Way("done", _stay, rate=99.0, done=True)], seed=1)
    assert "best" in {portfolio.next().name for _ in range(50)}
    best.done = True
    assert {portfolio.next().name for _ in range(50)} == {"second"}


def test_a_component_to_avoid_is_avoided_while_there_is_another() -> None:
    here = Way("here", _stay, rate=9.0, component=0)
    there = Way("there", _stay, rate=1.0, component=1)
    anywhere = Way("anywhere", _stay, rate=2.0)
    portfolio = Portfolio([here, there, anywhere], seed=1)
    assert {portfolio.next(avoid=0).name for _ in range(50)} == {"there", "anywhere"}
    assert {Portfolio([here], seed=1).next(avoid=0).name for _ in range(5)} == {"here"}


def test_exhausted_when_every_way_is_done() -> None:
    ways = [Way("a", _stay), Way("b", _stay)]
    portfolio = Portfolio(ways, seed=1)
    ways[0].done = True
    assert not portfolio.exhausted
    ways[1].done = True
    assert portfolio.exhausted
    assert Portfolio([], seed=1).exhausted


def test_rates_follow_what_was_gained_lately() -> None:
    way = Way("a", _stay)
    portfolio = Portfolio([way], seed=1)
    portfolio.learn(way, 10.0, 2.0)
    assert way.rate == 5.0
    portfolio.learn(way, 0.0, 2.0)
    assert way.rate == 5.0 * MEMORY
    portfolio.learn(way, 1.0, 0.0)
    assert way.rate > 100, "a turn that took no time divides by next to nothing, not by zero"


def test_a_gain_opens_again_what_other_ways_had_given_up() -> None:
    finished, other = Way("finished", _stay, done=True), Way("other", _stay, done=True)
    portfolio = Portfolio([finished, other], seed=1)
    portfolio.learn(finished, 0.0, 1.0)
    assert portfolio.exhausted, "nothing was gained, so nothing has changed"
    portfolio.learn(finished, 1.0, 1.0)
    assert finished.done
    assert not other.done


def test_equal_seeds_choose_equally() -> None:
    def turns(seed: int) -> list[str]:
        portfolio = Portfolio([Way(name, _stay, rate=float(i)) for i, name in enumerate("abcd")], seed)
        return [portfolio.next().name for _ in range(100)]

    assert turns(3) == turns(3)
    assert turns(3) != turns(4)
