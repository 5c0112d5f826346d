"""The capacity of several homes side by side: what can be planned of everybody's hours, against what is asked there."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from scheduler.messages.formats import hours, number
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.cascade import Cascade, Fall
from scheduler.report.page.pictures.shares import NOTHING, key
from scheduler.report.page.svg import WIDE, Svg, ticks

_LEFT, _RIGHT, _ROW, _BAR, _TOP = 320.0, 260.0, 36.0, 22.0, 12.0
_LABEL = 44
"""Letters of a home that have room beside its bar."""


def together(title: str, found: Sequence[Cascade]) -> Cascade:
    """The sum of several homes that have the same steps. Raises ValueError where their steps differ."""
    falls = tuple(
        Fall(steps[0].label, sum(step.minutes for step in steps), sum(step.change for step in steps))
        for steps in zip(*(each.falls for each in found), strict=True)
    )
    return Cascade(title, falls, sum(each.minimum or 0 for each in found), sum(each.target or 0 for each in found))


def homes_figure(title: str, says: str, found: Sequence[Cascade], t: Texts) -> Figure:
    """A bar for each home: everybody's hours as its frame, what can be planned as its full part, and two lines for what is asked.
    The table has every step of every home."""
    keys = (
        ("need", t("waterfall_headcount")), ("bar", t("waterfall_plannable")),
        ("least", t("asked_minimum")), ("line-asked", t("asked_target")),
    )  # fmt: skip
    return Figure(title, says, _picture(title, found, t), _table(title, found, t), key(keys))


def _picture(title: str, found: Sequence[Cascade], t: Texts) -> Markup:
    most = max(
        [1, *(max(fall.minutes for fall in each.falls) for each in found), *(each.target or 0 for each in found)]
    )
    steps, room = ticks(most / 60), WIDE - _LEFT - _RIGHT
    base = _TOP + _ROW * len(found)
    drawing = Svg(WIDE, base + 26, title, "page-wide")

    def x(minutes: int) -> float:
        return _LEFT + room * minutes / 60 / steps[-1]

    for step in steps:
        drawing.line(x(round(step * 60)), _TOP - 6, x(round(step * 60)), base, "grid" if step else "axis")
        drawing.text(x(round(step * 60)), base + 17, number(step, t.language), "mid s soft")
    for place, each in enumerate(found):
        top, whole, left = _TOP + _ROW * place, each.falls[0].minutes, each.falls[-1].minutes
        drawing.text(_LEFT - 12, top + 16, _cut(each.home), "e")
        drawing.rect(x(0), top, x(whole) - x(0), _BAR, "need edged")
        drawing.rect(x(0), top + 4, x(left) - x(0), _BAR - 8, "bar")
        for minutes, kind in ((each.minimum, "least"), (each.target, "line-asked")):
            if minutes is not None:
                drawing.line(x(minutes), top - 4, x(minutes), top + _BAR + 4, kind)
        said = (
            t("hours_figure", hours=hours(left, t.language)) if each.target is None
            else t("page_of_asked", left=hours(left, t.language), asked=hours(each.target, t.language))
        )  # fmt: skip
        drawing.text(x(max(whole, each.target or 0)) + 8, top + 16, said, "s halo")
    return drawing.markup()


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…"


def _table(title: str, found: Sequence[Cascade], t: Texts) -> Table:
    def row(label: str, minutes: Sequence[int | None]) -> tuple[str, ...]:
        return (label, *(NOTHING if each is None else hours(each, t.language) for each in minutes))

    first, *changes, last = (tuple(each) for each in zip(*(each.falls for each in found), strict=True))
    rows = [row(first[0].label, [fall.minutes for fall in first])]
    for falls in changes:
        if any(fall.change for fall in falls):
            cells = (f"{'+' if fall.change > 0 else '−' if fall.change < 0 else ''}{hours(abs(fall.change), t.language)}"
                     for fall in falls)  # fmt: skip
            rows.append((falls[0].label, *cells))
    rows.append(row(last[0].label, [fall.minutes for fall in last]))
    rows.append(row(t("asked_minimum"), [each.minimum for each in found]))
    rows.append(row(t("asked_target"), [each.target for each in found]))
    return Table(title, heads(t("page_step"), *(each.home for each in found)), tuple(rows))
