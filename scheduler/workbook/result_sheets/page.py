"""What every result sheet is given, and where the Roster sheet puts people and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from scheduler.analysis.accepted import Accepted, cell_to_change
from scheduler.analysis.assessment import Assessment
from scheduler.analysis.difference import Change
from scheduler.analysis.repair_changes import RepairChange
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category, Staff
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Shortage
from scheduler.rules.base import Finding
from scheduler.workbook.coverage_grid import CoverageGrid
from scheduler.workbook.sheets import ROSTER
from scheduler.workbook.style import Look, in_formula


@dataclass(frozen=True, slots=True)
class Group:
    """People shown under one heading: same category, organisation and contract."""

    category: Category
    organisation: str
    contract: str
    members: tuple[Staff, ...]


@dataclass(frozen=True)
class RosterLayout:
    """Rows and columns of the Roster sheet, from 0. Group headings leave the id column empty."""

    instance: Instance

    HEAD = 5
    """The row with the column names and the dates; the weekdays stand above it, the weeks above these."""
    FIRST_DAY = 8
    """The column of the horizon's first day."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Police first; then in order of the Organisations and Contracts sheets; people in order of the Staff sheet."""
        organisations = {item.code: index for index, item in enumerate(self.instance.organisations)}
        contracts = {item.code: index for index, item in enumerate(self.instance.contracts)}
        found: dict[tuple[Category, str, str], list[Staff]] = {}
        for member in self.instance.staff:
            key = (self.instance.category(member.id), member.organisation, member.contract)
            found.setdefault(key, []).append(member)
        order = list(Category)
        keys = sorted(found, key=lambda key: (order.index(key[0]), organisations[key[1]], contracts[key[2]]))
        return tuple(Group(*key, tuple(found[key])) for key in keys)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of every person."""
        rows, at = {}, self.HEAD + 1
        for group in self.groups:
            at += 1
            for member in group.members:
                rows[member.id] = at
                at += 1
        return rows

    @cached_property
    def span(self) -> Mapping[Category, tuple[int, int]]:
        """First and last row of each category that has people."""
        rows: dict[Category, list[int]] = {}
        for group in self.groups:
            rows.setdefault(group.category, []).extend(self.row[member.id] for member in group.members)
        return {category: (min(found), max(found)) for category, found in rows.items()}

    @property
    def foot(self) -> int:
        """The first row under the people."""
        return max(self.row.values(), default=self.HEAD) + 2

    def column(self, day: int) -> int:
        return self.FIRST_DAY + day

    def cell(self, staff: str, day: int) -> str:
        """``K12``: where a person's day stands."""
        return str(xl_rowcol_to_cell(self.row[staff], self.column(day)))

    def days_of(self, staff: str) -> str:
        """``H12:AI12``: all days of a person."""
        return f"{self.cell(staff, 0)}:{self.cell(staff, self.instance.days - 1)}"


@dataclass(frozen=True)
class Page:
    """All that the result sheets show, and the book they are written into."""

    book: Workbook
    instance: Instance
    roster: Roster
    assessment: Assessment
    findings: Sequence[Finding]
    shortages: Sequence[Shortage]
    titles: Mapping[str, str] = field(default_factory=dict)
    """The rules' titles in the workbook's language, by code."""
    changes: Sequence[Change] | None = None
    """What differs from the roster that stood in the workbook; None when it held none."""
    repairs: Sequence[RepairChange] | None = None
    """What a repair changed, and why; None where there was none."""
    accepted: Sequence[Accepted] = ()
    """Broken rules that somebody has accepted by decision; they are none of the findings."""
    reviewed: bool = False
    """Whether the roster is one that stood in a workbook, looked at again, not one that was just solved."""

    @property
    def published_until(self) -> int:
        """The last day number that is published; -1 when none is."""
        publication = self.instance.publication
        return -1 if publication is None else self.instance.calendar.day(publication.until)

    @cached_property
    def texts(self) -> Texts:
        return Texts(self.instance.language)

    @cached_property
    def roster_title(self) -> str:
        """The title of the Roster sheet, as it stands in a formula."""
        return in_formula(self.texts.sheet(ROSTER))

    @cached_property
    def look(self) -> Look:
        return Look(self.book)

    @cached_property
    def layout(self) -> RosterLayout:
        return RosterLayout(self.instance)

    @cached_property
    def figures(self) -> StaffStatistics:
        return StaffStatistics(self.instance, self.roster)

    @cached_property
    def grid(self) -> CoverageGrid:
        return CoverageGrid(self.instance, self.roster)

    @cached_property
    def title(self) -> str:
        return self.instance.title or "Vigie"

    @cached_property
    def period(self) -> str:
        calendar = self.instance.calendar
        return self.texts(
            "period",
            first=self.texts.long_date(calendar.date(0)),
            last=self.texts.long_date(calendar.date(calendar.days - 1)),
            days=calendar.days,
        )

    def cell_of(self, finding: Finding) -> str:
        """The cell of the Roster sheet to change first; blank where there is none."""
        cell = cell_to_change(self.instance, finding)
        return self.layout.cell(*cell) if cell is not None and cell[0] in self.layout.row else ""

    @property
    def hard_findings(self) -> int:
        return sum(finding.hard for finding in self.findings)

    def role_name(self, role: str) -> str:
        """A demand's role in words: a category in the workbook's language, or the role's code."""
        return self.texts(role) if role in {category.value for category in Category} else role
