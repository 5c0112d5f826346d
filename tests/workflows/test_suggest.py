"""Who can take a duty: the audit of the whole changed roster decides; the ranking knows hours, nights, places, never answers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest

from scheduler.analysis.incremental_audit import appeared
from scheduler.errors import InputError
from scheduler.problem.facts import Category, Counter, Role
from scheduler.problem.instance import Instance
from scheduler.problem.records import Call
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.audit import audit, hard_findings
from scheduler.workflows.suggest import find_hole, suggest
from scheduler.workflows.suggestions import Hole, Suggestions
from tests.builders import (
    MONDAY,
    SHIFTS,
    contract,
    demand,
    elsewhere,
    free_contract,
    hotspot,
    leave,
    lines,
    make,
    past,
    person,
    shift,
)
from tests.engine.zones import zone
from tests.parity_cases import MIXED, STREET, TWO_SPOTS
from tests.workflows.readings import reading_of, some_roster

pytestmark = pytest.mark.slow


def suggested(instance: Instance, roster: Roster, hole: Hole, *calls: Call) -> Suggestions:
    return suggest(reading_of(instance, roster, calls), hole)


def legal(found: Suggestions) -> list[str]:
    return [item.staff for item in found.legal]


def excluded(found: Suggestions) -> dict[str, list[str]]:
    return {item.staff: [finding.rule for finding in item.broken] for item in found.excluded}


# -- what is legal -----------------------------------------------------------------------------------------------------------


def newly_broken(instance: Instance, given: Roster, hole: Hole, changed: Roster) -> bool:
    """By two audits of whole rosters: a hard rule is broken that the given roster keeps, not counting what taking the person off
    the hole breaks of the rules about that person."""
    before = list(hard_findings(audit(instance, given)))
    if hole.off is not None:
        alone = Roster.of(cell for cell in given.line(hole.off.staff) if cell != hole.off)
        before += [item for item in hard_findings(audit(instance, alone)) if item.staff == (hole.off.staff,)]
    return bool(appeared(before, hard_findings(audit(instance, changed))))


def holes(instance: Instance, roster: Roster) -> Iterator[Hole]:
    """Duties that people are taken off, and one that nobody has."""
    for cell in list(roster)[::5]:
        yield Hole(cell.day, cell.shift, cell.hotspot, cell)
    yield Hole(1, "L", "MIDI")


@pytest.mark.parametrize("seed", range(12))
def test_legal_is_what_the_audit_of_the_whole_roster_calls_legal(seed: int) -> None:
    instance = zone(seed, days=5, police=5, guards=3)
    roster = some_roster(instance, seed)
    for hole in holes(instance, roster):
        found = suggested(instance, roster, hole)
        out = {*found.there, *([hole.off.staff] if hole.off else [])}
        assert {*legal(found), *excluded(found)} == set(instance.person) - out
        assert not set(legal(found)) & set(excluded(found))
        for staff in set(instance.person) - out:
            kept = [cell for cell in roster if cell != hole.off and (cell.staff, cell.day) != (staff, hole.day)]
            changed = Roster.of([*kept, hole.taken_by(staff)])
            assert (staff in legal(found)) is not newly_broken(instance, roster, hole, changed), staff


@pytest.mark.parametrize("seed", range(12))
def test_chains_are_legal_in_the_whole_roster_and_found_where_there_are_any(seed: int) -> None:
    instance = zone(seed, days=4, police=4, guards=2)
    roster = some_roster(instance, seed, 0.3)
    for hole in holes(instance, roster):
        found = suggested(instance, roster, hole)
        base = [cell for cell in roster if cell != hole.off]
        for chain in found.chains:
            kept = [cell for cell in base if cell != chain.left]
            second = Assignment(chain.second, chain.left.day, chain.left.shift, chain.left.hotspot)
            changed = Roster.of([*kept, hole.taken_by(chain.first), second])
            assert not newly_broken(instance, roster, hole, changed)
            assert not {chain.first, chain.second} & set(found.there)
        if not found.chains:
            assert not list(useful_chains(instance, roster, hole, found))


def useful_chains(instance: Instance, roster: Roster, hole: Hole, found: Suggestions) -> Iterator[tuple[str, str]]:
    """Every legal chain within the hole's date, of two of one category, whose second cannot simply take the hole."""
    out = {*found.there, *([hole.off.staff] if hole.off else [])}
    base = [cell for cell in roster if cell != hole.off]
    useful = {item.staff for item in found.legal if item.useful}
    for first, second in itertools.permutations(set(instance.person) - out, 2):
        left = [cell for cell in base if (cell.staff, cell.day) == (first, hole.day)]
        busy = any((cell.staff, cell.day) == (second, hole.day) for cell in base)
        busy |= any(item.day == hole.day for item in instance.commitments[second]) or bool(instance.leave[second])
        if len(left) == 1 and not busy and instance.category(first) is instance.category(second):
            taken = Assignment(second, hole.day, left[0].shift, left[0].hotspot)
            changed = Roster.of([*(cell for cell in base if cell != left[0]), hole.taken_by(first), taken])
            if second not in useful and first in useful and not newly_broken(instance, roster, hole, changed):
                yield first, second


def test_rest_of_10_hours_of_11_excludes_and_says_by_how_much() -> None:
    shifts = (*SHIFTS, shift("D10", "08:00", "16:00"), shift("D11", "09:00", "17:00"))
    instance = make(3, people=2, contracts=(free_contract(min_rest_hours=11.0),), shifts=shifts)
    roster = lines(P2="L..")
    assert legal(suggested(instance, roster, Hole(1, "D11", "HAL"))) == ["P1", "P2"], "11 hours are enough"
    found = suggested(instance, roster, Hole(1, "D10", "HAL"))
    assert legal(found) == ["P1"]
    (finding,) = found.excluded[0].broken
    assert (finding.rule, finding.amount, finding.unit) == ("daily_rest", 60, "minutes")
    assert str(finding.message) == "P2 rests 10 h 00 before the work of 2026-03-03; 11 h 00 is required"


def test_who_may_not_stand_there_is_excluded_by_the_fact_alone() -> None:
    instance = make(
        2, people=[person("P1"), person("P2", hotspots=("MIDI",)), person("P3", fte=0.0)], hotspots=TWO_SPOTS
    )
    found = suggested(instance, Roster(), Hole(0, "E", "HAL"))
    assert legal(found) == ["P1"]
    assert [(item.staff, item.competent) for item in found.excluded] == [("P2", False), ("P3", False)]


def test_what_breaks_already_is_held_against_nobody() -> None:
    instance = make(3, people=3)
    found = suggested(instance, lines(P1="NE."), Hole(2, "L", "HAL"))
    assert "P1" in legal(found)


def test_a_colleague_left_alone_is_not_mended_by_nobody() -> None:
    """Taking one of a patrol of two off leaves the other alone: only who keeps them company is a replacement."""
    instance = make(1, contracts=(contract(min_together=2),), people=3, hotspots=TWO_SPOTS)
    roster = lines(P1="E", P2="E")
    cell = Assignment("P1", 0, "E", "HAL")
    found = suggested(instance, roster, Hole(0, "E", "HAL", cell))
    assert legal(found) == ["P3"]
    assert [item.rule for item in found.legal[0].effect.mended] == ["min_patrol_size"]


def test_what_taking_the_person_off_breaks_by_itself_is_told_and_held_against_nobody() -> None:
    instance = make(
        4, people=[person("P1"), person("P2", contract="X")],
        contracts=(free_contract(min_consecutive_days=2), free_contract("X")),
    )  # fmt: skip
    roster = lines(P1=".EE.")
    found = suggested(instance, roster, Hole(1, "E", "HAL", Assignment("P1", 1, "E", "HAL")))
    assert [finding.rule for finding in found.broken] == ["min_consecutive_days"]
    assert legal(found) == ["P2"]


# -- the ranking -------------------------------------------------------------------------------------------------------------


def test_who_is_free_that_day_comes_before_others() -> None:
    away = (elsewhere("P2", 0, clock=("20:00", "21:00")), leave("P3", 0, clock=("20:00", "24:00")))
    instance = make(2, contracts=(free_contract(),), people=4, absences=away)
    found = suggested(instance, lines(P1="L."), Hole(0, "E", "HAL"))
    assert legal(found) == ["P4", "P1", "P2", "P3"]
    assert [item.free for item in found.legal] == [True, False, False, False]
    assert [item.left for item in found.legal] == [(), (Assignment("P1", 0, "L", "HAL"),), (), ()]


def test_the_fewest_hours_over_then_nights_and_weekends_then_the_home_hotspot() -> None:
    counters = (
        Counter(staff="P1", hours_balance=32.0),
        Counter(staff="P2", nights=4, weekends=1),
        Counter(staff="P3", nights=2, weekends=2),
        Counter(staff="P4", nights=2, weekends=2),
    )
    people = [person("P1"), person("P2"), person("P3"), person("P4", home_hotspot="HAL"), person("P5", fte=0.5)]
    instance = make(5, contracts=(free_contract(),), people=people, counters=counters, hotspots=TWO_SPOTS)
    found = suggested(instance, Roster(), Hole(0, "E", "HAL"))
    assert legal(found) == ["P5", "P4", "P3", "P2", "P1"]
    figures = {item.staff: item.figures for item in found.legal}
    assert (figures["P1"].balance_min, figures["P1"].hours_over) == (2 * 60, 2)
    assert (figures["P5"].balance_min, figures["P5"].hours_over) == (-11 * 60, 0)
    assert [figures[staff].nights for staff in ("P2", "P3", "P5")] == [4, 2, 0]


def test_figures_are_with_the_duty_and_history_is_work_before_it() -> None:
    instance = make(3, contracts=(free_contract(),), people=2, history=past("P1", "E"))
    found = suggested(instance, lines(P1="..E"), Hole(1, "N", "HAL"))
    figures = {item.staff: item.figures for item in found.legal}
    assert (figures["P1"].rest_before, figures["P1"].rest_after, figures["P1"].nights) == (56 * 60, 0, 1)
    assert (figures["P2"].rest_before, figures["P2"].rest_after) == (None, None)


def test_answers_rank_nobody_and_only_those_to_this_very_duty_are_told() -> None:
    instance = make(2, people=3)
    hole = Hole(0, "E", "HAL")
    plain = suggested(instance, Roster(), hole)

    def call(staff: str, answer: str, **changes: object) -> Call:
        given = {"at": dt.datetime(2026, 3, 1, 18, 5), "for_date": MONDAY, "shift": "E", "hotspot": "HAL"}
        return Call(staff=staff, answer=answer, **{**given, **changes})

    told = (
        call("P1", "no"),
        call("P2", "no", shift="L"),
        call("P3", "yes"),
        call("P2", "no", for_date=dt.date(2026, 3, 3)),
    )
    found = suggested(instance, Roster(), hole, *told)
    assert legal(found) == legal(plain) == ["P1", "P2", "P3"]
    assert [[item.answer for item in one.calls] for one in found.legal] == [["no"], [], ["yes"]]


# -- coverage ----------------------------------------------------------------------------------------------------------------

LEADERS = {
    "roles": (Role(code="LEAD", category=Category.POLICE),),
    "demand": (
        demand(start="06:00", until="14:00", minimum=1, target=2),
        demand("LEAD", start="06:00", until="14:00", minimum=1),
    ),
}


def test_a_leader_is_replaced_by_a_leader_first_and_it_is_told_who_covers_what() -> None:
    people = [person("P1", roles=("LEAD",)), person("P2"), person("P3", roles=("LEAD",)), person("P4")]
    instance = make(1, people=people, counters=(Counter(staff="P3", nights=50),), **LEADERS)
    roster = lines(P1="E", P4="E")
    found = suggested(instance, roster, Hole(0, "E", "HAL", Assignment("P1", 0, "E", "HAL")))
    assert found.lacking == {("HAL", "LEAD", "minimum"): 480, ("HAL", "police", "target"): 480}
    assert found.there == ("P4",)
    assert legal(found) == ["P3", "P2"], "hours and nights come after what stays uncovered"
    assert found.legal[0].effect.coverage == found.lacking
    assert found.legal[1].effect.coverage == {("HAL", "police", "target"): 480}


def test_coverage_lost_where_somebody_is_taken_away() -> None:
    wanted = (demand(start="06:00", until="14:00", minimum=1), demand(start="14:00", until="22:00", minimum=1))
    instance = make(1, people=2, demand=wanted)
    found = suggested(instance, lines(P1="L"), Hole(0, "E", "HAL"))
    assert legal(found) == ["P2", "P1"]
    assert found.legal[1].effect.coverage == {}, "as many minutes are gained as are lost"
    spots = make(1, people=2, hotspots=TWO_SPOTS, demand=(wanted[0], wanted[1].model_copy(update={"hotspot": "MIDI"})))
    moved = suggested(spots, lines("MIDI", P1="L"), Hole(0, "E", "HAL")).legal[1]
    assert moved.effect.coverage == {("HAL", "police", "minimum"): 480, ("MIDI", "police", "minimum"): -480}


def test_who_covers_nothing_of_what_is_missing_comes_last() -> None:
    wanted = (demand(start="06:00", until="14:00", minimum=3, target=3),)
    instance = make(1, contracts=MIXED, people=(*STREET, person("P3")), demand=wanted)
    roster = lines(P1="E", P2="E", G1="E")
    found = suggested(instance, roster, Hole(0, "E", "HAL"))
    assert [(item.staff, item.useful) for item in found.legal] == [("P3", True), ("G2", False)]


def test_two_moves_where_one_is_not_enough() -> None:
    """Only a leader can stand in for a leader; he leaves a duty that anybody can take."""
    people = [person("P1", roles=("LEAD",)), person("P2", hotspots=("MIDI",)), person("P3", roles=("LEAD",))]
    wanted = (
        *LEADERS["demand"],
        demand(start="06:00", until="14:00", minimum=1).model_copy(update={"hotspot": "MIDI"}),
    )
    instance = make(1, people=people, roles=LEADERS["roles"], demand=wanted, hotspots=(hotspot("HAL"), hotspot("MIDI")))
    roster = Roster.of([Assignment("P1", 0, "E", "HAL"), Assignment("P3", 0, "E", "MIDI")])
    found = suggested(instance, roster, Hole(0, "E", "HAL", Assignment("P1", 0, "E", "HAL")))
    assert legal(found) == ["P3"]
    (chain,) = found.chains
    assert (chain.first, chain.second, chain.left) == ("P3", "P2", Assignment("P3", 0, "E", "MIDI"))
    assert all(minutes > 0 for minutes in chain.effect.coverage.values())


def test_the_duty_of_the_next_day_is_handed_on_where_it_stands_in_the_way() -> None:
    instance = make(3, people=[person("P1"), person("P2", shift_limits=(("N", 0),))])
    found = suggested(instance, lines(P1=".E."), Hole(0, "N", "HAL"))
    assert set(excluded(found)) == {"P1", "P2"}
    assert [(chain.first, chain.second, chain.left.day) for chain in found.chains] == [("P1", "P2", 1)]


# -- what is typed -----------------------------------------------------------------------------------------------------------


def wrong(instance: Instance, roster: Roster | None, *words: str | None) -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        find_hole(reading_of(instance, roster), *words)  # type: ignore[arg-type]
    return [(item.place, item.message.code, item.hint.code if item.hint else "") for item in caught.value.problems]


WORLD = make(3, people=2)


@pytest.mark.parametrize("date", ["2026-03-03", "03/03/2026", " 3.3.26 "])
def test_a_hole_is_named_in_any_case_with_a_date_in_either_order(date: str) -> None:
    reading = reading_of(WORLD, lines(P1=".N."))
    assert find_hole(reading, date, "n", "hal") == Hole(1, "N", "HAL")
    assert find_hole(reading, date, off="p1") == Hole(1, "N", "HAL", Assignment("P1", 1, "N", "HAL"))


def test_everything_wrong_is_told_at_once() -> None:
    assert wrong(WORLD, lines(P1="N"), "tomorrow", "NN", "HALL", "P11") == [
        ("--date", "not_a_date", "write_date"),
        ("--shift", "not_on_sheet", "did_you_mean"),
        ("--hotspot", "not_on_sheet", "did_you_mean"),
        ("--for", "not_on_sheet", "did_you_mean"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2026-03-05", "E", "HAL"), ("--date", "date_outside_horizon", "horizon_lasts")),
        (("2026-03-02", "QQQ", "HAL"), ("--shift", "not_on_sheet", "codes_there")),
        (("2026-03-02", None, "HAL"), ("--shift", "hole_unnamed", "")),
        (("2026-03-02", "E", None), ("--hotspot", "hole_unnamed", "")),
        (("2026-03-03", None, None, "P1"), ("--for", "no_duty_on", "nearest_duties")),
        (("2026-03-03", None, None, "P2"), ("--for", "no_duty_on", "")),
        (("2026-03-02", "E", None, "P1"), ("--for", "other_duty_on", "")),
    ],
)
def test_bad_words(words: tuple[str | None, ...], told: tuple[str, str, str]) -> None:
    assert wrong(WORLD, lines(P1="N"), *words) == [told]


def test_of_two_duties_on_a_date_one_must_be_named() -> None:
    roster = Roster.of([Assignment("P1", 0, "E", "HAL"), Assignment("P1", 0, "N", "HAL")])
    assert wrong(WORLD, roster, "2026-03-02", None, None, "P1") == [("--for", "several_duties_on", "say_which_duty")]
    assert find_hole(reading_of(WORLD, roster), "2026-03-02", "N", None, "P1").shift == "N"


def test_a_workbook_without_a_roster() -> None:
    assert wrong(WORLD, None, "2026-03-02", "E", "HAL") == [("roster.xlsx", "no_roster_sheet", "make_a_roster")]


def test_who_waits_as_a_reserve_at_that_time_comes_before_the_free() -> None:
    day, late = (
        shift(code, start, end, hotspots=("BASE",), reserve=True)
        for code, start, end in (("RD", "06:00", "14:00"), ("RL", "14:00", "22:00"))
    )
    instance = make(
        2, people=4, contracts=(free_contract(),), hotspots=(hotspot("HAL"), hotspot("BASE")), shifts=(*SHIFTS, day, late),
        demand=(demand(minimum=1),),
    )  # fmt: skip
    waiting = (Assignment("P3", 0, "RD", "BASE"), Assignment("P2", 0, "RL", "BASE"))
    roster = Roster.of([*lines(P1="E."), *waiting])
    found = suggested(instance, roster, Hole(0, "E", "HAL", lines(P1="E.").assignments[0]))
    assert legal(found) == ["P3", "P4", "P2"]
    assert [item.reserve for item in found.legal] == [True, False, False]
    assert found.legal[0].left == waiting[:1]
