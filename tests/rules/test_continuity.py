from __future__ import annotations

from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.continuity import Continuity, ContinuityParameters
from scheduler.vocabulary.constraints import Variety, Wish
from tests.builders import hotspot, lines, make, person


def world(spots: tuple[str, ...] = ("HAL", "MIDI", "ANTO")) -> Instance:
    return make(
        4, people=[person("P1", home_hotspot="HAL"), person("P2")], hotspots=tuple(hotspot(code) for code in spots)
    )


def test_duties_at_home_cost_nothing_and_each_one_away_does() -> None:
    assert list(Continuity().audit(world(), lines(P1="EE"))) == []
    roster = Roster.of([*lines(P1="E"), *lines("MIDI", P1=".E"), *lines("ANTO", P1="..E")])
    findings = list(Continuity().audit(world(), roster))
    assert [(f.days, f.cost, f.amount) for f in findings] == [((1,), 20, 1), ((2,), 20, 1), ((), 120, 2)]


def test_without_a_home_only_the_number_of_hotspots_counts() -> None:
    assert list(Continuity().audit(world(), lines("MIDI", P2="EEEE"))) == []
    (finding,) = Continuity().audit(world(), Roster.of([*lines("MIDI", P2="E"), *lines("ANTO", P2=".E")]))
    assert (finding.cost, finding.unit) == (60, "hotspots")


def test_declares_nothing_where_there_is_one_hotspot() -> None:
    assert list(Continuity().declare(world(("HAL",)))) == []
    assert list(Continuity(ContinuityParameters(away_cost_per_duty=0)).declare(world())) == [
        Variety("continuity", "P1", 60),
        Variety("continuity", "P2", 60),
    ]
    assert next(Continuity().declare(world())) == Wish("continuity", "P1", 20, hotspots=frozenset({"MIDI", "ANTO"}))
