"""Points of posts and partners equal those of the reference score for these kinds."""

from __future__ import annotations

import pytest

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.post_preferences import Preferences
from scheduler.problem.facts import Pair
from scheduler.problem.instance import Instance
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Level, Together, Variety, Wish
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import hotspot, leave, lines, make, person
from tests.engine.zones import placement, zone


def _about_posts(instance: Instance) -> Problem:
    kinds = [
        item
        for item in declare(instance).constraints
        if isinstance(item, Together | Variety) or (isinstance(item, Wish) and item.hotspots is not None)
    ]
    return Problem(instance, tuple(kinds))


def _points(pool: CompiledProblem, shift: Ints, spot: Ints) -> int:
    """As the moves count them."""
    roster = Incumbent.of(pool, HeadCount(pool), shift, spot)
    return Anneal(pool, AnnealTables.of(pool), [0], 1).position(roster).quality


@pytest.mark.parametrize("seed", range(20))
def test_points_are_those_of_the_score(seed: int) -> None:
    instance = zone(seed, days=6)
    pool = CompiledProblem(_about_posts(instance))
    assert pool.problem.all(Variety)
    shift, spot = placement(pool, seed)
    assert _points(pool, shift, spot) == evaluate(pool.problem, pool.roster(shift, spot)).levels[Level.QUALITY]


def test_the_first_hotspot_is_free_and_each_further_one_costs() -> None:
    spots = (hotspot("HAL"), hotspot("MIDI"), hotspot("ANTO"))
    pool = CompiledProblem(_about_posts(make(4, hotspots=spots)))
    price = int(Preferences(pool).variety[0])
    assert price > 0
    for places, different in (("", 0), ("0", 0), ("000", 0), ("0.1", 1), ("0121", 2)):
        shift, spot = pool.arrays(lines())
        for day, place in enumerate(places):
            shift[0, day], spot[0, day] = (-1, -1) if place == "." else (0, int(place))
        assert _points(pool, shift, spot) == different * price


def test_home_is_free_and_elsewhere_costs_by_the_duty() -> None:
    pool = CompiledProblem(
        _about_posts(make(2, hotspots=(hotspot("HAL"), hotspot("MIDI")), people=[person(home_hotspot="MIDI")]))
    )
    preferences = Preferences(pool)
    assert preferences.dislike[0, 1] == 0
    assert preferences.dislike[0, 0] > 0
    assert _points(pool, *pool.arrays(lines(P1="EE"))) == 2 * preferences.dislike[0, 0]


def test_days_on_which_a_partner_is_on_leave_do_not_count() -> None:
    pair = Pair(staff_a="P1", staff_b="P2", kind="together")
    pool = CompiledProblem(_about_posts(make(2, people=2, pairs=(pair,), absences=(leave("P2", 1),))))

    def points(**codes: str) -> int:
        return _points(pool, *pool.arrays(lines(**codes)))

    alone = points(P1="E.")
    assert alone > 0
    assert points(P1=".E") == 0
    assert points(P1="E.", P2="E.") == 0
    assert points(P1="E.", P2="L.") == 2 * alone
