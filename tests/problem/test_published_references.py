"""What was published stays known: a person, shift or hotspot whose row is gone is named once, however many duties tell of it."""

from __future__ import annotations

import pytest

from scheduler.problem.publication import PublishedDuty
from scheduler.problem.references import cross_references
from scheduler.problem.tables import Tables
from tests.builders import MONDAY, make


@pytest.mark.parametrize(
    ("told", "field", "value", "words"),
    [
        ({"shift": "OLD"}, "shift", "OLD", "was published, but has no row on sheet Shifts any more."),
        ({"hotspot": "GONE"}, "hotspot", "GONE", "was published, but has no row on sheet Hotspots any more."),
        ({"staff": "P9"}, "staff", "P9", "was told of duties, but has no row on sheet Staff any more."),
    ],
)
def test_what_is_gone_is_named_once(told: dict[str, str], field: str, value: str, words: str) -> None:
    instance = make(7)
    first = instance.staff[0].id
    given = {"staff": first, "shift": "E", "hotspot": "HAL", "version": 1} | told
    duties = tuple(PublishedDuty(**given, date=MONDAY.replace(day=MONDAY.day + day)) for day in range(5))
    tables = Tables.model_construct(**dict(instance) | {"published": duties})
    faults = [fault for fault in cross_references(tables) if fault.field in ("staff", "shift", "hotspot")]
    assert [(fault.table, fault.index, fault.field, fault.value) for fault in faults] == [
        ("published", 0, field, value)
    ]
    assert str(faults[0].message) == words
    assert "back" in str(faults[0].hint)
