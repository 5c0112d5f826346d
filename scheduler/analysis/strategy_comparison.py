"""Strategies side by side: what each attains, what it means, and what is proven of each against each other, in words too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.analysis.staffing_curve import StaffingCurves
from scheduler.analysis.staffing_words import Matched, curve_words, matched_words
from scheduler.analysis.strategy_figures import StrategyFigures
from scheduler.analysis.verdict import Attained, Levels, Relation, Verdict, verdicts
from scheduler.errors import VigieError
from scheduler.messages.message import AllOf, Message
from scheduler.problem.strategy import Dropped, Strategy
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level, before

TARGETS_PRICE = "demand.short_cost_per_minute"
"""The setting with which targets are no level of their own."""


@dataclass(frozen=True)
class Compared:
    """One strategy: what it leaves out of the facts, its levels and the figures of its best roster; no levels and None where it
    has no roster. ``error`` is what went wrong, if anything did. ``curves`` are there where they were asked for. ``stopped`` are
    the seeds of which the solve ended before its time, ``unsolved`` those that it did not begin, as all was stopped."""

    strategy: Strategy
    dropped: Dropped
    levels: Levels = ()
    figures: StrategyFigures | None = None
    error: VigieError | None = None
    curves: StaffingCurves | None = None
    stopped: tuple[int, ...] = ()
    unsolved: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.strategy.name

    def value_of(self, level: Level) -> int:
        """What its best roster misses at a level; 0 where it has none."""
        found = self.level(level.code)
        return 0 if found is None else found.value

    def level(self, code: str) -> Attained | None:
        return next((level for level in self.levels if level.name == code), None)


@dataclass(frozen=True)
class StrategyComparison:
    """All strategies, in the order in which they were asked for."""

    strategies: tuple[Compared, ...]
    matched: tuple[Matched, ...] = ()
    """Strategies with people more, so that they may be as good as the best one."""

    @property
    def rostered(self) -> tuple[Compared, ...]:
        """Those that have a roster."""
        return tuple(each for each in self.strategies if each.levels)

    def behind(self) -> Iterator[tuple[Compared, Compared]]:
        """Each strategy that is proven to miss more of the targets than the best roster of all does, with the strategy of that:
        which holds the minimums no worse in all."""
        best = min(self.rostered, key=lambda each: each.value_of(Level.TARGETS), default=None)
        for each in self.rostered:
            if best is None or each.curves is None or each.curves.now[Level.TARGETS] <= best.value_of(Level.TARGETS):
                continue
            mine, theirs = (
                sum(one.value_of(level) for level in before(Level.TARGETS, COVERAGE_LEVELS)) for one in (each, best)
            )
            if theirs <= mine:
                yield each, best

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
        """One for every coverage level of every pair of strategies, each pair once; what is proven comes first. Then what went
        wrong, or was stopped."""
        pairs = [(one, other) for place, one in enumerate(self.rostered) for other in self.rostered[place + 1 :]]
        said = [
            (verdict.relation is Relation.OPEN, _words(level, verdict, one, other))
            for one, other in pairs
            for found in [verdicts(one.levels, other.levels)]
            for level in COVERAGE_LEVELS
            if (verdict := found.get(level.code)) is not None
        ]
        yield from (words for _, words in sorted(said, key=lambda item: item[0]))
        if any(each.level(Level.TARGETS.code) is None for each in self.rostered):
            yield Message(
                "targets_priced",
                "Targets are not compared: with {setting} above 0 they are points of the quality level.",
                setting=TARGETS_PRICE,
            )
        for each in self.strategies:
            if each.stopped:
                yield Message(
                    "strategy_stopped",
                    "{strategy}: the solve was stopped before its end (seed {seeds}); --resume goes on with it.",
                    strategy=each.name,
                    seeds=AllOf(tuple(map(str, each.stopped))),
                )
            if each.unsolved:
                yield Message(
                    "strategy_unsolved",
                    "{strategy}: stopped before it was solved (seed {seeds}); --resume solves it.",
                    strategy=each.name,
                    seeds=AllOf(tuple(map(str, each.unsolved))),
                )
            if each.error is not None:
                yield Message(
                    "strategy_failed",
                    "{strategy} is not compared as a whole: {reason}",
                    strategy=each.name,
                    reason=each.error,
                )

    def staffing_sentences(self) -> Iterator[Message]:
        """What is missing at least whatever is done, and what would close it, where curves were asked for."""
        for each in self.rostered:
            targets = each.level(Level.TARGETS.code)
            if each.curves is not None and each.figures is not None and targets is not None:
                yield from curve_words(each.name, each.curves, targets, each.figures.hotspots)
        for found in self.matched:
            yield from matched_words(found)


def _words(level: Level, verdict: Verdict, one: Compared, other: Compared) -> Message:
    """What is proven of two strategies at a level, with the margin, or both intervals where nothing is."""
    name = level_name(level, one, other)
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


def level_name(level: Level, *about: Compared) -> Message:
    """A coverage level in words; whether its hours are weighted too, where strategies say so that it is ``about``."""
    match level:
        case Level.POLICE_MINIMUM if any(each.figures is not None and each.figures.weighted for each in about):
            return Message("compared_police_minimum_weighted", "Police minimum (hours weighted by priority)")
        case Level.POLICE_MINIMUM:
            return Message("compared_police_minimum", "Police minimum")
        case Level.NON_POLICE_MINIMUM:
            return Message("compared_non_police_minimum", "Non-police minimum")
        case _:
            return Message("compared_targets", "Targets")


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)
