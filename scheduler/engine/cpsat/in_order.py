"""Level after level to proof: each is minimised with the earlier ones held at what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import Ints
from scheduler.engine.cpsat.model import RosterModel
from scheduler.engine.cpsat.solver import ROUNDING, Limits, Outcome, search
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.vocabulary.constraints import Level


@dataclass(frozen=True)
class InOrder:
    """The roster found and, for every level, a lower bound given the values of the earlier ones."""

    incumbent: Incumbent
    bounds: dict[Level, int]
    held: dict[Level, int]
    """What the earlier levels were held at when a later one was searched."""
    elsewhere: dict[Level, int]
    """What of both the model cannot change."""
    work: float = 0.0
    """Deterministic time spent on the last search."""


@dataclass(frozen=True)
class Stage:
    """Levels that one search minimises, the earlier ones first, and the level that decides among rosters equal at all of them, if
    any. ``near`` is a legal roster to begin with; none: the one found before."""

    levels: tuple[Level, ...]
    tie: Level | None = None
    near: Incumbent | None = None


@dataclass(frozen=True)
class Way:
    """How a model is made around a roster, and its best solution read off as ``shift[person, day]`` and ``spot[person, day]``.

    ``least(level, held)`` is what is known of a level before it is searched, with the earlier levels held so, and ``most`` the
    largest value of a level that is not the first of its stage, all without what the model cannot change. ``strategies`` are as
    in :func:`~scheduler.engine.cpsat.solver.search`. ``alone``: the model leaves out company of others, so what it finds may be
    no legal roster.
    """

    model: Callable[[Incumbent], RosterModel]
    read_off: Callable[[RosterModel, Outcome], tuple[Ints, Ints]]
    least: Callable[[Level, Mapping[Level, int]], int] = lambda level, held: 0
    most: Mapping[Level, int] = field(default_factory=dict)
    strategies: Sequence[str] = ()
    alone: bool = False


def solve_in_order(
    start: Incumbent, way: Way, stages: Sequence[Stage], limits: Callable[[Stage], Limits]
) -> Iterator[InOrder]:
    """Minimise stage after stage; what is known after each. Where nothing is found in time, a level is held at what it was."""
    found = InOrder(start, {}, {}, {})
    for stage in stages:
        after = _searched(found, way, stage, limits)
        if after is None:
            return
        found = after
        yield found


def _searched(before: InOrder, way: Way, stage: Stage, limits: Callable[[Stage], Limits]) -> InOrder | None:
    """What is known after a stage; None where nothing is found and a level has no value."""
    start, held = before.incumbent, dict(before.held)
    model = way.model(stage.near or start)
    for earlier, value in held.items():
        model.model.add(model.levels[earlier].expression() <= value)
    elsewhere = before.elsewhere | {level: model.elsewhere[level] for level in stage.levels}
    own = {earlier: value - elsewhere[earlier] for earlier, value in held.items()}
    bounds = before.bounds | {level: elsewhere[level] + way.least(level, own) for level in stage.levels}
    for level in stage.levels:
        model.model.add(model.levels[level].expression() >= bounds[level])
    if not any(model.levels[level].variables for level in (*stage.levels, *filter(None, [stage.tie]))):
        constants = {level: model.levels[level].constant for level in stage.levels}
        return InOrder(start, bounds | constants, held | constants, elsewhere)
    scales = _scales(way, stage)
    model.model.minimize(sum(scale * _own(model, level) for level, scale in scales.items()))
    outcome = search(model.model, limits(stage), way.strategies)
    if not outcome.solved:
        known = all(level in start.values for level in stage.levels)
        found = {level: start.values[level] for level in stage.levels if known}
        return InOrder(start, bounds, held | found, elsewhere, outcome.work) if known else None
    found = {level: outcome.value(model.levels[level].expression()) for level in stage.levels}
    rest = ceil(outcome.bound - ROUNDING)
    for level in stage.levels:
        bounds[level] = max(bounds[level], min(found[level], rest // scales[level] + elsewhere[level]))
        rest -= scales[level] * (found[level] - elsewhere[level])
    incumbent = Incumbent.of(start.pool, HeadCount(start.pool), *way.read_off(model, outcome))
    return InOrder(incumbent, bounds, held | found, elsewhere, outcome.work) if way.alone or incumbent.legal else None


def _scales(way: Way, stage: Stage) -> dict[Level, int]:
    """What a unit of each level of a stage, and of its tie, counts: more than all that come after it."""
    scales: dict[Level, int] = {}
    scale = 1
    for level in reversed((*stage.levels, *filter(None, [stage.tie]))):
        scales[level] = scale
        scale *= 1 + way.most.get(level, 0)
    return scales


def _own(model: RosterModel, level: Level) -> cp_model.LinearExpr:
    return model.levels[level].expression() - model.elsewhere[level]
