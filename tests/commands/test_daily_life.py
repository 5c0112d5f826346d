"""The commands of docs/daily-life.md, one after the other, as a planner would type them; only the time limits are shorter."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import scheduler
from scheduler.commands.exits import BROKEN, FINE
from tests.commands.called import vigie
from tests.commands.pages import ROOT, page, typed
from tests.processes import ends_within

COMMANDS = typed(page("daily-life.md"), 8)

pytestmark = [pytest.mark.slowest, ends_within(600)]


def _on_duty(path: Path, words: list[str]) -> list[str]:
    """The exchange on its date between two people with different duties there: who they are depends on the roster."""
    (on,) = {dt.date.fromisoformat(word.partition(":")[2]) for word in words}
    reading = scheduler.load(path)
    assert reading.roster is not None
    day = reading.instance.calendar.day(on)
    posts = {(a.shift, a.hotspot): a.staff for a in reading.roster if a.day == day}
    return [f"{staff}:{on}" for staff in [*posts.values()][: len(words)]]


def test_every_command_of_daily_life_is_on_the_page() -> None:
    shown = {command[1] for command in COMMANDS}
    assert shown == {"solve", "publish", "replan", "suggest", "swap", "audit", "diff", "export", "extend", "check"}


def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instances").symlink_to(ROOT / "instances")
    for command in map(list, COMMANDS):
        if command[1] == "swap":
            command[3:] = _on_duty(tmp_path / command[2], command[3:])
        vigie(*command[1:], code=(FINE, BROKEN) if command[1] == "swap" else FINE)
        for option in ("-o", "--pages"):
            if option in command:
                assert (tmp_path / command[command.index(option) + 1]).is_file()
    assert list((tmp_path / "calendars").glob("P-001*.ics"))
