"""Distance from given lines in the CP-SAT model: what people do instead, and how many of a class stay at their places.

A model that posts by class does not say who stands where. How many of those given a place may keep it is known all the same: as
many as still work the shift, and no more than stand there; :class:`~scheduler.engine.cpsat.posting.Posting` then lets them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from ortools.sat.python import cp_model

from scheduler.engine.compiled_problem import Bools, CompiledProblem, Ints
from scheduler.engine.cpsat.terms import Post, Terms, Var
from scheduler.engine.given_lines import given_lines
from scheduler.vocabulary.constraints import Level


class Target(Protocol):
    """The model that distances go into."""

    pool: CompiledProblem
    model: cp_model.CpModel
    classes: list[list[int]]
    z: dict[Post, Var]
    levels: dict[Level, Terms]
    elsewhere: dict[Level, int]
    shift: Ints
    spot: Ints

    def works(self, person: int, day: int, shift: int) -> Var | int: ...

    def post_of(self, person: int, day: int, shift: int, spot: int) -> Post | None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of some ``people`` on a post stay there."""

    variable: Var
    people: tuple[int, ...]
    post: Post


def add_distances(model: Target, decided: Bools) -> list[Kept]:
    """Add what changes cost to the levels of a model; the counts it needs for that, to be hinted. ``decided[person, day]`` are
    those whose duty or place is decided there; the others do what the current roster says."""
    given = given_lines(model.pool)
    if not given.levels:
        return []
    # As if those who are decided did what they are given: that costs nothing.
    shift, spot = np.where(decided, given.shift, model.shift), np.where(decided, given.spot, model.spot)
    for level, cost in given.values(shift, spot).items():
        model.levels[level].constant += cost
        model.elsewhere[level] += cost
    staying: dict[Post, list[int]] = defaultdict(list)
    priced = given.cost.any(axis=(0, 3)) & decided
    for person, day in np.argwhere(priced).tolist():
        costs, at = given.cost[:, person, day], int(given.shift[person, day])
        _lines(model, person, day, costs)
        if at >= 0 and costs[:, at + 1].any():
            place = int(given.spot[person, day])
            locked = model.pool.locked_at.get((person, day), place)
            if (post := model.post_of(person, day, at, place)) is not None and locked == place:
                staying[post].append(person)
    return [kept for post, people in staying.items() for kept in _stay(model, post, people)]


def _lines(model: Target, person: int, day: int, costs: Ints) -> None:
    """What a person pays for what they do on a day, as if nobody stayed at the given place."""
    for row, level in zip(costs.tolist(), given_lines(model.pool).levels, strict=True):
        terms, free = model.levels[level], row[0]
        terms.constant += free
        for shift, cost in enumerate(row[1:]):
            worked = model.works(person, day, shift)
            if isinstance(worked, int):
                terms.constant += (cost - free) * worked
            elif cost != free:
                terms.add(worked, cost - free)


def _stay(model: Target, post: Post, people: list[int]) -> list[Kept]:
    """Give back what those do not pay who stay at a post."""
    given, (_, day, shift, spot) = given_lines(model.pool), post
    alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for person in people:
        alike[tuple(given.cost[:, person, day, shift + 1].tolist())].append(person)
    if len(model.classes[post[0]]) == 1:
        ((costs, _),) = alike.items()
        _give_back(model, model.z[post], costs)
        return []
    held = sum(
        model.pool.locked_at.get((person, day)) == spot and model.pool.forced[person, day] == shift
        for person in set(model.classes[post[0]]) - set(people)
    )
    found, counts = [], Terms()
    for costs, members in alike.items():
        working = Terms()
        for person in members:
            worked = model.works(person, day, shift)
            if isinstance(worked, int):
                working.constant += worked
            else:
                working.add(worked)
        count = model.model.new_int_var(0, len(members), "")
        model.model.add(count <= working.expression())
        _give_back(model, count, costs)
        counts.add(count)
        found.append(Kept(count, tuple(members), post))
    model.model.add(counts.expression() <= model.z[post] - held)
    return found


def _give_back(model: Target, count: Var, costs: tuple[int, ...]) -> None:
    for level, cost in zip(given_lines(model.pool).levels, costs, strict=True):
        if cost:
            model.levels[level].add(count, -cost)
