"""Whether locks hold, asked of all people at once and of each alone."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from scheduler.engine.contradiction import has_line, holds, keep_all
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from tests import builders as b

PEOPLE = ("P1", "P2", "P3", "P4")


def locked(seed: int, *more: object) -> Instance:
    """Four people with some random locks, at most three days in a row."""
    draw = random.Random(seed)
    days = {staff: sorted(draw.sample(range(7), 4)) for staff in PEOPLE}
    locks = [b.lock(staff, day, draw.choice(["E", "L", "N", OFF])) for staff in PEOPLE for day in days[staff]]
    limits = b.free_contract(max_consecutive_days=3, weekly_hours=56.0)
    return b.make(7, people=4, contracts=(limits,), locks=(*locks, *more))


@pytest.mark.parametrize("seed", range(12))
def test_all_at_once_and_each_alone_say_the_same(seed: int) -> None:
    instance = locked(seed)
    alone = {staff: only_these(instance, {staff}) for staff in PEOPLE}
    assert keep_all(instance) == {staff for staff, only in alone.items() if holds(only, only.locks)}


def test_the_seeds_have_both() -> None:
    kept = [len(keep_all(locked(seed))) for seed in range(12)]
    assert min(kept) < len(PEOPLE)
    assert max(kept) > 0


def test_a_lock_on_a_duty_that_its_person_cannot_do_is_theirs_alone() -> None:
    instance = b.make(7, people=2, locks=(b.lock("P1", 0, "E"), b.lock("P2", 0, "E")), absences=(b.leave("P1", 0),))
    assert keep_all(instance) == {"P2"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"locks": (b.lock("P1", 0, "E"),)}, True),
        ({"locks": (b.lock("P1", 0, "N"), b.lock("P1", 1, "E"))}, False),
        ({"locks": (b.lock("P1", 0, "E"),), "absences": (b.leave("P1", 0),)}, False),
    ],
)
def test_one_person_alone_has_a_line_or_none(facts: dict[str, Any], expected: bool) -> None:
    assert has_line(b.make(7, **facts), 60.0) is expected


def test_nothing_is_said_of_a_line_that_is_not_known_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Over(threading.Timer):
        """Its time is over at once."""

        def start(self) -> None:
            self.function(*self.args)

    monkeypatch.setattr(threading, "Timer", Over)
    assert has_line(b.make(7, locks=(b.lock("P1", 0, "E"),)), 60.0) is None
