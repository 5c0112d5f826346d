"""Vigie: round-the-clock hotspot rosters. A workbook in, a proven roster out.

>>> import scheduler                                            # doctest: +SKIP
>>> reading = scheduler.load("zone.xlsx")                       # doctest: +SKIP
>>> result = scheduler.solve(reading.instance)                  # doctest: +SKIP
>>> scheduler.save("roster.xlsx", reading.instance, result)     # doctest: +SKIP

What a name stands for is imported when it is first asked for, a spreadsheet library or a solver when it is first needed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scheduler.backends.backend import Backend
    from scheduler.backends.cluster import dask_cluster
    from scheduler.backends.local import local_processes
    from scheduler.config import SolveConfig
    from scheduler.errors import (
        ClusterError,
        ContradictionError,
        InputError,
        InputProblem,
        NoRosterError,
        OutputError,
        RuleError,
        VigieError,
    )
    from scheduler.horizon.checkpoints import BlockFiles
    from scheduler.horizon.rolling import Store
    from scheduler.messages.languages import Language
    from scheduler.messages.message import Message
    from scheduler.problem.days import Days
    from scheduler.problem.facts import (
        Absence,
        Category,
        Contract,
        Counter,
        Demand,
        HistoryDuty,
        Hotspot,
        Lock,
        Organisation,
        OrganisationKind,
        Pair,
        Pooling,
        Request,
        Role,
        Shift,
        Staff,
    )
    from scheduler.problem.incidents import Incident
    from scheduler.problem.instance import Instance
    from scheduler.problem.override import Override
    from scheduler.problem.publication import Publication, PublishedDuty
    from scheduler.problem.roster import Assignment, Roster
    from scheduler.problem.standing import Standing, StandingDuty
    from scheduler.problem.strategy import Strategy
    from scheduler.problem.timeline import Calendar
    from scheduler.result import (
        BlockRecord,
        Cause,
        Coverage,
        LevelResult,
        Method,
        Progress,
        Result,
        RunRecord,
        Shortage,
        Stage,
        Status,
    )
    from scheduler.rules.audit import audit
    from scheduler.rules.base import Finding
    from scheduler.vocabulary.constraints import Level
    from scheduler.workbook.frames import from_frames
    from scheduler.workbook.read import Reading
    from scheduler.workflows.frames import to_frames
    from scheduler.workflows.preflight import Check

__all__ = [
    "Absence",
    "Assignment",
    "Backend",
    "BlockFiles",
    "BlockRecord",
    "Calendar",
    "Category",
    "Cause",
    "Check",
    "ClusterError",
    "Contract",
    "ContradictionError",
    "Counter",
    "Coverage",
    "Days",
    "Demand",
    "Finding",
    "HistoryDuty",
    "Hotspot",
    "Incident",
    "InputError",
    "InputProblem",
    "Instance",
    "Language",
    "Level",
    "LevelResult",
    "Lock",
    "Message",
    "Method",
    "NoRosterError",
    "Organisation",
    "OrganisationKind",
    "OutputError",
    "Override",
    "Pair",
    "Pooling",
    "Progress",
    "Publication",
    "PublishedDuty",
    "Reading",
    "Request",
    "Result",
    "Role",
    "Roster",
    "RuleError",
    "RunRecord",
    "Shift",
    "Shortage",
    "SolveConfig",
    "Staff",
    "Stage",
    "Standing",
    "StandingDuty",
    "Status",
    "Strategy",
    "VigieError",
    "audit",
    "check",
    "dask_cluster",
    "from_frames",
    "load",
    "local_processes",
    "new",
    "save",
    "solve",
    "to_frames",
]

_MODULES = {
    "backends.backend": ("Backend",),
    "backends.cluster": ("dask_cluster",),
    "backends.local": ("local_processes",),
    "config": ("SolveConfig",),
    "errors": (
        "ClusterError", "ContradictionError", "InputError", "InputProblem", "NoRosterError", "OutputError",
        "RuleError", "VigieError",
    ),
    "horizon.checkpoints": ("BlockFiles",),
    "messages.languages": ("Language",),
    "messages.message": ("Message",),
    "problem.days": ("Days",),
    "problem.facts": (
        "Absence", "Category", "Contract", "Counter", "Demand", "HistoryDuty", "Hotspot", "Lock", "Organisation",
        "OrganisationKind", "Pair", "Pooling", "Request", "Role", "Shift", "Staff",
    ),
    "problem.incidents": ("Incident",),
    "problem.instance": ("Instance",),
    "problem.override": ("Override",),
    "problem.publication": ("Publication", "PublishedDuty"),
    "problem.roster": ("Assignment", "Roster"),
    "problem.standing": ("Standing", "StandingDuty"),
    "problem.strategy": ("Strategy",),
    "problem.timeline": ("Calendar",),
    "result": (
        "BlockRecord", "Cause", "Coverage", "LevelResult", "Method", "Progress", "Result", "RunRecord", "Shortage",
        "Stage", "Status",
    ),
    "rules.audit": ("audit",),
    "rules.base": ("Finding",),
    "vocabulary.constraints": ("Level",),
    "workbook.frames": ("from_frames",),
    "workbook.read": ("Reading",),
    "workflows.frames": ("to_frames",),
    "workflows.preflight": ("Check",),
}  # fmt: skip
_HOMES = {name: module for module, names in _MODULES.items() for name in names}
"""Where a name lives that is imported when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


_Path = str | os.PathLike[str]


def new(path: _Path, example: str | None = None, *, language: str = "en") -> None:
    """Write an empty workbook with drop-downs and help, or an example.

    Parameters
    ----------
    path
        Where; an existing file is replaced.
    example
        The name of an example, as ``vigie new --help`` lists them; left out, the workbook is empty.
    language
        Of sheets, columns, drop-downs and help: ``en``, ``fr`` or ``nl``.

    Raises
    ------
    InputError
        For an example or a language that there is not.
    OutputError
        Where the file cannot be written.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    """
    from scheduler.workflows.new import write_new

    write_new(path, example, language)


def load(path: _Path) -> Reading:
    """Read a workbook: its facts, its roster if it holds one, and what was passed over.

    Parameters
    ----------
    path
        Of an ``.xlsx`` file.

    Returns
    -------
    Reading
        ``instance`` are the facts, ``roster`` the roster or None, ``notes`` what was passed over.

    Raises
    ------
    InputError
        With every problem at once, each with its ``Sheet!Cell``.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> load("zone.xlsx").instance
    <Instance 'Tiny, solved by hand (synthetic staff)': 5 people, 1 hotspots, 3 days from 2026-03-02>
    """
    from scheduler.workbook.read import read

    return read(path)


def check(path: _Path) -> Check:
    """Every problem of a workbook that can be seen without a solve, and the arithmetic of its capacity. Raises nothing.

    Parameters
    ----------
    path
        Of an ``.xlsx`` file.

    Returns
    -------
    Check
        ``ok`` says whether the workbook can be solved, ``problems`` why not, ``capacity`` what there is against what is asked.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> check("zone.xlsx").ok
    True
    """
    from scheduler.workflows.preflight import check_workbook

    return check_workbook(path)


def solve(
    instance: Instance,
    config: SolveConfig | None = None,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    store: Store | None = None,
    backend: Backend | None = None,
    start: Roster | None = None,
) -> Result:
    """The best roster within the limits, audited, with a valid bound for every level.

    Parameters
    ----------
    instance
        The facts. A horizon of more than six weeks is solved in blocks of four.
    config
        Time limit, seed, workers, gap; left out, the defaults of :class:`SolveConfig`.
    on_progress
        Called with each step forward, from a thread of its own.
    stop
        Ends the search early once it is set; the best roster so far comes back.
    store
        Keeps finished blocks, and gives back those of an earlier run (:class:`BlockFiles`).
    backend
        What the search runs on: child processes (:func:`local_processes`), or a cluster (:func:`dask_cluster`). Left out,
        everything runs in this process.
    start
        A roster to begin with, legal or not: as much of it is kept at first as the rules allow.

    Returns
    -------
    Result
        The roster, the record with each level's value and bound, what the audit found, and every shortage.

    Raises
    ------
    InputError
        When ``start`` names people, shifts, hotspots or days that the instance does not have, and for a parameter that no rule
        takes.
    ContradictionError
        When the locks cannot all hold.
    NoRosterError
        When there was no time for any roster.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> result = solve(load("zone.xlsx").instance)
    >>> result
    <Result optimal: 13 duties of 5 people, no hard rule broken>
    """
    from scheduler.horizon.rolling import solve as engine
    from scheduler.rules.audit import refuse_unknown

    if start is not None:
        refuse_unknown(instance, start)
    return engine(instance, config, on_progress=on_progress, stop=stop, store=store, backend=backend, start=start)


def save(path: _Path, instance: Instance, result: Result, reading: Reading | None = None) -> None:
    """Write the roster with its proof and the facts that were solved as one workbook, which is a complete input again.

    Parameters
    ----------
    path
        Where; an existing file is replaced as a whole or not at all.
    instance
        The facts that were solved.
    result
        What :func:`solve` gave back for them.
    reading
        Where the instance came from: rows of that workbook stay as they were written where they still hold, its further columns
        too, and the sheet Changes tells what differs from its roster.

    Raises
    ------
    OutputError
        When the file cannot be written, or when a workbook cannot hold the facts as they are.
    InputError
        When the result is of another instance.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> reading = load("zone.xlsx")
    >>> save("roster.xlsx", reading.instance, solve(reading.instance), reading)
    >>> again = load("roster.xlsx")
    >>> [finding for finding in audit(again.instance, again.roster) if finding.hard]
    []
    """
    from scheduler.workbook.save import save_result

    save_result(path, instance, result, reading)
