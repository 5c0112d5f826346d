"""What ``vigie diff`` says to a person: the input first, then duties, people, hotspots and coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.analysis.comparison import Comparison, CoverageDifference
from scheduler.analysis.difference import ChangeKind, day_text
from scheduler.analysis.notice import Notice
from scheduler.messages.formats import date, hours, moment, number
from scheduler.messages.languages import Language
from scheduler.messages.message import Name, Naming, shown
from scheduler.messages.texts import Texts, text
from scheduler.report.terminal import table
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workbook.input_difference import RowChange, RowDifference, counts
from scheduler.workbook.input_words import difference_words

if TYPE_CHECKING:
    from scheduler.workflows.diff import Difference

SHOWN = 20
"""How many rows of a list are shown unless all are asked for."""


def diff_lines(found: Difference, language: Language, *, every: bool) -> Iterator[str]:
    most = None if every else SHOWN
    yield text(language, "diff_of", old=found.old.path, new=found.new.path)
    if not found.staff_in_both:
        yield text(language, "diff_nobody_in_both")
    yield ""
    yield from _input_lines(found.input, found.new.cells.naming, language, most)
    yield ""
    if found.rosters is None:
        for reading in found.without_roster:
            yield text(language, "diff_without_roster", path=reading.path)
    else:
        yield from _roster_lines(found, found.rosters, language, most)


def _input_lines(rows: Sequence[RowDifference], naming: Naming, language: Language, most: int | None) -> Iterator[str]:
    """The sheets as the new workbook calls them."""
    if not rows:
        yield text(language, "diff_input_same")
        return
    texts = Texts(language)
    yield text(language, "diff_input", count=len(rows))
    yield from table(
        [texts("guide_sheet"), *(texts(f"diff_row_{kind.value}") for kind in RowChange)],
        [
            [shown(naming(Name("sheet", name)), language), *(str(kinds[kind]) for kind in RowChange)]
            for name, kinds in counts(rows).items()
        ],
    )
    for item in rows[:most]:
        words = difference_words(item, texts).text(texts)
        if item.kind is not RowChange.CHANGED:
            words = text(language, "labelled", label=texts(f"diff_row_{item.kind.value}"), words=words)
        yield f"  {text(language, 'labelled', label=item.place, words=words)}"
    yield from _rest(len(rows), most, language)


def _rest(count: int, most: int | None, language: Language) -> Iterator[str]:
    if most is not None and count > most:
        yield f"  {text(language, 'diff_more', count=count - most)}"


def _roster_lines(found: Difference, rosters: Comparison, language: Language, most: int | None) -> Iterator[str]:
    shared = rosters.shared
    if shared is None:
        yield text(language, "diff_no_dates")
        return
    yield text(language, "diff_dates", first=date(shared.first, language), last=date(shared.last, language))
    outside = [side.duties_outside(shared) for side in (rosters.old, rosters.new)]
    if any(outside):
        yield text(language, "diff_outside", old=outside[0], new=outside[1])
    if not rosters.changes:
        yield text(language, "diff_same")
    else:
        yield text(language, "diff_changes", count=len(rosters.changes), staff=len(rosters.people))
        yield f"  {_kinds(rosters, language)}"
        yield from _notice_lines(rosters, language)
        yield from _change_lines(found, rosters, language, most)
        yield ""
        yield from _hotspot_lines(rosters, language)
        yield ""
        yield from _people_lines(rosters, language, most)
    yield ""
    yield from _coverage_lines(rosters, language)


def _kinds(rosters: Comparison, language: Language) -> str:
    return " · ".join(_counted(f"change_{kind}", count, language) for kind, count in rosters.kinds.items())


def _counted(code: str, count: int, language: Language) -> str:
    return text(language, "labelled", label=text(language, code), words=count)


def _notice_lines(rosters: Comparison, language: Language) -> Iterator[str]:
    """How many changes of published days are announced in time, where there are any."""
    if rosters.published:
        said = moment(rosters.announced, language)
        words = " · ".join(_counted(f"notice_{item}", rosters.notices.count(item), language) for item in Notice)
        yield f"  {text(language, 'labelled', label=text(language, 'diff_notice', at=said), words=words)}"


def _change_lines(found: Difference, rosters: Comparison, language: Language, most: int | None) -> Iterator[str]:
    free = text(language, "free")
    for change, notice in list(zip(rosters.changes, rosters.notices, strict=True))[:most]:
        said = f"{day_text(change.before) or free} → {day_text(change.after) or free}"
        if notice is not Notice.NOT_DUE:
            said = f"{said} ({text(language, f'notice_{notice.value}')})"
        words = text(language, "labelled", label=f"{change.staff} {date(change.date, language)}", words=said)
        cell = found.cell_of(change)
        yield f"  {words if cell is None else text(language, 'labelled', label=cell, words=words)}"
    yield from _rest(len(rosters.changes), most, language)


def _hotspot_lines(rosters: Comparison, language: Language) -> Iterator[str]:
    heads = ("hotspot", "diff_duties_before", "diff_duties_after", "diff_lost", "diff_gained")
    rows = [
        [item.hotspot, str(item.before), str(item.after), str(item.lost), str(item.gained)] for item in rosters.hotspots
    ]
    yield from table([text(language, head) for head in heads], rows)


def _people_lines(rosters: Comparison, language: Language, most: int | None) -> Iterator[str]:
    """Those whom most changes touch come first."""
    people = sorted(rosters.people, key=lambda item: (-sum(item.kinds.values()), item.staff))
    heads = [
        text(language, "head_people"),
        *(text(language, f"change_{kind.value}") for kind in ChangeKind),
        text(language, "diff_hours_before"),
        text(language, "diff_hours_after"),
    ]
    rows = [
        [
            item.staff,
            *(str(item.kinds[kind]) for kind in ChangeKind),
            hours(item.minutes_before, language),
            hours(item.minutes_after, language),
        ]
        for item in people[:most]
    ]
    yield from table(heads, rows)
    yield from _rest(len(people), most, language)


def _coverage_lines(rosters: Comparison, language: Language) -> Iterator[str]:
    """All hotspots together at every level, then those where something changed."""
    rows = [(text(language, "diff_all"), rosters.coverage_of(level)) for level in COVERAGE_LEVELS]
    rows += [(row.hotspot, row) for row in rosters.coverage if row.changed]
    yield text(language, "diff_coverage")
    heads = (
        "hotspot",
        "level",
        "diff_asked_before",
        "diff_asked_after",
        "diff_short_before",
        "diff_short_after",
        "diff_gain",
    )
    yield from table(
        [text(language, head) for head in heads], [[where, *_coverage(row, language)] for where, row in rows]
    )


def _coverage(row: CoverageDifference, language: Language) -> list[str]:
    figures = (row.asked_before, row.asked_after, row.short_before, row.short_after)
    return [text(language, row.level.code), *(hours(minutes, language) for minutes in figures), _gain(row, language)]


def _gain(row: CoverageDifference, language: Language) -> str:
    gain = row.short_before - row.short_after
    sign = "+" if gain > 0 else "−" if gain < 0 else ""
    return f"{sign}{number(abs(gain) / 60, language, 1)}"
