"""A rule of another package: every command knows it, and one that cannot be used is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from scheduler import load
from scheduler.errors import RuleError
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import OURS
from scheduler.rules import outside as module
from scheduler.rules.base import Rule
from scheduler.rules.outside import GROUP, brought_in
from scheduler.workbook.rows import input_rows
from scheduler.workbook.save import save_facts
from scheduler.workbook.template import save_tables
from tests.builders import demand, make
from tests.processes import ends_within
from tests.rules.sixth import MostEarlies, registered

__all__ = ["registered"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a package with the rule is installed."""
    place = tmp_path_factory.mktemp("site")
    source = Path(__file__).with_name("sixth.py").read_text(encoding="utf-8")
    source = source.replace("import scheduler.rules as registry\n", "").replace("import pytest\n", "")
    (place / "town_rules.py").write_text(source.partition("EVERY = ")[0], encoding="utf-8")
    about = place / "town_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: town-rules\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[{GROUP}]\nearlies = town_rules:MostEarlies\n", encoding="utf-8")
    return place


def vigie(package: Path, *words: object, code: int = 0) -> Any:
    """The object that a command puts on standard output where the package is installed."""
    done = subprocess.run(
        [sys.executable, "-m", "scheduler", *map(str, words), "--json"],
        env={**os.environ, "PYTHONPATH": f"{package}{os.pathsep}{ROOT}"},
        capture_output=True, encoding="utf-8", timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@ends_within(300)
def test_the_commands_know_it(package: Path, tmp_path: Path, registered: None) -> None:
    (told,) = [rule for rule in vigie(package, "rules")["rules"] if rule["code"] == "most_earlies"]
    assert told["title"] == "Most early duties"
    assert [(item["key"], item["codes_of"]) for item in told["parameters"]] == [
        ("most_earlies.most", None), ("most_earlies.shift", "Shifts"),
    ]  # fmt: skip
    instance = make(
        7,
        people=1,
        demand=(demand(start="06:00", until="14:00", minimum=1),),
        parameters={"most_earlies.most": 2.0, "most_earlies.shift": "E"},
    )
    facts, out = tmp_path / "facts.xlsx", tmp_path / "out.xlsx"
    save_facts(facts, instance, None)
    assert not vigie(package, "check", facts)["problems"]
    vigie(package, "solve", facts, "-o", out, "--time-limit", 3)
    made = load(out).roster
    assert made is not None
    assert sum(a.shift == "E" for a in made) == 2
    assert vigie(package, "audit", out)["violations"] == 0
    every_day = Roster.of(Assignment("P1", day, "E", "HAL") for day in range(4))
    save_facts(facts, instance, every_day)
    broken = [item for item in vigie(package, "audit", facts, code=3)["findings"] if item["rule"] == "most_earlies"]
    assert [item["amount"] for item in broken] == [2]


@pytest.mark.slow
@ends_within(300)
def test_its_words_are_checked_against_the_workbook(package: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.xlsx"
    save_tables(input_rows(make(7, parameters={"most_earlies.shift": "EE"})), facts)
    (problem,) = [item for item in vigie(package, "check", facts, code=2)["problems"] if item["fatal"]]
    assert problem["place"].startswith("Settings!B")
    assert problem["message"] == "is EE, which is not on sheet Shifts."


class Point(EntryPoint):
    """An entry point that loads what it is given."""

    def load(self) -> Any:
        return LOADS[self.value]()


class Unfinished(Rule[Any]):
    """No audit yet."""

    code, title, sources = "unfinished", "Unfinished", ()


class Taken(MostEarlies):
    """The code of another."""

    code = "daily_rest"


class Silent(MostEarlies):
    code = "silent"


def fail() -> Any:
    raise ImportError("no module named 'shapely'")


LOADS: dict[str, Any] = {
    "fine": lambda: MostEarlies,
    "fails": fail,
    "function": lambda: fail,
    "unfinished": lambda: Unfinished,
    "taken": lambda: Taken,
    "silent": lambda: Silent,
}


def brought(monkeypatch: pytest.MonkeyPatch, *values: str) -> tuple[type[Rule[Any]], ...]:
    points = [Point(value, value, GROUP) for value in values]
    monkeypatch.setattr(module, "entry_points", lambda group: points if group == GROUP else [])
    return brought_in({rule.code for rule in OURS})


def test_it_stands_beside_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert brought(monkeypatch, "fine") == (MostEarlies,)
    assert brought(monkeypatch) == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["fails"], "ImportError: no module named 'shapely'"),
        (["function"], "no class of a rule"),
        (["unfinished"], "no class of a rule"),
        (["taken"], "daily_rest is taken"),
        (["fine", "fine"], "most_earlies is taken"),
        (["silent"], "lacks docstring"),
    ],
)
def test_one_that_cannot_be_used_is_named(values: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match=said) as refused:
        brought(monkeypatch, *values)
    assert f"The rule {values[-1]} of the package" in str(refused.value)
