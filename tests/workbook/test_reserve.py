"""The column reserve of sheet Shifts: written, read in three languages, and blank for no."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.messages.languages import Language
from scheduler.workbook.read import read
from scheduler.workbook.save import save_facts
from tests.builders import SHIFTS, hotspot, make, shift


@pytest.mark.parametrize("language", Language)
def test_reserve_shifts_come_back_as_they_were_written(language: Language, tmp_path: Path) -> None:
    waiting = shift("R", "08:00", "18:00", hotspots=("BASE",), reserve=True)
    instance = make(hotspots=(hotspot("HAL"), hotspot("BASE")), shifts=(*SHIFTS, waiting), language=language)
    save_facts(tmp_path / "facts.xlsx", instance, None)
    again = read(tmp_path / "facts.xlsx").instance
    assert again.shifts == instance.shifts
    assert again.reserve_places == {"BASE"}
