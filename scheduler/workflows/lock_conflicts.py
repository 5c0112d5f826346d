"""Locks that cannot all be kept: of every conflict the cells of which none can be left out, and the fewest to free.

Whoever has locks must have a legal line of work with all of them, which the engine's dynamic programme decides exactly. Rules
about several people are audited on a roster of nothing but the locks whose hotspot is known: one that more work cannot mend
proves that these cannot all be kept. A locked duty must have the company it needs among those who
could come. What is left, whether they can come as well as stand elsewhere, only a search can tell.

Nothing is said but what was asked of fresh solves, and asked once more at the end (:mod:`scheduler.analysis.conflicts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.analysis.company import Alone, Company
from scheduler.analysis.conflicts import Conflicts, Holds, conflicts
from scheduler.analysis.unreachable import open_during
from scheduler.analysis.waterfall import FactRef
from scheduler.problem.facts import OFF, Lock
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.reduced import only_these
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import RULES, rules_for
from scheduler.rules.base import Finding, Reach

_FINAL = frozenset(rule.code for rule in RULES if rule.hard and not rule.satisfiable_by_adding_work)
_PERSONAL = frozenset(rule.code for rule in RULES if rule.reach is Reach.PERSON)


@dataclass(frozen=True, slots=True)
class LockConflict:
    """Rows of sheet Locked that cannot all be kept, the one to change first first; without any of them the others can.

    ``facts`` are cells of absences and history that have a part in it. ``finding`` is the rule that a roster of nothing but these
    locks breaks; None where no single rule is broken: then no legal line of ``staff`` has them all, or a duty is left ``alone``.
    ``correction`` are the fewest rows that must be freed so that all other locks of the same people can be kept; ``instead`` are
    the rows of which any one, freed alone, does the same.
    """

    staff: tuple[str, ...]
    locks: tuple[int, ...]
    correction: tuple[int, ...]
    instead: tuple[int, ...] = ()
    facts: tuple[FactRef, ...] = ()
    finding: Finding | None = None
    alone: Alone | None = None

    @property
    def last_of_all(self) -> bool:
        """Whether freeing any one of its rows is enough for everything."""
        return set(self.instead) == set(self.locks)


def lock_conflicts(instance: Instance) -> Iterator[LockConflict]:
    """Every conflict that a smallest correction has to end: first person by person, then of rules about several people."""
    from scheduler.engine.contradiction import keep_all

    rows: dict[str, list[int]] = defaultdict(list)
    for index, lock in enumerate(instance.locks):
        rows[lock.staff].append(index)
    fine = keep_all(only_these(instance, rows.keys())) if rows else frozenset()
    for staff, indices in rows.items():
        if staff not in fine:
            yield from _of_one(instance, staff, indices)
    yield from _of_several(instance)
    yield from _of_company(instance)


def fewest_freed(instance: Instance, found: Sequence[LockConflict]) -> tuple[int, ...]:
    """The fewest rows of sheet Locked without which no conflict of any kind is left; the conflicts ``found`` may share some."""
    from scheduler.engine.contradiction import holds

    company, shared = Company(instance), _FINAL - _PERSONAL
    alone: dict[str, Instance] = {}
    known: dict[tuple[int, ...], bool] = {}

    def holds_of(staff: str, rows: tuple[int, ...]) -> bool:
        if rows not in known:
            if staff not in alone:
                alone[staff] = _with_a_line(only_these(instance, {staff}))
            known[rows] = holds(alone[staff], [instance.locks[row] for row in rows])
        return known[rows]

    def kept(part: Iterable[int]) -> bool:
        rows = sorted(part)
        theirs: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            theirs[instance.locks[row].staff].append(row)
        placed = [row for row in rows if _placed(instance, instance.locks[row])]
        return (
            all(holds_of(staff, tuple(mine)) for staff, mine in theirs.items())
            and _finding(instance, placed, shared) is None
            and company.alone([instance.locks[row] for row in rows]) is None
        )

    together = conflicts(len(instance.locks), kept, [frozenset(conflict.locks) for conflict in found])
    return () if together is None else together.correction


def _placed(instance: Instance, lock: Lock) -> bool:
    """Whether a lock is of a duty whose hotspot is known."""
    return lock.shift != OFF and _hotspot(instance, lock) is not None


def _of_one(instance: Instance, staff: str, rows: Sequence[int]) -> Iterator[LockConflict]:
    from scheduler.engine.contradiction import holds

    alone = _with_a_line(only_these(instance, {staff}))

    def kept(part: Iterable[int]) -> bool:
        return holds(alone, [instance.locks[rows[number]] for number in sorted(part)])

    found = conflicts(len(rows), kept)
    if found is None:
        return
    instead = _instead(len(rows), found, kept)
    for numbers in found.conflicts:
        mine = [rows[number] for number in numbers]
        locks = [instance.locks[row] for row in mine]
        finding = _finding(instance, mine, _PERSONAL)
        yield LockConflict(
            (staff,), _ranked(instance, mine, finding), tuple(rows[number] for number in found.correction),
            tuple(rows[number] for number in instead), tuple(_needed(instance, alone, locks)), finding,
        )  # fmt: skip


def _of_several(instance: Instance) -> Iterator[LockConflict]:
    """Conflicts of rules about several people, among the locks whose hotspot is known."""
    rows = [row for row, lock in enumerate(instance.locks) if _placed(instance, lock)]
    shared = _FINAL - _PERSONAL

    def broken(part: Iterable[int]) -> Finding | None:
        return _finding(instance, [rows[number] for number in sorted(part)], shared)

    def kept(part: Iterable[int]) -> bool:
        return broken(part) is None

    found = conflicts(len(rows), kept)
    if found is None:
        return
    instead = _instead(len(rows), found, kept)
    for numbers in found.conflicts:
        mine = [rows[number] for number in numbers]
        finding = broken(numbers)
        people = tuple(dict.fromkeys(instance.locks[row].staff for row in mine))
        yield LockConflict(
            people, _ranked(instance, mine, finding), tuple(rows[number] for number in found.correction),
            tuple(rows[number] for number in instead), (), finding,
        )  # fmt: skip


def _of_company(instance: Instance) -> Iterator[LockConflict]:
    """Conflicts of locks that leave a locked duty without the company it needs, whoever else comes."""
    company = Company(instance)

    def alone(part: Iterable[int]) -> Alone | None:
        return company.alone([instance.locks[row] for row in sorted(part)])

    def kept(part: Iterable[int]) -> bool:
        return alone(part) is None

    count = len(instance.locks)
    found = conflicts(count, kept)
    if found is None:
        return
    instead = _instead(count, found, kept)
    for rows in found.conflicts:
        lacking = alone(rows)
        people = tuple(dict.fromkeys(instance.locks[row].staff for row in rows))
        first = [row for row in rows if lacking is not None and instance.locks[row] == lacking.lock]
        order = (*first, *(row for row in rows if row not in first))
        yield LockConflict(people, order, found.correction, instead, alone=lacking)


def _instead(count: int, found: Conflicts, kept: Holds) -> tuple[int, ...]:
    """What alone is enough, where one is."""
    if len(found.correction) > 1:
        return ()
    every, shared = frozenset(range(count)), frozenset.intersection(*map(frozenset, found.conflicts))
    return tuple(number for number in sorted(shared) if kept(every - {number}))


def _with_a_line(alone: Instance) -> Instance:
    """Without the fewest hours of somebody who cannot come to them even without any lock: that is another fault."""
    from scheduler.engine.contradiction import holds

    if holds(alone, ()):
        return alone
    return alone.replace(
        staff=tuple(member.replace(min_hours_horizon=None) for member in alone.staff),
        contracts=tuple(item.replace(min_hours_horizon=None) for item in alone.contracts),
    )


def _finding(instance: Instance, rows: Iterable[int], codes: frozenset[str]) -> Finding | None:
    """The first of some rules that a roster of nothing but the duties of these locks breaks for good."""
    locks = [instance.locks[row] for row in rows if instance.locks[row].shift != OFF]
    roster = Roster.of(_assignment(instance, lock) for lock in locks)
    part = only_these(instance, {lock.staff for lock in locks}).replace(locks=tuple(locks))
    for rule in rules_for(part) if locks else ():
        if rule.code in codes & _FINAL:
            for finding in rule.audit(part, roster):
                if finding.hard:
                    return finding
    return None


def _ranked(instance: Instance, rows: Sequence[int], finding: Finding | None) -> tuple[int, ...]:
    """The rows, those that a finding would change first first."""
    rank = {day: place for place, day in enumerate(finding.days)} if finding is not None else {}
    days = {row: instance.calendar.day(instance.locks[row].date) for row in rows}
    return tuple(sorted(rows, key=lambda row: (rank.get(days[row], len(rank)), row)))


def _needed(instance: Instance, alone: Instance, locks: Sequence[Lock]) -> Iterator[FactRef]:
    """The absences and duties of the history without which these locks could be kept: each is left out where they cannot be kept
    without it either."""
    from scheduler.engine.contradiction import holds

    staff = alone.staff[0].id
    for table, column in (("absences", "start"), ("history", "date")):
        rows = [index for index, row in enumerate(getattr(instance, table)) if row.staff == staff]
        kept = dict(zip(rows, getattr(alone, table), strict=True))
        for index in rows:
            without = {table: tuple(row for other, row in kept.items() if other != index)}
            fewer = alone.replace(**without)
            if not holds(fewer, locks):
                alone = fewer
                del kept[index]
        yield from ((table, index, column) for index in kept)


def _assignment(instance: Instance, lock: Lock) -> Assignment:
    day = instance.calendar.day(lock.date)
    return Assignment(lock.staff, day, lock.shift, _hotspot(instance, lock) or _some_hotspot(instance, lock, day))


def _hotspot(instance: Instance, lock: Lock) -> str | None:
    """Where a lock's duty stands, if that is known: as it names, or at the only hotspot where its person may stand."""
    allowed = allowed_hotspots(instance, lock.staff)
    return lock.hotspot or (next(iter(allowed)) if len(allowed) == 1 else None)


def _some_hotspot(instance: Instance, lock: Lock, day: int) -> str:
    """A hotspot for a lock that names none: one where the person may stand, open during the whole duty if there is one."""
    duty = instance.duty(day, lock.shift)
    allowed = sorted(allowed_hotspots(instance, lock.staff)) or sorted(instance.hotspot)
    return next((code for code in allowed if open_during(instance, code, duty)), allowed[0])
