"""Where reserves wait: what a workbook may say of it."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.problem.jurisdiction import worked_at
from tests.builders import SHIFTS, hotspot, make, shift

SPOTS = (hotspot("HAL"), hotspot("BASE"))


def test_a_reserve_shift_names_its_place_and_has_it_alone() -> None:
    instance = make(hotspots=SPOTS, shifts=(*SHIFTS, shift("R", "08:00", "18:00", hotspots=("BASE",), reserve=True)))
    assert instance.reserve_places == {"BASE"}
    assert worked_at(instance, "R") == {"BASE"}
    assert worked_at(instance, "E") == {"HAL"}


def test_a_reserve_without_a_place_is_refused() -> None:
    with pytest.raises(InputError, match="is a reserve without a place"):
        make(hotspots=SPOTS, shifts=(*SHIFTS, shift("R", "08:00", "18:00", reserve=True)))


def test_another_shift_at_the_place_of_reserves_is_refused() -> None:
    reserve = shift("R", "08:00", "18:00", hotspots=("BASE",), reserve=True)
    with pytest.raises(InputError, match="is where reserves wait") as caught:
        make(hotspots=SPOTS, shifts=(reserve, shift("E", "06:00", "14:00", hotspots=("HAL", "BASE"))))
    (problem,) = caught.value.problems
    assert problem.value == "BASE"
