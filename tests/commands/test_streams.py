"""Standard output and error that are narrow, closed, full or left: never a traceback, and the exit code of the command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import scheduler
from instances.tiny import tables as tiny_tables
from scheduler.report.plain import plain
from scheduler.workbook.template import save_tables
from scheduler.workflows.run_log import NAME
from tests.processes import ends_within

pytestmark = [
    pytest.mark.slow,
    ends_within(200),
    pytest.mark.skipif(os.name == "nt", reason="streams as POSIX shells give them"),
]

VIGIE = Path(sys.executable).parent / "vigie"
TINY = Path(__file__).parents[2] / "instances" / "tiny.xlsx"
FULL = Path("/dev/full")
PATIENCE_S = 240
"""Seconds: on a fresh install the first solve compiles."""
STEERING = ("H\x9b2J", "P\x9b31mRED\u202e1")
"""A hotspot that clears a terminal, and a person that turns it red and its writing round."""

needs_full = pytest.mark.skipif(not FULL.exists(), reason="a system without /dev/full")


def shell(words: str, *, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``vigie`` is the installed command."""
    done = subprocess.run(
        ["bash", "-c", words.replace("vigie", f"'{VIGIE}'", 1)],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        timeout=PATIENCE_S,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert b"Internal error" not in done.stderr
    return done


def assert_harmless(said: str) -> None:
    for line in said.split("\n"):
        assert plain(line) == line


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster whose names steer terminals."""
    folder = tmp_path_factory.mktemp("streams")
    tables = tiny_tables()
    old = (tables["Hotspots"][0]["code"], tables["Staff"][0]["id"])
    for row in (row for rows in tables.values() for row in rows):
        for key, value in row.items():
            row[key] = STEERING[old.index(value)] if value in old else value
    save_tables(tables, folder / "input.xlsx")
    instance = scheduler.load(folder / "input.xlsx").instance
    result = scheduler.solve(instance, scheduler.SolveConfig(time_limit_s=5))
    scheduler.save(folder / "steering.xlsx", instance, result)
    return folder / "steering.xlsx"


# -- narrow encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "language"), [("cp1252", "fr"), ("ascii", "nl"), ("cp437", "fr"), ("utf-8", "en")]
)
@pytest.mark.parametrize("command", ["rules", "check 日本.xlsx"])
def test_every_encoding_takes_every_message(encoding: str, language: str, command: str) -> None:
    environment = {"PYTHONIOENCODING": encoding, "VIGIE_LANG": language}
    done = shell(f"vigie {command}", environment=environment)
    assert done.returncode == (2 if "日本" in command else 0)
    (done.stdout + done.stderr).decode(encoding)


def test_a_solve_in_ascii(tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "VIGIE_LANG": "fr"}
    done = shell(f"vigie solve {TINY} -o {tmp_path}/é.xlsx --time-limit 3", environment=environment)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).isascii()
    assert b"Ecrit" in done.stdout
    assert (tmp_path / "é.xlsx").exists()


def test_the_locale_c(tmp_path: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "VIGIE_LANG": "fr"}
    done = shell(f"vigie solve {TINY} -o {tmp_path}/é.xlsx --time-limit 3", environment=environment)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).isascii()
    assert set(os.listdir(os.fsencode(tmp_path))) == {"é.xlsx".encode(), NAME.encode()}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_what_is_for_programs_is_utf_8(encoding: str, solved: Path, tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": encoding}
    csv = shell(f"vigie export '{solved}' --csv -", environment=environment).stdout
    whole = shell(f"vigie export '{solved}' --json -", environment=environment).stdout
    assert shell(f"vigie export '{solved}' --csv {tmp_path}/a.csv --json {tmp_path}/a.json").returncode == 0
    assert csv == (tmp_path / "a.csv").read_bytes()
    assert whole == (tmp_path / "a.json").read_bytes()
    assert STEERING[1] in csv.decode("utf-8"), "programs get the text as it is"
    missing = shell("vigie check 日本.xlsx --json", environment=environment).stdout
    assert "日本.xlsx" in json.loads(missing.decode("utf-8"))["problems"][0]["place"]


# -- closed, full and left -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("command", "code"), [("rules", 0), ("check nowhere.xlsx --json", 2), ("nonsense", 2)])
def test_closed_streams_change_no_exit_code(closed: str, command: str, code: int) -> None:
    assert shell(f"vigie {command} {closed}").returncode == code


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_solve_with_closed_streams_writes_its_roster(closed: str, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert shell(f"vigie solve {TINY} -o {out} --time-limit 3 {closed}").returncode == 0
    assert shell(f"vigie audit {out}").returncode == 0, "nothing was printed into it"
    assert sorted(os.listdir(tmp_path)) == ["out.xlsx", NAME]


@needs_full
@pytest.mark.parametrize("command", ["rules --json", f"check {TINY}", "--help", "--version"])
def test_a_full_standard_output_is_named(command: str) -> None:
    done = shell(f"vigie {command} >/dev/full")
    assert done.returncode == 2
    assert done.stderr == b"Standard output cannot take the result: No space left on device.\n"


@needs_full
def test_an_error_that_nothing_takes_keeps_its_code() -> None:
    assert shell("vigie check nowhere.xlsx --json >/dev/full").returncode == 2
    assert shell("vigie check nowhere.xlsx >/dev/full 2>/dev/full").returncode == 2
    assert shell("vigie rules 2>/dev/full").returncode == 0
    assert shell("vigie nonsense 2>/dev/full").returncode == 2


@needs_full
def test_a_solve_says_where_its_roster_is_although_nobody_takes_the_result(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = shell(f"vigie solve {TINY} -o {out} --time-limit 3 >/dev/full")
    assert done.returncode == 2
    assert f"No space left on device. The roster is safe in {out}.".encode() in done.stderr
    assert out.exists()


@needs_full
def test_progress_that_nobody_takes_stops_no_search(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = shell(f"vigie solve {TINY} -o {out} --time-limit 3 --json 2>/dev/full")
    assert done.returncode == 0
    assert json.loads(done.stdout)["output"] == str(out)


@pytest.mark.parametrize("command", ["rules --json", "--help"])
def test_a_reader_who_has_left_is_no_error(command: str) -> None:
    done = shell(f"vigie {command} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_of_messages_who_has_left_stops_no_search(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = shell(f"vigie solve {TINY} -o {out} --time-limit 3 2> >(exec true)")
    assert done.returncode == 0
    assert out.exists()


def test_a_terminal_that_is_gone_is_no_error() -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen([VIGIE, "rules"], stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.close(ours)
    assert process.wait(PATIENCE_S) == 0


def test_a_pipe_that_does_not_wait_gets_everything() -> None:
    expected = shell("vigie rules --json").stdout
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    process = subprocess.Popen([VIGIE, "rules", "--json"], stdout=writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == expected
    assert process.wait(PATIENCE_S) == 0


# -- terminals -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", " --json"])
@pytest.mark.parametrize(
    "command", ["check {file}", "audit {file} --all", "solve {file} --afresh -o {folder}/again.xlsx --time-limit 3"]
)
def test_no_name_steers_a_terminal(command: str, more: str, solved: Path, tmp_path: Path) -> None:
    file = tmp_path / "na\x1b[31mme\x9b2J.xlsx"
    shutil.copy(solved, file)
    words = command.format(file=f"$'{tmp_path}/na\\e[31mme\\u009b2J.xlsx'", folder=tmp_path)
    done = shell(f"vigie {words}{more}", environment={"LC_ALL": "C.UTF-8"})
    assert done.returncode in (0, 3)
    assert_harmless((done.stdout + done.stderr).decode("utf-8"))


@pytest.mark.parametrize("more", ["", " --json"])
def test_no_missing_file_steers_a_terminal(more: str) -> None:
    missing = shell("vigie check $'no\\e[2J\\u202e.xlsx'" + more, environment={"LC_ALL": "C.UTF-8"})
    assert missing.returncode == 2
    said = (missing.stdout + missing.stderr).decode("utf-8")
    assert "no" in said
    assert_harmless(said)


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_file_name_forges_no_line(command: str) -> None:
    for name in (r"$'x\nWritten: y.xlsx'", r"$'x\rWritten: y.xlsx'"):
        done = shell(f"vigie {command} {name}")
        assert done.returncode == 2
        assert not any(line.startswith(b"Written") for line in (done.stdout + done.stderr).splitlines())


def test_a_table_on_a_terminal_steers_nothing(solved: Path) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen([VIGIE, "export", solved, "--csv", "-"], stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    said = b""
    try:
        while chunk := os.read(ours, 65536):
            said += chunk
    except OSError:  # The other side is closed.
        pass
    os.close(ours)
    assert process.wait(PATIENCE_S) == 0
    text = said.decode("utf-8").replace("\r\n", "\n")
    assert "RED" in text
    assert_harmless(text)


@pytest.mark.parametrize("colours", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_nothing_is_coloured_whatever_is_asked(colours: dict[str, str], tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    words = [VIGIE, "solve", TINY, "-o", tmp_path / "out.xlsx", "--time-limit", "3"]
    process = subprocess.Popen(words, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", **colours})
    os.close(theirs)
    said = b""
    with suppress(OSError):  # The other side is closed.
        while chunk := os.read(ours, 65536):
            said += chunk
    os.close(ours)
    assert process.wait(PATIENCE_S) == 0
    assert b"Written" in said
    assert re.findall(rb"\x1b\[[0-9;]*m", said) == []


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete_commands(kind: str) -> None:
    done = shell("vigie", environment={"_VIGIE_COMPLETE": f"{kind}_source"})
    assert done.returncode == 0
    assert f"{kind}_complete".encode() in done.stdout


def test_the_beginning_of_a_command_is_completed() -> None:
    typed = {"_VIGIE_COMPLETE": "bash_complete", "COMP_WORDS": "vigie so", "COMP_CWORD": "1"}
    assert shell("vigie", environment=typed).stdout.decode() == "plain,solve\n"
