"""The tables of an instance: the facts row by row, as the workbook's sheets hold them, nothing derived.

Building :class:`Tables` checks each row, not the references between rows: :mod:`scheduler.problem.references` lists those that do
not hold, and :class:`scheduler.problem.instance.Instance` refuses them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any, ClassVar, Self

from pydantic import ConfigDict, Field

from scheduler.messages.languages import Language
from scheduler.problem.documents import read_back, schema_of, written
from scheduler.problem.facts import (
    Absence,
    Contract,
    Counter,
    Demand,
    HistoryDuty,
    Hotspot,
    Lock,
    Organisation,
    Pair,
    Pooling,
    Request,
    Role,
    Shift,
    Staff,
)
from scheduler.problem.frozen import Frozen
from scheduler.problem.incidents import Incident
from scheduler.problem.override import Override
from scheduler.problem.publication import Publication, PublishedDuty
from scheduler.problem.standing import Standing
from scheduler.problem.timeline import Calendar


class Tables(Frozen):
    """All facts of one roster problem, in the order they were given."""

    model_config = ConfigDict(strict=True, arbitrary_types_allowed=True)

    title: str = ""
    language: Language = Field(default=Language.EN, strict=False)
    calendar: Calendar
    strategy: Pooling = Pooling.SEPARATE
    reference_start: dt.date | None = Field(
        default=None, description="first day of a reference period, none after the horizon's first day; blank: that day"
    )
    history_from: dt.date | None = Field(
        default=None,
        description="first date from which the history is complete, who is not in it was free; blank: not known",
    )
    history_until: int = Field(
        default=0,
        ge=0,
        description="instant before which the duties of the history began, in minutes since the horizon's start: not 0 where a "
        "roster is repaired",
    )
    organisations: tuple[Organisation, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    shifts: tuple[Shift, ...] = ()
    roles: tuple[Role, ...] = ()
    contracts: tuple[Contract, ...] = ()
    staff: tuple[Staff, ...] = ()
    demand: tuple[Demand, ...] = ()
    incidents: tuple[Incident, ...] = ()
    absences: tuple[Absence, ...] = ()
    requests: tuple[Request, ...] = ()
    pairs: tuple[Pair, ...] = ()
    locks: tuple[Lock, ...] = ()
    history: tuple[HistoryDuty, ...] = ()
    counters: tuple[Counter, ...] = ()
    published: tuple[PublishedDuty, ...] = ()
    publication: Publication | None = Field(default=None, description="the stamp of the newest version; None: none yet")
    standing: Standing | None = Field(
        default=None, description="what a repair goes by; None: a solve from nothing. No sheet holds it"
    )
    overrides: tuple[Override, ...] = ()
    parameters: Mapping[str, float | str] = Field(
        default_factory=dict,
        description="rule parameters, key 'rule.parameter': numbers, and words such as a role's code",
    )

    def __repr__(self) -> str:
        size = f"{len(self.staff)} people, {len(self.hotspots)} hotspots, {self.calendar.days} days"
        return f"<{type(self).__name__} {self.title!r}: {size} from {self.calendar.start}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """How many rows each table has, for notebooks."""
        counts = {name: len(rows) for name in type(self).model_fields if isinstance(rows := getattr(self, name), tuple)}
        rows = "".join(f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in counts.items() if count)
        return f"<p>{escape(repr(self)[1:-1])}</p><table>{rows}</table>"

    SCHEMA: ClassVar[int] = 1
    """Version of the JSON document."""

    def to_json(self) -> str:
        """All facts as a JSON document with a schema version."""
        return written(self, self.SCHEMA)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The instance of a document by :meth:`to_json`.

        Parameters
        ----------
        text
            The document.

        Raises
        ------
        InputError
            With every problem and its place; for a document of another version, too.

        Examples
        --------
        >>> new("zone.xlsx", example="tiny")
        >>> instance = load("zone.xlsx").instance
        >>> Instance.from_json(instance.to_json()) == instance
        True
        """
        return read_back(text, cls, cls.SCHEMA)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON schema of the document."""
        return schema_of(cls, cls.SCHEMA)
