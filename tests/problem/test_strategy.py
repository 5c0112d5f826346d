"""A strategy changes what it says, and makes an ordinary instance of it."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.problem.facts import Category, Lock, OrganisationKind, Pooling, Request
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.strategy import READY, Strategy, apply
from tests.builders import MONDAY, SHIFTS, contract, demand, hotspot, make, past, person, shift
from tests.parity_cases import ANOTHER, zones


def world() -> Instance:
    """Two zones with a hotspot each, a peacekeeper and a federal officer."""
    federal = ANOTHER.replace(code="FED", kind=OrganisationKind.FEDERAL)
    return make(
        3, organisations=(*zones(), federal), hotspots=(hotspot(), hotspot("CLEM", zone=ANOTHER.code)),
        people=[
            person("P1"), person("P2", organisation=ANOTHER.code), person("F1", organisation="FED"),
            person("G1", contract="GDP"),
        ],
        contracts=(contract(), contract("GDP", category=Category.NON_POLICE)), demand=(demand(minimum=1),),
        shifts=(
            shift("E", "06:00", "14:00", categories=frozenset({Category.POLICE})),
            shift("D12", "07:00", "19:00", categories=frozenset({Category.POLICE})),
            shift("P", "09:00", "17:00", categories=frozenset({Category.NON_POLICE})),
        ),
        locks=(Lock(staff="P1", date=MONDAY, shift="E", hotspot="HAL"),),
        requests=(Request(staff="P2", first=MONDAY, last=MONDAY, shift="E", kind="want", weight=1),),
        history=past("P1", "E"),
    )  # fmt: skip


def test_pooling_says_who_may_stand_where() -> None:
    allowed = {
        name: allowed_hotspots(apply(READY[name], world())[0], "P1") for name in ("separate", "lateral", "single")
    }
    assert allowed == {"separate": {"HAL"}, "lateral": {"HAL", "CLEM"}, "single": {"HAL", "CLEM"}}


def test_who_takes_no_part_is_not_there() -> None:
    found, dropped = apply(READY["police-only"], world())
    assert {member.id for member in found.staff} == {"P1", "P2", "F1"}
    assert dropped.people == 1
    assert found.demand == world().demand, "what is asked stays"
    assert {member.id for member in apply(READY["no-federal"], world())[0].staff} == {"P1", "P2", "G1"}
    found, dropped = apply(Strategy(name="alone", without=(ANOTHER.code, "FED")), world())
    assert {member.id for member in found.staff} == {"P1", "G1"}
    assert dropped.people == 2


def test_only_named_shifts_are_worked_of_their_category() -> None:
    """Locks and requests of the others go; history stays."""
    found, dropped = apply(Strategy(name="12 h", shifts=("D12",)), world())
    assert {item.code: item.worked for item in found.shifts} == {"E": False, "D12": True, "P": True}
    assert (found.locks, found.requests, found.history) == ((), (), world().history)
    assert dict(dropped.rows) == {"locks": 1, "requests": 1}
    assert {key for key in ((0, "E"), (0, "D12"), (0, "P")) if found.offers(key)} == {(0, "D12"), (0, "P")}


def test_a_shift_that_nobody_works_so_far_is_worked_where_a_strategy_names_it() -> None:
    so_far = tuple(item.replace(worked=item.code != "D12") for item in world().shifts)
    found, _ = apply(Strategy(name="12 h", shifts=("D12",)), world().replace(shifts=so_far))
    assert {item.code: item.worked for item in found.shifts} == {"E": False, "D12": True, "P": True}


def test_lending_and_its_guarantee_are_facts_of_the_zones() -> None:
    lateral = READY["lateral"].replace(lends_percent=5.0)
    found, _ = apply(lateral, world(), {"5341": 8.0})
    own = {item.code: (item.lends_percent, item.short_hours) for item in found.organisations}
    assert own["5341"] == (5.0, 8.0)
    assert own[ANOTHER.code] == (5.0, None)
    assert own["FED"] == (None, None)
    free, _ = apply(lateral.replace(guarantee=False), world(), {"5341": 8.0})
    assert all(item.short_hours is None for item in free.organisations)


def test_the_same_with_zones_apart_is_found_by_what_it_is() -> None:
    ready = tuple(READY.values())
    assert READY["lateral"].alone(ready) is READY["separate"]
    assert READY["lateral"].replace(federal=False).alone(ready) is READY["no-federal"]
    assert READY["lateral"].alone() == Strategy(name="lateral-alone")
    assert [name for name, item in READY.items() if item.needs_alone] == ["lateral"]


@pytest.mark.parametrize("percent", [-1.0, 100.5])
def test_a_share_lies_between_nothing_and_all(percent: float) -> None:
    with pytest.raises(InputError):
        READY["lateral"].replace(lends_percent=percent)


def test_each_ready_strategy_is_another() -> None:
    assert len({item.replace(name="x") for item in READY.values()}) == len(READY)
    assert READY["separate"].pooling is Pooling.SEPARATE


def test_a_set_of_shifts_leaves_reserves_as_they_are_unless_one_is_named() -> None:
    waiting = tuple(shift(code, "06:00", "14:00", hotspots=("BASE",), reserve=True) for code in ("R1", "R2"))
    instance = make(hotspots=(hotspot(), hotspot("BASE")), shifts=(*SHIFTS, *waiting))
    for named, worked in (
        (("E", "L"), {"E", "L", "R1", "R2"}),
        (("E", "R2"), {"E", "R2"}),
        (("R1",), {"E", "L", "N", "R1"}),
    ):
        found, _ = apply(Strategy(name="some", shifts=named), instance)
        assert {item.code for item in found.shifts if item.worked} == worked


def test_a_name_that_no_list_can_hold_is_refused() -> None:
    with pytest.raises(InputError, match="comma"):
        Strategy(name="8 h, 10 h")
