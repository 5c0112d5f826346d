"""Where a result may be written: asked before the work is done, and rescued when the place is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from scheduler.errors import OutputError

RESCUES = 99
"""How many other names beside the one asked for are tried."""


def refuse_unwritable(path: Path, *, force: bool, suffix: str = "") -> None:
    """Raise :class:`OutputError` in plain words when a result could not be written to ``path`` now.

    An existing file is refused unless ``force``; with it, a file that is open elsewhere or read-only. Nothing is changed.
    """
    if suffix and path.suffix.lower() != suffix:
        raise OutputError(f"{path}: the name of the result must end in {suffix}.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise OutputError(f"The folder {path.parent} does not exist; create it or choose another.")
    if path.exists():
        if not force:
            raise OutputError(f"{path} exists already; add --force to replace it, or choose another name.")
        _probe_file(path)
    _probe_folder(path.parent)


def _probe_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise OutputError(f"{path} is in use or read-only: close it in Excel, or choose another name.") from error


def _probe_folder(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(f"The folder {folder} is read-only for you; choose another.") from error


def write_or_rescue(path: Path, write: Callable[[Path], None]) -> tuple[Path, OutputError | None]:
    """Write a result that took long to make; when ``path`` refuses it, write it beside, or to the temporary folder.

    Returns where it went, and the refusal if there was one. Raises :class:`OutputError` only when every place refuses.
    """
    try:
        write(path)
    except OutputError as refusal:
        for place in _places(path):
            try:
                write(place)
            except OutputError:
                continue
            return place, refusal
        raise
    return path, None


def _places(path: Path) -> tuple[Path, ...]:
    """One free name beside ``path`` and one in the temporary folder."""
    found: list[Path] = []
    for folder in (path.parent, Path(tempfile.gettempdir())):
        names = (folder / f"{path.stem}-{number}{path.suffix}" for number in range(2, RESCUES + 2))
        found += [next((name for name in names if not name.exists()), folder / f"{path.stem}-rescued{path.suffix}")]
    return tuple(found)
