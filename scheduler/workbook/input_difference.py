"""What differs between the input of two workbooks: rows that are new, gone or changed, with their sheet and columns.

Facts are compared, not cells: another spelling, order or language of the same facts is no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.workbook.places import Places
from scheduler.workbook.read import Reading
from scheduler.workbook.rows import Row, canonical_rows
from scheduler.workbook.sheets import SHEETS, sheet

Key = tuple[str, ...]
"""Columns by which a row is known again."""

_KEYS: Mapping[str, tuple[Key, ...]] = {
    "Settings": (("key",),),
    "Organisations": (("code",),),
    "Hotspots": (("code",),),
    "Shifts": (("code",),),
    "Roles": (("code",),),
    "Contracts": (("code",),),
    "Staff": (("id",),),
    "Demand": (
        ("hotspot", "role", "days", "from", "to"),
        ("hotspot", "role", "days", "from"),
        ("hotspot", "role", "days"),
    ),
    "Absences": (("staff", "from"), ("staff", "to")),
    "Requests": (("staff", "from", "shift"), ("staff", "from")),
    "Locked": (("staff", "date"),),
    "History": (("staff", "date"),),
    "Counters": (("staff",),),
    "Incidents": (("when", "hotspot"),),
    "Published": (("staff", "date", "version"),),
    "Overrides": (("rule", "staff", "date", "hotspot"), ("rule", "staff", "date")),
    "Holidays": (("date",),),
}
"""By sheet, the first that fits wins. Rows of other sheets are known again by the columns that must be filled."""


class RowChange(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A column of a row and its canonical values; None is a blank cell. ``place`` is the cell in the new workbook."""

    column: str
    before: object
    after: object
    place: str


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that one workbook has, or that both have with other values. ``row`` is its content, of the new workbook where it has
    one; ``place`` the cell or row that tells, in the new workbook or, for what is gone, in the old one."""

    sheet: str
    kind: RowChange
    row: Row
    place: str
    cells: tuple[CellDifference, ...] = ()


def input_differences(old: Reading, new: Reading) -> tuple[RowDifference, ...]:
    """Every difference, in the order of the sheets; on a sheet new and changed rows first, then those that are gone."""
    before, after = canonical_rows(old.instance), canonical_rows(new.instance)
    return tuple(
        found
        for page in SHEETS
        for found in _of_sheet(page.name, before.get(page.name, ()), after.get(page.name, ()), old.cells, new.cells)
    )


def key_of(name: str) -> Key:
    """The columns that say best which row of a sheet it is."""
    return _keys(name)[0]


def _keys(name: str) -> tuple[Key, ...]:
    required = tuple(column.name for column in sheet(name).columns if column.required)
    return _KEYS.get(name, (required,))


def counts(found: Iterable[RowDifference]) -> Mapping[str, Mapping[RowChange, int]]:
    """How many rows of each sheet differ, by kind; only of sheets that do."""
    numbers: dict[str, Counter[RowChange]] = defaultdict(Counter)
    for item in found:
        numbers[item.sheet][item.kind] += 1
    return numbers


def _of_sheet(
    name: str, before: Sequence[Row], after: Sequence[Row], old: Places, new: Places
) -> Iterator[RowDifference]:
    gone, fresh, pairs = _matched(name, before, after)
    changed = {j: i for i, j in pairs}
    for j in sorted([*changed, *fresh]):
        if j not in changed:
            yield RowDifference(name, RowChange.ADDED, after[j], _place(name, after[j], j, None, new))
            continue
        then, now = before[changed[j]], after[j]
        cells = tuple(
            CellDifference(
                column.name, then.get(column.name), now.get(column.name), _place(name, now, j, column.name, new)
            )
            for column in sheet(name).columns
            if then.get(column.name) != now.get(column.name)
        )
        yield RowDifference(name, RowChange.CHANGED, now, cells[0].place, cells)
    for i in sorted(gone):
        yield RowDifference(name, RowChange.REMOVED, before[i], _place(name, before[i], i, None, old))


def _matched(
    name: str, before: Sequence[Row], after: Sequence[Row]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Indices of rows that are gone and that are new, and pairs of those that are the same row with other values."""
    every = tuple(column.name for column in sheet(name).columns)
    gone, fresh, _ = _paired(every, range(len(before)), range(len(after)), before, after)
    pairs: list[tuple[int, int]] = []
    for key in _keys(name):
        gone, fresh, found = _paired(key, gone, fresh, before, after)
        pairs += found
    return gone, fresh, pairs


def _paired(
    key: Key, old: Iterable[int], new: Iterable[int], before: Sequence[Row], after: Sequence[Row]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """What is left of both, and the pairs that agree in the columns of the key, in order."""
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i in old:
        waiting[_values(before[i], key)].append(i)
    left: list[int] = []
    pairs: list[tuple[int, int]] = []
    for j in new:
        same = waiting.get(_values(after[j], key))
        if same:
            pairs.append((same.pop(0), j))
        else:
            left.append(j)
    return sorted(i for rest in waiting.values() for i in rest), left, pairs


def _values(row: Row, key: Key) -> tuple[object, ...]:
    return tuple(row.get(column) for column in key)


def _place(name: str, row: Row, index: int, column: str | None, places: Places) -> str:
    """The cell of a column, or of the first one, where facts have rows of their own; a setting's cell; the sheet of holidays."""
    page = sheet(name)
    if name == "Settings":
        return places.setting(str(row["key"]))
    if not page.table or page.table not in places.tables:
        return places.title(name)
    return places.of(page.table, index, page.column(column or page.columns[0].name).target)
