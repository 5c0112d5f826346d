"""The capacity of several homes: what is drawn of each, and what they are together."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.cascade import Cascade, Fall
from scheduler.report.page.pictures.homes import homes_figure, together
from scheduler.report.page.sections import MANY_HOMES, cascades

T = Texts(Language.EN)


def home(code: str, whole: int, leave: int, target: int | None) -> Cascade:
    falls = (Fall("everybody", whole, whole), Fall("leave", whole - leave, -leave), Fall("left", whole - leave, 0))
    return Cascade(f"{code}: police", falls, target, target, code, "police", 10)


HOMES = (home("A", 6000, 600, 4500), home("B", 3000, 0, 6000), home("C", 1200, 1200, None))


def test_the_whole_is_the_sum_of_its_homes() -> None:
    whole = together("all", HOMES)
    assert [(fall.label, fall.minutes, fall.change) for fall in whole.falls] == [
        ("everybody", 10_200, 10_200), ("leave", 8400, -1800), ("left", 8400, 0),
    ]  # fmt: skip
    assert (whole.minimum, whole.target) == (10_500, 10_500)
    with pytest.raises(ValueError, match="zip"):
        together("all", (HOMES[0], Cascade("other", HOMES[1].falls[:1])))


def test_a_home_has_its_hours_what_can_be_planned_and_what_is_asked() -> None:
    found = homes_figure("Homes", "", HOMES, T)
    drawing = ElementTree.fromstring(found.picture)
    widths = [float(each.attrib["width"]) for each in drawing.iter("rect")]
    assert [round(width / widths[0], 2) for width in widths] == [1.0, 0.9, 0.5, 0.5, 0.2]
    start = float(next(drawing.iter("rect")).attrib["x"])
    asked = [each.attrib["d"] for each in drawing.iter("path") if each.attrib.get("class") == "line-asked"]
    places = [float(path.removeprefix("M").split()[0]) - start for path in asked]
    assert [round(place / widths[0], 2) for place in places] == [0.75, 1.0]
    texts = [(text.attrib["class"], text.text) for text in drawing.iter("text")]
    assert [text for kind, text in texts if kind == "e"] == ["A", "B", "C"]
    assert [text for kind, text in texts if kind == "s halo"] == [
        "90.0 h of 75.0 h asked", "50.0 h of 100.0 h asked", "0.0 h",
    ]  # fmt: skip


def test_the_table_has_every_step_that_changes_something() -> None:
    rows = homes_figure("Homes", "", HOMES, T).table.rows
    assert rows == (
        ("everybody", "100.0", "50.0", "20.0"), ("leave", "−10.0", "0.0", "−20.0"), ("left", "90.0", "50.0", "0.0"),
        ("minimum asked", "75.0", "100.0", "–"), ("target asked", "75.0", "100.0", "–"),
    )  # fmt: skip


def test_many_homes_of_a_role_are_drawn_together_and_few_by_themselves() -> None:
    assert len(HOMES) == MANY_HOMES
    few = [figure.title for figure in cascades(HOMES[:2], T)]
    assert few == ["A: police", "B: police"]
    assert [figure.title for figure in cascades((*HOMES, HOMES[0]), T)] == [
        "All together, police: 40 people", "Home by home: police",
    ]  # fmt: skip
