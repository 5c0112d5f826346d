"""What an engine gets: everything the rules declared about an instance, and what is optimised, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.problem.instance import Instance
from scheduler.vocabulary.constraints import (
    COVERAGE_LEVELS,
    LEVELS,
    REPAIR_LEVELS,
    Blocks,
    Clash,
    Constraint,
    CoPresence,
    Cover,
    Distance,
    Keep,
    Kind,
    Level,
    LineConstraint,
    Quota,
    Run,
    ShortageLimit,
    Total,
    Unavailable,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """People and hotspots that a problem is about; nobody else stands there, and they stand nowhere else."""

    people: tuple[str, ...]
    hotspots: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """What an engine gets: the facts' geometry, everything the rules declared, whom and what it is about (None: all), and the
    levels that are optimised, in order: a later one never spoils an earlier one."""

    instance: Instance
    constraints: tuple[Constraint, ...]
    scope: Scope | None = None
    levels: tuple[Level, ...] = LEVELS

    @classmethod
    def of(cls, instance: Instance, constraints: Iterable[Constraint]) -> Problem:
        """The problem of a solve; that of a repair where somebody's distance from a given line counts."""
        every = tuple(constraints)
        repair = any(isinstance(constraint, Distance) for constraint in every)
        return cls(instance, every, levels=REPAIR_LEVELS if repair else LEVELS)

    def __getstate__(self) -> dict[str, object]:
        """Without what is derived, as for :class:`~scheduler.problem.instance.Instance`."""
        return {"instance": self.instance, "constraints": self.constraints, "scope": self.scope, "levels": self.levels}

    @cached_property
    def leading_levels(self) -> tuple[Level, ...]:
        """The levels before quality, in order: they are held while quality is searched."""
        return tuple(level for level in self.levels if level is not Level.QUALITY)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Ids of the people, in the order of the facts."""
        return tuple(member.id for member in self.instance.staff) if self.scope is None else self.scope.people

    @cached_property
    def hotspots(self) -> tuple[str, ...]:
        return tuple(spot.code for spot in self.instance.hotspots) if self.scope is None else self.scope.hotspots

    def within(self, scope: Scope) -> Problem:
        """What of this is about some people and hotspots. Where scopes part people who have nothing to do with each other, the
        values of the parts add up to the value of the whole at every level."""
        people, hotspots = frozenset(scope.people), frozenset(scope.hotspots)
        kept = (_within(constraint, people, hotspots) for constraint in self.constraints)
        return replace(
            self, constraints=tuple(constraint for constraint in kept if constraint is not None), scope=scope
        )

    @cached_property
    def _by_kind(self) -> Mapping[type, tuple[object, ...]]:
        table: dict[type, list[object]] = {}
        for constraint in self.constraints:
            table.setdefault(type(constraint), []).append(constraint)
        return {kind: tuple(found) for kind, found in table.items()}

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Every constraint of one kind, in the order of declaration."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]

    @cached_property
    def required(self) -> Mapping[Level, int]:
        """Weighted person-minutes wanted at each coverage level."""
        total = dict.fromkeys(COVERAGE_LEVELS, 0)
        for cover in self.all(Cover):
            if cover.level in total:
                total[cover.level] += cover.weight * cover.heads * (cover.end - cover.start)
        return total

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[LineConstraint, ...]]:
        table: dict[str, list[LineConstraint]] = {person: [] for person in self.people}
        for constraint in self.constraints:
            if isinstance(constraint, Clash):
                for person in constraint.people:
                    table[person].append(constraint)
            elif isinstance(constraint, Unavailable | Run | Total | Blocks | Wish | Keep):
                table[constraint.person].append(constraint)
        return {person: tuple(found) for person, found in table.items()}

    def line(self, person: str) -> tuple[LineConstraint, ...]:
        """Every line constraint about one person."""
        return self._by_person[person]


def _within(constraint: Constraint, people: frozenset[str], hotspots: frozenset[str]) -> Constraint | None:
    """The part of a constraint that is about some people and hotspots; None when there is none."""
    match constraint:
        case Cover():
            kept = replace(constraint, people=constraint.people & people)
            return kept if constraint.hotspot in hotspots else None
        case CoPresence():
            dependents, companions = constraint.dependents & people, constraint.companions & people
            begun = frozenset(stretch for stretch in constraint.begun if stretch[0] in hotspots)
            kept_company = replace(constraint, dependents=dependents, companions=companions, begun=begun)
            return kept_company if dependents or begun else None
        case Quota():
            kept_people = constraint.people & people
            return replace(constraint, people=kept_people) if kept_people else None
        case ShortageLimit():
            parts = (_within(cover, people, hotspots) for cover in constraint.covers)
            covers = tuple(part for part in parts if isinstance(part, Cover))
            return replace(constraint, covers=covers) if covers else None
        case Clash():
            who = tuple(person for person in constraint.people if person in people)
            return replace(constraint, people=who) if who else None
        case _:
            return constraint if constraint.person in people else None
