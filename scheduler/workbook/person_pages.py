"""A workbook to print: a page for each person with the duties of each week, hours, nights, weekends and absences.

It holds no facts and no roster to read back; on each page there is nobody else.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.messages.formats import figure
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.workbook import style
from scheduler.workbook.day_marks import day_marks
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.style import MOST_BREAKS, Look, shift_colours
from scheduler.workbook.template import BOOK_OPTIONS

_WIDTHS = (17, *[14] * 7, 9, 8)
_LAST = len(_WIDTHS) - 1
_HOURS_AT, _NIGHTS_AT = 8, 9
_WEEK_HEIGHT = 46.0
_FIGURES = (
    ("balance_in", style.SIGNED_HOURS),
    ("due_h", style.HOURS),
    ("planned_h", style.HOURS),
    ("of_which_elsewhere", style.HOURS),
    ("balance_out", style.SIGNED_HOURS),
    ("nights", "0"),
    ("weekends", "0"),
    ("holidays", "0"),
    ("requests_asked", "0"),
    ("requests_granted", "0"),
)


def write_person_pages(
    path: str | os.PathLike[str],
    instance: Instance,
    roster: Roster,
    staff: Sequence[str],
    language: Language,
    created: dt.datetime | None = None,
) -> None:
    """Write the pages of these people in this order, in a language. Replaces an existing file; raises :class:`OutputError`."""
    with replacing_whole(path) as content:
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        book.set_properties(
            {"title": instance.title, "created": created or dt.datetime.now(dt.UTC).replace(tzinfo=None)}
        )
        pages, texts = _Pages(instance, roster, Texts(language), Look(book)), Texts(language)
        most = MOST_BREAKS + 1
        for number, start in enumerate(range(0, max(1, len(staff)), most), start=1):
            title = texts("pages_sheet")
            sheet = book.add_worksheet(title if number == 1 else f"{title} {number}")
            pages.write(sheet, staff[start : start + most])
        book.close()


@dataclass(frozen=True)
class _Pages:
    instance: Instance
    roster: Roster
    texts: Texts
    look: Look

    def write(self, sheet: Worksheet, staff: Sequence[str]) -> None:
        style.printed(sheet, self.texts, self.instance.title or "Vigie", paper=style.A4)
        widths = (*_WIDTHS[:-1], style.head_width(self.texts(_FIGURES[_LAST][0]), _WIDTHS[-1]))
        style.to_scale(sheet, widths, style.A4_ACROSS_MM)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        row, breaks = 0, []
        for person in staff:
            if row:
                breaks.append(row)
            row = self._person(sheet, row, person)
        sheet.set_h_pagebreaks(breaks)
        sheet.print_area(0, 0, max(row - 1, 0), len(_WIDTHS) - 1)

    def _person(self, sheet: Worksheet, row: int, staff: str) -> int:
        """Write a page; returns the row below it."""
        member, texts, calendar = self.instance.person[staff], self.texts, self.instance.calendar
        sheet.set_row(row, 28)
        sheet.write_string(row, 0, " · ".join(part for part in (staff, member.name) if part), self.look.title)
        first, last = (texts.long_date(calendar.date(day)) for day in (0, calendar.days - 1))
        terms = (
            texts("period", first=first, last=last, days=calendar.days),
            " ".join(
                part for part in (member.organisation, self.instance.organisation[member.organisation].name) if part
            ),
            f"{member.contract}, {texts('fte')} {figure(member.fte, texts.language)}",
            ", ".join(member.roles),
        )
        sheet.write_string(row + 1, 0, " · ".join(part for part in terms if part), self.look.note)
        row = self._weeks(sheet, row + 3, staff)
        return self._figures(sheet, row + 1, staff) + 1

    def _weeks(self, sheet: Worksheet, row: int, staff: str) -> int:
        texts, calendar, head = self.texts, self.instance.calendar, self.look.head_centred
        names = (texts("blocks_dates"), *map(texts.weekday_number, range(7)), texts("hours"), texts("nights"))
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, head)
        for monday, _ in calendar.weeks():
            row += 1
            sheet.set_row(row, _WEEK_HEIGHT)
            on = calendar.date(monday)
            week = f"{texts('week', number=on.isocalendar().week)}\n{on:%d/%m}–{calendar.date(monday + 6):%d/%m}"
            sheet.write_string(row, 0, week, self._shape(bold=True, align="left", indent=1))
            for weekday in range(7):
                if 0 <= monday + weekday < calendar.days:
                    sheet.write_string(row, 1 + weekday, *self._day(staff, monday + weekday))
                else:
                    sheet.write_blank(row, 1 + weekday, None, self._shape(bg_color=style.BAND))
            days = range(max(0, monday), min(calendar.days, monday + 7))
            sheet.write_number(row, _HOURS_AT, self._minutes(staff, days) / 60, self._shape(num_format=style.HOURS))
            sheet.write_number(row, _NIGHTS_AT, self._nights(staff, days), self._shape(num_format="0;;–"))
        return row + 1

    def _day(self, staff: str, day: int) -> tuple[str, Format]:
        """What stands in a day's cell, and how it looks."""
        calendar = self.instance.calendar
        lines = [f"{calendar.date(day):%d/%m}"]
        shape: dict[str, object] = {"bg_color": style.PAPER}
        if calendar.is_holiday(day):
            shape = {"bg_color": style.HOLIDAY}
        elif calendar.weekday(day) >= 5:
            shape = {"bg_color": style.WEEKEND}
        duties = [a for a in self.roster.line(staff) if a.day == day]
        for a in duties:
            fill, ink = self._colours[a.shift]
            shape = {"bg_color": fill, "font_color": ink, "bold": True}
            lines += [style.clock_span(self.instance.shift[a.shift]), f"{a.shift} {a.hotspot}"]
        if not duties and (mark := self._marks.get((staff, day))):
            lines.append(mark)
        return "\n".join(lines), self._shape(**shape)

    def _figures(self, sheet: Worksheet, row: int, staff: str) -> int:
        figures, before = self._statistics.people[staff], self.instance.counter[staff]
        values = {
            "balance_in": before.hours_balance,
            "due_h": figures.due / 60,
            "planned_h": figures.planned / 60,
            "of_which_elsewhere": figures.elsewhere / 60,
            "balance_out": before.hours_balance + (figures.planned - figures.due) / 60,
            "nights": figures.nights,
            "weekends": figures.weekends,
            "holidays": figures.holidays,
            "requests_asked": figures.requests,
            "requests_granted": figures.granted,
        }
        sheet.set_row(row, 30)
        for column, (key, shape) in enumerate(_FIGURES):
            sheet.write_string(row, column, self.texts(key), self.look.head_centred)
            sheet.write_number(row + 1, column, values[key], self._shape(num_format=shape, bold=True))
        sheet.set_row(row + 1, 20)
        row += 3
        sheet.write_string(row, 0, self.texts.sheet("Absences"), self.look.section)
        for column in range(1, len(_WIDTHS)):
            sheet.write_blank(row, column, None, self.look.section)
        spells = self._absences(staff) or [self.texts("nobody")]
        for spell in spells:
            row += 1
            sheet.write_string(row, 0, spell, self.look.of(indent=1))
        return row + 1

    def _absences(self, staff: str) -> list[str]:
        """The absences that touch the period: ``02/03 00:00 – 05/03 24:00 (leave)``."""
        calendar, texts, found = self.instance.calendar, self.texts, []
        for absence in sorted(self.instance.absences, key=lambda absence: absence.start):
            if absence.staff == staff and absence.start < calendar.end and absence.end > 0:
                start, end = calendar.local(absence.start), calendar.local(absence.end)
                until = f"{end:%d/%m %H:%M}"
                if end.time() == dt.time():
                    until = f"{end - dt.timedelta(days=1):%d/%m} 24:00"
                word = texts("elsewhere" if absence.counts_as_work else "leave")
                found.append(f"{start:%d/%m %H:%M} – {until} {word}")
        return found

    def _minutes(self, staff: str, days: range) -> int:
        """Paid minutes of the duties and the duties elsewhere of these days."""
        duties = sum(self.instance.duty(*a.key).paid_min for a in self.roster.line(staff) if a.day in days)
        return duties + sum(item.paid_min for item in self.instance.commitments[staff] if item.day in days)

    def _nights(self, staff: str, days: range) -> int:
        nights = self._statistics.nights[self.instance.person[staff].contract]
        return sum(a.key in nights for a in self.roster.line(staff) if a.day in days)

    def _shape(self, **more: object) -> Format:
        shape = {"border": 1, "border_color": style.LINE, "align": "center", "text_wrap": True}
        return self.look.of(**{**shape, **more})

    @cached_property
    def _statistics(self) -> StaffStatistics:
        return StaffStatistics(self.instance, self.roster)

    @cached_property
    def _marks(self) -> dict[tuple[str, int], str]:
        return dict(day_marks(self.instance, self.texts))

    @cached_property
    def _colours(self) -> dict[str, tuple[str, str]]:
        return shift_colours(self.instance.shifts)
