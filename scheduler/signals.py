"""What asks a process to end, and how a child is kept from hearing it: a run alone decides when its children end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = tuple(
    signal.Signals(getattr(signal, name)) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What Ctrl-C, a service manager or shutdown, and a closed terminal send: often to all processes of a group at once."""


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
