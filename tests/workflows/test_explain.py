"""What is asked of a workbook, read or refused; locks that cannot hold do not stop the figures."""

from __future__ import annotations

import json

import pytest

from scheduler.errors import InputError
from scheduler.messages.languages import Language
from scheduler.problem.facts import OrganisationKind
from scheduler.problem.instance import Instance
from scheduler.report.explain_lines import explain_lines, explain_object
from scheduler.workflows.explain import Asked, asked_for, explain
from tests import builders as b
from tests.workflows.readings import reading_of

ZONES = (b.ZONE, b.TOWN, b.ZONE.replace(code="5342"), b.ZONE.replace(code="5343"))
SPOTS = (b.hotspot(), b.hotspot("UCCL", zone="5342"))


def world(**facts: object) -> Instance:
    people = (b.person("P1"), b.person("P2", organisation="5342"), b.person("P3", organisation="5343"))
    rows = tuple(b.demand(minimum=1, target=2).replace(hotspot=spot.code) for spot in SPOTS)
    given = {"people": people, "organisations": ZONES, "hotspots": SPOTS, "demand": rows, **facts}
    return b.make(7, **given)


def test_codes_are_read_in_any_case_and_dates_as_cells_have_them() -> None:
    reading = reading_of(world(), None)
    assert asked_for(reading, "uccl", "5342", "03/03/2026") == Asked("UCCL", "5342", 1)
    assert asked_for(reading) == Asked()


@pytest.mark.parametrize(
    ("words", "place", "said"),
    [
        ({"hotspot": "UCCLE"}, "--hotspot", "UCCL"),
        ({"zone": "534"}, "--zone", "534"),
        ({"zone": "sgil"}, "--zone", "Its people count for zone 5341."),
        ({"date": "2026-04-01"}, "--date", "2026-03-08"),
        ({"date": "soon"}, "--date", ""),
        ({"hotspot": "HAL", "zone": "5342"}, "--hotspot", "lies in zone 5341, not in 5342"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_there_is(words: dict[str, str], place: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        asked_for(reading_of(world(), None), **words)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert said in str(problem)


def test_a_zone_shows_its_own_people_and_one_without_hotspots_too() -> None:
    reading = reading_of(world(), None)
    assert [item.home for item in explain(reading, Asked()).waterfalls] == ["5341", "5342", "5343"]
    assert [item.home for item in explain(reading, Asked(zone="5342")).waterfalls] == ["5342"]
    (found,) = explain(reading, Asked(zone="5343")).waterfalls
    assert (found.home, found.plannable, found.required) == ("5343", 0, None)


def test_an_organisation_without_hotspots_is_told_nothing_of_the_hotspots_of_others() -> None:
    federal = b.ZONE.replace(code="FED", kind=OrganisationKind.FEDERAL)
    instance = world(organisations=(*ZONES, federal), people=(b.person("P1"), b.person("P4", organisation="FED")))
    reading = reading_of(instance, b.lines("HAL", P1="E......"))
    for home in ("5343", "FED"):
        asked = asked_for(reading, zone=home.lower())
        assert asked == Asked(zone=home)
        found = explain(reading, asked, 5.0)
        assert {item.home for item in found.waterfalls} <= {home}
        assert found.helps.told == ()
        lines = "\n".join(explain_lines(found, Language.EN))
        assert "Leave out --zone" in lines
        assert "roster of the workbook" not in lines
        shown = explain_object(found)
        assert (shown["helps"], shown["helps_complete"], shown["missing"]) == ([], None, None)


def test_the_sum_of_all_is_told_where_there_are_several() -> None:
    found = explain(reading_of(world(), None), Asked())
    (total,) = found.totals
    assert total.people == 3
    assert total.plannable == sum(item.plannable for item in found.waterfalls)
    assert explain(reading_of(world(), None), Asked(zone="5341")).totals == ()


def test_locks_that_cannot_hold_are_named_and_left_out() -> None:
    locks = (b.lock("P1", 0, "N"), b.lock("P1", 1, "E"))
    found = explain(reading_of(world(locks=locks), None), Asked())
    (conflict,) = found.conflicts
    assert set(conflict.locks) == {0, 1}
    assert [item.plannable for item in found.waterfalls] == [
        item.plannable for item in explain(reading_of(world(), None), Asked()).waterfalls
    ]
    assert "locks" in explain_object(found)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("asked", [Asked(), Asked(hotspot="HAL"), Asked(zone="5343"), Asked(day=2)])
def test_everything_is_said_in_every_language(language: Language, asked: Asked) -> None:
    roster = b.lines("HAL", P1="E......")
    found = explain(reading_of(world(locks=(b.lock("P1", 0, "L"), b.lock("P1", 1, "E"))), roster), asked)
    lines = "\n".join(explain_lines(found, language))
    assert {Language.EN: "locks", Language.FR: "verrous", Language.NL: "vergrendelingen"}[language] in lines
    shown = explain_object(found)
    assert json.loads(json.dumps(shown)) == shown
    assert bool(shown["missing"]) is (asked.zone is None), "zone 5343 has no hotspot that could miss anything"
    for item in shown["waterfalls"]:
        assert sum(step["change"] for step in item["steps"]) == item["plannable"]
