"""Chains of two moves: somebody takes the hole and leaves a duty that somebody free takes.

The duty left is the one of the same date; or, for who is free then, the one of the date before or after that stands in the way.
Lines are judged first, each by itself; only the best pairs of them are audited where they meet others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from scheduler.analysis.incremental_audit import CellChange, IncrementalAudit
from scheduler.problem.facts import Category
from scheduler.problem.roster import Assignment, Roster
from scheduler.rules.qualification import Qualification
from scheduler.workflows.line_figures import LineFigures, line_figures
from scheduler.workflows.suggestions import Candidate, Chain, Hole, burden, short

MOST = 10
"""Chains that are looked for."""
TRIES = 40
"""Pairs that are audited for them at most, in order of rank."""
POSTS = 10
"""Duties left, of all who could take the hole, that are looked at; those first whose holders rank best."""


@dataclass(frozen=True, slots=True)
class _First:
    """Somebody who could take the hole if they left a duty."""

    staff: str
    category: Category
    left: Assignment
    figures: LineFigures

    @property
    def post(self) -> tuple[int, str, str]:
        return self.left.day, self.left.shift, self.left.hotspot


class ChainSearch:
    """``free`` says who has nothing on a day; ``out`` are people who take part in no chain."""

    def __init__(
        self, audit: IncrementalAudit, hole: Hole, free: Callable[[str, int], bool], out: frozenset[str]
    ) -> None:
        self._audit, self._instance, self._hole = audit, audit.instance, hole
        self._free, self._out = free, out
        self._known: dict[int, list[str]] = {}

    def chains(
        self, moved: Sequence[Candidate], stuck: Sequence[str], direct: Mapping[str, Candidate]
    ) -> tuple[Chain, ...]:
        """The best chains. ``moved`` are people whose line allows the hole in place of a duty of the date, ``stuck`` people free
        on it whose line does not allow it; ``direct`` are those who can take the hole without any chain."""
        firsts = [self._first(item.staff, item.left[0], item.figures) for item in moved if len(item.left) == 1]
        firsts += self._unstuck(stuck)
        by_post: dict[tuple[int, str, str], list[_First]] = defaultdict(list)
        for first in sorted(firsts, key=lambda first: (burden(first.figures), first.staff)):
            by_post[first.post].append(first)
        pairs = [
            (first, second, figures)
            for post in list(by_post)[:POSTS]
            for second, figures in self._seconds(*post, {first.category for first in by_post[post]}).items()
            for first in by_post[post]
            if first.staff != second and first.category is self._instance.category(second)
        ]
        pairs.sort(key=lambda pair: (_sum(burden(pair[0].figures), burden(pair[2])), pair[0].staff, pair[1]))
        return tuple(sorted(self._legal(pairs, direct), key=lambda chain: chain.rank))

    def _unstuck(self, stuck: Sequence[str]) -> Iterator[_First]:
        """Those whose lines allow the hole once they leave the duty of the date before or after."""
        for day in (self._hole.day - 1, self._hole.day + 1):
            lefts = {staff: [cell for cell in self._audit.roster.line(staff) if cell.day == day] for staff in stuck}
            one = {staff: cells[0] for staff, cells in lefts.items() if len(cells) == 1}
            changes = {staff: CellChange((cell,), (self._hole.taken_by(staff),)) for staff, cell in one.items()}
            lines = {staff: self._audit.line(staff, change) for staff, change in changes.items()}
            fit = self._audit.fit(lines)
            lines = {staff: line for staff, line in lines.items() if staff in fit}
            figures = line_figures(self._instance, lines, {staff: self._hole.taken_by(staff) for staff in lines})
            yield from (self._first(staff, one[staff], figures[staff]) for staff in lines)

    def _first(self, staff: str, left: Assignment, figures: LineFigures) -> _First:
        return _First(staff, self._instance.category(staff), left, figures)

    def _reserves(self, day: int) -> Sequence[str]:
        if day not in self._known:
            people = (staff for staff in self._instance.person if staff not in self._out)
            self._known[day] = [staff for staff in people if self._free(staff, day)]
        return self._known[day]

    def _seconds(self, day: int, shift: str, hotspot: str, of: Set[Category]) -> Mapping[str, LineFigures]:
        """Who of some categories is free on a day, with a line that allows a duty on it."""
        free = (staff for staff in self._reserves(day) if self._instance.category(staff) in of)
        duties = {staff: Assignment(staff, day, shift, hotspot) for staff in free}
        rule = Qualification.for_instance(self._instance)
        unfit = {finding.staff[0] for finding in rule.audit(self._instance, Roster.of(duties.values()))}
        lines = {
            staff: self._audit.line(staff, CellChange(added=(duty,)))
            for staff, duty in duties.items()
            if staff not in unfit
        }
        fit = self._audit.fit(lines)
        lines = {staff: line for staff, line in lines.items() if staff in fit}
        return line_figures(self._instance, lines, duties)

    def _legal(
        self, pairs: Sequence[tuple[_First, str, LineFigures]], direct: Mapping[str, Candidate]
    ) -> Iterator[Chain]:
        """The first pairs that are legal and cover more than the second of them would who takes the hole without the first."""
        found = 0
        for first, second, figures in pairs[:TRIES]:
            taken = Assignment(second, *first.post)
            change = CellChange((first.left,), (self._hole.taken_by(first.staff), taken))
            effect = self._audit.effect(change)
            alone = direct.get(second)
            better = alone is None or short(effect) < short(alone.effect)
            if effect.legal and better and (found := found + 1) <= MOST:
                yield Chain(first.staff, second, first.left, effect, (first.figures, figures))
            if found == MOST:
                return


def _sum(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
