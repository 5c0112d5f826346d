"""Writing a file so that a failure, or a kill half-way, leaves the old one whole."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from scheduler.errors import OutputError


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield the path of a new temporary file in the folder of ``path``; on success it takes that file's place at once.

    Raises :class:`OutputError` in plain words when the folder or the file refuses; then ``path`` is untouched.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if target.is_dir():
            raise OutputError(f"{target} is a folder; name a file in it.")
        _create(temporary)
        try:
            yield temporary
        except (OSError, XlsxWriterException) as error:
            raise OutputError(f"{target} could not be written: {_reason(error)} Nothing was changed.") from error
        _replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_whole(path: str | os.PathLike[str]) -> Iterator[io.BytesIO]:
    """As :func:`replacing`, but the file is made in memory: where a disk is full, no archive is left that cannot be closed."""
    with replacing(path) as temporary:
        content = io.BytesIO()
        yield content
        temporary.write_bytes(content.getbuffer())


def _create(temporary: Path) -> None:
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileNotFoundError as error:
        raise OutputError(f"The folder {temporary.parent} does not exist; create it or choose another.") from error
    except PermissionError as error:
        raise OutputError(f"The folder {temporary.parent} is read-only for you; choose another with -o.") from error
    except OSError as error:
        raise OutputError(f"Nothing can be written in {temporary.parent}: {_reason(error)}") from error


def _replace(temporary: Path, target: Path) -> None:
    try:
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except PermissionError as error:
        raise OutputError(
            f"{target} is in use or read-only: close it in Excel and run the command again. The old file is unchanged."
        ) from error
    except OSError as error:
        raise OutputError(f"{target} could not be replaced: {_reason(error)} The old file is unchanged.") from error


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{text.rstrip('.')}."
