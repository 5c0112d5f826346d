"""Months in blocks: the whole roster keeps every rule, a run taken up again ends where an unbroken one does."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import Any

import pytest

from scheduler.analysis.capacity import proven_short
from scheduler.config import SolveConfig
from scheduler.errors import NoRosterError
from scheduler.horizon import rolling
from scheduler.horizon.blocks import blocks
from scheduler.horizon.rolling import Solved, solve
from scheduler.messages.message import Message
from scheduler.problem.facts import OFF, Category, Demand
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import Progress, Result, Status
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.vocabulary.constraints import LEVELS, Level
from scheduler.vocabulary.evaluate import evaluate
from tests.builders import MONDAY, contract, demand, elsewhere, leave, lock, make, person, shift
from tests.engine.talk import threads

pytestmark = pytest.mark.slow

CONFIG = SolveConfig(time_limit_s=0.6, reproducible=True)
NUMBER = 3


@pytest.fixture(scope="module")
def instance() -> Instance:
    """Ten weeks of three police who walk in pairs by night and one peacekeeper who needs one of them beside him."""
    wardens = contract("GDP", category=Category.NON_POLICE, needs_police=1)
    return make(
        70,
        people=[*(person(f"P{i}") for i in (1, 2, 3)), person("G1", contract="GDP", organisation="SGIL")],
        contracts=(contract(min_together=2, max_weekends_in_row=2, max_consecutive_days=4), wardens),
        demand=(
            demand(start="22:00", until="06:00", minimum=2),
            demand("non_police", start="22:00", until="06:00", days="Fri-Sun", minimum=1),
        ),
        locks=(lock("P3", 64, "N"), lock("P2", 64, "N")),
        absences=(leave("P1", 29, 33), elsewhere("P2", 56, clock=("09:00", "17:00"))),
    )


class Memory:
    """A store in memory; ``forget`` drops the later blocks, as a kill would."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[Roster, Solved]] = {}
        self.loaded: list[int] = []

    def load(self, number: int, before: Roster) -> Solved | None:
        if number not in self.kept:
            return None
        self.loaded.append(number)
        assert self.kept[number][0] == before
        return self.kept[number][1]

    def save(self, number: int, before: Roster, solved: Solved) -> None:
        self.kept[number] = (before, solved)


Unbroken = tuple[Result, Memory, list[Progress]]


@pytest.fixture(scope="module")
def unbroken(instance: Instance) -> Unbroken:
    """A run from beginning to end, its blocks, and what it told."""
    store, told = Memory(), []
    found = solve(instance, CONFIG, store=store, on_progress=told.append)
    assert sorted(store.kept) == list(range(NUMBER))
    return found, store, told


def test_the_whole_keeps_every_rule_and_adds_up(instance: Instance, unbroken: Unbroken) -> None:
    found, _, told = unbroken
    assert hard_findings(audit(instance, found.roster)) == ()
    measured = evaluate(declare(instance), found.roster)
    assert measured.broken == ()
    assert {level.name: level.value for level in found.record.levels} == {
        level.code: measured.levels[level] for level in LEVELS
    }
    assert found.record.status is Status.FEASIBLE
    assert [(block.first, block.stop, block.until) for block in found.record.blocks] == [
        (block.first, block.stop, block.until) for block in blocks(instance)
    ]
    assert {item.part for item in told} == {f"{number}/{NUMBER}" for number in range(1, NUMBER + 1)}
    assert {a.day for a in found.roster if a.staff == "P3"} >= {64}
    for block in found.record.blocks:
        assert all(level.bound <= level.value for level in block.levels)
    for level in found.record.levels:
        assert level.bound <= level.value


@pytest.mark.parametrize("left", range(NUMBER))
def test_a_run_taken_up_again_ends_with_the_same_roster(instance: Instance, unbroken: Unbroken, left: int) -> None:
    whole, store, _ = unbroken
    resumed = Memory()
    resumed.kept = {number: block for number, block in store.kept.items() if number < left}
    again = solve(instance, CONFIG, store=resumed)
    assert resumed.loaded == list(range(left))
    assert again.roster == whole.roster
    assert again.record.levels == whole.record.levels


def test_a_block_taken_up_is_told_with_its_values(instance: Instance, unbroken: Unbroken) -> None:
    told: list[Progress] = []
    store = Memory()
    store.kept = dict(unbroken[1].kept)
    again = solve(instance, CONFIG, store=store, on_progress=told.append)
    assert {item.stage for item in told} == {"resumed"}
    assert [(item.part, item.level, item.value, item.bound) for item in told] == [
        (f"{number}/{NUMBER}", level.name, level.value, level.bound)
        for number, block in enumerate(again.record.blocks, 1)
        for level in block.levels
    ]


def test_a_stop_keeps_the_finished_blocks_and_what_is_locked_later(instance: Instance) -> None:
    stop, store = threading.Event(), Memory()

    def tell(progress: Progress) -> None:
        if progress.part == "2/3":
            stop.set()

    found = solve(instance, CONFIG, on_progress=tell, stop=stop, store=store)
    assert found.record.status is Status.INTERRUPTED
    assert hard_findings(audit(instance, found.roster)) == ()
    assert {a.staff for a in found.roster if a.day == 64} >= {"P2", "P3"}
    assert list(store.kept) == [0], "an interrupted block is not a finished one"


def test_a_stop_where_somebody_may_not_stop_goes_on_until_they_may() -> None:
    """A run of days begins on the last day of the first block, and one day is too short a run."""
    stop = threading.Event()
    instance = make(
        70,
        people=3,
        contracts=(contract(min_consecutive_days=3),),
        demand=(demand(start="06:00", until="14:00", minimum=1),),
        locks=(lock("P1", 26, OFF), lock("P1", 27, "E")),
    )
    found = solve(instance, SolveConfig(time_limit_s=30.0, workers=1), on_progress=lambda _: stop.set(), stop=stop)
    assert found.record.status is Status.INTERRUPTED
    assert hard_findings(audit(instance, found.roster)) == ()
    assert {27, 28, 29} <= {a.day for a in found.roster if a.staff == "P1"}


def test_what_it_ran_on_is_lost_before_a_block_has_a_roster(instance: Instance) -> None:
    """The first block stays, what is locked later stands, and the run says what happened."""
    instance = instance.replace(locks=(*instance.locks, lock("P1", 40, "N"), lock("P2", 40, "N")))
    stop = threading.Event()
    with threads(1) as (backend, talk):

        class Going(Memory):
            def save(self, number: int, before: Roster, solved: Solved) -> None:
                super().save(number, before, solved)
                talk.gone = True

        store = Going()
        found = solve(instance, SolveConfig(time_limit_s=6.0), store=store, backend=backend, stop=stop)
    assert not stop.is_set(), "that is the planner's"
    assert list(store.kept) == [0]
    assert found.record.status is Status.INTERRUPTED
    assert found.record.cut_short
    assert str(found.record.incidents[0]).startswith("Block 2: ")
    assert "connection to the test is gone" in str(found.record.incidents[0])
    assert hard_findings(audit(instance, found.roster)) == ()
    assert {a.staff for a in found.roster if a.day == 40} >= {"P1", "P2"}
    assert {a.staff for a in found.roster if a.day == 64} >= {"P2", "P3"}
    assert any(a.day < 28 for a in found.roster)


MORNINGS = demand(start="06:00", until="14:00", minimum=1)
NIGHTS = demand(start="22:00", until="06:00", minimum=1)
SATURDAYS = demand(start="06:00", until="14:00", minimum=1, days="Sat")
LATER: dict[str, tuple[dict[str, object], Demand, dict[int, str]]] = {
    "three weekends in a row": ({"max_weekends_in_row": 3}, SATURDAYS, dict.fromkeys((33, 40, 47), "E")),
    "four weekends a year": (
        {"max_weekends_year": 4, "max_weekends_in_row": None}, SATURDAYS, dict.fromkeys((54, 61, 68), "E"),
    ),
    "four nights in all": ({"shift_limits": (("N", 4),)}, NIGHTS, dict.fromkeys((64, 65, 66), "N")),
    "more nights in a block than its part": ({"shift_limits": (("N", 4),)}, NIGHTS, dict.fromkeys((30, 31, 32), "N")),
    "more hours in a block than its part": (
        {"max_hours_horizon": 48.0}, MORNINGS, dict.fromkeys((2, 3, 4, 8, 9), "E"),
    ),
    "more weekends in a block than its part": (
        {"max_weekends_year": 4, "max_weekends_in_row": None}, SATURDAYS, dict.fromkeys((5, 12, 19), "E"),
    ),
    "48 hours in all": ({"max_hours_horizon": 48.0}, MORNINGS, dict.fromkeys((64, 65, 66, 67), "E")),
    "hours of a period": (
        {"reference_weeks": 8, "min_days_off": 1, "max_weekends_in_row": None},
        MORNINGS, dict.fromkeys((d for d in range(28, 56) if d % 7 < 6), "E"),
    ),
    "ten days in a row": (
        {"max_consecutive_days": 10, "max_hours_week": None, "weekly_hours": 60.0}, MORNINGS, dict.fromkeys(range(28, 38), "E"),
    ),
    "ten days at least": (
        {"max_consecutive_days": 14, "min_consecutive_days": 10, "max_hours_week": None, "weekly_hours": 60.0},
        demand(start="06:00", until="14:00", minimum=1, days="2026-03-29..2026-04-05"), {36: OFF},
    ),
}  # fmt: skip
"""What is locked, where rules that count over blocks leave it just enough."""


@pytest.mark.parametrize("case", LATER)
def test_what_is_locked_later_is_not_used_up_before(case: str) -> None:
    rules, wanted, locks = LATER[case]
    held = tuple(lock("P1", day, shift) for day, shift in locks.items())
    instance = make(70, people=1, contracts=(contract(**rules),), demand=(wanted,), locks=held)
    worked = Roster.of(Assignment("P1", day, shift, "HAL") for day, shift in locks.items() if shift != OFF)
    assert hard_findings(audit(instance, worked)) == (), "the locks alone are legal"
    found = solve(instance, CONFIG)
    assert hard_findings(audit(instance, found.roster)) == ()
    assert len(found.roster) > len(worked)


def test_duties_elsewhere_later_count_against_the_hours_of_all() -> None:
    training = tuple(elsewhere("P1", day, clock=("09:00", "17:00")) for day in range(63, 68))
    instance = make(70, contracts=(contract(max_hours_horizon=80.0),), demand=(MORNINGS,), absences=training)
    found = solve(instance, CONFIG)
    assert hard_findings(audit(instance, found.roster)) == ()
    assert len(found.roster) == 5


def test_a_block_before_is_solved_anew_where_locks_ask_for_it() -> None:
    """Ten days in a row are locked from the first day of the second block on, and no more are allowed."""
    rules, wanted, locks = LATER["ten days in a row"]
    held = tuple(lock("P1", day, shift) for day, shift in locks.items())
    store = Memory()
    instance = make(70, people=1, contracts=(contract(**rules),), demand=(wanted,), locks=held)
    found = solve(instance, CONFIG, store=store)
    assert [(block.first, block.until) for block in found.record.blocks] == [(0, 63), (28, 63), (56, 70)]
    assert [str(incident)[:9] for incident in found.record.incidents] == ["Block 2: "]
    resumed = Memory()
    resumed.kept = {0: store.kept[0]}
    assert solve(instance, CONFIG, store=resumed).roster == found.roster


def test_a_horizon_from_mid_week_to_mid_week() -> None:
    instance = make(
        52,
        start=MONDAY + dt.timedelta(days=2),
        people=3,
        contracts=(contract(max_weekends_in_row=2),),
        demand=(demand(start="22:00", until="06:00", minimum=1),),
    )
    found = solve(instance, SolveConfig(time_limit_s=4.0, workers=1))
    assert [(block.first, block.stop) for block in found.record.blocks] == [(0, 33), (33, 52)]
    assert instance.calendar.weekday(33) == 0
    assert found.violations == 0
    assert found.record.status is Status.FEASIBLE
    for level in found.record.levels:
        assert level.bound <= level.value
    assert len(found.roster) > 40


def test_a_stop_before_any_roster() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(NoRosterError):
        solve(make(70, demand=(demand(minimum=1),)), CONFIG, stop=stop)


def test_blocks_for_which_no_time_is_left_hold_what_is_locked_and_are_named(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first block takes all the time; it is kept, and a run with more goes on after it."""
    whole = rolling.solve_whole

    def slow(part: Instance, config: SolveConfig, **given: Any) -> Result:
        found = whole(part, CONFIG, **given)
        time.sleep(0.3)
        return found

    store = Memory()
    monkeypatch.setattr(rolling, "solve_whole", slow)
    found = solve(instance, SolveConfig(time_limit_s=0.2, workers=1), store=store)
    assert found.record.status is Status.INTERRUPTED
    assert hard_findings(audit(instance, found.roster)) == ()
    assert list(store.kept) == [0]
    assert {(a.staff, a.day) for a in found.roster} >= {("P2", 64), ("P3", 64)}
    assert not any(28 <= a.day < 56 for a in found.roster), "nobody is locked there"
    (said,) = (line for line in map(str, found.record.incidents) if line.startswith("Blocks"))
    assert (
        said
        == "Blocks 2 to 3 of 3 could not be planned within the time limit; little more than what is locked stands there."
    )


def test_a_block_without_time_keeps_the_beginning_where_what_is_locked_alone_is_not_legal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the block before, only who comes while a kept duty runs is locked. Where that alone has no legal roster, all of its
    beginning is kept, which is known to be legal."""
    shifts = (shift("E", "06:00", "15:00"), shift("N", "20:00", "07:00"))
    few = contract(min_together=2, max_consecutive_days=6, min_days_off=1)
    instance = make(56, people=12, shifts=shifts, demand=(demand(minimum=2, target=2),), contracts=(few,))
    whole, locks = rolling.solve_whole, []

    def slow(part: Instance, config: SolveConfig, **given: Any) -> Result:
        locks.append(len(part.locks))
        if len(locks) == 2:
            raise NoRosterError(Message("no_line", "no series of duties"))
        found = whole(part, CONFIG, **given)
        time.sleep(0.3)
        return found

    monkeypatch.setattr(rolling, "solve_whole", slow)
    found = solve(instance, SolveConfig(time_limit_s=0.2, workers=1))
    assert locks[0] == 0 < locks[1] < locks[2]
    assert {cell.day for cell in found.roster} >= set(range(28, 34))
    assert hard_findings(audit(instance, found.roster)) == ()


def test_a_short_horizon_is_solved_in_one_piece() -> None:
    assert solve(make(14, demand=(demand(minimum=1),)), CONFIG).record.blocks == ()


def test_what_hours_alone_prove_short() -> None:
    """One person of 38 hours a week may work 46 in the first; two are wanted day and night."""
    instance = make(7, demand=(demand(minimum=2, target=3),))
    least = proven_short(instance, declare(instance).required)
    assert least[Level.POLICE_MINIMUM] == 60 * (2 * 168 - 46)
    assert least[Level.TARGETS] == 60 * (3 * 168 - 46)
    assert instance.calendar.start == MONDAY


@pytest.mark.slowest
def test_a_year_in_thirteen_blocks() -> None:
    """One is wanted on every day, and each may work eight weekends of a calendar year: at the end of the first, ten months of it
    here, all 24 are used; every block had its part, and a run taken up again in the middle ends with the same roster."""
    instance = make(
        364,
        people=3,
        contracts=(contract(max_weekends_year=8, max_weekends_in_row=None),),
        demand=(demand(start="06:00", until="14:00", minimum=1),),
    )
    config = SolveConfig(time_limit_s=1.3, reproducible=True)
    store = Memory()
    found = solve(instance, config, store=store)
    assert len(found.record.blocks) == 13
    assert hard_findings(audit(instance, found.roster)) == ()
    worked = {(a.staff, a.day // 7) for a in found.roster if a.day % 7 >= 5}
    first = {(staff, week) for staff, week in worked if (MONDAY + dt.timedelta(days=7 * week + 6)).year == MONDAY.year}
    assert len(first) == 24
    assert {week // 4 for _, week in worked} == set(range(13))
    resumed = Memory()
    resumed.kept = {number: block for number, block in store.kept.items() if number < 11}
    assert solve(instance, config, store=resumed).roster == found.roster
    assert resumed.loaded == list(range(11))
