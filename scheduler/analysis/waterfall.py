"""The capacity waterfall: from the people there are to the presence they can give, step by step, against what is required.

A :class:`Waterfall` is about the people of one home (a police zone, or an organisation without hotspots of its own) and one role.
Its first step is everybody at full time; each further step changes the minutes and names the rules and the facts that did it. So
the steps add up: the first, and the changes of all others, are what is left at the end.

Two kinds of steps follow each other. Contract, holidays, leave and duties elsewhere are arithmetic on paid minutes. After them
minutes are presence where heads are wanted: the most that a line of work reaches with the rules of the step and of all steps
before it. The engine is asked for these (:mod:`scheduler.engine.lines.reach`); its figures are upper bounds, so what is left is
the most that nobody can exceed. For a single date hours say little: there all steps are presence on that date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce

from scheduler.problem.facts import Category


class Stage(Enum):
    """A step, in the order in which they are shown."""

    HEADCOUNT = "headcount"
    """Everybody, at full time: or, for a date, what its shifts would let one person give."""
    PART_TIME = "part_time"
    SERVICE = "service"
    HOLIDAYS = "holidays"
    LEAVE = "leave"
    BALANCE = "balance"
    """Hours over or under the contract that are carried in."""
    ELSEWHERE = "elsewhere"
    """Duties elsewhere: training, court, other work."""
    OVER = "over"
    """Hours over the contract that the rules allow."""
    WEEK = "week"
    COMPETENCE = "competence"
    """Who may stand nowhere that is asked about."""
    DUTIES = "duties"
    """Whole duties where heads are wanted: hours that fill no duty are lost, unpaid breaks are presence."""
    REST = "rest"
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    DAYS = "days"
    """Days worked in a row, and days off."""
    HOURS = "hours"
    """For a date: hours of weeks and periods."""
    DECIDED = "decided"
    """Locks, and every other rule about one person."""


class Binding(Enum):
    """What keeps the people of a home from holding what is required there."""

    NOTHING = "nothing"
    RULES = "rules"
    """The rest, nights, weekends and days in a row that duties must leave."""
    ABSENCES = "absences"
    """Leave, public holidays and duties elsewhere."""
    BOTH = "both"
    """Rules and absences together; either alone would not do it."""
    PEOPLE = "people"
    """Nothing less than more people, or more hours in their contracts."""


ABSENCES = frozenset({Stage.HOLIDAYS, Stage.LEAVE, Stage.ELSEWHERE})
RULED = frozenset({Stage.REST, Stage.NIGHTS, Stage.WEEKENDS, Stage.DAYS, Stage.DECIDED})

FactRef = tuple[str, int, str]
"""Table, index and field of a fact: what :meth:`scheduler.workbook.places.Places.of` makes a cell of. The table ``settings`` has
a key in place of the field, the table ``sheets`` the name of a whole sheet; their index is 0."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step leaves: ``minutes`` of all these people, ``people`` who have any of them left.

    ``change`` is the difference to the step before (the minutes themselves for the first), negative where minutes are lost;
    ``touched`` is how many people it changes. ``rules`` are codes; ``facts`` the cells behind the change, in order of the tables.
    """

    stage: Stage
    minutes: int
    people: int
    change: int
    touched: int
    rules: tuple[str, ...] = ()
    facts: tuple[FactRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Required:
    """Person-minutes that the hotspots of a home ask of a role.

    ``unreachable`` is the part that no duty of the horizon reaches and no history covers; ``history`` what those who stand there
    from before the horizon can cover of it at most.
    """

    minimum: int
    target: int
    unreachable_minimum: int = 0
    unreachable_target: int = 0
    history: int = 0

    def __add__(self, other: Required) -> Required:
        return Required(
            self.minimum + other.minimum,
            self.target + other.target,
            self.unreachable_minimum + other.unreachable_minimum,
            self.unreachable_target + other.unreachable_target,
            self.history + other.history,
        )


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps of the people of one home and role. ``home`` is the code of a police zone or of an organisation, blank for the
    sum of all. ``category`` is that of the role; ``role`` is the category itself for everybody of it. ``required`` is None where
    the home has no hotspot that is asked about; ``lends`` says whether some of these people may also stand outside their home,
    and ``borrows`` whether people of another home may stand at its hotspots."""

    home: str
    role: str
    category: Category
    steps: tuple[Step, ...]
    required: Required | None = None
    lends: bool = False
    borrows: bool = False

    @property
    def people(self) -> int:
        return self.steps[0].people

    @property
    def plannable(self) -> int:
        """Person-minutes of presence that these people cannot exceed, whatever the roster."""
        return self.steps[-1].minutes

    def at(self, stage: Stage) -> Step | None:
        return next((step for step in self.steps if step.stage is stage), None)

    @property
    def short_minimum(self) -> int:
        """Proven: so many person-minutes of the minimum are held by people of another home, or missing."""
        need = self.required
        return 0 if need is None else max(0, need.minimum - need.unreachable_minimum - need.history - self.plannable)

    @property
    def short_target(self) -> int:
        """Proven: so many person-minutes of the target are held by people of another home, or missing."""
        need = self.required
        return 0 if need is None else max(0, need.target - need.unreachable_target - need.history - self.plannable)

    @property
    def binding(self) -> Binding:
        """What the target would need that is not there, by this arithmetic."""
        short = self.short_target
        if not short:
            return Binding.NOTHING
        ruled, absent = (
            -sum(step.change for step in self.steps if step.stage in stages) for stages in (RULED, ABSENCES)
        )
        if ruled >= short:
            return Binding.RULES
        if absent >= short:
            return Binding.ABSENCES
        return Binding.BOTH if ruled + absent >= short else Binding.PEOPLE


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What one stage leaves each person, in minutes, with its rules, and ``facts`` of a person that may be behind it."""

    stage: Stage
    minutes: Mapping[str, int]
    rules: tuple[str, ...] = ()
    facts: Callable[[str], Iterable[FactRef]] = lambda _: ()


def steps_of(stages: Iterable[StageFigures]) -> Iterator[Step]:
    """The steps of some people. A stage that changes nothing for anybody is a step all the same, without facts."""
    before: Mapping[str, int] | None = None
    for figures in stages:
        now = figures.minutes
        total, there = sum(now.values()), sum(minutes > 0 for minutes in now.values())
        if before is None:
            yield Step(figures.stage, total, len(now), total, len(now), figures.rules)
        else:
            touched = [staff for staff, minutes in now.items() if minutes != before[staff]]
            facts = dict.fromkeys(fact for staff in touched for fact in figures.facts(staff))
            change = total - sum(before.values())
            yield Step(figures.stage, total, there, change, len(touched), figures.rules, tuple(facts))
        before = now


def together(waterfalls: Sequence[Waterfall]) -> Waterfall | None:
    """The sum of the waterfalls of different homes and one role; None for none of them. They must have the same stages."""
    if not waterfalls:
        return None
    first = waterfalls[0]
    steps = tuple(
        Step(
            same[0].stage,
            sum(step.minutes for step in same),
            sum(step.people for step in same),
            sum(step.change for step in same),
            sum(step.touched for step in same),
            same[0].rules,
            tuple(dict.fromkeys(fact for step in same for fact in step.facts)),
        )
        for same in zip(*(item.steps for item in waterfalls), strict=True)
    )
    needs = [item.required for item in waterfalls if item.required is not None]
    required = reduce(Required.__add__, needs) if needs else None
    return Waterfall("", first.role, first.category, steps, required)
