"""Lower bounds of the levels, collected as they are found and valid for every roster.

A component's level is bounded in three ways: *alone*, as if nothing else mattered; *weighed* against the earlier levels of the
component, ``level + weight · Σ earlier ≥ bound``, the stronger one once the earlier levels are known to be near their best; and
*in order*, for rosters that have no more than was found at the earlier levels. In a weighed bound every level counts in
person-minutes, by what a unit of it is :data:`WORTH`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import gcd

from scheduler.vocabulary.constraints import Level, before

ALONE = 0
WEIGHTS = (2, 5)
"""Worth of a minute of an earlier level against one of the level that is bounded. More says a little more once the earlier levels
are at their best, and much less before."""
QUALITY_WEIGHTS = (2, 10)
"""Worth of a minute of a coverage level, in points of the quality level."""


WORTH: Mapping[Level, int] = dict.fromkeys(Level, 1) | {Level.CHANGES_IN_NOTICE: 300, Level.CHANGES: 30}
"""Person-minutes that one unit of a level counts for in a weighed bound: a change about as many as a duty has, a point a tenth of
it."""


NOTICE_WEIGHTS = (8, 2)
"""The same against changes inside notice, which are few: what a minimum misses more than it need costs the bound dear."""


def weights_of(level: Level) -> tuple[int, ...]:
    """The weights that earlier levels may have when a level is bounded."""
    return {Level.QUALITY: QUALITY_WEIGHTS, Level.CHANGES_IN_NOTICE: NOTICE_WEIGHTS}.get(level, WEIGHTS)


@dataclass
class Bounds:
    """``present[component]`` are the levels a component has a say in; ``floor[level]`` is short whatever anybody does, for all
    levels of the problem in their order; every
    value of a level is a multiple of ``unit[level]``, 0 where there can be none. Each in the unit of its level: weighted
    person-minutes, days, or points."""

    present: Sequence[tuple[Level, ...]]
    floor: Mapping[Level, int]
    unit: Mapping[Level, int]
    known: dict[tuple[int, Level, int], int] = field(default_factory=dict)
    """By component, level and the weight of the earlier levels, :data:`ALONE` for none."""
    in_order: Sequence[Exact] = ()
    """Of groups of components, no two of which have one in common."""

    def learn(self, component: int, level: Level, weight: int, value: int) -> bool:
        """Keep a bound if it is the best of its kind so far; whether it is."""
        key = (component, level, weight)
        better = value > self.known.get(key, -1)
        if better:
            self.known[key] = value
        return better

    @classmethod
    def joined(cls, parts: Sequence[Bounds]) -> Bounds:
        """The bounds of parts that have nothing to do with each other, as those of one whole."""
        whole = cls(
            [levels for part in parts for levels in part.present],
            {level: sum(part.floor[level] for part in parts) for level in parts[0].floor},
            {level: gcd(*(part.unit[level] for part in parts)) for level in parts[0].unit},
        )
        first, in_order = 0, []
        for part in parts:
            whole.known |= {(first + c, level, weight): value for (c, level, weight), value in part.known.items()}
            in_order += [replace(e, components=tuple(first + c for c in e.components)) for e in part.in_order]
            first += len(part.present)
        return replace(whole, in_order=in_order)

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now.

        Σ alone, and on top what the other bounds say more, less what the earlier levels have more than they need: that excess can
        be anywhere, but only once. Of a group of components the bound in order counts, or the weighed ones: for all groups the
        same, or for each what says more before anything is taken off, whichever is best in the end.
        """
        best = 0
        earlier = [lower for lower in before(level, self.floor) if lower in values]
        proven = [group for exact in self.in_order if (group := self._group(exact, level, values)) is not None]
        for weight in weights_of(level):
            weighed = [self._gain(c, level, weight) for c in range(len(self.present))]
            # Which of the two is best depends on what is lost of each.
            stronger = [group for group in proven if group.gain > sum(weighed[c] for c in group.components)]
            for groups in ((), stronger, proven):
                inside = sum(group.gain for group in groups) - self._lost(groups, values)
                taken = {c for group in groups for c in group.components}
                rest = [(self._earlier(c, level), gain) for c, gain in enumerate(weighed) if c not in taken]
                excess = {lower: self._excess(lower, values) for lower in earlier}
                best = max(best, inside + self._most(rest, weight, excess))
        unit = max(1, self.unit[level])
        mixed = -(-(self._alone(level) * WORTH[level] + best) // (unit * WORTH[level])) * unit
        return max(mixed, self._certain(level, values))

    def least(self, components: Iterable[int], level: Level, held: Mapping[Level, int]) -> int:
        """What some components have at least at a level with no more than is ``held`` at every earlier one."""
        among, earlier = list(components), before(level, self.floor)
        found = sum(self.known.get((c, level, ALONE), 0) for c in among)
        for weight in weights_of(level) if all(lower in held for lower in earlier) else ():
            most = weight * sum(WORTH[lower] * held[lower] for lower in earlier)
            found = max(found, -((most - sum(self.known.get((c, level, weight), 0) for c in among)) // WORTH[level]))
        return found

    def trades(self, level: Level) -> tuple[tuple[int, int], ...]:
        """Pairs of a weight and an amount: for every roster, whatever its values, weight · Σ earlier levels + level ≥ amount.
        None where one of them counts changes."""
        earlier = before(level, self.floor)
        if any(WORTH[each] != 1 for each in (*earlier, level)):
            return ()
        alone = [self.known.get((c, level, ALONE), 0) for c in range(len(self.present))]
        found = []
        for weight in (ALONE, *weights_of(level)) if earlier else (ALONE,):
            # What a component has at least alone, it has with anything on top.
            inside = sum(max(least, self.known.get((c, level, weight), 0)) for c, least in enumerate(alone))
            found.append((weight, inside + self.floor[level] + weight * sum(self.floor[lower] for lower in earlier)))
        return tuple(found)

    def _most(
        self,
        gains: Sequence[tuple[set[Level], int]],
        weight: int,
        excess: Mapping[Level, int],
    ) -> int:
        """What weighed bounds say more, with those earlier levels for which it is most. ``excess`` is what each of them has more
        than it need."""
        most = 0
        for size in range(1, len(excess) + 1):
            for kept in combinations(excess, size):
                inside = sum(gain for lowers, gain in gains if lowers <= set(kept))
                paid = sum(WORTH[lower] * excess[lower] for lower in kept)
                most = max(most, inside - weight * paid)
        return most

    def _group(self, exact: Exact, level: Level, values: Mapping[Level, int]) -> _Group | None:
        """What a bound in order says more than those alone, and what it costs to get round it."""
        lowers = before(level, exact.held)
        if level not in exact.bounds or any(lower not in values for lower in lowers):
            return None
        bound = max(exact.bounds[level], self.least(exact.components, level, exact.held))
        gain = bound - sum(self.known.get((c, level, ALONE), 0) for c in exact.components)
        return _Group(
            exact.components,
            max(0, gain) * WORTH[level],
            {
                lower: max(1, self.unit[lower])
                + max(0, exact.held[lower] - sum(self.known.get((c, lower, ALONE), 0) for c in exact.components))
                for lower in lowers
            },
        )

    def _certain(self, level: Level, values: Mapping[Level, int]) -> int:
        """Σ in order of the groups that cannot have got round it, and alone or weighed of all others. A group can when what the
        others have at least leaves it more of an earlier level than it was held at."""
        certain, earlier = list(self.in_order), before(level, self.floor)
        if any(lower not in values for lower in earlier):
            return 0

        def of(lower: Level) -> dict[tuple[int, ...], int]:
            return {each.components: self._least_of(each, lower) for each in certain}

        for lower in earlier:
            mine = of(lower)
            more = values[lower] - self._with(lower, mine) - max(1, self.unit[lower])
            certain = [
                each
                for each in certain
                if not any(lower in self.present[c] for c in each.components)
                or mine[each.components] + more < each.held.get(lower, 0)
            ]
        taken = {c for each in certain for c in each.components}
        others = [c for c in range(len(self.present)) if c not in taken]
        excess = {lower: max(0, values[lower] - self._with(lower, of(lower))) for lower in earlier}
        weighed = 0
        for weight in weights_of(level):
            gains = [(self._earlier(c, level), self._gain(c, level, weight)) for c in others]
            weighed = max(weighed, self._most(gains, weight, excess))
        unit = max(1, self.unit[level])
        return -(-(self._with(level, of(level)) * WORTH[level] + weighed) // (unit * WORTH[level])) * unit

    def _with(self, level: Level, mine: Mapping[tuple[int, ...], int]) -> int:
        """What all components need at least: some groups as much as is said of them, the others alone."""
        taken = {c for components in mine for c in components}
        others = sum(self.known.get((c, level, ALONE), 0) for c in range(len(self.present)) if c not in taken)
        return self.floor[level] + sum(mine.values()) + others

    def _least_of(self, exact: Exact, level: Level) -> int:
        """What a group has at least where it has no more than it was held at before."""
        alone = sum(self.known.get((c, level, ALONE), 0) for c in exact.components)
        return max(alone, exact.bounds.get(level, 0))

    def _lost(self, groups: Sequence[_Group], values: Mapping[Level, int]) -> int:
        """Most that can be lost of what bounds in order say more, where earlier levels have more than they need: a group gets
        round its bound with more than it was held at. No less than the best knapsack of each level, filled as if groups could be
        cut."""
        lost = 0
        for lower in {lower for group in groups for lower in group.excess}:
            slack = self._excess(lower, values)
            items = [
                (group.gain, group.excess[lower]) for group in groups if group.excess.get(lower, slack + 1) <= slack
            ]
            for gain, excess in sorted(items, key=lambda item: item[0] / item[1], reverse=True):
                lost += gain * min(slack, excess) // excess
                slack -= min(slack, excess)
        return lost

    def _alone(self, level: Level) -> int:
        """What all components need at least, whatever happens at the other levels."""
        return self.floor[level] + sum(self.known.get((c, level, ALONE), 0) for c in range(len(self.present)))

    def _earlier(self, component: int, level: Level) -> set[Level]:
        return set(before(level, self.floor)) & set(self.present[component])

    def _gain(self, component: int, level: Level, weight: int) -> int:
        """Person-minutes that a weighed bound says more than the one alone, with the component's earlier levels at their known
        least."""
        least = sum(
            WORTH[lower] * self.known.get((component, lower, ALONE), 0) for lower in self._earlier(component, level)
        )
        alone = WORTH[level] * self.known.get((component, level, ALONE), 0)
        return max(0, self.known.get((component, level, weight), 0) - weight * least - alone)

    def _excess(self, level: Level, values: Mapping[Level, int]) -> int:
        """What a level has more than all components need at least."""
        return max(0, values[level] - self._alone(level))


@dataclass(frozen=True)
class Bound:
    """One bound of one component, see :class:`Bounds`."""

    component: int
    level: Level
    weight: int
    value: int


@dataclass(frozen=True)
class _Group:
    """What a bound in order says more, in person-minutes, and by earlier level how much more than the components need at least
    makes it say nothing."""

    components: Sequence[int]
    gain: int
    excess: Mapping[Level, int]


@dataclass(frozen=True)
class Exact:
    """Bounds of a model of some components, or of a whole: each holds for rosters that have at most ``held`` at every earlier
    level."""

    bounds: Mapping[Level, int]
    held: Mapping[Level, int]
    components: tuple[int, ...] = ()
    """Their numbers, and then the figures are about them alone; none: the whole."""

    def of(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` can beat at a level; 0 where the model has not asked."""
        earlier = before(level, self.held)
        asked = all(lower in values and values[lower] <= self.held[lower] for lower in earlier)
        return self.bounds.get(level, 0) if asked else 0


News = Bounds | Bound | Exact


class Proof:
    """What is proven of one search by now, put together from its news. One thread may learn while others ask."""

    def __init__(self) -> None:
        self._bounds: Bounds | None = None
        self._exact = Exact({}, {})
        self._in_order: dict[tuple[int, ...], Exact] = {}
        self._lock = threading.Lock()

    def learn(self, news: News) -> tuple[Level, ...]:
        """Take news in; the levels they are about."""
        with self._lock:
            match news:
                case Exact(components=()):
                    self._exact = news
                    return tuple(news.bounds)
                case Exact():
                    self._in_order[news.components] = news
                    return tuple(news.bounds)
                case Bound() if self._bounds is not None:
                    self._bounds.learn(news.component, news.level, news.weight, news.value)
                    return (news.level,)
                case Bounds() if self._bounds is None:  # A copy: in one process others learn from the same news.
                    self._bounds = replace(news, known=dict(news.known))
        return ()

    def least(self, components: Iterable[int], level: Level, held: Mapping[Level, int]) -> int:
        """What some components have at least with no more than is ``held`` at every earlier level, in all known by now."""
        known = self.known()
        return 0 if known is None else known.least(components, level, held)

    def known(self) -> Bounds | None:
        """A copy of the bounds by component, if there are any."""
        with self._lock:
            if self._bounds is None:
                return None
            return replace(self._bounds, known=dict(self._bounds.known), in_order=list(self._in_order.values()))

    def bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now."""
        return bound_of([self], level, values)


def bound_of(proofs: Iterable[Proof], level: Level, values: Mapping[Level, int]) -> int:
    """What no roster of a whole can beat at a level with these ``values`` of the whole at the earlier ones, given the proofs of
    its independent parts; nothing is claimed for a part that has not spoken yet."""
    exact, found = 0, []
    for proof in proofs:
        exact += proof._exact.of(level, values)
        if (known := proof.known()) is not None:
            found.append(known)
    return max(exact, Bounds.joined(found).of(level, values) if found else 0)


def trades_of(proofs: Iterable[Proof], level: Level) -> tuple[tuple[int, int], ...]:
    """The trades of a level of a whole, see :meth:`Bounds.trades`; nothing is claimed for a part that has not spoken yet."""
    found = [known for proof in proofs if (known := proof.known()) is not None]
    return Bounds.joined(found).trades(level) if found else ()
