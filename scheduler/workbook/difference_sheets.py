"""The workbook of ``vigie diff``: a summary, then a sheet each for input, duties, people, hotspots and coverage."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import xlsxwriter

from scheduler.analysis.comparison import Comparison, CoverageDifference
from scheduler.analysis.difference import Change, ChangeKind, day_text
from scheduler.analysis.notice import Notice
from scheduler.messages import formats
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook import style
from scheduler.workbook.collector import collector_at_rest
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.input_difference import RowChange, RowDifference, counts
from scheduler.workbook.input_words import difference_words
from scheduler.workbook.style import Look
from scheduler.workbook.table_book import HEAD, Column, Line, TableBook
from scheduler.workbook.template import BOOK_OPTIONS

CellOf = Callable[[Change], str | None]


def write_differences(
    path: str | os.PathLike[str],
    names: tuple[str, str],
    rows: Sequence[RowDifference],
    rosters: Comparison | None,
    cell_of: CellOf,
    language: Language,
) -> None:
    """Write what differs between two workbooks of these ``names``. Raises :class:`~scheduler.errors.OutputError` when the file
    cannot be written; an older one is then untouched."""
    with replacing_whole(path) as content, collector_at_rest():
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        writer = _Writer(book, Look(book), Texts(language), f"{names[0]} → {names[1]}")
        book.set_properties({"title": writer.title})
        writer.summary(rows, rosters)
        writer.input(rows)
        if rosters is not None and rosters.shared is not None:
            writer.changes(rosters, cell_of)
            writer.people(rosters)
            writer.hotspots(rosters)
            writer.coverage(rosters)
        book.close()


class _Writer(TableBook):
    # -- the sheets ------------------------------------------------------------------------------------------------------

    def summary(self, rows: Sequence[RowDifference], rosters: Comparison | None) -> None:
        sheet, texts = self.sheet("diff_sheet_summary"), self.texts
        for at, width in enumerate((26, 16, 16, 16, 16, 16)):
            sheet.set_column(at, at, width)
        sheet.write_string(1, 0, self._dates(rosters), self.look.note)
        row = self.section(sheet, HEAD, texts("diff_sheet_input"))
        if rows:
            columns = [
                Column("guide_sheet", 0, bold=True),
                *(Column(f"diff_row_{kind}", 0, "0") for kind in RowChange),
            ]
            lines: list[Line] = [
                [texts.sheet(name), *(kinds[kind] for kind in RowChange)] for name, kinds in counts(rows).items()
            ]
            row = self.table(sheet, row, columns, lines)
        else:
            sheet.write_string(row, 0, texts("diff_input_same"), self.look.note)
            row += 1
        if rosters is None or rosters.shared is None:
            return
        row = self.section(sheet, row + 1, texts("diff_sheet_changes"))
        columns = [*(Column(f"change_{kind}", 0, "0") for kind in ChangeKind), Column("head_people", 0, "0")]
        row = self.table(sheet, row, columns, [[*rosters.kinds.values(), len(rosters.people)]])
        if rosters.published:
            said = formats.moment(rosters.announced, texts.language)
            row = self.section(sheet, row + 1, texts("diff_notice", at=said))
            columns = [Column(f"notice_{item}", 0, "0") for item in Notice]
            row = self.table(sheet, row, columns, [[rosters.notices.count(item) for item in Notice]])
        row = self.section(sheet, row + 1, texts("diff_coverage"))
        levels: list[Line] = [[texts(level.code), *_hours(rosters.coverage_of(level))] for level in COVERAGE_LEVELS]
        self.table(sheet, row, (Column("level", 0, bold=True), *_COVERED), levels)

    def _dates(self, rosters: Comparison | None) -> str:
        """Which dates were compared, and how much lies outside."""
        texts = self.texts
        if rosters is None:
            return texts("diff_input_only")
        if rosters.shared is None:
            return texts("diff_no_dates")
        first, last = (texts.long_date(on) for on in (rosters.shared.first, rosters.shared.last))
        words = [texts("diff_dates", first=first, last=last)]
        outside = [side.duties_outside(rosters.shared) for side in (rosters.old, rosters.new)]
        if any(outside):
            words.append(texts("diff_outside", old=outside[0], new=outside[1]))
        return " ".join(words)

    def input(self, rows: Sequence[RowDifference]) -> None:
        columns = (
            Column("guide_sheet", 16, bold=True), Column("kind", 11), Column("cell", 20), Column("diff_row", 60),
            Column("guide_column", 18), Column("was", 28), Column("now", 28),
        )  # fmt: skip
        lines: list[Line] = []
        for item in rows:
            words = difference_words(item, self.texts)
            kind = (self.texts.sheet(item.sheet), self.texts(f"diff_row_{item.kind.value}"))
            lines += [(*kind, cell.place, words.row, cell.column, cell.before, cell.after) for cell in words.cells]
            if not words.cells:
                lines.append((*kind, item.place, words.row, None, None, None))
        self.list("diff_sheet_input", columns, lines, "diff_input_same")

    def changes(self, rosters: Comparison, cell_of: CellOf) -> None:
        columns = (
            Column("id", 12, bold=True), Column("date", 12, style.DATE), Column("day", 7), Column("was", 18),
            Column("now", 18), Column("change", 16), Column("notice", 25), Column("cell", 16),
        )  # fmt: skip
        lines = [
            self._change(change, notice, cell_of(change) or "")
            for change, notice in zip(rosters.changes, rosters.notices, strict=True)
        ]
        self.list("diff_sheet_changes", columns, lines, "diff_same")

    def _change(self, change: Change, notice: Notice, cell: str) -> Line:
        texts, (was, now) = self.texts, map(day_text, (change.before, change.after))
        day, free = texts.weekday(change.date), texts("nobody")
        kinds = (texts(f"change_{change.kind.value}"), texts(f"notice_{notice.value}"))
        return (change.staff, change.date, day, was or free, now or free, *kinds, cell)

    def people(self, rosters: Comparison) -> None:
        columns = (
            Column("id", 12, bold=True), *(Column(f"change_{kind}", 14, "0") for kind in ChangeKind),
            Column("diff_hours_before", 14, style.HOURS), Column("diff_hours_after", 14, style.HOURS),
            Column("difference", 14, style.SIGNED_HOURS),
        )  # fmt: skip
        lines: list[Line] = [
            (
                item.staff, *item.kinds.values(), item.minutes_before / 60, item.minutes_after / 60,
                (item.minutes_after - item.minutes_before) / 60,
            )
            for item in rosters.people
        ]  # fmt: skip
        self.list("diff_sheet_people", columns, lines, "diff_same")

    def hotspots(self, rosters: Comparison) -> None:
        figures = ("diff_duties_before", "diff_duties_after", "diff_lost", "diff_gained")
        columns = (Column("hotspot", 14, bold=True), *(Column(code, 16, "0") for code in figures))
        lines: list[Line] = [
            (item.hotspot, item.before, item.after, item.lost, item.gained) for item in rosters.hotspots
        ]
        self.list("diff_sheet_hotspots", columns, lines, "diff_same")

    def coverage(self, rosters: Comparison) -> None:
        columns = (Column("hotspot", 14, bold=True), Column("level", 24), *_COVERED)
        lines: list[Line] = [(row.hotspot, self.texts(row.level.code), *_hours(row)) for row in rosters.coverage]
        self.list("diff_sheet_coverage", columns, lines, "diff_nothing_asked")


_COVERED = (
    Column("diff_asked_before", 16, style.HOURS),
    Column("diff_asked_after", 16, style.HOURS),
    Column("diff_short_before", 16, style.HOURS),
    Column("diff_short_after", 16, style.HOURS),
    Column("diff_gain", 16, style.SIGNED_HOURS),
)


def _hours(row: CoverageDifference) -> tuple[float, ...]:
    gain = row.short_before - row.short_after
    return tuple(
        minutes / 60 for minutes in (row.asked_before, row.asked_after, row.short_before, row.short_after, gain)
    )
