"""Shortage limits in the CP-SAT model: what is missing in all at some hotspots, beyond what may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import CompiledProblem, CoverInterval, CoverRequirement
from scheduler.engine.cpsat.terms import Terms, Var
from scheduler.engine.shared_limits import shared_limits
from scheduler.vocabulary.constraints import Level


class Target(Protocol):
    """The model that the limits go into."""

    pool: CompiledProblem
    model: cp_model.CpModel
    levels: dict[Level, Terms]
    elsewhere: dict[Level, int]


@dataclass(slots=True)
class _Missing:
    """Person-minutes missing against one limit: what nothing decided here changes, and heads with their minutes."""

    terms: Terms = field(default_factory=Terms)
    largest: int = 0


@dataclass(frozen=True, slots=True)
class Beyond:
    """Minutes ``over`` a limit of ``most``, of all that is ``missing``."""

    over: Var
    missing: Terms
    most: int

    def at(self, heads: Mapping[int, int]) -> int:
        """The value of ``over`` where the variables of heads missing, by their index, have these values."""
        minutes = zip(self.missing.variables, self.missing.weights, strict=True)
        total = self.missing.constant + sum(weight * heads[variable.index] for variable, weight in minutes)
        return max(0, total - self.most)


class ShortageLimits:
    """Collects what is missing, requirement by requirement, and then adds its price to the levels."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._shared = shared_limits(target.pool)
        self._missing = [_Missing() for _ in self._shared.shortages]

    def add(self, interval: CoverInterval, requirement: CoverRequirement, off: Var | int) -> None:
        """Heads missing of a requirement, or the number that is missing whatever is decided here."""
        if requirement.limit < 0:
            return
        missing = self._missing[requirement.limit]
        if isinstance(off, int):
            missing.terms.constant += off * interval.minutes
        else:
            missing.terms.add(off, interval.minutes)
            missing.largest += requirement.heads * interval.minutes

    def close(self) -> list[Beyond]:
        """The minutes over each limit, which a solution with the least cost has no more of than it must."""
        target, found = self._target, []
        for limit, missing in zip(self._shared.shortages, self._missing, strict=True):
            if not missing.terms.variables:
                cost = limit.cost * max(0, missing.terms.constant - limit.most)
                target.levels[limit.level].constant += cost
                target.elsewhere[limit.level] += cost
                continue
            over = target.model.new_int_var(0, missing.terms.constant + missing.largest, "")
            target.model.add(over >= missing.terms.expression() - limit.most)
            target.levels[limit.level].add(over, limit.cost)
            found.append(Beyond(over, missing.terms, limit.most))
        return found
