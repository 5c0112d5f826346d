"""`vigie explain` as a command: what it says, refuses and ends with."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.called import refused, vigie, vigie_json
from tests.commands.pages import ROOT, page, typed
from tests.processes import ends_within
from tests.workflows.living import roster_file

pytestmark = [pytest.mark.slow, ends_within(300)]
INSTANCES = ROOT / "instances"
TINY = INSTANCES / "tiny.xlsx"


def test_the_waterfall_of_a_workbook_adds_up_and_names_cells() -> None:
    found = vigie_json("explain", TINY)
    assert (found["schema"], found["hotspot"], found["zone"], found["date"]) == (1, None, None, None)
    assert found["missing"] is None, "there is no roster"
    assert found["helps"][0]["kind"] == "now"
    for item in found["waterfalls"]:
        assert sum(step["change"] for step in item["steps"]) == item["plannable"]
    cells = [cell for item in found["waterfalls"] for step in item["steps"] for cell in step["cells"]]
    assert any("!" in cell for cell in cells)
    said = vigie("explain", TINY, "--lang", "fr").stdout
    assert "planifiable au plus" in said


def test_narrowed_to_a_date_and_a_hotspot() -> None:
    whole = vigie_json("explain", TINY)
    spot, zone = "HAL", whole["waterfalls"][0]["home"]
    found = vigie_json("explain", TINY, "--hotspot", spot.lower(), "--zone", zone, "--date", "2026-03-03")
    assert (found["hotspot"], found["zone"], found["date"]) == (spot, zone, "2026-03-03")
    assert found["waterfalls"][0]["required"]["target"] < whole["waterfalls"][0]["required"]["target"]


def test_locks_that_cannot_hold_end_with_their_code() -> None:
    path = INSTANCES / "edge-contradictory-locks.xlsx"
    found = vigie_json("explain", path, code=3)
    assert found["locks"]
    for conflict in found["locks"]:
        assert all("!" in cell for cell in (*conflict["cells"], *conflict["free"]))
    checked = refused_lines(vigie("check", path, code=3).stdout)
    told = refused_lines(vigie("explain", path, code=3).stdout)
    assert checked
    assert checked <= told, "check and explain say the same of locks"


def refused_lines(said: str) -> set[str]:
    return {line.strip() for line in said.splitlines() if line.strip().startswith("Locked!")}


def test_a_persons_day(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    found = vigie_json("explain", path, "--person", "p1", "--date", "02/03/2026")
    assert (found["staff"], found["date"]) == ("P1", "2026-03-02")
    assert "P1" in vigie("explain", path, "--person", "P1", "--date", "2026-03-02").stdout
    assert vigie_json("explain", path)["missing"] is not None


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_what_is_for_one_person_comes_without_notes_about_the_workbook(tmp_path: Path) -> None:
    """They may name colleagues."""
    path = roster_file(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Staff"]
    sheet.cell(1, sheet.max_column + 1, "colour")
    book.save(path)
    assert "colour" in vigie("explain", path).stderr
    assert vigie("explain", path, "--person", "P1", "--date", "2026-03-02").stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--person", "P1"), "--person needs --date."),
        (("--person", "P1", "--date", "2026-03-02", "--zone", "5341"), "--person goes with --date only"),
        (("--date", "2026-03-02", "--time-limit", "5"), "--time-limit goes with the whole period only"),
        (("--time-limit", "nan"), "nan"),
        (("--hotspot", "nowhere"), "is not on sheet Hotspots"),
        (("--zone", "nowhere"), "is not on sheet Organisations"),
        (("--date", "2030-01-01"), "lies outside the horizon"),
        (("--person", "nobody", "--date", "2026-03-02"), "is not on sheet Staff"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], said: str) -> None:
    assert said in refused("explain", TINY, *words)


def test_a_person_without_a_roster_is_refused() -> None:
    import scheduler

    staff = scheduler.load(TINY).instance.staff[0].id
    assert "Roster" in refused("explain", TINY, "--person", staff, "--date", "2026-03-02")


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_text("no workbook")
    assert "no.xlsx" in refused("explain", tmp_path / "no.xlsx")


@pytest.mark.slowest
def test_the_commands_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = typed(page("explain.md"), 4)
    assert {words[1] for words in shown} == {"explain", "solve"}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instances").symlink_to(INSTANCES)
    for words in shown:
        assert vigie(*words[1:]).stdout
