import pytest

from scheduler.rules.locks import Locks
from tests.builders import hotspot, lines, lock, make
from tests.rules.verdict import days, found

SPOTS = (hotspot("HAL"), hotspot("CLEM"))


@pytest.mark.parametrize(
    ("code", "spot", "line", "broken"),
    [
        ("E", None, ".E", False),
        ("E", None, ".L", True),
        ("E", None, "E.", True),
        ("E", "HAL", ".E", False),
        ("E", "CLEM", ".E", True),
        ("OFF", None, "E.", False),
        ("OFF", None, ".E", True),
        ("OFF", "CLEM", ".E", True),
    ],
)
def test_a_lock_holds(code: str, spot: str | None, line: str, broken: bool):
    instance = make(hotspots=SPOTS, locks=(lock("P1", 1, code, spot),))
    assert days(found(Locks, instance, lines(P1=line))) == ([(1,)] if broken else [])


def test_the_message_says_what_stands_there():
    instance = make(hotspots=SPOTS, locks=(lock("P1", 1, "E", "CLEM"), lock("P1", 2, "OFF")))
    first, second = found(Locks, instance, lines(P1=".EN"))
    assert str(first.message) == "P1 is locked to E CLEM on 2026-03-03, but has E HAL"
    assert str(second.message) == "P1 is locked to a free day on 2026-03-04, but has N HAL"
    missing = found(Locks, instance, lines())
    assert [str(finding.message) for finding in missing] == ["P1 is locked to E CLEM on 2026-03-03, but is free"]


def test_a_lock_is_about_its_person():
    instance = make(people=2, locks=(lock("P2", 0, "E"),))
    assert [finding.staff for finding in found(Locks, instance, lines(P1="E"))] == [("P2",)]
