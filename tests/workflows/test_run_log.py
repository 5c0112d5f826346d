"""What the log of a folder tells of one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import scheduler
from scheduler.system.chained_log import append
from scheduler.workflows.review import review
from scheduler.workflows.run_log import NAME, Origin, Outcome, file_digest, log_run, told_of
from tests.workflows.living import edited, roster_file, told

NO_FACTS = "0" * 64


def write(folder: Path, name: str, *inputs: str, text: str = "") -> Path:
    """A file that a run made from others, with its entry."""
    path = folder / name
    path.write_text(text or name)
    content = {
        "inputs": [{"file": other, "sha256": file_digest(folder / other)} for other in inputs],
        "output": {"file": name, "sha256": file_digest(path)},
    }
    append(folder / NAME, content)
    return path


def test_a_file_is_found_with_those_it_came_from(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "other")
    write(tmp_path, "b", "a")
    path = write(tmp_path, "c", "b")
    found = told_of(path, file_digest(path), NO_FACTS)
    assert (found.own, found.about) == (3, (0, 2, 3))
    renamed = path.rename(tmp_path / "renamed")
    assert told_of(renamed, file_digest(renamed), NO_FACTS) == found


def test_a_file_that_was_saved_again_is_found_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "a")
    path.write_text("saved again by somebody")
    found = told_of(path, file_digest(path), NO_FACTS)
    assert (found.own, found.about) == (None, (0,))


def test_a_file_of_the_same_facts_is_found_under_another_name(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    reading = scheduler.load(path)
    assert log_run(path, Origin.of("solve", reading), Outcome.reviewed(review(reading))) is None
    other = edited(path, {("P1", 0): ""})
    found = told_of(other, file_digest(other), reading.instance.sha256)
    assert (found.own, found.about) == (None, (0,))
    assert told_of(other, file_digest(other), NO_FACTS).about == ()


def test_no_log_and_one_that_cannot_be_read(tmp_path: Path) -> None:
    assert told_of(tmp_path / "a", "", NO_FACTS) == told_of(tmp_path / "b", "1", NO_FACTS)
    assert told_of(tmp_path / "a", "", NO_FACTS).chain is None
    (tmp_path / NAME).mkdir()
    found = told_of(tmp_path / "a", "", NO_FACTS)
    assert found.chain is None
    assert found.unread is not None


@pytest.mark.parametrize(
    "content", [{}, {"output": 3, "inputs": 4}, {"output": {"file": 1, "sha256": []}, "inputs": [1, {}]}]
)
def test_entries_that_say_something_else_are_about_nothing(content: dict[str, object], tmp_path: Path) -> None:
    append(tmp_path / NAME, content)
    found = told_of(tmp_path / "a", "1", NO_FACTS)
    assert found.about == ()
    assert found.chain is not None


def test_an_entry_says_what_is_published_and_decided(tmp_path: Path) -> None:
    path = told(roster_file(tmp_path))
    found = review(scheduler.load(path))
    assert log_run(path, Origin("publish", ()), Outcome.reviewed(found)) is None
    chain = told_of(path, file_digest(path), NO_FACTS).chain
    assert chain is not None
    content = chain.entries[0].content
    assert content["decisions"]["published_version"] == 1
    assert found.status is not None
    assert content["status"] == found.status.value
    assert [level["value"] for level in content["levels"]] == [level.value for level in found.levels]
    assert content["rules_digest"]


def test_what_the_system_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = roster_file(tmp_path)
    reading = scheduler.load(path)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    said = log_run(path, Origin.of("audit", reading), Outcome.reviewed(review(reading)))
    assert said is not None
    assert "read-only" in str(said)
    assert "roster.xlsx is written" in str(said)
