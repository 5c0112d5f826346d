"""What is missing at a level under each strategy: what is proven missing whatever roster is made, and what this roster misses more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from scheduler.messages.formats import hours, number, percent
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.shares import NOTHING, key
from scheduler.report.page.svg import Svg, ticks

_WIDTH, _ROW, _RIGHT = 1040.0, 40.0, 190.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A row: minutes missing in the best roster, at least missing in any (None: nothing is proven), asked, and the least and the
    most over the seeds where there are several."""

    name: str
    value: int
    bound: int | None
    required: int
    seeds: tuple[int, int] | None = None

    @property
    def proven(self) -> bool:
        return self.bound is not None and self.value <= self.bound


def interval_figure(title: str, says: str, rows: Sequence[Interval], t: Texts) -> Figure:
    """A bar for each row, full up to the bound and hatched up to the value."""
    return Figure(title, says, _picture(title, rows, t), _table(title, rows, t), interval_key(t))


def interval_key(t: Texts) -> Markup:
    return key((("bar", t("page_key_proven")), ("open-bar", t("page_key_open"))))


def _picture(title: str, rows: Sequence[Interval], t: Texts) -> Markup:
    left = min(330.0, 24 + 7.6 * max(len(row.name) for row in rows))
    steps = ticks(max(max(row.value, row.bound or 0) for row in rows) / 60)
    room = _WIDTH - left - _RIGHT
    height = _ROW * len(rows) + 30
    drawing = Svg(_WIDTH, height, title, "page-wide")

    def x(minutes: float) -> float:
        return left + room * minutes / 60 / steps[-1]

    for step in steps:
        drawing.line(x(step * 60), 4, x(step * 60), height - 24, "axis" if not step else "grid")
        drawing.text(x(step * 60), height - 8, number(step, t.language, 0 if step.is_integer() else 1), "mid s soft")
    drawing.text(_WIDTH - _RIGHT + 26, height - 8, t("compare_hours_missing"), "s soft")
    for place, row in enumerate(rows):
        top = 8 + _ROW * place
        bound = min(row.bound or 0, row.value)
        drawing.text(left - 14, top + 16, row.name, "e b")
        drawing.rect(x(0), top, x(bound) - x(0), 22, "bar")
        drawing.rect(x(bound), top, x(row.value) - x(bound), 22, "open-bar")
        drawing.text(x(row.value) + 9, top + 16, _said(row, t))
    return drawing.markup()


def _said(row: Interval, t: Texts) -> str:
    value = hours(row.value, t.language)
    if row.proven:
        return t("page_hours_proven", hours=value)
    return t("page_hours_open", hours=value, bound=NOTHING if row.bound is None else hours(row.bound, t.language))


def _table(title: str, rows: Sequence[Interval], t: Texts) -> Table:
    names = [t("head_strategy"), t("page_missing"), t("page_bound"), t("compare_asked"), t("head_gap")]
    seeds = any(row.seeds is not None for row in rows)
    return Table(
        title,
        heads(*names, *([t("head_seeds")] if seeds else [])),
        tuple((*_cells(row, t), *([_seeds(row, t)] if seeds else [])) for row in rows),
    )


def _cells(row: Interval, t: Texts) -> tuple[str, ...]:
    if row.bound is None:
        bound = gap = NOTHING
    else:
        bound = hours(row.bound, t.language)
        gap = t("proven") if row.proven else percent((row.value - row.bound) / max(1, row.required), t.language)
    return row.name, hours(row.value, t.language), bound, hours(row.required, t.language), gap


def _seeds(row: Interval, t: Texts) -> str:
    return NOTHING if row.seeds is None else f"{hours(row.seeds[0], t.language)} – {hours(row.seeds[1], t.language)}"
