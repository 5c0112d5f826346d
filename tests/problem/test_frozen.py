"""Facts changed in code: a changed copy is as good as a new one, and as strictly checked."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest

from scheduler.config import SolveConfig
from scheduler.errors import InputError
from scheduler.problem.facts import Category
from scheduler.problem.frozen import Frozen
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import Calendar
from scheduler.rules import declare
from tests import builders as b

Change = Callable[..., Any]
WAYS: dict[str, Change] = {
    "replace": lambda fact, **changes: fact.replace(**changes),
    "model_copy": lambda fact, **changes: fact.model_copy(update=changes),
}
if sys.version_info >= (3, 13):
    WAYS["copy.replace"] = copy.replace


@pytest.fixture(params=sorted(WAYS))
def change(request: pytest.FixtureRequest) -> Change:
    return WAYS[request.param]


def looked_at(instance: Instance) -> Instance:
    """The same, with every derived view made and kept."""
    views = [name for name, view in vars(Instance).items() if isinstance(view, cached_property)]
    assert {getattr(instance, name) is not None for name in views} == {True}
    declare(instance)
    return instance


def test_a_changed_instance_is_the_one_built_so(change: Change) -> None:
    people, wanted = (b.person("P7"),), (b.demand(minimum=2),)
    found = change(looked_at(b.make(3, people=2)), staff=people, demand=wanted)
    fresh = b.make(3, people=people, demand=wanted)
    assert found == fresh
    assert found.sha256 == fresh.sha256
    assert found.needs == fresh.needs
    assert found.commitments == fresh.commitments
    assert declare(found).constraints == declare(fresh).constraints


def test_a_changed_calendar_forgets_where_the_old_one_ended(change: Change) -> None:
    calendar = Calendar(start=b.MONDAY, days=28)
    assert calendar.end > 27 * 24 * 60
    assert change(calendar, days=7).end == 7 * 24 * 60
    assert change(looked_at(b.make(28)), calendar=change(calendar, days=7)).duties == b.make(7).duties


@pytest.mark.parametrize(
    ("fact", "changes", "told"),
    [
        (b.make(), {"staf": ()}, "Instance: 'staf' is not one of its fields. Did you mean 'staff'?"),
        (b.make(), {"duties": ()}, "Instance: 'duties' is not one of its fields."),
        (b.make(), {"locks": (b.lock("P9", 0, "E"),)}, "locks[0].staff: 'P9' is not on sheet Staff"),
        (b.make(), {"contracts": ()}, "staff[0].contract: 'POL' is not on sheet Contracts"),
        (b.make(), {"staff": [b.person()]}, "Instance.staff: is refused: Input should be a valid tuple."),
        (b.make(locks=(b.lock("P1", 6, "E"),)), {"calendar": Calendar(start=b.MONDAY, days=3)}, "outside the horizon"),
        (
            b.contract(),
            {"min_rest": 8.0},
            "Contract: 'min_rest' is not one of its fields. Did you mean 'min_rest_hours'?",
        ),
        (
            b.contract(),
            {"category": "police"},
            "Contract.category: is refused: Input should be an instance of Category.",
        ),
        (b.person(), {"fte": 1.2}, "Staff.fte: is more than 1."),
        (b.SHIFTS[0], {"end": 7 * 60, "unpaid_break_min": 60}, "is an unpaid break as long as the shift"),
        (Calendar(start=b.MONDAY, days=7), {"days": 0}, "Calendar.days: is not more than 0."),
        (SolveConfig(), {"seeds": 2}, "SolveConfig: 'seeds' is not one of its fields. Did you mean 'seed'?"),
    ],
)
def test_what_a_new_one_would_refuse(fact: Frozen, changes: dict[str, Any], told: str, change: Change) -> None:
    with pytest.raises(InputError) as caught:
        change(fact, **changes)
    assert told in str(caught.value)


def test_every_misspelt_field_is_named_at_once() -> None:
    with pytest.raises(InputError) as caught:
        b.make().replace(staf=(), demands=())
    assert [problem.value for problem in caught.value.problems] == ["staf", "demands"]


def test_the_others_stay_and_nothing_of_the_first_is_touched(change: Change) -> None:
    first = b.contract(category=Category.NON_POLICE, max_hours_24h=10.0, shift_limits=(("N", 3),))
    found = change(first, weekly_hours=20.0)
    assert found == b.contract(
        category=Category.NON_POLICE, max_hours_24h=10.0, shift_limits=(("N", 3),), weekly_hours=20.0
    )
    assert first.weekly_hours == 38.0


def test_a_copy_without_changes_is_equal() -> None:
    instance = looked_at(b.make(3))
    for found in (instance.model_copy(), instance.model_copy(deep=True), instance.replace(), copy.copy(instance)):
        assert found == instance
        assert found.sha256 == instance.sha256
