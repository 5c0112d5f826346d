"""The dossier for programs: one object that JSON can hold, with what the document says."""

from __future__ import annotations

import json
from pathlib import Path

import scheduler
from scheduler.report.dossier.object import SCHEMA, dossier_object
from scheduler.rules import RULES
from scheduler.system.chained_log import read_log
from scheduler.workflows.dossier import dossier
from scheduler.workflows.review import review
from scheduler.workflows.run_log import NAME, Origin, Outcome, log_run
from tests.builders import contract, person
from tests.workflows.living import NOW, edited, roster_file


def test_the_object_says_what_the_document_says(tmp_path: Path) -> None:
    limits = contract(min_days_off=1, max_weekends_year=None)
    path = roster_file(tmp_path, contracts=(limits,))
    reading = scheduler.load(path)
    log_run(path, Origin.of("audit", reading), Outcome.reviewed(review(reading)))
    found = json.loads(json.dumps(dossier_object(dossier(reading, NOW), tmp_path / "out.html")))
    assert (found["schema"], found["file"], found["status"], found["edited"]) == (SCHEMA, "roster.xlsx", "optimal", 0)
    assert [rule["code"] for rule in found["rules"]] == [rule.code for rule in RULES]
    (item,) = [item for item in found["exceeding"] if item["column"] == "Contracts.max_weekends_year"]
    assert (item["default"], item["in_force"], item["laxer"], item["decision_date"]) == (28, None, True, None)
    assert item["place"].startswith("Contracts!")
    (fair,) = found["fairness"]
    assert fair["people"] == 6
    assert sum(people for _, people in fair["nights"]["counts"]) == 6
    chain = read_log(tmp_path / NAME)
    assert chain is not None
    log = found["log"]
    assert (log["state"], log["broken"], log["entries"], log["head"], log["own_entry"]) == (
        "whole",
        None,
        1,
        chain.head,
        1,
    )
    assert log["about"][0]["command"] == "audit"


def test_what_is_not_known_is_null(tmp_path: Path) -> None:
    few = tuple(person(f"P{number}", contract="POL" if number < 4 else "REST") for number in range(1, 7))
    contracts = (contract(min_days_off=1), contract("REST", min_days_off=1))
    path = edited(roster_file(tmp_path, people=few, contracts=contracts), {("P1", 0): "N HAL"})
    (tmp_path / NAME).write_text('{"entry":1, half written\nnot one either\n')
    found = dossier_object(dossier(scheduler.load(path), NOW), tmp_path / "out.html")
    assert found["status"] is None
    assert found["edited"] == 1
    assert [item["nights"] for item in found["fairness"]] == [None, None]
    assert found["decisions"]["published"] is found["decisions"]["repaired"] is None
    log = found["log"]
    assert (log["state"], log["entries"], log["head"], log["own_entry"]) == ("broken", 0, None, None)
    assert log["broken"] == {"entry": 1, "line": 1, "fault": "unreadable"}
