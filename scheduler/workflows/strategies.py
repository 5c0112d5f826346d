"""The strategies that a comparison is asked for by their names, and what is said of them before anything is solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.analysis.coverage import never_covered
from scheduler.analysis.workable import fits
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import AllOf, Message, Name
from scheduler.messages.sentences import closest
from scheduler.problem.facts import Category, Pooling, fold
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.strategy import READY, Dropped, Strategy, apply
from scheduler.result import Cause

STRATEGIES = "--strategies"
SHEETS = {"locks": "Locked", "requests": "Requests"}
"""The sheets of the tables that a strategy leaves rows out of."""
NAMED = 5
"""People named in a note about many."""


def known(names: Sequence[str], given: Iterable[Strategy] = ()) -> tuple[Strategy, ...]:
    """The strategies of these names: those ``given`` in the workbook, and the ready ones that it does not name otherwise. Raises
    :class:`InputError` with every name that is unknown or stands twice, and where there is none."""
    there = {fold(item.name): item for item in (*READY.values(), *given)}
    every = Message("strategies_known", "Known are {names}.", names=AllOf(tuple(item.name for item in there.values())))
    if not names:
        raise InputError([InputProblem(STRATEGIES, "", Message("strategies_none", "names no strategy."), every)])
    problems: list[InputProblem] = []
    found: list[Strategy] = []
    for name in names:
        strategy = there.get(fold(name))
        if strategy is None:
            message = Message("strategy_unknown", "is no strategy.")
            problems.append(InputProblem(STRATEGIES, name, message, closest(name, there.keys()) or every))
        elif strategy in found:
            problems.append(InputProblem(STRATEGIES, name, Message("strategy_again", "stands here twice.")))
        else:
            found.append(strategy)
    if problems:
        raise InputError(problems)
    return tuple(found)


def empty_places(instance: Instance) -> tuple[str, ...]:
    """Hotspots where somebody is asked for and nobody may stand."""
    asked = {need.hotspot for need in instance.needs if need.target}
    reached = {code for member in instance.staff if member.fte for code in allowed_hotspots(instance, member.id)}
    return tuple(spot.code for spot in instance.hotspots if spot.code in asked - reached)


def notes(strategies: Sequence[Strategy], instance: Instance) -> Iterator[InputProblem]:
    """What is said of strategies before anything is solved."""
    for strategy in strategies:
        found, dropped = apply(strategy, instance)
        yield from (_note(strategy, message) for message in _left_out(dropped))
        spots = empty_places(found)
        if spots:
            message = Message("strategy_leaves_empty", "leaves nobody who may stand at {spots}.", spots=AllOf(spots))
            yield _note(strategy, message)
        hours = (_no_shift(found) - _no_shift(instance)) / 60
        if hours > 0:
            message = Message(
                "strategy_no_shift",
                "has no shift for {hours} h of what is asked: they will be missing.",
                hours=round(hours, 1),
            )
            yield _note(strategy, message)
        idle = sorted(_workers(instance) - _workers(found))
        if strategy.shifts and idle:
            message = Message(
                "strategy_idle_people",
                (
                    "leaves {count} person without a shift that their contract allows: {people}.",
                    "leaves {count} people without a shift that their contract allows: {people}.",
                ),
                count=len(idle),
                people=", ".join(idle[:NAMED]) + (" …" if len(idle) > NAMED else ""),
            )
            yield _note(strategy, message)
        if strategy.needs_alone and strategy.alone(strategies) not in strategies:
            message = Message("strategy_needs_alone", "needs what each zone misses alone, which is solved first.")
            yield _note(strategy, message)
        if strategy.lends_percent is not None and strategy.pooling is not Pooling.LATERAL:
            message = Message(
                "strategy_lends_nothing",
                "lends nothing: {column} counts only where the pooling is {lateral}.",
                column=Name("column", "lends_percent", "Strategies"),
                lateral=Name("choice", Pooling.LATERAL.value),
            )
            yield _note(strategy, message)


def _left_out(dropped: Dropped) -> Iterator[Message]:
    """What a strategy does not take over from the workbook."""
    if dropped.people:
        yield Message(
            "strategy_drops_people",
            ("leaves out {count} person of sheet {sheet}.", "leaves out {count} people of sheet {sheet}."),
            count=dropped.people,
            sheet=Name("sheet", "Staff"),
        )
    for table, count in dropped.rows.items():
        yield Message(
            "strategy_drops_rows",
            (
                "leaves out {count} row of sheet {sheet}: the shift is not worked.",
                "leaves out {count} rows of sheet {sheet}: the shifts are not worked.",
            ),
            count=count,
            sheet=Name("sheet", SHEETS[table]),
        )


def _note(strategy: Strategy, message: Message) -> InputProblem:
    return InputProblem(STRATEGIES, strategy.name, message, fatal=False)


def _workers(instance: Instance) -> set[str]:
    """Those who have a shift that they may work."""
    worked = [shift for shift in instance.shifts if shift.worked]
    able: dict[tuple[str, Category], bool] = {}
    for member in instance.staff:
        kind = member.contract, instance.category(member.id)
        if kind not in able:
            able[kind] = any(kind[1] in shift.categories and fits(instance, member.id, shift) for shift in worked)
    return {
        member.id for member in instance.staff if member.fte and able[member.contract, instance.category(member.id)]
    }


def _no_shift(instance: Instance) -> int:
    """Person-minutes asked for that no shift reaches."""
    never = never_covered(instance)
    return sum(item.person_minutes for item in never.stretches if item.cause is Cause.NO_SHIFT)
