"""The hotspots on a map: the area of a circle is what is asked there, its shade the share that is covered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from scheduler.analysis.strategy_figures import Place
from scheduler.messages.formats import hours, number
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Hotspot
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.shares import shade, whole_percent
from scheduler.report.page.svg import HALF, Svg

_MARGIN = 66.0
_MOST_RADIUS, _LEAST_RADIUS = 17.0, 4.0
_TALLEST, _FLATTEST = 580.0, 260.0
_KM_PER_DEGREE = 111.2
_LETTER, _LINE = 7.5, 14.0
"""Units of a letter and of a line of the labels."""
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class _Circle:
    """A hotspot on the paper: where it lies (``home_x``, ``home_y``), where its circle is drawn, and its label."""

    x: float
    y: float
    radius: float
    home_x: float
    home_y: float
    label: str
    kind: int


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def map_figure(title: str, spots: Sequence[Hotspot], places: Mapping[str, Place], t: Texts, most: int) -> Figure:
    """The map, in the shades of :func:`~scheduler.report.page.pictures.shares.share_key`, and a table of all hotspots. ``most``
    are the person-minutes of the largest circle, so that several maps are of one scale. Where no hotspot has coordinates there is
    no drawing."""
    asked = [spot for spot in spots if places[spot.code].asked]
    on_map = [spot for spot in asked if spot.lat is not None and spot.lon is not None]
    missing = len(asked) - len(on_map)
    note = t("page_not_on_map", count=missing) if missing else ""
    rows = tuple(_cells(spot, places[spot.code], t) for spot in asked)
    names = ("head_hotspot", "name", "head_municipality", "compare_asked", "compare_short", "covered")
    table = Table(title, heads(*map(t, names), first=3), rows)
    picture = _picture(title, on_map, places, t, most) if on_map else Markup("")
    return Figure(title, note, picture, table)


def _cells(spot: Hotspot, place: Place, t: Texts) -> tuple[str, ...]:
    figures = hours(place.asked, t.language), hours(place.short, t.language)
    return (spot.code, spot.name, spot.municipality, *figures, whole_percent(place.covered, t.language))


def _picture(title: str, spots: Sequence[Hotspot], places: Mapping[str, Place], t: Texts, most: int) -> Markup:
    circles, height, scale = _laid_out(spots, places, t, most)
    drawing = Svg(HALF, height, title)
    drawing.rect(0, 0, HALF, height, "ground")
    for circle in circles:
        if math.hypot(circle.x - circle.home_x, circle.y - circle.home_y) > 3:
            drawing.line(circle.home_x, circle.home_y, circle.x, circle.y, "lead")
    for circle in circles:
        drawing.add("circle", cx=circle.x, cy=circle.y, r=circle.radius, kind=f"spot c{circle.kind}")
    taken = [_around(circle) for circle in circles]
    for circle in sorted(circles, key=lambda each: -_crowd(each, circles)):
        x, y, anchor, box = _best_label(circle, taken, height)
        taken.append(box)
        line = _line(circle, box)
        if line is not None:
            drawing.path(list(line), "lead")
        drawing.text(x, y, circle.label, f"s halo {anchor}".strip())
    _scale_bar(drawing, height, scale, t)
    return drawing.markup()


def _laid_out(
    spots: Sequence[Hotspot], places: Mapping[str, Place], t: Texts, most: int
) -> tuple[list[_Circle], float, float]:
    """The circles, the height of the drawing, and the units of a kilometre. Equal distances in both directions."""
    middle = sum(spot.lat or 0.0 for spot in spots) / len(spots)
    xs = [(spot.lon or 0.0) * math.cos(math.radians(middle)) * _KM_PER_DEGREE for spot in spots]
    ys = [-(spot.lat or 0.0) * _KM_PER_DEGREE for spot in spots]
    wide, tall = max(max(xs) - min(xs), 0.5), max(max(ys) - min(ys), 0.5)
    scale = min((HALF - 2 * _MARGIN) / wide, (_TALLEST - 2 * _MARGIN) / tall)
    height = max(_FLATTEST, tall * scale + 2 * _MARGIN)
    left = (HALF - (max(xs) - min(xs)) * scale) / 2 - min(xs) * scale
    top = (height - (max(ys) - min(ys)) * scale) / 2 - min(ys) * scale
    circles = []
    for spot, km_x, km_y in zip(spots, xs, ys, strict=True):
        place, x, y = places[spot.code], left + km_x * scale, top + km_y * scale
        radius = max(_LEAST_RADIUS, _MOST_RADIUS * math.sqrt(place.asked / max(1, most)))
        label = f"{spot.code} {whole_percent(place.covered, t.language)}"
        circles.append(_Circle(x, y, radius, x, y, label, shade(place.covered)))
    return _apart(circles), height, scale


def _apart(circles: list[_Circle]) -> list[_Circle]:
    """Circles that would lie on each other are pushed apart, a little at a time, and pulled to where they belong."""
    found = list(circles)
    for _ in range(_ROUNDS):
        for i, one in enumerate(found):
            for j in range(i + 1, len(found)):
                one, other = found[i], found[j]
                far = math.hypot(other.x - one.x, other.y - one.y)
                lack = one.radius + other.radius + 2 - far
                if lack > 0:
                    # Two at the same place part sideways.
                    dx, dy = ((other.x - one.x) / far, (other.y - one.y) / far) if far > 1e-6 else (1.0, 0.0)
                    found[i] = replace(one, x=one.x - dx * lack / 2, y=one.y - dy * lack / 2)
                    found[j] = replace(other, x=other.x + dx * lack / 2, y=other.y + dy * lack / 2)
    return found


def _around(circle: _Circle) -> Box:
    return (circle.x - circle.radius, circle.y - circle.radius, circle.x + circle.radius, circle.y + circle.radius)


def _crowd(circle: _Circle, circles: Sequence[_Circle]) -> int:
    """How many others are near: the most crowded get their labels first."""
    return sum(math.hypot(circle.x - other.x, circle.y - other.y) < 90 for other in circles)


def _best_label(circle: _Circle, taken: Sequence[Box], height: float) -> tuple[float, float, str, Box]:
    """Where the label covers the least of what is drawn already: where its text begins, its anchor, and its box."""
    return min(_places(circle), key=lambda found: _covered(circle, found[3], taken, height))


def _places(circle: _Circle) -> Iterator[tuple[float, float, str, Box]]:
    """Beside the circle first; then above and below it, and further away."""
    long, near = _LETTER * len(circle.label), circle.radius + 4
    for dx, dy, anchor in (
        (near, 4, ""), (-near, 4, "e"), (0, -near - 2, "mid"), (0, near + 11, "mid"), (near - 3, -near + 3, ""),
        (near - 3, near + 6, ""), (-near + 3, -near + 3, "e"), (-near + 3, near + 6, "e"), (near, -11, ""), (near, 18, ""),
        (-near, -11, "e"), (-near, 18, "e"), (0, -near - 17, "mid"), (0, near + 27, "mid"), (0, -near - 34, "mid"),
        (0, near + 43, "mid"), (-30, near + 43, "e"), (30, near + 43, ""),
    ):  # fmt: skip
        x, y = circle.x + dx, circle.y + dy
        left = x - {"": 0.0, "mid": long / 2, "e": long}[anchor]
        yield x, y, anchor, (left, y - _LINE + 3, left + long, y + 3)


def _covered(circle: _Circle, box: Box, taken: Sequence[Box], height: float) -> float:
    """How much of other labels and circles a label lies on, its line too, and how far it is out of the map."""
    shared = sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )
    line = _line(circle, box)
    crossed = 0
    if line is not None:
        (x1, y1), (x2, y2) = line
        steps = [(x1 + (x2 - x1) * part / 8, y1 + (y2 - y1) * part / 8) for part in range(1, 8)]
        crossed = sum(
            left < x < right and low < y < high
            for x, y in steps
            for left, low, right, high in taken
            if (left, low, right, high) != _around(circle)
        )
    outside = max(0.0, 4 - box[0]) + max(0.0, box[2] - HALF + 4) + max(0.0, 4 - box[1]) + max(0.0, box[3] - height + 4)
    return shared + 40 * crossed + 100 * outside


Line = tuple[tuple[float, float], tuple[float, float]]


def _line(circle: _Circle, box: Box) -> Line | None:
    """The thin line to a label that does not stand beside its circle."""
    x = min(max(circle.x, box[0] + 4), box[2] - 4)
    y = box[3] if box[3] < circle.y else box[1] if box[1] > circle.y else circle.y
    far = math.hypot(x - circle.x, y - circle.y)
    if far <= circle.radius + 9:
        return None
    part = circle.radius / far
    return (circle.x + (x - circle.x) * part, circle.y + (y - circle.y) * part), (x, y)


def _scale_bar(drawing: Svg, height: float, scale: float, t: Texts) -> None:
    """A round number of kilometres, bottom left."""
    length = next((km for km in (5.0, 2.0, 1.0, 0.5, 0.2) if km * scale <= HALF / 3), 0.1)
    y, right = height - 14, 14 + length * scale
    drawing.path([(14, y - 5), (14, y), (right, y), (right, y - 5)], "axis")
    digits = 0 if length.is_integer() else 1
    drawing.text((14 + right) / 2, y - 6, f"{number(length, t.language, digits)} km", "mid s soft")
