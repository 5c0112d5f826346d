"""What `vigie stress` says of reserves, and of what cannot be told from one run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.analysis.reserves import Reserves
from scheduler.analysis.stress import EnoughReserves, Stress
from scheduler.messages.languages import Language
from scheduler.report.stress_lines import stress_lines
from scheduler.report.stress_object import stress_object
from scheduler.workflows.stress import StressPlan, stress
from tests.workflows.living import regular, world
from tests.workflows.readings import reading_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def once() -> Stress:
    instance = world(7)
    return stress(reading_of(instance, regular(instance)), StressPlan(0.05, runs=1))


def said(found: Stress) -> str:
    return "\n".join(stress_lines(found, Language.EN))


def test_pooling_is_told_in_one_sentence_where_there_are_several_pools(once: Stress) -> None:
    moments, period = Reserves({"A": 3, "B": 2}, 0.96, 4, 0.97), Reserves({"A": 5, "B": 4}, 0.95, 6, 0.96)
    found = said(replace(once, reserves=EnoughReserves({"A": 12.25, "B": 8.0}, moments, period)))
    assert (
        "At 95 % of all moments every zone covers its own absences with 5 reserves on duty; one pool for all needs 4."
        in found
    )
    rows = [line.split() for line in found.splitlines()]
    assert ["A", "12.2", "3", "5"] in rows
    assert ["zones", "apart", "20.2", "5", "9"] in rows
    assert ["one", "pool", "20.2", "4", "6"] in rows


def test_one_pool_is_compared_with_nothing(once: Stress) -> None:
    alone = Reserves({"A": 3}, 0.96, 3, 0.96)
    found = said(replace(once, reserves=EnoughReserves({"A": 12.0}, alone, alone)))
    assert ["A", "12.0", "3", "3"] in [line.split() for line in found.splitlines()]
    assert "pool" not in found


def test_one_run_has_no_interval(once: Stress) -> None:
    levels = stress_object(once)["whole"]["levels"]
    assert all(level["realised"]["mean_margin"] is None for level in levels)
    assert "inf" not in said(once)
