"""What a solve does to a workbook that holds a roster is said before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

import scheduler
from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.workflows.existing import say_what_becomes_of_it, what_may_change
from scheduler.workflows.review import roster_of
from tests.workflows.living import edited, opened, roster_file, told


def test_it_must_be_said_what_becomes_of_a_roster(tmp_path: Path) -> None:
    reading = scheduler.load(roster_file(tmp_path))
    with pytest.raises(InputError, match="holds a roster of 14 duties"):
        say_what_becomes_of_it(reading, start=False, afresh=False)
    say_what_becomes_of_it(reading, start=True, afresh=False)
    say_what_becomes_of_it(reading, start=False, afresh=True)


def test_hand_edits_and_published_duties_are_named_before_they_may_change(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    assert list(what_may_change(scheduler.load(path))) == []
    notes = list(what_may_change(scheduler.load(edited(told(path), {("P1", 0): ""}))))
    assert not any(note.fatal for note in notes)
    assert [note.text(Language.EN) for note in notes] == [
        "Roster: has 1 cell edited by hand, which may change. Lock what must stay, or repair with `vigie replan`.",
        "Roster: is published until 2026-03-08; duties that were announced may change. `vigie replan` changes the fewest.",
    ]


@pytest.mark.parametrize("gone", ["removed", "renamed"])
def test_a_roster_whose_sheet_is_gone_is_not_passed_over(gone: str, tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    book = opened(path)
    if gone == "removed":
        del book["Roster"]
    else:
        book["Roster"].title = "My roster"
    book.save(path)
    reading = scheduler.load(path)
    for begin in (False, True):
        with pytest.raises(InputError, match="has no sheet Roster any more, though it was written with a roster"):
            say_what_becomes_of_it(reading, start=begin, afresh=False)
    with pytest.raises(InputError, match="Give the sheet this name again"):
        roster_of(reading)
    say_what_becomes_of_it(reading, start=False, afresh=True)
