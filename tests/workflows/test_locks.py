"""Locks are looked at with the facts of their own people alone."""

from __future__ import annotations

import datetime as dt

from scheduler.problem.override import Override
from scheduler.problem.publication import Publication, PublishedDuty, digest
from scheduler.workflows.preflight import check_instance
from tests.builders import MONDAY, lock, make


def test_what_is_told_or_decided_about_others_does_not_disturb() -> None:
    rows = (PublishedDuty(staff="P2", date=MONDAY, shift="E", hotspot="HAL", version=1),)
    stamp = Publication(version=1, at=dt.datetime(2026, 2, 20, 12), until=MONDAY, digest=digest(rows, MONDAY))
    decided = Override(
        rule="daily_rest", staff="P2", date=MONDAY, decided_by="Chief", decided_on=MONDAY, reason="Shooting"
    )
    facts = {"published": rows, "publication": stamp, "overrides": (decided,)}
    restless = (lock("P1", 0, "L"), lock("P1", 1, "E"))
    assert check_instance(make(people=2, locks=restless, **facts)).impossible
    assert not check_instance(make(people=2, locks=restless[:1], **facts)).impossible
