"""The capacity waterfalls of an instance: the arithmetic of hours, and what the engine says of everybody's lines of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from scheduler.analysis.waterfall import Stage, StageFigures, Waterfall, steps_of
from scheduler.analysis.waterfall_rules import ARITHMETIC, ON_DATE, OVER_HORIZON, TOLD, Behind, decided
from scheduler.analysis.waterfall_stages import HOURLY, AskedPlace, Bools, Group, Question, at_best, groups, hourly
from scheduler.problem.demand_profile import Place
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.rules import declare_lines
from scheduler.system.cores import cores

T = TypeVar("T")


def everything(instance: Instance) -> Question:
    """What is asked where nothing narrows it: all hotspots, the whole horizon."""
    return Question(frozenset(instance.hotspot))


@dataclass(frozen=True)
class Examined:
    """The waterfalls, and what everybody in them can be present at most, in minutes, as one of their category. ``amounts`` tell
    apart what their duties are worth."""

    waterfalls: tuple[Waterfall, ...]
    plannable: Mapping[str, int]
    amounts: Mapping[str, bytes]


def waterfalls(instance: Instance, question: Question | None = None) -> tuple[Waterfall, ...]:
    """The waterfall of every home and category, and of every home and role with a demand of its own.

    The locks must be such that all can be kept (:mod:`scheduler.workflows.lock_conflicts`). Raises
    :class:`~scheduler.errors.ContradictionError` where one names nothing that its person may do.
    """
    return examined(instance, question or everything(instance)).waterfalls


def examined(instance: Instance, question: Question) -> Examined:
    """The same, and the figures of single people that they add up."""
    found = groups(instance, question)
    presence = OVER_HORIZON if question.day is None else ON_DATE
    lines, amounts = _lines(instance, found, presence)
    behind, plannable = Behind(instance), dict[str, int]()
    told = []
    for group, theirs in zip(found, lines, strict=True):
        stages = list(_stages(instance, group, question, presence, theirs, behind))
        steps = tuple(steps_of(stages))
        told.append(
            Waterfall(group.home, group.role, group.category, steps, group.required, group.lends, group.borrows)
        )
        if group.role == group.category.value:
            plannable |= stages[-1].minutes
    return Examined(tuple(told), plannable, amounts)


def plannable(
    instance: Instance, places: Mapping[Place, AskedPlace], people: Collection[str], known: Examined | None = None
) -> Mapping[str, int]:
    """What some people can be present at most where heads of their category are wanted at some places, in minutes. ``known`` are
    figures of the same rules: who is worth the same there is not looked at again."""
    from scheduler.engine.lines.reach import Reach

    if not people:
        return {}
    reach = Reach(declare_lines(only_these(instance, frozenset(people))), [OVER_HORIZON[Stage.DUTIES], None])
    wanted: dict[Category, dict[str, Bools]] = {category: {} for category in Category}
    for (spot, category), place in places.items():
        wanted[category][spot] = place.wanted

    def minutes(staff: str) -> int:
        there = wanted[instance.category(staff)]
        before = 0 if known is None else known.plannable.get(staff, 0)
        if known is not None and known.amounts.get(staff) == reach.amounts(staff, there):
            return before
        # Where hours alone allow no more than what was reached already, no line of work has to be looked at again.
        return reach.minutes(staff, there, before)[-1]

    return dict(zip(people, _each(minutes, people), strict=True))


def _lines(
    instance: Instance, found: Sequence[Group], presence: Mapping[Stage, tuple[str, ...]]
) -> tuple[list[dict[str, tuple[int, ...]]], Mapping[str, bytes]]:
    """For each group, what the stages of presence leave everybody, and what their duties are worth as those of their category.
    Person by person: a line model serves all groups of one."""
    from scheduler.engine.lines.reach import Reach

    asked = {staff for group in found for staff in group.people}
    people = [member.id for member in instance.staff if member.id in asked]
    lines: list[dict[str, tuple[int, ...]]] = [{} for _ in found]
    amounts: dict[str, bytes] = {}
    if people:
        reach = Reach(declare_lines(only_these(instance, asked)), [*presence.values(), None])

        def one(staff: str) -> list[tuple[int, tuple[int, ...], bytes | None]]:
            told = []
            for number, group in enumerate(found):
                if staff in group.people:
                    own = group.role == group.category.value
                    amount = reach.amounts(staff, group.wanted) if own else None
                    told.append((number, reach.minutes(staff, group.wanted), amount))
            return told

        for staff, theirs in zip(people, _each(one, people), strict=True):
            for number, minutes, amount in theirs:
                lines[number][staff] = minutes
                if amount is not None:
                    amounts[staff] = amount
    return lines, amounts


def _each(ask: Callable[[str], T], people: Iterable[str]) -> Iterator[T]:
    """An answer for each of some people, in their order: while compiled code works on one, another is prepared."""
    with ThreadPoolExecutor(min(2, cores())) as threads:
        yield from threads.map(ask, people)


def _stages(
    instance: Instance,
    group: Group,
    question: Question,
    presence: Mapping[Stage, tuple[str, ...]],
    lines: Mapping[str, tuple[int, ...]],
    behind: Behind,
) -> Iterator[StageFigures]:
    if question.day is None:
        hours = hourly(instance, group)
        able = hours[Stage.COMPETENCE]
        for stage in HOURLY:
            yield _figures(stage, hours[stage], ARITHMETIC[stage], behind)
    else:
        able = at_best(instance, group)
        yield _figures(Stage.HEADCOUNT, able, (), behind)
    rules = {**presence, Stage.DECIDED: decided(presence)}
    for place, (stage, codes) in enumerate(rules.items()):
        # Whoever has no hours left is present in no line that is worth anything.
        minutes = {staff: lines[staff][place] if able[staff] else 0 for staff in group.people}
        yield _figures(stage, minutes, codes if question.day is not None else TOLD.get(stage, codes), behind)


def _figures(stage: Stage, minutes: Mapping[str, int], rules: tuple[str, ...], behind: Behind) -> StageFigures:
    return StageFigures(stage, minutes, rules, lambda staff: behind.facts(stage, staff))
