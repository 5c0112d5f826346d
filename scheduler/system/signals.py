"""What asks a process to end, who takes it, and how a child is kept from hearing it: the run decides when its children end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    signal.Signals(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What Ctrl-C, a service manager or shutdown, and a closed terminal send: often to all processes of a group at once."""


@contextmanager
def taken(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Take all of :data:`ENDING`, in the main thread, and put the handlers of before back.

    What was ignored from the start stays ignored, such as SIGHUP under ``nohup``; but not SIGINT, which shells let every
    background job ignore: only whoever wants the run to end sends it there.
    """
    before = {number: signal.getsignal(number) for number in ENDING}
    mine = [number for number in ENDING if number == signal.SIGINT or before[number] is not signal.SIG_IGN]
    try:
        for number in mine:
            signal.signal(number, handler)
        yield
    finally:
        for number in mine:
            signal.signal(number, before[number] or signal.SIG_DFL)


@contextmanager
def deaf_children() -> Iterator[None]:
    """For starting a child, which so begins its life deaf, until it is at :func:`be_deaf`."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows.
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def be_deaf() -> None:
    """In a child, as the first thing it does."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
