"""Publishing: what people were told of is a fact of the workbook, version by version."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import scheduler
from scheduler.errors import InputError
from scheduler.problem.publication import PublishedDuty, digest, of_version
from scheduler.workflows.publish import Published, publish, write_published
from tests.workflows.living import NOW, edited, roster_file, typed

D = dt.date
LAST = D(2026, 3, 8)


def _row(day: int, shift: str = "E", version: int = 1, staff: str = "P1") -> PublishedDuty:
    return PublishedDuty(
        staff=staff, date=D(2026, 3, day), shift=shift, hotspot=None if shift == "OFF" else "HAL", version=version
    )


def _published(path: Path, until: dt.date | None = None, now: dt.datetime = NOW) -> Published:
    return publish(scheduler.load(path), until, now)


def _write(path: Path, to: str, until: dt.date | None = None, now: dt.datetime = NOW) -> Path:
    write_published(path.with_name(to), _published(path, until, now))
    return path.with_name(to)


def test_a_version_is_what_the_rows_up_to_it_say() -> None:
    log = (_row(2), _row(3), _row(2, "L", 2), _row(3, "OFF", 3))
    assert of_version(log, 1) == {("P1", D(2026, 3, 2)): log[0], ("P1", D(2026, 3, 3)): log[1]}
    assert of_version(log)[("P1", D(2026, 3, 2))] is log[2]
    assert of_version(log)[("P1", D(2026, 3, 3))].post is None


def test_the_fingerprint_knows_every_cell_and_no_order() -> None:
    rows = (_row(2), _row(3, "L"))
    assert digest(rows, LAST) == digest(rows[::-1], LAST)
    others = [(_row(2), _row(3)), (_row(2),), (_row(2), _row(3, "L", 2)), (_row(2), _row(3, "L", staff="P2"))]
    assert len({digest(rows, LAST), digest(rows, D(2026, 3, 9)), *(digest(other, LAST) for other in others)}) == 6


def test_four_weeks_are_published_from_the_first_day(tmp_path: Path) -> None:
    path = roster_file(tmp_path, days=42)
    found = _published(path, now=dt.datetime(2026, 2, 20, 9))
    assert found.publication.until == D(2026, 3, 29)
    assert found.publication.version == 1
    assert {row.version for row in found.instance.published} == {1}
    assert max(row.date for row in found.instance.published) <= D(2026, 3, 29)
    later = _published(path, now=dt.datetime(2026, 3, 10, 9))
    assert later.publication.until == D(2026, 4, 6), "four weeks from now, once the period runs"


def test_what_was_published_is_read_back_and_proves_no_less(tmp_path: Path) -> None:
    path = roster_file(tmp_path)
    told = _write(path, "told.xlsx")
    reading = scheduler.load(told)
    assert reading.instance.publication == _published(path).publication
    assert reading.instance.sha256 == scheduler.load(path).instance.sha256
    assert not reading.notes
    assert len(reading.instance.published) == len(reading.roster or ())


def test_a_second_version_tells_of_changes_only(tmp_path: Path) -> None:
    told = _write(roster_file(tmp_path), "told.xlsx")
    first = scheduler.load(told).instance.published
    changed = edited(told, {("P1", 3): "", ("P2", 1): "L HAL"})
    found = _published(changed, now=NOW + dt.timedelta(days=1))
    assert found.publication.version == 2
    assert [row for row in found.instance.published if row.version == 1] == list(first)
    fresh = {(row.staff, row.date.day): row.post for row in found.instance.published if row.version == 2}
    assert fresh == {("P1", 5): None, ("P2", 3): ("L", "HAL")}
    assert {(c.staff, c.kind.value) for c in found.changes} == {("P1", "removed"), ("P2", "added")}


def test_what_was_a_draft_is_no_change_when_it_is_published(tmp_path: Path) -> None:
    told = _write(roster_file(tmp_path), "told.xlsx", D(2026, 3, 4))
    found = _published(told, D(2026, 3, 8))
    assert found.changes == ()
    assert len(found.instance.published) == len(scheduler.load(told).roster or ())


def test_less_is_never_published(tmp_path: Path) -> None:
    told = _write(roster_file(tmp_path), "told.xlsx")
    for until, code in ((D(2026, 3, 3), "publish_less"), (D(2026, 5, 1), "publish_outside")):
        with pytest.raises(InputError) as caught:
            _published(told, until)
        assert [problem.message.code for problem in caught.value.problems] == [code]


def test_a_broken_rule_keeps_a_roster_from_being_published(tmp_path: Path) -> None:
    path = edited(roster_file(tmp_path), {("P1", 0): "N HAL", ("P1", 1): "E HAL"})
    found = _published(path)
    assert {finding.rule for finding in found.broken} >= {"daily_rest"}
    far = edited(roster_file(tmp_path), {("P1", 5): "N HAL", ("P1", 6): "E HAL"})
    assert not _published(far, D(2026, 3, 4)).broken, "what is not published may wait"


def test_rows_that_are_not_what_was_published_are_pointed_out(tmp_path: Path) -> None:
    told = _write(roster_file(tmp_path), "told.xlsx")
    (note,) = scheduler.load(typed(told, {"Published!C2": "L"})).notes
    assert note.message.code == "published_changed"
    assert NOW in dict(note.message.arguments).values()


def test_rows_without_a_stamp_are_refused(tmp_path: Path) -> None:
    row = dict(zip("ABCDE", ("P1", D(2026, 3, 2), "E", "HAL", 1), strict=True))
    path = typed(roster_file(tmp_path), {f"Published!{column}2": value for column, value in row.items()})
    with pytest.raises(InputError) as caught:
        scheduler.load(path)
    assert [(p.place, p.message.code) for p in caught.value.problems] == [("Published!E2", "published_without_stamp")]
