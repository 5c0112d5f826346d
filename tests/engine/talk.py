"""A backend within one process, whose channel can be cut."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from scheduler.backends.backend import Backend, GoneError
from tests.messages.said import said

THE_TEST = said("the test")
"""The name of the backend."""


class Talk:
    """A channel within one process, which can be cut."""

    def __init__(self) -> None:
        self.messages: queue.Queue[object] = queue.Queue()
        self.flag = threading.Event()
        self.gone = False
        self.sent = 0

    def send(self, message: object) -> None:
        if self.gone:
            raise GoneError
        self.messages.put(message)
        self.sent += 1

    def receive(self, seconds: float) -> object | None:
        if self.gone:
            raise GoneError
        try:
            return self.messages.get(timeout=max(0.001, seconds))
        except queue.Empty:
            return None

    def halt(self) -> None:
        self.flag.set()

    def halted(self) -> bool:
        return self.flag.is_set() or self.gone

    def workers(self) -> int | None:
        return None


@contextmanager
def threads(width: int = 2) -> Iterator[tuple[Backend, Talk]]:
    """A backend of threads, and its one channel."""
    talk = Talk()
    with ThreadPoolExecutor(8) as pool:
        yield Backend(pool, lambda: talk, width, name=THE_TEST), talk
