"""The workbook of ``vigie stress``: what coverage remains, where, on which days and at which hours, and reserves."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator

import xlsxwriter

from scheduler.analysis.stress import EnoughReserves, PlaceStress, Spread, Stress
from scheduler.messages import formats
from scheduler.messages.languages import Language
from scheduler.messages.message import shown
from scheduler.messages.texts import Texts
from scheduler.rules.support.said import role_name
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook import style
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.style import Look
from scheduler.workbook.table_book import HEAD, Column, Line, TableBook
from scheduler.workbook.template import BOOK_OPTIONS

_HOURS, _SHARE, _ONE = "#,##0.0", "0.00%", "0.0"
_CHART_COLUMN = 5
_WIDE = 6
"""Columns that a sentence stretches over."""


def write_stress(path: str | os.PathLike[str], title: str, found: Stress, language: Language) -> None:
    """Write what was simulated. Raises :class:`~scheduler.errors.OutputError` when the file cannot be written; an older one is
    then untouched."""
    with replacing_whole(path) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        writer = _Writer(book, Look(book), Texts(language), title)
        book.set_properties({"title": title})
        writer.summary(found)
        writer.coverage(found)
        writer.days(found)
        writer.risky(found)
        if found.reserves is not None:
            writer.reserves(found.reserves)
        book.close()


class _Writer(TableBook):
    def summary(self, found: Stress) -> None:
        """What was simulated, the coverage of all hotspots, and what became of the duties."""
        sheet = self.sheet("stress_sheet_summary")
        for at, width in enumerate((42, 14, 12, 12, 14, 14, 12, 12, 12)):
            sheet.set_column(at, at, width)
        row = HEAD
        share = formats.percent(found.absence, self.texts.language)
        said = [self.texts("stress_head", count=found.runs, absence=share, duties=found.duties, seed=found.seed)]
        said.append(self.texts(f"strategy_{found.instance.strategy.value}"))
        if found.reliability is not None:
            said.append(self.texts("stress_reliability", share=formats.percent(found.reliability, self.texts.language)))
        for words in (*said, self.texts("stress_note")):
            sheet.merge_range(row, 0, row, _WIDE, words, self.look.wrapped)
            row += 1
        sheet.set_row(row - 1, 30)
        row = self.section(sheet, row + 1, self.texts("stress_levels"))
        sheet.set_row(row, 30)
        columns = [Column("level", 0, bold=True), Column("stress_hours", 0, _HOURS), *_spread_columns(_SHARE)]
        row = self.table(sheet, row, columns, [line[1:] for line in self._levels("", found.whole)])
        row = self.section(sheet, row + 1, self.texts("stress_days_below"))
        sheet.set_row(row, 30)
        days = [Column("", 0, bold=True, said=" "), Column("stress_planned_days", 0, "0"), *_spread_columns(_ONE)[1:]]
        row = self.table(sheet, row, days, [self._days(self.texts("stress_everywhere"), found.whole)])
        row = self.section(sheet, row + 1, self.texts("stress_replaced"))
        for what, count in found.duties_lost():
            sheet.write_string(row, 0, self.texts(f"stress_duties_{what}"), self.look.name)
            sheet.write_number(row, 1, round(count, 1), self.look.number(_ONE))
            row += 1

    def coverage(self, found: Stress) -> None:
        """Every level of every hotspot."""
        columns = [
            Column("head_hotspot", 16, bold=True),
            Column("level", 24),
            Column("stress_hours", 12, _HOURS),
            *_spread_columns(_SHARE),
        ]
        lines = [line for hotspot, place in found.places.items() for line in self._levels(hotspot, place)]
        self.list("stress_sheet_hotspots", columns, lines, "stress_none")

    def _levels(self, hotspot: str, place: PlaceStress) -> Iterator[Line]:
        for level in COVERAGE_LEVELS:
            if (held := place.levels.get(level)) is not None:
                spread = [round(held.planned, 4), *_spread(held.realised, 4)]
                yield [hotspot, self.texts(level.code), round(held.required / 60, 1), *spread]

    def _days(self, name: str, place: PlaceStress) -> Line:
        return [name, place.days_below_planned, *_spread(place.days_below, 1)]

    def days(self, found: Stress) -> None:
        """Each date, how often a minimum is missing on it, drawn too; below, how many such days each hotspot has."""
        calendar = found.instance.calendar
        columns = [
            Column("date", 13, style.DATE), Column("stress_missing_planned", 18), Column("stress_chance", 14, _SHARE)
        ]  # fmt: skip
        yes = self.texts("yes")
        lines: list[Line] = [
            [calendar.date(item.day), yes if item.planned else "", round(item.chance, 4)] for item in found.days
        ]
        sheet = self.list("stress_sheet_days", columns, lines, "stress_none")
        last = HEAD + len(lines)
        chart = self.book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": self.texts("stress_chance"),
                "categories": [sheet.name, HEAD + 1, 0, last, 0],
                "values": [sheet.name, HEAD + 1, 2, last, 2],
                "fill": {"color": style.ACCENT},
                "gap": 40,
            }
        )
        chart.set_title({"name": self.texts("stress_chart"), "name_font": {"size": 11}})
        chart.set_y_axis(
            {
                "num_format": "0%",
                "min": 0,
                "max": 1,
                "major_gridlines": {"visible": True, "line": {"color": style.LINE}},
            }
        )
        chart.set_x_axis({"num_format": style.DATE, "text_axis": True, "num_font": {"rotation": -60}})
        chart.set_legend({"none": True})
        chart.set_size({"width": 760, "height": 320})
        sheet.insert_chart(HEAD, _CHART_COLUMN, chart)
        row = self.section(sheet, last + 2, self.texts("stress_days_below"))
        sheet.set_column(len(columns), 7, 13)
        sheet.set_row(row, 30)
        heads = [
            Column("head_hotspot", 0, bold=True),
            Column("stress_planned_days", 0, "0"),
            *_spread_columns(_ONE)[1:],
        ]
        self.table(sheet, row, heads, [self._days(code, place) for code, place in found.places.items()])

    def risky(self, found: Stress) -> None:
        """The stretches of time most often below a minimum."""
        calendar = found.instance.calendar
        columns = [
            Column("head_hotspot", 16, bold=True), Column("role", 16), Column("date", 13, style.DATE),
            Column("stress_start", 10), Column("stress_end", 10), Column("stress_chance", 14, _SHARE),
            Column("stress_heads", 18, _ONE),
        ]  # fmt: skip
        lines: list[Line] = []
        for item in found.risky:
            start, end = calendar.local(item.start), calendar.local(item.end)
            role = shown(role_name(item.role), self.texts.language)
            lines.append(
                [
                    item.hotspot,
                    role,
                    start.date(),
                    f"{start:%H:%M}",
                    f"{end:%H:%M}",
                    round(item.chance, 4),
                    round(item.missing, 1),
                ]
            )
        self.list("stress_sheet_risky", columns, lines, "stress_no_risk")

    def reserves(self, enough: EnoughReserves) -> None:
        """How many reserves are enough, for each zone and pooled."""
        columns = [
            Column("stress_head_pool", 26, bold=True), Column("stress_head_on_duty", 20, _ONE),
            Column("stress_head_moments", 26, "0"), Column("stress_head_period", 34, "0"),
        ]  # fmt: skip
        moments, period = enough.moments, enough.period
        lines: list[Line] = [
            [zone, round(mean, 1), moments.by_pool[zone], period.by_pool[zone]] for zone, mean in enough.on_duty.items()
        ]
        if len(lines) > 1:
            total = round(sum(enough.on_duty.values()), 1)
            lines.append([self.texts("stress_separate"), total, moments.separate, period.separate])
            lines.append([self.texts("stress_pooled"), total, moments.pooled, period.pooled])
        sheet = self.list("stress_sheet_reserves", columns, lines, "stress_none")
        if len(enough.on_duty) > 1:
            said = self.texts("stress_reserves_say", separate=moments.separate, pooled=moments.pooled)
            sheet.write_string(1, 0, said, self.look.note)


def _spread_columns(shape: str) -> list[Column]:
    heads = ("stress_head_planned", "stress_head_mean", "stress_from", "stress_to")
    percentiles = ("stress_head_low", "stress_head_median", "stress_head_high")
    return [Column(code, 12, shape) for code in (*heads, *percentiles)]


def _spread(spread: Spread, digits: int) -> list[float | None]:
    """The mean, its interval, which a single run does not have, and the percentiles."""
    ends: list[float | None] = [None, None]
    if not math.isinf(spread.margin):
        ends = [round(spread.mean - spread.margin, digits), round(spread.mean + spread.margin, digits)]
    return [
        round(spread.mean, digits),
        *ends,
        *(round(value, digits) for value in (spread.low, spread.median, spread.high)),
    ]
