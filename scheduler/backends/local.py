"""Every part in a child process of its own: whatever happens to one, the run and the others go on.

A pipe ties each child to its parent. The task goes down, messages and at last the outcome come up, and nothing else is shared:
a child that dies, at whatever moment, is no more than the end of its pipe.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

from scheduler.backends.backend import Backend, GoneError
from scheduler.messages.message import Message
from scheduler.system.signals import be_deaf, deaf_children

P = ParamSpec("P")
T = TypeVar("T")

SPAWN = multiprocessing.get_context("spawn")
LAST_S = 1.0
"""Seconds in which a process whose pipe is closed should be gone."""


class Processes(Executor):
    """An executor that gives every call a fresh process. Unlike a pool of processes, it does not break when one of them dies."""

    def __init__(self) -> None:
        self._wires: list[Wire] = []
        self._children: list[tuple[Any, threading.Thread]] = []
        """Each with the thread that listens to it."""
        self._ended = False
        self._lock = threading.Lock()
        if os.name == "posix":
            with deaf_children():
                resource_tracker.ensure_running()  # Begun later, it would make children hear Ctrl-C again.

    def channel(self) -> Wire:
        """A new channel between this process and those children to which it is given."""
        self._wires.append(Wire(len(self._wires)))
        return self._wires[-1]

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Raises ``RuntimeError`` after the end, and :class:`~concurrent.futures.BrokenExecutor` in the future when the process
        dies."""
        outcome: Future[T] = Future()
        outcome.set_running_or_notify_cancel()
        with self._lock:
            if self._ended:
                raise RuntimeError("no processes are begun any more")
            child, pipe = _begun()
            # A task is larger than what a pipe holds, and a child that died would never take it: so not in this thread.
            listener = threading.Thread(
                target=self._listen, args=(child, pipe, (fn, args, kwargs), outcome), daemon=True
            )
            self._children.append((child, listener))
            listener.start()
        return outcome

    def _listen(self, child: Any, pipe: Any, task: object, outcome: Future[Any]) -> None:
        """Until a child has its outcome or is gone: do what it asks of a channel."""
        try:
            pipe.send(task)
            while isinstance(word := pipe.recv(), _Request):
                pipe.send(word.carried_out(self._wires))
        except (EOFError, OSError):
            child.join(LAST_S)
            child.kill()  # Without its pipe it is of no use, should it still live.
            child.join()
            ended = Message("process_ended", "its process ended with exit code {code}", code=child.exitcode)
            outcome.set_exception(BrokenExecutor(ended))
        except Exception as error:  # Something that cannot be pickled.
            outcome.set_exception(error)
        else:
            word.into(outcome)
        finally:
            pipe.close()
            child.join()

    def end(self) -> None:
        """End what still runs, and wait until it is gone."""
        with self._lock:
            self._ended = True
        for child, _ in self._children:
            child.kill()
        for _, listener in self._children:
            listener.join()


def _begun() -> tuple[Any, Any]:
    """A new child, and this end of its pipe."""
    here, there = SPAWN.Pipe()
    child = SPAWN.Process(target=_live, args=(there,))
    try:
        with deaf_children():
            child.start()
    finally:
        there.close()  # The child has its own; when that is closed, the pipe is at its end.
    return child, here


@dataclass(frozen=True)
class Wire:
    """A channel in the process of the run. In a child it becomes a :class:`_FarWire`."""

    number: int
    _messages: queue.SimpleQueue[object] = field(default_factory=queue.SimpleQueue)
    _halt: threading.Event = field(default_factory=threading.Event)

    def __reduce__(self) -> tuple[type[_FarWire], tuple[int]]:
        return _FarWire, (self.number,)

    def send(self, message: object) -> None:
        self._messages.put(message)

    def receive(self, seconds: float) -> object | None:
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None

    def halt(self) -> None:
        self._halt.set()

    def halted(self) -> bool:
        return self._halt.is_set()

    def workers(self) -> None:
        return None


@contextmanager
def local_processes(width: int) -> Iterator[Backend]:
    """A backend for :func:`scheduler.solve`: child processes of this machine, which end with the ``with`` block.

    A program that uses it must guard its main module with ``if __name__ == "__main__"``, as every program with child processes.

    Parameters
    ----------
    width
        How many parts are searched side by side.

    Examples
    --------
    >>> new("zone.xlsx", example="tiny")
    >>> with local_processes(2) as backend:
    ...     result = solve(load("zone.xlsx").instance, backend=backend)
    >>> result.violations
    0
    """
    processes = Processes()
    try:
        yield Backend(processes, processes.channel, width)
    finally:
        processes.end()


# -- in a child ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Request:
    """What a child asks of a channel of its parent."""

    wire: int
    method: str
    given: tuple[object, ...] = ()

    def carried_out(self, wires: list[Wire]) -> object:
        return getattr(wires[self.wire], self.method)(*self.given)


@dataclass(frozen=True)
class _Outcome:
    """How the task of a child ended."""

    value: object = None
    error: Exception | None = None

    def into(self, future: Future[Any]) -> None:
        if self.error is None:
            future.set_result(self.value)
        else:
            future.set_exception(self.error)


class _Parent:
    """The one pipe that a child has."""

    def __init__(self, pipe: Any) -> None:
        self._pipe = pipe
        self._turn = threading.Lock()

    def task(self) -> Any:
        return self._pipe.recv()

    def asked(self, request: _Request) -> Any:
        try:
            with self._turn:
                self._pipe.send(request)
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise GoneError(Message("run_gone", "the run is gone")) from error

    def tell(self, outcome: _Outcome) -> None:
        with self._turn, suppress(OSError):
            try:
                self._pipe.send(outcome)
            except OSError:
                raise
            except Exception as error:  # It cannot be pickled.
                self._pipe.send(_Outcome(error=RuntimeError(f"{type(error).__name__}: {error}")))


_parent: _Parent
"""There is one in a child, and nowhere else."""


@dataclass(frozen=True)
class _FarWire:
    """A channel as a child has it: the parent does what is asked of it."""

    number: int

    def send(self, message: object) -> None:
        _parent.asked(_Request(self.number, "send", (message,)))

    def halted(self) -> bool:
        return bool(_parent.asked(_Request(self.number, "halted")))


def _live(pipe: Any) -> None:
    """The whole life of a child."""
    global _parent
    be_deaf()
    this_run = multiprocessing.parent_process()
    if this_run is not None:
        threading.Thread(target=_leave_with, args=(this_run.sentinel,), daemon=True).start()
    _parent = _Parent(pipe)
    try:
        fn, args, kwargs = _parent.task()
        outcome = _Outcome(fn(*args, **kwargs))
    except Exception as error:
        outcome = _Outcome(error=error)
    _parent.tell(outcome)


def _leave_with(sentinel: int) -> None:
    """When the run is gone nobody waits for this child."""
    wait([sentinel])
    os._exit(1)
