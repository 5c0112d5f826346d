"""Every command: help, exit codes, the shape of ``--json``, no file lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest

from instances.tiny import tables as tiny_tables
from scheduler.commands.main import app, main
from scheduler.messages.languages import Language
from scheduler.problem.facts import Pooling
from scheduler.result import Status
from scheduler.rules import RULES
from scheduler.workbook.read import read
from scheduler.workbook.template import save_tables
from tests.commands.called import vigie, vigie_json
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(240)]

VIGIE = Path(sys.executable).parent / ("vigie.exe" if os.name == "nt" else "vigie")
ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(app.commands)
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "VIGIE_LANG"} | {"PYTHONWARNINGS": "error"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli")


@pytest.fixture(scope="module")
def tiny(folder: Path) -> Path:
    vigie("new", folder / "tiny.xlsx", "--example", "tiny")
    return folder / "tiny.xlsx"


@pytest.fixture(scope="module")
def solved(tiny: Path, folder: Path) -> tuple[Path, dict[str, Any], str]:
    """A solved workbook, what ``solve --json`` said, and what it told beside it."""
    output = folder / "roster.xlsx"
    done = vigie("solve", tiny, "-o", output, "--time-limit", "60", "--json")
    return output, json.loads(done.stdout), done.stderr


# -- help and usage --------------------------------------------------------------------------------------------------------


def test_the_installed_command_is_this_one() -> None:
    assert VIGIE.exists(), "install first: pip install -e ."
    done = subprocess.run([VIGIE, "--version"], env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=180)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("vigie, version")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_of_its_use(name: str) -> None:
    command = app.commands[name]
    assert command.help
    text = vigie(name, "--help").stdout
    assert text.startswith(f"Usage: vigie {name}")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in {"seed", "time_limit", "output", "help"}:
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_in_the_help(name: str) -> None:
    assert f"`vigie {name}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n  {name} " in vigie("--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_a_language(name: str) -> None:
    assert "--lang" in {option for parameter in app.commands[name].params for option in parameter.opts}


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["check"],
        ["check", "x.xlsx", "--nonsense"],
        ["check", "x.xlsx", "--lang", "de"],
        ["solve", "x.xlsx"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--time-limit", "0"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--time-limit", "nan"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--time-limit", "inf"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--gap", "nan"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--gap", "101"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--workers", "0"],
        ["solve", "x.xlsx", "-o", "y.xlsx", "--seed", "-1"],
    ],
)
def test_wrong_usage_is_said_in_one_line(arguments: list[str]) -> None:
    done = vigie(*arguments, code=2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--help" in done.stderr
    assert done.stdout == ""


def test_wrong_usage_is_an_object_with_json() -> None:
    found = vigie_json("check", "x.xlsx", "--nonsense", code=2)
    assert found["exit_code"] == 2
    assert "--nonsense" in found["error"]


def test_an_internal_error_is_one_line_and_a_traceback_only_with_debug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_language: str) -> None:
        raise RuntimeError("broken pipe organ")

    monkeypatch.setattr("scheduler.report.rulebook.rules_object", fail)
    for extra, shown in (([], False), (["--debug"], True)):
        with pytest.raises(SystemExit) as ended:
            main(["rules", *extra])
        assert ended.value.code == 1
        told = capsys.readouterr().err
        assert "broken pipe organ" in told
        assert ("Traceback" in told) is shown


def run_with_a_stranger(place: Path) -> str:
    """What the command says where ``place`` comes first and holds another package, whose code must never run."""
    (place / "scheduler").mkdir(parents=True, exist_ok=True)
    (place / "scheduler" / "__init__.py").write_text("raise SystemExit('the stranger ran')\n", encoding="utf-8")
    run = [sys.executable, "-c", "import vigie; vigie.main(['rules'])"]
    there = ENVIRONMENT | {"PYTHONPATH": f"{place}{os.pathsep}{ROOT}"}
    done = subprocess.run(run, env=there, cwd=place, capture_output=True, encoding="utf-8", timeout=180)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "virtual environment of its own" in done.stderr
    return done.stderr


def test_a_stranger_of_the_same_name_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "scheduler" / "__init__.py") in run_with_a_stranger(tmp_path)


def test_a_stranger_that_was_installed_in_our_place_is_named(tmp_path: Path) -> None:
    """Both lie beside each other in one folder of packages, and the later one has the file."""
    shutil.copy(ROOT / "vigie.py", tmp_path)
    assert str(tmp_path / "scheduler" / "__init__.py") in run_with_a_stranger(tmp_path)


def test_output_that_nobody_reads_to_the_end_is_no_error() -> None:
    reader = subprocess.Popen([VIGIE, "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.close()
    assert reader.stderr.read() == b""
    reader.stderr.close()
    assert reader.wait(60) == 0


# -- new, check, rules -----------------------------------------------------------------------------------------------------


def test_new_writes_a_workbook_that_reads(folder: Path) -> None:
    found = vigie_json("new", folder / "empty.xlsx")
    assert found["output"] == str(folder / "empty.xlsx")
    assert "Staff" in openpyxl.load_workbook(folder / "empty.xlsx").sheetnames


def test_new_never_overwrites_without_force(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"years of work")
    assert "--force" in vigie("new", file, code=2).stderr
    assert file.read_bytes() == b"years of work"
    vigie("new", file, "--force")
    assert file.read_bytes() != b"years of work"


def test_new_with_an_unknown_example_names_those_there_are(tmp_path: Path) -> None:
    assert "brussels-midi" in vigie("new", tmp_path / "x.xlsx", "--example", "paris", code=2).stderr
    assert list(tmp_path.iterdir()) == []


def test_check_of_a_sound_workbook_shows_the_capacity(tiny: Path) -> None:
    assert "HAL" in vigie("check", tiny).stdout
    found = vigie_json("check", tiny)
    assert found["ok"] is True
    assert found["impossible"] is False
    assert found["problems"] == []
    assert {"posts", "pools"} == set(found["capacity"])
    assert len(found["instance_sha256"]) == 64


def test_check_names_both_locks_and_the_absence(folder: Path) -> None:
    file = folder / "locks.xlsx"
    vigie("new", file, "--example", "edge-contradictory-locks")
    text = vigie("check", file, code=3).stdout
    assert text.startswith("No roster is possible with")
    assert "Locked!B3" in text
    assert "Locked!B2" in text
    assert "Absences!" in text
    found = vigie_json("check", file, code=3)
    assert not found["ok"]
    assert found["impossible"]
    assert {"place", "value", "code", "message", "hint", "fatal", "impossible"} == set(found["problems"][0])
    assert all(problem["impossible"] for problem in found["problems"])


@pytest.mark.parametrize("command", [["check"], ["solve", "-o", "{out}"], ["audit"]])
def test_a_bad_workbook_is_refused_and_nothing_is_written(command: list[str], tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.xlsx", tmp_path / "out.xlsx"
    bad.write_bytes(b"%PDF-1.7 no workbook at all")
    arguments = [argument.format(out=out) for argument in command]
    done = vigie(*arguments, bad, code=2)
    assert "bad.xlsx" in done.stdout + done.stderr
    assert sorted(tmp_path.iterdir()) == [bad]
    assert vigie_json(*arguments, bad, code=2)["problems"]


def test_a_contradiction_stops_the_solve_before_it_starts(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "locks.xlsx"
    vigie("new", file, "--example", "edge-contradictory-locks")
    assert "Locked!B3" in vigie("solve", file, "-o", tmp_path / "out.xlsx", code=3).stderr
    found = vigie_json("solve", file, "-o", tmp_path / "out.xlsx", code=3)
    assert found["exit_code"] == 3
    assert [str(problem["place"]) for problem in found["problems"]] == [text.split(":")[0] for text in found["reasons"]]
    assert not (tmp_path / "out.xlsx").exists()


LOCKED = {
    "rest": ("cannot be kept", (("P-01", 2, "L"), ("P-01", 3, "E"))),
    "company": ("cannot be kept: of those who must stand at HAL with G-01 (2), 1 can be there", (("G-01", 4, "P2"),)),
}
"""Impossible locks of the tiny example: too short a rest; a peacekeeper alone on the day the other is on leave."""


@pytest.mark.parametrize("lacking", LOCKED)
def test_impossible_locks_end_with_code_3_before_anything_is_solved(lacking: str, tmp_path: Path) -> None:
    message, locks = LOCKED[lacking]
    tables = tiny_tables()
    tables["Locked"] = [
        {"staff": staff, "date": dt.date(2026, 3, day), "shift": shift, "hotspot": "HAL"} for staff, day, shift in locks
    ]
    save_tables(tables, tmp_path / "locked.xlsx")
    done = vigie("solve", tmp_path / "locked.xlsx", "-o", tmp_path / "out.xlsx", "--time-limit", "10", code=3)
    assert message in done.stderr
    assert not (tmp_path / "out.xlsx").exists()
    vigie("check", tmp_path / "locked.xlsx", code=3)


@pytest.mark.parametrize(("language", "word"), [("en", "default"), ("fr", "par défaut"), ("nl", "standaard")])
def test_rules_in_three_languages(language: str, word: str) -> None:
    by_option, by_environment = vigie("rules", "--lang", language), vigie("rules", language=language)
    assert by_option.stdout == by_environment.stdout
    assert word in by_option.stdout
    colon = " :" if language == "fr" else ":"
    for rule in RULES:
        assert f"{rule.code}{colon} {rule.heading().text(Language(language))}" in by_option.stdout


def test_rules_as_an_object() -> None:
    rules = vigie_json("rules")["rules"]
    assert [rule["code"] for rule in rules] == [rule.code for rule in RULES]
    for rule in rules:
        assert rule["description"]
        assert rule["sources"]
        assert all(parameter["description"] for parameter in rule["parameters"])


def test_without_lang_a_command_speaks_the_language_of_the_workbook(tmp_path: Path) -> None:
    tables = tiny_tables()
    rows = [row for row in tables["Settings"] if row["key"] != "language"]
    tables["Settings"] = [*rows, {"key": "language", "value": "fr"}]
    save_tables(tables, tmp_path / "fr.xlsx")
    assert "fr.xlsx peut être résolu" in vigie("check", tmp_path / "fr.xlsx").stdout
    assert "fr.xlsx can be solved" in vigie("check", tmp_path / "fr.xlsx", "--lang", "en").stdout
    assert "fr.xlsx kan opgelost worden" in vigie("check", tmp_path / "fr.xlsx", language="nl").stdout
    tables["Staff"][0]["contract"] = "nowhere"
    save_tables(tables, tmp_path / "fr.xlsx")
    assert "dans " in vigie("check", tmp_path / "fr.xlsx", code=2).stdout.splitlines()[0], "also with mistakes"
    assert " in " in vigie("check", tmp_path / "fr.xlsx", "--lang", "en", code=2).stdout.splitlines()[0]


# -- solve -----------------------------------------------------------------------------------------------------------------


def test_solve_says_what_the_contract_asks(solved: tuple[Path, dict[str, Any], str]) -> None:
    output, found, told = solved
    assert list(found) == [
        "status", "levels", "coverage", "violations", "staff", "assignments", "wall_s", "compile_s", "seed", "versions",
        "instance_sha256", "output", "never_covered",
    ]  # fmt: skip
    assert found["status"] in {Status.OPTIMAL, Status.FEASIBLE}
    assert [level["name"] for level in found["levels"]] == [
        "police_minimum", "non_police_minimum", "targets", "quality",
    ]  # fmt: skip
    for level in found["levels"]:
        assert {"name", "value", "bound", "required", "gap"} <= set(level)
        assert level["bound"] <= level["value"]
    assert set(found["coverage"]) == {"required_minutes", "short_minutes", "short_bound"}
    assert found["violations"] == 0
    assert found["staff"] == 5
    assert found["assignments"] > 0
    assert found["seed"] == 1
    assert found["output"] == str(output)
    assert output.exists()
    assert "ortools" in found["versions"]
    assert "first roster  short now" in told, "plain progress lines, as this is no terminal"


@pytest.mark.slowest
def test_solve_in_words(tiny: Path, tmp_path: Path) -> None:
    done = vigie("solve", tiny, "-o", tmp_path / "fr.xlsx", "--time-limit", "1", "--lang", "fr")
    assert "Minimum police" in done.stdout
    assert str(tmp_path / "fr.xlsx") in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


def test_the_result_is_a_complete_input_again(solved: tuple[Path, dict[str, Any], str]) -> None:
    output, found, _ = solved
    again = vigie_json("check", output)
    assert again["ok"]
    assert again["instance_sha256"] == found["instance_sha256"]


def test_solve_never_overwrites_without_force(tiny: Path, tmp_path: Path) -> None:
    output = tmp_path / "mine.xlsx"
    output.write_bytes(b"years of work")
    assert "--force" in vigie("solve", tiny, "-o", output, code=2).stderr
    assert output.read_bytes() == b"years of work"


@pytest.mark.parametrize("output", ["nowhere/x.xlsx", "x.csv", "."])
def test_an_output_that_cannot_be_written_is_refused_before_the_solve(tiny: Path, tmp_path: Path, output: str) -> None:
    begun = time.monotonic()
    done = vigie("solve", tiny, "-o", tmp_path / output, "--time-limit", "100", code=2)
    assert len(done.stderr.strip().splitlines()) == 1
    assert time.monotonic() - begun < 60


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A solve of a whole zone that has its first roster and would go on for minutes."""
    vigie("new", tmp_path / "zone.xlsx", "--example", "brussels-ouest")
    arguments = ["solve", tmp_path / "zone.xlsx", "-o", tmp_path / "kept.xlsx", "--time-limit", "150", "--json"]
    process = subprocess.Popen(
        [VIGIE, *map(str, arguments)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "first roster" in line:
            break
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to whole consoles only")
def test_ctrl_c_keeps_the_best_roster(running: subprocess.Popen[str], tmp_path: Path) -> None:
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert json.loads(out)["status"] == "interrupted"
    assert vigie_json("audit", tmp_path / "kept.xlsx")["violations"] == 0


# -- audit -----------------------------------------------------------------------------------------------------------------


def test_audit_of_our_own_roster_is_clean(solved: tuple[Path, dict[str, Any], str]) -> None:
    found = vigie_json("audit", solved[0])
    assert found["violations"] == 0
    assert found["edited"] == []
    assert found["facts_changed"] is False
    assert found["assignments"] == solved[1]["assignments"]
    assert found["never_covered"] == solved[1]["never_covered"]
    assert found["never_covered"]["stretches"] == []


def test_audit_without_a_roster_says_what_to_do(tiny: Path) -> None:
    assert "vigie solve" in vigie("audit", tiny, code=2).stderr


def test_a_cell_broken_by_hand_is_named(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    file = tmp_path / "edited.xlsx"
    with warnings.catch_warnings():
        # The editor of this test drops data bars, as it says.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(solved[0])
    sheet = book["Roster"]
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    # After a late duty somebody gets the early one: eight hours of rest between the two.
    edited = next(c for c in cells if c.value == "L HAL" and sheet.cell(c.row, c.column - 1).value == "L HAL")
    edited.value = "E HAL"
    book.save(file)
    found = vigie_json("audit", file, code=3)
    place = f"Roster!{edited.coordinate}"
    assert [edit["cell"] for edit in found["edited"]] == [place]
    assert found["edited"][0]["before"] == "L HAL"
    assert found["edited"][0]["after"] == "E HAL"
    broken = [finding for finding in found["findings"] if finding["hard"]]
    assert len(broken) == found["violations"] > 0
    rest = next(finding for finding in broken if finding["rule"] == "daily_rest")
    assert rest["cells"][0] == place
    text = vigie("audit", file, code=3).stdout
    assert "Daily rest" in text
    assert place in text


# -- export ----------------------------------------------------------------------------------------------------------------


def test_export_writes_the_columns_of_the_contract(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    csv, whole = tmp_path / "roster.csv", tmp_path / "roster.json"
    vigie("export", solved[0], "--csv", csv, "--json", whole)
    header, *rows = csv.read_text(encoding="utf-8").splitlines()
    assert header == "staff,organisation,category,roles,date,shift,start,end,hotspot,locked"
    assert len(rows) == solved[1]["assignments"]
    content = json.loads(whole.read_text(encoding="utf-8"))
    assert len(content["roster"]) == len(rows)
    assert content["record"]["seed"] == 1
    assert content["instance_sha256"] == solved[1]["instance_sha256"]


def test_export_to_standard_output(solved: tuple[Path, dict[str, Any], str]) -> None:
    assert vigie("export", solved[0], "--csv", "-").stdout.startswith("staff,organisation,")
    assert "roster" in json.loads(vigie("export", solved[0], "--json", "-").stdout)


def test_export_refuses_before_it_writes_anything(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.json"
    mine.write_text("years of work")
    done = vigie("export", solved[0], "--csv", tmp_path / "new.csv", "--json", mine, code=2)
    assert "--force" in done.stderr
    assert mine.read_text() == "years of work"
    assert not (tmp_path / "new.csv").exists()
    vigie("export", solved[0], "--json", mine, "--force")
    assert json.loads(mine.read_text(encoding="utf-8"))


def test_export_of_both_to_one_place_is_wrong_usage(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    both = tmp_path / "both"
    assert "same place" in vigie("export", solved[0], "--csv", both, "--json", both, code=2).stderr
    assert not both.exists()
    assert vigie("export", solved[0], "--csv", "-", "--json", "-", code=2).stdout == ""


def test_export_without_a_destination_is_wrong_usage(solved: tuple[Path, dict[str, Any], str]) -> None:
    assert "--csv" in vigie("export", solved[0], code=2).stderr


def test_export_for_people(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    """Calendars and pages of everybody, then of one person; nothing is replaced without being told to."""
    folder, pages = tmp_path / "calendars", tmp_path / "pages.xlsx"
    done = vigie("export", solved[0], "--ics", folder, "--pages", pages)
    written = {path.name for path in folder.iterdir()}
    assert f"{len(written)} calendars written" in done.stderr
    assert written == {f"{member.id}.ics" for member in read(solved[0]).instance.staff}
    assert openpyxl.load_workbook(pages).sheetnames == ["Duties"]
    vigie("export", solved[0], "--ics", folder, "--person", "p-01", code=2)
    vigie("export", solved[0], "--ics", folder, "--person", "p-01", "--force")
    assert "'P-99'" in vigie("export", solved[0], "--pages", tmp_path / "a.xlsx", "--person", "P-99", code=2).stderr
    assert not (tmp_path / "a.xlsx").exists()


def test_export_as_a_page(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    vigie("export", solved[0], "--html", page, "--lang", "nl")
    written = page.read_text(encoding="utf-8")
    assert '<html lang="nl">' in written
    assert not [member.id for member in read(solved[0]).instance.staff if member.id in written]
    assert "--force" in vigie("export", solved[0], "--html", page, code=2).stderr
    assert page.read_text(encoding="utf-8") == written
    assert ".html" in vigie("export", solved[0], "--html", tmp_path / "page.txt", code=2).stderr


def test_export_as_csv_for_excel_of_one_person(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    csv = tmp_path / "a.csv"
    vigie("export", solved[0], "--csv", csv, "--dialect", "excel-be", "--person", "P-01", language="nl")
    content = csv.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfstamnummer;")
    assert {line.split(b";")[0] for line in content.splitlines()[1:]} == {b"P-01"}


@pytest.mark.parametrize(
    "more",
    [
        ["--dialect", "iso", "--json", "-"],
        ["--json", "-", "--person", "P-01"],
        ["--html", "page.html", "--person", "P-01"],
    ],
)
def test_export_refuses_options_that_do_not_go_together(
    more: list[str], solved: tuple[Path, dict[str, Any], str]
) -> None:
    assert vigie("export", solved[0], *more, code=2).stdout == ""


# -- anonymise -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_an_anonymised_roster_is_worth_the_same(solved: tuple[Path, dict[str, Any], str], tmp_path: Path) -> None:
    output, mapping = tmp_path / "anonymous.xlsx", tmp_path / "who.csv"
    found = vigie_json("anonymise", solved[0], "-o", output, "--map", mapping, "--seed", "1")
    assert (found["staff"], found["dates_moved"]) == (solved[1]["staff"], True)
    assert mapping.stat().st_mode & 0o777 == 0o600
    before, after = (vigie_json("audit", path) for path in (solved[0], output))
    assert [level["value"] for level in after["levels"]] == [level["value"] for level in before["levels"]]
    assert after["coverage"]["short_minutes"] == before["coverage"]["short_minutes"]
    assert after["status"] is None, "the record of the solve is not in it"
    vigie("anonymise", solved[0], "-o", output, code=2)
    assert "same place" in vigie("anonymise", solved[0], "-o", output, "--map", output, "--force", code=2).stderr


# -- months in blocks ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def months(folder: Path) -> Path:
    """The tiny example over seven weeks: two blocks."""
    tables = tiny_tables()
    for row in tables["Settings"]:
        row["value"] = 49 if row["key"] == "days" else row["value"]
    save_tables(tables, folder / "months.xlsx")
    return folder / "months.xlsx"


def _solved_months(months: Path, out: Path, *more: str) -> str:
    vigie("solve", months, "-o", out, "--reproducible", "--time-limit", "60", "--force", *more)
    return vigie("export", out, "--csv", "-").stdout


@pytest.mark.slowest
@pytest.mark.skipif(os.name == "nt", reason="a kill that nothing can catch")
def test_a_killed_run_of_months_is_resumed(months: Path, folder: Path) -> None:
    unbroken = _solved_months(months, folder / "unbroken.xlsx")
    assert not (folder / "unbroken.blocks").exists(), "it is written, so nothing is left to resume"
    out, first = folder / "killed.xlsx", folder / "killed.blocks" / "block-01.json"
    command = [VIGIE, "solve", months, "-o", out, "--reproducible", "--time-limit", "60"]
    run = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not first.exists():
        assert run.poll() is None
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert not out.exists()
    assert _solved_months(months, out, "--resume") == unbroken
    assert vigie_json("audit", out)["violations"] == 0


@pytest.mark.slowest
def test_blocks_of_an_earlier_run_are_pointed_out(months: Path, folder: Path) -> None:
    (folder / "left.blocks").mkdir()
    (folder / "left.blocks" / "block-01.json").write_text("{", encoding="utf-8")
    said = vigie("solve", months, "-o", folder / "left.xlsx", "--time-limit", "60").stderr
    assert "left.blocks" in said
    assert "--resume" in said
    assert not (folder / "left.blocks").exists(), "they were solved again, and are written"


@pytest.mark.slowest
def test_too_little_memory_ends_with_a_roster_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    example = Path(__file__).parents[2] / "instances" / "brussels-ouest.xlsx"
    run = vigie("solve", example, "-o", out, "--time-limit", "600", "--memory-limit", "0.05", "--json")
    found = json.loads(run.stdout)
    assert "reached its memory limit of 0.05 GB" in found["incidents"][0]
    assert found["incidents"][0] in run.stderr
    assert vigie_json("audit", out)["violations"] == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--cluster", "nonsense"], "'nonsense' is no address of a Dask scheduler"),
        (["--cluster", "tcp://192.0.2.1:8786"], "A Dask port without TLS is a remote shell"),
        (["--insecure-cluster"], "--insecure-cluster goes with --cluster"),
    ],
)
def test_a_cluster_that_cannot_be_used_is_refused_with_the_reason(
    words: list[str], reason: str, tmp_path: Path
) -> None:
    tiny = Path(__file__).parents[2] / "instances" / "tiny.xlsx"
    run = vigie("solve", tiny, "-o", tmp_path / "out.xlsx", *words, code=2)
    assert reason in run.stderr
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.slowest
def test_a_damaged_block_is_named_and_recomputed_on_request(months: Path, folder: Path) -> None:
    out = folder / "damaged.xlsx"
    (folder / "damaged.blocks").mkdir()
    (folder / "damaged.blocks" / "block-01.json").write_text("{", encoding="utf-8")
    refused = vigie("solve", months, "-o", out, "--time-limit", "60", "--resume", code=2)
    assert "block-01.json" in refused.stderr
    assert "--recompute" in refused.stderr
    assert not out.exists()
    found = vigie_json("solve", months, "-o", out, "--time-limit", "60", "--resume", "--recompute")
    assert [block["first"] for block in found["blocks"]] == ["2026-03-02", "2026-03-30"]


def test_a_strategy_is_written_into_the_roster(tiny: Path, folder: Path) -> None:
    vigie("solve", tiny, "-o", folder / "single.xlsx", "--strategy", "single")
    assert read(folder / "single.xlsx").instance.strategy is Pooling.SINGLE
    assert "lateral" in vigie("solve", tiny, "-o", folder / "x.xlsx", "--strategy", "latral", code=2).stderr
