"""A command that may be asked to end at any moment: by Ctrl-C, a service manager, a shutdown or a closed terminal.

The first request keeps the best roster, the second abandons it. What a request means depends on how far the command is:

- before the search there is nothing to keep: the command ends at once;
- in the search the engine is asked to stop, if it has a roster; if it has none, the command ends at once;
- after the search the roster is being written, and that is finished first.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from enum import Enum, auto
from types import FrameType
from typing import TypeVar

from scheduler.errors import NoRosterError
from scheduler.system.signals import taken

T = TypeVar("T")

PULSE_S = 0.1
"""How often the main thread wakes: Python handles signals only between its own steps, never inside a solver's call."""
SAME_S = 1.0
"""Seconds within which further signals are the same request: `timeout` sends two, and so does many a closed terminal."""


class _Stage(Enum):
    BEFORE = auto()
    SEARCH = auto()
    AFTER = auto()


class Attendant:
    """Knows how far a command is, and what a signal asks of it then."""

    def __init__(self) -> None:
        self._stage = _Stage.BEFORE
        self._requests = 0
        """How many came in this stage."""
        self._latest = -math.inf
        self.found = False
        """Whether there is a roster to keep; set by the work."""

    def search(
        self,
        work: Callable[[threading.Event], T],
        *,
        on_stop: Callable[[], None] = lambda: None,
        on_none: Callable[[], None] = lambda: None,
    ) -> T:
        """Run ``work(stop)`` in a thread of its own and give back what it gives back, or raise what it raises.

        The first request sets ``stop`` and calls ``on_stop``; ``work`` is expected to finish with the best it has. The second
        raises :class:`KeyboardInterrupt` and leaves the thread behind. So does the first, after ``on_none``, when there is no
        roster to keep. Outside the main thread, where Python takes no signals, the work simply runs.
        """
        stop = threading.Event()
        if threading.current_thread() is not threading.main_thread():
            return work(stop)
        outcome: Future[T] = Future()
        thread = threading.Thread(target=_run, args=(work, stop, outcome), name="vigie-work", daemon=True)
        try:
            self._enter(_Stage.SEARCH)
            thread.start()
            answered = 0
            while thread.is_alive():
                thread.join(PULSE_S)
                if self._requests > answered and not outcome.done():
                    answered = self._requests
                    self._answer(stop, on_stop, on_none)
        finally:
            self._enter(_Stage.AFTER)
        try:
            return outcome.result()
        except NoRosterError:
            if stop.is_set():
                raise KeyboardInterrupt from None
            raise

    def asked(self, _signal: int, _frame: FrameType | None) -> None:
        """The handler of every signal that asks the command to end."""
        now = time.monotonic()
        if now < self._latest + SAME_S:
            return
        self._latest = now
        self._requests += 1
        if self._stage is _Stage.BEFORE or (self._stage is _Stage.AFTER and self._requests > 1):
            raise KeyboardInterrupt

    def _enter(self, stage: _Stage) -> None:
        if self._stage is _Stage.BEFORE and self._requests:
            raise KeyboardInterrupt  # It was raised where nothing can be raised, in a destructor say.
        self._stage, self._requests = stage, 0

    def _answer(self, stop: threading.Event, on_stop: Callable[[], None], on_none: Callable[[], None]) -> None:
        if not self.found:
            on_none()
        if stop.is_set() or not self.found:
            raise KeyboardInterrupt
        stop.set()
        on_stop()


@contextmanager
def attended() -> Iterator[Attendant]:
    """Whatever asks this process to end asks the attendant, until the end of the ``with`` statement."""
    attendant = Attendant()
    if threading.current_thread() is not threading.main_thread():
        yield attendant
        return
    with taken(attendant.asked):
        yield attendant


def _run(work: Callable[[threading.Event], T], stop: threading.Event, outcome: Future[T]) -> None:
    try:
        outcome.set_result(work(stop))
    except BaseException as error:
        outcome.set_exception(error)
