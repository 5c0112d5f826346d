"""Input that has no effect is pointed out, and input that has one is not."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import pytest

from scheduler.errors import InputProblem
from scheduler.problem.facts import (
    OFF,
    Category,
    Days,
    HistoryDuty,
    Organisation,
    OrganisationKind,
    Pair,
    Request,
    Role,
)
from scheduler.problem.instance import Instance
from scheduler.workflows.preflight import check_instance
from tests import builders as b

LATER = b.MONDAY + dt.timedelta(days=60)
MOL = Organisation(code="MOL", name="Molenbeek-Saint-Jean", kind=OrganisationKind.MUNICIPALITY)
WOLUWE = Organisation(code="WSL", name="Woluwe-Saint-Lambert", kind=OrganisationKind.MUNICIPALITY)
TWO = (b.hotspot("HAL"), b.hotspot("MIDI"))
ALL_DAY = b.demand(minimum=1)
EVE = "eve_unknown"
LEAD = Role(code="LEAD", category=Category.POLICE)


def world(**facts: Any) -> Instance:
    return b.make(**{"people": 2, "demand": (ALL_DAY, ALL_DAY.replace(hotspot="MIDI")), "hotspots": TWO, **facts})


def notes(**facts: Any) -> list[InputProblem]:
    """All but the one on the night before the period, which most of these worlds do not know."""
    found = check_instance(world(**facts))
    assert found.ok
    assert not any(note.fatal for note in found.notes)
    return [note for note in found.notes if code(note) != EVE]


def eve(**facts: Any) -> list[str]:
    """What is said of the night before the period."""
    return [str(note) for note in check_instance(world(**facts)).notes if code(note) == EVE]


def only(**facts: Any) -> InputProblem:
    (note,) = notes(**facts)
    return note


def code(note: InputProblem) -> str:
    return note.message.code


def test_where_everything_has_an_effect_there_is_no_note() -> None:
    assert notes() == []
    assert notes(demand=()) == []


@pytest.mark.parametrize("word", ["MLO", "Molenbeek", "molenbeek saint jean", "Molenbeck", "MOLE"])
def test_a_municipality_that_matches_none_is_named_with_what_was_meant(word: str) -> None:
    spots = (TWO[0], b.hotspot("MIDI", municipality=word))
    note = only(hotspots=spots, organisations=(b.ZONE, b.TOWN, MOL))
    assert (note.place, note.value) == ("hotspots[1].municipality", word)
    assert str(note.hint) == "Did you mean 'MOL'?"


@pytest.mark.parametrize("word", ["MOL", "mol", "Molenbeek-Saint-Jean"])
def test_a_municipality_by_code_or_name_is_fine(word: str) -> None:
    spots = (TWO[0], b.hotspot("MIDI", municipality=word))
    assert notes(hotspots=spots, organisations=(b.ZONE, b.TOWN, MOL)) == []


@pytest.mark.parametrize("word", ["Woluwe-Saint-Pierre", "Uccle", "Saint-Josse"])
def test_a_municipality_without_staff_of_its_own_need_not_be_listed(word: str) -> None:
    spots = (TWO[0], b.hotspot("MIDI", municipality=word))
    assert notes(hotspots=spots, organisations=(b.ZONE, b.TOWN, WOLUWE)) == []


def test_a_zone_that_is_none() -> None:
    note = only(
        hotspots=(TWO[0], b.hotspot("MIDI", zone="SGIL")), people=[b.person(), b.person("P2", hotspots=("MIDI",))]
    )
    assert (note.place, code(note)) == ("hotspots[1].zone", "not_a_police_zone")


def test_a_hotspot_that_is_never_open_and_one_that_nobody_asks_for() -> None:
    assert only(hotspots=(TWO[0], b.hotspot("MIDI", opens=LATER))).place == "hotspots[1].opens"
    assert only(hotspots=(TWO[0], b.hotspot("MIDI", closes=b.MONDAY - dt.timedelta(1)))).place == "hotspots[1].closes"
    assert notes(hotspots=(TWO[0], b.hotspot("MIDI", closes=b.MONDAY))) == []
    unasked = only(demand=(ALL_DAY,))
    assert (unasked.place, unasked.value) == ("hotspots[1].code", "MIDI")
    assert str(unasked.message) == "stays empty: no row of sheet Demand asks for anybody."


def test_shifts_that_nobody_works_or_that_cover_nothing() -> None:
    civil = b.shift("C", "10:00", "18:00", categories=frozenset({Category.NON_POLICE}))
    assert code(only(shifts=(*b.SHIFTS, civil))) == "shift_of_nobody"
    police = b.shift("C", "10:00", "18:00", categories=frozenset({Category.POLICE}))
    night = b.demand(start="22:00", until="06:00", minimum=1)
    rows = (night, night.replace(hotspot="MIDI"))
    note = only(shifts=(*b.SHIFTS, police), demand=rows)
    assert (note.place, code(note)) == ("shifts[3].code", "shift_covers_nothing")
    assert notes(shifts=(*b.SHIFTS, b.shift("C", "10:30", "22:30", hotspots=("MIDI",))), demand=rows) == []
    assert only(shifts=(*b.SHIFTS, b.shift("C", "10:00", "22:00", hotspots=("MIDI",))), demand=rows).value == "C"
    assert notes(shifts=(*b.SHIFTS, b.shift("C", "10:00", "18:00")), demand=rows) == [], "a stock to choose from"


def test_roles_that_nobody_holds_or_asks_for() -> None:
    asked = (
        ALL_DAY,
        ALL_DAY.replace(hotspot="MIDI"),
        b.demand("LEAD", minimum=1),
        b.demand("LEAD", days="Sat", target=1),
    )
    missing = only(roles=(LEAD,), demand=asked)
    assert (missing.place, missing.value) == ("demand[2].role", "LEAD")
    assert (code(missing), str(missing.hint)) == ("role_of_nobody", "1 more like it.")
    leader = [b.person(), b.person("P2", roles=("LEAD",))]
    assert notes(roles=(LEAD,), demand=asked, people=leader) == []
    assert only(roles=(LEAD,), people=leader).place == "roles[0].code"
    assert notes(roles=(LEAD,)) == []


def test_roles_that_a_rule_asks_for() -> None:
    asked = {"roles": (LEAD,), "parameters": {"role_holders.role": "LEAD"}}
    assert notes(people=[b.person(), b.person("P2", roles=("LEAD",))], **asked) == []
    nobody = only(**asked)
    assert (nobody.place, nobody.value, code(nobody)) == ("roles[0].code", "LEAD", "rule_role_of_nobody")


def test_people_who_are_not_there_and_homes_where_they_may_not_stand() -> None:
    old = [b.person(), b.person("P2", last=b.MONDAY - dt.timedelta(1)), b.person("P3", first=LATER)]
    gone = only(people=old)
    assert (gone.place, str(gone.hint)) == ("staff[1].last", "1 more like it.")
    assert notes(people=[b.person(), b.person("P2", last=b.MONDAY)]) == []
    home = only(people=[b.person(), b.person("P2", hotspots=("MIDI",), home_hotspot="HAL")])
    assert (home.place, home.value) == ("staff[1].home_hotspot", "HAL")


def test_partners_without_a_hotspot_in_common() -> None:
    people = [b.person("P1", hotspots=("HAL",)), b.person("P2", hotspots=("MIDI",))]
    pair = Pair(staff_a="P1", staff_b="P2", kind="together")
    assert only(people=people, pairs=(pair,)).place == "pairs[0].staff_b"
    assert notes(people=people, pairs=(pair.replace(kind="apart"),)) == []
    assert notes(pairs=(pair,)) == []


def test_demand_for_nobody_and_on_days_of_another_time() -> None:
    rows = world().demand
    assert only(demand=(*rows, b.demand())).place == "demand[2].minimum"
    assert notes(demand=(*rows, b.demand(maximum=0))) == []
    assert only(demand=(*rows, b.demand(days="2025-03-04", minimum=3))).place == "demand[2].days"
    assert only(demand=(*rows, b.demand(days="2025-03-04..2025-03-06", minimum=3))).place == "demand[2].days"
    assert notes(demand=(*rows, b.demand(days="2025-03-04..2026-03-06", minimum=3))) == []
    assert notes(demand=(*rows, b.demand(days="holiday", minimum=3))) == [], "a row for whenever there is one"


def test_leave_outside_the_period() -> None:
    note = only(absences=(b.leave("P1", -365, -360), b.leave("P1", 1), b.leave("P1", 30)))
    assert (note.place, str(note.hint)) == ("absences[0].start", "1 more like it.")
    assert str(only(absences=(b.leave("P1", -365, -360),)).hint) == "Is the year right?"
    assert notes(absences=(b.leave("P1", -3, 0), b.leave("P2", 7), b.elsewhere("P2", -1))) == []


def test_leave_of_somebody_who_is_not_in_service_then() -> None:
    late = [b.person(first=b.MONDAY + dt.timedelta(2)), b.person("P2", last=b.MONDAY + dt.timedelta(2))]
    note = only(people=late, absences=(b.leave("P1", 0, 1), b.leave("P2", 4, 5)))
    assert (note.place, code(note)) == ("absences[0].start", "absence_not_in_service")
    assert str(note.hint) == "1 more like it."
    reaching = (b.leave("P1", 0, 2), b.leave("P2", 3))  # On the 3rd, P2 may still be on the night duty of the 2nd.
    assert notes(people=late, absences=reaching) == []
    day = b.leave("P2", 3)
    after = (day.replace(start=day.start + 6 * 60),)  # The night duty is over.
    assert only(people=late, absences=after).place == "absences[0].start"


def test_leave_and_work_elsewhere_at_the_same_time() -> None:
    note = only(absences=(b.leave("P1", 1, 3), b.elsewhere("P1", 2)))
    assert (note.place, code(note)) == ("absences[1].start", "absences_differ")
    assert notes(absences=(b.leave("P1", 1, 3), b.leave("P1", 2), b.elsewhere("P1", 4), b.elsewhere("P2", 2))) == []


def want(
    day: int,
    last: int | None = None,
    *,
    staff: str = "P1",
    shift: str | None = None,
    kind: Literal["want", "avoid"] = "want",
) -> Request:
    first, until = b.MONDAY + dt.timedelta(day), b.MONDAY + dt.timedelta(day if last is None else last)
    return Request(staff=staff, first=first, last=until, shift=shift, kind=kind)


def test_requests_that_can_never_be_granted() -> None:
    away = b.leave("P1", 2)
    civil = b.shift("C", "10:00", "18:00", categories=frozenset({Category.NON_POLICE}))
    never = "never_granted"
    assert code(only(requests=(want(2),), absences=(away,))) == never
    assert notes(requests=(want(2, 3), want(2, staff="P2"), want(2, kind="avoid")), absences=(away,)) == []
    partly = b.leave("P1", 2).replace(end=b.leave("P1", 2).start + 12 * 60)
    assert notes(requests=(want(2, shift="L"),), absences=(partly,)) == []
    assert only(requests=(want(2, shift="E"),), absences=(partly,)).place == "requests[0].first"
    people = [b.person(contract="NEVER", first=b.MONDAY + dt.timedelta(1)), b.person("P2")]
    contracts = (b.contract(), b.contract("NEVER", shift_limits=(("E", 0), ("L", 1))))
    rows = (want(0), want(1, 5, shift="E"), want(1, 5, shift="L"), want(1))
    found = only(people=people, contracts=contracts, requests=rows)
    assert (found.place, str(found.hint)) == ("requests[0].first", "1 more like it.")
    locked = (b.lock("P1", 2, "E"), b.lock("P2", 2, OFF))
    refused = (want(2, shift="L"), want(2, kind="avoid"), want(2, staff="P2"))
    assert str(only(requests=refused, locks=locked).hint) == "2 more like it."
    kept = (want(2, shift="E"), want(2, shift="L", kind="avoid"), want(2, staff="P2", kind="avoid"))
    assert notes(requests=kept, locks=locked) == []
    told = notes(shifts=(*b.SHIFTS, civil), requests=(want(1, shift="C"),))
    assert [note.place for note in told if code(note) == never] == ["requests[0].first"]


def test_a_request_that_stands_twice() -> None:
    row = want(2, 3, shift="E")
    note = only(requests=(row, want(4), row.replace(weight=3)))
    assert (note.place, code(note)) == ("requests[2].first", "request_twice")
    assert notes(requests=(row, row.replace(shift="L"), row.replace(staff="P2"), row.replace(last=row.first))) == []


def test_a_shift_longer_than_its_people_may_work() -> None:
    long = b.shift("D", "06:00", "19:00")
    note = only(shifts=(*b.SHIFTS, long))
    assert (note.place, code(note)) == ("shifts[3].code", "shift_too_long")
    assert notes(shifts=(*b.SHIFTS, long), contracts=(b.contract(max_hours_24h=13.0),)) == []
    assert "max_hours_24h" in str(only(shifts=(*b.SHIFTS, long), contracts=(b.contract(max_hours_24h=12.0),)).message)
    short = (b.contract(max_hours_24h=13.0, max_hours_week=12.0, weekly_hours=12.0),)
    assert code(only(shifts=(*b.SHIFTS, long), contracts=short)) == "shift_too_long"


def test_limits_that_work_against_their_contract() -> None:
    short = only(contracts=(b.contract(max_hours_week=30.0, weekly_hours=38.0),))
    assert (short.place, short.value) == ("contracts[0].max_hours_week", "30 h")
    assert notes(contracts=(b.contract(max_hours_week=38.0, weekly_hours=38.0),)) == []
    night = only(contracts=(b.contract(night_from=22 * 60, night_to=22 * 60),))
    assert (night.place, night.value) == ("contracts[0].night_to", "22:00")
    assert notes(contracts=(b.contract(), b.contract("OLD", night_from=0, night_to=0))) == [], "nobody has it"


def test_history_of_another_year() -> None:
    old = HistoryDuty(staff="P1", date=b.MONDAY - dt.timedelta(366), shift="L", hotspot="HAL")
    note = only(history=(old, old.replace(date=old.date + dt.timedelta(1))))
    assert (note.place, str(note.hint)) == ("history[1].date", "Is the year right?")
    assert "364 days before the period" in str(note.message)
    assert notes(history=(old, *b.past("P1", "E"))) == []


def test_history_without_a_hotspot_that_reaches_into_the_period() -> None:
    blank = only(history=b.past("P1", "EEN"))
    assert (blank.place, code(blank)) == ("history[2].hotspot", "history_without_hotspot")
    assert notes(history=b.past("P1", "EEN", spot="HAL")) == []
    assert notes(history=b.past("P1", "EEL")) == []
    one = {"hotspots": TWO[:1], "demand": (ALL_DAY,)}
    assert notes(history=b.past("P1", "EEN"), **one) == []
    early = world(history=b.past("P1", "EEN"), **one).commitments["P1"]
    assert [item.hotspot for item in early] == ["HAL", "HAL", "HAL"]


def test_history_keeps_the_hotspot_that_it_names() -> None:
    past = (HistoryDuty(staff="P1", date=b.MONDAY - dt.timedelta(1), shift="N", hotspot="MIDI"),)
    assert world(history=past).commitments["P1"][0].hotspot == "MIDI"


def test_a_shift_whose_days_never_come() -> None:
    weekend = b.SHIFTS[0].replace(code="W", days=Days.parse("2026-05-02..2026-05-03"))
    note = only(shifts=(*b.SHIFTS, weekend))
    assert (note.place, code(note)) == ("shifts[3].days", "shift_days_outside")
    assert notes(shifts=(*b.SHIFTS, weekend.replace(days=Days.parse("Sat")))) == []


def test_a_shift_of_days_on_which_nobody_is_asked_for() -> None:
    weekdays = tuple(row.replace(days=Days.parse("Mon-Fri")) for row in (ALL_DAY, ALL_DAY.replace(hotspot="MIDI")))
    weekend = b.shift("W", "08:00", "16:00", days=Days.parse("Sat"))
    assert code(only(demand=weekdays, shifts=(*b.SHIFTS, weekend))) == "shift_covers_nothing"


def test_a_wish_for_a_shift_on_another_day_than_its_own() -> None:
    weekend = b.SHIFTS[0].replace(code="W", days=Days.parse("Sat"))
    wish = Request(staff="P1", first=b.MONDAY, last=b.MONDAY + dt.timedelta(days=4), shift="W", kind="want")
    assert code(only(shifts=(*b.SHIFTS, weekend), requests=(wish,))) == "never_granted"
    assert notes(shifts=(*b.SHIFTS, weekend), requests=(wish.replace(last=wish.last + dt.timedelta(days=1)),)) == []


def test_a_night_before_the_period_of_which_nothing_is_known() -> None:
    (said,) = eve()
    assert said.startswith("History: has nobody on duty on 2026-03-01")
    assert "(HAL, MIDI 00:00–06:00)" in said
    (longer,) = eve(demand=(ALL_DAY, ALL_DAY.replace(hotspot="MIDI", start=4 * 60, until=20 * 60)))
    assert "(HAL 00:00–06:00 and MIDI 04:00–06:00)" in longer


def test_a_night_before_the_period_that_is_known_or_not_needed() -> None:
    assert eve(history=b.past("P1", "E")) == [], "somebody was there, if not at night"
    assert len(eve(history=b.past("P1", "N."))) == 1
    assert eve(demand=(b.demand(start="06:00", minimum=1),)) == [], "nobody is asked for so early"
    assert eve(demand=(b.demand(maximum=0),)) == []
    assert eve(shifts=(*b.SHIFTS, b.shift("Z", "00:00", "06:00"))) == [], "a duty of the period covers it"
    spots = tuple(spot.replace(opens=b.MONDAY) for spot in TWO)
    assert eve(hotspots=spots) == [], "nobody could have been there"
    night = b.shift("N", "22:00", "06:00", days=Days.parse("Mon-Sat"))
    assert eve(shifts=(*b.SHIFTS[:2], night)) == [], "no shift was worked then"


def test_many_hotspots_of_the_same_hours_are_named_in_short() -> None:
    spots = tuple(b.hotspot(f"H{number}") for number in range(9))
    (said,) = eve(hotspots=spots, demand=tuple(ALL_DAY.replace(hotspot=spot.code) for spot in spots))
    assert "(H0, H1, H2, H3, H4, H5 … 00:00–06:00)" in said
