"""The Roster sheet: people × dates, each cell a shift and a hotspot, with live colours and live totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.difference import day_text, roster_cells
from scheduler.messages.formats import figure
from scheduler.problem.facts import Category
from scheduler.workbook import style
from scheduler.workbook.day_marks import day_marks
from scheduler.workbook.result_sheets import legend
from scheduler.workbook.result_sheets.page import Group, Page
from scheduler.workbook.sheets import ROSTER
from scheduler.workbook.style import shift_colours

_LEGEND_STEP = 3
"""Day columns that one shift takes in the legend."""
_ONE_PAGE_DAYS, _PAGE_DAYS = 42, 28
"""Days that are printed on the width of one page, and on each page of a longer horizon."""


def add(page: Page) -> None:
    sheet = page.book.add_worksheet(page.texts.sheet(ROSTER))
    writer = _Writer(page, sheet)
    writer.set_up()
    writer.head()
    for group in page.layout.groups:
        writer.group(group)
    writer.foot()
    writer.live()


@dataclass(frozen=True)
class _Writer:
    page: Page
    sheet: Worksheet

    @property
    def _days(self) -> int:
        return self.page.instance.days

    @property
    def _columns(self) -> tuple[str, ...]:
        """What stands above the columns before the first day."""
        texts = self.page.texts
        codes = ("name", "role", "fte", "hours", "difference", "nights", "weekends")
        return (texts.name("column", "staff"), *map(texts, codes))

    def set_up(self) -> None:
        page, sheet, layout = self.page, self.sheet, self.page.layout
        style.printed(sheet, page.texts, page.title, head=(layout.HEAD - 2, layout.HEAD))
        sheet.freeze_panes(layout.HEAD + 1, layout.FIRST_DAY)
        staff = page.instance.staff
        needed = (
            min(24, max([8, *(len(member.id) + 2 for member in staff)])),
            min(28, max([7, *(len(member.name) + 1 for member in staff)])),
            min(24, max([6, *(len(", ".join(member.roles)) + 1 for member in staff)])),
            *(8, 8, 8, 8, 11),
        )
        widths = tuple(map(style.head_width, self._columns, needed))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        longest = max((len(text) for text in self._texts.values()), default=6)
        day_width = max(6.5, min(14, longest * 0.95 + 0.6))
        sheet.set_column(layout.FIRST_DAY, layout.FIRST_DAY + self._days - 1, day_width)
        sheet.set_row(0, 28)
        if self._days > _ONE_PAGE_DAYS:
            breaks = self._page_breaks()
            sheet.repeat_columns(0, 2)
            style.to_scale(sheet, (*widths, *[day_width] * breaks[0]))
            sheet.set_v_pagebreaks([layout.column(day) for day in breaks])

    def _page_breaks(self) -> list[int]:
        """The days that begin a page of a long horizon: every fourth Monday."""
        monday = self.page.instance.calendar.monday(0) % 7
        return list(range(monday + _PAGE_DAYS, self._days, _PAGE_DAYS))

    def head(self) -> None:
        page, sheet, layout, of = self.page, self.sheet, self.page.layout, self.page.look.of
        texts, calendar = page.texts, page.instance.calendar
        sheet.write_string(0, 0, page.title, page.look.title)
        sheet.write_string(1, 0, f"{page.period} · {texts('roster_help')}", page.look.note)
        self._legend()
        for column, name in enumerate(self._columns):
            sheet.write_blank(layout.HEAD - 1, column, None, page.look.head)
            sheet.write_string(layout.HEAD, column, name, self._head_shape(column))
        sheet.write_comment(layout.HEAD, 5, texts("difference_help"), {"author": "Vigie"})
        for day in range(self._days):
            column, on = layout.column(day), calendar.date(day)
            if day == 0 or on.weekday() == 0:
                week = texts("week", number=on.isocalendar().week)
                sheet.write_string(layout.HEAD - 2, column, f"{week} · {texts.month(on)} {on.year}", of(bold=True))
            shade = {"font_color": style.PAPER, "bg_color": style.INK}
            if calendar.is_holiday(day):
                shade = {"font_color": style.INK, "bg_color": style.HOLIDAY}
                sheet.write_comment(layout.HEAD, column, calendar.holidays[on], {"author": "Vigie"})
            elif on.weekday() >= 5:
                shade = {"font_color": style.INK, "bg_color": "#C3CDDB"}
            box = {"bold": True, "align": "center", **self._edge(day), **shade}
            sheet.write_string(layout.HEAD - 1, column, texts.weekday(on), of(**box))
            sheet.write_datetime(layout.HEAD, column, on, of(num_format="dd/mm", **box))

    def _head_shape(self, column: int) -> Format:
        made = self.page.look
        return made.head if column < 3 else made.head_right if column < 6 else made.head_centred

    def _legend(self) -> None:
        sheet, layout, of = self.sheet, self.page.layout, self.page.look.of
        colours = shift_colours(self.page.instance.shifts)
        column = layout.FIRST_DAY
        for shift in self.page.instance.shifts:
            fill, ink = colours[shift.code]
            sheet.write_string(2, column, shift.code, of(bold=True, align="center", bg_color=fill, font_color=ink))
            sheet.write_string(2, column + 1, style.clock_span(shift), of(font_color=style.MUTED, font_size=9))
            column += _LEGEND_STEP
        sheet.write_blank(2, column, None, of(border=2, border_color=style.INK))
        sheet.write_string(2, column + 1, self.page.texts("locked"), of(font_color=style.MUTED, font_size=9))

    def group(self, group: Group) -> None:
        page, sheet, layout = self.page, self.sheet, self.page.layout
        row = layout.row[group.members[0].id] - 1
        band = page.look.of(bold=True, bg_color=style.BAND, top=1, top_color=style.INK)
        organisation = page.instance.organisation[group.organisation]
        contract = page.instance.contract(group.members[0].id)
        named = " ".join(part for part in (group.organisation, organisation.name) if part)
        terms = " ".join(part for part in (group.contract, contract.name) if part)
        fte = sum(member.fte for member in group.members)
        said = figure(fte, page.texts.language)
        count = f"{len(group.members)} {page.texts('people')}, {said} {page.texts('fte')}"
        sheet.write_string(row, 1, f"{named} · {terms} · {count}", band)
        for column in (0, *range(2, layout.column(self._days))):
            sheet.write_blank(row, column, None, band)
        for member in group.members:
            self._person(member.id)

    def _person(self, staff: str) -> None:
        page, sheet, row = self.page, self.sheet, self.page.layout.row[staff]
        member, figures = page.instance.person[staff], page.figures.people[staff]
        plain, number = page.look.text, page.look.number
        centred = number("0", align="center", indent=0)
        sheet.write_string(row, 0, staff, page.look.key)
        sheet.write_string(row, 1, member.name, plain)
        sheet.write_string(row, 2, ", ".join(member.roles), plain)
        sheet.write_number(row, 3, member.fte, number("0.##"))
        planned, target = figures.planned / 60, page.figures.target(staff) / 60
        hours = xl_rowcol_to_cell(row, 4)
        sheet.write_formula(row, 4, legend.hours_formula(page, staff), number(style.HOURS, bold=True), planned)
        sheet.write_formula(row, 5, f"={hours}-{target:.4f}", number(style.SIGNED_HOURS), planned - target)
        sheet.write_formula(row, 6, legend.nights_formula(page, staff), centred, figures.nights)
        sheet.write_formula(row, 7, legend.weekends_formula(page, staff), centred, figures.weekends)
        for day in range(self._days):
            column = page.layout.column(day)
            text, mark = self._texts.get((staff, day), ""), self._marks.get((staff, day), "")
            shape = self._shape(day, locked=(staff, day) in self._locked, marked=not text and bool(mark))
            if text or mark:
                sheet.write_string(row, column, text or mark, shape)
            else:
                sheet.write_blank(row, column, None, shape)

    def foot(self) -> None:
        page, layout = self.page, self.page.layout
        row = layout.foot
        for category, rows in layout.span.items():
            self._foot_row(row, page.texts("on_duty", category=page.texts(category)), {}, title=True)
            row += 1
            counts = self._heads[category]
            shifts = [shift for shift in page.instance.shifts if category in shift.categories]
            for shift in shifts:
                formulas = {
                    day: (legend.count_formula(layout.column(day), rows, shift.code), counts.get((day, shift.code), 0))
                    for day in range(self._days)
                }
                self._foot_row(row, f"{shift.code}  {style.clock_span(shift)}", formulas)
                row += 1
            if shifts:
                sums = {}
                for day in range(self._days):
                    cells = xl_range(row - len(shifts), layout.column(day), row - 1, layout.column(day))
                    sums[day] = (f"=SUM({cells})", sum(counts.get((day, shift.code), 0) for shift in shifts))
                self._foot_row(row, page.texts("all_shifts"), sums, title=True)
            row += 2

    def _foot_row(self, row: int, label: str, formulas: Mapping[int, tuple[str, int]], *, title: bool = False) -> None:
        layout, of = self.page.layout, self.page.look.of
        shape: dict[str, Any] = {"bottom": 1, "bottom_color": style.LINE, "bold": title}
        self.sheet.write_string(row, 1, label, of(**shape))
        for column in (0, *range(2, layout.FIRST_DAY)):
            self.sheet.write_blank(row, column, None, of(**shape))
        for day in range(self._days):
            cell = of(**shape, align="center", num_format="0;;–", bg_color=self._paper(day))
            if day in formulas:
                self.sheet.write_formula(row, layout.column(day), formulas[day][0], cell, formulas[day][1])
            else:
                self.sheet.write_blank(row, layout.column(day), None, cell)

    def live(self) -> None:
        """What follows a hand edit: the colours, and the list of valid texts."""
        page, sheet, layout = self.page, self.sheet, self.page.layout
        if not page.instance.staff:
            return
        first, last = min(layout.row.values()), max(layout.row.values())
        area = (first, layout.FIRST_DAY, last, layout.column(self._days - 1))
        corner = str(xl_rowcol_to_cell(first, layout.FIRST_DAY))
        for code, (fill, ink) in shift_colours(page.instance.shifts).items():
            shape = page.book.add_format({"bg_color": fill, "font_color": ink})
            rule = {
                "type": "formula",
                "criteria": legend.shift_test(corner, code),
                "format": shape,
                "stop_if_true": True,
            }
            sheet.conditional_format(*area, rule)
        wrong = page.book.add_format({"bg_color": "#D64A43", "font_color": style.PAPER, "bold": True})
        test = f'=AND(LEN({corner})>0,LEFT({corner},1)<>"(",{corner}<>"-")'
        sheet.conditional_format(*area, {"type": "formula", "criteria": test, "format": wrong})
        choice = {
            "validate": "list",
            "input_title": page.texts("code_title")[:32],
            "input_message": page.texts("code_help"),
            "error_type": "warning",
            "error_message": page.texts("code_error"),
        }
        for begins, ends, name in legend.lists_of_days(page):
            sheet.data_validation(
                first, layout.column(begins), last, layout.column(ends), choice | {"source": f"={name}"}
            )

    # -- what stands in the cells -----------------------------------------------------------------------------------

    @cached_property
    def _texts(self) -> Mapping[tuple[str, int], str]:
        calendar = self.page.instance.calendar
        cells = roster_cells(calendar, self.page.roster)
        return {(staff, calendar.day(on)): day_text(duties) for (staff, on), duties in cells.items()}

    @cached_property
    def _marks(self) -> Mapping[tuple[str, int], str]:
        return day_marks(self.page.instance, self.page.texts)

    @cached_property
    def _locked(self) -> frozenset[tuple[str, int]]:
        instance = self.page.instance
        return frozenset((lock.staff, instance.calendar.day(lock.date)) for lock in instance.locks)

    @cached_property
    def _heads(self) -> Mapping[Category, Mapping[tuple[int, str], int]]:
        heads: dict[Category, dict[tuple[int, str], int]] = {category: {} for category in Category}
        for assignment in self.page.roster:
            counts = heads[self.page.instance.category(assignment.staff)]
            counts[assignment.key] = counts.get(assignment.key, 0) + 1
        return heads

    # -- how the cells look -----------------------------------------------------------------------------------------

    def _paper(self, day: int) -> str:
        calendar = self.page.instance.calendar
        if calendar.is_holiday(day):
            return style.HOLIDAY
        return style.WEEKEND if calendar.weekday(day) >= 5 else style.PAPER

    def _edge(self, day: int) -> dict[str, Any]:
        edge: dict[str, Any] = {"border": 1, "border_color": style.LINE}
        if self.page.instance.calendar.weekday(day) == 0:
            edge |= {"left": 1, "left_color": style.INK}
        return edge

    def _shape(self, day: int, *, locked: bool, marked: bool) -> Format:
        key = (day, locked, marked)
        if key not in self._shapes:
            shape: dict[str, Any] = {"align": "center", "font_size": 9, "bg_color": self._paper(day), **self._edge(day)}
            if marked:
                shape |= {"font_color": style.MUTED, "italic": True, "shrink": True}
            if locked:
                shape |= {"bold": True, "border": 2, "border_color": style.INK}
            self._shapes[key] = self.page.look.of(**shape)
        return self._shapes[key]

    @cached_property
    def _shapes(self) -> dict[tuple[int, bool, bool], Format]:
        return {}
