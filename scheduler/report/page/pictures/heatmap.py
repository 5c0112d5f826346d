"""Hotspot by hour of the week: the share of what is asked that is covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from scheduler.analysis.hours_of_week import WeekOfHotspot
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Head, Table
from scheduler.report.page.pictures.shares import LIMITS, NOTHING, shade
from scheduler.report.page.svg import WIDE, Svg

_LEFT, _TOP, _ROW = 246.0, 26.0, 21.0
_HOUR = (WIDE - _LEFT - 2) / 168


def heatmap_figure(
    title: str, week: Mapping[str, WeekOfHotspot], names: Mapping[str, str], order: Sequence[str], t: Texts
) -> Figure:
    """A row for each hotspot in an order, a column for each hour, in the shades of
    :func:`~scheduler.report.page.pictures.shares.share_key`; the table has a row for each hotspot and weekday."""
    found = [code for code in order if code in week]
    return Figure(title, "", _picture(title, week, names, found, t), _table(title, week, found, t))


def _picture(
    title: str, week: Mapping[str, WeekOfHotspot], names: Mapping[str, str], order: Sequence[str], t: Texts
) -> Markup:
    bottom = _TOP + _ROW * len(order)
    drawing = Svg(WIDE, bottom + 20, title, "page-wide")
    for day in range(7):
        drawing.text(_LEFT + _HOUR * (24 * day + 12), 14, t.weekday_number(day), "mid b s")
    pieces: dict[int, list[str]] = {place: [] for place in range(len(LIMITS))}
    for row, code in enumerate(order):
        top = _TOP + _ROW * row
        drawing.text(_LEFT - 10, top + 14.5, _fitted(names[code]), "e s")
        hours = [week[code].covered(hour) for hour in range(168)]
        at = 0
        for kind, run in groupby(hours, lambda share: None if share is None else shade(share)):
            count = len(list(run))
            if kind is not None:
                low, high = _LEFT + _HOUR * at, _LEFT + _HOUR * (at + count)
                pieces[kind].append(f"M{low:.1f} {top + 1:.0f}h{high - low:.1f}v{_ROW - 2:.0f}H{low:.1f}z")
            at += count
    for kind, drawn in pieces.items():
        if drawn:
            drawing.add("path", d="".join(drawn), kind=f"c{kind}")
    for day in range(8):
        drawing.line(_LEFT + _HOUR * 24 * day, _TOP - 4, _LEFT + _HOUR * 24 * day, bottom + 3, "axis")
    for day in range(7):
        for hour in (6, 12, 18):
            x = _LEFT + _HOUR * (24 * day + hour)
            drawing.line(x, bottom, x, bottom + 3, "axis")
            drawing.text(x, bottom + 15, str(hour), "mid s soft")
    return drawing.markup()


def _fitted(name: str) -> str:
    """As much of a name as has room; the table has all of it."""
    return name if len(name) <= 28 else f"{name[:27].rstrip()}…"


def _table(title: str, week: Mapping[str, WeekOfHotspot], order: Sequence[str], t: Texts) -> Table:
    rows = []
    for code in order:
        for day in range(7):
            shares = [week[code].covered(24 * day + hour) for hour in range(24)]
            cells = (NOTHING if share is None else str(int(100 * share + 1e-9)) for share in shares)
            rows.append((f"{code} {t.weekday_number(day)}", *cells))
    head = (Head(t("head_hotspot")), *(Head(f"{hour:02d}") for hour in range(24)))
    return Table(title, head, tuple(rows), note=t("page_heat_note"))
