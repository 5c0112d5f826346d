"""What a roster is worth, and what is proven of it: as a solve has left it, or as an audit has found it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.messages.message import Message
from scheduler.result import BlockRecord, LevelResult, RunRecord


@dataclass(frozen=True, slots=True)
class LevelReview:
    """A level as the roster stands now. ``bound`` is None where nothing is proven; ``legal`` says whether no hard rule is broken,
    since a bound is about legal rosters only."""

    name: str
    value: int
    bound: int | None
    required: int
    legal: bool

    @property
    def gap(self) -> float | None:
        """As :attr:`scheduler.result.LevelResult.gap`; None where there is nothing to compare."""
        if self.bound is None or not self.legal:
            return None
        return (self.value - self.bound) / max(1, self.required or self.value)

    @property
    def proven(self) -> bool:
        return self.legal and self.bound is not None and self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the result sheets say of a roster.

    ``required_minutes``, ``short_minutes`` and ``short_bound`` are those of :class:`scheduler.result.Coverage`; the bound is None
    where nothing is proven. ``record`` is the run that made the roster, None where none is known. ``since`` says what has changed
    after the run: where it says something, status and blocks of the record are about another roster.
    """

    levels: tuple[LevelResult | LevelReview, ...]
    required_minutes: int
    short_minutes: int
    short_bound: int | None
    record: RunRecord | None
    since: tuple[Message, ...] = ()

    @classmethod
    def of_run(cls, record: RunRecord) -> Assessment:
        """What a solve says of the roster that it has made."""
        known = record.coverage
        return cls(record.levels, known.required_minutes, known.short_minutes, known.short_bound, record)

    @property
    def blocks(self) -> tuple[BlockRecord, ...]:
        return () if self.record is None or self.since else self.record.blocks
