"""What a run needs of the place where its parts are searched: an executor, and a way to talk while they run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from scheduler.messages.message import Message

OTHER_SIDE_GONE = Message("other_side_gone", "the other side is gone")
THIS_MACHINE = Message("this_machine", "this machine")


class GoneError(Exception):
    """The other side of a channel, or whoever takes work, is gone. ``reason`` says how, as the end of a sentence."""

    def __init__(self, reason: Message = OTHER_SIDE_GONE) -> None:
        self.reason = reason
        super().__init__(reason)


class Channel(Protocol):
    """Talk between a run and its parts: messages one way, a halt the other. Travels to a part with its task.

    Every method raises :class:`GoneError` when the other side is gone.
    """

    def send(self, message: object) -> None:
        """From a part to the run."""

    def receive(self, seconds: float) -> object | None:
        """The next message for the run; None when none came in so many seconds."""

    def halt(self) -> None:
        """Ask all parts to end with what they have."""

    def halted(self) -> bool:
        """Whether a part should end."""

    def workers(self) -> int | None:
        """How many there are by now to search parts; None where their number is no question. Never waits."""


@dataclass(frozen=True)
class Backend:
    """``width`` parts run side by side on ``executor``, on the cores of one machine or each on its own."""

    executor: Executor
    channel: Callable[[], Channel]
    width: int
    one_machine: bool = True
    name: Message = THIS_MACHINE
