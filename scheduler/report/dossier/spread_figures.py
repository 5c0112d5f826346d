"""Pictures and tables of how work is spread over people, with nobody named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from scheduler.analysis.contract_spreads import ContractSpread, Distribution
from scheduler.messages.formats import figure
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.svg import Svg

Part = Callable[[ContractSpread], Distribution | None]
_WIDTH, _LEFT, _ROW, _BAR = 640, 8, 92, 52


def spread_table(title: str, spreads: Sequence[ContractSpread], part: Part, texts: Texts) -> Table:
    keys = ("least", "quarter", "middle", "three", "most")
    names = [texts("contract"), texts("people"), *(texts(f"dossier_head_{key}") for key in keys)]
    return Table(title, heads(*names), tuple(_row(item, part(item), texts) for item in spreads))


def _row(item: ContractSpread, found: Distribution | None, texts: Texts) -> tuple[str, ...]:
    if found is None:
        return (item.contract, str(item.people), texts("dossier_too_few"), "–", "–", "–", "–")
    figures = (found.least, found.quarter, found.middle, found.three_quarters, found.most)
    return (item.contract, str(item.people), *(figure(value, texts.language) for value in figures))


def spread_figure(title: str, spreads: Sequence[ContractSpread], part: Part, texts: Texts) -> Figure | None:
    """A row of bars for each contract, on one scale; None where nothing can be shown."""
    shown = [(item, found) for item in spreads if (found := part(item)) is not None]
    if not shown:
        return None
    table = spread_table(title, spreads, part, texts)
    return Figure(title, texts("dossier_bars_say"), _bars(title, shown, texts), table)


def _bars(title: str, shown: Sequence[tuple[ContractSpread, Distribution]], texts: Texts) -> Markup:
    low = int(min(found.least for _, found in shown))
    high = int(max(found.most for _, found in shown))
    step = min(46.0, (_WIDTH - 2 * _LEFT) / (high - low + 1))
    drawing = Svg(_WIDTH, _ROW * len(shown), title)
    for number, (item, found) in enumerate(shown):
        floor = _ROW * number + 22 + _BAR
        ends = {"least": figure(found.least, texts.language), "most": figure(found.most, texts.language)}
        drawing.text(
            _LEFT,
            floor - _BAR - 8,
            texts("dossier_bars_row", contract=item.contract, people=item.people, **ends),
            "s b",
        )
        most = max(found.counts.values())
        for value, people in found.counts.items():
            x, height = _LEFT + (value - low) * step, max(2.0, (_BAR - 12) * people / most)
            drawing.rect(x + 1, floor - height, step - 2, height, "bar")
            if step >= 16:
                drawing.text(x + step / 2, floor - height - 3, str(people), "s mid")
        drawing.line(_LEFT, floor, _LEFT + (high - low + 1) * step, floor, "axis")
        every = max(1, round(24 / step))
        for value in range(low, high + 1, every):
            drawing.text(_LEFT + (value - low + 0.5) * step, floor + 13, str(value), "s mid soft")
    return drawing.markup()
