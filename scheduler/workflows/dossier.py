"""What a committee is shown of a roster: what went into it and what did not, every rule with its figures, what they cost, how
work is spread, what people decided, what is proven, and which run made which file. Nobody is named or numbered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.analysis.contract_spreads import ContractSpread, contract_spreads
from scheduler.analysis.difference import ChangeKind
from scheduler.analysis.figures_in_force import (
    ContractFigure,
    ParameterFigure,
    contract_figures,
    own_limits_above,
    parameter_figures,
)
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.errors import InputProblem
from scheduler.messages.message import Name
from scheduler.problem.facts import OFF
from scheduler.problem.override import Override
from scheduler.problem.publication import Publication
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.workbook.contract_notes import CONTRACTS, has_usual
from scheduler.workbook.read import Reading
from scheduler.workbook.sheets import SHEETS
from scheduler.workflows.review import Review, review
from scheduler.workflows.run_log import Told, told_of

IGNORED = ("not_a_sheet", "not_a_column", "no_header", "not_a_setting")
"""Notes on what of a workbook is passed over."""
NO_EFFECT = (("Staff", "name"), ("Hotspots", "lat"), ("Hotspots", "lon"), ("Incidents", "kind"))
"""Columns that are read, and that no roster depends on."""


class Use(StrEnum):
    """What the rows of a sheet decide."""

    ROSTER = "roster"
    REPAIRS = "repairs"
    """Which changes of a roster are late; nothing of the roster itself."""
    ACCEPTED = "accepted"
    """Which broken rules are accepted; nothing of the roster itself."""
    RECORD = "record"
    """Nothing: what stands there is shown to planners."""


_USES = {"Published": Use.REPAIRS, "Overrides": Use.ACCEPTED, "Calls": Use.RECORD, "Strategies": Use.RECORD}


@dataclass(frozen=True, slots=True)
class Input:
    """An input sheet by its canonical name, the number of its rows, and what they are used for."""

    sheet: str
    rows: int
    use: Use


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule with the figures that it holds a roster to. ``columns`` are figures of contracts by column, ``others`` the further
    columns that steer it. ``cost`` is what the roster pays for it in points, ``findings`` in how many places; ``broken`` counts
    those of a hard rule that no decision accepts."""

    rule: type[Rule[Any]]
    columns: Mapping[str, tuple[ContractFigure, ...]]
    others: tuple[str, ...]
    parameters: tuple[ParameterFigure, ...]
    findings: int
    cost: int
    broken: int


@dataclass(frozen=True, slots=True)
class Exceeding:
    """A cell that asks more of people than the default. ``name`` is that of its column or setting; ``figure`` is a figure of a
    contract or of a rule. ``decided`` is the date of the committee's decision, None where the workbook gives none; ``late`` where
    it is after the first day of the roster."""

    place: str
    name: Name
    figure: ContractFigure | ParameterFigure
    decided: dt.date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: how many duties it announced, and how many it cancelled."""

    number: int
    announced: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Decision:
    """An override, and whether it accepts anything: where it does not, the rule is not broken there."""

    override: Override
    used: bool


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided. ``edits`` counts the cells edited by hand, by kind; None where the workbook holds no record to compare
    with. ``repaired`` counts what differs from the roster that people went by, by cause, and ``late`` those of it that were
    announced inside notice; None where nothing was repaired."""

    duties_locked: int
    days_kept_free: int
    overrides: tuple[Decision, ...]
    edits: Mapping[ChangeKind, int] | None
    versions: tuple[Version, ...]
    publication: Publication | None
    repaired: Mapping[str, int] | None
    late: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the document says. ``file`` is the name of the workbook, ``made`` the local time of the document."""

    file: str
    file_sha256: str
    made: dt.datetime
    review: Review
    inputs: tuple[Input, ...]
    ignored: tuple[InputProblem, ...]
    rules: tuple[RuleInForce, ...]
    exceeding: tuple[Exceeding, ...]
    own_limits: Mapping[str, int]
    spreads: tuple[ContractSpread, ...]
    decisions: Decisions
    log: Told

    @property
    def undated(self) -> int:
        """How many cells exceed the default without the date of a decision."""
        return sum(item.decided is None for item in self.exceeding)

    @property
    def edited(self) -> int:
        return sum((self.decisions.edits or {}).values())


def dossier(reading: Reading, now: dt.datetime) -> Dossier:
    """Look at the roster of a workbook as a committee would. Raises :class:`InputError` where there is none."""
    found = review(reading)
    return Dossier(
        reading.path.name, reading.file_sha256, now, found,
        tuple(_inputs(reading)),
        tuple(note for note in reading.notes if note.message.code in IGNORED),
        tuple(_rules(found)),
        tuple(_exceeding(reading)),
        own_limits_above(reading.instance),
        contract_spreads(StaffStatistics(found.instance, found.roster)),
        _decisions(reading, found),
        told_of(reading.path, reading.file_sha256, reading.instance.sha256),
    )  # fmt: skip


def _inputs(reading: Reading) -> Iterator[Input]:
    for sheet in SHEETS:
        rows = sum(any(value is not None for value in row.values()) for row in reading.tables.get(sheet.name, ()))
        yield Input(sheet.name, rows, _USES.get(sheet.name, Use.ROSTER))


def _rules(found: Review) -> Iterator[RuleInForce]:
    places = Counter(item.rule for item in found.findings if not item.hard)
    broken = Counter(item.rule for item in found.findings if item.hard)
    costs: Counter[str] = Counter()
    for item in found.findings:
        if item.level.unit == "points":
            costs[item.rule] += item.cost or 0
    figures = {f"{CONTRACTS.name}.{c.name}": c.target for c in CONTRACTS.columns if has_usual(CONTRACTS, c)}
    for rule in RULES:
        yield RuleInForce(
            rule,
            {name: contract_figures(found.instance, figures[name]) for name in rule.columns if name in figures},
            tuple(name for name in rule.columns if name not in figures),
            tuple(parameter_figures(found.instance, rule)),
            places[rule.code],
            costs[rule.code],
            broken[rule.code],
        )


def _exceeding(reading: Reading) -> Iterator[Exceeding]:
    instance, first = reading.instance, reading.instance.calendar.start
    for column in CONTRACTS.columns:
        if has_usual(CONTRACTS, column):
            for figure in contract_figures(instance, column.target):
                if figure.laxer:
                    place = reading.cells.of("contracts", figure.index, column.target)
                    decided = figure.contract.decision_date
                    name = Name("column", column.name, CONTRACTS.name)
                    yield Exceeding(place, name, figure, decided, decided is not None and decided > first)
    for rule in RULES:
        for parameter in parameter_figures(instance, rule):
            if parameter.laxer:
                decided = reading.decisions.get(parameter.key)
                place = reading.cells.setting(parameter.key)
                late = decided is not None and decided > first
                yield Exceeding(place, Name("setting", parameter.key), parameter, decided, late)


def _decisions(reading: Reading, found: Review) -> Decisions:
    instance = found.instance
    free = sum(lock.shift == OFF for lock in instance.locks) + len(reading.kept_free)
    idle = {note.place for note in found.without_effect}
    numbers = sorted({row.version for row in instance.published})
    announced = Counter(row.version for row in instance.published if row.shift != OFF)
    cancelled = Counter(row.version for row in instance.published if row.shift == OFF)
    repairs = found.repairs
    return Decisions(
        sum(lock.shift != OFF for lock in instance.locks),
        free,
        tuple(
            Decision(override, reading.cells.of("overrides", index, "rule") not in idle)
            for index, override in enumerate(instance.overrides)
        ),
        None if found.edits is None else Counter(edit.kind for edit in found.edits),
        tuple(Version(number, announced[number], cancelled[number]) for number in numbers),
        instance.publication,
        None if repairs is None else Counter(row.cause.value for row in repairs),
        sum(row.late for row in repairs or ()),
    )  # fmt: skip
