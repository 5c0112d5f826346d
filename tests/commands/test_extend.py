"""``vigie extend`` as it is called: exit codes, what it says, and files that stay."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.processes import ends_within
from tests.workbook import input_world
from tests.workflows.test_extend import ABSENT, ALONE, LEGAL, Cells, with_roster

pytestmark = [pytest.mark.slow, ends_within(60)]

ROOT = Path(__file__).resolve().parents[2]


def extend(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "VIGIE_LANG"} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-m", "scheduler", "extend", *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=50)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


def rostered(folder: Path, cells: Cells = LEGAL) -> Path:
    return input_world.saved(folder, ALONE, with_roster(cells))


def test_one_object_with_what_is_to_be_done(tmp_path: Path) -> None:
    output = tmp_path / "next.xlsx"
    found: dict[str, Any] = json.loads(extend(rostered(tmp_path), "-o", output, "--weeks", "3", "--json").stdout)
    assert found["schema"] == 1
    assert (found["start_date"], found["days"], found["history"]) == ("2026-03-16", 21, 3)
    assert {"next_absences", "next_requests"} <= {item["code"] for item in found["to_do"]}
    assert output.is_file()


def test_it_says_what_is_to_be_done_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    said = extend(rostered(tmp_path), "-o", tmp_path / "next.xlsx").stdout
    assert "16/03/2026" in said
    assert "next.xlsx" in said.splitlines()[-1]
    assert "2026-03-16" in extend(tmp_path / "world.xlsx", "-o", tmp_path / "en.xlsx", "--lang", "en").stdout


def test_sheets_have_the_names_of_the_workbook_whatever_language_is_spoken(tmp_path: Path) -> None:
    said = extend(rostered(tmp_path), "-o", tmp_path / "next.xlsx", "--lang", "en").stdout
    assert "  Souhaits: add the requests of 2026-03-16 to" in said


def test_a_broken_roster_ends_with_3_and_writes_nothing(tmp_path: Path) -> None:
    broken, output = rostered(tmp_path, ABSENT), tmp_path / "next.xlsx"
    done = extend(broken, "-o", output, "--json", "--lang", "en", code=3)
    assert "Roster!J2: P-1 is absent during the duty of 2026-03-10." in done.stderr
    assert json.loads(done.stdout)["problems"][0]["place"] == "Roster!J2"
    extend(broken, "-o", output, "--force", code=3)
    assert not output.exists()
    found = json.loads(extend(broken, "-o", output, "--allow-broken", "--json").stdout)
    assert (found["violations"], found["findings"][0]["dates"]) == (1, ["2026-03-10"])


def test_files_stay_unless_force_says_otherwise(tmp_path: Path) -> None:
    roster, output = rostered(tmp_path), tmp_path / "next.xlsx"
    output.write_bytes(b"mine")
    extend(roster, "-o", output, code=2)
    assert output.read_bytes() == b"mine"
    before = roster.read_bytes()
    extend(roster, "-o", roster, "--force", code=2)
    extend(roster, "-o", roster, "--solve", "--force", code=2)
    assert roster.read_bytes() == before
    extend(roster, "-o", output, "--force")
    assert output.read_bytes() != b"mine"


def test_bad_input_is_told_in_words(tmp_path: Path) -> None:
    plain = input_world.saved(tmp_path, ALONE)
    assert "vigie solve" in extend(plain, "-o", tmp_path / "next.xlsx", code=2).stderr
    assert "--weeks" in extend(plain, "-o", tmp_path / "next.xlsx", "--weeks", "0", code=2).stderr
    extend(tmp_path / "nowhere.xlsx", "-o", tmp_path / "next.xlsx", code=2)
