"""The text format of the shift scheduling benchmark of Curtois and Qu, read into plain rows.

One file holds the horizon in days (the first is a Monday, day 0), shifts, staff, fixed days off, requests and cover.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A shift of so many minutes; none of ``not_followed_by`` may be worked on the next day."""

    code: str
    minutes: int
    not_followed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for an employee over the horizon; ``max_shifts`` is by shift type."""

    max_shifts: tuple[tuple[str, int], ...]
    max_minutes: int
    min_minutes: int
    max_consecutive: int
    min_consecutive: int
    min_days_off: int
    max_weekends: int


@dataclass(frozen=True, slots=True)
class Wished:
    """A shift that an employee wants on a day, or does not; ``weight`` if that is not granted."""

    staff: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """How many are needed on a shift of a day, and what each one short and each one too many costs."""

    day: int
    shift: str
    need: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One instance."""

    days: int
    shifts: tuple[ShiftType, ...]
    staff: Mapping[str, Terms]
    days_off: Mapping[str, tuple[int, ...]]
    wishes: tuple[Wished, ...]
    cover: tuple[Cover, ...]


def load(path: Path) -> Benchmark:
    """Read one file; raises ``ValueError`` or ``KeyError`` for one that is not in the format."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Benchmark:
    """Read the text of one file."""
    sections: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            rows = sections.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            rows.append([part.strip() for part in line.split(",")])
    return Benchmark(
        days=int(sections["HORIZON"][0][0]),
        shifts=tuple(ShiftType(code, int(minutes), _several(after)) for code, minutes, after in sections["SHIFTS"]),
        staff={name: _terms(row) for name, *row in sections["STAFF"]},
        days_off={name: tuple(map(int, days)) for name, *days in sections.get("DAYS_OFF", ())},
        wishes=tuple(
            Wished(staff, int(day), shift, int(weight), wanted)
            for section, wanted in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False))
            for staff, day, shift, weight in sections.get(section, ())
        ),
        cover=tuple(
            Cover(int(day), shift, int(need), int(under), int(over))
            for day, shift, need, under, over in sections.get("COVER", ())
        ),
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _terms(row: list[str]) -> Terms:
    limits = (part.partition("=") for part in _several(row[0]))
    return Terms(tuple((shift, int(most)) for shift, _, most in limits), *map(int, row[1:]))
