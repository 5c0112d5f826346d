"""Two people exchange duties: legal or by which rule not, and what the lines, the coverage and the company are after it."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from scheduler.analysis.incremental_audit import appeared
from scheduler.errors import InputError
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.audit import audit, hard_findings
from scheduler.workflows.suggest import find_hole, suggest
from scheduler.workflows.swap import Swap, find_swap, swap
from tests.builders import MONDAY, demand, free_contract, lines, make, person
from tests.engine.zones import zone
from tests.parity_cases import MIXED, STREET, TWO_SPOTS
from tests.workflows.readings import reading_of, some_roster


def swapped(instance: Instance, roster: Roster, one: str, other: str) -> Swap:
    reading = reading_of(instance, roster)
    return swap(reading, find_swap(reading, one, other))


@pytest.mark.parametrize("seed", range(15))
def test_legal_is_what_the_audit_of_the_whole_roster_calls_legal(seed: int) -> None:
    instance = zone(seed, days=5)
    roster = some_roster(instance, seed)
    pick, seen = random.Random(seed), 0
    while seen < 6:
        one, other = pick.sample(sorted(instance.person), 2)
        days = [pick.randrange(instance.days) for _ in range(2)]
        words = [f"{staff}:{instance.calendar.date(day)}" for staff, day in zip((one, other), days, strict=True)]
        try:
            found = swapped(instance, roster, *words)
        except InputError:
            continue
        seen += 1
        mine = [cell for cell in roster.line(one) if cell.day == days[0]]
        theirs = [cell for cell in roster.line(other) if cell.day == days[1]]
        kept = [cell for cell in roster if cell not in (*mine, *theirs)]
        taken = [Assignment(one, cell.day, cell.shift, cell.hotspot) for cell in theirs]
        taken += [Assignment(other, cell.day, cell.shift, cell.hotspot) for cell in mine]
        assert found.after == Roster.of([*kept, *taken])
        broken = appeared(hard_findings(audit(instance, roster)), hard_findings(audit(instance, found.after)))
        assert found.effect.legal is not bool(broken)


def test_both_take_what_the_other_has_on_the_others_date() -> None:
    found = swapped(make(4, people=2), lines(P1="E...", P2="..L."), "P1:2026-03-02", "p2:04/03/2026")
    assert found.after == lines(P1="..L.", P2="E...")
    assert found.effect.legal
    assert found.days == (0, 1, 2, 3)


def test_a_free_day_is_exchanged_for_a_duty() -> None:
    found = swapped(make(2, people=2), lines(P2="E."), "P1:2026-03-02", "P2:2026-03-02")
    assert found.after == lines(P1="E.")
    (before, after), (then, now) = found.figures
    assert after.balance_min - before.balance_min == 8 * 60
    assert now.balance_min - then.balance_min == -8 * 60


def test_rest_that_is_too_short_is_named() -> None:
    roster = lines(P1="N..", P2=".EE")
    found = swapped(
        make(3, people=2, contracts=(free_contract(min_rest_hours=11.0),)), roster, "P1:2026-03-04", "P2:2026-03-03"
    )
    assert [(item.rule, item.staff) for item in found.effect.broken] == [("daily_rest", ("P1",))]


def test_coverage_and_company_after_it() -> None:
    """A peacekeeper takes the place of one of two police beside whom another peacekeeper stands."""
    wanted = (demand(start="06:00", until="14:00", minimum=2),)
    instance = make(1, contracts=MIXED, people=STREET, hotspots=TWO_SPOTS, demand=wanted)
    roster = Roster.of(Assignment(staff, 0, "E", "HAL") for staff in ("P1", "P2", "G1"))
    found = swapped(instance, roster, "G2:2026-03-02", "P1:2026-03-02")
    assert {item.rule for item in found.effect.broken} == {"co_presence"}
    assert {item.rule for item in found.effect.mended} == {"min_patrol_size"}
    assert found.effect.coverage == {("HAL", "police", "minimum"): -480}
    (company,) = found.company
    assert (company.duty.staff, company.together, company.police) == ("G2", 2, 1)


def test_several_duties_of_a_date_go_together() -> None:
    roster = Roster.of([Assignment("P1", 0, "E", "HAL"), Assignment("P1", 0, "N", "HAL")])
    assert swapped(make(1, people=2), roster, "P1:2026-03-02", "P2:2026-03-02").after == Roster.of(
        [Assignment("P2", 0, "E", "HAL"), Assignment("P2", 0, "N", "HAL")]
    )


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("P1", "P2:2026-03-02"), ["no_swap_word"]),
        (("P9:2026-03-02", "P2:2027-03-02"), ["not_on_sheet", "date_outside_horizon"]),
        (("P1:2026-02-30", "P2:2026-03-02"), ["not_in_calendar"]),
        (("P1:2026-03-02", "P1:2026-03-03"), ["swap_same_person"]),
        (("P1:2026-03-03", "P2:2026-03-03"), ["swap_both_free"]),
        (("P1:2026-03-02", "P3:2026-03-02"), ["swap_same_duty"]),
        ((":", ":2026-03-02"), ["not_on_sheet", "not_a_date", "not_on_sheet"]),
    ],
)
def test_bad_words(words: tuple[str, str], codes: list[str]) -> None:
    roster = lines(P1="E.", P2="L.", P3="E.")
    with pytest.raises(InputError) as caught:
        find_swap(reading_of(make(2, people=3), roster), *words)
    assert [problem.message.code for problem in caught.value.problems] == codes


def test_a_colon_in_an_id_is_part_of_it() -> None:
    instance = make(1, people=[person("A:1"), person("P2")])
    assert swapped(instance, lines(P2="E"), "A:1:2026-03-02", "P2:2026-03-02").effect.legal


PUBLISHED = Publication(version=1, at=dt.datetime(2026, 2, 20, 9), until=MONDAY + dt.timedelta(days=2), digest="0" * 16)


@pytest.mark.parametrize(
    ("today", "date", "late"),
    [
        (MONDAY - dt.timedelta(days=5), "2026-03-04", ()),
        (MONDAY - dt.timedelta(days=4), "2026-03-04", ("P1", "P2")),
        (MONDAY - dt.timedelta(days=2), "2026-03-04", ("P1", "P2")),
        (MONDAY - dt.timedelta(days=1), "2026-03-05", ()),
        (MONDAY + dt.timedelta(days=3), "2026-03-04", ()),
    ],
)
def test_who_is_told_inside_notice(today: dt.date, date: str, late: tuple[str, ...]) -> None:
    """Published until the 4th, seven days of notice; a day that is over is no longer told in time or late."""
    reading = reading_of(make(5, people=2, publication=PUBLISHED), lines(P1="..EE.", P2="....."))
    sides = find_swap(reading, f"P1:{date}", f"P2:{date}")
    assert swap(reading, sides, today).late == late
    hole = find_hole(reading, date, off="P1")
    assert suggest(reading, hole, today).late == late[1:]
