"""How something is spread over the people: bars of how many have how much of it, one panel under the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from scheduler.messages.formats import number
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.svg import THIRD, Svg

_LEFT, _PANEL, _GAP = 4.0, 84.0, 54.0
_MOST_BARS = 15

Counts = Mapping[int, int]
"""How many people have each value."""


def histogram_figure(
    title: str, says: str, unit: Callable[[int], str], found: Mapping[str, Counts], t: Texts, *, step: int = 1,
    word: Callable[[int], str] = str,
) -> Figure:  # fmt: skip
    """A panel for each name (that of a strategy; blank where there is one roster), all of one scale. ``step`` is the distance of
    two values, ``word`` what is written under one, ``unit`` what they are in such steps."""
    values = [value for counts in found.values() for value in counts]
    low, high = min(values, default=0), max(values, default=0)
    while (high - low) // step >= _MOST_BARS:
        step *= 2
    low = low // step * step
    grouped = {name: _grouped(counts, step) for name, counts in found.items()}
    shown = range(low, high + 1, step)
    picture = _picture(title, unit(step), grouped, shown, word, t)
    rows = tuple(
        (word(value), *(number(counts.get(value, 0), t.language) for counts in grouped.values())) for value in shown
    )
    names = [name or t("people") for name in grouped]
    return Figure(title, says, picture, Table(title, heads(unit(step), *names), rows))


def _grouped(counts: Counts, step: int) -> Counts:
    found: dict[int, int] = {}
    for value, people in counts.items():
        found[value // step * step] = found.get(value // step * step, 0) + people
    return found


def _picture(
    title: str, unit: str, found: Mapping[str, Counts], values: range, word: Callable[[int], str], t: Texts
) -> Markup:
    most = max((people for counts in found.values() for people in counts.values()), default=1)
    bar = (THIRD - 2 * _LEFT) / len(values)
    height = len(found) * (_PANEL + _GAP) + 38
    drawing = Svg(THIRD, height, title)
    every = max(1, -(-len(values) // 8))
    for place, (name, counts) in enumerate(found.items()):
        base = place * (_PANEL + _GAP) + _GAP + _PANEL
        if name:
            drawing.text(_LEFT, base - _PANEL - 24, name, "b")
        for at, value in enumerate(values):
            x, people = _LEFT + bar * at, counts.get(value, 0)
            tall = _PANEL * people / most
            drawing.rect(x + 1, base - tall, bar - 2, tall, "bar")
            if people and bar >= 18:
                drawing.text(x + bar / 2, base - tall - 4, number(people, t.language), "mid s soft")
            if at % every == 0 and place == len(found) - 1:
                drawing.text(x + bar / 2, base + 15, word(value), "mid s soft")
        drawing.line(_LEFT, base, THIRD - _LEFT, base, "axis")
    drawing.text(THIRD - _LEFT, height - 4, unit, "e s soft")
    return drawing.markup()
