"""A published roster under absences that nobody knows of yet: what is left of its coverage when only legal replacements come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from scheduler.analysis.pool_losses import PoolLosses
from scheduler.analysis.spells import help_comes, spells
from scheduler.analysis.stress import Stress, Tally
from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message, Name
from scheduler.problem.facts import Pooling
from scheduler.problem.roster import Roster
from scheduler.rules.audit import broken_rules
from scheduler.system.cores import cores
from scheduler.workbook.read import Reading
from scheduler.workbook.sheets import ROSTER
from scheduler.workflows.review import roster_of

NEW_ABSENCE, RELIABILITY = "--new-absence", "--reliability"
AT_ONCE = 2_000_000
"""Person-days that are simulated at a time, as far as a run has no more."""


@dataclass(frozen=True, slots=True)
class StressPlan:
    """What is simulated. ``absence`` is the share of days on which somebody is newly away, ``reliability`` the share of promised
    help between zones that comes; ``reserves`` asks how many would be enough."""

    absence: float
    reliability: float = 1.0
    runs: int = 1000
    seed: int = 1
    reserves: bool = False


def share_of(option: str, words: str) -> float:
    """A share from 0 to 1 that is given in percent: ``5%``, ``5 %``, ``7.5`` or ``7,5``. Raises :class:`InputError` for anything
    else, and for a figure below 1 without a percent sign, which may be meant as a share."""
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*", words)
    if found is None:
        message = Message("percentage_unread", "is no percentage.")
        hint = Message("percentage_hint", "Write a figure from 0 to 100, as 5%.")
        raise InputError([InputProblem(option, words, message, hint)])
    value = float(found[1].replace(",", "."))
    if value > 100:
        raise InputError([InputProblem(option, words, Message("percentage_over", "is over 100 %."))])
    if 0 < value < 1 and not found[2]:
        message = Message("percentage_or_share", "may be a share or a percentage.")
        hint = Message("percentage_sign", "Write it with a percent sign.")
        raise InputError([InputProblem(option, words, message, hint)])
    return value / 100


def notes(reading: Reading, plan: StressPlan) -> Iterator[InputProblem]:
    """What is said before the runs: a reliability without effect, and rules that the roster breaks by itself."""
    instance = reading.instance
    if plan.reliability < 1 and instance.strategy is not Pooling.LATERAL:
        message = Message(
            "reliability_without_effect",
            "has no effect: zones lend each other nobody with the strategy {strategy}.",
            strategy=Name("choice", instance.strategy.value),
        )
        yield InputProblem(RELIABILITY, "", message, fatal=False)
    broken = broken_rules(instance, _roster(reading))
    if broken:
        message = Message(
            "stress_broken",
            ("breaks {count} hard rule as it is (vigie audit).", "breaks {count} hard rules as it is (vigie audit)."),
            count=len(broken),
        )
        hint = Message("stress_broken_hint", "People whose own duties break one are not called to another.")
        yield InputProblem(ROSTER, "", message, hint, fatal=False).named(reading.cells.naming)


def stress(reading: Reading, plan: StressPlan, on_runs: Callable[[int], None] = lambda _: None) -> Stress:
    """Simulate all runs; ``on_runs`` is told now and then how many are done. Raises :class:`InputError` where there is no roster,
    or somebody has two duties on a date."""
    from scheduler.engine.recourse.simulation import Recourse

    instance, roster = reading.instance, _roster(reading)
    recourse = Recourse(instance, roster)
    people, lateral = recourse.pool.people, instance.strategy is Pooling.LATERAL
    tally = Tally(instance, recourse.stretches(), recourse.planned_heads)
    losses = PoolLosses(instance, roster, people) if plan.reserves else None
    step = max(10, AT_ONCE // max(1, len(people) * instance.days))
    for first in range(0, plan.runs, step):
        runs = range(first, min(first + step, plan.runs))
        away = spells(people, runs, instance.days, plan.absence, plan.seed)
        sure = not lateral or plan.reliability >= 1
        comes = np.ones_like(away) if sure else help_comes(people, runs, instance.days, plan.reliability, plan.seed)
        found = recourse.run(away, comes, cores())
        tally.add(found.heads, found.counts)
        if losses is not None:
            losses.add(away)
        on_runs(runs.stop)
    places, whole = tally.places()
    result = Stress(
        instance, plan.absence, plan.reliability if lateral else None, plan.runs, plan.seed, len(roster), places, whole,
        tally.risky(plan.runs), tally.risky_days(plan.runs), tally.replaced(),
    )  # fmt: skip
    return result if losses is None else replace(result, reserves=losses.enough())


def _roster(reading: Reading) -> Roster:
    """The roster of a workbook: with duties, and no more than one for a person on a date."""
    roster = roster_of(reading)
    hint = Message("make_a_roster", "Make one first: `vigie solve FILE -o OUT`.")
    if not len(roster):
        message = Message("roster_without_duties", "has no duty on it.")
        raise InputError([InputProblem(ROSTER, "", message, hint).named(reading.cells.naming)])
    twice = {
        (one.staff, one.day)
        for one, other in zip(roster, roster.assignments[1:], strict=False)
        if (one.staff, one.day) == (other.staff, other.day)
    }
    problems = [
        InputProblem(
            ROSTER, staff,
            Message("roster_two_duties", "has two duties on {date}.", date=reading.instance.calendar.date(day)),
        ).named(reading.cells.naming)
        for staff, day in sorted(twice)
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return roster
