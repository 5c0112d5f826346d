"""The page of one roster: whether it is fit for use, what it covers, what is proven of it, and nobody's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.analysis.assessment import LevelReview
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Organisation, OrganisationKind
from scheduler.problem.roster import Roster
from scheduler.report.page.capacity import capacity
from scheduler.report.page.roster_page import roster_page
from scheduler.report.terminal import audit_lines
from scheduler.workflows.review import Review, review
from tests.builders import lines, make, person
from tests.report.page.comparisons import HOSTILE, worked, world
from tests.report.page.elements import Element, parsed
from tests.workflows.readings import reading_of


@pytest.fixture(scope="module")
def found() -> Review:
    """A roster of which something is missing, and of which something is proven."""
    instance = world(named=HOSTILE)
    plain = review(reading_of(instance, worked(instance)))
    levels = tuple(
        LevelReview(each.name, each.value, each.value // 2, each.required, True)
        for each in plain.levels
    )  # fmt: skip
    short = plain.assessment.short_minutes
    return replace(plain, findings=(), levels=levels, short_bound=short // 2)


def verdict(page: str) -> str:
    return parsed(page).all("section")[0].all("ul")[0].text


@pytest.mark.parametrize("language", Language)
def test_the_page_has_every_section_and_names_nobody(found: Review, language: Language) -> None:
    page = roster_page(HOSTILE, found, language)
    tree = parsed(page)
    assert not tree.all("script")
    assert tree.all("html")[0].attributes["lang"] == str(language)
    assert [each.attributes["id"] for each in tree.all("section")] == [
        "result", "where", "when", "people", "shortages", "how",
    ]  # fmt: skip
    assert "SECRET" not in page
    assert "Jansen" not in page
    for figure in tree.shown:
        assert figure.all("svg")
        assert figure.all("table")


def test_of_targets_that_are_points_no_level_is_told() -> None:
    """It would say that nothing is missing, proven, whatever is missing."""
    instance = world().replace(parameters={"demand.short_cost_per_minute": 5.0})
    judged = review(reading_of(instance, worked(instance)))
    assert [level.name for level in judged.levels] == ["police_minimum", "non_police_minimum", "targets", "quality"]
    rows = [row.all("th", "td")[0].text for row in parsed(roster_page("Midi", judged, Language.EN)).all("tr")]
    assert "Police minimum" in rows
    assert "Targets" not in rows
    assert not [line for line in audit_lines(judged, Language.EN, every=False) if line.strip().startswith("Targets")]


@pytest.mark.parametrize("language", Language)
def test_the_capacity_of_everybody_is_drawn(found: Review, language: Language) -> None:
    cascades = capacity(found.instance, Texts(language))
    assert len(cascades) >= 2
    for cascade in cascades:
        first, *falls = cascade.falls
        assert first.change == first.minutes
        assert first.minutes + sum(fall.change for fall in falls) == falls[-1].minutes
        assert cascade.target is not None
    tree = parsed(roster_page(HOSTILE, found, language, cascades=cascades))
    (section,) = [each for each in tree.all("section") if each.attributes["id"] == "capacity"]
    assert [each.all("caption")[0].text for each in section.all("table")] == [cascade.title for cascade in cascades]


def test_what_is_missing_and_proven_is_said(found: Review) -> None:
    short = found.assessment.short_minutes
    said = verdict(roster_page("Midi", found, Language.EN))
    assert said.startswith("Every hard rule holds. ")
    assert f"leaves less than {short // 2 // 60}" in said


def test_a_broken_roster_is_not_fit_for_use_and_nothing_is_proven_of_it() -> None:
    instance = make(7, people=2)
    broken = review(reading_of(instance, lines(P1="NE.....")))
    assert broken.violations
    page = roster_page("Midi", broken, Language.EN)
    assert verdict(page).startswith("Not fit for use: hard rules are broken in 2 places.")
    assert "proven: at least" not in page


def test_a_roster_that_covers_everything_has_no_table_of_shortages() -> None:
    instance = make(7, people=1)
    page = roster_page("Midi", review(reading_of(instance, Roster.of([]))), Language.EN)
    assert verdict(page) == "Every hard rule holds and the whole demand is covered."
    assert "Nothing is missing." in page


def test_the_longest_stretches_of_the_gravest_level_come_first(found: Review) -> None:
    (table,) = [each for each in parsed(roster_page("Midi", found, Language.EN)).all("table") if "gravest" in each.text]
    rows = [[cell.text for cell in row.children] for row in table.all("tbody")[0].all("tr")]
    assert len(rows) == 15
    police = [float(row[6]) for row in rows if row[1] == "Police minimum"]
    assert police == sorted(police, reverse=True)
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=["Police minimum", "Targets"].index)


def figure(tree: Element, title: str) -> Element:
    return next(each for each in tree.shown if each.all("h3")[0].text == title)


def test_the_heatmap_and_the_map_show_what_is_missing(found: Review) -> None:
    """Person-minutes asked and missing agree between the table of the map, the sum of the shortages and the levels."""
    tree = parsed(roster_page("Midi", found, Language.EN))
    rows = figure(tree, "Coverage by hotspot").all("tbody")[0].all("tr")
    missing = sum(float(row.children[4].text.replace(",", "")) for row in rows)
    assert missing == pytest.approx(found.assessment.short_minutes / 60, abs=0.1 * len(rows))
    heat = figure(tree, "Coverage by hour of the week")
    assert len(heat.all("tbody")[0].all("tr")) == 3 * 7


def test_those_who_may_help_everywhere_are_part_of_the_capacity(found: Review) -> None:
    """Federal police have no hotspot of their own, and stand at those of others; who may stand nowhere is left out."""
    federal = Organisation(code="FED", kind=OrganisationKind.FEDERAL)
    idle = Organisation(code="5349", kind=OrganisationKind.POLICE_ZONE)
    instance = found.instance.replace(
        organisations=(*found.instance.organisations, federal, idle),
        staff=(*found.instance.staff, person("F1", organisation="FED"), person("Z1", organisation="5349")),
    )
    (theirs,) = [each for each in capacity(instance, Texts(Language.EN)) if each.target is None]
    assert (theirs.home, theirs.people, theirs.minimum) == ("FED", 1, None)
    assert theirs.falls[-1].minutes > 0
