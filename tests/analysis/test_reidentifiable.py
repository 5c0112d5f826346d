"""Who can be told from the others by what stands in the facts."""

from __future__ import annotations

import pytest

from scheduler.analysis.reidentifiable import Rare, asked_roles, rare_roles, rare_values
from scheduler.problem.facts import Category, Role
from scheduler.problem.instance import Instance
from tests.builders import contract, demand, make, person


def crew(*changes: dict[str, object], size: int = 6, **facts: object) -> Instance:
    """People who are all alike, but for the changes of the first ones."""
    rows = [*changes, *({} for _ in range(size - len(changes)))]
    return make(people=[person(f"P{at}", **row) for at, row in enumerate(rows, start=1)], **facts)


def test_people_who_are_alike_are_not_rare() -> None:
    assert rare_values(crew(size=3), 3) == ()


def test_those_of_a_small_organisation_are_told_once() -> None:
    assert rare_values(crew({"fte": 0.5}, size=2), 3) == (Rare("organisation", ("P1", "P2")),)


@pytest.mark.parametrize(("count", "rare"), [(1, True), (2, True), (3, False)])
def test_a_value_that_fewer_than_three_share_is_rare(count: int, rare: bool) -> None:
    found = rare_values(crew(*({"fte": 0.5} for _ in range(count))), 3)
    assert found == ((Rare("fte", tuple(f"P{at}" for at in range(1, count + 1))),) if rare else ())


def test_each_column_is_told_apart() -> None:
    instance = crew(
        {"contract": "OTHER", "home_hotspot": "HAL"},
        {"hours_by_weekday": (8.0, 8.0, 8.0, 8.0, 6.0, 0.0, 0.0), "max_weekends_year": 4},
        contracts=(contract(), contract("OTHER")),
    )
    found = {rare.column: rare.staff for rare in rare_values(instance, 3)}
    assert found == {
        "contract": ("P1",),
        "home_hotspot": ("P1",),
        "hours_by_weekday": ("P2",),
        "max_weekends_year": ("P2",),
    }


def test_rare_roles_are_those_of_few_whether_asked_for_or_not() -> None:
    roles = tuple(Role(code=code, category=Category.POLICE) for code in ("LEAD", "DOG", "ALL", "NONE"))
    rows = ({"roles": ("LEAD", "ALL")}, {"roles": ("DOG", "ALL")}, {"roles": ("ALL",)})
    instance = crew(*rows, roles=roles, demand=(demand("LEAD", minimum=1), demand("police", minimum=1)))
    assert rare_roles(instance, 3) == ("LEAD", "DOG", "NONE")
    assert asked_roles(instance) == {"LEAD"}
