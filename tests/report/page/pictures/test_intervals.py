"""Bars of what is missing: full up to what is proven, hatched up to the value, in the measure of the axis."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.intervals import Interval, interval_figure

T = Texts(Language.EN)


def bars(*rows: Interval) -> dict[str, list[float]]:
    drawing = ElementTree.fromstring(interval_figure("missing", "", [("Targets", rows)], T).picture)
    found: dict[str, list[float]] = {"bar": [], "open-bar": []}
    for each in drawing.iter("rect"):
        found[each.attrib["class"]].append(float(each.attrib["width"]))
    return found


def test_the_full_part_is_proven_and_the_hatched_part_is_not() -> None:
    found = bars(Interval("a", 6000, 1500, 9000), Interval("b", 3000, 3000, 9000))
    (proven, all_proven), (hatched,) = found["bar"], found["open-bar"]
    assert hatched / proven == pytest.approx(3, rel=0.01)
    assert all_proven / proven == pytest.approx(2, rel=0.01)


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars(Interval("a", 0, 0, 9000)) == {"bar": [], "open-bar": []}


def test_without_a_bound_nothing_is_said_to_be_proven() -> None:
    figure = interval_figure("missing", "", [("Targets", [Interval("", 600, None, 9000)])], T)
    assert "10.0 h; nothing is proven" in figure.picture
    assert figure.table.rows == (("Targets", "10.0", "–", "150.0", "–"),)


def test_the_table_tells_gap_and_seeds() -> None:
    rows = [Interval("a", 600, 300, 6000, (600, 900)), Interval("b", 300, 300, 6000)]
    table = interval_figure("missing", "", [("Targets", rows)], T).table
    assert table.rows == (
        ("Targets", "a", "10.0", "5.0", "100.0", "5.00 %", "10.0 – 15.0"),
        ("Targets", "b", "5.0", "5.0", "100.0", "proven", "–"),
    )
    assert len(table.heads) == 7
