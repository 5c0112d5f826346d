"""A strategy: what a comparison changes in the facts, and nothing else. It makes an ordinary instance of an ordinary one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from scheduler.problem.codes import Code, ListedCode
from scheduler.problem.facts import Category, OrganisationKind, Pooling
from scheduler.problem.frozen import Fact
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import without


class Strategy(Fact):
    """Whose police a hotspot may draw on, which shifts are worked, and who takes part."""

    name: ListedCode
    pooling: Pooling = Pooling.SEPARATE
    lends_percent: float | None = Field(
        default=None, ge=0, le=100, description="person-days that a zone lends at most; blank: as the workbook says"
    )
    guarantee: bool = Field(default=True, description="no zone misses more of its police minimum than it would alone")
    shifts: tuple[Code, ...] = Field(
        default=(), description="the shifts that are worked, of each category of which one is named; blank: all"
    )
    non_police: bool = Field(default=True, description="whether non-police staff take part")
    federal: bool = Field(default=True, description="whether federal police take part")
    without: tuple[Code, ...] = Field(default=(), description="organisations whose people take no part")

    @property
    def lends(self) -> bool:
        """Whether zones lend each other police: only then the share and the guarantee mean anything."""
        return self.pooling is Pooling.LATERAL

    @property
    def needs_alone(self) -> bool:
        """Whether it asks what every zone misses alone."""
        return self.lends and self.guarantee

    def alone(self, among: Iterable[Strategy] = ()) -> Strategy:
        """The same with zones that keep to themselves: one of these if it is the same but for its name."""
        apart = self.replace(name=f"{self.name}-alone", pooling=Pooling.SEPARATE, lends_percent=None)
        return next((other for other in among if other.replace(name=apart.name) == apart), apart)


READY: Mapping[str, Strategy] = {
    item.name: item
    for item in (
        Strategy(name="separate"),
        Strategy(name="lateral", pooling=Pooling.LATERAL),
        Strategy(name="single", pooling=Pooling.SINGLE),
        Strategy(name="police-only", non_police=False),
        Strategy(name="no-federal", federal=False),
    )
}
"""Those that need no sheet."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a strategy leaves out of the facts: people who take no part, rows about shifts that are not worked, by table."""

    people: int
    rows: Mapping[str, int]


def apply(strategy: Strategy, instance: Instance, alone: Mapping[str, float] | None = None) -> tuple[Instance, Dropped]:
    """The instance under a strategy, and what that leaves out. ``alone`` are the hours of the police minimum that each zone
    misses alone, where the strategy guarantees them."""
    gone = {
        member.id
        for member in instance.staff
        if member.organisation in strategy.without
        or (not strategy.non_police and instance.category(member.id) is Category.NON_POLICE)
        or (not strategy.federal and instance.organisation[member.organisation].kind is OrganisationKind.FEDERAL)
    }
    found = without(instance, gone) if gone else instance
    dropped: dict[str, int] = {}
    if strategy.shifts:
        found, dropped = _with_shifts(found, frozenset(strategy.shifts))
    organisations = found.organisations
    if strategy.pooling is Pooling.LATERAL:
        limits = alone if strategy.guarantee and alone is not None else {}
        organisations = tuple(
            item.replace(
                lends_percent=item.lends_percent if strategy.lends_percent is None else strategy.lends_percent,
                short_hours=limits.get(item.code),
            )
            if item.kind is OrganisationKind.POLICE_ZONE
            else item
            for item in organisations
        )
    return found.replace(strategy=strategy.pooling, organisations=organisations), Dropped(len(gone), dropped)


def _with_shifts(instance: Instance, named: frozenset[str]) -> tuple[Instance, dict[str, int]]:
    """The named shifts are worked, and of the others only those of a category of which none is named; of reserves the same holds
    apart. Locks and requests of the rest go."""
    asked = {
        (category, shift.reserve) for shift in instance.shifts if shift.code in named for category in shift.categories
    }
    idle = {
        shift.code
        for shift in instance.shifts
        if shift.code not in named and any((category, shift.reserve) in asked for category in shift.categories)
    }
    worked = dict.fromkeys(named, True) | dict.fromkeys(idle, False)
    shifts = tuple(shift.replace(worked=worked.get(shift.code, shift.worked)) for shift in instance.shifts)
    locks = tuple(item for item in instance.locks if item.shift not in idle)
    requests = tuple(item for item in instance.requests if item.shift not in idle)
    dropped = {"locks": len(instance.locks) - len(locks), "requests": len(instance.requests) - len(requests)}
    counted = {table: count for table, count in dropped.items() if count}
    return instance.replace(shifts=shifts, locks=locks, requests=requests), counted
