"""Notice: what was published, and how long before its date a change is announced."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduler.analysis.difference import Change, PostedDuty
from scheduler.analysis.notice import Notice, announced_at, notices
from scheduler.problem.instance import Instance
from scheduler.problem.publication import Publication, PublishedDuty, digest
from tests.builders import MONDAY, contract, make

E_HAL, L_HAL = PostedDuty("E", "HAL"), PostedDuty("L", "HAL")
DAY = dt.timedelta(days=1)


def published(version: int = 1, at: dt.datetime = dt.datetime(2026, 2, 23, 12)) -> Instance:
    """P1 is on E on the horizon's second Tuesday, and everything until the Wednesday after it is published."""
    tuesday = MONDAY + 8 * DAY
    rows = (PublishedDuty(staff="P1", date=tuesday, shift="E", hotspot="HAL", version=version),)
    stamp = Publication(version=version, at=at, until=tuesday + DAY, digest=digest(rows, tuesday + DAY))
    return make(days=14, contracts=(contract(notice_days=7),), published=rows, publication=stamp)


def noticed(before: tuple[PostedDuty, ...], after: tuple[PostedDuty, ...], announced: str, day: int = 8) -> Notice:
    old = published()
    change = Change("P1", MONDAY + day * DAY, before, after)
    (found,) = notices(old, old, [change], dt.datetime.fromisoformat(announced))
    return found


@pytest.mark.parametrize(
    ("announced", "expected"),
    [
        ("2026-03-03 23:59", Notice.IN_TIME),
        ("2026-03-04 00:00", Notice.LATE),
        ("2026-03-10 06:00", Notice.LATE),
        ("2026-03-10 06:01", Notice.PAST),
        ("2026-03-11 00:00", Notice.PAST),
    ],
)
def test_notice_is_counted_in_days_until_the_date(announced: str, expected: Notice) -> None:
    assert noticed((E_HAL,), (L_HAL,), announced) is expected


def test_a_free_day_is_published_too() -> None:
    assert noticed((), (E_HAL,), "2026-03-08 12:00", day=9) is Notice.LATE


def test_what_was_not_published_needs_no_notice() -> None:
    assert noticed((E_HAL,), (L_HAL,), "2026-03-11 12:00", day=10) is Notice.NOT_DUE
    unpublished = make(days=14)
    (found,) = notices(unpublished, unpublished, [Change("P1", MONDAY, (E_HAL,), ())], dt.datetime(2026, 3, 1))
    assert found is Notice.NOT_DUE


def test_a_draft_that_goes_back_to_what_was_published_needs_no_notice() -> None:
    assert noticed((L_HAL,), (E_HAL,), "2026-03-09 12:00") is Notice.NOT_DUE
    assert noticed((E_HAL,), (), "2026-03-09 12:00", day=9) is Notice.NOT_DUE


def test_changes_are_announced_with_the_version_that_holds_them() -> None:
    now, at = dt.datetime(2026, 3, 9), dt.datetime(2026, 3, 1, 8)
    assert announced_at(published(), published(version=2, at=at), now) == at
    assert announced_at(published(), published(at=at), now) == now
    assert announced_at(make(), make(), now) == now
