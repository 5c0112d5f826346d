"""The capacity waterfall: from the hours of all people down to those that can be planned, against what is required."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from scheduler.messages.formats import hours, number
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.pictures.shares import NOTHING
from scheduler.report.page.svg import WIDE, Svg, ticks

_LEFT, _RIGHT, _ROW, _TOP = 320.0, 130.0, 30.0, 26.0


@dataclass(frozen=True, slots=True)
class Fall:
    """A step: what it is, the person-minutes left after it, and what it changes (the minutes themselves for the first)."""

    label: str
    minutes: int
    change: int


@dataclass(frozen=True, slots=True)
class Cascade:
    """The steps of some people, and the person-minutes required of them: None where nothing is. Of several homes with the same
    ``role`` only the sum is drawn in full; ``people`` is how many there are."""

    title: str
    falls: tuple[Fall, ...]
    minimum: int | None = None
    target: int | None = None
    home: str = ""
    role: str = ""
    people: int = 0


def cascade_figure(found: Cascade, says: str, t: Texts) -> Figure:
    """A bar for each step: full for the first and the last, and between them what each takes away or adds."""
    return Figure(found.title, says, _picture(found, t), _table(found, t))


def _picture(found: Cascade, t: Texts) -> Markup:
    falls = [fall for place, fall in enumerate(found.falls) if fall.change or place in (0, len(found.falls) - 1)]
    required = [(t("asked_minimum"), found.minimum), (t("asked_target"), found.target)]
    needs = [(label, minutes) for label, minutes in required if minutes is not None]
    most = max([1, *(max(fall.minutes, fall.minutes - fall.change) for fall in falls), *(each for _, each in needs)])
    steps, room = ticks(most / 60), WIDE - _LEFT - _RIGHT
    base = _TOP + _ROW * (len(falls) + len(needs))
    drawing = Svg(WIDE, base + 26, found.title, "page-wide")

    def x(minutes: int) -> float:
        return _LEFT + room * minutes / 60 / steps[-1]

    for step in steps:
        drawing.line(x(round(step * 60)), _TOP - 6, x(round(step * 60)), base, "grid" if step else "axis")
        drawing.text(x(round(step * 60)), base + 17, number(step, t.language), "mid s soft")
    for place, fall in enumerate(falls):
        top, before = _TOP + _ROW * place, fall.minutes - fall.change
        drawing.text(_LEFT - 12, top + 15, fall.label, "e" if place not in (0, len(falls) - 1) else "e b")
        if place == 0:
            drawing.rect(x(0), top, x(fall.minutes) - x(0), 20, "bar2")
        elif place == len(falls) - 1:
            drawing.rect(x(0), top, x(fall.minutes) - x(0), 20, "bar")
        else:
            low, high = sorted((before, fall.minutes))
            drawing.rect(x(low), top, x(high) - x(low), 20, "open-bar" if fall.change < 0 else "bar2")
        drawing.text(x(max(before, fall.minutes)) + 8, top + 15, _said(fall, place in (0, len(falls) - 1), t), "s halo")
    for place, (label, minutes) in enumerate(needs, start=len(falls)):
        top = _TOP + _ROW * place
        drawing.text(_LEFT - 12, top + 15, label, "e b")
        drawing.rect(x(0), top, x(minutes) - x(0), 20, "need edged")
        drawing.text(x(minutes) + 8, top + 15, t("hours_figure", hours=hours(minutes, t.language)), "s halo")
    return drawing.markup()


def _said(fall: Fall, whole: bool, t: Texts) -> str:
    return t("hours_figure", hours=hours(fall.minutes, t.language) if whole else _signed(fall.change, t))


def _signed(minutes: int, t: Texts) -> str:
    sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
    return f"{sign}{hours(abs(minutes), t.language)}"


def _table(found: Cascade, t: Texts) -> Table:
    rows = [
        (fall.label, _signed(fall.change, t) if place else NOTHING, hours(fall.minutes, t.language))
        for place, fall in enumerate(found.falls)
    ]
    for label, minutes in ((t("asked_minimum"), found.minimum), (t("asked_target"), found.target)):
        if minutes is not None:
            rows.append((label, NOTHING, hours(minutes, t.language)))
    return Table(found.title, heads(t("page_step"), t("page_changes"), t("page_left")), tuple(rows))
