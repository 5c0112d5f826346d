"""Where a run stands: the best roster of every part, the values of the whole, and what is proven of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.engine.events import Built, Found
from scheduler.engine.proof.bounds import News, Proof, bound_of, trades_of
from scheduler.problem.roster import Roster
from scheduler.result import LevelResult, Method, Stage
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.problem import Problem


@dataclass
class SubproblemState:
    """What is known of one part."""

    name: str
    problem: Problem
    start: Roster | None = None
    """What the search goes on from, legal or not."""
    roster: Roster | None = None
    values: dict[Level, int] = field(default_factory=dict)
    attempt: str = ""
    """Who found the roster."""
    proof: Proof = field(default_factory=Proof)
    built_s: float = 0.0
    """Seconds of compiling."""

    def take(self, found: Found, attempt: str) -> bool:
        """Keep a roster. One by somebody who started again must be better than the one that is there."""
        if self.roster is not None and attempt != self.attempt and not self._better(found.values):
            return False
        same = self.roster is not None and self._coverage(found.values) == self._coverage(self.values)
        self.values = {**(self.values if same else {}), **found.values}
        self.roster, self.attempt = found.roster, attempt
        return True

    def _better(self, values: Mapping[Level, int]) -> bool:
        mine, theirs = self._coverage(self.values), self._coverage(values)
        if mine == theirs and Level.QUALITY in values and Level.QUALITY in self.values:
            return values[Level.QUALITY] < self.values[Level.QUALITY]
        return theirs < mine

    def _coverage(self, values: Mapping[Level, int]) -> tuple[int, ...]:
        return tuple(values[level] for level in self.problem.leading_levels)


@dataclass(frozen=True)
class Line:
    """One level of a part, or of the whole (blank ``pool``), to be told; no value while none is known."""

    pool: str
    stage: Stage
    method: Method | None
    level: Level
    value: int | None
    result: LevelResult


class RunState:
    """All parts of a run together."""

    def __init__(
        self, parts: Sequence[SubproblemState], whole: Problem, least: Mapping[Level, int] | None = None
    ) -> None:
        """``least``: what every roster of the whole lacks, as far as is known before any search."""
        self.parts = list(parts)
        self._whole = whole
        self._least = least or {}

    @property
    def roster(self) -> Roster:
        """The rosters of all parts that have one."""
        return Roster.of(a for part in self.parts if part.roster is not None for a in part.roster)

    @property
    def values(self) -> dict[Level, int]:
        """The values of the whole at the levels that every part has a value for."""
        known = set.intersection(*(set(part.values) for part in self.parts))
        return {level: sum(part.values[level] for part in self.parts) for level in self._whole.levels if level in known}

    def on_event(self, number: int, attempt: str, event: Found | Built | News) -> Iterator[Line]:
        """Take in what a part tells; what there is to say of it then, of the part where there are several and of the whole."""
        part = self.parts[number]
        if isinstance(event, Built):
            part.built_s = event.seconds
            return
        stage, method = Stage.PROOF, None
        if isinstance(event, Found):
            levels = tuple(event.values) if part.take(event, attempt) else ()
            stage, method = event.stage, event.method
        else:
            levels = part.proof.learn(event)
        if len(self.parts) > 1:
            alone = RunState([part], part.problem)
            yield from alone._lines(part.name, stage, method, levels)
        yield from self._lines("", stage, method, levels)

    def bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster of the whole with these values at the earlier levels can beat."""
        return max(self._least.get(level, 0), bound_of((part.proof for part in self.parts), level, values))

    def trades(self, level: Level) -> tuple[tuple[int, int], ...]:
        """What holds for every roster of the whole, see :meth:`scheduler.engine.proof.bounds.Bounds.trades`."""
        return trades_of((part.proof for part in self.parts), level)

    def _lines(
        self,
        pool: str,
        stage: Stage,
        method: Method | None,
        levels: Sequence[Level],
    ) -> Iterator[Line]:
        values = self.values
        for level in levels:
            known = all(earlier in values for earlier in self._whole.leading_levels)
            if known and (level in values or stage is Stage.PROOF):
                bound = self.bound(level, values)
                result = level_result(level, values.get(level, bound), bound, self._whole)
                yield Line(pool, stage, method, level, values.get(level), result)


def level_result(
    level: Level, value: int, bound: int, problem: Problem, trades: tuple[tuple[int, int], ...] = ()
) -> LevelResult:
    """A level as results show it."""
    required = problem.required.get(level, 0)
    return LevelResult(name=level.code, value=value, bound=bound, required=required, trades=trades)
