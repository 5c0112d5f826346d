"""A workbook that takes its place as a whole, or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from scheduler.system.files import replacing


@contextmanager
def replacing_whole(path: str | os.PathLike[str], check: Callable[[Path], None] | None = None) -> Iterator[io.BytesIO]:
    """As :func:`~scheduler.system.files.replacing`, but made in memory: where a disk is full, no archive is left that cannot be
    closed. ``check`` looks at the finished file before it takes its place; what it raises keeps it from doing so."""
    with replacing(path) as temporary:
        content = io.BytesIO()
        try:
            yield content
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        temporary.write_bytes(content.getbuffer())
        if check is not None:
            check(temporary)
