"""A horizon of months, block after block: each is solved with what the earlier ones leave it, and then stands.

Time is shared by the days that are still to be solved; what a block does not need goes to the later ones. Where the locks of a
block do not go with what stands before it, the block before is solved again with these locks in view, and then those before that.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from scheduler.analysis.capacity import proven_short
from scheduler.analysis.coverage import coverage, shortages
from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.engine.clock import LEAST_S, Clock, TimeLimit
from scheduler.engine.events import STOPPED
from scheduler.engine.machine_code import once_compiled
from scheduler.engine.solve import Reporter, solve_whole
from scheduler.errors import ContradictionError, NoRosterError
from scheduler.horizon.blocks import Block, blocks, cut, kept, shifted
from scheduler.horizon.limit_shares import Allowances
from scheduler.messages.message import Message
from scheduler.problem.facts import OFF
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import BlockRecord, LevelResult, Progress, Result, RunRecord, Stage, Status
from scheduler.rules import declare
from scheduler.rules.audit import audit, broken_rules, hard_findings
from scheduler.system.versions import rules_digest, versions
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.evaluate import evaluate
from scheduler.vocabulary.problem import Problem


@dataclasses.dataclass(frozen=True)
class Solved:
    """A solved block, in days of the whole horizon: the roster that stands, and how the next days would go on."""

    record: BlockRecord
    roster: Roster
    ahead: Roster
    legal: bool = True
    """Whether the audit of the block found no hard rule broken; one that is not is never taken up again."""


class Store(Protocol):
    """Where finished blocks are kept while a run goes on."""

    def load(self, number: int, before: Roster) -> Solved | None:
        """The block of a number (from 0) that an earlier run has finished after the same roster; None when there is none."""

    def save(self, number: int, before: Roster, solved: Solved) -> None: ...


def solve(
    instance: Instance,
    config: SolveConfig | None = None,
    *,
    on_progress: Reporter | None = None,
    stop: threading.Event | None = None,
    store: Store | None = None,
    backend: Backend | None = None,
    start: Roster | None = None,
) -> Result:
    """The best roster within the limits, audited; of a long horizon block by block.

    Once after installing, the search is compiled first: about a minute that is not part of the limit.

    ``start`` is a roster to begin with, legal or not. ``stop`` ends the run with the best roster so far: the days after it hold
    only what is locked, and what somebody may not break off; so do those of blocks for which no time was left.

    Raises :class:`~scheduler.errors.ContradictionError` when the locks cannot all hold and
    :class:`~scheduler.errors.NoRosterError` when there was no roster before it was stopped, out of time, or before what it ran on
    was lost.
    """
    return once_compiled(lambda: _solve(instance, config, on_progress, stop, store, backend, start))


def _solve(
    instance: Instance,
    config: SolveConfig | None,
    on_progress: Callable[[Progress], None] | None,
    stop: threading.Event | None,
    store: Store | None,
    backend: Backend | None,
    start: Roster | None,
) -> Result:
    given = config or SolveConfig()
    clock = Clock(TimeLimit.from_now(given), stop or threading.Event())
    plan = blocks(instance)
    if len(plan) > 1:
        problem = declare(instance)
        if Allowances(problem).divisible([range(block.first, block.stop) for block in plan]):
            return _RollingSolve(problem, given, clock, plan, on_progress, store, backend, start).execute()
    return solve_whole(
        instance, given, on_progress=on_progress, stop=clock.stop, backend=backend, limit=clock.limit, start=start
    )


class _RollingSolve:
    def __init__(
        self,
        problem: Problem,
        config: SolveConfig,
        clock: Clock,
        plan: tuple[Block, ...],
        on_progress: Reporter | None,
        store: Store | None,
        backend: Backend | None,
        start: Roster | None,
    ) -> None:
        self._start = start
        self._problem = problem
        self._instance = problem.instance
        self._allowances = Allowances(problem)
        self._config = config
        self._clock = clock
        self._plan = list(plan)
        self._days = [block.until - block.first for block in plan]
        self._resuming = True
        self._why: int | None = None
        """Which incident says why the next block is solved again, if it is."""
        self._on_progress = on_progress
        self._store = store
        self._backend = backend
        self._incidents: list[Message] = []
        self._cut_short = False
        self._patient = False
        self._unplanned: list[int] = []
        """Blocks for which no time was left; they hold only what must stand."""
        self._timeline: list[Progress] = []

    def execute(self) -> Result:
        done: list[Solved | None] = []
        while len(done) < len(self._plan):
            number, stands = len(done), _standing(done)
            ahead = done[-1].ahead if done and done[-1] is not None else Roster()
            try:
                done.append(self._taken_up(number, stands) or self._new(number, stands, ahead))
            except ContradictionError:
                if self._over:
                    done.append(None)
                    continue
                earlier = self._widened(number)
                if earlier is None:
                    raise
                del done[earlier:]
        found = [solved for solved in done if solved is not None]
        if self._start is not None and self._stays(self._start, _standing(done)):
            stays = Message("start_stays", "Nothing better than the roster to begin with was found in time: it stays.")
            self._incidents.append(stays)
            self._unplanned.clear()
            return self._result(self._start, [])
        if not found:
            late = Message("none_in_time", "No roster was found within the time limit.")
            raise NoRosterError(STOPPED if self._ended_early else late, self._incidents)
        if self._unplanned:
            self._incidents.append(_unplanned(self._unplanned[0] + 1, self._unplanned[-1] + 1, len(self._plan)))
        return self._result(_standing(done), [solved.record for solved in found])

    def _stays(self, start: Roster, found: Roster) -> bool:
        """Whether a roster to begin with is legal, and better than what was found. Blocks cannot know: what one of them gives up
        in its days, a later one may not get back."""
        before, after = (evaluate(self._problem, roster).levels for roster in (start, found))
        levels = self._problem.levels
        better = [before[level] for level in levels] < [after[level] for level in levels]
        return better and not broken_rules(self._instance, start)

    def _taken_up(self, number: int, before: Roster) -> Solved | None:
        """The block as an earlier run has finished it; none any more after the first that it has not."""
        solved = self._store.load(number, before) if self._store is not None and self._resuming else None
        self._resuming = solved is not None
        if solved is not None:
            self._incidents += solved.record.incidents
            self._see_to(solved.record.until, range(number, len(self._plan)))
            report = self._reporter(number)
            for it in solved.record.levels:
                report(
                    Progress(
                        elapsed_s=0.0, stage=Stage.RESUMED, level=it.name, value=it.value, bound=it.bound, gap=it.gap
                    )
                )
        return solved

    def _new(self, number: int, before: Roster, ahead: Roster) -> Solved | None:
        solved = self._block(number, self._plan[number], before, ahead)
        finished = not self._ended_early and number not in self._unplanned
        if solved is not None and solved.legal and self._store is not None and finished:
            self._store.save(number, before, solved)
        return solved

    def _widened(self, number: int) -> int | None:
        """The nearest earlier block that did not see to the end of this one: now it and those between do. None when there is
        none."""
        until = self._plan[number].until
        narrow = [earlier for earlier in range(number) if self._plan[earlier].until < until]
        if not narrow:
            return None
        first = narrow[-1]
        self._see_to(until, range(first, number))
        self._why = len(self._incidents)
        why = Message(
            "earlier_block_again",
            "Its locks conflict with the blocks before it, so block {earlier} is solved again to take them into account.",
            earlier=first + 1,
        )
        self._note(number, [why])
        return first

    def _see_to(self, until: int, numbers: range) -> None:
        """Solve some blocks as far as a day, if not farther."""
        for number in numbers:
            block = self._plan[number]
            self._plan[number] = dataclasses.replace(block, until=max(block.until, until))

    def _block(self, number: int, block: Block, before: Roster, ahead: Roster) -> Solved | None:
        """One block; None when the run is over and the block holds nothing that must stand."""
        if not self._late(number):
            try:
                found = self._in_time(number, block, before, ahead)
                if found.legal or not self._over:
                    return found
            except NoRosterError as error:
                if not self._over:
                    raise
                reason = [] if self._ended_early else [error.message]
                self._note(number, [*error.incidents, *reason])
        if not self._ended_early:
            self._unplanned.append(number)
        days = range(block.first, block.until)
        if not len(ahead) and not any(self._instance.calendar.day(lock.date) in days for lock in self._instance.locks):
            return None
        part = cut(self._instance, block, before, ahead)
        # Somebody may not stop here, if a run of days has only begun, say; or what is locked is not legal without those who were
        # to come.
        first = not part.locks and len(ahead) > 0 and bool(hard_findings(audit(part, Roster())))
        fallback: Solved | None = None
        for hold in dict.fromkeys((first, len(ahead) > 0)) if part.locks or first else ():
            try:
                fallback = self._solved(number, block, before, ahead, hold=hold)
            except NoRosterError as error:
                if any(lock.shift != OFF for lock in part.locks):
                    self._note(number, [error.message])
            else:
                if fallback.legal:
                    break
        return fallback

    def _in_time(self, number: int, block: Block, before: Roster, ahead: Roster) -> Solved:
        """One block in its part of the time; where no roster comes of that, in all that is left."""
        try:
            return self._solved(number, block, before, ahead)
        except NoRosterError as error:
            if self._over or self._config.reproducible:
                raise
            again = Message("tried_again", "{reason} It is tried once more.", reason=error.message)
            self._note(number, [*error.incidents, again])
            self._patient = True
        try:
            return self._solved(number, block, before, ahead)
        finally:
            self._patient = False

    @property
    def _over(self) -> bool:
        """Whether the run has ended early, or no time is left."""
        return self._ended_early or (not self._config.reproducible and self._clock.to_go <= 0)

    def _late(self, number: int) -> bool:
        """Whether a block gets no more than what must stand. The first is tried even where reading rules took all the time."""
        return self._over and (number > 0 or self._ended_early)

    @property
    def _ended_early(self) -> bool:
        """Whether the planner has stopped the run, or what it is on was lost."""
        return self._cut_short or self._clock.stop.is_set()

    def _solved(self, number: int, block: Block, before: Roster, ahead: Roster, *, hold: bool = False) -> Solved:
        told, self._why = len(self._incidents) if self._why is None else self._why, None
        try:
            found = self._searched(number, block, before, ahead, hold=hold)
        except ContradictionError:
            if hold or not len(ahead):
                raise
            # The beginning that the block before had found is legal: with all of it the locks hold if they can at all.
            found = self._searched(number, block, before, ahead, hold=True)
        stands, goes_on = kept(block, found.roster)
        record = BlockRecord(
            first=block.first,
            stop=block.stop,
            until=block.until,
            levels=found.record.levels,
            incidents=tuple(self._incidents[told:]),
        )
        return Solved(record, stands, goes_on, found.record.status is not Status.REJECTED)

    def _searched(self, number: int, block: Block, before: Roster, ahead: Roster, *, hold: bool) -> Result:
        part = cut(self._instance, block, before, ahead, hold=hold)
        shares = self._allowances.of_block(range(block.first, block.until), before, part)
        limit = self._clock.limit.part(self._seconds(number))
        stop, backend = self._clock.stop, self._backend
        if self._late(number):
            stop, backend = threading.Event(), None
            stop.set()
        report = self._reporter(number)
        found = solve_whole(
            part, self._config, on_progress=report, stop=stop, backend=backend, allowances=shares, limit=limit,
            start=None if self._start is None else shifted(self._start, block.first, block.until),
        )  # fmt: skip
        self._cut_short |= found.record.cut_short
        self._note(number, found.record.incidents)
        return found

    def _note(self, number: int, incidents: Sequence[Message]) -> None:
        self._incidents += (
            Message("incident_in_block", "Block {block}: {what}", block=number + 1, what=incident)
            for incident in incidents
        )

    def _seconds(self, number: int) -> float:
        """The time of a block: its part of what is left, or of the whole in a reproducible run; once that was not enough, all."""
        days = self._days
        if self._config.reproducible:
            return self._clock.limit.seconds * days[number] / sum(days)
        return max(LEAST_S, self._clock.to_go * (1.0 if self._patient else days[number] / sum(days[number:])))

    def _reporter(self, number: int) -> Callable[[Progress], None]:
        before = self._clock.elapsed

        def report(progress: Progress) -> None:
            part = f"{number + 1}/{len(self._plan)}"
            elapsed = progress.elapsed_s + before
            left = max(0.0, self._clock.limit.seconds - elapsed)
            told = progress.replace(part=part, elapsed_s=elapsed, left_s=left)
            self._timeline.append(told)
            if self._on_progress is not None:
                self._on_progress(told)

        return report

    def _result(self, roster: Roster, records: list[BlockRecord]) -> Result:
        instance, problem = self._instance, self._problem
        measured = evaluate(problem, roster).levels
        required = problem.required
        least = proven_short(instance, required)
        levels = tuple(
            LevelResult(
                name=level.code,
                value=measured[level],
                bound=least.get(level, 0),
                required=required.get(level, 0),
            )
            for level in problem.levels
        )
        findings = audit(instance, roster)
        status = Status.INTERRUPTED if self._ended_early or self._unplanned else Status.FEASIBLE
        short = shortages(instance, roster)
        record = RunRecord(
            status=Status.REJECTED if hard_findings(findings) else status,
            levels=levels,
            coverage=coverage(instance, short, least[Level.TARGETS]),
            wall_s=round(self._clock.elapsed, 3),
            seed=self._config.seed,
            workers=1 if self._config.reproducible else self._config.workers,
            reproducible=self._config.reproducible,
            versions=versions(),
            rules_digest=rules_digest(),
            instance_sha256=instance.sha256,
            timeline=tuple(self._timeline),
            blocks=tuple(records),
            incidents=tuple(self._incidents),
            cut_short=self._cut_short,
        )
        return Result(roster, record, findings, short)


def _unplanned(first: int, last: int, blocks: int) -> Message:
    """Blocks for which no time was left."""
    if first == last:
        return Message(
            "block_unplanned",
            "Block {block} could not be planned within the time limit; little more than what is locked stands there.",
            block=first,
        )
    return Message(
        "blocks_unplanned",
        "Blocks {first} to {last} of {blocks} could not be planned within the time limit; little more than what is locked"
        " stands there.",
        first=first,
        last=last,
        blocks=blocks,
    )


def _standing(done: Sequence[Solved | None]) -> Roster:
    """The roster of all blocks so far."""
    return Roster.of(a for solved in done if solved is not None for a in solved.roster)
