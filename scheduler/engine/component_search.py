"""The search on one component, turn by turn: people whose posts depend on each other, and nobody else.

Coverage first: annealing from hot to warm, then by turns CP-SAT windows, which see what no small move does, and short
reheatings, which carry the roster to where other windows pay. Then quality: one long cooling with coverage held; where nobody
needs company a short one, and column generation. The component's own roster may be worse than the best; what a turn returns
never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock
from scheduler.engine.columns.generation import ColumnSearch
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.cpsat.neighbourhoods import STEP_S, Improver
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.given_lines import given_lines
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.lines.labelling import LineModel
from scheduler.engine.local_search.anneal import Anneal, AnnealTables
from scheduler.engine.posting_classes import component_people, needs_company, posting_classes
from scheduler.engine.price_scale import smallest_price
from scheduler.result import Method, Stage

QUALITY_SHARE, QUALITY_SHARE_OF_REPAIR = 0.35, 0.1
"""Share of the time limit that the largest component has for quality, coverage proven or not. The others need less of it: the
fewer people, the sooner they are annealed. In a repair most of quality is as it was, and may not be bought by changes."""
FIRST_SHARE = 0.35
"""Largest share of a component's time for the first cooling."""
FIRST_S, REHEAT_S, MEND_S = 0.3, 0.15, 0.3
"""Seconds per person of the first cooling, of a reheating, and of a cooling of a repair; more of them where the horizon is longer
than:"""
USUAL_DAYS = 42
"""Days of a horizon that is not cut into blocks."""
HOT, WARM = 10_000.0, 100.0
"""Temperatures of the first cooling, in points: two hundred minutes of a target, two minutes."""
REHEATED, REHEATED_TO = 4000.0, 2000.0
"""Temperatures of a reheating."""
MENDING, MENDED = 1000.0, 20.0
"""Temperatures of the coolings of a repair: two changes outside notice, a fiftieth of it. Hotter ones, to 60,000, changed more
days and missed as much."""
MEND_SHARE = 0.8
"""Largest share of the rest of a component's time for a cooling of a repair."""
WINDOWS = 4
"""CP-SAT windows before a reheating."""
TEPID, COLD = 100.0, 3.0
"""Temperatures of the last cooling: the coldest at most, and no more than a share of the smallest price."""
COLD_SHARE = 0.5
COLUMN_TURN_S = 5.0
"""Longest turn of pricing everybody, in seconds; a neighbourhood is a turn."""
TURN_S, TURN_PER_PERSON_S = 2.0, 0.01
"""Longest turn of annealing, in seconds: of a small component, and for each person of a large one, whose every new roster takes
longer to be judged."""
TURN_SHARE = 0.05
"""Largest share of a component's time for one turn."""
MOVES_PER_S = 200_000
"""Moves that stand for a second in a reproducible run."""
LAST_S = 0.5
"""Seconds kept for the audit and the record."""

Step = Callable[[Incumbent], Incumbent]


@dataclass(frozen=True, slots=True)
class Cooling:
    """From one temperature to another, evenly in their ratio, between two moments."""

    hot: float
    cold: float
    begin: float
    end: float

    def at(self, moment: float) -> float:
        done = (moment - self.begin) / max(1e-9, self.end - self.begin)
        return self.hot * float((self.cold / self.hot) ** min(1.0, max(0.0, done)))


@dataclass(frozen=True, slots=True)
class Methods:
    """How a component is searched; ``columns`` where lines alone decide who stands where."""

    anneal: Anneal
    improver: Improver
    columns: ColumnSearch | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a component's time is spent.

    ``coverage_share`` of the time limit goes to coverage; ``time_s`` are the seconds of turns that the component may expect;
    ``size`` counts its people, more than once where the horizon is longer than usual; ``cold`` is the temperature that the last
    cooling ends with; ``repair``: people go by a roster that should change little.
    """

    coverage_share: float
    time_s: float
    size: float
    cold: float
    repair: bool


class ComponentSearch:
    """One component's search. ``members`` are the people it changes."""

    def __init__(self, members: Sequence[int], methods: Methods, pace: Pace, config: SolveConfig, clock: Clock) -> None:
        self.members = list(members)
        self.stage = Stage.COVERAGE
        self.settled = False
        """Told from outside that coverage is as good as it gets."""
        self.method: Method | None = None
        """What the last turn did, for the report."""
        self.work = 0.0
        """Seconds of the last turn, deterministic ones in a reproducible run."""
        self.spent = 0.0
        """Seconds of all turns before the last."""
        self._pace = pace
        self._anneal, self._improver, self._columns = methods.anneal, methods.improver, methods.columns
        self._config = config
        self._clock = clock
        self._current: Incumbent | None = None
        self._steps = self._coverage()

    def step(self, best: Incumbent) -> Incumbent:
        """One turn, from this component's own roster for its people and the best one for everybody else."""
        self.spent, self.work = self.spent + self.work, 0.0
        if self.stage is Stage.COVERAGE and (self.settled or self._clock.left(self._pace.coverage_share) <= 0):
            self.stage, self._current, self._steps = Stage.QUALITY, None, self._quality()
        step = next(self._steps)
        self._current = best if self._current is None else best.with_lines(self.members, self._current)
        return step(best)

    # -- the course ----------------------------------------------------------------------------------------------------

    def _coverage(self) -> Iterator[Step]:
        if self._pace.repair:
            yield from self._mending()
        yield from self._cool(HOT, WARM, min(FIRST_SHARE * self._pace.time_s, FIRST_S * self._pace.size))
        while True:
            for _ in range(WINDOWS):
                yield self._window
            yield from self._cool(REHEATED, REHEATED_TO, REHEAT_S * self._pace.size)

    def _mending(self) -> Iterator[Step]:
        """Never hot: what people go by is close to what is looked for. A cooling that does not come to its end leaves changes
        that nobody needs."""
        while True:
            mine = self._pace.time_s / self._clock.limit.seconds
            left = self._clock.left(self._pace.coverage_share) * mine
            yield from self._cool(MENDING, MENDED, min(MEND_S * self._pace.size, left * MEND_SHARE))
            for _ in range(WINDOWS):
                yield self._window

    def _cool(self, hot: float, cold: float, seconds: float) -> Iterator[Step]:
        """A cooling over so many seconds of this component's own turns."""
        cooling = Cooling(hot, cold, self.spent, self.spent + seconds)
        while self.spent < cooling.end:
            yield lambda best: self._annealed(best, cooling, self.spent)

    def _quality(self) -> Iterator[Step]:
        """A cooling that ends with the time limit, whoever else has turns; with columns a short one, and then they."""
        if self._columns is not None:
            left = self._clock.left() - LAST_S
            yield from self._cool(TEPID, self._pace.cold, min(FIRST_SHARE * left, FIRST_S * self._pace.size))
            while not self._columns.stuck:
                yield self._priced
        cooling = Cooling(TEPID, self._pace.cold, self._clock.used, self._clock.used + self._clock.left() - LAST_S)
        while True:
            yield lambda best: self._annealed(best, cooling, self._clock.used)

    # -- steps ---------------------------------------------------------------------------------------------------------

    def _annealed(self, best: Incumbent, cooling: Cooling, moment: float) -> Incumbent:
        began = self._clock.used
        longest = max(TURN_S, TURN_PER_PERSON_S * self._pace.size)
        seconds = min(self._turn(longest), self._clock.left() - LAST_S)

        def temperature(moves: int) -> float | None:
            self.work = moves / MOVES_PER_S if self._config.reproducible else self._clock.used - began
            return None if self.work >= seconds or self._clock.stop.is_set() else cooling.at(moment + self.work)

        self.method = Method.ANNEALING
        found, self._current = self._anneal.run(self._current or best, best, temperature)
        return found

    def _window(self, best: Incumbent) -> Incumbent:
        began, config = self._clock.used, self._config
        seconds = min(self._turn(STEP_S), self._clock.left(self._pace.coverage_share))
        limits = Limits(seconds, 1, config.seed, config.reproducible, self._clock.stop)
        self.method = Method.CP_SAT
        self._current = self._improver.coverage(self._current or best, limits)
        self.work = self._improver.spent if config.reproducible else self._clock.used - began
        return self._current if self._current.better(best) and self._current.legal else best

    def _priced(self, best: Incumbent) -> Incumbent:
        if self._columns is None:
            return best
        began, clock = self._clock.used, self._clock
        end = began + self._turn(COLUMN_TURN_S)
        self.method = Method.COLUMN_GENERATION

        def left() -> float:
            return clock.left() - LAST_S

        found = self._columns.improve(best, lambda: min(left(), end - clock.used), left)
        self.work = clock.used - began
        return found

    def _turn(self, longest: float) -> float:
        """Seconds of a turn: where many components share few cores or little time, all get several."""
        return min(longest, TURN_SHARE * self._pace.time_s)


def component_searches(
    pool: CompiledProblem, hard: Sequence[LineModel], config: SolveConfig, clock: Clock, width: int
) -> list[ComponentSearch]:
    """A search for each component, the largest first, ``width`` of them side by side; ``hard`` are the line models of all,
    without soft rules."""
    classes = posting_classes(pool)
    groups = component_people(pool, classes)
    if not groups:
        return []
    tables, everybody = AnnealTables.of(pool, clock.over), sum(map(len, groups))
    covers, repair = any(pool.problem.required.values()), bool(given_lines(pool).levels)
    cold = min(COLD, COLD_SHARE * smallest_price(pool)) or COLD
    found = []
    for position, members in enumerate(groups):
        seed = config.seed + position
        anneal = Anneal(pool, tables, members, seed)
        improver = Improver(pool, hard, classes, members, seed)
        quality_share = QUALITY_SHARE_OF_REPAIR if repair else QUALITY_SHARE
        coverage_share = (1 - quality_share * len(members) / len(groups[0])) if covers else 0.0
        time_s = clock.limit.seconds * min(1.0, width * len(members) / everybody)
        # Its way depends on how fast it is, so it has no place in a reproducible run.
        alone = not config.reproducible and not needs_company(pool, members)
        columns = ColumnSearch(pool, classes, members, seed, clock.stop, clock.over) if alone else None
        size = len(members) * max(1.0, pool.days / USUAL_DAYS)
        methods, pace = Methods(anneal, improver, columns), Pace(coverage_share, time_s, size, cold, repair)
        found.append(ComponentSearch(members, methods, pace, config, clock))
    return found
