"""The steps of a waterfall add up, and what binds is what makes up for the rest."""

from __future__ import annotations

import pytest

from scheduler.analysis.waterfall import Binding, Required, Stage, StageFigures, Step, Waterfall, steps_of, together
from scheduler.problem.facts import Category


def fall(*changes: tuple[Stage, int], target: int = 0, home: str = "5341") -> Waterfall:
    minutes, steps = 0, []
    for stage, change in changes:
        minutes += change
        steps.append(Step(stage, minutes, 1, change, 1))
    return Waterfall(home, "police", Category.POLICE, tuple(steps), Required(target // 2, target))


def test_each_step_is_the_difference_to_the_one_before_and_names_only_whom_it_changes() -> None:
    first = StageFigures(Stage.HEADCOUNT, {"A": 100, "B": 100})
    then = StageFigures(
        Stage.LEAVE, {"A": 100, "B": 40}, ("availability",), lambda staff: [("absences", ord(staff), "start")]
    )
    same = StageFigures(
        Stage.REST, {"A": 100, "B": 40}, ("daily_rest",), lambda staff: [("contracts", 0, "min_rest_hours")]
    )
    last = StageFigures(Stage.NIGHTS, {"A": 110, "B": 0})
    told = list(steps_of([first, then, same, last]))
    assert [(step.change, step.minutes, step.people, step.touched) for step in told] == [
        (200, 200, 2, 2), (-60, 140, 2, 1), (0, 140, 2, 0), (-30, 110, 1, 2),
    ]  # fmt: skip
    assert told[1].facts == (("absences", ord("B"), "start"),)
    assert told[2].facts == ()
    assert sum(step.change for step in told) == told[-1].minutes


@pytest.mark.parametrize(
    ("target", "binding"),
    [
        (70, Binding.NOTHING),
        (71, Binding.RULES),
        (80, Binding.RULES),
        (81, Binding.ABSENCES),
        (90, Binding.ABSENCES),
        (91, Binding.BOTH),
        (100, Binding.BOTH),
        (101, Binding.PEOPLE),
    ],
)
def test_what_binds_is_what_would_make_up_for_what_is_missing(target: int, binding: Binding) -> None:
    found = fall((Stage.HEADCOUNT, 120), (Stage.PART_TIME, -20), (Stage.LEAVE, -20), (Stage.REST, -10), target=target)
    assert (found.plannable, found.binding) == (70, binding)
    assert found.short_target == max(0, target - 70)


def test_what_no_duty_reaches_and_what_history_holds_is_not_asked_of_people() -> None:
    found = fall((Stage.HEADCOUNT, 50), target=100)
    need = Required(60, 100, unreachable_minimum=5, unreachable_target=20, history=10)
    asked = Waterfall(found.home, found.role, found.category, found.steps, need)
    assert (asked.short_minimum, asked.short_target) == (0, 20)


def test_sums_add_up_too() -> None:
    one = fall((Stage.HEADCOUNT, 100), (Stage.LEAVE, -30), target=50)
    other = fall((Stage.HEADCOUNT, 10), (Stage.LEAVE, -1), target=80, home="5342")
    both = together([one, other])
    assert both is not None
    assert (both.home, both.plannable, both.people) == ("", 79, 2)
    assert both.required == Required(65, 130)
    assert sum(step.change for step in both.steps) == both.plannable
    assert together([]) is None
