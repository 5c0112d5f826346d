"""Where a result may be written: asked before the work is done, and rescued when the place is gone afterwards."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from scheduler.errors import OutputError
from scheduler.messages.message import Message

LONGEST_NAME = 230
"""Bytes of a file's name: most systems hold 255, and the names of temporary files and of rescues beside it are longer."""
RESCUES = 99
"""How many other names beside the one asked for are tried."""

_DEVICE = Message("output_device", "a device, not a file; choose another name")
_KINDS = {
    stat.S_IFDIR: Message("output_folder", "a folder; name a file in it"),
    stat.S_IFCHR: _DEVICE,
    stat.S_IFBLK: _DEVICE,
    stat.S_IFIFO: Message("output_pipe", "a pipe, not a file; choose another name"),
    stat.S_IFSOCK: Message("output_socket", "a socket, not a file; choose another name"),
}


def destination(path: Path) -> tuple[Path, os.stat_result | None]:
    """The file that a result for ``path`` replaces, and its state; None when it does not exist yet.

    Behind a symbolic link that is the file it points to: the link stays. Raises :class:`OutputError` for what is not a file: a
    folder, a device, a pipe, a socket.
    """
    try:
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return target, None
    except OSError as error:
        raise OutputError(
            Message(
                "output_cannot_be_written",
                "{path} cannot be written: {reason}.",
                path=str(path),
                reason=reason_of(error),
            )
        ) from error
    if not stat.S_ISREG(state.st_mode):
        kind = _KINDS[stat.S_IFMT(state.st_mode)]
        raise OutputError(Message("output_not_a_file", "{path} is {kind}.", path=str(path), kind=kind))
    return target, state


def refuse_unwritable(path: Path, *, force: bool, suffix: str = "") -> None:
    """Raise :class:`OutputError` in plain words when a result could not be written to ``path`` now.

    What exists is refused unless ``force``; with it, a file that is open elsewhere or read-only. Nothing is changed.
    """
    if str(path) == "-":
        raise OutputError(Message("output_standard", "Standard output (-) does not take this result: name a file."))
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise OutputError(
            Message(
                "output_name_too_long",
                "{name}…: the name is too long; choose one of at most {most} characters.",
                name=path.name[:40],
                most=LONGEST_NAME,
            )
        )
    target, state = destination(path)
    if suffix and path.suffix.lower() != suffix:
        raise OutputError(
            Message(
                "output_suffix", "{path}: the name of the result must end in {suffix}.", path=str(path), suffix=suffix
            )
        )
    if not target.parent.is_dir():
        raise OutputError(no_folder(target.parent))
    if os.path.lexists(path) and not force:
        raise OutputError(
            Message(
                "output_exists",
                "{path} exists already; add --force to replace it, or choose another name.",
                path=str(path),
            )
        )
    if state is not None:
        _probe_file(target)
    _probe_folder(target.parent)


def refuse_source(path: Path, *sources: Path) -> None:
    """Raise :class:`OutputError` where a result that is no workbook to go on with would replace one that it is made of."""
    if path.exists() and any(source.exists() and path.samefile(source) for source in sources):
        raise OutputError(
            Message(
                "output_is_source",
                "{path} is read here and would be replaced by something else; choose another name.",
                path=str(path),
            )
        )


def make_folder(path: Path) -> None:
    """Make a folder if it is not there. Raises :class:`OutputError` when that cannot be."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(no_folder(path) if isinstance(error, FileExistsError) else read_only(path.parent)) from error


def _probe_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise OutputError(
            Message(
                "output_busy",
                "{path} is in use or read-only: close it in Excel, or choose another name.",
                path=str(path),
            )
        ) from error


def _probe_folder(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(read_only(folder)) from error


def no_folder(folder: Path) -> Message:
    return Message(
        "output_no_folder", "The folder {folder} does not exist; create it or choose another.", folder=str(folder)
    )


def read_only(folder: Path) -> Message:
    return Message(
        "output_folder_read_only", "The folder {folder} is read-only for you; choose another.", folder=str(folder)
    )


def reason_of(error: OSError) -> str:
    """What the system says, as the end of a sentence."""
    return (error.strerror or str(error)).rstrip(".")


def write_or_rescue(
    path: Path, write: Callable[[Path], None], plain: Callable[[Path], None] | None = None
) -> tuple[Path, Exception | None]:
    """Write a result that took long to make. Whatever that raises, write it beside, or to the temporary folder; where no place
    takes it so, write it there as ``plain`` text, if there is such a way.

    Returns where it went, and the first refusal if there was one, which is raised only when every place refuses everything.
    """
    try:
        write(path)
    except Exception as refusal:
        for attempt, wanted in ((write, path), *(((plain, path.with_suffix(".csv")),) if plain is not None else ())):
            for place in _places(wanted):
                try:
                    attempt(place)
                except Exception:
                    continue
                return place, refusal
        raise
    return path, None


def _places(path: Path) -> tuple[Path, ...]:
    """One free name beside ``path`` and one in the temporary folder."""
    found: list[Path] = []
    for folder in (path.parent, Path(tempfile.gettempdir())):
        names = (folder / f"{path.stem}-{number}{path.suffix}" for number in range(2, RESCUES + 2))
        found += [
            next((name for name in names if not os.path.lexists(name)), folder / f"{path.stem}-rescued{path.suffix}")
        ]
    return tuple(found)
