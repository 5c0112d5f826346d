"""Every rule by name, in the order in which planners read them. Adding a rule is one file and one line here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.messages.sentences import closest
from scheduler.problem.instance import Instance
from scheduler.problem.tables import Tables
from scheduler.rules.availability import Availability
from scheduler.rules.base import SEE_RULES, Reach, Rule
from scheduler.rules.changes import Changes
from scheduler.rules.co_presence import CoPresenceRule
from scheduler.rules.complete_weekends import CompleteWeekends
from scheduler.rules.continuity import Continuity
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.demand import DemandRule
from scheduler.rules.duties_elsewhere import DutiesElsewhere
from scheduler.rules.fairness import Fairness
from scheduler.rules.guarantee import Guarantee
from scheduler.rules.horizon_hours import HorizonHours
from scheduler.rules.hours_24h import Hours24h
from scheduler.rules.hours_week import HoursWeek
from scheduler.rules.incompatible_staff import IncompatibleStaff
from scheduler.rules.isolated_days import IsolatedDays
from scheduler.rules.lending import Lending
from scheduler.rules.locks import Locks
from scheduler.rules.max_consecutive_days import MaxConsecutiveDays
from scheduler.rules.max_consecutive_nights import MaxConsecutiveNights
from scheduler.rules.max_consecutive_weekends import MaxConsecutiveWeekends
from scheduler.rules.max_weekends_per_year import MaxWeekendsPerYear
from scheduler.rules.min_consecutive_days import MinConsecutiveDays
from scheduler.rules.min_consecutive_days_off import MinConsecutiveDaysOff
from scheduler.rules.min_patrol_size import MinPatrolSize
from scheduler.rules.outside import brought_in
from scheduler.rules.partners import Partners
from scheduler.rules.qualification import Qualification
from scheduler.rules.reference_hours import ReferenceHours
from scheduler.rules.requests import Requests
from scheduler.rules.role_holders import RoleHolders
from scheduler.rules.shift_limits import ShiftLimits
from scheduler.rules.shift_sequence import ShiftSequence
from scheduler.rules.single_assignment_per_day import SingleAssignmentPerDay
from scheduler.rules.stable_starts import StableStarts
from scheduler.rules.surplus import Surplus
from scheduler.vocabulary.constraints import Constraint
from scheduler.vocabulary.problem import Problem

OURS: tuple[type[Rule[Any]], ...] = (
    Availability,
    Qualification,
    SingleAssignmentPerDay,
    DailyRest,
    ShiftSequence,
    Hours24h,
    HoursWeek,
    MaxConsecutiveDays,
    MaxConsecutiveNights,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    MaxConsecutiveWeekends,
    MaxWeekendsPerYear,
    ReferenceHours,
    HorizonHours,
    ShiftLimits,
    DemandRule,
    Guarantee,
    Lending,
    Surplus,
    CoPresenceRule,
    MinPatrolSize,
    RoleHolders,
    Locks,
    DutiesElsewhere,
    Partners,
    IncompatibleStaff,
    Requests,
    Changes,
    Fairness,
    Continuity,
    IsolatedDays,
    CompleteWeekends,
    StableStarts,
)
RULES = (*OURS, *brought_in({rule.code for rule in OURS}))
"""Ours, and those of other packages (:mod:`scheduler.rules.outside`)."""


TITLES = {rule.code: rule.heading() for rule in RULES}
"""The title of each rule, by its code."""


PARAMETERS = {
    f"{rule.code}.{name}": name in rule.words() for rule in RULES for name in rule.parameters_class.model_fields
}
"""Every row of sheet Settings that is a parameter of a rule, and whether it is a word."""
CODES = {f"{rule.code}.{name}": table for rule in RULES for name, table in rule.codes().items()}
"""The table whose codes a parameter takes, where it does."""


def codes_of_rules(instance: Instance, table: str) -> frozenset[str]:
    """The codes of a table that parameters of rules name."""
    named = (instance.parameters.get(key) for key, of in CODES.items() if of == table)
    return frozenset(code for code in named if isinstance(code, str) and code)


def rules_for(instance: Tables) -> tuple[Rule[Any], ...]:
    """Every rule with the parameters that the settings of an instance, or of its tables, give it.

    Raises :class:`InputError` with every unknown parameter and every value out of range.
    """
    known = [f"{rule.code}.{name}" for rule in RULES for name in rule.parameters_class.model_fields]
    problems: list[InputProblem] = []
    for key in instance.parameters:
        if key not in known:
            message = Message("rules_parameter_unknown", "is not a parameter of any rule.")
            hint = closest(key, known) or SEE_RULES
            problems.append(InputProblem("Settings", key, message, hint))
    unknown = {problem.value for problem in problems}
    rules: list[Rule[Any]] = []
    accepted = {key: value for key, value in instance.parameters.items() if key not in unknown}
    readable = Tables.model_construct(**{**dict(instance), "parameters": accepted}) if unknown else instance
    for rule in RULES:
        try:
            rules.append(rule.for_instance(readable))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(rules)


def declare(instance: Instance, beside: Iterable[Constraint] = ()) -> Problem:
    """What an engine solves: everything that the rules say about an instance, in the vocabulary, and what holds beside it."""
    return Problem.of(instance, (*(item for rule in rules_for(instance) for item in rule.declare(instance)), *beside))


def declare_hard(instance: Instance, beside: Iterable[Constraint] = ()) -> Problem:
    """Only what decides which rosters are legal, and what holds beside it."""
    hard = (rule for rule in rules_for(instance) if rule.hard)
    return Problem.of(instance, (*(item for rule in hard for item in rule.declare(instance)), *beside))


def declare_lines(instance: Instance) -> Problem:
    """Only what decides which lines of work are legal: the hard rules about one person."""
    hard = (rule for rule in rules_for(instance) if rule.hard and rule.reach is Reach.PERSON)
    return Problem.of(instance, (item for rule in hard for item in rule.declare(instance)))
