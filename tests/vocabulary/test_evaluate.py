"""The meaning of every kind, by hand: both sides of each boundary, with history and without."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import (
    LEVELS,
    Apart,
    Blocks,
    Clash,
    Constraint,
    CoPresence,
    Cover,
    Keep,
    Level,
    Run,
    Together,
    Total,
    Unavailable,
    Variety,
    Wish,
)
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem
from tests.builders import SHIFTS, SPRING, hotspot, lines, make, past, shift

WORLD = make(7, people=3, hotspots=(hotspot("HAL"), hotspot("MIDI")))


def keys(*codes: str) -> frozenset[DutyKey]:
    """``keys("0E", "1N")``: duties by day and shift."""
    return frozenset((int(code[:-1]), code[-1]) for code in codes)


def broken(constraint: Constraint, roster: Roster, instance: Instance = WORLD) -> bool:
    return bool(evaluate(Problem(instance, (constraint,)), roster).broken)


def cost(constraint: Constraint, roster: Roster, instance: Instance = WORLD) -> int:
    found = evaluate(Problem(instance, (constraint,)), roster)
    assert not found.broken
    assert found.by_rule.get("r", 0) == found.levels[Level.QUALITY]
    return found.levels[Level.QUALITY]


def test_unavailable_needs_both_the_duty_and_the_hotspot() -> None:
    constraint = Unavailable("r", "P1", keys("1E"), frozenset({"HAL"}))
    assert broken(constraint, lines(P1=".E"))
    assert not broken(constraint, lines("MIDI", P1=".E"))
    assert not broken(constraint, lines(P1=".L", P2=".E"))
    assert broken(Unavailable("r", "P1"), lines("MIDI", P1="..N"))


def test_clash_is_at_most_one_for_each_of_its_people() -> None:
    constraint = Clash("r", ("P1", "P2"), keys("0L", "0N", "1E"))
    assert broken(constraint, lines(P1="NE"))
    assert not broken(constraint, lines(P1="N.", P2=".E", P3="NE"))
    priced = Clash("r", ("P1", "P2"), keys("0L", "0N", "1E"), cost=5)
    assert cost(priced, lines(P1="NE", P2="LE", P3="NE")) == 10
    assert cost(priced, lines(P1="N.")) == 0


def test_run_at_most() -> None:
    constraint = Run("r", "P1", most=3)
    assert not broken(constraint, lines(P1="EEE.EEE"))
    assert broken(constraint, lines(P1="EEEE"))
    assert cost(Run("r", "P1", most=2, cost=7), lines(P1="EEEE.EE")) == 14


def test_run_at_most_begins_with_what_is_carried_and_never_charges_the_past() -> None:
    assert not broken(Run("r", "P1", most=3, carried=2), lines(P1="E"))
    assert broken(Run("r", "P1", most=3, carried=2), lines(P1="EE"))
    assert not broken(Run("r", "P1", most=3, carried=9), lines(P1=".E"))
    assert cost(Run("r", "P1", most=3, carried=9, cost=1), lines(P1="EE")) == 2


def test_run_counts_only_its_duties_and_the_days_that_are_always_taken() -> None:
    nights = frozenset((day, "N") for day in range(7))
    assert not broken(Run("r", "P1", counts=nights, most=1), lines(P1="NEN"))
    assert broken(Run("r", "P1", counts=nights, most=1), lines(P1="NNE"))
    assert broken(Run("r", "P1", most=2, always=frozenset({1})), lines(P1="E.E"))
    assert not broken(Run("r", "P1", most=2, always=frozenset({1})), lines(P1="E"))


def test_run_at_least_excuses_the_last_day_only() -> None:
    constraint = Run("r", "P1", least=2, carried=0)
    assert broken(constraint, lines(P1="..E"))
    assert not broken(constraint, lines(P1="......E"))
    assert broken(constraint, lines(P1=".....E."))
    assert cost(Run("r", "P1", least=3, carried=0, cost=4), lines(P1="E.EE")) == 4 * (2 + 1)


def test_run_at_least_excuses_the_first_day_when_nothing_is_known_of_the_past() -> None:
    assert not broken(Run("r", "P1", least=2), lines(P1="E"))
    assert broken(Run("r", "P1", least=2), lines(P1="E.E"))
    assert broken(Run("r", "P1", least=2), lines(P1=".E"))


def test_run_at_least_excuses_a_pardoned_day() -> None:
    pardon = frozenset({2})
    assert not broken(Run("r", "P1", least=2, carried=0, pardon=pardon), lines(P1="..E"))
    assert broken(Run("r", "P1", least=2, carried=0, pardon=pardon), lines(P1="E.E"))


def test_run_at_least_with_what_is_carried() -> None:
    assert not broken(Run("r", "P1", least=2, carried=1), lines(P1="E"))
    assert broken(Run("r", "P1", least=2, carried=1), lines())
    assert not broken(Run("r", "P1", least=2, carried=2), lines())
    assert not broken(Run("r", "P1", least=2, carried=0), lines())


def test_a_run_that_ends_with_the_horizon_is_excused_unless_it_ends_there() -> None:
    assert not broken(Run("r", "P1", least=3, carried=0), lines(P1=".....EE"))
    assert broken(Run("r", "P1", least=3, carried=0, closed=True), lines(P1=".....EE"))
    assert cost(Run("r", "P1", least=3, carried=0, closed=True, cost=5), lines(P1=".....EE")) == 5
    assert not broken(Run("r", "P1", least=3, closed=True, pardon=frozenset({6})), lines(P1=".....EE"))


def test_free_runs() -> None:
    constraint = Run("r", "P1", free=True, least=2, carried=0)
    assert broken(constraint, lines(P1=".E"))
    assert not broken(constraint, lines(P1="..E"))
    assert not broken(constraint, lines(P1="EEEEEE."))
    assert broken(constraint, lines(P1="EEEEE.E"))
    assert broken(Run("r", "P1", free=True, least=2, carried=1), lines(P1="E"))
    assert not broken(Run("r", "P1", free=True, least=2, carried=1), lines(P1=".E"))


def test_a_free_run_is_excused_by_leave_and_by_unknown_history() -> None:
    assert not broken(Run("r", "P1", free=True, least=2, carried=0, pardon=frozenset({1})), lines(P1="E.E"))
    assert broken(Run("r", "P1", free=True, least=2, carried=0, pardon=frozenset({4})), lines(P1="E.E"))
    assert not broken(Run("r", "P1", free=True, least=2, carried=None), lines(P1=".E"))
    assert broken(Run("r", "P1", free=True, least=2, carried=None), lines(P1="E.E"))


def test_total_below_inside_and_above() -> None:
    weights = dict.fromkeys(keys("0E", "1E", "2E"), 480)
    hard = Total("r", "P1", weights, base=60, least=540, most=1020)
    assert broken(hard, lines(P1="N"))
    assert not broken(hard, lines(P1="E"))
    assert not broken(hard, lines(P1="EE"))
    assert broken(hard, lines(P1="EEE"))
    priced = Total("r", "P1", weights, base=60, least=600, most=600, cost=2)
    assert [cost(priced, lines(P1=line)) for line in ("E", "EE", "...")] == [120, 840, 1080]


BLOCKS = tuple(keys(f"{day}E", f"{day}N") for day in (0, 2, 4))


def test_blocks_count_touched_blocks_from_the_base() -> None:
    assert not broken(Blocks("r", "P1", BLOCKS, base=1, most=2), lines(P1="E"))
    assert broken(Blocks("r", "P1", BLOCKS, base=1, most=2), lines(P1="E.N"))
    assert not broken(Blocks("r", "P1", BLOCKS, most=1), lines(P1="LEL"))
    assert cost(Blocks("r", "P1", BLOCKS, always=frozenset({1}), least=3, cost=9), lines(P1="E")) == 9


def test_blocks_in_a_row_begin_with_what_is_carried_and_stay_hard() -> None:
    assert not broken(Blocks("r", "P1", BLOCKS, most_in_row=2), lines(P1="E.E"))
    assert broken(Blocks("r", "P1", BLOCKS, most_in_row=2, cost=1), lines(P1="E.E.E"))
    assert not broken(Blocks("r", "P1", BLOCKS, most_in_row=2, carried=2), lines(P1="..E.E"))
    assert broken(Blocks("r", "P1", BLOCKS, most_in_row=2, carried=2), lines(P1="E"))
    assert broken(Blocks("r", "P1", BLOCKS, most_in_row=0), lines(P1="E"))


def test_the_rest_after_the_last_block_in_a_row() -> None:
    rest = {1: frozenset({((1, "L"), (3, "E"))})}
    constraint = Blocks("r", "P1", BLOCKS, most_in_row=1, rest=rest)
    assert broken(constraint, lines(P1="EL.E"))
    assert not broken(constraint, lines(P1="EL.L"))
    assert not broken(constraint, lines(P1="LL.E")), "the block before was not touched"


def test_wish_not_to_work_counts_duties_or_places() -> None:
    assert cost(Wish("r", "P1", 3, keys("0E", "1E", "2L")), lines(P1="EEE")) == 6
    elsewhere = Wish("r", "P1", 3, hotspots=frozenset({"MIDI"}))
    assert cost(elsewhere, lines("MIDI", P1="EE")) == 6
    assert cost(elsewhere, lines(P1="EEE")) == 0
    assert cost(Wish("r", "P1", 3), lines(P1="E.N")) == 6


def test_wish_to_work_counts_days_without() -> None:
    constraint = Wish("r", "P1", 3, keys("0E", "0L", "2E"), want=True)
    assert cost(constraint, lines()) == 6
    assert cost(constraint, lines(P1="L.N")) == 3
    assert cost(constraint, lines(P1="E.E")) == 0


@pytest.mark.parametrize(
    "form",
    [
        {"duties": keys("0E"), "hotspots": frozenset({"MIDI"})},
        {"hotspots": frozenset({"MIDI"}), "want": True},
        {"want": True},
    ],
)
def test_wishes_that_no_engine_prices_are_refused(form: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"wish|named"):
        Wish("r", "P1", 1, **form)


def test_keep() -> None:
    assert not broken(Keep("r", "P1", 1, "E", "HAL"), lines(P1=".E"))
    assert broken(Keep("r", "P1", 1, "E", "MIDI"), lines(P1=".E"))
    assert broken(Keep("r", "P1", 1, "E"), lines(P1=".L"))
    assert not broken(Keep("r", "P1", 1, None), lines(P1="E.E"))
    assert broken(Keep("r", "P1", 1, None), lines(P1=".E"))


def cover(level: Level, heads: int, weight: int = 1, start: int = 360, end: int = 900, above: bool = False) -> Cover:
    return Cover("r", level, "HAL", "police", frozenset({"P1", "P2"}), start, end, heads, weight, above)


def test_cover_counts_missing_person_minutes_at_its_level() -> None:
    found = evaluate(Problem(WORLD, (cover(Level.POLICE_MINIMUM, 2, 3),)), lines(P1="E", P3="E"))
    assert found.levels[Level.POLICE_MINIMUM] == 3 * (480 + 2 * 60)
    assert (found.broken, found.by_rule) == ((), {})
    assert sum(found.levels.values()) == found.levels[Level.POLICE_MINIMUM]


def test_cover_at_the_quality_level_counts_too_many_or_too_few() -> None:
    assert cost(cover(Level.QUALITY, 1, 2, above=True), lines(P1="E", P2="E")) == 960
    assert cost(cover(Level.QUALITY, 2, 2, above=True), lines(P1="E", P2="E")) == 0
    assert cost(cover(Level.QUALITY, 2, 2), lines(P1="E", P2="E")) == 2 * 2 * 60
    assert cost(cover(Level.QUALITY, 1, 2, end=840), lines(P1="E", P2="E")) == 0


def test_too_many_heads_are_no_shortage() -> None:
    with pytest.raises(ValueError, match="missing"):
        cover(Level.TARGETS, 1, above=True)


def test_history_covers_and_a_short_night_is_short() -> None:
    instance = make(2, people=2, start=SPRING, history=past("P1", "N", start=SPRING, spot="HAL"))
    night = cover(Level.TARGETS, 1, start=0, end=instance.calendar.end)
    found = evaluate(Problem(instance, (night,)), lines(P2="N"))
    # Saturday and Sunday have 24 + 23 hours; the history stays for six of them, the night of 28–29 March lasts seven.
    assert found.levels[Level.TARGETS] == (24 + 23 - 6 - 7) * 60


def test_company_holds_for_the_whole_duty_and_counts_oneself() -> None:
    shifts = (*SHIFTS, shift("X", "13:00", "21:00"))
    instance = make(2, people=3, shifts=shifts, hotspots=(hotspot("HAL"), hotspot("MIDI")))
    both = CoPresence("r", frozenset({"P1"}), frozenset({"P1", "P2"}), 2)
    assert broken(both, lines(P1="E"), instance)
    assert not broken(both, lines(P1="E", P2="E"), instance)
    assert broken(both, lines(P1="E", P2="X"), instance)
    assert not broken(both, lines(P2="E"), instance), "the company itself is not judged"
    assert broken(both, Roster.of([*lines(P1="E"), *lines("MIDI", P2="E")]), instance)


def test_company_of_the_history() -> None:
    instance = make(2, people=2, shifts=(*SHIFTS, shift("M", "00:00", "06:00")), history=past("P2", "N", spot="HAL"))
    alone = CoPresence("r", frozenset({"P1"}), frozenset({"P2"}), 1)
    assert not broken(alone, lines(P1="M"), instance)
    assert broken(alone, lines(P1=".M"), instance)


def test_company_on_the_night_that_leaves_the_horizon() -> None:
    pair = CoPresence("r", frozenset({"P1"}), frozenset({"P2"}), 1)
    assert not broken(pair, lines(P1="......N", P2="......N"))
    assert broken(pair, lines(P1="......N", P2="......L"))


def test_company_grows_with_the_heads_there_in_started_numbers() -> None:
    everybody = frozenset({"P1", "P2", "P3", "P4"})
    two = CoPresence("r", everybody, frozenset({"P1", "P2"}), 1, per=2)
    instance = make(2, people=4, history=past("P3", "N", spot="HAL"), shifts=(*SHIFTS, shift("M", "00:00", "06:00")))
    assert not broken(two, lines(P1="E", P3="E"), instance)
    assert broken(two, lines(P1="E", P3="E", P4="E"), instance), "a second is needed for the started third head"
    assert not broken(two, lines(P1="E", P2="E", P3="E", P4="E"), instance)
    assert broken(two, lines(P3=".E"), instance)
    assert not broken(two, lines(P1="M"), instance)
    assert broken(two, lines(P1="M", P4="M"), instance), "the third head is from history"
    with pytest.raises(ValueError, match="started"):
        CoPresence("r", everybody, everybody, 1, per=0)


def test_together_counts_each_duty_alone() -> None:
    constraint = Together("r", "P1", "P2", 5, frozenset({3}))
    assert cost(constraint, lines(P1="EE", P2="EE")) == 0
    assert cost(constraint, lines(P1="E", P2="L")) == 10
    assert cost(constraint, lines(P1="E")) == 5
    assert cost(constraint, lines(P1="...E")) == 0
    assert cost(constraint, Roster.of([*lines(P1="E"), *lines("MIDI", P2="E")])) == 10


def test_apart_is_about_the_same_place_at_the_same_time() -> None:
    assert broken(Apart("r", "P1", "P2"), lines(P1="E", P2="E"))
    assert not broken(Apart("r", "P1", "P2"), lines(P1="E", P2="L"))
    assert not broken(Apart("r", "P1", "P2"), Roster.of([*lines(P1="E"), *lines("MIDI", P2="E")]))


def test_variety_is_free_for_the_first_hotspot() -> None:
    assert cost(Variety("r", "P1", 4), lines(P1="EE")) == 0
    assert cost(Variety("r", "P1", 4), lines()) == 0
    assert cost(Variety("r", "P1", 4), Roster.of([*lines(P1="E"), *lines("MIDI", P1=".E")])) == 4


@pytest.mark.parametrize("roster", [lines(), lines(P1="EEEEEEE")])
def test_no_constraint_no_value(roster: Roster) -> None:
    found = evaluate(Problem(WORLD, ()), roster)
    assert (found.broken, found.by_rule) == ((), {})
    assert found.levels == dict.fromkeys(LEVELS, 0)


def test_costs_of_one_rule_add_up() -> None:
    constraints = (Wish("a", "P1", 3), Wish("a", "P2", 4), Variety("b", "P1", 1))
    found = evaluate(Problem(WORLD, constraints), lines(P1="E", P2="E"))
    assert found.by_rule == {"a": 7}
    assert found.levels[Level.QUALITY] == 7
