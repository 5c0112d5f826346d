"""The parts of a run searched elsewhere, side by side: listened to, halted, started again when one is lost.

What a part has told stays, whatever becomes of it. A part that dies is begun once more from its best roster; one that cannot be
kept ends with that, and the run says what happened.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from scheduler.backends.backend import Backend, Channel, GoneError
from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock
from scheduler.engine.events import Begun, Event, Report, Trouble, incident
from scheduler.engine.run_state import SubproblemState
from scheduler.engine.worker import Subproblem, work
from scheduler.errors import ClusterError, NoRosterError, VigieError
from scheduler.messages.message import Message
from scheduler.system.cores import cores
from scheduler.system.versions import package_digest

LOOK_S = 0.2
"""Longest wait for a message."""
OVER_S = 10.0
"""Seconds after the limit at which parts that have not ended are halted: they look at the clock themselves, but may begin
late."""
LATE_S = 15.0
"""Seconds after a halt that a part may still take to end."""
HALT_S = 2.0
"""Longest wait for a halt to arrive that nobody may hear any more."""
AGAIN_S = 5.0
"""Seconds that must be left for a lost part to be started again."""
ATTEMPTS = 2
STARTS_AGAIN = Message("search_starts_again", "It starts again.")
NOBODY_S = 20.0
"""Seconds without a single worker after which a backend counts as gone: one that died may be started again by its keeper."""


class FanOut:
    """Runs every part of a standing on a backend."""

    def __init__(
        self,
        backend: Backend,
        config: SolveConfig,
        clock: Clock,
        on_event: Callable[[int, str, Event], None],
    ) -> None:
        """``on_event`` gets number, attempt and event of what the parts report, in the thread of :meth:`run`."""
        self._backend = backend
        self._config = config
        self._clock = clock
        self._on_event = on_event
        self.incidents: list[Message] = []
        """What went wrong, one sentence each."""
        self.cut_short = False
        """Whether the backend was gone before the end."""
        self.lost = False
        """Whether a part was lost for good."""

    def run(self, parts: list[SubproblemState]) -> None:
        """Until every part has ended, or was left behind. Raises what Vigie raised on purpose inside a part."""
        self._parts = parts
        self._running: dict[int, Future[None]] = {}
        self._attempts = [0] * len(parts)
        self._places: list[str] = [""] * len(parts)
        self._channel = self._backend.channel()
        self._workers: int | None = None
        self._manned = time.monotonic()
        halted: float | None = None
        try:
            for number in range(len(parts)):
                self._submit(number)
            while self._running:
                report = self._channel.receive(LOOK_S)
                if report is not None:
                    self._take(report)
                self._look()
                self._count()
                if halted is None and self._over():
                    self._channel.halt()
                    halted = time.monotonic()
                if halted is not None and time.monotonic() > halted + LATE_S:
                    self._leave(Message("search_late", "did not end in time."))
        except GoneError:
            self.cut_short = True
            self._leave(Message("search_lost", "was lost: {reason}.", reason=self._gone()))
        except BaseException:
            self._quit()
            raise

    def _gone(self) -> Message:
        name = self._backend.name
        if self._workers == 0:
            return Message("no_workers_left", "{backend} has no workers any more", backend=name)
        return Message("connection_gone", "the connection to {backend} is gone", backend=name)

    def _count(self) -> None:
        """Have workers been lost? What they were at waits for others, and the planner should know."""
        workers = self._channel.workers()
        if workers is not None and self._workers is not None and workers < self._workers:
            self.incidents.append(
                Message(
                    "workers_lost",
                    (
                        "After {seconds} s {backend} had lost workers: {count} is left.",
                        "After {seconds} s {backend} had lost workers: {count} are left.",
                    ),
                    seconds=round(self._clock.elapsed),
                    backend=self._backend.name,
                    count=workers,
                )
            )
        self._workers = workers
        if workers != 0:
            self._manned = time.monotonic()
        elif time.monotonic() > self._manned + NOBODY_S:
            raise GoneError

    def _over(self) -> bool:
        limit = self._clock.limit
        return self._clock.stop.is_set() or (not limit.reproducible and self._clock.elapsed > limit.seconds + OVER_S)

    def _submit(self, number: int) -> None:
        part, config = self._parts[number], self._config
        if self._backend.one_machine:
            count = len(self._parts)
            memory = None if config.memory_limit_gb is None else config.memory_limit_gb / count
            lanes = -(-min(config.workers, cores()) // count)
            config = config.replace(workers=lanes, memory_limit_gb=memory)
        start = part.start if part.roster is None else part.roster
        task = Subproblem(number, part.problem, config, self._clock.limit, start, package_digest())
        self._attempts[number] += 1
        self._places[number] = ""
        try:
            self._running[number] = self._backend.executor.submit(work, task, self._channel)
        except (RuntimeError, OSError) as error:
            raise GoneError from error

    def _take(self, report: object) -> None:
        if not isinstance(report, Report):
            return
        part, event = report.part, report.event
        if isinstance(event, Trouble):
            self._say(part, event.what, self._kept(part) if event.ends else None)
        elif not isinstance(event, Begun):
            self._on_event(part, report.attempt, event)
        else:
            if before := self._places[part]:
                self._say(
                    part,
                    Message(
                        "search_moved",
                        "was lost on {before} and started again on {now}.",
                        before=before,
                        now=event.place,
                    ),
                )
            self._places[part] = event.place

    def _look(self) -> None:
        """Part by part: has it ended, and how?"""
        for number, future in list(self._running.items()):
            if future.done():
                while (report := self._channel.receive(0.0)) is not None:
                    self._take(report)
                del self._running[number]
                error = None if future.cancelled() else future.exception()
                # A worker that came late may not be fit: then only what it was given is lost.
                if isinstance(error, VigieError) and not isinstance(error, NoRosterError | ClusterError):
                    raise error
                if isinstance(error, NoRosterError) and not self._clock.stop.is_set():
                    self._say(number, Message("search_ended", "ended: {reason}", reason=error.message))
                elif future.cancelled() or (error is not None and not isinstance(error, NoRosterError)):
                    self._lost(number, error)

    def _lost(self, number: int, error: BaseException | None) -> None:
        where = self._places[number] or self._backend.name
        again = self._attempts[number] < ATTEMPTS and self._clock.left() > AGAIN_S
        if error is None:
            what = Message("search_died", "died on {place}.", place=where)
        else:
            kind, reason = type(error).__name__, _reason(error)
            what = Message(
                "search_died_of", "died on {place} ({kind}: {reason}).", place=where, kind=kind, reason=reason
            )
        self._say(number, what, STARTS_AGAIN if again else self._kept(number))
        self.lost |= not again
        if again:
            try:
                self._submit(number)
            except GoneError:
                self.lost = True
                self._say(number, Message("search_not_restarted", "could not start again."), self._kept(number))

    def _leave(self, how: Message) -> None:
        for number in self._running:
            self.lost = True
            self._say(number, how, self._kept(number))
        self._quit()

    def _quit(self) -> None:
        """Ask what still runs to end, and wait for it no longer."""
        for future in self._running.values():
            future.cancel()
        self._running.clear()
        # The other side may be gone, and then it may take long to notice.
        halt = threading.Thread(target=_halt, args=(self._channel,), daemon=True)
        halt.start()
        halt.join(HALT_S)

    def _kept(self, number: int) -> Message:
        if self._parts[number].roster is None:
            return Message("search_without_roster", "It had no roster yet.")
        return Message("search_best_kept", "Its best roster so far is kept.")

    def _say(self, number: int, what: Message, then: Message | None = None) -> None:
        """``then``: what becomes of the part."""
        told = what if then is None else Message("incident_and_then", "{what} {then}", what=what, then=then)
        self.incidents.append(incident(self._clock.elapsed, self._parts[number].name, told))


def _halt(channel: Channel) -> None:
    with suppress(GoneError):
        channel.halt()


def _reason(error: BaseException) -> Message | str:
    """Why something ended: a message where the error carries one."""
    if isinstance(error, VigieError):
        return error.message
    return next((said for said in error.args if isinstance(said, Message)), str(error))
