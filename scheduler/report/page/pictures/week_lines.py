"""Heads planned against heads needed, for each of the 168 hours of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from scheduler.messages.formats import number
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Head, Table
from scheduler.report.page.pictures.shares import key
from scheduler.report.page.svg import WIDE, Svg, ticks

Week = Sequence[tuple[float, float, float]]
"""Mean heads planned, at least asked and aimed at, for each hour of the week from Monday."""

_LEFT, _RIGHT, _PANEL = 46.0, 8.0, 150.0
_HOUR = (WIDE - _LEFT - _RIGHT) / 168


def week_figure(title: str, says: str, weeks: Mapping[str, Week], t: Texts) -> Figure:
    """A panel for each name (that of a strategy; blank where there is one roster), all of one scale."""
    words = (("need", t("asked_target")), ("least", t("asked_minimum")), ("plan", t("planned")))
    return Figure(title, says, _picture(title, weeks, t), _table(title, weeks, t), key(words))


def _picture(title: str, weeks: Mapping[str, Week], t: Texts) -> Markup:
    steps = ticks(max(max(heads) for week in weeks.values() for heads in week), 4)
    height = len(weeks) * (_PANEL + 34) + 30
    drawing = Svg(WIDE, height, title, "page-wide")
    for day in range(7):
        drawing.text(_LEFT + _HOUR * (24 * day + 12), height - 4, t.weekday_number(day), "mid b s")
        for hour in (6, 12, 18):
            drawing.text(_LEFT + _HOUR * (24 * day + hour), height - 22, str(hour), "mid s soft")
    for place, (name, week) in enumerate(weeks.items()):
        _panel(drawing, place * (_PANEL + 34) + 24, name, week, steps, t)
    return drawing.markup()


def _panel(drawing: Svg, top: float, name: str, week: Week, steps: Sequence[float], t: Texts) -> None:
    def y(heads: float) -> float:
        return top + _PANEL * (1 - heads / steps[-1])

    def stairs(column: int) -> list[tuple[float, float]]:
        return [(_LEFT + _HOUR * at, y(heads[column])) for hour, heads in enumerate(week) for at in (hour, hour + 1)]

    base = top + _PANEL
    if name:
        drawing.text(_LEFT, top - 8, name, "b")
    drawing.path([(_LEFT, base), *stairs(2), (_LEFT + _HOUR * 168, base)], "need")
    for step in steps:
        drawing.line(_LEFT, y(step), WIDE - _RIGHT, y(step), "grid" if step else "axis")
        drawing.text(_LEFT - 8, y(step) + 4, number(step, t.language, 0 if step.is_integer() else 1), "e s soft")
    for day in range(8):
        drawing.line(_LEFT + _HOUR * 24 * day, top, _LEFT + _HOUR * 24 * day, base + 6, "axis")
    drawing.path(stairs(1), "least")
    drawing.path(stairs(0), "plan")


def _table(title: str, weeks: Mapping[str, Week], t: Texts) -> Table:
    """Rows for each weekday: what is asked, the same for all, and what is planned in each roster; a column for each hour."""
    asked = next(iter(weeks.values()))
    series = [(t("asked_target"), asked, 2), (t("asked_minimum"), asked, 1)]
    series += [(name or t("planned"), week, 0) for name, week in weeks.items()]
    rows = tuple(
        (
            f"{t.weekday_number(day)}, {name}",
            *(number(week[24 * day + hour][column], t.language, 1) for hour in range(24)),
        )
        for day in range(7)
        for name, week, column in series
    )
    return Table(title, (Head(t("page_hour_of_week")), *(Head(f"{hour:02d}") for hour in range(24))), rows)
