"""A finding told to one person names nobody else; one that is about this person alone stays as it is."""

from __future__ import annotations

from scheduler.analysis.discretion import Discretion
from scheduler.messages.message import AllOf, Message
from scheduler.rules.base import Finding
from tests import builders as b

INSTANCE = b.make(people=(b.person("P1", name="Ann"), b.person("P10"), b.person("P2", name="Bob")))


def finding(about: tuple[str, ...], **arguments: object) -> Finding:
    places = " ".join(f"{{{name}}}" for name in arguments)
    return Finding("daily_rest", Message("x", places, **arguments), about, (3,), amount=7, unit="minutes")


def test_what_names_the_person_alone_stays() -> None:
    for staff in ("P1", "P10"):
        mine = finding((staff,), staff=staff, hours=8)
        assert Discretion(INSTANCE, staff).findings([mine]) == (mine,)


def test_what_names_others_by_id_or_name_or_at_all_is_told_without() -> None:
    others = (
        finding(("P1", "P2"), staff="P1", other="P2"),
        finding(("P1",), staff="P1", others=AllOf(("P10", "x"))),
        finding(("P1",), staff="P1", other="Bob"),
        finding(("P2",), staff="nobody"),
    )
    told = Discretion(INSTANCE, "P1").findings(others)
    assert [item.message.code for item in told] == ["about_colleagues"] * 4
    assert [item.staff for item in told] == [("P1",), ("P1",), ("P1",), ()]
    assert {(item.rule, item.amount, item.days) for item in told} == {("daily_rest", 7, (3,))}
