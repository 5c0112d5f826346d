"""What a stage leaves a person is never less than the best line under its rules, and falls from stage to stage."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.analysis.waterfall_rules import ON_DATE, OVER_HORIZON
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.lines.reach import Reach
from scheduler.errors import ContradictionError
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.rules import declare
from tests import builders as b
from tests.engine.zones import zone


def wanted(instance: Instance) -> dict[str, np.ndarray]:
    """Some hours of every hotspot."""
    minutes = np.arange(instance.calendar.end)
    return {spot.code: (minutes // 240 + place) % 3 > 0 for place, spot in enumerate(instance.hotspots)}


def exact(instance: Instance, staff: str) -> int:
    """The most wanted minutes of any legal line, from the dynamic programme without a limit on its labels."""
    pool = CompiledProblem(declare(only_these(instance, {staff})))
    there, end = wanted(instance), instance.calendar.end
    amount = np.zeros(pool.start.shape, dtype=np.int64)
    for day, code in ((duty.day, duty.shift) for duty in instance.duties):
        duty, shift = instance.duty(day, code), pool.shift[code]
        for spot, minutes in there.items():
            if pool.post[0, day, shift, pool.hotspot[spot]]:
                held = int(minutes[duty.start : min(duty.end, end)].sum())
                amount[day, shift] = max(amount[day, shift], held)
    return LineModel(pool, 0, soft=False).most(amount)


@pytest.mark.parametrize("stages", [OVER_HORIZON, ON_DATE])
@pytest.mark.parametrize("seed", range(15))
def test_no_line_reaches_more_and_stages_only_take(seed: int, stages: dict[object, tuple[str, ...]]) -> None:
    instance = zone(seed, days=7)
    people = {member.id for member in instance.staff}
    try:
        reach = Reach(declare(only_these(instance, people)), [*stages.values(), None])
    except ContradictionError:
        pytest.skip("a lock that nobody can keep")
    there = wanted(instance)
    for staff in people:
        found = reach.minutes(staff, there)
        assert list(found) == sorted(found, reverse=True)
        assert len(found) == len(stages) + 1
        assert found[-1] >= exact(instance, staff)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_known_already_saves_looks_and_changes_no_figure(seed: int) -> None:
    instance = zone(seed, days=7)
    try:
        reach = Reach(
            declare(only_these(instance, {item.id for item in instance.staff})), [*OVER_HORIZON.values(), None]
        )
    except ContradictionError:
        pytest.skip("a lock that nobody can keep")
    there = wanted(instance)
    for member in instance.staff:
        worth = reach._worth(member.id, there)
        first, last = (reach._most(stage, member.id, worth) for stage in (0, -1))
        found = reach.minutes(member.id, there)
        assert (found[0], found[-1]) == (first, min(first, last))
        assert reach.minutes(member.id, there, enough=found[0]) == (found[0],) * len(found)
        assert reach.minutes(member.id, there, enough=found[0] - 1) == found


def test_rest_and_days_in_a_row_take_what_they_take() -> None:
    """Seven days at 8 h; six in a row at most; no night before a morning."""
    instance = b.make(7, contracts=(b.free_contract(max_consecutive_days=6, weekly_hours=56.0),))
    reach = Reach(declare(instance), [("single_assignment_per_day",), ("daily_rest",), ("max_consecutive_days",), None])
    everywhere = {"HAL": np.ones(instance.calendar.end, dtype=bool)}
    assert reach.minutes("P1", everywhere)[:3] == (7 * 480, 7 * 480, 6 * 480)


def test_duties_are_worth_nothing_where_nobody_is_wanted_or_the_shift_is_of_others() -> None:
    instance = b.make(2, contracts=(b.free_contract(),))
    reach = Reach(declare(instance), [None])
    morning = np.arange(instance.calendar.end) < 10 * 60
    assert reach.minutes("P1", {"HAL": morning}) == (4 * 60,), "from 06:00"
    assert reach.minutes("P1", {}) == (0,)
    assert reach.amounts("P1", {"HAL": morning}) != reach.amounts("P1", {"HAL": ~morning})
