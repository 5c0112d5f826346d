"""The workbook of ``vigie compare``: what is proven, levels, zones, municipalities, hotspots and people of each strategy."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.analysis.strategy_figures import Place, StrategyFigures, Traded
from scheduler.analysis.verdict import Attained
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.texts import Texts
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook import style
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.staffing_sheet import staffing_sheet
from scheduler.workbook.style import Look
from scheduler.workbook.table_book import HEAD, Column, Line, TableBook
from scheduler.workbook.template import BOOK_OPTIONS

_HOURS, _SHARE = "#,##0.0", "0.0%"


def write_comparison(path: str | os.PathLike[str], title: str, found: StrategyComparison, language: Language) -> None:
    """Write what was compared. Raises :class:`~scheduler.errors.OutputError` when the
    file cannot be written; an older one is then untouched."""
    with replacing_whole(path) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        writer = _Writer(book, Look(book), Texts(language), title)
        book.set_properties({"title": title})
        writer.verdict(found)
        writer.levels(found)
        writer.places(found, "compare_sheet_zones", "head_zone", lambda figures: figures.zones, traded=True)
        writer.places(
            found, "compare_sheet_municipalities", "head_municipality", lambda figures: figures.municipalities
        )
        writer.places(found, "compare_sheet_hotspots", "head_hotspot", lambda figures: figures.hotspots)
        writer.people(found)
        if any(each.curves is not None for each in found.strategies):
            staffing_sheet(writer, found)
        book.close()


class _Writer(TableBook):
    def verdict(self, found: StrategyComparison) -> None:
        """What is proven, in sentences; then what each strategy changes in the facts."""
        sheet = self.sheet("compare_sheet_verdict")
        for at, width in enumerate((22, 14, 14, 14, 18, 14, 14, 18)):
            sheet.set_column(at, at, width)
        row = HEAD
        for words in (*found.sentences(), *found.staffing_sentences()):
            sheet.merge_range(row, 0, row, 7, words.text(self.texts.language), self.look.wrapped)
            sheet.set_row(row, 30)
            row += 1
        row = self.section(sheet, row + 1, self.texts("compare_inputs"))
        sheet.set_row(row, 30)
        columns = [
            Column("head_strategy", 0, bold=True), Column("pooling", 0), Column("lends_percent", 0, "0.#"),
            Column("guarantee", 0), Column("shifts", 0), Column("non_police_used", 0), Column("federal_used", 0),
            Column("without", 0),
        ]  # fmt: skip
        self.table(sheet, row, columns, [self._inputs(each) for each in found.strategies])

    def _inputs(self, each: Compared) -> Line:
        strategy, texts = each.strategy, self.texts
        return [
            strategy.name, texts.name("choice", strategy.pooling.value), strategy.lends_percent if strategy.lends else None,
            texts("yes" if strategy.guarantee else "no") if strategy.lends else "", ", ".join(strategy.shifts),
            texts("yes" if strategy.non_police else "no"), texts("yes" if strategy.federal else "no"),
            ", ".join(strategy.without),
        ]  # fmt: skip

    def levels(self, found: StrategyComparison) -> None:
        """Every level of every strategy, with a chart of the hours missing."""
        lines = [
            self._level(each, self.texts(level.code), attained)
            for level in COVERAGE_LEVELS
            for each in found.rostered
            if (attained := each.level(level.code)) is not None
        ]
        columns = [
            Column("head_strategy", 16, bold=True),
            Column("level", 24),
            Column("head_value", 13, _HOURS),
            Column("head_bound", 13, _HOURS),
            Column("head_required", 13, _HOURS),
            Column("head_gap", 10, "0.00%"),
            Column("head_proof", 12),
            Column("compare_least", 13, _HOURS),
            Column("compare_most", 13, _HOURS),
        ]
        sheet = self.list("compare_sheet_levels", columns, lines, "compare_none")
        if lines:
            sheet.set_h_pagebreaks([HEAD + 2 + len(lines)])
        count = len(found.rostered)
        for place, level in enumerate(COVERAGE_LEVELS if lines else ()):
            chart = self._chart(sheet, self.texts(level.code), HEAD + 1 + place * count, count)
            sheet.insert_chart(HEAD + 3 + len(lines) + place * (5 + 2 * count), 0, chart)

    def _level(self, each: Compared, name: str, level: Attained) -> Line:
        gap = round((level.value - level.bound) / max(1, level.required), 4)
        proven = self.texts("proven") if level.proven else ""
        figures = map(_hours, (level.value, level.bound, level.required))
        return [each.name, name, *figures, gap, proven, _hours(level.least), _hours(level.most)]

    def _chart(self, sheet: Worksheet, name: str, first: int, count: int) -> Chart:
        """Bars of the value and the bound of each strategy, in some rows of the sheet."""
        chart = self.book.add_chart({"type": "bar"})
        for column, colour in ((3, style.MUTED), (2, style.ACCENT)):
            cells = {
                key: [sheet.name, first, at, first + count - 1, at]
                for key, at in (("categories", 0), ("values", column))
            }
            chart.add_series({"name": [sheet.name, HEAD, column], "fill": {"color": colour}, **cells})
        title = Message("labelled", "{label}: {words}", label=name, words=self.texts("compare_hours_missing"))
        chart.set_title({"name": title.text(self.texts.language), "name_font": {"size": 11}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": style.LINE}}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 720, "height": 90 + 35 * count})
        return chart

    def places(
        self, found: StrategyComparison, code: str, head: str, of: Callable[[StrategyFigures], Mapping[str, Place]], *,
        traded: bool = False,
    ) -> None:  # fmt: skip
        """A table of places, each with the hours missing under every strategy; with person-days lent and borrowed where asked."""
        figures = {each.name: each.figures for each in found.rostered if each.figures is not None}
        columns = [
            Column(head, 20, bold=True),
            Column("head_strategy", 16),
            Column("compare_asked", 12, _HOURS),
            Column("compare_short", 12, _HOURS),
            Column("covered", 11, _SHARE),
            Column("compare_police_minimum", 15, _HOURS),
            Column("compare_other_minimum", 15, _HOURS),
            *((Column("head_lent", 16, "0"), Column("head_borrowed", 18, "0")) if traded else ()),
        ]
        lines: list[Line] = []
        more_keys = (zone for each in figures.values() for zone in (each.traded if traded else ()))
        for key in dict.fromkeys((*(key for each in figures.values() for key in of(each)), *more_keys)):
            for name, each in figures.items():
                place, days = of(each).get(key, Place()), each.traded.get(key, Traded(0, 0))
                hours = (place.asked, place.short), (place.police_minimum, place.other_minimum)
                before, after = (list(map(_hours, pair)) for pair in hours)
                more = [days.lent, days.borrowed] if traded else []
                lines.append([key, name, *before, round(place.covered, 4), *after, *more])
        self.list(code, columns, lines, "compare_none")

    def people(self, found: StrategyComparison) -> None:
        columns = [
            Column("head_strategy", 16, bold=True),
            Column("compare_over", 16, _HOURS),
            Column("head_nights_most", 14, "0"),
            Column("compare_nights_spread", 14, "0"),
            Column("head_weekends_most", 14, "0"),
            Column("compare_weekends_spread", 14, "0"),
            Column("head_at_home", 14, _SHARE),
            Column("compare_different", 16, "0.0"),
            Column("compare_worst_hotspot", 16),
            Column("compare_worst_hour", 20),
        ]
        lines = [self._people(each.name, each.figures) for each in found.rostered if each.figures is not None]
        self.list("compare_sheet_people", columns, lines, "compare_none")

    def _people(self, name: str, figures: StrategyFigures) -> Line:
        people = figures.people
        hour = "" if figures.worst_hour is None else self._hour(figures.worst_hour)
        home = None if people.at_home is None else round(people.at_home, 4)
        return [
            name, _hours(people.over_min), people.nights, people.nights_spread, people.weekends, people.weekends_spread, home,
            round(people.different_hotspots, 1), figures.worst_hotspot or "", hour,
        ]  # fmt: skip

    def _hour(self, hour: int) -> str:
        """``Sat 22:00``."""
        return f"{self.texts.weekday_number(hour // 24)} {hour % 24:02d}:00"


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)
