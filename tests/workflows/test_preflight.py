"""What a check finds without a solve: contradictory locks with every cell, contracts nobody can work under."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from scheduler.errors import ContradictionError, InputError, InputProblem
from scheduler.messages.message import AllOf
from scheduler.problem.facts import Absence, Category, Days, Lock, Pair
from scheduler.workflows.preflight import check_instance
from tests import builders as b

DAY = 24 * 60


def lock(day: int, shift: str, staff: str = "P1", hotspot: str | None = None) -> Lock:
    return Lock(staff=staff, date=b.MONDAY + dt.timedelta(day), shift=shift, hotspot=hotspot)


def problems(**facts: object) -> tuple[InputProblem, ...]:
    return check_instance(b.make(**facts)).problems  # type: ignore[arg-type]


def others(problem: InputProblem) -> tuple[str, ...]:
    """The cells that a problem's hint names."""
    if problem.hint is None:
        return ()
    (cells,) = (value for name, value in problem.hint.arguments if name == "cells")
    assert isinstance(cells, AllOf)
    return tuple(map(str, cells.items))


def test_a_sound_instance_has_no_problem_and_a_capacity() -> None:
    found = check_instance(b.make(demand=(b.demand(minimum=1),)))
    assert found.ok
    assert found.capacity is not None
    assert found.capacity.posts[0].hotspot == "HAL"
    found.demand_sound()


def test_two_locks_too_close_name_each_other() -> None:
    found = problems(locks=(lock(0, "N"), lock(1, "N")))
    assert found == ()
    found = problems(locks=(lock(0, "N"), lock(1, "E")))
    assert found
    for problem in found:
        assert {problem.place, *others(problem)} >= {"locks[0].date", "locks[1].date"}


def test_the_cells_are_named_as_the_caller_names_them() -> None:
    instance = b.make(locks=(lock(0, "N"), lock(1, "E")))
    found = check_instance(instance, lambda table, index, field: f"{table.upper()}!{field[0]}{index + 2}")
    assert found.problems[0].place in {"LOCKS!d2", "LOCKS!d3"}
    with pytest.raises(ContradictionError, match="LOCKS!d2") as caught:
        found.demand_sound()
    assert caught.value.problems == found.problems
    assert pickle.loads(pickle.dumps(caught.value)).problems == found.problems


def test_a_lock_on_an_absence_names_the_absence() -> None:
    def absence(start: int, end: int, work: bool) -> Absence:
        return Absence(staff="P1", start=start, end=end, counts_as_work=work)

    for work in (False, True):
        found = problems(locks=(lock(1, "E"),), absences=(absence(DAY + 800, DAY + 900, work),))
        assert found
        for problem in found:
            assert problem.place == "locks[0].date"
            assert "absences[0].start" in others(problem)
    assert problems(locks=(lock(1, "E"),), absences=(absence(DAY + 840, DAY + 900, False),)) == ()


def test_a_lock_too_close_to_fixed_work_names_that_work_alone() -> None:
    history = b.past("P1", "E.L")
    found = problems(locks=(lock(0, "E"),), history=history)
    assert found
    for problem in found:
        assert problem.place == "locks[0].date"
        assert "history[1].date" in others(problem)
        assert "history[0].date" not in others(problem)
    assert problems(locks=(lock(0, "L"),), history=history) == ()
    court = (b.elsewhere("P1", 1, clock=("08:59", "11:00")), b.elsewhere("P1", 3, clock=("09:00", "11:00")))
    (rest,) = problems(locks=(lock(0, "L"),), absences=court)
    assert "absences[0].start" in others(rest)
    assert "absences[1].start" not in others(rest)
    assert problems(locks=(lock(2, "L"),), absences=court[1:]) == ()


def test_a_lock_where_nobody_may_stand() -> None:
    closed = b.hotspot(closes=b.MONDAY)
    assert problems(hotspots=(closed,), locks=(lock(0, "E"),)) == ()
    assert problems(hotspots=(closed,), locks=(lock(1, "E"),))
    elsewhere = b.hotspot("XXX", zone="9999")
    zones = (b.ZONE, b.TOWN, b.ZONE.model_copy(update={"code": "9999"}))
    assert problems(hotspots=(b.hotspot(), elsewhere), organisations=zones, locks=(lock(0, "E", hotspot="HAL"),)) == ()
    assert problems(hotspots=(b.hotspot(), elsewhere), organisations=zones, locks=(lock(0, "E", hotspot="XXX"),))


@pytest.mark.parametrize(("days", "ok"), [(6, True), (7, False)])
def test_too_many_locked_days_in_a_row(days: int, ok: bool) -> None:
    loose = b.free_contract(max_consecutive_days=6)
    found = problems(contracts=(loose,), locks=tuple(lock(day, "E") for day in range(days)), days=14)
    assert (not any("consecutive" in str(p.message) or "row" in str(p.message) for p in found)) is ok


def test_what_more_work_can_mend_is_no_contradiction() -> None:
    patrol = b.contract(min_together=2, min_days_off=2)
    assert problems(people=2, contracts=(patrol,), locks=(lock(0, "E"), lock(2, "E"))) == ()


def test_people_kept_apart_are_locked_together_only_where_the_hotspot_is_named() -> None:
    pair = Pair(staff_a="P1", staff_b="P2", kind="apart")
    named = (lock(0, "E", "P1", "HAL"), lock(0, "E", "P2", "HAL"))
    assert problems(people=2, pairs=(pair,), locks=named)
    two = (b.hotspot(), b.hotspot("MIDI"))
    assert problems(people=2, pairs=(pair,), locks=(named[0], lock(0, "E", "P2")), hotspots=two) == ()


@pytest.mark.parametrize(
    ("field", "fine", "impossible"),
    [
        ("max_hours_24h", 8.0, 7.9),
        ("max_hours_week", 8.0, 7.9),
    ],
)
def test_a_contract_that_nobody_could_satisfy(field: str, fine: object, impossible: object) -> None:
    def found(value: object) -> list[str]:
        contract = b.contract(**{"min_together": 1, field: value})
        return [problem.place for problem in problems(people=2, contracts=(contract,))]

    assert found(fine) == []
    assert found(impossible) == [f"contracts[0].{field}"]


@pytest.mark.parametrize("field", ["min_together", "needs_police"])
def test_company_that_nobody_has_is_a_note(field: str) -> None:
    """Even one person alone may be solved for: they stay at home, and the post short."""

    def notes(value: int) -> list[str]:
        contract = b.contract(**{"min_together": 1, field: value})
        found = check_instance(b.make(people=2, contracts=(contract,)))
        assert found.ok
        return [note.place for note in found.notes if not note.fatal]

    assert notes(2) == []
    assert notes(3) == [f"contracts[0].{field}"]


def test_people_without_a_hotspot_are_named() -> None:
    away = b.person("P2", organisation="SGIL").model_copy(update={"hotspots": ()})
    town = b.TOWN.model_copy(update={"name": "Elsewhere"})
    instance = b.make(people=[b.person("P1"), away], organisations=(b.ZONE, town))
    (note,) = check_instance(instance).notes
    assert str(note.message) == "1 of 2 people may stand at no hotspot: P2."


def test_a_contract_without_any_shift_open_to_it() -> None:
    police_only = tuple(b.shift(code, "06:00", "14:00", categories=frozenset({Category.POLICE})) for code in "E")
    contract = b.contract(category=Category.NON_POLICE)
    assert [problem.place for problem in problems(contracts=(contract,), shifts=police_only)] == [
        "contracts[0].category"
    ]


def test_a_contract_that_nobody_has_may_be_anything() -> None:
    unused = b.contract("OLD", max_hours_24h=1.0)
    assert problems(contracts=(b.contract(), unused)) == ()
    assert (
        problems(people=[b.person(), b.person("P2", contract="OLD", fte=0.0)], contracts=(b.contract(), unused)) == ()
    )


def test_an_unknown_parameter_is_a_problem() -> None:
    (found,) = problems(parameters={"reference_hours.most_over_ours": 8.0})
    assert found.value == "reference_hours.most_over_ours"
    assert "most_over_hours" in str(found.hint)


def test_locked_days_off_that_leave_too_short_a_rest_name_every_lock() -> None:
    contracts = (b.contract(min_days_off=3),)
    held = problems(contracts=contracts, locks=(lock(0, "E"), lock(1, "OFF"), lock(4, "E")))
    assert held == (), "three free days fit between"
    (found,) = problems(contracts=contracts, locks=(lock(0, "E"), lock(1, "OFF"), lock(2, "E"), lock(6, "OFF")))
    cells = {found.place, *others(found)}
    assert {"locks[0].date", "locks[1].date", "locks[2].date"} <= cells
    assert "locks[3].date" not in cells, "the fourth lock has nothing to do with it"


def test_people_kept_apart_need_two_hotspots_for_their_locks() -> None:
    pair = (Pair(staff_a="P1", staff_b="P2", kind="apart"),)
    both = (lock(0, "E"), lock(0, "E", "P2"))
    assert problems(people=2, pairs=pair, locks=both)
    assert problems(people=2, pairs=pair, locks=both, hotspots=(b.hotspot(), b.hotspot("MIDI"))) == ()


LONG = (*b.SHIFTS, b.shift("D", "12:00", "12:00"))
TOWNS = (b.ZONE, b.TOWN, b.ZONE.replace(code="9999"))
IMPOSSIBLE: dict[str, dict[str, object]] = {
    "two duties that overlap": {
        "shifts": LONG, "contracts": (b.free_contract(),), "locks": (lock(0, "D"), lock(1, "E")),
    },
    "a duty on a day of leave": {"locks": (lock(1, "E"),), "absences": (b.leave("P1", 1),)},
    "a duty during a training": {"locks": (lock(1, "E"),), "absences": (b.elsewhere("P1", 1, clock=("09:00", "12:00")),)},
    "a hotspot where the person may not stand": {
        "hotspots": (b.hotspot(), b.hotspot("XXX", zone="9999")), "organisations": TOWNS,
        "locks": (lock(0, "E", hotspot="XXX"),),
    },
    "a hotspot that is closed": {"hotspots": (b.hotspot(closes=b.MONDAY),), "locks": (lock(2, "E"),)},
    "a date after the service": {"people": [b.person(last=b.MONDAY)], "locks": (lock(2, "E"),)},
    "a shift of another category": {
        "shifts": (*b.SHIFTS, b.shift("X", "08:00", "16:00", categories=frozenset({Category.NON_POLICE}))),
        "locks": (lock(0, "X"),),
    },
    "too short a rest": {"locks": (lock(0, "N"), lock(1, "E"))},
    "too long a day": {
        "contracts": (b.free_contract(max_hours_24h=8.0),), "locks": (lock(0, "L"), lock(1, "E")),
    },
    "too many hours in a week": {
        "contracts": (b.free_contract(max_hours_week=16.0),), "locks": tuple(lock(day, "E") for day in range(3)),
    },
    "too many hours in the horizon": {
        "contracts": (b.free_contract(max_hours_horizon=16.0),), "locks": tuple(lock(day, "E") for day in range(3)),
    },
    "a duty longer than all hours allowed": {
        "contracts": (b.free_contract(max_hours_horizon=7.5),), "locks": (lock(0, "E"),),
    },
    "too many duties of a shift": {
        "contracts": (b.free_contract(shift_limits=(("E", 2),)),), "locks": tuple(lock(day, "E") for day in range(3)),
    },
    "more duties than the free days between leave": {
        "contracts": (b.contract(min_days_off=3),), "locks": (lock(0, "E"), lock(1, "OFF"), lock(2, "E")),
    },
    "people kept apart side by side": {
        "people": 2, "pairs": (Pair(staff_a="P1", staff_b="P2", kind="apart"),),
        "locks": (lock(0, "E", "P1", "HAL"), lock(0, "E", "P2", "HAL")),
    },
}  # fmt: skip
"""Locks that cannot be kept, of every kind that the arithmetic before a solve sees; nothing else is wrong with the facts."""


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_impossible_locks_are_a_contradiction_and_no_bad_input(kind: str) -> None:
    facts = IMPOSSIBLE[kind]
    found = check_instance(b.make(**facts))  # type: ignore[arg-type]
    assert found.impossible
    assert all(problem.impossible for problem in found.problems)
    with pytest.raises(ContradictionError) as caught:
        found.demand_sound()
    assert str(found.problems[0]) in str(caught.value).splitlines()
    assert found.problems[0].message in caught.value.reasons
    assert check_instance(b.make(**{**facts, "locks": ()})).ok, "nothing but the locks is wrong"  # type: ignore[arg-type]


def test_beside_bad_input_nothing_is_proven() -> None:
    """What is wrong may be the very figure that the locks contradict."""
    contracts = (b.free_contract(min_rest_hours=11.0), b.contract("OLD", max_hours_24h=1.0))
    people = [b.person(), b.person("P2", contract="OLD")]
    found = check_instance(b.make(people=people, contracts=contracts, locks=(lock(0, "N"), lock(1, "E"))))
    assert [problem.impossible for problem in found.problems] == [False, True]
    assert not found.impossible
    with pytest.raises(InputError):
        found.demand_sound()


def test_a_sound_instance_is_not_impossible() -> None:
    assert not check_instance(b.make()).impossible


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"min_hours_horizon": 300.0}, "min_hours_horizon"),
        ({"min_hours_horizon": 33.0, "max_hours_horizon": 39.0}, "min_hours_horizon"),
        ({"min_consecutive_days": 7, "max_consecutive_days": 6}, "min_consecutive_days"),
    ],
)
def test_a_contract_that_no_line_of_work_keeps_is_named(terms: dict[str, Any], field: str) -> None:
    """300 hours are more than two weeks allow; no number of eight-hour duties lies between 33 and 39."""
    found = check_instance(b.make(14, people=2, contracts=(b.contract(**terms),)))
    (problem,) = found.problems
    assert problem.place == f"contracts[0].{field}"
    assert problem.fatal
    assert problem.impossible == (field == "min_hours_horizon")


def test_the_fewest_hours_of_one_person_are_named_on_their_row() -> None:
    people = (b.person("P1"), b.person("P2", min_hours_horizon=200.0))
    (problem,) = check_instance(b.make(14, people=people)).problems
    assert (problem.place, problem.value) == ("staff[1].min_hours_horizon", "200")
    assert check_instance(b.make(14, people=2, contracts=(b.contract(min_hours_horizon=64.0),))).ok


@pytest.mark.parametrize("together", [2, 3])
def test_fewest_hours_of_people_who_need_company_are_no_contradiction(together: int) -> None:
    """Each is looked at alone, and company is not asked for then."""
    terms = b.contract(min_together=together, min_hours_horizon=64.0)
    assert check_instance(b.make(14, people=3, contracts=(terms,), demand=(b.demand(minimum=2),))).ok


def test_a_lock_on_a_day_on_which_its_shift_is_not_worked() -> None:
    weekend = b.shift("W", "08:00", "16:00", days=Days.parse("Sat-Sun"))
    assert problems(shifts=(*b.SHIFTS, weekend), locks=(lock(5, "W"),)) == ()
    (problem,) = problems(shifts=(*b.SHIFTS, weekend), locks=(lock(2, "W"),))
    assert (problem.place, problem.impossible) == ("locks[0].date", True)
    assert "shift W is not worked on 2026-03-04 (P1)" in str(problem)


def test_nobody_works_under_a_contract_whose_shifts_have_no_day_in_the_period() -> None:
    (problem,) = problems(shifts=(b.shift("W", "08:00", "16:00", days=Days.parse("2026-05-02")),))
    assert problem.message.code == "no_shift_open"
