"""The capacity waterfalls of an instance: the arithmetic of hours, and what the engine says of everybody's lines of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scheduler.analysis.waterfall import Stage, StageFigures, Waterfall, steps_of
from scheduler.analysis.waterfall_rules import ARITHMETIC, ON_DATE, OVER_HORIZON, TOLD, Behind, decided
from scheduler.analysis.waterfall_stages import HOURLY, Group, Question, at_best, groups, hourly
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_these
from scheduler.rules import declare


def everything(instance: Instance) -> Question:
    """What is asked where nothing narrows it: all hotspots, the whole horizon."""
    return Question(frozenset(instance.hotspot))


def waterfalls(instance: Instance, question: Question | None = None) -> tuple[Waterfall, ...]:
    """The waterfall of every home and category, and of every home and role with a demand of its own.

    The locks must be such that all can be kept (:mod:`scheduler.workflows.locks`). Raises
    :class:`~scheduler.errors.ContradictionError` where one names nothing that its person may do.
    """
    question = question or everything(instance)
    found = groups(instance, question)
    presence = OVER_HORIZON if question.day is None else ON_DATE
    lines = _lines(instance, found, presence)
    behind = Behind(instance)
    return tuple(
        Waterfall(
            group.home, group.role, group.category,
            tuple(steps_of(_stages(instance, group, question, presence, theirs, behind))), group.required, group.lends,
            group.borrows,
        )
        for group, theirs in zip(found, lines, strict=True)
    )  # fmt: skip


def _lines(
    instance: Instance, found: Sequence[Group], presence: Mapping[Stage, tuple[str, ...]]
) -> list[dict[str, tuple[int, ...]]]:
    """For each group, what the stages of presence leave everybody. Person by person: a line model serves all groups of one."""
    from scheduler.engine.lines.reach import Reach

    people = {staff for group in found for staff in group.people}
    lines: list[dict[str, tuple[int, ...]]] = [{} for _ in found]
    if people:
        reach = Reach(declare(only_these(instance, people)), [*presence.values(), None])
        for member in instance.staff:
            for group, theirs in zip(found, lines, strict=True):
                if member.id in group.people:
                    theirs[member.id] = reach.minutes(member.id, group.wanted)
    return lines


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
