"""The public library: what it offers, and one whole way through it."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import inspect
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

import scheduler
from instances.generate import COMMITTED
from scheduler.config import SolveConfig
from scheduler.problem.frozen import Frozen
from scheduler.system import examples

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_all_is_sorted_and_complete() -> None:
    names = scheduler.__all__
    assert list(names) == sorted(names)
    assert len(set(names)) == len(names)
    for name in names:
        assert getattr(scheduler, name) is not None


PUBLIC = {name: getattr(scheduler, name) for name in scheduler.__all__}


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_says_what_it_is(name: str) -> None:
    """In words of its own, not in those of a base; and so do its methods and properties."""
    assert vars(PUBLIC[name]).get("__doc__") or inspect.isfunction(PUBLIC[name])
    assert inspect.getdoc(PUBLIC[name])
    if inspect.isclass(PUBLIC[name]):
        undocumented = [
            member
            for member in vars(PUBLIC[name])
            if not member.startswith("_") and not inspect.getdoc(_code(PUBLIC[name], member))
        ]
        assert undocumented == []


def test_what_the_fields_of_public_facts_and_results_hold_is_public() -> None:
    """Whoever reads ``shortage.cause`` or writes ``standing=…`` finds the name."""
    held = {
        kind
        for thing in PUBLIC.values()
        if inspect.isclass(thing) and issubclass(thing, Frozen)
        for field in thing.model_fields.values()
        for kind in _classes(field.annotation)
        if kind.__module__.startswith("scheduler.")
    }
    assert held - set(PUBLIC.values()) == set()
    assert {scheduler.Cause, scheduler.Standing} <= held


def _classes(annotation: Any) -> Iterator[type]:
    if inspect.isclass(annotation):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)


def _code(kind: type, member: str) -> object:
    """What is behind the name of a method or property; for a plain value, something that needs no words."""
    found = inspect.getattr_static(kind, member)
    described = inspect.isfunction(found) or isinstance(found, (property, classmethod, staticmethod))
    return found if described else kind


@pytest.mark.parametrize("name", [name for name in PUBLIC if inspect.isfunction(PUBLIC[name])])
def test_the_docstring_of_a_function_is_in_numpydoc_form(name: str) -> None:
    written = inspect.getdoc(PUBLIC[name]) or ""
    sections = [head for head, line in pairwise(written.splitlines()) if line and set(line) == {"-"}]
    assert sections == [head for head in ("Parameters", "Returns", "Raises", "Examples") if head in sections]
    assert {"Parameters", "Examples"} <= set(sections)
    told = written.partition("Parameters\n")[2].partition("\n\n")[0].splitlines()
    assert [line for line in told if line[0] not in " -"] == list(inspect.signature(PUBLIC[name]).parameters)


def test_the_docstring_of_a_model_tells_every_field_and_its_unit() -> None:
    assert "Parameters\n----------\ntime_limit_s : float, default 120.0\n    wall-clock seconds" in (
        inspect.getdoc(SolveConfig) or ""
    )
    for kind in PUBLIC.values():
        if inspect.isclass(kind) and issubclass(kind, Frozen):
            assert [name for name in kind.model_fields if f"\n{name} : " not in (kind.__doc__ or "")] == []


@pytest.mark.slow
def test_the_examples_of_the_docstrings_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    finder = doctest.DocTestFinder(exclude_empty=True)
    things = [*PUBLIC.items(), ("replace", Frozen.replace), ("from_json", scheduler.Instance.from_json)]
    tests = [
        test for name, thing in things for test in finder.find(thing, name, module=False, globs={**PUBLIC, "dt": dt})
    ]
    run = {test.name: doctest.DocTestRunner().run(test) for test in tests if test.examples}
    assert {name: found.failed for name, found in run.items() if found.failed} == {}
    assert {"solve", "Days.parse", "Result.from_json", "local_processes", "replace", "from_json"} <= set(run)


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
