"""One part of a run, searched away from it: in a child process, or on another machine."""

from __future__ import annotations

import os
import platform
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from scheduler.backends.backend import Channel, GoneError
from scheduler.config import SolveConfig
from scheduler.engine.clock import Clock, TimeLimit
from scheduler.engine.events import Begun, Event, Report, Trouble
from scheduler.errors import ClusterError
from scheduler.messages.message import Message
from scheduler.problem.roster import Roster
from scheduler.system.versions import package_digest
from scheduler.vocabulary.problem import Problem

LISTEN_S, WEIGH_S = 0.25, 1.0
"""Seconds between two looks whether the run wants to end, and between two at memory, which take some milliseconds."""
GB = 10**9


@dataclass(frozen=True)
class Subproblem:
    """The task: a problem, how to search it, and how long."""

    number: int
    problem: Problem
    config: SolveConfig
    limit: TimeLimit
    start: Roster | None
    package: str
    """The package that the run is made by; another one must not work for it."""


def work(part: Subproblem, channel: Channel) -> None:
    """Search a part and emit all that is found; ends when the channel says so, or is gone."""
    # Here, where it is needed: the run itself only listens, and is the sooner at it without a solver.
    from scheduler.engine.search import Search

    if part.package != package_digest():
        raise ClusterError(
            Message("worker_other_version", "{place} has another version of Vigie than the run.", place=place())
        )
    attempt, stop = uuid.uuid4().hex, threading.Event()

    def emit(event: Begun | Event) -> None:
        try:
            channel.send(Report(part.number, attempt, event))
        except GoneError:
            stop.set()

    emit(Begun(place()))
    done = threading.Event()
    watch = _Watch(channel, part.config.memory_limit_gb, emit, stop, done)
    threading.Thread(target=watch.run, daemon=True).start()
    try:
        Search(part.problem, part.config, Clock(part.limit, stop), emit, part.start).run()
    finally:
        done.set()


def place() -> str:
    """The name of this machine and process, for messages."""
    return f"{platform.node() or 'a worker'} (process {os.getpid()})"


@dataclass(frozen=True)
class _Watch:
    """Ends a search when the run asks for it, when the run is gone, or when memory runs short."""

    channel: Channel
    memory_gb: float | None
    emit: Callable[[Trouble], None]
    stop: threading.Event
    done: threading.Event

    def run(self) -> None:
        weighed = float("-inf")
        while not self.done.wait(LISTEN_S) and not self.stop.is_set():
            if self.memory_gb is not None and time.monotonic() >= weighed + WEIGH_S:
                weighed = time.monotonic()
                self._weigh(self.memory_gb)
            try:
                if self.channel.halted():
                    self.stop.set()
            except GoneError as error:
                self.emit(Trouble(Message("search_ended_early", "ended early, as {reason}.", reason=error.reason)))
                self.stop.set()

    def _weigh(self, most_gb: float) -> None:
        if memory_used() > most_gb * GB:
            self.emit(Trouble(Message("search_memory_reached", "reached its memory limit of {gb} GB.", gb=most_gb)))
            self.stop.set()


def memory_used() -> int:
    """Bytes of main memory that this process and its children use: what they share counts once, where the system tells."""
    import psutil

    total = 0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            try:
                info = process.memory_full_info()
                total += getattr(info, "pss", info.rss)
            except (psutil.AccessDenied, OSError):
                total += process.memory_info().rss
    return total
