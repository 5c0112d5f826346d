"""The instance: references checked once, and the geometry that rules rely on."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import InputError
from scheduler.messages.message import Message, Name
from scheduler.problem.facts import (
    Absence,
    Category,
    Counter,
    Days,
    Demand,
    HistoryDuty,
    Lock,
    Pair,
    Request,
    Role,
)
from scheduler.problem.instance import AFTER_DAYS, HISTORY_DAYS, Instance, Need
from scheduler.problem.references import cross_references
from scheduler.problem.tables import Tables
from tests import builders as b

DAY = 24 * 60


def elsewhere(start: int, end: int, **changes: object) -> Absence:
    return Absence.model_validate({"staff": "P1", "start": start, "end": end, "counts_as_work": True, **changes})


def leave(start: int, end: int) -> Absence:
    return Absence(staff="P1", start=start, end=end)


# -- duties ----------------------------------------------------------------------------------------------------------------


def test_a_duty_belongs_to_the_date_it_starts_on_and_may_end_on_the_next() -> None:
    duty = b.make().duty(2, "N")
    assert (duty.day, duty.start, duty.end) == (2, 2 * DAY + 22 * 60, 3 * DAY + 6 * 60)
    assert duty.paid_min == 480


@pytest.mark.parametrize(("start", "minutes"), [(b.SPRING, 420), (b.AUTUMN, 540)])
def test_a_night_duty_pays_the_minutes_the_clock_change_leaves(start: dt.date, minutes: int) -> None:
    instance = b.make(3, start=start)
    assert instance.duty(0, "N").paid_min == minutes
    assert instance.duty(1, "N").paid_min == 480


def test_the_unpaid_break_is_taken_off() -> None:
    instance = b.make(shifts=(b.shift("D", "07:00", "19:00", unpaid_break_min=30),))
    assert instance.duty(0, "D").paid_min == 690


def test_a_duty_that_the_clock_change_swallows_is_empty_and_pays_nothing() -> None:
    instance = b.make(2, start=b.SPRING, shifts=(b.shift("Q", "02:00", "03:00", unpaid_break_min=10),))
    assert instance.duty(0, "Q").paid_min == 50
    assert (instance.duty(1, "Q").end - instance.duty(1, "Q").start, instance.duty(1, "Q").paid_min) == (0, 0)


def test_duties_are_in_order_of_day_and_sheet() -> None:
    assert [duty.key for duty in b.make(2).duties] == [(0, "E"), (0, "L"), (0, "N"), (1, "E"), (1, "L"), (1, "N")]


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("22:00", "06:00", True),
        ("14:00", "22:00", False),
        ("19:00", "07:00", True),
        ("18:00", "02:00", True),  # holds half of the window
        ("17:59", "01:59", False),  # a minute less
        ("23:00", "03:00", True),  # lies wholly within it
        ("20:00", "24:00", True),  # half within it
        ("19:59", "24:00", False),
        ("06:00", "14:00", False),
    ],
)
def test_night_duty(start: str, end: str, night: bool) -> None:
    end = "00:00" if end == "24:00" else end
    instance = b.make(shifts=(b.shift("X", start, end),))
    assert instance.is_night("P1", instance.duty(0, "X")) is night


# -- commitments and leave ---------------------------------------------------------------------------------------------------


def test_history_lies_before_the_horizon_and_keeps_its_place() -> None:
    past = HistoryDuty(staff="P1", date=dt.date(2026, 3, 1), shift="N", hotspot="HAL")
    (item,) = b.make(history=(past,)).commitments["P1"]
    assert (item.day, item.start, item.end, item.paid_min) == (-1, -120, 360, 480)
    assert (item.shift, item.hotspot) == ("N", "HAL")


def test_a_duty_elsewhere_with_clock_times_is_one_piece() -> None:
    (item,) = b.make(absences=(elsewhere(DAY + 22 * 60, 2 * DAY + 6 * 60),)).commitments["P1"]
    assert (item.day, item.start, item.end, item.paid_min) == (1, DAY + 22 * 60, 2 * DAY + 6 * 60, 480)
    assert item.hotspot is None


def test_a_duty_elsewhere_given_by_dates_is_a_working_day_each() -> None:
    found = b.make(absences=(elsewhere(DAY, 3 * DAY),)).commitments["P1"]
    assert [(item.day, item.start, item.paid_min) for item in found] == [
        (1, DAY + 540, 456),
        (2, 2 * DAY + 540, 456),
    ]


def test_a_duty_elsewhere_pays_at_most_twelve_hours() -> None:
    (item,) = b.make(absences=(elsewhere(0, 20 * 60 - 1),)).commitments["P1"]
    assert item.paid_min == 720
    (whole,) = b.make(absences=(elsewhere(0, 20 * 60),)).commitments["P1"]
    assert whole.paid_min == 456


def test_a_duty_elsewhere_of_a_contract_without_hours_is_no_work() -> None:
    instance = b.make(absences=(elsewhere(0, DAY),), contracts=(b.contract(weekly_hours=0.0),))
    assert instance.commitments["P1"] == ()


def test_leave_is_no_commitment() -> None:
    assert b.make(absences=(leave(0, DAY),)).commitments["P1"] == ()


def test_commitments_are_in_order_of_time() -> None:
    past = HistoryDuty(staff="P1", date=dt.date(2026, 3, 1), shift="E")
    instance = b.make(absences=(elsewhere(3 * DAY, 4 * DAY), elsewhere(DAY, 2 * DAY)), history=(past,))
    assert [item.day for item in instance.commitments["P1"]] == [-1, 1, 3]


def test_an_absence_of_a_lifetime_is_looked_at_only_near_the_horizon() -> None:
    forever = 400 * 366 * DAY
    instance = b.make(absences=(elsewhere(-forever, forever),))
    days = [item.day for item in instance.commitments["P1"]]
    assert len(days) < 500
    assert set(range(-60, instance.days + 7)) <= set(days)
    assert b.make(absences=(leave(-forever, forever),)).leave_days["P1"] == frozenset(range(7))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (DAY, 2 * DAY, {1}),
        (DAY + 1, 2 * DAY, set()),
        (DAY, 2 * DAY - 1, set()),
        (DAY - 60, 3 * DAY + 60, {1, 2}),
        (-5 * DAY, DAY, {0}),
        (6 * DAY, 9 * DAY, {6}),
        (7 * DAY, 9 * DAY, set()),
        (-5 * DAY, 0, set()),
    ],
)
def test_leave_days_are_whole_days_of_the_horizon(start: int, end: int, days: set[int]) -> None:
    assert b.make(absences=(leave(start, end),)).leave_days["P1"] == days


def test_a_leave_day_of_the_clock_change_has_23_hours() -> None:
    instance = b.make(3, start=b.SPRING, absences=(leave(DAY, 2 * DAY - 60),))
    assert instance.leave_days["P1"] == {1}


@pytest.mark.parametrize("start", [b.SPRING, b.AUTUMN])
def test_the_leave_day_after_a_clock_change_begins_at_midnight(start: dt.date) -> None:
    whole, late = (b.leave("P1", 2, clock=(clock, "24:00"), start=start) for clock in ("00:00", "00:01"))
    assert b.make(4, start=start, absences=(whole,)).leave_days["P1"] == {2}
    assert b.make(4, start=start, absences=(late,)).leave_days["P1"] == set()


def clocks(instance: Instance, *minutes: int) -> list[str]:
    return [instance.calendar.local(minute).strftime("%a %H:%M") for minute in minutes]


@pytest.mark.parametrize("start", [b.SPRING, b.AUTUMN])
def test_days_elsewhere_over_a_clock_change_end_at_midnight(start: dt.date) -> None:
    away = b.elsewhere("P1", 0, 2, clock=("12:00", "12:00"), start=start)
    instance = b.make(4, start=start, absences=(away,))
    first, second, third = instance.commitments["P1"]
    assert clocks(instance, first.start, first.end) == ["Sat 12:00", "Sun 00:00"]
    assert clocks(instance, second.start) == ["Sun 09:00"]
    assert clocks(instance, third.start, third.end) == ["Mon 00:00", "Mon 12:00"]
    later = b.make(4, start=start, absences=(b.elsewhere("P1", 1, 3, clock=("12:00", "12:00"), start=start),))
    assert clocks(later, later.commitments["P1"][0].end) == ["Mon 00:00"]


@pytest.mark.parametrize("start", [b.SPRING, b.SPRING + dt.timedelta(days=7), b.AUTUMN])
def test_years_elsewhere_are_cut_at_a_midnight(start: dt.date) -> None:
    """Whether the clock changes in the horizon or before it."""
    instance = b.make(4, start=start, absences=(b.elsewhere("P1", -500, 500, start=start),))
    days = [item.day for item in instance.commitments["P1"]]
    assert days == list(range(-HISTORY_DAYS, 4 + AFTER_DAYS))


@pytest.mark.parametrize("start", [b.SPRING, b.AUTUMN])
def test_a_hotspot_is_open_from_midnight_to_midnight_also_after_a_clock_change(start: dt.date) -> None:
    def hours(**dates: int) -> list[str]:
        spot = b.hotspot(**{name: start + dt.timedelta(days=day) for name, day in dates.items()})
        instance = b.make(4, start=start, hotspots=(spot,), demand=(b.demand(minimum=1),))
        return clocks(instance, instance.needs[0].start, instance.needs[-1].end)

    assert hours(opens=2) == ["Mon 00:00", "Wed 00:00"]
    assert hours(closes=1) == ["Sat 00:00", "Mon 00:00"]


def test_in_service_includes_both_dates() -> None:
    member = b.person(first=dt.date(2026, 3, 3), last=dt.date(2026, 3, 5))
    instance = b.make(people=[member])
    assert [instance.in_service("P1", day) for day in range(5)] == [False, True, True, True, False]


# -- needs -------------------------------------------------------------------------------------------------------------------


def needs(*rows: Demand, **changes: object) -> list[tuple[int, int, int, int, int | None]]:
    found = b.make(2, demand=rows, **changes).needs
    return [(need.start, need.end, need.minimum, need.target, need.maximum) for need in found]


def test_overlapping_rows_do_not_add_up_the_highest_figure_holds() -> None:
    found = needs(
        b.demand(days="Mon", start="00:00", until="12:00", minimum=2, target=3, maximum=4),
        b.demand(days="Mon", start="10:00", until="14:00", minimum=1, target=5),
    )
    assert found == [(0, 600, 2, 3, 4), (600, 720, 2, 5, 5), (720, 840, 1, 5, None)]


def test_rows_with_equal_figures_join() -> None:
    found = needs(b.demand(days="Mon", until="12:00", minimum=2), b.demand(days="Mon", start="12:00", minimum=2))
    assert found == [(0, DAY, 2, 2, None)]


def test_a_gap_between_rows_stays_a_gap() -> None:
    found = needs(
        b.demand(days="Mon", until="10:00", minimum=2),
        b.demand(days="Mon", start="12:00", until="14:00", minimum=2),
    )
    assert [row[:2] for row in found] == [(0, 600), (720, 840)]


def test_a_demand_over_midnight_reaches_in_from_the_day_before_and_stops_at_the_end() -> None:
    found = needs(b.demand(start="22:00", until="06:00", minimum=2))
    assert [row[:2] for row in found] == [(0, 360), (1320, 1800), (2760, 2880)]


def test_needs_are_clipped_to_the_dates_a_hotspot_is_open() -> None:
    row = b.demand(start="00:00", minimum=1)
    opens = b.hotspot(opens=dt.date(2026, 3, 3))
    closes = b.hotspot(closes=dt.date(2026, 3, 2))
    assert [found[:2] for found in needs(row, hotspots=(opens,))] == [(DAY, 2 * DAY)]
    assert [found[:2] for found in needs(row, hotspots=(closes,))] == [(0, DAY)]
    always = b.hotspot(opens=dt.date.min, closes=dt.date.max)
    assert [found[:2] for found in needs(row, hotspots=(always,))] == [(0, 2 * DAY)]


def test_needs_follow_the_clock_change() -> None:
    row = b.demand(days="Mon-Sun", start="22:00", until="06:00", minimum=1)
    spring = b.make(2, start=b.SPRING, demand=(row,)).needs
    assert spring[1] == Need("HAL", "police", 1320, 1320 + 420, 1, 1, None)


@pytest.mark.parametrize("start", [b.SPRING, b.AUTUMN])
def test_needs_after_the_clock_change_are_at_their_hours(start: dt.date) -> None:
    instance = b.make(4, start=start, demand=(b.demand(days="Mon", start="08:00", until="16:00", minimum=1),))
    (need,) = instance.needs
    assert clocks(instance, need.start, need.end) == ["Mon 08:00", "Mon 16:00"]


def test_roles_and_hotspots_have_needs_of_their_own() -> None:
    lead = Role(code="LEAD", category=Category.POLICE)
    rows = (b.demand(days="Mon", minimum=2), b.demand("LEAD", days="Mon", minimum=1))
    found = b.make(1, demand=rows, roles=(lead,)).needs
    assert [(need.role, need.minimum) for need in found] == [("LEAD", 1), ("police", 2)]


@given(
    st.lists(
        st.tuples(st.integers(0, 23), st.integers(1, 24), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6
    )
)
def test_the_overlay_is_the_highest_row_at_every_moment(rows: list[tuple[int, int, int, int]]) -> None:
    demand = tuple(
        Demand(
            hotspot="HAL",
            role="police",
            days=Days.parse("Tue"),
            start=start * 60,
            until=(start + hours) * 60,
            minimum=minimum,
            target=minimum + more,
        )
        for start, hours, minimum, more in rows
    )
    found = b.make(4, demand=demand).needs
    assert all(one.end <= two.start for one, two in pairwise(found))
    for hour in range(96):
        covering = [row for row in demand if DAY + row.start <= hour * 60 < DAY + row.until]
        here = [need for need in found if need.start <= hour * 60 < need.end]
        assert len(here) == (1 if covering else 0)
        if covering:
            assert here[0].minimum == max(row.minimum for row in covering)
            assert here[0].target == max(row.target for row in covering)


# -- references ------------------------------------------------------------------------------------------------------------


def faults(**facts: object) -> list[tuple[str, str, Message]]:
    with pytest.raises(InputError) as caught:
        b.make(**facts)  # type: ignore[arg-type]
    return [(problem.place, problem.value, problem.message) for problem in caught.value.problems]


UNKNOWN: list[tuple[dict[str, object], str, str]] = [
    ({"people": [b.person(contract="PLO")]}, "staff[0].contract", "Contracts"),
    ({"people": [b.person(organisation="1")]}, "staff[0].organisation", "Organisations"),
    ({"people": [b.person(roles=("LEAD",))]}, "staff[0].roles", "Roles"),
    ({"people": [b.person(home_hotspot="HLA")]}, "staff[0].home_hotspot", "Hotspots"),
    ({"people": [b.person(hotspots=("HAL", "X"))]}, "staff[0].hotspots", "Hotspots"),
    ({"hotspots": (b.hotspot(zone="1"),)}, "hotspots[0].zone", "Organisations"),
    ({"shifts": (b.shift("E", "06:00", "14:00", hotspots=("X",)),)}, "shifts[0].hotspots", "Hotspots"),
    (
        {"shifts": (b.shift("E", "06:00", "14:00", not_followed_by=("X",)),)},
        "shifts[0].not_followed_by",
        "Shifts",
    ),
    ({"contracts": (b.contract(shift_limits=(("X", 1),)),)}, "contracts[0].shift_limits", "Shifts"),
    ({"hotspots": (b.hotspot(neighbours=("X",)),)}, "hotspots[0].neighbours", "Hotspots"),
    ({"demand": (b.demand("LEAD"),)}, "demand[0].role", "Roles"),
    ({"absences": (Absence(staff="X", start=0, end=1),)}, "absences[0].staff", "Staff"),
    ({"pairs": (Pair(staff_a="P1", staff_b="X", kind="apart"),)}, "pairs[0].staff_b", "Staff"),
    ({"counters": (Counter(staff="X"),)}, "counters[0].staff", "Staff"),
    ({"locks": (Lock(staff="P1", date=b.MONDAY, shift="X"),)}, "locks[0].shift", "Shifts"),
    ({"locks": (Lock(staff="P1", date=b.MONDAY, shift="E", hotspot="X"),)}, "locks[0].hotspot", "Hotspots"),
    (
        {"history": (HistoryDuty(staff="P1", date=b.MONDAY - dt.timedelta(1), shift="X"),)},
        "history[0].shift",
        "Shifts",
    ),
    (
        {"requests": (Request(staff="P1", first=b.MONDAY, last=b.MONDAY, shift="X", kind="want"),)},
        "requests[0].shift",
        "Shifts",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "place", "sheet"), UNKNOWN, ids=[row[1] for row in UNKNOWN])
def test_an_unknown_code_is_named_once_with_its_place(facts: dict[str, object], place: str, sheet: str) -> None:
    ((where, _, message),) = faults(**facts)
    assert (where, message.code, message.arguments) == (place, "not_on_sheet", (("sheet", Name("sheet", sheet)),))
    assert str(message) == f"is not on sheet {sheet}."


def test_a_language_that_vigie_does_not_speak_is_refused() -> None:
    with pytest.raises(InputError, match="language"):
        b.make(language="de")


def test_all_faults_come_at_once_and_each_once() -> None:
    found = faults(
        people=[b.person("P1", contract="X"), b.person("P1", organisation="X")],
        locks=(Lock(staff="P9", date=b.MONDAY, shift="E"),),
    )
    assert sorted(place for place, _, _ in found) == [
        "staff[0].contract",
        "staff[1].id",
        "staff[1].organisation",
    ]


def test_a_misspelt_code_gets_a_suggestion() -> None:
    with pytest.raises(InputError, match="Did you mean 'HAL'"):
        b.make(people=[b.person(home_hotspot="HALL")])


def test_many_unknown_codes_are_found_quickly_with_a_bounded_number_of_suggestions() -> None:
    people = [b.person(f"P{index:04d}") for index in range(500)]
    absences = tuple(Absence(staff=f"Q{index:04d}", start=0, end=1) for index in range(1000))
    calendar = b.make().calendar
    tables = Tables(
        calendar=calendar,
        organisations=(b.ZONE,),
        staff=tuple(people),
        absences=absences,
        contracts=(b.contract(),),
    )
    found = [fault for fault in cross_references(tables) if fault.table == "absences"]
    assert len(found) == 1000
    assert sum(bool(fault.hint) for fault in found) == 200


DATED: list[tuple[dict[str, object], dict[str, object], str]] = [
    (
        {"locks": (Lock(staff="P1", date=dt.date(2026, 3, 8), shift="E"),)},
        {"locks": (Lock(staff="P1", date=dt.date(2026, 3, 9), shift="E"),)},
        "date_outside_horizon",
    ),
    (
        {"locks": (Lock(staff="P1", date=dt.date(2026, 3, 2), shift="OFF"),)},
        {"locks": (Lock(staff="P1", date=dt.date(2026, 3, 1), shift="OFF"),)},
        "date_outside_horizon",
    ),
    (
        {"history": (HistoryDuty(staff="P1", date=dt.date(2026, 3, 1), shift="E"),)},
        {"history": (HistoryDuty(staff="P1", date=dt.date(2026, 3, 2), shift="E"),)},
        "not_before_horizon",
    ),
    (
        {"requests": (Request(staff="P1", first=dt.date(2026, 2, 1), last=dt.date(2026, 3, 2), kind="avoid"),)},
        {"requests": (Request(staff="P1", first=dt.date(2026, 2, 1), last=dt.date(2026, 3, 1), kind="avoid"),)},
        "date_outside_horizon",
    ),
    (
        {"people": 2, "pairs": (Pair(staff_a="P1", staff_b="P2", kind="apart"),)},
        {"people": 2, "pairs": (Pair(staff_a="P1", staff_b="P1", kind="apart"),)},
        "same_person",
    ),
    (
        {"people": 2, "counters": (Counter(staff="P1"), Counter(staff="P2"))},
        {"people": 2, "counters": (Counter(staff="P1"), Counter(staff="P1"))},
        "code_again",
    ),
    (
        {"shifts": (b.shift("OFF2", "06:00", "14:00"),)},
        {"shifts": (b.shift("OFF", "06:00", "14:00"),)},
        "code_of_day_off",
    ),
    (
        {"roles": (Role(code="officer", category=Category.POLICE),)},
        {"roles": (Role(code="police", category=Category.POLICE),)},
        "name_of_category",
    ),
]


@pytest.mark.parametrize(("good", "bad", "code"), DATED)
def test_facts_that_contradict_each_other(good: dict[str, object], bad: dict[str, object], code: str) -> None:
    b.make(**good)  # type: ignore[arg-type]
    assert [found[2].code for found in faults(**bad)] == [code]


def test_two_locks_on_one_date_name_both_rows() -> None:
    locks = tuple(Lock(staff="P1", date=b.MONDAY, shift=code) for code in ("E", "L", "N"))
    calendar = b.make().calendar
    found = [fault for fault in cross_references(Tables(calendar=calendar, locks=locks)) if fault.field == "date"]
    assert [(fault.index, fault.other) for fault in found] == [(1, 0), (2, 0)]


def test_a_role_of_the_other_category_is_a_fault() -> None:
    role = Role(code="EDU", category=Category.NON_POLICE)
    assert faults(roles=(role,), people=[b.person(roles=("EDU",))])[0][0] == "staff[0].roles"


def test_people_of_a_role_and_of_a_category() -> None:
    role = Role(code="LEAD", category=Category.POLICE)
    instance = b.make(roles=(role,), people=[b.person("P1", roles=("LEAD",)), b.person("P2")])
    assert instance.people("LEAD") == {"P1"}
    assert instance.people("police") == {"P1", "P2"}
    assert instance.people("non_police") == frozenset()


# -- fingerprint -------------------------------------------------------------------------------------------------------------


def test_the_fingerprint_follows_the_facts() -> None:
    one, same, other = b.make(2), b.make(2), b.make(3)
    assert one.sha256 == same.sha256
    assert one.sha256 != other.sha256
    fresh = b.make(2)
    assert fresh.duties
    assert fresh.sha256 == one.sha256
    assert len(one.sha256) == 64


def test_the_fingerprint_does_not_hang_on_the_order_of_sets_in_this_process() -> None:
    code = (
        "from tests import builders as b; from scheduler.problem.facts import Days;"
        "print(b.make(2, demand=(b.demand(days='Mon, Tue, 2026-03-14, 2026-03-15, 2026-03-16', minimum=1),)).sha256)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_an_instance_is_equal_to_its_copy_and_frozen() -> None:
    one = b.make(2)
    assert one == b.make(2)
    assert one.duties  # a derived view does not make it another instance
    assert one == b.make(2)
    assert isinstance(one, Instance)


def test_only_facts_are_pickled() -> None:
    """What is derived may be in the making in another thread, and is derived anew where the instance arrives."""
    instance = b.make(3)
    bare = pickle.dumps(instance)
    assert instance.duties
    assert instance.sha256
    assert pickle.dumps(instance) == bare
    again = pickle.loads(bare)
    assert again == instance
    assert again.duties == instance.duties


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_two_people_together_and_apart_is_refused(turned: bool) -> None:
    other = ("P1", "P2") if turned else ("P2", "P1")
    pairs = (
        Pair(staff_a="P1", staff_b="P2", kind="together"),
        Pair(staff_a=other[0], staff_b=other[1], kind="apart"),
    )
    with pytest.raises(InputError, match="contradicts another row about the same two people"):
        b.make(people=2, pairs=pairs)


def test_opposite_wishes_about_the_same_dates_are_refused() -> None:
    wishes = tuple(
        Request(staff="P1", first=b.MONDAY, last=b.MONDAY, shift="E", kind=kind) for kind in ("want", "avoid")
    )
    with pytest.raises(InputError, match="contradicts another row about the same dates"):
        b.make(requests=wishes)
