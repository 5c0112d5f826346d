"""Where a run stands: sums over parts, and no step back when somebody starts again."""

from __future__ import annotations

from scheduler.engine.events import Found
from scheduler.engine.proof.bounds import ALONE, Bound, Bounds, Exact
from scheduler.engine.run_state import RunState, SubproblemState
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Stage
from scheduler.rules import declare
from scheduler.vocabulary.constraints import Level
from tests.engine.test_decomposition import two_zones

P, N, T, Q = Level.POLICE_MINIMUM, Level.NON_POLICE_MINIMUM, Level.TARGETS, Level.QUALITY
PROBLEM = declare(two_zones())


def standing() -> RunState:
    return RunState([SubproblemState("one", PROBLEM), SubproblemState("two", PROBLEM)], PROBLEM)


def roster(staff: str) -> Roster:
    return Roster.of([Assignment(staff, 0, "E", "HAL")])


def found(staff: str, *values: int) -> Found:
    return Found(Stage.COVERAGE, roster(staff), dict(zip((P, N, T, Q), values, strict=False)))


def bounds() -> Bounds:
    """One component with police minimum and targets, in quarters of an hour."""
    return Bounds([(P, T, Q)], {P: 0, N: 0, T: 0, Q: 1}, {P: 15, N: 1, T: 15, Q: 1})


def test_the_whole_has_values_when_every_part_has() -> None:
    run = standing()
    lines = list(run.on_event(0, "a", found("A1", 10, 0, 70)))
    assert [(line.pool, line.level, line.value) for line in lines] == [("one", P, 10), ("one", N, 0), ("one", T, 70)]
    lines = list(run.on_event(1, "b", found("B1", 20, 0, 30)))
    assert [(line.pool, line.value) for line in lines] == [
        ("two", 20), ("two", 0), ("two", 30), ("", 30), ("", 0), ("", 100),
    ]  # fmt: skip
    assert run.roster == Roster.of([*roster("A1"), *roster("B1")])


def test_quality_is_told_when_both_parts_know_theirs() -> None:
    run = standing()
    list(run.on_event(0, "a", found("A1", 0, 0, 0, 5)))
    list(run.on_event(1, "b", found("B1", 0, 0, 0)))
    assert Q not in run.values
    list(run.on_event(1, "b", found("B1", 0, 0, 0, 7)))
    assert run.values[Q] == 12


def test_better_coverage_forgets_the_quality_of_the_roster_before() -> None:
    run = standing()
    list(run.on_event(0, "a", found("A1", 10, 0, 0, 5)))
    list(run.on_event(0, "a", found("A2", 5, 0, 0)))
    assert Q not in run.parts[0].values


def test_whoever_begins_anew_must_be_better() -> None:
    part = SubproblemState("one", PROBLEM)
    assert part.take(found("A1", 10, 0, 70, 9), "first")
    assert not part.take(found("A2", 10, 0, 80), "second")
    assert not part.take(found("A2", 10, 0, 70), "second"), "no better as far as is known"
    assert not part.take(found("A2", 10, 0, 70, 9), "second")
    assert part.roster == roster("A1")
    assert part.take(found("A2", 10, 0, 70, 8), "second")
    assert part.take(found("A3", 9, 5, 90), "third")
    assert part.roster == roster("A3")


def test_bounds_of_parts_add_up_and_excess_counts_once() -> None:
    run = standing()
    for number in (0, 1):
        list(run.on_event(number, "a", bounds()))
        for level, weight, value in ((P, ALONE, 30), (T, ALONE, 15), (T, 2, 135)):
            list(run.on_event(number, "a", Bound(0, level, weight, value)))
    assert run.bound(P, {}) == 60
    # Weighed: 135 - 2·30 = 75 for each part, once both are at their least; every minute of excess takes 2 off, wherever it is.
    assert run.bound(T, {P: 60, N: 0}) == 150
    assert run.bound(T, {P: 90, N: 0}) == 90
    assert run.bound(T, {P: 900, N: 0}) == 30


def test_a_part_that_has_not_spoken_claims_nothing() -> None:
    run = standing()
    list(run.on_event(0, "a", bounds()))
    list(run.on_event(0, "a", Bound(0, P, ALONE, 30)))
    assert run.bound(P, {}) == 30
    assert run.bound(T, {P: 30, N: 0}) == 0


def test_news_twice_from_somebody_who_began_anew_takes_nothing_back() -> None:
    run = standing()
    list(run.on_event(0, "a", bounds()))
    list(run.on_event(0, "a", Bound(0, P, ALONE, 30)))
    list(run.on_event(0, "b", bounds()))
    list(run.on_event(0, "b", Bound(0, P, ALONE, 15)))
    assert run.bound(P, {}) == 30


def test_quality_bounds_of_all_parts_add_up() -> None:
    run = standing()
    for number, points in ((0, 40), (1, 2)):
        list(run.on_event(number, "a", bounds()))
        list(run.on_event(number, "a", Bound(0, Q, ALONE, points)))
    assert run.bound(Q, {P: 0, N: 0, T: 0}) == 44, "one point each is everybody's"
    list(run.on_event(0, "a", Bound(0, Q, 2, 100)))
    assert run.bound(Q, {P: 3, N: 0, T: 2}) == 44 + (100 - 40) - 2 * 5


def test_the_joint_models_bounds_are_taken_as_they_are() -> None:
    run = RunState([SubproblemState("", PROBLEM)], PROBLEM)
    list(run.on_event(0, "", found("A1", 3, 4, 5, 6)))
    lines = list(run.on_event(0, "", Exact({P: 3, N: 4, T: 5, Q: 6}, {P: 3, N: 4, T: 5, Q: 6})))
    assert [(line.pool, line.level, line.result.bound) for line in lines] == [
        ("", P, 3),
        ("", N, 4),
        ("", T, 5),
        ("", Q, 6),
    ]
    assert all(line.result.proven for line in lines)


def test_the_joint_models_bounds_hold_for_what_it_held_earlier_levels_at() -> None:
    """It found 100, 50 and 30 and proved 30 for rosters as good before; another may be worse in between."""
    run = RunState([SubproblemState("", PROBLEM)], PROBLEM)
    list(run.on_event(0, "", Exact({P: 60, N: 20, T: 30}, {P: 100, N: 50, T: 30})))
    assert run.bound(T, {P: 100, N: 50}) == 30
    assert run.bound(T, {P: 90, N: 50}) == 30
    assert run.bound(T, {P: 90, N: 70}) == 0
    assert run.bound(N, {P: 100}) == 20
    assert run.bound(N, {P: 101}) == 0
    assert run.bound(P, {}) == 60
    assert run.bound(Q, {P: 0, N: 0, T: 0}) == 0, "it was not asked"


def test_no_bound_is_below_what_is_known_before_any_search() -> None:
    run = RunState([SubproblemState("", PROBLEM)], PROBLEM, {T: 40})
    assert [run.bound(level, {}) for level in (P, T)] == [0, 40]
    told = list(run.on_event(0, "a", found("A1", 10, 0, 70)))
    assert [(line.level, line.result.bound) for line in told] == [(P, 0), (N, 0), (T, 40)]
    run.parts[0].proof.learn(Exact({P: 0, N: 0, T: 60}, {P: 10, N: 0}))
    assert run.bound(T, {P: 10, N: 0, T: 70}) == 60
