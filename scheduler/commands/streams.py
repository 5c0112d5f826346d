"""Standard output and error that end no command, whoever reads them."""

from __future__ import annotations

import errno
import io
import os
import select
import stat
import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from typing_extensions import Buffer

LEFT = (errno.EPIPE, errno.EBADF, errno.ECONNRESET)
"""What a standard stream says that is closed, or whose reader has gone."""


class _Standard(io.FileIO):
    """Standard output or error: a reader who has left ends no command, nor does a message that nobody can take."""

    gone = False

    def write(self, content: Buffer) -> int:
        size = memoryview(content).nbytes
        try:
            while not self.gone:
                if (written := cast("int | None", super().write(content))) is not None:
                    return written
                select.select((), (self,), ())  # A pipe that does not wait by itself, and is full.
        except OSError as error:
            self.gone = True
            hung_up = error.errno == errno.EIO and stat.S_ISCHR(os.fstat(self.fileno()).st_mode)
            if self.fileno() == 1 and error.errno not in LEFT and not hung_up:
                from scheduler.errors import OutputError
                from scheduler.messages.message import Message

                raise OutputError(
                    Message(
                        "stdout_refuses", "Standard output cannot take the result: {reason}.", reason=error.strerror
                    )
                ) from error
        return size


def steady() -> None:
    """Before anything is opened: no file gets the number of a closed stream, and neither stream can end the process."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is not getattr(sys, f"__{name}__"):
            continue  # Somebody reads along in this process.
        if stream is None or type(getattr(stream.buffer, "raw", stream.buffer)) is io.FileIO:
            encoding, lines = ("utf-8", False) if stream is None else (stream.encoding, stream.line_buffering)
            raw = io.BufferedWriter(_Standard(number, "w", closefd=False))
            setattr(sys, name, io.TextIOWrapper(raw, encoding, "replace", line_buffering=lines))
