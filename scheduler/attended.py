"""A long piece of work with a person at the keyboard: the first Ctrl-C asks it to stop, the second abandons it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import FrameType
from typing import TypeVar

from scheduler.errors import NoRosterError

T = TypeVar("T")

PULSE_S = 0.1
"""How often the main thread wakes: Python handles signals only between its own steps, never inside a solver's call."""


def attended(work: Callable[[threading.Event], T], on_stop: Callable[[], None] = lambda: None) -> T:
    """Run ``work(stop)`` in a thread of its own and give back what it gives back, or raise what it raises.

    The first Ctrl-C sets ``stop`` and calls ``on_stop``; ``work`` is expected to finish with the best it has. The second
    raises :class:`KeyboardInterrupt` here and leaves the thread behind; so does the first when there is no roster to keep.
    Outside the main thread, where Python takes no signals, the work simply runs.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        return work(stop)

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        on_stop()

    outcome: Future[T] = Future()
    thread = threading.Thread(target=_run, args=(work, stop, outcome), name="vigie-work", daemon=True)
    previous = signal.signal(signal.SIGINT, interrupted)
    try:
        thread.start()
        while thread.is_alive():
            thread.join(PULSE_S)
    finally:
        signal.signal(signal.SIGINT, previous)
    try:
        return outcome.result()
    except NoRosterError:
        if stop.is_set():
            raise KeyboardInterrupt from None
        raise


def _run(work: Callable[[threading.Event], T], stop: threading.Event, outcome: Future[T]) -> None:
    try:
        outcome.set_result(work(stop))
    except BaseException as error:
        outcome.set_exception(error)
