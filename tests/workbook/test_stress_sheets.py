"""The workbook of `vigie stress`: every figure of the object stands on a sheet, in every language."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from scheduler.analysis.stress import Stress
from scheduler.messages.languages import Language
from scheduler.problem.facts import Organisation, OrganisationKind, Pooling
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook.stress_sheets import write_stress
from scheduler.workflows.stress import StressPlan, stress
from tests import builders as b
from tests.workflows.living import regular, world
from tests.workflows.readings import reading_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found() -> Stress:
    instance = world(7)
    return stress(reading_of(instance, regular(instance)), StressPlan(0.6, runs=100, reserves=True))


def rows(path: Path, number: int) -> list[list[object]]:
    """The rows of a sheet, by its place in the workbook, from its head on."""
    sheet = openpyxl.load_workbook(path).worksheets[number]
    return [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_every_figure_of_the_hotspots_is_there(found: Stress, tmp_path: Path) -> None:
    path = tmp_path / "stress.xlsx"
    write_stress(path, "Midi", found, Language.EN)
    assert openpyxl.load_workbook(path).sheetnames == ["Summary", "Coverage", "Days", "Hours at risk", "Reserves"]
    head, *lines = rows(path, 1)
    assert len(lines) == sum(len(place.levels) for place in found.places.values()) > 0
    by = {(line[0], line[1]): dict(zip(head, line, strict=True)) for line in lines}
    for hotspot, place in found.places.items():
        for level in COVERAGE_LEVELS:
            if (held := place.levels.get(level)) is not None:
                said = by[hotspot, level.code.replace("_", " ").capitalize()]
                assert said["planned"] == pytest.approx(held.planned, abs=1e-4)
                assert said["mean"] == pytest.approx(held.realised.mean, abs=1e-4)
                assert said["mean, 95 % from"] == pytest.approx(held.realised.mean - held.realised.margin, abs=1e-4)
                assert said["mean, 95 % to"] == pytest.approx(held.realised.mean + held.realised.margin, abs=1e-4)
                assert said["95th pct"] == pytest.approx(held.realised.high, abs=1e-4)


def test_days_and_hours_at_risk_are_those_found(found: Stress, tmp_path: Path) -> None:
    path = tmp_path / "stress.xlsx"
    write_stress(path, "Midi", found, Language.EN)
    days = rows(path, 2)[1 : 1 + len(found.days)]
    calendar = found.instance.calendar
    assert [line[0].date() for line in days] == [calendar.date(item.day) for item in found.days]  # type: ignore[attr-defined]
    assert [line[2] for line in days] == pytest.approx([item.chance for item in found.days], abs=1e-4)
    assert sum(item.chance for item in found.days) == pytest.approx(found.whole.days_below.mean)
    risky = rows(path, 3)[1:]
    assert len(risky) == len(found.risky) > 0
    assert risky[0][5] == pytest.approx(found.risky[0].chance, abs=1e-4)
    assert found.reserves is not None
    assert rows(path, 4)[1][2] == found.reserves.moments.pooled


@pytest.mark.parametrize("language", Language)
def test_it_is_written_in_every_language_and_with_one_run_too(language: Language, tmp_path: Path) -> None:
    north = Organisation(code="5344", name="Nord", kind=OrganisationKind.POLICE_ZONE)
    instance = world(
        7, strategy=Pooling.LATERAL, organisations=(*b.make(1).organisations, north),
        hotspots=(b.hotspot(), b.hotspot("MIDI", zone="5344")), parameters={"lending.percent": 100.0},
    )  # fmt: skip
    once = stress(reading_of(instance, regular(instance)), StressPlan(0.5, 0.5, runs=1, reserves=True))
    path = tmp_path / "stress.xlsx"
    write_stress(path, "Midi", once, language)
    words = [str(value) for line in rows(path, 0) for value in line if value is not None]
    assert any(
        {Language.EN: "Police", Language.FR: "police", Language.NL: "politie"}[language] in word for word in words
    )
    assert not any(word in ("inf", "nan") for word in words)


def test_nothing_at_risk_is_said_so(tmp_path: Path) -> None:
    instance = world(7)
    calm = stress(reading_of(instance, regular(instance)), StressPlan(0.0, runs=2))
    write_stress(tmp_path / "calm.xlsx", "Midi", calm, Language.EN)
    assert rows(tmp_path / "calm.xlsx", 3)[1][0] == "No minimum that the roster plans for was missing in any run."
