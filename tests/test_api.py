"""The public library: what it offers, and one whole way through it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

import scheduler
from instances.generate import COMMITTED
from scheduler.config import SolveConfig
from scheduler.system import examples

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_all_is_sorted_and_complete() -> None:
    names = scheduler.__all__
    assert list(names) == sorted(names)
    assert len(set(names)) == len(names)
    for name in names:
        assert getattr(scheduler, name) is not None


def test_everything_public_says_what_it_is() -> None:
    for name in scheduler.__all__:
        assert inspect.getdoc(getattr(scheduler, name)), name


@pytest.mark.slow
def test_the_examples_of_the_docstrings_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {name: getattr(scheduler, name) for name in scheduler.__all__}
    for name in ("new", "load", "check", "solve", "save", "from_frames", "to_frames"):
        (example,) = doctest.DocTestFinder(recurse=False).find(names[name], name, globs=names)
        assert example.examples, name
        found = doctest.DocTestRunner().run(example)
        assert found.failed == 0, name


def test_audit_stays_the_function_when_the_module_of_its_name_is_imported() -> None:
    importlib.import_module("scheduler.rules.audit")
    assert callable(scheduler.audit)
    importlib.import_module("scheduler.workflows.preflight")
    assert callable(scheduler.check)


def test_from_a_new_workbook_to_a_saved_roster(tmp_path: Path) -> None:
    source, output = tmp_path / "tiny.xlsx", tmp_path / "roster.xlsx"
    scheduler.new(source, example="tiny")
    assert scheduler.check(source).ok
    reading = scheduler.load(source)
    result = scheduler.solve(reading.instance, SolveConfig(time_limit_s=2))
    assert result.violations == 0
    assert scheduler.audit(reading.instance, result.roster) == result.findings
    scheduler.save(output, reading.instance, result, reading)
    again = scheduler.load(output)
    assert again.roster == result.roster
    assert again.instance == reading.instance
    assert again.instance.sha256 == result.record.instance_sha256


def test_check_gives_problems_and_raises_nothing(tmp_path: Path) -> None:
    found = scheduler.check(tmp_path / "nowhere.xlsx")
    assert not found.ok
    assert found.instance is None
    with pytest.raises(scheduler.InputError):
        found.demand_sound()


def test_an_unknown_example_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(scheduler.InputError, match=r"Did you mean 'tiny'.*brussels-midi"):
        scheduler.new(tmp_path / "x.xlsx", example="tinny")
    assert list(tmp_path.iterdir()) == []


def test_every_example_workbook_ships_in_the_wheel() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"scheduler", "vigie.py", "instances"} <= set(wheel["only-include"])
    assert wheel["sources"] == {"instances": "scheduler/_examples"}
    for name in COMMITTED:
        assert not any(fnmatch(f"instances/{name}.xlsx", pattern) for pattern in wheel["exclude"])
    assert set(COMMITTED) <= set(examples.example_names())


def test_the_dependencies_named_are_those_imported() -> None:
    """Every distribution the project asks for is used by it."""
    asked = {line.split(">")[0].split("=")[0].strip().casefold() for line in PROJECT["project"]["dependencies"]}
    sources = [ROOT / "cli.py", ROOT / "vigie.py", *(ROOT / "scheduler").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources).casefold()
    # Time zones are read from tzdata by the standard library where the system has none.
    for name in asked - {"tzdata"}:
        assert f"import {name}" in text or f"from {name}" in text, name
