"""The Coverage sheet: a row for each day, hotspot and role, a cell for each hour, coloured by how it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.workbook import style
from scheduler.workbook.coverage_grid import Moment, Standing
from scheduler.workbook.result_sheets.page import Page

_HEAD = 3
_FIRST_HOUR = 4


def add(page: Page) -> None:
    sheet, texts, calendar = page.book.add_worksheet(page.texts.sheet("Coverage")), page.texts, page.instance.calendar
    style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD))
    sheet.set_column(0, 0, 12.5)
    sheet.set_column(1, 1, 7)
    sheet.set_column(2, 3, 11)
    sheet.set_column(_FIRST_HOUR, _FIRST_HOUR + 23, 5.6)
    sheet.set_column(_FIRST_HOUR + 24, _FIRST_HOUR + 24, 15)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, f"{texts('coverage_title')} · {page.title}", page.look.title)
    sheet.write_string(1, 0, texts("coverage_note"), page.look.note)
    _key(page, sheet)
    heads = (texts("date"), texts("day"), texts("hotspot"), texts("role"))
    for column, name in enumerate(heads):
        sheet.write_string(_HEAD, column, name, page.look.head)
    centred = page.look.of(bold=True, font_color=style.PAPER, bg_color=style.INK, align="center")
    for hour in range(24):
        sheet.write_string(_HEAD, _FIRST_HOUR + hour, f"{hour:02d}", centred)
    sheet.write_string(_HEAD, _FIRST_HOUR + 24, texts("short_h"), page.look.head_right)
    sheet.set_row(_HEAD, 30)
    sheet.freeze_panes(_HEAD + 1, _FIRST_HOUR)
    row = _HEAD
    short = _short_hours(page)
    hours = {key: page.grid.by_hour(*key) for key in page.grid.rows}
    top, under = _Line(page, {"top": 2, "top_color": style.INK}), _Line(page, {"top": 1, "top_color": style.LINE})
    for day in range(page.instance.days):
        on = calendar.date(day)
        for index, ((hotspot, role), moments) in enumerate(hours.items()):
            row += 1
            line = under if index else top
            sheet.write_datetime(row, 0, on, line.of(num_format=style.DATE, align="left", indent=1))
            sheet.write_string(row, 1, texts.weekday(on), line.of(indent=1))
            sheet.write_string(row, 2, hotspot, line.of(bold=True, indent=1))
            sheet.write_string(row, 3, page.role_name(role), line.of(indent=1))
            for hour in range(24):
                line.write(sheet, row, _FIRST_HOUR + hour, moments[24 * day + hour])
            missing = short.get((hotspot, role, day), 0) / 60
            shape = line.of(num_format="#,##0.0;;–", align="right", indent=1, bold=missing > 0)
            sheet.write_number(row, _FIRST_HOUR + 24, missing, shape)
    if row > _HEAD:
        sheet.autofilter(_HEAD, 0, row, _FIRST_HOUR + 24)


def _short_hours(page: Page) -> dict[tuple[str, str, int], int]:
    """Person-minutes below the target, by hotspot, role and day."""
    short: dict[tuple[str, str, int], int] = {}
    for key, stretches in page.grid.rows.items():
        for stretch in stretches:
            missing = max(0, stretch.moment.target - stretch.moment.planned) * stretch.minutes
            if missing:
                place = (*key, stretch.hour // 24)
                short[place] = short.get(place, 0) + missing
    return short


@dataclass(frozen=True)
class _Line:
    """The cells of rows with the same line above them."""

    page: Page
    edge: dict[str, object]
    _shapes: dict[tuple[Standing, int], Format] = field(default_factory=dict)

    def of(self, **properties: object) -> Format:
        return self.page.look.of(**self.edge, **properties)

    def write(self, sheet: Worksheet, row: int, column: int, moment: Moment | None) -> None:
        """An hour that a clock change skips stays empty, and so does one without demand and heads."""
        if moment is None or (moment.standing is Standing.NOT_ASKED and not moment.planned):
            sheet.write_blank(row, column, None, self.of(bg_color="#F7F9FB"))
            return
        key = (moment.standing, moment.missing)
        if key not in self._shapes:
            self._shapes[key] = self.of(**_colours(moment), align="center", font_size=9)
        sheet.write_string(row, column, f"{moment.planned}/{moment.target}", self._shapes[key])


def _colours(moment: Moment) -> dict[str, object]:
    if moment.standing is Standing.BELOW_MINIMUM:
        shade = min(moment.missing, len(style.BAD)) - 1
        return {"bg_color": style.BAD[shade], "font_color": style.BAD_INK[shade], "bold": True}
    fill, ink = {
        Standing.BELOW_TARGET: (style.WARN, style.WARN_INK),
        Standing.ABOVE_MAXIMUM: (style.OVER, style.OVER_INK),
        Standing.MET: (style.GOOD, style.GOOD_INK),
        Standing.NOT_ASKED: (style.PAPER, style.MUTED),
    }[moment.standing]
    return {"bg_color": fill, "font_color": ink}


def _key(page: Page, sheet: Worksheet) -> None:
    column = _FIRST_HOUR
    examples = (
        (Moment(2, 2, 2), "key_met"),
        (Moment(2, 2, 3), "key_target"),
        (Moment(1, 2, 3), "key_minimum"),
        (Moment(4, 2, 3, 3), "key_over"),
    )
    for moment, key in examples:
        shape = page.look.of(**_colours(moment), align="center", font_size=9)
        sheet.write_string(2, column, f"{moment.planned}/{moment.target}", shape)
        sheet.write_string(2, column + 1, page.texts(key), page.look.of(font_color=style.MUTED, font_size=9))
        column += 4
