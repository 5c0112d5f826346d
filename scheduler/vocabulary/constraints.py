"""The vocabulary between rules and engines: fifteen kinds of constraint, frozen and solver-free.

A rule says in these kinds what it forbids or costs; an engine compiles every kind once and never asks which rule it came
from. ``rule`` is carried along only so that a result can be explained. ``cost`` is ``None`` for a hard constraint; else
it is the price of one unit of breaking it, in points of the quality level.

Line kinds look at one person's duties over time: :class:`Unavailable`, :class:`Clash`, :class:`Run`, :class:`Total`,
:class:`Blocks`, :class:`Wish`, :class:`Keep`. Post kinds look at who stands where: :class:`Cover`, :class:`CoPresence`,
:class:`Together`, :class:`Apart`, :class:`Variety`, :class:`Distance`, :class:`Quota`, :class:`ShortageLimit`.

People are staff ids, duties are :data:`~scheduler.problem.instance.DutyKey`, instants are minutes since the horizon's start.
Every person works at most one duty that starts on a given day: engines rely on it, and the rule
`single_assignment_per_day` declares and audits it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import takewhile
from typing import TypeVar

from scheduler.problem.instance import DutyKey


class Level(Enum):
    """What is optimised. Which levels a problem has, and in which order, is said by :attr:`Problem.levels`."""

    POLICE_MINIMUM = "police_minimum"
    NON_POLICE_MINIMUM = "non_police_minimum"
    CHANGES_IN_NOTICE = "changes_in_notice"
    TARGETS = "targets"
    CHANGES = "changes"
    QUALITY = "quality"

    @property
    def code(self) -> str:
        """The name in records, files and JSON."""
        return self.value

    @property
    def unit(self) -> str:
        """What it counts: ``minutes`` of persons, ``days`` of persons, or ``points``."""
        match self:
            case Level.CHANGES_IN_NOTICE:
                return "days"
            case Level.CHANGES | Level.QUALITY:
                return "points"
            case _:
                return "minutes"


COVERAGE_LEVELS = (Level.POLICE_MINIMUM, Level.NON_POLICE_MINIMUM, Level.TARGETS)
LEVELS = (*COVERAGE_LEVELS, Level.QUALITY)
"""Those of a solve, in order."""
CHANGE_LEVELS = (Level.CHANGES_IN_NOTICE, Level.CHANGES)
"""Those that count how far a roster is from the one that people go by."""
REPAIR_LEVELS = tuple(Level)
"""Those of a repair, in order: what was announced changes for a minimum, and for nothing else; the rest changes for a target."""


def before(level: Level, levels: Iterable[Level]) -> tuple[Level, ...]:
    """The levels that come before one in an order; all of them where it is not among them."""
    return tuple(takewhile(lambda earlier: earlier is not level, levels))


@dataclass(frozen=True, slots=True)
class Unavailable:
    """``person`` cannot work ``duties`` (None: any) at ``hotspots`` (None: anywhere). Always hard."""

    rule: str
    person: str
    duties: frozenset[DutyKey] | None = None
    hotspots: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Each of ``people`` works at most one of ``duties``: Σ x ≤ 1. With a cost: that price for each one more.

    The duties of one clash lie on one day or on two days.
    """

    rule: str
    people: tuple[str, ...]
    duties: frozenset[DutyKey]
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The length of unbroken runs of days of ``person``.

    A day counts when a duty of ``counts`` (None: any duty) is worked on it, or when it is in ``always`` (a duty
    elsewhere). With ``free`` the runs are those of days that do *not* count. Every run is at least ``least`` and at most
    ``most`` days long. ``carried`` is the length of the run, of the kind looked at, that ends on the day before the
    horizon, 0 when that day belongs to a run of the other kind; ``None`` means that nothing is known of the past: no day before
    is added to a run, and nobody can say how long a run is that touches the first day.

    Excused from ``least`` are a run that touches the last day of the horizon unless ``closed`` (no run goes on after it), one
    that touches the first day when ``carried`` is None, and one that holds a day of ``pardon`` (leave).
    The cost is per day too short or too long.
    """

    rule: str
    person: str
    counts: frozenset[DutyKey] | None = None
    free: bool = False
    least: int = 1
    most: int | None = None
    carried: int | None = None
    always: frozenset[int] = frozenset()
    pardon: frozenset[int] = frozenset()
    closed: bool = False
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """``least`` ≤ base + Σ weights·x ≤ ``most`` for ``person``; with a cost: that price for each unit outside.

    The rule states units (minutes, nights). Weights are not negative. People of one contract should share one mapping object.
    """

    rule: str
    person: str
    weights: Mapping[DutyKey, int]
    base: int = 0
    least: int | None = None
    most: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Blocks:
    """How many day blocks (weekends) of ``person`` are touched, in all and in a row.

    ``blocks[i]`` holds the duties that touch block *i*; blocks are in order of time and share no duty. Block indices in
    ``always`` are touched whatever the line says. ``least``/``most`` bound ``base`` + the touched blocks (with a cost: per block
    outside; the cost never softens the others). ``most_in_row`` bounds consecutive touched blocks, beginning with ``carried``
    of them before the first. When the ``most_in_row`` blocks before block *i* are all touched, the two duties of a pair in
    ``rest[i]`` may not both be worked.
    """

    rule: str
    person: str
    blocks: tuple[frozenset[DutyKey], ...]
    always: frozenset[int] = frozenset()
    base: int = 0
    least: int | None = None
    most: int | None = None
    most_in_row: int | None = None
    carried: int = 0
    rest: Mapping[int, frozenset[tuple[DutyKey, DutyKey]]] = field(default_factory=dict)
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A soft wish of or about ``person``.

    Not ``want``: ``cost`` for each duty worked that is in ``duties``, or at one of ``hotspots``; any duty where both are None.
    ``want``: ``cost`` for each *day* of ``duties`` on which none of them is worked. Raises ValueError for any other form.
    """

    rule: str
    person: str
    cost: int
    duties: frozenset[DutyKey] | None = None
    hotspots: frozenset[str] | None = None
    want: bool = False

    def __post_init__(self) -> None:
        if self.hotspots is not None and (self.duties is not None or self.want):
            raise ValueError("a wish is about duties or about hotspots, and a hotspot can only be unwanted")
        if self.want and self.duties is None:
            raise ValueError("a wanted duty must be named")


@dataclass(frozen=True, slots=True)
class Keep:
    """A lock: ``person`` works ``shift`` on ``day`` (None: no duty at all that day), at ``hotspot`` (None: any)."""

    rule: str
    person: str
    day: int
    shift: str | None
    hotspot: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Heads of ``people`` at ``hotspot`` during ``[start, end)``.

    ``weight`` per person-minute below ``heads``; with ``above``, per person-minute above them (over-coverage), which only level
    QUALITY knows. Always soft; what is missing adds Σ weight · minutes · max(0, heads − present) to the value of ``level``.
    ``role`` is the demand's role or category, for messages. Raises ValueError for heads above at a coverage level.
    """

    rule: str
    level: Level
    hotspot: str
    role: str
    people: frozenset[str]
    start: int
    end: int
    heads: int
    weight: int = 1
    above: bool = False

    def __post_init__(self) -> None:
        if self.above and self.level in COVERAGE_LEVELS:
            raise ValueError("a coverage level counts the heads that are missing")


@dataclass(frozen=True, slots=True)
class CoPresence:
    """Wherever and while one of the ``dependents`` stands, at least ``least`` of the ``companions`` stand at the same hotspot.
    With ``per`` also one for each started ``per`` of the dependents there: companions · per ≥ dependents.

    People who are in both sets count themselves, and history counts in both. Holds for the whole of each duty of a dependent, but
    not at hotspots of ``except_at``; and in each of the stretches ``begun`` (hotspot, start, end), where a dependent stands from
    history, who is not judged elsewhere. Always hard. Raises ValueError where ``per`` is not positive.
    """

    rule: str
    dependents: frozenset[str]
    companions: frozenset[str]
    least: int
    except_at: frozenset[str] = frozenset()
    per: int | None = None
    begun: frozenset[tuple[str, int, int]] = frozenset()

    def __post_init__(self) -> None:
        if self.per is not None and self.per < 1:
            raise ValueError("there is one companion for each started so many dependents")


@dataclass(frozen=True, slots=True)
class Together:
    """``cost`` for each duty that one of two people works without the other on the same duty at the same hotspot;
    days in ``excused`` do not count (one of them is on leave)."""

    rule: str
    person: str
    partner: str
    cost: int
    excused: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people never stand at the same hotspot at the same time. Always hard."""

    rule: str
    person: str
    other: str


@dataclass(frozen=True, slots=True)
class Variety:
    """``cost`` for every different hotspot of ``person`` over the horizon beyond the first."""

    rule: str
    person: str
    cost: int


Given = tuple[str, str] | None
"""What stands on a day of a line: shift and hotspot, or None for a free day."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far ``person`` is from a given line: a price for each day on which something else is done.

    ``given[day]`` is what stands there; other days are free of charge. ``costs[day][shift]`` is the price of working that shift
    instead (0 where it is not named), ``costs[day][None]`` that of a free day; for the given shift it is that of working it at
    another hotspot. All of it counts at ``level``, in points. Always soft.

    The given lines of a person, for different levels, agree on the days that both name. Raises ValueError for a level that counts
    something else, and where a price has no given day or could never be paid.
    """

    rule: str
    level: Level
    person: str
    given: Mapping[int, Given]
    costs: Mapping[int, Mapping[str | None, int]]

    def __post_init__(self) -> None:
        if self.level not in CHANGE_LEVELS:
            raise ValueError("a distance counts at a level of its own")
        if not self.costs.keys() <= self.given.keys():
            raise ValueError("a day with a price must have something that stands there")
        if any(self.given[day] is None and costs.get(None) for day, costs in self.costs.items()):
            raise ValueError("a free day that stays free costs nothing")

    def price(self, day: int, done: Given) -> int:
        """What it costs to do something on a day."""
        if day not in self.given or done == self.given[day]:
            return 0
        return self.costs.get(day, {}).get(None if done is None else done[0], 0)


@dataclass(frozen=True, slots=True)
class Quota:
    """``people`` work at most ``most`` duties at ``hotspots``, all together. Always hard."""

    rule: str
    people: frozenset[str]
    hotspots: frozenset[str]
    most: int


@dataclass(frozen=True, slots=True)
class ShortageLimit:
    """``cost`` for each person-minute beyond ``most`` that is missing of ``covers`` in all, whatever their weights; it counts at
    their ``level``. Always soft. Raises ValueError for covers of another level, or of heads above."""

    rule: str
    level: Level
    covers: tuple[Cover, ...]
    most: int
    cost: int

    def __post_init__(self) -> None:
        if any(cover.level is not self.level or cover.above for cover in self.covers):
            raise ValueError("a shortage limit is about heads missing at its level")


Constraint = (
    Unavailable | Clash | Run | Total | Blocks | Wish | Keep
    | Cover | CoPresence | Together | Apart | Variety | Distance | Quota | ShortageLimit
)  # fmt: skip
LineConstraint = Unavailable | Clash | Run | Total | Blocks | Wish | Keep
Kind = TypeVar("Kind")


def named(constraint: Constraint) -> Collection[str]:
    """Ids of the people whose cells decide the value of a constraint."""
    match constraint:
        case Cover() | Quota() | Clash():
            return constraint.people
        case CoPresence():
            return constraint.dependents | constraint.companions
        case ShortageLimit():
            return frozenset[str]().union(*(cover.people for cover in constraint.covers))
        case Together():
            return constraint.person, constraint.partner
        case Apart():
            return constraint.person, constraint.other
        case _:
            return (constraint.person,)


def cliques(pairs: Iterable[tuple[DutyKey, DutyKey]]) -> list[frozenset[DutyKey]]:
    """Cover excluded pairs ``(earlier duty, later duty)`` with few "at most one" sets, none of which excludes more.

    Duties with the same followers are merged, and so is everybody whose followers include theirs; the result is exact
    because duties of the same day exclude each other anyway. Earlier duties of different days never share a set.
    """
    followers: dict[DutyKey, dict[int, set[DutyKey]]] = {}
    for first, second in sorted(pairs):
        followers.setdefault(first, {}).setdefault(second[0], set()).add(second)
    sets: list[frozenset[DutyKey]] = []
    by_days: dict[tuple[int, int], list[tuple[DutyKey, frozenset[DutyKey]]]] = {}
    for first, days in followers.items():
        for day, later in days.items():
            by_days.setdefault((first[0], day), []).append((first, frozenset(later)))
    for entries in by_days.values():
        for shared in dict.fromkeys(later for _, later in entries):
            firsts = {first for first, others in entries if others >= shared}
            sets.append(frozenset(firsts | shared))
    return sets
