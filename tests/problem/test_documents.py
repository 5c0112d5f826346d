"""JSON documents of instances and results: whole, versioned, refused with a place where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydantic
import pytest

import scheduler
from scheduler import InputError, Instance, Result
from scheduler.problem.roster import Roster
from tests.builders import demand, make
from tests.parity_cases import CASES
from tests.workbook import result_world

OLDER = tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 12)
ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "instances").glob("*.xlsx"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back(path: Path) -> None:
    instance = scheduler.load(path).instance
    assert Instance.from_json(instance.to_json()) == instance


@pytest.mark.parametrize("rule", CASES)
def test_every_world_of_the_rules_comes_back(rule: str) -> None:
    for case in CASES[rule]:
        again = Instance.from_json(case.instance.to_json())
        assert again == case.instance
        assert again.sha256 == case.instance.sha256


def test_a_result_comes_back() -> None:
    instance = make(3, people=2, demand=(demand(minimum=1, target=2),))
    result = scheduler.solve(instance, scheduler.SolveConfig(time_limit_s=20.0))
    again = Result.from_json(result.to_json())
    assert (again.roster, again.record, again.shortages) == (result.roster, result.record, result.shortages)
    assert [str(item.message) for item in again.findings] == [str(item.message) for item in result.findings]
    assert [(item.rule, item.level, item.cost) for item in again.findings] == [
        (item.rule, item.level, item.cost) for item in result.findings
    ]
    assert again.findings, "the world tests none"


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    content = json.loads(make(3).to_json())
    change(content)
    return json.dumps(content)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "Instance"),
        ("[]", "Instance"),
        ("null", "Instance"),
        (None, "Instance"),
        ({"schema": 1}, "Instance"),
        ("[" * 100_000, "Instance"),
        (changed(lambda content: content.update(schema=True)), "Instance.schema"),
        (changed(lambda content: content.update(contracts=[1])), "Instance.contracts.0"),
        (changed(lambda content: content.pop("schema")), "Instance.schema"),
        (changed(lambda content: content.update(schema=2)), "Instance.schema"),
        (changed(lambda content: content.update(stafff=[])), "Instance.stafff"),
        (changed(lambda content: content["calendar"].update(days="3")), "Instance.calendar.days"),
        (changed(lambda content: content["staff"][0].update(fte="1")), "Instance.staff.0.fte"),
        (changed(lambda content: content["staff"][0].update(contract="NONE")), "staff[0].contract"),
        (
            changed(lambda content: content["parameters"].update({"role_holders.heads": None})),
            "Instance.parameters.role_holders.heads.float",
        ),
    ],
)
def test_what_is_wrong_has_its_place(text: Any, place: str) -> None:
    with pytest.raises(InputError) as refused:
        Instance.from_json(text)
    assert place in {problem.place for problem in refused.value.problems}


FINDING = {
    "rule": "r", "message": {"code": "c", "wording": "w", "arguments": {}}, "staff": [], "days": [], "hotspot": None,
    "amount": 1, "unit": "", "cost": 1, "level": "quality",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda content: content.update(findings=[{**FINDING, "level": "nonsense"}]), "Result.findings.0.level"),
        (
            lambda content: content.update(findings=[{**FINDING, "message": {**FINDING["message"], "code": None}}]),
            "Result.findings.0.message",
        ),
        (lambda content: content["record"]["levels"][0].update(name="nonsense"), "Result.record"),
        (lambda content: content["record"].update(seed=True), "Result.record.seed"),
        (lambda content: content["record"].update(workers="1"), "Result.record.workers"),
    ],
)
def test_what_is_wrong_in_a_result_has_its_place(change: Any, place: str) -> None:
    instance = make(1, people=1)
    content = json.loads(result_world.result(instance, Roster()).to_json())
    Result.from_json(json.dumps({**content, "findings": [FINDING]}))
    change(content)
    with pytest.raises(InputError) as refused:
        Result.from_json(json.dumps(content))
    assert [problem.place for problem in refused.value.problems] == [place]


@pytest.mark.skipif(OLDER, reason="the words of schemas differ with older versions of pydantic")
@pytest.mark.parametrize(("name", "kind"), [("instance", Instance), ("result", Result)])
def test_the_published_schema_is_that_of_the_code(name: str, kind: type[Instance] | type[Result]) -> None:
    """After a change: the version goes up, and a new file stands beside the old one."""
    path = ROOT / "docs" / "schemas" / f"{name}-{kind.SCHEMA}.json"
    assert json.loads(path.read_text(encoding="utf-8")) == kind.json_schema()


def test_reprs_are_short() -> None:
    instance = scheduler.load(ROOT / "instances" / "brussels-region.xlsx").instance
    assert len(repr(instance)) < 200
    assert "433 people" in repr(instance)
    html = make(1, title="<b>")._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
