"""Writing a file so that a failure, or a kill half-way, leaves the old one whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from scheduler.errors import OutputError
from scheduler.messages.message import Message
from scheduler.system.safe_output import destination, no_folder, read_only, reason_of
from scheduler.system.unfinished import begun, clean


@contextmanager
def replacing(path: str | os.PathLike[str], *, private: bool = False) -> Iterator[Path]:
    """Yield the path of a new temporary file in the folder of ``path``; on success it takes that file's place at once.

    The file's mode stays, and its owner and group where the system allows; a new file gets what the umask leaves. A ``private``
    file is readable by its owner alone (0600) from the first byte, also in the place of one that was not. Behind a symbolic link
    the file that it points to is replaced. Raises :class:`OutputError` in plain words when the folder or the file refuses; then
    ``path`` is untouched. What killed processes have left half written for ``path`` is cleaned away.
    """
    target, old = destination(Path(path))
    with _create(target, 0o666 if old is None and not private else 0o600) as temporary:
        clean(target)
        try:
            yield temporary
        except OSError as error:
            raise OutputError(
                Message(
                    "output_not_written",
                    "{path} could not be written: {reason}. Nothing was changed.",
                    path=str(target),
                    reason=reason_of(error),
                )
            ) from error
        if old is not None and not private:
            _keep_rights(temporary, old)
        _replace(temporary, target)


def replace_text(path: str | os.PathLike[str], content: str, *, private: bool = False) -> None:
    """Write a text as it stands, in UTF-8; raises as :func:`replacing` does."""
    with replacing(path, private=private) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="")


@contextmanager
def _create(target: Path, mode: int) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            temporary = stack.enter_context(begun(target, mode))
        except FileNotFoundError as error:
            raise OutputError(no_folder(target.parent)) from error
        except PermissionError as error:
            raise OutputError(read_only(target.parent)) from error
        except OSError as error:
            raise OutputError(
                Message(
                    "output_folder_refuses",
                    "Nothing can be written in {folder}: {reason}.",
                    folder=str(target.parent),
                    reason=reason_of(error),
                )
            ) from error
        yield temporary


def _keep_rights(temporary: Path, old: os.stat_result) -> None:
    """Give a file the group, owner and mode of an older one, as far as the system allows; never wider rights."""
    mode = stat.S_IMODE(old.st_mode)
    if hasattr(os, "chown"):
        for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(OSError):
                os.chown(temporary, owner, group)
        if temporary.stat().st_gid != old.st_gid:  # Another group: it gets what everybody has.
            mode = mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3
    with suppress(OSError):
        os.chmod(temporary, mode)


def _replace(temporary: Path, target: Path) -> None:
    try:
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except PermissionError as error:
        raise OutputError(
            Message(
                "output_in_use",
                "{path} is in use or read-only: close it in Excel and run the command again. The old file is unchanged.",
                path=str(target),
            )
        ) from error
    except OSError as error:
        raise OutputError(
            Message(
                "output_not_replaced",
                "{path} could not be replaced: {reason}. The old file is unchanged.",
                path=str(target),
                reason=reason_of(error),
            )
        ) from error
