"""The tables of an instance: the facts row by row, as the workbook's sheets hold them, nothing derived.

Building :class:`Tables` checks each row, not the references between rows: :mod:`scheduler.problem.references` lists those that do
not hold, and :class:`scheduler.problem.instance.Instance` refuses them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import ConfigDict, Field

from scheduler.messages.languages import Language
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
    parameters: Mapping[str, float] = Field(default_factory=dict, description="rule parameters, key 'rule.parameter'")
