"""The whole way from an instance to an audited roster with its proof, for a horizon in one piece.

Its independent pools are searched here, or side by side on a backend; what they find is put together, audited and scored as one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from scheduler.analysis.capacity import proven_short
from scheduler.analysis.coverage import coverage, shortages
from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock, TimeLimit
from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.coordinator import FanOut
from scheduler.engine.decomposition import bundles, pools
from scheduler.engine.events import STOPPED, Event, Trouble, at_home, incident
from scheduler.engine.run_state import Line, RunState, SubproblemState, level_result
from scheduler.errors import NoRosterError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Progress, Result, RunRecord, Status
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings, prices_apart
from scheduler.system.versions import rules_digest, versions
from scheduler.vocabulary.constraints import Constraint, Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem, Scope

Reporter = Callable[[Progress], None]
MENDING_S = 10.0
"""Seconds that CP-SAT may take for a legal roster of a part that was lost before it had one."""


def solve_whole(
    instance: Instance,
    config: SolveConfig | None = None,
    *,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
    backend: Backend | None = None,
    allowances: Sequence[Constraint] = (),
    limit: TimeLimit | None = None,
    start: Roster | None = None,
) -> Result:
    """The best roster of a horizon in one piece within the limits, audited, with a valid bound for every level.

    ``stop`` ends the run early with the best roster so far. Without a ``backend`` everything is searched in this process.
    ``allowances`` hold beside what the rules declare: what a block may use of the limits of a longer horizon. ``limit`` is the
    time limit, where it is not that of the configuration from now on. ``start`` is a roster to go on from, legal or not; duties
    of people and at hotspots that are not there count for nothing.

    Raises :class:`~scheduler.errors.ContradictionError` when the locks cannot all hold and
    :class:`~scheduler.errors.NoRosterError` when stopped before there was any roster.
    """
    given = config or SolveConfig()
    clock = Clock(limit or TimeLimit.from_now(given), stop or threading.Event())
    return _Solve(instance, given, clock, on_progress, backend, allowances, start).execute()


class _Solve:
    def __init__(
        self,
        instance: Instance,
        config: SolveConfig,
        clock: Clock,
        on_progress: Reporter | None,
        backend: Backend | None,
        allowances: Sequence[Constraint],
        start: Roster | None,
    ) -> None:
        began = clock.elapsed
        self._instance = instance
        self._config = config
        self._on_progress = on_progress
        self._clock = clock
        self._backend = backend
        self._problem = declare(instance, allowances)
        self._start = start
        self._declared_s = clock.elapsed - began
        self._timeline: list[Progress] = []
        self._incidents: list[Message] = []
        self._cut_short = False
        self._lock = threading.Lock()

    def execute(self) -> Result:
        self._standing = RunState(self._parts(), self._problem, proven_short(self._instance, self._problem.required))
        if self._backend is None:
            from scheduler.engine.search import Search

            start = self._standing.parts[0].start
            Search(self._problem, self._config, self._clock, lambda event: self._on_event(0, "", event), start).run()
        else:
            self._fan_out(self._backend)
        return self._result()

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _parts(self) -> list[SubproblemState]:
        """The pools, in as many bundles as can be searched side by side; one, so that they are the same everywhere, in a
        reproducible run."""
        width = 1 if self._backend is None or self._config.reproducible else self._backend.width
        scopes = bundles(pools(CompiledProblem(self._problem)), width) if width > 1 else []
        if len(scopes) < 2:
            return [self._part("", self._problem)]
        return [self._part(self._name(scope), self._problem.within(scope)) for scope in scopes]

    def _part(self, name: str, problem: Problem) -> SubproblemState:
        """A part with what of the start is about it."""
        if self._start is None:
            return SubproblemState(name, problem)
        people, spots, days = set(problem.people), set(problem.hotspots), range(self._instance.days)
        mine = (a for a in self._start if a.staff in people and a.hotspot in spots and a.day in days)
        return SubproblemState(name, problem, Roster.of(mine))

    def _name(self, scope: Scope) -> str:
        """The zones whose hotspots a part is about."""
        zones = dict.fromkeys(self._instance.hotspot[code].zone for code in scope.hotspots)
        return "+".join(zones) or "nobody's hotspots"

    def _fan_out(self, backend: Backend) -> None:
        out = FanOut(backend, self._config, self._clock, self._on_event)
        out.run(self._standing.parts)
        self._incidents, self._cut_short = out.incidents, out.cut_short
        if all(part.roster is None for part in self._standing.parts):
            if self._clock.stop.is_set():
                raise NoRosterError(STOPPED, out.incidents)
            self._cut_short |= out.lost
        for part in self._standing.parts:
            if part.roster is None:
                try:
                    part.roster = self._first_roster(part)
                except NoRosterError as error:
                    raise NoRosterError(error.message, out.incidents) from error

    def _first_roster(self, part: SubproblemState) -> Roster:
        """A legal roster for a part that was lost before it had any."""
        from scheduler.engine.cpsat.solver import Limits
        from scheduler.engine.initial_roster import first_legal
        from scheduler.engine.lines.models import LineModels

        clock = Clock(self._clock.limit.part(MENDING_S), threading.Event())
        pool, config = CompiledProblem(part.problem), self._config
        limits = Limits(MENDING_S, config.workers, config.seed, config.reproducible, clock.stop)
        with clock.watched():
            found, home = first_legal(pool, LineModels(pool, over=clock.over), limits, part.start)
        if home:
            self._incidents.append(incident(self._clock.elapsed, part.name, at_home(home)))
        return found.roster

    # -- telling -------------------------------------------------------------------------------------------------------

    def _on_event(self, number: int, attempt: str, event: Event) -> None:
        if isinstance(event, Trouble):
            self._incidents.append(incident(self._clock.elapsed, "", event.what))
            return
        with self._lock:
            lines = [self._progress(line) for line in self._standing.on_event(number, attempt, event)]
            self._timeline += lines
        if self._on_progress is not None:
            for line in lines:
                self._on_progress(line)

    def _progress(self, line: Line) -> Progress:
        told = line.value is not None
        return Progress(
            elapsed_s=self._clock.elapsed, stage=line.stage, method=line.method, level=line.result.name, pool=line.pool,
            value=line.value, bound=line.result.bound, gap=line.result.gap if told else None,
            left_s=self._clock.to_go,
        )  # fmt: skip

    def _result(self) -> Result:
        roster = self._standing.roster
        evaluation = evaluate(self._problem, roster)
        measured = evaluation.levels
        findings = audit(self._instance, roster)
        levels = tuple(
            level_result(
                level,
                measured[level],
                self._standing.bound(level, measured),
                self._problem,
                self._standing.trades(level),
            )
            for level in self._problem.levels
        )
        if hard_findings(findings):
            status = Status.REJECTED
        elif self._clock.stop.is_set() or self._cut_short:
            status = Status.INTERRUPTED
        else:
            status = Status.OPTIMAL if all(level.proven for level in levels) else Status.FEASIBLE
        targets = next(level for level in levels if level.name == Level.TARGETS.code)
        short = shortages(self._instance, roster)
        record = RunRecord(
            status=status,
            levels=levels,
            coverage=coverage(self._instance, short, targets.bound),
            wall_s=round(self._clock.elapsed, 3),
            seed=self._config.seed,
            workers=1 if self._config.reproducible else self._config.workers,
            reproducible=self._config.reproducible,
            versions=versions(),
            rules_digest=rules_digest(),
            instance_sha256=self._instance.sha256,
            timeline=tuple(self._timeline),
            incidents=(*self._incidents, *prices_apart(findings, evaluation.by_rule)),
            cut_short=self._cut_short,
            build_s=round(self._declared_s + max(part.built_s for part in self._standing.parts), 3),
        )
        return Result(roster, record, findings, short)
