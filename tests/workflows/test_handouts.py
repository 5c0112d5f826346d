"""What single people are given: who is asked for, and only what is theirs."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.workflows.handouts import calendars, chosen, only
from tests.builders import lines, make, person
from tests.workbook.input_world import codes_of

WORLD = make(2, people=[person("P-2"), person("P-1"), person("G-1")])


def test_nobody_named_is_everybody_in_the_order_of_the_workbook() -> None:
    assert chosen(WORLD, ()) == ("P-2", "P-1", "G-1")
    assert chosen(WORLD, ("g-1", "P-2", "P-2")) == ("P-2", "G-1")


def test_every_id_that_nobody_has_is_told() -> None:
    with pytest.raises(InputError) as caught:
        chosen(WORLD, ("P-1", "P-3", "nonsense"))
    first, second = caught.value.problems
    assert (first.value, second.value) == ("P-3", "nonsense")
    assert "did_you_mean" in codes_of(first)
    assert second.hint is None


def test_only_these_people_are_in_the_roster_and_the_calendars() -> None:
    roster = lines(**{"P-1": "E.", "P-2": "EE", "G-1": "L."})
    assert {a.staff for a in only(roster, ("P-1", "G-1"))} == {"P-1", "G-1"}
    assert [(found.staff, len(found.duties)) for found in calendars(WORLD, roster, ("P-2", "P-1"))] == [
        ("P-2", 2),
        ("P-1", 1),
    ]
