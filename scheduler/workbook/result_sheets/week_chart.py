"""The picture of the week: mean heads planned against those asked, for each of its 168 hours."""

from __future__ import annotations

import math

from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from scheduler.problem.facts import Category
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page

FIGURES = "_figures"
_HEIGHT = 230
"""Pixels of one chart."""
_GAP = 10


def add(page: Page, sheet: Worksheet, row: int, column: int, *, width: int) -> int:
    """Put a chart for each category that is asked for, one under the other; returns the pixels they take."""
    texts = page.texts
    categories = [category for category in Category if category.value in page.grid.roles]
    if not categories:
        return 0
    data = page.book.add_worksheet(FIGURES)
    data.hide()
    for hour in range(168):
        data.write_string(1 + hour, 0, texts.weekday_number(hour // 24))
    for index, category in enumerate(categories):
        first = 1 + 3 * index
        for offset, key in enumerate(("planned", "asked_minimum", "asked_target")):
            data.write_string(0, first + offset, texts(key))
        for hour, heads in enumerate(page.grid.week(category.value)):
            for offset, value in enumerate(heads):
                data.write_number(1 + hour, first + offset, round(value, 3))
        place = {"object_position": 2, "y_offset": (_HEIGHT + _GAP) * index}
        sheet.insert_chart(row, column, _chart(page, category, first, width), place)
    return (_HEIGHT + _GAP) * len(categories)


def _chart(page: Page, category: Category, first: int, width: int) -> Chart:
    asked = page.book.add_chart({"type": "area"})
    lines = page.book.add_chart({"type": "line"})

    def series(column: int, **shape: object) -> dict[str, object]:
        return {
            "name": [FIGURES, 0, column],
            "categories": [FIGURES, 1, 0, 168, 0],
            "values": [FIGURES, 1, column, 168, column],
            **shape,
        }

    asked.add_series(series(first + 2, fill={"color": "#D9E2EE"}, border={"none": True}))
    lines.add_series(series(first + 1, line={"color": style.MUTED, "width": 1.25, "dash_type": "square_dot"}))
    lines.add_series(series(first, line={"color": "#C2410C", "width": 1.75}))
    asked.combine(lines)
    title = f"{page.texts('chart_title')} · {page.texts(category.value)}"
    asked.set_title({"name": title, "name_font": {"size": 10, "bold": True, "color": style.INK}, "overlay": False})
    font = {"size": 8, "color": style.MUTED}
    days = {"interval_unit": 24, "interval_tick": 24, "label_position": "low"}
    asked.set_x_axis({**days, "num_font": font, "line": {"color": style.LINE}})
    highest = max(max(heads) for heads in page.grid.week(category.value))
    heads = {"min": 0, "major_unit": max(1, math.ceil(highest / 6))}
    grid = {"visible": True, "line": {"color": style.LINE}}
    asked.set_y_axis({**heads, "num_font": font, "major_gridlines": grid})
    asked.set_legend({"position": "bottom", "font": font})
    asked.set_size({"width": width, "height": _HEIGHT})
    asked.set_chartarea({"border": {"none": True}})
    return asked
