from __future__ import annotations

from scheduler.problem.demand_profile import demand_profiles
from scheduler.problem.facts import Category, Role
from tests.builders import SPRING, demand, make


def test_minutes_of_each_figure_by_hotspot_and_category() -> None:
    instance = make(
        1, demand=(demand(start="06:00", until="14:00", minimum=1, target=3), demand("non_police", target=2))
    )
    found = demand_profiles(instance)
    assert set(found) == {("HAL", Category.POLICE), ("HAL", Category.NON_POLICE)}
    police = found["HAL", Category.POLICE]
    assert (int(police.minimum.sum()), int(police.target.sum())) == (480, 1440)
    assert (police.target[359], police.target[360], police.target[839], police.target[840]) == (0, 3, 3, 0)
    assert int(found["HAL", Category.NON_POLICE].target.sum()) == 2 * 1440


def test_roles_may_be_filled_by_one_person_but_are_meant_to_add_up() -> None:
    roles = (Role(code="lead", category=Category.POLICE), Role(code="dog", category=Category.POLICE))
    rows = (demand("lead", minimum=1), demand("dog", minimum=1), demand(start="06:00", until="07:00", minimum=3))
    found = demand_profiles(make(1, roles=roles, demand=rows))["HAL", Category.POLICE]
    assert (found.minimum[0], found.expected[0]) == (1, 2)
    assert (found.minimum[360], found.expected[360]) == (3, 3)


def test_the_horizon_with_the_short_night_has_47_hours() -> None:
    found = demand_profiles(make(2, start=SPRING, demand=(demand(minimum=1),)))["HAL", Category.POLICE]
    assert int(found.minimum.sum()) == 47 * 60
