"""The record of a run: what went wrong is kept as messages, and read back from records of earlier versions too."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.messages.message import AllOf, Hours, Message
from scheduler.result import RunRecord
from tests.messages.said import said

WENT_WRONG = Message(
    "incident_of",
    "After {seconds} s the search of {name} {what}",
    seconds=12,
    name="5344",
    what=Message("at_home", "had no time left to plan {people}, who have no duty.", people=AllOf(("P1", "P2"))),
)
COUNTED = Message("workers_lost", ("{count} is left.", "{count} are left."), count=1)


def record(*incidents: object) -> RunRecord:
    return RunRecord.model_validate(
        {
            "status": "feasible",
            "levels": [],
            "coverage": {"required_minutes": 0, "short_minutes": 0, "short_bound": 0},
            "wall_s": 1.0,
            "seed": 1,
            "workers": 1,
            "reproducible": False,
            "versions": {},
            "instance_sha256": "",
            "incidents": incidents,
        }
    )


def read_back(found: RunRecord) -> RunRecord:
    return RunRecord.model_validate(json.loads(json.dumps(found.model_dump(mode="json"))))


def test_incidents_are_said_the_same_after_they_were_kept() -> None:
    kept = record(WENT_WRONG, COUNTED)
    assert kept.incidents == (WENT_WRONG, COUNTED)
    again = read_back(kept)
    assert [str(incident) for incident in again.incidents] == [
        "After 12 s the search of 5344 had no time left to plan P1 and P2, who have no duty.",
        "1 is left.",
    ]
    assert [incident.code for incident in again.incidents] == ["incident_of", "workers_lost"]
    assert read_back(again) == again
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert kept.replace(seed=2).incidents == kept.incidents


def test_records_of_earlier_versions_hold_sentences() -> None:
    old = record("After 12 s the search {of 5344} died.")
    assert old.incidents == (said("After 12 s the search {of 5344} died."),)
    assert str(old.incidents[0]) == "After 12 s the search {of 5344} died."


@pytest.mark.parametrize(
    "damage",
    [
        {},
        {"code": "a", "wording": "b"},
        {"code": "a", "wording": 7, "arguments": {}},
        {"code": "a", "wording": "{missing}", "arguments": {}},
        {"code": "a", "wording": "{}", "arguments": {}},
        {"code": "a", "wording": "{x.__class__}", "arguments": {"x": "y"}},
        {"code": "a", "wording": "{x:>999999999}", "arguments": {"x": "y"}},
        {"code": "a", "wording": "{x", "arguments": {"x": "y"}},
        {"code": "a", "wording": ["{count}", "{x!r}"], "arguments": {"count": 1, "x": "y"}},
        {"code": "a", "wording": "{x}", "arguments": {"x": {"code": "b", "wording": "{y}", "arguments": {}}}},
        7,
        None,
    ],
)
def test_what_is_no_message_is_refused(damage: Any) -> None:
    with pytest.raises(ValidationError):
        record(damage)


def test_hours_are_kept_as_they_are_shown() -> None:
    (again,) = read_back(record(Message("so_long", "{time} late.", time=Hours(456)))).incidents
    assert str(again) == "7 h 36 late."
