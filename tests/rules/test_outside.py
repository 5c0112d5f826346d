"""A rule of another package: every command knows it, and one that cannot be used is named."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

import scheduler.rules as registry
from scheduler import load, solve
from scheduler.config import SolveConfig
from scheduler.errors import RuleError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import OURS
from scheduler.rules import outside as module
from scheduler.rules.base import CodeOf, Finding, NoParameters, Parameters, Rule
from scheduler.rules.outside import GROUP, brought_in
from scheduler.vocabulary.constraints import Run, Total, Unavailable, Wish
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
    assert "Traceback" not in done.stderr
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


@ends_within(120)
@pytest.mark.parametrize("language", [(), ("--lang", "fr")])
@pytest.mark.parametrize("words", [("check", "facts.xlsx"), ("rules",)])
def test_one_that_cannot_be_used_ends_a_command_in_its_words(
    words: tuple[str, ...], language: tuple[str, ...], package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_facts(tmp_path / "facts.xlsx", make(7), None)
    other = tmp_path / "site"
    shutil.copytree(package, other)
    shutil.copytree(package / "town_rules-1.0.dist-info", other / "village-1.0.dist-info")
    about = other / "village-1.0.dist-info" / "METADATA"
    about.write_text(about.read_text(encoding="utf-8").replace("town-rules", "village"), encoding="utf-8")
    found = vigie(other, *words, *language, code=2)
    assert "its code most_earlies is taken by" in found["error"]
    assert {word for word in ("village", "town-rules") if word in found["error"]} == {"village", "town-rules"}


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


class BareParameters(Parameters):
    most: int = Field(description="no default")


class Bare(MostEarlies):
    """A parameter without a default."""

    code, parameters_class = "bare", BareParameters


class CodedParameters(Parameters):
    shift: Annotated[str, CodeOf("shifts")] = Field(default="L", description="a code that not every workbook has")


class Coded(MostEarlies):
    """A default that not every workbook has."""

    code, parameters_class = "coded", CodedParameters


def fail() -> Any:
    raise ImportError("no module named 'shapely'")


LOADS: dict[str, Any] = {
    "fine": lambda: MostEarlies,
    "fails": fail,
    "function": lambda: fail,
    "unfinished": lambda: Unfinished,
    "taken": lambda: Taken,
    "silent": lambda: Silent,
    "bare": lambda: Bare,
    "coded": lambda: Coded,
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
        (["taken"], "daily_rest is taken by Vigie"),
        (["fine", "fine"], "most_earlies is taken by fine"),
        (["silent"], "lacks docstring"),
        (["bare"], "parameter most has no default"),
        (["coded"], "its default must be blank"),
    ],
)
def test_one_that_cannot_be_used_is_named(values: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match=said) as refused:
        brought(monkeypatch, *values)
    assert f"The rule {values[-1]} of the package" in str(refused.value)


WORLD = make(3, people=2)


def gives(monkeypatch: pytest.MonkeyPatch, *, audit: Any = (), declare: Any = (), is_hard: bool = True) -> Rule[Any]:
    """A rule of another package whose faces give these, or do what a function does."""

    class Odd(Rule[NoParameters]):
        """Whatever a test wants."""

        code, title, sources, hard = "odd", "Odd", (), is_hard

        def audit(self, instance: Instance, roster: Roster) -> Any:
            return audit() if callable(audit) else audit

        def declare(self, instance: Instance) -> Any:
            return declare() if callable(declare) else declare

    monkeypatch.setitem(LOADS, "odd", lambda: Odd)
    (rule,) = brought(monkeypatch, "odd")
    return rule()


def fails() -> Iterator[Any]:
    yield Unavailable("odd", "P1")
    raise KeyError("nowhere")


SAID = Message("odd_found", "it is odd")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (fails, "KeyError: 'nowhere'"),
        (lambda: None, "TypeError"),
        (["words"], "'words', which is no constraint"),
        ([Wish("odd", "P1", -5)], r"Wish.cost is -5"),
        ([Wish("odd", "P1", 0.5)], r"Wish.cost is 0.5"),
        ([Wish("odd", "P1", True)], r"Wish.cost is True"),
        ([Wish("odd", "P9", 5)], "a Wish about 'P9', which there is not"),
        ([Wish("odd", "P1", 5, frozenset({(9, "E")}))], r"a Wish about \(9, 'E'\)"),
        ([Run("odd", "P1", counts=frozenset({(0, "X")}))], r"a Run about \(0, 'X'\)"),
        ([Total("odd", "P1", {(0, "E"): -1}, most=1)], "Total.weights"),
        ([Total("odd", "P1", {(0, "E"): 1}, most=1.5)], "Total.most is 1.5"),
    ],
)
def test_what_it_declares_is_looked_at(given: Any, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match=f"The rule odd of the package.*{said}"):
        list(gives(monkeypatch, declare=given).declare(WORLD))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (fails, "which is no finding"),
        (fail, "ImportError"),
        ([Finding("odd", SAID, ("P1",), (0,), cost=-1)], "Finding.cost is -1"),
        ([Finding("odd", SAID)], "about nobody"),
    ],
)
def test_what_it_finds_is_looked_at(given: Any, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuleError, match=f"The rule odd of the package.*{said}"):
        list(gives(monkeypatch, audit=given).audit(WORLD, Roster()))


def test_one_that_is_not_hard_finds_nothing_without_a_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = gives(monkeypatch, audit=[Finding("odd", SAID, ("P1",), (0,))], is_hard=False)
    with pytest.raises(RuleError, match="without a cost"):
        list(rule.audit(WORLD, Roster()))


def test_what_is_fit_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = [
        Wish("odd", "P1", 0, frozenset({(0, "E")})), Total("odd", "P2", {(0, "E"): 0}, base=-3, most=0, cost=1),
        Run("odd", "P1", counts=frozenset({(2, "N")}), carried=None), Unavailable("odd", "P1"),
    ]  # fmt: skip
    for hard in (True, False):
        found = [Finding("odd", SAID, ("P1",), (0,), cost=None if hard else 0)]
        rule = gives(monkeypatch, audit=found, declare=declared, is_hard=hard)
        assert (list(rule.audit(WORLD, Roster())), list(rule.declare(WORLD))) == (found, declared)


@pytest.mark.slow
def test_a_solve_says_where_audit_and_declaration_are_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("odd", SAID, ("P1",), (0,), cost=30)]
    for declared, points in (((), 0), ([Wish("odd", "P1", 5, frozenset({(0, "E")}), want=True)], 5)):
        rule = gives(monkeypatch, audit=found, declare=declared, is_hard=False)
        with monkeypatch.context() as patch:
            patch.setattr(registry, "RULES", (*OURS, type(rule)))
            incidents = solve(make(1, people=1), SolveConfig(time_limit_s=5.0)).record.incidents
        said = f"The audit of the rule odd gives this roster 30 points, and what it declares {points}:"
        assert [str(incident).startswith(said) for incident in incidents] == [True]


@pytest.mark.parametrize("change", ["source", "version", "gone"])
def test_the_fingerprint_of_the_rules_tells_them_apart(change: str, package: Path, tmp_path: Path) -> None:
    """A bound is about rules that a later command may no longer find as they were."""

    def digests(place: Path) -> list[str]:
        code = "from scheduler.system.versions import *; print(rules_digest(), package_digest())"
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": f"{place}{os.pathsep}{ROOT}"},
            capture_output=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
        return done.stdout.split()

    other = tmp_path / "site"
    shutil.copytree(package, other)
    about = other / "town_rules-1.0.dist-info"
    assert digests(other) == digests(package)
    if change == "source":
        source = other / "town_rules.py"
        source.write_text(source.read_text(encoding="utf-8").replace("12 * 60", "13 * 60"), encoding="utf-8")
    elif change == "version":
        text = (about / "METADATA").read_text(encoding="utf-8")
        (about / "METADATA").write_text(text.replace("Version: 1.0", "Version: 1.1"), encoding="utf-8")
    else:
        shutil.rmtree(about)
    assert not set(digests(other)) & set(digests(package))
