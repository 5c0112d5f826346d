"""Every command that the documentation shows is one, with options that there are; and those of its blocks run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from benchmarks.__main__ import app as benchmarks
from scheduler.commands.main import app
from scheduler.system.chained_log import read_log
from scheduler.workbook.save import save_facts
from scheduler.workflows.run_log import NAME
from tests.builders import demand, make
from tests.commands.called import vigie
from tests.commands.pages import DOCS, EVERY, ROOT, mentioned, page, typed
from tests.processes import ends_within
from tests.workflows.living import roster_file

PROGRAMS = {"vigie": app, "python -m benchmarks": benchmarks}
SECONDS = 2

pytestmark = ends_within(280)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_shown_is_one_and_has_the_options(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for program, group in PROGRAMS.items():
        for found in mentioned(text, program):
            name = found.removeprefix(program).split()[0]
            if name != "COMMAND" and not name.startswith("-"):
                assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", found.removeprefix(program))) <= _options(
                    group, name
                ), found


def _options(group: click.Group, name: str) -> set[str]:
    assert name in group.commands, name
    return {option for parameter in group.commands[name].params for option in (*parameter.opts, "--help")}


def _filled_in(folder: Path) -> None:
    save_facts(folder / "zone.xlsx", make(3, people=2, demand=(demand(minimum=1),)), None)


def _smaller(folder: Path) -> None:
    save_facts(folder / "region.xlsx", make(7, people=3, demand=(demand(minimum=1),)), None)


def _roster(folder: Path) -> None:
    roster_file(folder)


PREPARED: dict[str, Callable[[Path], None]] = {"dossier.md": _roster, "stress.md": _roster}
"""What a page takes for granted."""
AFTER_NEW: dict[str, Callable[[Path], None]] = {"first-roster.md": _filled_in, "strategies.md": _smaller}
"""What a reader fills in after `vigie new`, or something smaller than the page solves."""
WROTE = {
    "dossier.md": ["dossier.html"],
    "first-roster.md": ["roster.xlsx"],
    "strategies.md": ["comparison.xlsx", "comparison.html"],
    "stress.md": ["stress.xlsx"],
}
RUN_ELSEWHERE = {
    "daily-life.md": "test_daily_life.py",
    "explain.md": "test_explain.py",
    "machines.md": "../backends/test_cluster.py",
}


@pytest.mark.slowest
@pytest.mark.slow
@pytest.mark.parametrize("name", WROTE)
def test_the_commands_of_a_page_run_one_after_the_other(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    PREPARED.get(name, lambda _: None)(tmp_path)
    for words in typed(page(name), SECONDS):
        if words[0] != "vigie":
            continue
        limit = ["--time-limit", str(SECONDS)] if words[1] in ("solve", "compare") else []
        vigie(*words[1:], *limit)
        if words[1] == "new":
            AFTER_NEW[name](tmp_path)
    assert [file for file in WROTE[name] if not (tmp_path / file).is_file()] == []


def test_the_line_of_the_dossier_finds_the_hash_of_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    vigie("audit", roster_file(tmp_path), "-o", "audited.xlsx")
    (line,) = re.findall(r"^sed .*$", page("dossier.md"), re.MULTILINE)
    printed = subprocess.run(line, shell=True, check=True, capture_output=True, text=True).stdout
    chain = read_log(tmp_path / NAME)
    assert chain is not None
    assert f'"hash":"{printed.split()[0]}"' in (tmp_path / NAME).read_text(encoding="utf-8")


def test_the_readme_and_the_first_page_begin_with_the_same_commands() -> None:
    readme = mentioned((ROOT / "README.md").read_text(encoding="utf-8"), "vigie")
    steps = [shlex.join(words) for words in typed(page("first-roster.md"), SECONDS)]
    assert [step for step in steps if step not in readme] == []


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_make_does_what_the_readme_says() -> None:
    for target, words in (("roster", "vigie solve instances/brussels-midi.xlsx -o roster.xlsx"), ("test", "-m pytest")):
        assert f"make {target} " in page("install.md")
        done = subprocess.run(
            ["make", "-n", target, f"PYTHON={sys.executable}"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert words in done.stdout


def test_every_page_with_commands_is_run_by_a_test() -> None:
    """But for the installation of `install.md`, which `make` does as well, and its solve, which is that of `daily-life.md`."""
    pages = {path.name for path in DOCS.glob("*.md") if typed(path.read_text(encoding="utf-8"), SECONDS)}
    assert pages == {*WROTE, *RUN_ELSEWHERE, "install.md"}
    for name, test in RUN_ELSEWHERE.items():
        assert name in (Path(__file__).parent / test).read_text(encoding="utf-8")
    daily = [shlex.join(words[1:]) for words in typed(page("daily-life.md"), SECONDS)]
    solve = next(shlex.join(words[1:]) for words in typed(page("install.md"), SECONDS) if words[0].endswith("vigie"))
    assert solve in daily
