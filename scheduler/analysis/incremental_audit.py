"""What a change of a few cells does to a roster: the audit with the change against the audit without it, of what it can touch.

How far a rule reaches (:class:`scheduler.rules.base.Reach`) says what is asked: the people whose cells change, the hotspots that
the change touches, for some days around it, or the whole roster. Tests compare this with two audits of the whole roster.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.analysis.coverage import Lacking, lacking
from scheduler.problem.instance import Instance
from scheduler.problem.reduced import only_there, only_these
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules import RULES, rules_for
from scheduler.rules.base import Finding, Reach, Rule
from scheduler.vocabulary.constraints import Level

AROUND = 3
"""Days before and after a change that are looked at. A duty lies on at most two dates: whoever shares a moment with a changed
duty starts at most a day earlier or later, and whoever shares one with these another day."""
_PERSONAL = frozenset(rule.code for rule in RULES if rule.reach is Reach.PERSON)

Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """Cells that go, and cells that come."""

    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()

    @property
    def people(self) -> frozenset[str]:
        return frozenset(cell.staff for cell in (*self.removed, *self.added))

    def roster(self, before: Roster) -> Roster:
        """The roster with the change."""
        gone = Counter(self.removed)
        kept = [cell for cell in before if not gone[cell]]
        return Roster.of([*kept, *self.added])


@dataclass(frozen=True, slots=True)
class Dearer:
    """A priced finding that a change brings or makes dearer, and by how many points of the quality level."""

    finding: Finding
    points: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does.

    ``broken`` are the hard rules that it breaks or breaks worse, ``mended`` those that it mends. ``coverage`` is in
    person-minutes, positive where fewer are missing than before. ``points`` are of the quality level, by rule, positive where the
    roster is worse; ``dearer`` are the findings behind them, the dearest first.
    """

    broken: Findings
    mended: Findings
    coverage: Mapping[Lacking, int]
    points: Mapping[str, int]
    dearer: tuple[Dearer, ...]

    @property
    def legal(self) -> bool:
        return not self.broken

    @property
    def cost(self) -> int:
        """Points of the quality level, negative where it is better."""
        return sum(self.points.values())


class IncrementalAudit:
    """Audits of the changes of one roster.

    ``people`` are those whose cells may change, as far as that is known. ``taken_off`` are cells of the given roster that are no
    longer in this one: what the given roster breaks is not held against a change.
    """

    def __init__(
        self, instance: Instance, roster: Roster, people: Collection[str], taken_off: Sequence[Assignment] = ()
    ) -> None:
        self.instance, self.roster, self.taken_off = instance, roster, tuple(taken_off)
        self._people = frozenset(people)
        rules = rules_for(instance)
        # The shares of some priced rules depend on the facts of everybody.
        self._alone = tuple(rule for rule in rules if rule.reach is Reach.PERSON and rule.hard)
        self._among_all = tuple(rule for rule in rules if rule.reach is Reach.PERSON and not rule.hard)
        self._shared = tuple(rule for rule in rules if rule.reach is Reach.HOTSPOT)
        self._everywhere = tuple(rule for rule in rules if rule.reach is Reach.WHOLE)
        self._spots: dict[tuple[str, frozenset[int]], _Spot] = {}
        self._parts: dict[frozenset[str], Instance] = {}
        self._before: dict[str, Findings] = {}
        self._broken: dict[str, Findings] = {}

    def own(self, lines: Mapping[str, Iterable[Assignment]], *, priced: bool = True) -> Mapping[str, Findings]:
        """What the rules about one person find in each of these lines, whatever the others work. ``priced`` asks the rules that
        break nothing, too."""
        people = frozenset(lines)
        roster = Roster.of(cell for line in lines.values() for cell in line)
        found: dict[str, list[Finding]] = {staff: [] for staff in lines}
        reduced = self._reduced(people)
        findings = [found for rule in self._alone for found in rule.audit_people(reduced, roster, people)]
        for rule in self._among_all if priced else ():
            findings += rule.audit_people(self.instance, roster, people)
        for finding in findings:
            found[finding.staff[0]].append(finding)
        return {staff: tuple(items) for staff, items in found.items()}

    def _reduced(self, people: frozenset[str]) -> Instance:
        """An instance of these people and few others: one that was made before has its derived facts at hand."""
        for there, known in self._parts.items():
            if people <= there and len(there) <= 2 * len(people):
                return known
        self._parts[people] = only_these(self.instance, people)
        return self._parts[people]

    def own_before(self, people: Collection[str]) -> Mapping[str, Findings]:
        """What the rules about one person find in the lines as they are."""
        unknown = [staff for staff in people if staff not in self._before]
        if unknown:
            self._before.update(self.own({staff: self.roster.line(staff) for staff in unknown}))
        return {staff: self._before[staff] for staff in people}

    def broken_alone(self, lines: Mapping[str, Iterable[Assignment]]) -> Mapping[str, Findings]:
        """The hard rules about one person that each of these lines breaks, or breaks worse than the line as it is."""
        self._know(lines)
        after = self.own(lines, priced=False)
        return {staff: appeared(filter(_hard, self._broken[staff]), filter(_hard, after[staff])) for staff in after}

    def fit(self, lines: Mapping[str, Iterable[Assignment]]) -> frozenset[str]:
        """The people of whom :meth:`broken_alone` finds nothing, without looking for every reason of the others."""
        self._know(lines)
        reduced, left = self._reduced(frozenset(lines)), set(lines)
        roster = Roster.of(cell for line in lines.values() for cell in line)
        for rule in self._alone:
            after = [found for found in rule.audit_people(reduced, roster, left) if found.hard]
            about = {found.staff[0] for found in after}
            before = [found for staff in about for found in self._broken[staff] if found.hard]
            if worse := {found.staff[0] for found in appeared(before, after)}:
                left -= worse
                roster = Roster(tuple(cell for cell in roster if cell.staff in left))
        return frozenset(left)

    def _know(self, people: Iterable[str]) -> None:
        """What the hard rules about one person find in the lines as they are."""
        unknown = {staff: self.roster.line(staff) for staff in people if staff not in self._broken}
        self._broken.update(self.own(unknown, priced=False))

    def line(self, staff: str, change: CellChange) -> tuple[Assignment, ...]:
        """A person's line with a change."""
        gone = {cell for cell in change.removed if cell.staff == staff}
        mine = [cell for cell in self.roster.line(staff) if cell not in gone]
        return (*mine, *(cell for cell in change.added if cell.staff == staff))

    def effect(self, change: CellChange, own: Mapping[str, Findings] | None = None) -> Effect:
        """What a change does. ``own`` is what :meth:`own` finds in the new lines of its people, where that is known."""
        before = [finding for found in self.own_before(change.people).values() for finding in found]
        if own is None:
            own = self.own({staff: self.line(staff, change) for staff in change.people})
        after = [finding for staff in change.people for finding in own[staff]]
        given = list(before)
        coverage: Counter[Lacking] = Counter()
        for spot, part in self._touched(change):
            then = spot.findings(part)
            before += spot.before
            given += spot.given
            after += then
            coverage.update(spot.gained(part))
        before += self._whole_before
        given += self._whole_given
        after += self._whole(change.roster(self.roster)) if self._everywhere else ()
        broken = appeared(filter(_hard, given), filter(_hard, after))
        mended = appeared(filter(_hard, after), filter(_hard, before))
        points, dearer = _prices([f for f in before if not f.hard], [f for f in after if not f.hard])
        return Effect(broken, mended, {place: number for place, number in coverage.items() if number}, points, dearer)

    def _touched(self, change: CellChange) -> Iterator[tuple[_Spot, CellChange]]:
        """The hotspots of a change, each with its part of it."""
        cells = (*change.removed, *change.added)
        days = frozenset(day + step for day in {cell.day for cell in cells} for step in range(-AROUND, AROUND + 1))
        for hotspot in sorted({cell.hotspot for cell in cells}):
            spot = self._spots.get((hotspot, days))
            if spot is None or not change.people <= spot.people:
                people = self._people | change.people | (spot.people if spot is not None else frozenset())
                spot = self._spots[hotspot, days] = _Spot(self, hotspot, days, people, self._shared)
            there = CellChange(
                tuple(cell for cell in change.removed if cell.hotspot == hotspot),
                tuple(cell for cell in change.added if cell.hotspot == hotspot),
            )
            yield spot, there

    def _whole(self, roster: Roster) -> Findings:
        """What the rules about the whole roster find."""
        return tuple(finding for rule in self._everywhere for finding in rule.audit(self.instance, roster))

    @cached_property
    def _whole_before(self) -> Findings:
        return self._whole(self.roster)

    @cached_property
    def _whole_given(self) -> Findings:
        return self._whole(Roster.of([*self.roster, *self.taken_off])) if self.taken_off else self._whole_before

    @cached_property
    def cells(self) -> Mapping[str, tuple[Assignment, ...]]:
        """The cells of each hotspot."""
        table: dict[str, list[Assignment]] = defaultdict(list)
        for cell in self.roster:
            table[cell.hotspot].append(cell)
        return {hotspot: tuple(found) for hotspot, found in table.items()}

    @cached_property
    def eve(self) -> Mapping[str, AbstractSet[str]]:
        """Who stands at each hotspot when the horizon begins."""
        table: dict[str, set[str]] = defaultdict(set)
        for staff, fixed in self.instance.commitments.items():
            for item in fixed:
                if item.hotspot is not None and item.end > 0:
                    table[item.hotspot].add(staff)
        return table


class _Spot:
    """One hotspot on some days: the rules about who stands there together, and how many are missing."""

    def __init__(
        self,
        audit: IncrementalAudit,
        hotspot: str,
        days: frozenset[int],
        people: AbstractSet[str],
        rules: Sequence[Rule[Any]],
    ) -> None:
        self._hotspot, self._rules = hotspot, rules
        self._cells = Roster.of(cell for cell in audit.cells.get(hotspot, ()) if cell.day in days)
        self._off = tuple(cell for cell in audit.taken_off if cell.hotspot == hotspot and cell.day in days)
        # Beside those who may come: who stands there, and who still does when the horizon begins.
        there = {cell.staff for cell in (*self._cells, *self._off)} | audit.eve.get(hotspot, set())
        self.people = frozenset(people | there)
        self._instance = only_there(audit.instance, hotspot, days, self.people)

    def _audited(self, roster: Roster) -> Findings:
        return tuple(finding for rule in self._rules for finding in rule.audit(self._instance, roster))

    @cached_property
    def before(self) -> Findings:
        return self._audited(self._cells)

    @cached_property
    def given(self) -> Findings:
        """What was found before the cells were taken off that are no longer there."""
        return self._audited(Roster.of([*self._cells, *self._off])) if self._off else self.before

    def findings(self, change: CellChange) -> Findings:
        return self._audited(change.roster(self._cells))

    def gained(self, change: CellChange) -> Mapping[Lacking, int]:
        """How many person-minutes fewer are missing with a change."""
        now, then = self._missing, self._lacking(change.roster(self._cells))
        return {place: now[place] - then[place] for place in now}

    @cached_property
    def _missing(self) -> Mapping[Lacking, int]:
        return self._lacking(self._cells)

    def _lacking(self, roster: Roster) -> Mapping[Lacking, int]:
        return lacking(self._instance, roster, self._hotspot)


def appeared(before: Iterable[Finding], after: Iterable[Finding]) -> Findings:
    """The findings that are new, or worse than before."""
    old = Counter(before)
    new: list[Finding] = []
    for finding in after:
        if old[finding]:
            old[finding] -= 1
        else:
            new.append(finding)
    gone = list(old.elements())
    worse = []
    for finding in new:
        eased = next((then for then in gone if _same(finding, then) and finding.amount <= then.amount), None)
        if eased is None:
            worse.append(finding)
        else:
            gone.remove(eased)
    return tuple(worse)


def _same(one: Finding, other: Finding) -> bool:
    """Whether two findings are about the same fault of one person, whose amount says how bad it is."""
    alike = all(getattr(one, name) == getattr(other, name) for name in ("rule", "staff", "hotspot", "unit"))
    days = set(one.days) & set(other.days) or one.days == other.days
    return bool(alike and days and one.rule in _PERSONAL and one.message.code == other.message.code)


def _hard(finding: Finding) -> bool:
    return finding.hard


def _prices(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Mapping[str, int], tuple[Dearer, ...]]:
    """Points of the quality level by rule, and the findings that are new or dearer."""
    points: Counter[str] = Counter()
    for sign, findings in ((1, after), (-1, before)):
        for finding in findings:
            if finding.level is Level.QUALITY:
                points[finding.rule] += sign * (finding.cost or 0)
    old = Counter(before)
    gone: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for finding in (old - Counter(after)).elements():
        gone[_about(finding)].append(finding.cost or 0)
    dearer = []
    for finding in (Counter(after) - old).elements():
        spared = gone[_about(finding)].pop() if gone[_about(finding)] else 0
        if finding.level is Level.QUALITY and (net := (finding.cost or 0) - spared) > 0:
            dearer.append(Dearer(finding, net))
    dearer.sort(key=lambda item: -item.points)
    return {rule: price for rule, price in points.items() if price}, tuple(dearer)


def _about(finding: Finding) -> tuple[object, ...]:
    """What a priced finding is about, whatever its figures: only one of a kind is compared with another."""
    return finding.rule, finding.level, finding.staff, finding.hotspot, finding.message.code, finding.unit
