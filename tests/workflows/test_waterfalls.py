"""Waterfalls of whole instances: they add up, and no legal roster holds more than what they leave."""

from __future__ import annotations

import pytest

from scheduler.analysis.waterfall import Stage, Waterfall
from scheduler.analysis.waterfall_stages import Question, asked_places
from scheduler.problem.facts import Category, Counter, OrganisationKind, Pooling, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.workflows.waterfalls import everything, examined, plannable, waterfalls
from tests import builders as b
from tests.engine.zones import compiled, first, zone


def changes(found: Waterfall) -> dict[Stage, int]:
    return {step.stage: step.change for step in found.steps if step.change}


def of(found: tuple[Waterfall, ...], home: str = "5341", role: str = "police") -> Waterfall:
    return next(item for item in found if (item.home, item.role) == (home, role))


def presence(instance: Instance, roster: Roster, question: Question, staff: str) -> int:
    """The minutes in which a person of a roster stands where heads of their category are wanted."""
    places, end = asked_places(instance, question), instance.calendar.end
    total = 0
    for cell in roster.line(staff):
        duty, place = instance.duty(cell.day, cell.shift), (cell.hotspot, instance.category(staff))
        if place in places:
            total += int(places[place].wanted[duty.start : min(duty.end, end)].sum())
    return total


@pytest.mark.parametrize("day", [None, 2])
@pytest.mark.parametrize("seed", range(12))
def test_steps_add_up_and_no_legal_roster_holds_more_than_is_left(seed: int, day: int | None) -> None:
    instance = zone(seed, days=7)
    question = Question(frozenset(instance.hotspot), day)
    found = examined(instance, question)
    assert found.waterfalls
    for item in found.waterfalls:
        assert sum(step.change for step in item.steps) == item.plannable
        after = [step.minutes for step in item.steps if step.stage not in (Stage.BALANCE, Stage.OVER, Stage.DUTIES)]
        if day is not None:
            assert after == sorted(after, reverse=True)
    roster = first(compiled(instance)).roster
    held = {member.id: presence(instance, roster, question, member.id) for member in instance.staff}
    assert any(held.values())
    for staff, minutes in held.items():
        assert minutes <= found.plannable[staff]


def test_the_arithmetic_of_one_week() -> None:
    """Two weeks of 38 h: a half-timer, a holiday, a day of leave, a day of training, 10 h too many; 8 h over are allowed."""
    instance = b.make(
        14,
        people=(b.person("P1"), b.person("P2", fte=0.5)),
        contracts=(b.free_contract(),),
        absences=(b.leave("P1", 1), b.elsewhere("P1", 2)),
        counters=(Counter(staff="P1", hours_balance=10.0),),
        holidays={b.MONDAY: "holiday"},
        demand=(b.demand(minimum=1),),
    )
    found = of(waterfalls(instance))
    day = round(7.6 * 60)
    assert {stage: change for stage, change in changes(found).items() if stage is not Stage.DUTIES} == {
        Stage.HEADCOUNT: 20 * day,
        Stage.PART_TIME: -5 * day,
        Stage.HOLIDAYS: -day - day // 2,
        Stage.LEAVE: -day,
        Stage.BALANCE: -600,
        Stage.ELSEWHERE: -day,
        Stage.OVER: 8 * 60 + 4 * 60,
    }
    assert found.required is not None
    assert found.required.target == 14 * 24 * 60


def test_whoever_may_stand_nowhere_is_lost_at_competence_and_found_again_in_one_zone() -> None:
    zones = (b.ZONE, b.TOWN, b.ZONE.replace(code="5342"), b.ZONE.replace(code="FED", kind=OrganisationKind.FEDERAL))
    people = (b.person("P1"), b.person("P2", organisation="5342"), b.person("P3", organisation="FED"))
    instance = b.make(people=people, organisations=zones, demand=(b.demand(minimum=1),))
    found = waterfalls(instance)
    assert [(item.home, item.plannable > 0, item.lends, item.borrows) for item in found] == [
        ("5341", True, False, True), ("5342", False, False, False), ("FED", True, True, False),
    ]  # fmt: skip
    competence = of(found, "5342").at(Stage.COMPETENCE)
    assert competence is not None
    assert competence.change < 0
    assert competence.facts == (("staff", 1, "organisation"),)
    assert of(waterfalls(instance.replace(strategy=Pooling.SINGLE)), "5342").plannable > 0


def test_a_role_with_a_demand_of_its_own_has_a_waterfall_of_its_own() -> None:
    lead = Role(code="LEAD", category=Category.POLICE)
    people = (b.person("P1", roles=("LEAD",)), b.person("P2"))
    rows = (b.demand(minimum=2), b.demand("LEAD", minimum=1))
    found = waterfalls(b.make(people=people, roles=(lead,), demand=rows))
    assert [(item.role, item.people) for item in found] == [("police", 2), ("LEAD", 1)]
    without = waterfalls(b.make(people=people, roles=(lead,), demand=rows[:1]))
    assert [item.role for item in without] == ["police"]


def test_narrowed_to_a_hotspot_only_its_demand_and_its_people_count() -> None:
    zones = (b.ZONE, b.TOWN, b.ZONE.replace(code="5342"))
    spots = (b.hotspot(), b.hotspot("MIDI"), b.hotspot("UCCL", zone="5342"))
    people = (b.person("P1"), b.person("P2", hotspots=("MIDI",)), b.person("P3", organisation="5342"))
    rows = tuple(b.demand(minimum=1).replace(hotspot=spot.code) for spot in spots)
    instance = b.make(people=people, organisations=zones, hotspots=spots, demand=rows)
    assert [item.home for item in waterfalls(instance)] == ["5341", "5342"]
    (found,) = waterfalls(instance, Question(frozenset({"HAL"}), whole=False))
    assert found.home == "5341"
    assert found.required is not None
    assert found.required.target == 7 * 24 * 60
    competence = found.at(Stage.COMPETENCE)
    assert competence is not None
    assert competence.touched == 1, "P2 may stand at MIDI only"


def test_who_is_known_is_not_looked_at_again_and_gets_the_same_figure() -> None:
    instance = zone(3, days=7)
    known = examined(instance, everything(instance))
    places, people = asked_places(instance, everything(instance)), [member.id for member in instance.staff]
    assert plannable(instance, places, people, known) == plannable(instance, places, people) == known.plannable
    assert plannable(instance, places, ()) == {}
