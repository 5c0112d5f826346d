"""The Summary sheet: the verdict first, then how good and how sure, then people, the week as a picture, and the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.analysis.assessment import LevelReview
from scheduler.analysis.quality_in_words import quality_in_words
from scheduler.analysis.repair_changes import repair_in_words
from scheduler.analysis.roster_verdict import verdict
from scheduler.messages.formats import number, percent
from scheduler.messages.languages import Language
from scheduler.result import LevelResult, RunRecord
from scheduler.rules.demand import counted
from scheduler.rules.guarantee import price_of_guarantee
from scheduler.rules.support.spread import spread
from scheduler.vocabulary.constraints import Level
from scheduler.workbook import style
from scheduler.workbook.result_sheets import week_chart
from scheduler.workbook.result_sheets.page import Page
from scheduler.workbook.sheets import RESULT_SHEETS
from scheduler.workbook.uncoverable import sentences

_COLUMNS = 25
"""Narrow columns of a grid on which tiles and tables share their edges; column 0 is a margin."""
_LEFT, _RIGHT = 1, 16
_TILE = 5
_CHART_WIDTH = 560
_COLUMN_WIDTH = 7.3
_ROW_POINTS = 15.0
_RUN_CHARACTERS = 52
"""Of the run's record in one line."""
_NOTE_CHARACTERS = 95
"""Of a sentence under the levels in one line."""
_UNKNOWN = "–"
_UNITS = {"minutes": "person_h", "days": "days_unit", "points": "points"}
_PRIORITY_LEVEL = Level.POLICE_MINIMUM.code


def add(page: Page) -> None:
    _Writer(page, page.book.add_worksheet(page.texts.sheet("Summary"))).write()


@dataclass(frozen=True)
class _Writer:
    page: Page
    sheet: Worksheet
    heights: dict[int, float] = field(default_factory=dict)
    """Points, of the rows that are not of the usual height."""

    def write(self) -> None:
        page, sheet = self.page, self.sheet
        style.printed(sheet, page.texts, page.title, head=(0, 0), paper=style.A4)
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 2)
        sheet.set_column(1, _COLUMNS, _COLUMN_WIDTH)
        self._tall(0, 34)
        sheet.write_string(0, 1, page.title, page.look.of(font_size=24, bold=True))
        sheet.write_string(1, 1, page.period, page.look.of(font_size=12, font_color=style.MUTED))
        sheet.write_string(
            2, 1, page.texts("made_by" if page.assessment.record is not None else "audited_by"), page.look.note
        )
        self._verdict(4)
        self._tiles(6)
        row = self._quality(self._levels(9) + 2)
        if page.assessment.blocks:
            row = self._blocks(row + 2)
        last = self._people(row + 2)
        pixels = week_chart.add(page, sheet, 9, _RIGHT, width=_CHART_WIDTH)
        row = self._sheets(max(last + 1, self._row_below(9, pixels + 12)))
        self._run(row + 1)
        sheet.activate()

    def _tall(self, row: int, points: float) -> None:
        self.heights[row] = points
        self.sheet.set_row(row, points)

    def _row_below(self, row: int, pixels: float) -> int:
        """The first row that begins at least ``pixels`` under the top of another."""
        while pixels > 0:
            pixels -= self.heights.get(row, _ROW_POINTS) * 96 / 72
            row += 1
        return row

    def _put(self, row: int, column: int, span: int, value: str | float, shape: Format) -> None:
        """One value over ``span`` columns of the grid."""
        if span > 1:
            self.sheet.merge_range(row, column, row, column + span - 1, "", shape)
        if isinstance(value, str):
            self.sheet.write_string(row, column, value, shape)
        else:
            self.sheet.write_number(row, column, value, shape)

    def _verdict(self, row: int) -> None:
        page, known = self.page, self.page.assessment
        broken, accepted = page.hard_findings, len(page.accepted)
        words = verdict(page.texts, known, broken=broken, accepted=accepted, repaired=page.repairs is not None)
        fill, ink = style.WARN, style.WARN_INK
        if broken:
            fill, ink = style.BAD[2], style.PAPER
        elif not accepted and not known.short_minutes:
            fill, ink = style.GOOD, style.GOOD_INK
        self._tall(row, 40)
        shape = page.look.of(font_size=14, bold=True, bg_color=fill, font_color=ink, text_wrap=True, indent=1)
        self._put(row, 1, _COLUMNS, words, shape)

    def _tiles(self, row: int) -> None:
        page, known = self.page, self.page.assessment
        held = next((level for level in known.levels if level.name == _PRIORITY_LEVEL), None)
        share = page.figures.requests_share()
        broken = page.hard_findings
        tiles: tuple[tuple[str, float | str, str, str], ...] = (
            ("tile_minimum", _covered(held.value, held.required) if held else "–", "0.0%", style.INK),
            ("tile_targets", _covered(known.short_minutes, known.required_minutes), "0.0%", style.INK),
            ("tile_short", known.short_minutes / 60, "#,##0", style.INK),
            ("tile_requests", "–" if share is None else share, "0%", style.INK),
            ("tile_broken", broken, "0", style.BAD[2] if broken else style.GOOD_INK),
        )
        self._tall(row, 40)
        self._tall(row + 1, 20)
        for index, (key, value, shape, ink) in enumerate(tiles):
            column, span = 1 + _TILE * index, _TILE if index == len(tiles) - 1 else _TILE - 1
            big = {"font_size": 26, "bold": True, "align": "center", "bg_color": style.BAND, "font_color": ink}
            small = {"align": "center", "bg_color": style.BAND, "font_color": style.MUTED, "valign": "top"}
            self._put(row, column, span, value, page.look.of(**big, num_format=shape))
            self._put(row + 1, column, span, page.texts(key), page.look.of(**small))

    def _section(self, row: int, column: int, span: int, key: str) -> None:
        self._put(row, column, span, self.page.texts(key), self.page.look.section)

    def _heads(self, row: int, columns: tuple[tuple[str, int], ...]) -> None:
        at = _LEFT
        for index, (key, span) in enumerate(columns):
            shape = self.page.look.head_right if index else self.page.look.head
            self._put(row, at, span, self.page.texts(key), shape)
            at += span
        self._tall(row, 30)

    def _levels(self, row: int) -> int:
        self._section(row, _LEFT, 14, "levels_title")
        heads = (("level", 4), ("level_value", 2), ("level_bound", 2), ("level_required", 2), ("level_gap", 2))
        self._heads(row + 1, (*heads, ("level_proven", 2)))
        row += 2
        for level in counted(self.page.instance, self.page.assessment.levels):
            if level.name != Level.QUALITY.code:
                self._level(row, level)
                row += 1
        note = self.page.look.of(font_color=style.MUTED, italic=True, text_wrap=True, valign="top", font_size=9)
        self._put(row, _LEFT, 14, self.page.texts("levels_note"), note)
        self._tall(row, 38)
        language = self.page.texts.language
        repaired = () if self.page.repairs is None else repair_in_words(self.page.repairs, self.page.assessment.levels)
        price = price_of_guarantee(self.page.findings)
        said = (*repaired, *(() if price is None else (price,)))
        told = (*(each.text(language) for each in said), *sentences(self.page.instance, self.page.texts))
        for sentence in told:
            row += 1
            self._put(
                row, _LEFT, 14, sentence, self.page.look.of(font_color=style.WARN_INK, text_wrap=True, valign="top")
            )
            self._tall(row, 14 * -(-len(sentence) // _NOTE_CHARACTERS))
        return row

    def _level(self, row: int, level: LevelResult | LevelReview) -> None:
        page = self.page
        counted = Level(level.name).unit
        unit = page.texts("weighted_h" if level.name == _PRIORITY_LEVEL else _UNITS[counted])
        figure = page.look.number(style.HOURS if counted == "minutes" else "#,##0")
        scale = 60 if counted == "minutes" else 1
        said = f"{page.texts(level.name)}, {unit}"
        self._put(row, _LEFT, 4, said, page.look.name)
        self._tall(row, max(32, style.head_height([(said, 4 * _COLUMN_WIDTH)])))
        for index, value in enumerate((level.value, level.bound, level.required or None)):
            self._put(row, _LEFT + 4 + 2 * index, 2, _UNKNOWN if value is None else value / scale, figure)
        gap = level.gap
        self._put(row, _LEFT + 10, 2, _UNKNOWN if gap is None else gap, page.look.number("0.00%"))
        fill, ink = (style.GOOD, style.GOOD_INK) if level.proven else (style.WARN, style.WARN_INK)
        known = page.look.of(
            bottom=1, bottom_color=style.LINE, bg_color=fill, font_color=ink, bold=True, align="center"
        )
        self._put(row, _LEFT + 12, 2, page.texts("yes" if level.proven else "no"), known)

    def _quality(self, row: int) -> int:
        """The quality level in words, beneath the levels that are counted in hours."""
        texts = self.page.texts
        self._section(row, _LEFT, 14, "for_the_people")
        for code, figures in quality_in_words(self.page.figures.quality()):
            row += 1
            self._put(row, _LEFT, 5, texts(code), self.page.look.name)
            self._put(row, _LEFT + 5, 9, figures.text(texts.language), self.page.look.text)
            self._tall(row, 18)
        return row

    def _quality_figures(self, level: LevelResult | LevelReview) -> str:
        """Points, bound and gap, for engineers."""
        language, gap = self.page.texts.language, level.gap
        return self.page.texts(
            "quality_figures",
            value=number(level.value, language),
            bound=_UNKNOWN if level.bound is None else number(level.bound, language),
            gap=_UNKNOWN if gap is None else percent(gap, language),
        )

    def _blocks(self, row: int) -> int:
        """The gap of every level of each block of a long horizon."""
        page, blocks = self.page, self.page.assessment.blocks
        self._section(row, _LEFT, 14, "blocks_title")
        self._heads(row + 1, (("blocks_dates", 6), *((level.name, 2) for level in blocks[0].levels)))
        row += 2
        for block in blocks:
            first, last = (page.instance.calendar.date(day) for day in (block.first, block.stop - 1))
            self._put(row, _LEFT, 6, f"{page.texts.long_date(first)} – {page.texts.long_date(last)}", page.look.name)
            self._tall(row, 18)
            for index, level in enumerate(block.levels):
                self._put(row, _LEFT + 6 + 2 * index, 2, level.gap, page.look.number("0.00%"))
            row += 1
        return row

    def _people(self, row: int) -> int:
        page = self.page
        self._section(row, _LEFT, 14, "staff_title")
        heads = (("contract", 3), ("count", 1), ("fte", 1), ("due_h", 2), ("planned_h", 2), ("spread_nights", 2))
        self._heads(row + 1, (*heads, ("spread_weekends", 2), ("granted_short", 1)))
        row += 2
        spreads = {item.contract: item for item in spread(page.instance, page.roster)}
        for contract in page.instance.contracts:
            members = [member for member in page.instance.staff if member.contract == contract.code]
            if not members:
                continue
            figures = [page.figures.people[member.id] for member in members]
            asked, granted = sum(one.asked_weight for one in figures), sum(one.granted_weight for one in figures)
            among = spreads.get(contract.code)
            compared = among is not None and among.people > 1
            values: tuple[tuple[int, float | str, str], ...] = (
                (1, len(members), "0"),
                (1, sum(member.fte for member in members), "0.0"),
                (2, sum(one.due for one in figures) / 60, "#,##0"),
                (2, sum(one.planned for one in figures) / 60, "#,##0"),
                (2, among.nights if among and compared else "–", "0"),
                (2, among.weekends if among and compared else "–", "0"),
                (1, granted / asked if asked else "–", "0%"),
            )
            named = f"{contract.code} {contract.name}".strip()
            self._put(row, _LEFT, 3, named, page.look.name)
            self._tall(row, 28 if len(named) > 24 else 18)
            at = _LEFT + 3
            for span, value, shape in values:
                self._put(row, at, span, value, page.look.number(shape))
                at += span
            row += 1
        note = page.look.of(font_color=style.MUTED, italic=True, text_wrap=True, valign="top", font_size=9)
        self._put(row, _LEFT, 14, page.texts("spread_note"), note)
        self._tall(row, 28)
        return row

    def _sheets(self, row: int) -> int:
        for name in RESULT_SHEETS[1:]:
            title = self.page.texts.sheet(name)
            target = f"internal:{style.in_formula(title)}!A1"
            self.sheet.write_url(row, _RIGHT, target, self.page.look.of(font_color=style.ACCENT, underline=1), title)
            self.sheet.write_string(
                row, _RIGHT + 2, self.page.texts(f"sheet_{name}"), self.page.look.of(font_color=style.MUTED)
            )
            row += 1
        return row

    def _run(self, row: int) -> None:
        page, language = self.page, self.page.texts.language
        self._section(row, _RIGHT, 10, "run_title")
        lines = (
            *self._status(),
            ("run_strategy", page.texts(f"strategy_{page.instance.strategy.value}")),
            *(
                ("run_quality", self._quality_figures(level))
                for level in page.assessment.levels
                if level.name == Level.QUALITY.code
            ),
            *(self._course(page.assessment.record, language) if page.assessment.record is not None else ()),
        )
        for key, value in lines:
            row += 1
            self.sheet.write_string(row, _RIGHT, page.texts(key), page.look.of(font_color=style.MUTED, valign="top"))
            self._put(row, _RIGHT + 3, 7, value, page.look.of(text_wrap=True, valign="top"))
            if len(value) > _RUN_CHARACTERS:
                self._tall(row, 14 * -(-len(value) // _RUN_CHARACTERS))

    def _status(self) -> Iterator[tuple[str, str]]:
        """What the run says of the roster; where something has changed since, that."""
        page, known = self.page, self.page.assessment
        if known.record is None:
            yield "run_status", page.texts("run_unknown")
        elif not known.since:
            yield "run_status", page.texts(known.record.status.value)
        yield from (("run_since", said.text(page.texts.language)) for said in known.since)

    def _course(self, record: RunRecord, language: Language) -> Iterator[tuple[str, str]]:
        """Time, seed and versions of the run."""
        yield "run_time", f"{number(record.wall_s, language, 1)} s"
        yield "run_seed", f"{record.seed} · {record.workers}"
        yield "run_repeat", self.page.texts("yes" if record.reproducible else "no")
        yield "run_versions", " · ".join(f"{name} {version}" for name, version in record.versions.items())
        yield "run_hash", record.instance_sha256[:16]
        yield from (("run_incidents", incident.text(language)) for incident in record.incidents)


def _covered(short: int, required: int) -> float:
    return 1 - short / required if required else 1.0
