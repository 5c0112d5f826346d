from __future__ import annotations

from scheduler.problem.facts import Pair
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.incompatible_staff import IncompatibleStaff, couples
from scheduler.vocabulary.constraints import Apart, Unavailable
from tests.builders import SHIFTS, hotspot, lines, make, past, shift


def world(**facts: object) -> Instance:
    return make(
        2,
        **{
            "people": 2,
            "hotspots": (hotspot("HAL"), hotspot("MIDI")),
            "shifts": (*SHIFTS, shift("X", "13:00", "21:00"), shift("M", "04:00", "12:00")),
            "pairs": (Pair(staff_a="P2", staff_b="P1", kind="apart"),),
            **facts,
        },
    )


def test_one_after_the_other_is_right_and_an_hour_together_is_not() -> None:
    assert list(IncompatibleStaff().audit(world(), lines(P1="E", P2="L"))) == []
    (finding,) = IncompatibleStaff().audit(world(), lines(P1="E", P2="X"))
    assert (finding.hard, finding.amount, finding.staff, finding.hotspot) == (True, 60, ("P1", "P2"), "HAL")


def test_different_hotspots_are_apart() -> None:
    assert list(IncompatibleStaff().audit(world(), Roster.of([*lines(P1="E"), *lines("MIDI", P2="E")]))) == []


def test_a_night_meets_the_next_morning() -> None:
    (finding,) = IncompatibleStaff().audit(world(), lines(P1="N.", P2=".M"))
    assert (finding.amount, finding.days) == (120, (0, 1))


def test_history_at_the_hotspot_is_a_meeting_too_and_names_the_cell_to_change() -> None:
    instance = world(history=past("P1", "N", spot="HAL"))
    (finding,) = IncompatibleStaff().audit(instance, lines(P2="M"))
    assert (finding.staff, finding.days) == (("P2", "P1"), (0, -1))
    blocked = [item for item in IncompatibleStaff().declare(instance) if isinstance(item, Unavailable)]
    assert [(b.person, b.duties, b.hotspots) for b in blocked] == [("P2", {(0, "M")}, {"HAL"})]


def test_a_pair_counts_once_however_it_is_written() -> None:
    pairs = (
        Pair(staff_a="P2", staff_b="P1", kind="apart"),
        Pair(staff_a="P1", staff_b="P2", kind="apart"),
    )
    assert couples(world(pairs=pairs), "apart") == [("P1", "P2")]
    assert [item for item in IncompatibleStaff().declare(world(pairs=pairs)) if isinstance(item, Apart)] == [
        Apart("incompatible_staff", "P1", "P2")
    ]
