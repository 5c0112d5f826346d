"""What more or fewer people would change: the hours proven missing against the number of people, a line for each series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scheduler.messages.formats import hours, number
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.shares import NOTHING
from scheduler.report.page.svg import WIDE, Svg, ticks

_LEFT, _RIGHT, _TOP, _PANEL, _BELOW = 76.0, 230.0, 12.0, 300.0, 46.0
_STYLES = 4
"""Kinds of lines in the style sheet, told apart by their dashes."""
_LONGEST = 24
"""Letters of a label; the table has all of it."""
_APART = 17.0
"""Units between two labels at the ends of lines."""


@dataclass(frozen=True, slots=True)
class Point:
    """So many ``people`` more (+) or fewer (−) than today: person-minutes proven missing, and missing in a roster that was made,
    where one was."""

    people: int
    bound: int
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A line: the points of a strategy, of a zone, or of a role, in order of people."""

    name: str
    points: tuple[Point, ...]


def curve_figure(title: str, says: str, series: Sequence[Series], t: Texts) -> Figure:
    """The lines, with a ring at every roster that was made. Series without points are left out."""
    shown = [each for each in series if each.points]
    return Figure(title, says, _picture(title, shown, t) if shown else Markup(""), _table(title, shown, t))


def _picture(title: str, series: Sequence[Series], t: Texts) -> Markup:
    points = [point for each in series for point in each.points]
    steps = ticks(max(max(point.bound, point.value or 0) for point in points) / 60)
    low, high = min(point.people for point in points), max(point.people for point in points)
    drawing = Svg(WIDE, _TOP + _PANEL + _BELOW, title, "page-wide")
    base, room = _TOP + _PANEL, WIDE - _LEFT - _RIGHT

    def x(people: int) -> float:
        return _LEFT + room * (people - low) / max(1, high - low)

    def y(minutes: int) -> float:
        return base - _PANEL * minutes / 60 / steps[-1]

    for step in steps:
        drawing.line(_LEFT, y(round(step * 60)), _LEFT + room, y(round(step * 60)), "grid" if step else "axis")
        drawing.text(_LEFT - 10, y(round(step * 60)) + 4, number(step, t.language), "e s soft")
    for people in _whole_steps(low, high):
        drawing.line(x(people), base, x(people), base + 5, "axis")
        drawing.text(x(people), base + 22, signed(people), "mid s soft")
    if low <= 0 <= high:
        drawing.line(x(0), _TOP, x(0), base, "axis")
    drawing.text(_LEFT, base + 42, t("page_curve_axes"), "s soft")
    ordered = sorted(series, key=lambda found: -found.points[-1].bound)
    for place, each in enumerate(ordered):
        drawing.path([(x(point.people), y(point.bound)) for point in each.points], f"line{place % _STYLES}")
        for point in each.points:
            if point.value is not None:
                drawing.line(x(point.people), y(point.value), x(point.people), y(point.bound), "lead")
                drawing.add("circle", cx=x(point.people), cy=y(point.value), r=5, kind="ring")
    for at, each in zip(_spread([y(each.points[-1].bound) for each in ordered], base), ordered, strict=True):
        drawing.text(
            _LEFT + room + 16, at + 4, each.name if len(each.name) <= _LONGEST else f"{each.name[: _LONGEST - 1]}…"
        )
    return drawing.markup()


def _spread(ends: Sequence[float], lowest: float) -> list[float]:
    """Where labels stand that belong to heights from the top down, so that none lies on another, and none below ``lowest``."""
    found: list[float] = []
    for end in ends:
        found.append(max(end, found[-1] + _APART) if found else end)
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], lowest)
        lowest = found[place] - _APART
    return found


def _whole_steps(low: int, high: int) -> range:
    """About ten multiples of a round number, between two others."""
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (high - low) / step <= 12), 100)
    return range(-(-low // step) * step, high + 1, step)


def signed(people: int) -> str:
    """``+5``, ``−10``, ``0``."""
    return f"{'+' if people > 0 else '−' if people < 0 else ''}{abs(people)}"


def _table(title: str, series: Sequence[Series], t: Texts) -> Table:
    """A row for each number of people; a series has a column for what is proven and, where rosters were made, one for them."""
    columns: list[str] = []
    found: list[dict[int, str]] = []
    for each in series:
        columns.append(each.name)
        found.append({point.people: hours(point.bound, t.language) for point in each.points})
        made = {point.people: hours(point.value, t.language) for point in each.points if point.value is not None}
        if made:
            columns.append(t("page_curve_made", name=each.name))
            found.append(made)
    people = sorted({point.people for each in series for point in each.points})
    rows = tuple((signed(count), *(column.get(count, NOTHING) for column in found)) for count in people)
    return Table(title, heads(t("page_more_people"), *columns), rows)
