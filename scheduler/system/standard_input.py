"""A workbook from standard input: ``-`` where a command reads a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.system.safe_output import reason_of

STANDARD_INPUT = Path("-")

_taken: bytes | None = None


def take(most: int) -> None:
    """Read standard input to its end, but no more than ``most`` bytes and one; :func:`taken` gives them back from then on.

    Raises :class:`InputError` where it is a terminal, which would wait for somebody to type a workbook, or cannot be read.
    """
    global _taken
    _taken = None
    if sys.stdin is None:  # It was closed before the command began.
        _taken = b""
        return
    if sys.stdin.isatty():
        message = Message("stdin_terminal", "is standard input, and that is a terminal: no workbook comes from it.")
        hint = Message("stdin_terminal_hint", "Name a file, or pipe one in: `vigie check - < zone.xlsx`.")
        raise InputError([InputProblem(str(STANDARD_INPUT), "", message, hint)])
    try:
        _taken = sys.stdin.buffer.read(most + 1)
    except OSError as error:
        message = Message(
            "stdin_unreadable", "is standard input, and cannot be read: {reason}.", reason=reason_of(error)
        )
        raise InputError([InputProblem(str(STANDARD_INPUT), "", message)]) from error


def taken(path: str | os.PathLike[str]) -> bytes | None:
    """What was read, where a path stands for standard input; None for a file, and where nothing was read."""
    return _taken if Path(path) == STANDARD_INPUT else None
