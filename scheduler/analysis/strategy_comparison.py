"""Strategies side by side: what each attains, what it means, and what is proven of each against each other, in words too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.analysis.strategy_figures import StrategyFigures
from scheduler.analysis.verdict import Attained, Levels, Relation, Verdict, verdicts
from scheduler.errors import VigieError
from scheduler.messages.message import Message
from scheduler.problem.strategy import Dropped, Strategy
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level


@dataclass(frozen=True)
class Compared:
    """One strategy: what it leaves out of the facts, its levels and the figures of its best roster; no levels and None where it
    has no roster. ``error`` is what went wrong, if anything did."""

    strategy: Strategy
    dropped: Dropped
    levels: Levels = ()
    figures: StrategyFigures | None = None
    error: VigieError | None = None

    @property
    def name(self) -> str:
        return self.strategy.name

    def level(self, code: str) -> Attained | None:
        return next((level for level in self.levels if level.name == code), None)


@dataclass(frozen=True)
class StrategyComparison:
    """All strategies, in the order in which they were asked for."""

    strategies: tuple[Compared, ...]

    @property
    def rostered(self) -> tuple[Compared, ...]:
        """Those that have a roster."""
        return tuple(each for each in self.strategies if each.levels)

    def verdicts(self) -> Mapping[tuple[str, str], Mapping[str, Verdict]]:
        """By two strategies and then by coverage level: what is proven of the first against the second."""
        coverage = {level.code for level in COVERAGE_LEVELS}
        return {
            (one.name, other.name): {
                name: said for name, said in verdicts(one.levels, other.levels).items() if name in coverage
            }
            for one in self.rostered
            for other in self.rostered
            if one is not other
        }

    def sentences(self) -> Iterator[Message]:
        """One for every coverage level of every pair of strategies, each pair once; what is proven comes first."""
        pairs = [(one, other) for place, one in enumerate(self.rostered) for other in self.rostered[place + 1 :]]
        said = [
            (verdict.relation is Relation.OPEN, _words(level, verdict, one, other))
            for one, other in pairs
            for found in [verdicts(one.levels, other.levels)]
            for level in COVERAGE_LEVELS
            if (verdict := found.get(level.code)) is not None
        ]
        yield from (words for _, words in sorted(said, key=lambda item: item[0]))
        for each in self.strategies:
            if each.error is not None:
                yield Message(
                    "strategy_failed",
                    "{strategy} is not compared as a whole: {reason}",
                    strategy=each.name,
                    reason=each.error,
                )


def _words(level: Level, verdict: Verdict, one: Compared, other: Compared) -> Message:
    """What is proven of two strategies at a level, with the margin, or both intervals where nothing is."""
    name = level_name(level)
    if verdict.relation is Relation.EQUAL:
        return Message(
            "compared_equal",
            "{level}: {one} and {other} are equal, proven.",
            level=name,
            one=one.name,
            other=other.name,
        )
    if verdict.relation is Relation.OPEN:
        intervals = {f"one_{end}": hours for end, hours in zip(("low", "high"), _interval(one, level), strict=True)}
        intervals |= {
            f"other_{end}": hours for end, hours in zip(("low", "high"), _interval(other, level), strict=True)
        }
        return Message(
            "compared_open",
            "{level}: not proven between {one} ({one_low} to {one_high} h missing) and {other} ({other_low} to {other_high} h "
            "missing).",
            level=name, one=one.name, other=other.name, **intervals,
        )  # fmt: skip
    better, worse = (one, other) if verdict.relation is Relation.BETTER else (other, one)
    return Message(
        "compared_better",
        "{level}: {better} is better than {worse}, proven: at least {margin} h fewer are missing.",
        level=name, better=better.name, worse=worse.name, margin=_hours(verdict.margin),
    )  # fmt: skip


def _interval(each: Compared, level: Level) -> tuple[float, float]:
    """The hours that are proven missing, and those that its best roster misses."""
    found = each.level(level.code)
    return (0.0, 0.0) if found is None else (_hours(found.bound), _hours(found.value))


def level_name(level: Level) -> Message:
    """A coverage level in words."""
    match level:
        case Level.POLICE_MINIMUM:
            return Message("compared_police_minimum", "Police minimum")
        case Level.NON_POLICE_MINIMUM:
            return Message("compared_non_police_minimum", "Non-police minimum")
        case _:
            return Message("compared_targets", "Targets")


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)
