"""The Posts sheet: for each day a block to read out at the briefing: hotspot × shift, who stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.worksheet import Worksheet

from scheduler.problem.facts import Category, Shift
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page
from scheduler.workbook.style import shift_colours

_FIRST_WIDTH = 22
_SHIFT_WIDTH = 25
_MISSING_WIDTH = 24
_LINE = 13.5
"""Points of height of a line of text."""
_PRINTED_HEIGHT_MM = 235
"""What is used of the 269 mm that an A3 page in landscape leaves between the margins: not every program heeds a row's height."""


def add(page: Page) -> None:
    _Writer(page, page.book.add_worksheet(page.texts.sheet("Posts"))).write()


@dataclass(frozen=True)
class _Writer:
    page: Page
    sheet: Worksheet

    def write(self) -> None:
        page, sheet, texts = self.page, self.sheet, self.page.texts
        shifts = len(self._shifts)
        style.printed(sheet, texts, page.title, head=(0, 0))
        sheet.set_column(0, 0, _FIRST_WIDTH)
        if shifts:
            sheet.set_column(1, shifts, _SHIFT_WIDTH)
        sheet.set_column(shifts + 1, shifts + 1, _MISSING_WIDTH)
        sheet.write_string(0, 0, f"{texts('posts_title')} · {page.title}", page.look.title)
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, texts("posts_note"), page.look.note)
        sheet.freeze_panes(1, 1)
        sheet.repeat_columns(0)
        # Whole days on a page.
        scale = style.to_scale(sheet, (_FIRST_WIDTH, *[_SHIFT_WIDTH] * shifts, _MISSING_WIDTH))
        room = _PRINTED_HEIGHT_MM / 25.4 * 72 * 100 / scale
        row, used, breaks = 3, 28 + 3 * 15.0, []
        for day in range(page.instance.days):
            heights = self._heights(day)
            needed = 22 + 18 + sum(heights) + 15
            if used + needed > room and used > 100:
                breaks.append(row)
                used = 28.0
            used += needed
            row = self._day(row, day, heights)
        sheet.set_h_pagebreaks(breaks)

    def _day(self, row: int, day: int, heights: list[float]) -> int:
        page, sheet, of, texts = self.page, self.sheet, self.page.look.of, self.page.texts
        on, shifts = page.instance.calendar.date(day), self._shifts
        holiday = page.instance.calendar.holidays.get(on)
        named = f"{texts.weekday(on)} {texts.long_date(on)}" + (f" · {holiday}" if holiday else "")
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, named, of(bold=True, font_size=13))
        row += 1
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, texts("hotspot"), page.look.head)
        colours = shift_colours(page.instance.shifts)
        for column, shift in enumerate(shifts, start=1):
            fill, ink = colours[shift.code]
            head = of(bold=True, bg_color=fill, font_color=ink, border=1, border_color=style.LINE, indent=1)
            sheet.write_string(row, column, f"{shift.code}  {style.clock_span(shift)}", head)
        sheet.write_string(row, len(shifts) + 1, texts("missing"), page.look.head)
        grid = {
            "border": 1,
            "border_color": style.LINE,
            "valign": "vcenter",
            "text_wrap": True,
            "align": "left",
            "indent": 1,
        }
        for hotspot, height in zip(page.instance.hotspots, heights, strict=True):
            row += 1
            sheet.set_row(row, height)
            sheet.write_string(row, 0, f"{hotspot.code}\n{hotspot.name}".strip(), of(**grid, bold=True))
            for column, shift in enumerate(shifts, start=1):
                text = self._text(day, hotspot.code, shift.code)
                if text:
                    sheet.write_string(row, column, text, of(**grid))
                else:
                    sheet.write_blank(row, column, None, of(**grid, bg_color="#F7F9FB"))
            gaps = self._missing.get((day, hotspot.code), [])
            shape = of(**grid, bg_color=style.BAD[0], font_color=style.BAD_INK[0]) if gaps else of(**grid)
            sheet.write_string(row, len(shifts) + 1, "\n".join(gaps), shape)
        return row + 2

    def _heights(self, day: int) -> list[float]:
        heights = []
        for hotspot in self.page.instance.hotspots:
            lines = [2, len(self._missing.get((day, hotspot.code), []))]
            lines += [self._text(day, hotspot.code, shift.code).count("\n") + 1 for shift in self._shifts]
            heights.append(min(400.0, max(lines) * _LINE + 3))
        return heights

    def _text(self, day: int, hotspot: str, shift: str) -> str:
        """Police on the first lines, the others on lines of their own; no line breaks within a name."""
        found = self._posted.get((day, hotspot, shift), {})
        return "\n".join(line for category in Category for line in _lines(found.get(category, ())))

    @cached_property
    def _shifts(self) -> tuple[Shift, ...]:
        """The shifts that somebody works; all of them in an empty roster."""
        worked = {assignment.shift for assignment in self.page.roster}
        return tuple(shift for shift in self.page.instance.shifts if shift.code in worked) or self.page.instance.shifts

    @cached_property
    def _posted(self) -> Mapping[tuple[int, str, str], Mapping[Category, list[str]]]:
        posted: dict[tuple[int, str, str], dict[Category, list[str]]] = defaultdict(dict)
        for a in self.page.roster:
            member = self.page.instance.person[a.staff]
            named = f"{a.staff} [{', '.join(member.roles)}]" if member.roles else a.staff
            here = posted[a.day, a.hotspot, a.shift]
            here.setdefault(self.page.instance.category(a.staff), []).append(named)
        return posted

    @cached_property
    def _missing(self) -> Mapping[tuple[int, str], list[str]]:
        """What is missing by day and hotspot, clipped to the day: ``14:00–22:00 police −1``."""
        calendar = self.page.instance.calendar
        heads: dict[tuple[int, str], dict[tuple[int, int, str], int]] = defaultdict(lambda: defaultdict(int))
        for item in self.page.shortages:
            for day in range(calendar.day_of(item.start), calendar.day_of(item.end - 1) + 1):
                start, end = max(item.start, calendar.minute(day)), min(item.end, calendar.minute(day + 1))
                # Heads below the minimum and those between minimum and target are listed apart: together they are the gap.
                heads[day, item.hotspot][start, end, item.role] += item.heads_missing
        return {key: [self._gap(*gap, found[gap]) for gap in sorted(found)] for key, found in heads.items()}

    def _gap(self, start: int, end: int, role: str, heads: int) -> str:
        local = self.page.instance.calendar.local
        until = f"{local(end):%H:%M}"
        until = "24:00" if until == "00:00" else until
        return f"{local(start):%H:%M}–{until} {self.page.role_name(role)} −{heads}"


def _lines(names: Sequence[str]) -> list[str]:
    """Names set in lines of a cell's width, with commas between them."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) + 3 <= _SHIFT_WIDTH:
            lines[-1] += f", {name}"
        else:
            if lines:
                lines[-1] += ","
            lines.append(name)
    return lines
