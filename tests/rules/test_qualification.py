import pytest

from scheduler.problem.facts import Category, Organisation, OrganisationKind
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules.qualification import Qualification
from tests.builders import SHIFTS, TOWN, ZONE, hotspot, lines, make, person, shift
from tests.rules.verdict import days, found

OTHER_ZONE = Organisation(code="5340", name="Ouest", kind=OrganisationKind.POLICE_ZONE)
FEDERAL = Organisation(code="FED", name="Federal reserve", kind=OrganisationKind.FEDERAL)
SPOTS = (
    hotspot("HAL"),
    hotspot("MIDI", municipality="SGIL"),
    hotspot("CLEM", municipality="Anderlecht"),
    hotspot("ETAN", municipality="Molenbeek", zone="5340"),
)


def world(organisation: str, *agreed: str) -> Instance:
    return make(
        people=[person(organisation=organisation, hotspots=agreed)],
        organisations=(ZONE, TOWN, OTHER_ZONE, FEDERAL),
        hotspots=SPOTS,
    )


@pytest.mark.parametrize(
    ("organisation", "agreed", "allowed"),
    [
        ("5341", (), {"HAL", "MIDI", "CLEM"}),
        ("5340", (), {"ETAN"}),
        ("SGIL", (), {"HAL", "MIDI"}),
        ("FED", (), {"HAL", "MIDI", "CLEM", "ETAN"}),
        ("SGIL", ("CLEM",), {"CLEM"}),
    ],
)
def test_jurisdiction(organisation: str, agreed: tuple[str, ...], allowed: set[str]):
    instance = world(organisation, *agreed)
    assert allowed_hotspots(instance, "P1") == allowed
    for spot in SPOTS:
        findings = found(Qualification, instance, lines(spot.code, P1="E"))
        assert [finding.hotspot for finding in findings] == ([] if spot.code in allowed else [spot.code])


def test_shifts_are_for_their_categories():
    walk = shift("W", "09:00", "17:00", categories=frozenset({Category.NON_POLICE}))
    instance = make(shifts=(*SHIFTS, walk))
    assert found(Qualification, instance, lines(P1="E")) == []
    assert days(found(Qualification, instance, lines(P1="EW"))) == [(1,)]


def test_no_share_of_full_time_is_no_duty():
    assert days(found(Qualification, make(people=[person(fte=0.0)]), lines(P1=".E"))) == [(1,)]
    assert found(Qualification, make(people=[person(fte=0.1)]), lines(P1=".E")) == []


def test_a_shift_is_worked_only_at_its_hotspots():
    bound = shift("E", "06:00", "14:00", hotspots=("MIDI",))
    instance = make(hotspots=(hotspot("HAL"), hotspot("MIDI")), shifts=(bound, *SHIFTS[1:]))
    assert found(Qualification, instance, lines("MIDI", P1="EL")) == []
    assert days(found(Qualification, instance, lines("HAL", P1="EL"))) == [(0,)]


def test_where_reserves_wait_nobody_else_works() -> None:
    waiting = shift("R", "08:00", "18:00", hotspots=("BASE",), reserve=True)
    instance = make(2, hotspots=(hotspot("HAL"), hotspot("BASE")), shifts=(*SHIFTS, waiting))
    rule = Qualification.for_instance(instance)
    assert list(rule.audit(instance, lines("BASE", P1="R."))) == []
    assert len(list(rule.audit(instance, lines("HAL", P1="R.")))) == 1
    assert len(list(rule.audit(instance, lines("BASE", P1="E.")))) == 1
