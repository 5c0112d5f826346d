"""The Posts sheet: a printed page for each hotspot and day, to read out at the briefing. Who leads comes first.

It hangs on walls: people stand on it by service number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from xlsxwriter.worksheet import Worksheet

from scheduler.problem.facts import Category
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Assignment
from scheduler.workbook import style
from scheduler.workbook.result_sheets.page import Page
from scheduler.workbook.sheets import POSTS
from scheduler.workbook.style import MOST_BREAKS, shift_colours

_HEAD = 3
_COLUMNS = (
    ("date", 12),
    ("hotspot", 11),
    ("shift", 7),
    ("hours_of_day", 13),
    ("id", 15),
    ("role", 16),
    ("organisation", 13),
    ("phone", 24),
)
_AT = {key: column for column, (key, _) in enumerate(_COLUMNS)}
_PRINTED_FROM = _AT["shift"]
"""Date and hotspot stand before the printed area: they are for the filters, and a page says them in its heading."""
_LINE = 66
"""Characters of a line that runs over the columns from the ids on."""

Block = tuple[int, str]
"""A page: a day and a hotspot."""


def add(page: Page) -> None:
    """One sheet, or several of whole days where one cannot hold so many page breaks."""
    found = _Briefing(page)
    sheets = _in_sheets(found.blocks, MOST_BREAKS + 1)
    for number, blocks in enumerate(sheets, start=1):
        title = page.texts.sheet(POSTS)
        sheet = page.book.add_worksheet(title if number == 1 else f"{title} {number}")
        _Writer(page, found, sheet).write(blocks)


def _in_sheets(blocks: Sequence[Block], most: int) -> list[list[Block]]:
    """The pages of each sheet; a day is on one sheet unless it alone has too many. There is always a sheet."""
    sheets: list[list[Block]] = [[]]
    for _, day in groupby(blocks, key=lambda block: block[0]):
        pages = list(day)
        if sheets[-1] and len(sheets[-1]) + len(pages) > most:
            sheets.append([])
        for start in range(0, len(pages), most):
            if start:
                sheets.append([])
            sheets[-1] += pages[start : start + most]
    return sheets


@dataclass(frozen=True)
class _Briefing:
    """What stands on the pages."""

    page: Page

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The days in order, each with the hotspots at which somebody is asked for or stands."""
        calendar, instance = self.page.instance.calendar, self.page.instance
        found = set(self.posted) | set(self.missing)
        for need in instance.needs:
            if need.target:
                days = range(max(0, calendar.day_of(need.start)), calendar.day_of(need.end - 1) + 1)
                found |= {(day, need.hotspot) for day in days if day < instance.days}
        return tuple(
            (day, spot.code) for day in range(instance.days) for spot in instance.hotspots if (day, spot.code) in found
        )

    @cached_property
    def posted(self) -> Mapping[Block, Sequence[Assignment]]:
        """The duties of a page: by start, in each shift the leads, then police, then the others."""
        instance = self.page.instance
        shifts = sorted(instance.shifts, key=lambda shift: (shift.start, shift.end))
        turn = {shift.code: index for index, shift in enumerate(shifts)}
        order = list(Category)
        found: dict[Block, list[Assignment]] = defaultdict(list)
        for a in self.page.roster:
            found[a.day, a.hotspot].append(a)
        return {
            block: sorted(
                duties,
                key=lambda a: (turn[a.shift], not self.leads(a), order.index(instance.category(a.staff)), a.staff),
            )
            for block, duties in found.items()
        }

    def leads(self, a: Assignment) -> bool:
        """Whether the person holds a role that the demand of the place asks for by name."""
        return not self.asked[a.hotspot].isdisjoint(self.page.instance.person[a.staff].roles)

    @cached_property
    def asked(self) -> Mapping[str, frozenset[str]]:
        """The roles that the demand of a hotspot names, beside police and others."""
        found: dict[str, set[str]] = {spot.code: set() for spot in self.page.instance.hotspots}
        for row in self.page.instance.demand:
            if row.role not in set(Category):
                found[row.hotspot].add(row.role)
        return {code: frozenset(roles) for code, roles in found.items()}

    @cached_property
    def absent(self) -> Mapping[Block, Sequence[str]]:
        """The people who could stand at a hotspot and are absent that day, on leave or elsewhere, without a duty on it."""
        instance, calendar = self.page.instance, self.page.instance.calendar
        on_duty = {(a.staff, a.day) for a in self.page.roster}
        away: set[tuple[str, int]] = set()
        for absence in instance.absences:
            first, last = calendar.day_of(absence.start), calendar.day_of(absence.end - 1)
            away |= {(absence.staff, day) for day in range(max(0, first), min(instance.days - 1, last) + 1)}
        places = {staff: allowed_hotspots(instance, staff) for staff, _ in away}
        found: dict[Block, list[str]] = defaultdict(list)
        for staff, day in sorted(away - on_duty):
            for hotspot in places[staff]:
                found[day, hotspot].append(staff)
        return found

    @cached_property
    def missing(self) -> Mapping[Block, Sequence[str]]:
        """What is missing, clipped to the day: ``14:00–22:00 police −1``."""
        calendar = self.page.instance.calendar
        heads: dict[Block, dict[tuple[int, int, str], int]] = defaultdict(lambda: defaultdict(int))
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


@dataclass(frozen=True)
class _Writer:
    page: Page
    found: _Briefing
    sheet: Worksheet

    def write(self, blocks: Sequence[Block]) -> None:
        self._set_up()
        row, breaks = _HEAD + 1, []
        for block in blocks:
            if row > _HEAD + 1:
                breaks.append(row)
            row = self._block(row, block)
        self.sheet.set_h_pagebreaks(breaks)
        last = max(row - 1, _HEAD + 1)
        self.sheet.print_area(_HEAD, _PRINTED_FROM, last, len(_COLUMNS) - 1)
        self.sheet.autofilter(_HEAD, 0, last, len(_COLUMNS) - 1)

    def _set_up(self) -> None:
        page, sheet, texts = self.page, self.sheet, self.page.texts
        style.printed(sheet, texts, page.title, head=(_HEAD, _HEAD), paper=style.A4)
        style.portrait(sheet, [width for _, width in _COLUMNS[_PRINTED_FROM:]])
        sheet.set_default_row(18)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{texts('posts_title')} · {page.title}", page.look.title)
        sheet.write_string(1, 0, texts("posts_note"), page.look.note)
        for column, (key, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD, column, texts(key), page.look.head)
        sheet.freeze_panes(_HEAD + 1, _PRINTED_FROM)

    def _block(self, row: int, block: Block) -> int:
        """Write a page; returns the row below it."""
        day, code = block
        lines = [*self._people(block), *self._rest(block)]
        self._key(row, block)
        self.sheet.set_row(row, 30)
        of = self.page.look.of
        self.sheet.write_string(row, _PRINTED_FROM, self._heading(day, code), of(bold=True, font_size=14))
        for values in lines:
            row += 1
            self._key(row, block)
            for column, (text, shape) in values.items():
                if text:
                    self.sheet.write_string(row, column, text, of(**shape))
                else:
                    self.sheet.write_blank(row, column, None, of(**shape))
        return row + 1

    def _heading(self, day: int, code: str) -> str:
        instance, texts = self.page.instance, self.page.texts
        on = instance.calendar.date(day)
        holiday = instance.calendar.holidays.get(on)
        place = f"{code} {instance.hotspot[code].name}".strip()
        return " · ".join([place, f"{texts.weekday(on)} {texts.long_date(on)}", *([holiday] if holiday else [])])

    def _key(self, row: int, block: Block) -> None:
        """What the filters find the row by."""
        of, (day, code) = self.page.look.of, block
        on = self.page.instance.calendar.date(day)
        self.sheet.write_datetime(row, 0, on, of(font_color=style.MUTED, num_format=style.DATE, align="left", indent=1))
        self.sheet.write_string(row, 1, code, of(font_color=style.MUTED, indent=1))

    def _people(self, block: Block) -> Iterator[dict[int, tuple[str, dict[str, Any]]]]:
        """A line for each duty: cells by column, with their looks."""
        instance = self.page.instance
        cell = {"bottom": 1, "bottom_color": style.LINE, "indent": 1}
        before = ""
        for a in self.found.posted.get(block, ()):
            member, lead = instance.person[a.staff], self.found.leads(a)
            fill, ink = self._colours[a.shift]
            asked = self.found.asked[a.hotspot]
            roles = sorted(member.roles, key=lambda role: role not in asked)
            top = {"top": 2, "top_color": style.INK} if a.shift != before else {}
            before = a.shift
            shape = {**cell, **top, "bold": lead}
            texts = {
                "id": a.staff,
                "role": ", ".join(roles),
                "organisation": member.organisation,
                "phone": "",
            }
            line: dict[int, tuple[str, dict[str, Any]]] = {_AT[key]: (text, shape) for key, text in texts.items()}
            line[_AT["shift"]] = (a.shift, {**shape, "bold": True, "bg_color": fill, "font_color": ink})
            line[_AT["hours_of_day"]] = (style.clock_span(instance.shift[a.shift]), shape)
            yield line

    def _rest(self, block: Block) -> Iterator[dict[int, tuple[str, dict[str, Any]]]]:
        """Nobody, what is missing, who is absent: a label, and lines over the columns beside it."""
        texts, found = self.page.texts, self.found
        bad = {"bg_color": style.BAD[0], "font_color": style.BAD_INK[0], "indent": 1}
        if not found.posted.get(block):
            yield {_AT["shift"]: (texts("nobody"), {"indent": 1})}
        for gap in found.missing.get(block, ()):
            cells = dict.fromkeys(range(_PRINTED_FROM, len(_COLUMNS)), ("", bad))
            yield {**cells, _AT["shift"]: (texts("missing"), {**bad, "bold": True}), _AT["id"]: (gap, bad)}
        label = texts("absent")
        for line in _lines(found.absent.get(block, ())):
            muted = {"font_color": style.MUTED, "indent": 1}
            yield {_AT["shift"]: (label, muted), _AT["id"]: (line, muted)}
            label = ""

    @cached_property
    def _colours(self) -> Mapping[str, tuple[str, str]]:
        return shift_colours(self.page.instance.shifts)


def _lines(names: Sequence[str]) -> list[str]:
    """Names in lines with commas between them; none is broken."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) + 3 <= _LINE:
            lines[-1] += f", {name}"
        else:
            if lines:
                lines[-1] += ","
            lines.append(name)
    return lines
