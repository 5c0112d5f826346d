"""Bounds for other numbers of people: never above what a roster of theirs misses, and what the one-shot model proves by hand."""

from __future__ import annotations

import pytest

from scheduler.analysis.staffing_curve import StaffingCurve, StaffingCurves
from scheduler.engine.cpsat.one_shot import solve_one_shot
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.proof.staffing import staffing_curves
from scheduler.problem.facts import Category, Organisation, OrganisationKind, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import without
from scheduler.problem.staffing import leaving, staff_groups, with_more
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level
from tests.builders import demand, hotspot, make, person
from tests.engine.zones import built, compiled, limits, zone


def _forever() -> float:
    return 60.0


def _best(instance: Instance) -> Incumbent:
    """The best roster, level by level, proven."""
    pool = compiled(instance)
    joint = solve_one_shot(pool, built(pool)[1], limits, COVERAGE_LEVELS)
    assert all(joint.bounds[level] == joint.incumbent.values[level] for level in COVERAGE_LEVELS)
    return joint.incumbent


def _changed(instance: Instance, curve: StaffingCurve, more: int) -> Instance:
    """The instance with another number of people in a pool."""
    if more < 0:
        return without(instance, set(leaving(instance, curve.groups)[:-more]))
    return with_more(instance, {curve.groups[-1]: more})


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_no_number_of_people_misses_less_than_its_bound(seed: int, held: bool) -> None:
    """At every level alone; or of the targets, where the minimums are held as well as in the best roster of those there are."""
    instance = zone(seed)
    now = _best(instance).values
    curves = staffing_curves(instance, [-2, 0, 2], _forever, now if held else None)
    assert curves.complete
    for curve in curves.curves:
        for more in range(curve.first, curve.last + 1):
            best = _best(_changed(instance, curve, more)).values
            assert curve.at(Level.POLICE_MINIMUM, more) <= best[Level.POLICE_MINIMUM]
            minimums = best[Level.POLICE_MINIMUM] + best[Level.NON_POLICE_MINIMUM]
            if minimums <= now[Level.POLICE_MINIMUM] + now[Level.NON_POLICE_MINIMUM] or not held:
                assert curve.at(Level.TARGETS, more) <= best[Level.TARGETS]


def _two_zones(**given: object) -> Instance:
    """Two zones with a post each, of two heads around the clock; four people in the one, two in the other."""
    zones = tuple(Organisation(code=code, kind=OrganisationKind.POLICE_ZONE) for code in ("NORD", "SUD"))
    people = [person(f"N{i}", organisation="NORD") for i in range(4)] + [
        person(f"S{i}", organisation="SUD") for i in range(2)
    ]
    wanted = tuple(demand(minimum=0, target=2).replace(hotspot=code) for code in ("A", "B"))
    return make(
        7,
        people=people,
        organisations=zones,
        hotspots=(hotspot("A", zone="NORD"), hotspot("B", zone="SUD")),
        demand=wanted,
        **given,
    )


def test_pools_are_bounded_apart_and_counted_together() -> None:
    instance = _two_zones(strategy=Pooling.SEPARATE)
    curves = staffing_curves(instance, [-1, 0, 8], _forever)
    assert [[group.organisation for group in curve.groups] for curve in curves.curves] == [["NORD"], ["SUD"]]
    nord, sud = curves.curves
    assert (nord.first, nord.last, sud.first) == (-1, 8, -1)
    now = curves.now[Level.TARGETS]
    assert nord.at(Level.TARGETS, 0) == sud.at(Level.TARGETS, 0) == now > 0
    assert nord.at(Level.TARGETS, -1) > now > nord.at(Level.TARGETS, 1)
    asked = 2 * 2 * 7 * 24 * 60
    assert now <= asked
    # However many there are in one zone, the other one misses what it does.
    assert sud.at(Level.TARGETS, 8) > 0
    with pytest.raises(ValueError, match="reaches from -1 to 8"):
        nord.at(Level.TARGETS, 9)


def test_what_zones_may_lend_follows_the_number_of_people() -> None:
    """A share of the days of those there are: for every number, no roster of theirs misses less than the bound."""
    bounds = []
    for percent in (0, 40):
        instance = _two_zones(strategy=Pooling.LATERAL, parameters={"lending.percent": percent})
        little = demand(start="06:00", until="14:00", minimum=0, target=1).replace(hotspot="A")
        instance = instance.replace(demand=(little, instance.demand[1]))
        curves = staffing_curves(instance, [-1, 0, 2], _forever)
        assert curves.complete
        for curve in curves.curves:
            for more in range(curve.first, curve.last + 1):
                best = _best(_changed(instance, curve, more)).values
                assert curve.at(Level.TARGETS, more) <= best[Level.TARGETS], (percent, more)
        bounds.append(curves.now[Level.TARGETS])
    assert bounds[0] > bounds[1], "lending helps the zone of two"


def test_the_fewest_people_are_spread_as_they_save_most() -> None:
    north, south = staff_groups(_two_zones())
    levels = Level.TARGETS
    curves = StaffingCurves(
        {levels: 100},
        (
            StaffingCurve((north,), 0, {levels: (100, 70, 60, 60)}, {levels: 60}),
            StaffingCurve((south,), -1, {levels: (180, 100, 95, 60, 55)}, {levels: 45}),
        ),
    )
    # No more than 40 can be saved in the north, and 55 in the south, of which the second one brings most.
    assert curves.fewest(levels, 100) == {}
    assert curves.fewest(levels, 70) == {north: 1}
    assert curves.fewest(levels, 60) == {north: 2} or curves.fewest(levels, 60) == {south: 2}
    assert curves.fewest(levels, 30) == {north: 1, south: 2}
    # Four more in the south are beyond its curve: they may save all that can be saved there.
    assert curves.fewest(levels, 5) == {north: 2, south: 4}
    assert curves.fewest(levels, 4) is None
    assert (curves.curves[1].point(levels, -1), curves.curves[1].point(levels, 4)) == (180, None)


def test_groups_are_those_who_may_stand_where_somebody_is_asked_for() -> None:
    instance = _two_zones()
    groups = staff_groups(instance)
    assert [(group.organisation, group.category) for group in groups] == [
        ("NORD", Category.POLICE),
        ("SUD", Category.POLICE),
    ]
    more = with_more(instance, {groups[0]: 2, groups[1]: 1})
    assert [member.id for member in more.staff[6:]] == ["NORD-police+1", "NORD-police+2", "SUD-police+1"]
    assert leaving(instance, groups) == ("S1", "S0", "N3", "N2", "N1", "N0")
