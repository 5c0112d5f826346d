"""The sheet of staffing curves: what each strategy misses at least with more or fewer people in each pool, drawn too."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.staffing_curve import POINTS, StaffingCurve
from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category
from scheduler.vocabulary.constraints import Level
from scheduler.workbook import style
from scheduler.workbook.table_book import HEAD, Column, Line, TableBook

_FIRST = 4
"""Column of the first number of people."""
_CHART_ROWS = 18


def staffing_sheet(book: TableBook, found: StrategyComparison) -> None:
    """A line for each level and pool that it depends on; below, a chart of the targets of each strategy."""
    columns = [
        Column("head_strategy", 14, bold=True),
        Column("staffing_pool", 26),
        Column("category", 13),
        Column("level", 22),
        *(Column("", 10, "#,##0", said=f"{number:+d}" if number else "0") for number in POINTS),
    ]
    lines: list[Line] = []
    drawn: list[tuple[str, int, int]] = []
    for each in found.rostered:
        targets = list(_lines(book.texts, each, targets=True))
        drawn += [(each.name, HEAD + 1 + len(lines), len(targets))] if targets else []
        lines += [*targets, *_lines(book.texts, each, targets=False)]
    sheet = book.list("compare_sheet_staffing", columns, lines, "compare_none")
    sheet.write_string(1, 0, book.texts("staffing_note"), book.look.note)
    for place, (name, first, count) in enumerate(drawn):
        sheet.insert_chart(HEAD + 3 + len(lines) + place * _CHART_ROWS, 0, _chart(book, sheet, name, first, count))


def pool_name(curve: StaffingCurve) -> str:
    """The organisations whose people a pool has."""
    return " + ".join(dict.fromkeys(group.organisation for group in curve.groups))


def _lines(texts: Texts, each: Compared, *, targets: bool) -> Iterator[Line]:
    curves = () if each.curves is None else each.curves.curves
    for curve in curves:
        category = curve.groups[0].category
        minimum = Level.POLICE_MINIMUM if category is Category.POLICE else Level.NON_POLICE_MINIMUM
        level = Level.TARGETS if targets else minimum
        if level in curve.short:
            figures = [_hours(curve.point(level, number)) for number in POINTS]
            yield [each.name, pool_name(curve), texts.name("choice", category.value), texts(level.code), *figures]


def _chart(book: TableBook, sheet: Worksheet, name: str, first: int, count: int) -> Chart:
    """Lines of the targets missing at least, one for each pool."""
    chart = book.book.add_chart({"type": "line"})
    last = _FIRST + len(POINTS) - 1
    for row in range(first, first + count):
        chart.add_series(
            {
                "name": [sheet.name, row, 1],
                "categories": [sheet.name, HEAD, _FIRST, HEAD, last],
                "values": [sheet.name, row, _FIRST, row, last],
                "line": {"width": 1.75},
                "marker": {"type": "automatic"},
            }
        )
    chart.set_title({"name": f"{name}: {book.texts('staffing_chart')}", "name_font": {"size": 11}})
    chart.set_x_axis({"name": book.texts("staffing_people")})
    chart.set_y_axis(
        {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": style.LINE}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 20 * (_CHART_ROWS - 1)})
    return chart


def _hours(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / 60, 1)
