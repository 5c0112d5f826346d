"""Every part in a child process of its own: whatever happens to one, the run and the others go on."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.managers import SyncManager
from typing import Any, ParamSpec, TypeVar

from scheduler.backends.backend import Backend, GoneError

P = ParamSpec("P")
T = TypeVar("T")


class Processes(Executor):
    """An executor that gives every call a fresh process. Unlike a pool of processes, it does not break when one of them dies."""

    def __init__(self) -> None:
        self._children: list[Any] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Raises :class:`concurrent.futures.BrokenExecutor` in the future when the process dies."""
        context = multiprocessing.get_context("spawn")
        process = ProcessPoolExecutor(1, mp_context=context, initializer=_settle)
        with _undisturbed():
            future = process.submit(fn, *args, **kwargs)
        # As long as the pool knows its process, it can be ended.
        children = list(process._processes.values())
        future.add_done_callback(lambda _: process.shutdown(wait=False))
        self._children += children
        return future

    def end(self) -> None:
        """End what still runs: nobody waits for it any more, and this process could not leave before it."""
        for child in self._children:
            if child.is_alive():
                child.kill()


@dataclass(frozen=True)
class Wire:
    """A channel through a small process that serves a queue and a flag."""

    _queue: Any
    _flag: Any

    def send(self, message: object) -> None:
        _held(lambda: self._queue.put(message))

    def receive(self, seconds: float) -> object | None:
        try:
            message: object = _held(lambda: self._queue.get(timeout=seconds))
        except queue.Empty:
            return None
        return message

    def halt(self) -> None:
        _held(self._flag.set)

    def halted(self) -> bool:
        halted: bool = _held(self._flag.is_set)
        return halted

    def workers(self) -> None:
        return None


@contextmanager
def local_processes(width: int) -> Iterator[Backend]:
    """The backend of this machine, for ``width`` parts side by side.

    A program that uses it must guard its main module with ``if __name__ == "__main__"``, as every program with child processes.
    """
    if os.name == "posix":
        resource_tracker.ensure_running()  # Begun later, it would make children hear Ctrl-C again.
    manager = SyncManager(ctx=multiprocessing.get_context("spawn"))
    with _undisturbed():
        manager.start(_settle)
    processes = Processes()
    try:
        yield Backend(processes, lambda: Wire(manager.Queue(), manager.Event()), width)
    finally:
        processes.end()
        manager.shutdown()


def _held(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (EOFError, OSError) as error:
        raise GoneError("the process that carries messages is gone") from error


@contextmanager
def _undisturbed() -> Iterator[None]:
    """For starting a child, which so begins life deaf to Ctrl-C until it is settled."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows.
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """In a child: Ctrl-C is for the parent alone, and when that is gone nobody waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
