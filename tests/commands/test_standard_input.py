"""A workbook from standard input: ``-`` in the place of a file, for every command that reads one."""

from __future__ import annotations

import io
import json
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import click
import openpyxl
import pytest

import scheduler
from scheduler.commands.main import app
from scheduler.commands.options import InputWorkbook
from scheduler.system import standard_input
from scheduler.workbook import file_checks
from scheduler.workflows.run_log import NAME
from tests.commands.called import refused, vigie, vigie_json
from tests.commands.test_streams import PATIENCE_S, TINY, VIGIE, shell
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(240)]

POST = ("--date", "2026-03-02", "--shift", "E", "--hotspot", "HAL")
READERS: dict[str, tuple[str, ...]] = {
    "check": (),
    "audit": (),
    "explain": (),
    "suggest": POST,
    "swap": ("P-01:2026-03-02", "P-02:2026-03-03"),
    "stress": ("--runs", "20", "--quiet"),
}
WRITERS: dict[str, tuple[str, ...]] = {
    "publish": (),
    "replan": ("--from", "2026-03-03 00:00", "--time-limit", "3", "--quiet"),
    "extend": ("--allow-broken",),
    "anonymise": ("--seed", "1"),
    "solve": ("--afresh", "--time-limit", "3", "--quiet"),
    "audit": (),
}


@contextmanager
def given(content: bytes) -> Iterator[None]:
    with patch("sys.stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8")):
        yield


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("stdin") / "roster.xlsx"
    reading = scheduler.load(TINY)
    result = scheduler.solve(reading.instance, scheduler.SolveConfig(time_limit_s=5))
    scheduler.save(found, reading.instance, result, reading)
    return found


@pytest.mark.parametrize("name", sorted(set(app.commands) - {"new", "rules"}))
def test_every_command_that_reads_a_workbook_takes_it_so(name: str) -> None:
    places = [parameter for parameter in app.commands[name].params if isinstance(parameter, click.Argument)]
    read = [place for place in places if isinstance(place.type, click.Path)]
    assert read
    assert all(isinstance(place.type, InputWorkbook) for place in read)


@pytest.mark.parametrize("name", READERS)
def test_a_command_says_the_same_of_standard_input_as_of_the_file(name: str, solved: Path) -> None:
    said = vigie(name, solved, *READERS[name], code=(0, 3))
    with given(solved.read_bytes()):
        piped = vigie(name, "-", *READERS[name], code=(0, 3))
    assert piped.stdout == said.stdout.replace(str(solved), "-")
    assert piped.stdout


@pytest.mark.parametrize("name", WRITERS)
def test_a_workbook_is_made_of_standard_input(name: str, solved: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    with given(solved.read_bytes()):
        vigie(name, "-", "-o", out, *WRITERS[name])
    assert scheduler.load(out).instance.staff
    logged = tmp_path / NAME
    if logged.exists():
        (entry,) = logged.read_text(encoding="utf-8").splitlines()
        assert json.loads(entry)["inputs"][0]["file"] == "-"


def test_one_side_of_a_difference_may_be_standard_input(solved: Path, tmp_path: Path) -> None:
    with given(TINY.read_bytes()):
        found = vigie_json("diff", "-", solved)
    assert (found["old"]["path"], found["new"]["path"]) == ("-", str(solved))
    with given(TINY.read_bytes()):
        assert "read once" in refused("diff", "-", "-")


def test_a_table_comes_out_of_what_goes_in(solved: Path) -> None:
    with given(solved.read_bytes()):
        said = vigie("export", "-", "--csv", "-").stdout
    assert said == vigie("export", solved, "--csv", "-").stdout
    assert said.startswith("staff,")


def test_a_comparison_of_standard_input(tmp_path: Path) -> None:
    with given(TINY.read_bytes()):
        vigie("compare", "-", "-o", tmp_path / "c.xlsx", "--strategies", "separate,single", "--time-limit", "2")
    assert (tmp_path / "c.xlsx").exists()


def test_the_dossier_wants_the_file_beside_which_its_log_is(solved: Path, tmp_path: Path) -> None:
    with given(solved.read_bytes()):
        assert "log of runs beside the roster" in refused("dossier", "-", "-o", tmp_path / "d.html")


def test_a_change_of_what_was_published_is_told_without_the_time_of_a_file(solved: Path, tmp_path: Path) -> None:
    published = tmp_path / "published.xlsx"
    vigie("publish", solved, "-o", published)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Drop-downs, of which openpyxl knows no more than that they are there.
        book = openpyxl.load_workbook(published)
    book["Published"].delete_rows(2)
    book.save(published)
    asked = ("--from", "2026-03-03 00:00", "-o", tmp_path / "out.xlsx")
    assert "this file is of" in refused("replan", published, *asked)
    with given(published.read_bytes()):
        said = refused("replan", "-", *asked)
    assert "was changed after version 1" in said
    assert "this file is of" not in said


def test_the_language_is_that_of_the_workbook_on_standard_input(solved: Path, tmp_path: Path) -> None:
    french = tmp_path / "vide.xlsx"
    vigie("new", french, "--lang", "fr")
    french_words = vigie("check", french, code=2).stdout
    with given(french.read_bytes()):
        assert vigie("check", "-", code=2).stdout == french_words.replace(str(french), "-").replace(french.name, "-")
    with given(french.read_bytes()):
        assert "existe déjà" in refused("extend", "-", "-o", solved)


# -- what is no workbook ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "-: is empty."), (b"id;name\n", "-: is not an Excel workbook"), (b"PK\x03\x04", "damaged")],
)
def test_what_is_no_workbook_is_said_as_of_a_file(content: bytes, words: str) -> None:
    with given(content):
        assert words in vigie("check", "-", code=2).stdout


def test_too_much_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_checks, "MAX_FILE_BYTES", 2**20)
    stream = io.BytesIO(b"PK" * 2**20)
    with patch("sys.stdin", io.TextIOWrapper(stream, "utf-8")):
        assert "is larger than 1 MiB" in vigie("check", "-", code=2).stdout
        assert stream.tell() == 2**20 + 1


def test_a_stream_that_cannot_be_read_is_an_error_in_words() -> None:
    class Torn(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise OSError(5, "Input/output error")

    with patch("sys.stdin", io.TextIOWrapper(io.BufferedReader(Torn()), "utf-8")):
        assert "-: is standard input, and cannot be read: Input/output error." in refused("check", "-")


def test_a_file_of_this_name_is_read_where_it_is_named_with_its_folder(
    solved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_bytes(solved.read_bytes())
    with given(b""):
        vigie("check", "./-")
    assert scheduler.load("./-").roster is not None, "the library reads files only"


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "-"),
        ("extend", "{file}", "-o", "-"),
        ("anonymise", "{file}", "-o", "{folder}/a.xlsx", "--map", "-"),
        ("export", "{file}", "--html", "-"),
        ("export", "{file}", "--ics", "-"),
    ],
)
def test_results_that_are_no_text_for_programs_need_a_file(
    arguments: tuple[str, ...], solved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = refused(*(word.format(file=solved, folder=tmp_path) for word in arguments))
    assert said.startswith("Standard output (-)")
    assert os.listdir(tmp_path) == []


# -- real pipes and terminals ----------------------------------------------------------------------------------------------

posix = pytest.mark.skipif(os.name == "nt", reason="pipes and terminals as POSIX has them")


@posix
def test_pipes(solved: Path, tmp_path: Path) -> None:
    done = shell(f"vigie audit - --json < '{solved}' | head -c 1")
    assert done.stdout == b"{"
    done = shell(f"vigie solve - -o {tmp_path}/out.xlsx --time-limit 3 < {TINY}")
    assert done.returncode == 0
    assert (tmp_path / "out.xlsx").exists()
    assert b"\x1b" not in done.stdout + done.stderr, "nothing steers a terminal where there is none"


@posix
def test_a_closed_standard_input_is_an_empty_file() -> None:
    done = shell("vigie check - <&-")
    assert done.returncode == 2
    assert b"-: is empty." in done.stdout


@posix
def test_a_terminal_is_not_waited_for() -> None:
    ours, theirs = os.openpty()
    done = subprocess.run([VIGIE, "check", "-"], stdin=theirs, capture_output=True, timeout=PATIENCE_S)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert done.stderr.startswith(b"-: is standard input, and that is a terminal")
    assert b"vigie check - < zone.xlsx" in done.stderr


@posix
def test_help_reads_nothing() -> None:
    with given(b"something"):
        vigie("check", "-", "--help")
        assert standard_input.sys.stdin.read() == "something"
