"""What is missing at each level: what is proven missing whatever roster is made, and what this roster misses more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scheduler.messages.formats import hours, number, percent
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.shares import NOTHING, key
from scheduler.report.page.svg import WIDE, Svg, ticks

_ROW, _RIGHT = 34.0, 330.0
_ABOVE, _BELOW = 30.0, 40.0
"""Units of a panel above its bars, for its title, and below, for its axis."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A bar: minutes missing in the best roster, at least missing in any (None: nothing is proven), asked, and the least and the
    most over the seeds where they differ."""

    name: str
    value: int
    bound: int | None
    required: int
    seeds: tuple[int, int] | None = None

    @property
    def proven(self) -> bool:
        return self.bound is not None and self.value <= self.bound


Panels = Sequence[tuple[str, Sequence[Interval]]]
"""The bars of each level, which have one scale."""


def interval_figure(title: str, says: str, panels: Panels, t: Texts) -> Figure:
    """A panel for each level, in it a bar for each row: full up to the bound and hatched up to the value."""
    words = key((("bar", t("page_key_proven")), ("open-bar", t("page_key_open"))))
    return Figure(title, says, _picture(title, panels, t), _table(title, panels, t), words)


def _picture(title: str, panels: Panels, t: Texts) -> Markup:
    longest = max(len(row.name) for _, rows in panels for row in rows)
    left = min(330.0, 24 + 9.5 * longest)
    height = sum(_ABOVE + _ROW * len(rows) + _BELOW for _, rows in panels)
    drawing, top = Svg(WIDE, height, title, "page-wide"), 0.0
    for level, rows in panels:
        _panel(drawing, top, left, level, rows, t)
        top += _ABOVE + _ROW * len(rows) + _BELOW
    return drawing.markup()


def _panel(drawing: Svg, top: float, left: float, level: str, rows: Sequence[Interval], t: Texts) -> None:
    most = max(max(row.value, row.bound or 0) for row in rows) / 60
    steps = ticks(most) if most else [0.0]
    room = WIDE - left - _RIGHT
    base = top + _ABOVE + _ROW * len(rows)

    def x(minutes: float) -> float:
        return left + room * minutes / 60 / (steps[-1] or 1)

    drawing.text(left, top + 18, level, "b")
    for step in steps:
        drawing.line(x(step * 60), top + _ABOVE - 4, x(step * 60), base, "grid" if step else "axis")
        drawing.text(x(step * 60), base + 16, number(step, t.language, 0 if step.is_integer() else 1), "mid s soft")
    drawing.text(x(steps[-1] * 60) + 32, base + 16, t("compare_hours_missing"), "s soft")
    for place, row in enumerate(rows):
        high = top + _ABOVE + _ROW * place
        bound = min(row.bound or 0, row.value)
        drawing.text(left - 14, high + 16, row.name, "e")
        drawing.rect(x(0), high, x(bound) - x(0), 22, "bar")
        drawing.rect(x(bound), high, x(row.value) - x(bound), 22, "open-bar")
        drawing.text(x(row.value) + 9, high + 16, _said(row, t), "halo")


def _said(row: Interval, t: Texts) -> str:
    value = hours(row.value, t.language)
    if row.proven:
        return t("page_hours_proven", hours=value)
    if row.bound is None:
        return t("page_hours_unknown", hours=value)
    return t("page_hours_open", hours=value, bound=hours(row.bound, t.language))


def _table(title: str, panels: Panels, t: Texts) -> Table:
    names = [t("head_level"), t("head_strategy"), t("page_missing"), t("page_bound"), t("compare_asked"), t("head_gap")]
    named = any(row.name for _, rows in panels for row in rows)
    seeds = any(row.seeds is not None for _, rows in panels for row in rows)
    rows = tuple(
        (level, *((row.name,) if named else ()), *_cells(row, t), *((_seeds(row, t),) if seeds else ()))
        for level, rows in panels
        for row in rows
    )
    shown = [*names[:1], *(names[1:2] if named else ()), *names[2:], *((t("head_seeds"),) if seeds else ())]
    return Table(title, heads(*shown, first=2 if named else 1), rows, note=t("weighted"))


def _cells(row: Interval, t: Texts) -> tuple[str, ...]:
    if row.bound is None:
        bound = gap = NOTHING
    else:
        bound = hours(row.bound, t.language)
        gap = t("proven") if row.proven else percent((row.value - row.bound) / max(1, row.required), t.language)
    return hours(row.value, t.language), bound, hours(row.required, t.language), gap


def _seeds(row: Interval, t: Texts) -> str:
    return NOTHING if row.seeds is None else f"{hours(row.seeds[0], t.language)} – {hours(row.seeds[1], t.language)}"
