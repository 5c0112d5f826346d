"""The map: circles that lie beside each other, areas that are true, labels on the paper, and a scale that is right."""

from __future__ import annotations

import math
import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.analysis.strategy_figures import Place
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Hotspot
from scheduler.report.page.pictures.region_map import map_figure
from scheduler.report.page.svg import HALF
from tests.builders import hotspot

T = Texts(Language.EN)
BRUSSELS = {
    "ANVE": (50.863, 4.354), "MATO": (50.837, 4.366), "YSER": (50.857, 4.352), "QUER": (50.837, 4.347), "VERS": (50.899, 4.384),
    "HAL": (50.833, 4.344), "CLEM": (50.841, 4.329), "PETE": (50.838, 4.288), "ANTO": (50.826, 4.326), "MIDI": (50.836, 4.336),
    "NORD": (50.860, 4.361), "ETAN": (50.857, 4.330), "RIBA": (50.862, 4.340), "BONN": (50.856, 4.337), "PAAL": (50.856, 4.343),
}  # fmt: skip


def drawn(places: dict[str, tuple[float, float]], asked: dict[str, int] | None = None) -> ElementTree.Element:
    spots: list[Hotspot] = [hotspot(code, lat=lat, lon=lon) for code, (lat, lon) in places.items()]
    figures = {code: Place(asked=(asked or {}).get(code, 6000), short=600) for code in places}
    most = max(place.asked for place in figures.values())
    return ElementTree.fromstring(map_figure("a map", spots, figures, T, most).picture)


def circles(drawing: ElementTree.Element) -> list[tuple[float, float, float]]:
    found = [{key: each.attrib[key] for key in ("cx", "cy", "r")} for each in drawing.iter("circle")]
    return [(float(each["cx"]), float(each["cy"]), float(each["r"])) for each in found]


def test_the_circles_of_brussels_lie_beside_each_other_on_the_paper() -> None:
    drawing = drawn(BRUSSELS)
    height = float(drawing.attrib["height"])
    found = circles(drawing)
    assert len(found) == len(BRUSSELS)
    for x, y, radius in found:
        assert radius <= x <= HALF - radius
        assert radius <= y <= height - radius
    for (x1, y1, r1), (x2, y2, r2) in combinations(found, 2):
        assert math.hypot(x1 - x2, y1 - y2) >= r1 + r2 - 0.5


def test_every_label_is_on_the_paper_and_none_lies_on_another() -> None:
    """With the width of letters that the map reckons with, of which texts in a browser take no more."""
    boxes = []
    for each in drawn(BRUSSELS).iter("text"):
        if each.text is None or "km" in each.text:
            continue
        long, kinds = 7.5 * len(each.text), each.attrib["class"].split()
        left = float(each.attrib["x"]) - (long if "e" in kinds else long / 2 if "mid" in kinds else 0)
        boxes.append((left, float(each.attrib["y"]), left + long))
    assert len(boxes) == len(BRUSSELS)
    assert min(left for left, _, _ in boxes) >= 0
    assert max(right for _, _, right in boxes) <= HALF
    for (left, y, right), (other_left, other_y, other_right) in combinations(boxes, 2):
        assert abs(y - other_y) >= 11 or right <= other_left + 0.2 or other_right <= left + 0.2


def test_the_area_is_what_is_asked() -> None:
    far = {"A": (50.80, 4.30), "B": (50.90, 4.30), "C": (50.85, 4.40)}
    radii = [radius for _, _, radius in circles(drawn(far, {"A": 6000, "B": 1500, "C": 3000}))]
    assert radii[0] ** 2 / radii[1] ** 2 == pytest.approx(4, rel=0.05)
    assert radii[0] ** 2 / radii[2] ** 2 == pytest.approx(2, rel=0.05)


def test_the_scale_is_that_of_the_distances() -> None:
    """A tenth of a degree of latitude is 11.1 km, wherever it is."""
    drawing = drawn({"A": (50.80, 4.30), "B": (50.90, 4.30)})
    (_, low, _), (_, high, _) = circles(drawing)
    (length,) = [int(each.text.split()[0]) for each in drawing.iter("text") if each.text and "km" in each.text]
    (bar,) = [each.attrib["d"] for each in drawing.iter("path") if each.attrib["class"] == "axis"]
    first, last = (float(x) for x in re.findall(r"[ML](\d+(?:\.\d)?) ", bar)[1:3])
    assert (low - high) / (last - first) * length == pytest.approx(11.1, rel=0.02)


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-179, 179)), min_size=1, max_size=8))
def test_any_places_can_be_drawn(places: list[tuple[float, float]]) -> None:
    """Also those that are all the same, or as far from each other as the world allows."""
    drawing = drawn({f"S{number}": place for number, place in enumerate(places)})
    assert all(math.isfinite(figure) for circle in circles(drawing) for figure in circle)
    assert "nan" not in ElementTree.tostring(drawing, encoding="unicode")


def test_hotspots_that_nothing_is_asked_of_are_not_shown() -> None:
    spots = [hotspot("A", lat=50.8, lon=4.3), hotspot("B", lat=50.9, lon=4.3)]
    found = map_figure("a map", spots, {"A": Place(asked=60), "B": Place()}, T, 60)
    assert len(circles(ElementTree.fromstring(found.picture))) == len(found.table.rows) == 1
