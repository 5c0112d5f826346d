"""Files that are being written, and those that a killed process has left half written.

Each lies beside its target under a hidden name. While its process lives it is locked; the system opens the lock when the process
dies, however it dies. So a file that can be locked is nobody's. That is sure only between processes of one machine: a file by
another one, or on a system without such locks, counts as left when it has not changed for a day.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scheduler.system.file_lock import try_lock

LOCKS = sys.platform != "win32"
"""Whether a file stays open, and so locked, while it is written: Windows replaces no file that is open."""

LEFT_S = 24 * 3600.0
"""Seconds without a change after which a file counts as left, where locks do not tell."""


@contextmanager
def begun(target: Path, mode: int) -> Iterator[Path]:
    """A new empty file beside ``target``, locked, and deleted at the end if it is still there. Raises ``OSError``."""
    while True:
        path = target.with_name(f".{target.name}.{_machine()}{secrets.token_hex(4)}.part")
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
        try:
            if not LOCKS:
                os.close(descriptor)
            elif try_lock(descriptor) and not path.exists():
                continue  # Somebody took it for one that was left, before it was locked.
            yield path
            return
        finally:
            if LOCKS:
                os.close(descriptor)
            path.unlink(missing_ok=True)


def clean(target: Path) -> None:
    """Delete what was left half written for ``target``, as far as that can be told and is allowed."""
    name = re.compile(rf"\.{re.escape(target.name)}\.([0-9a-f]{{4}})?[0-9a-f]{{8}}\.part")
    with suppress(OSError):
        for entry in os.scandir(target.parent):
            found = name.fullmatch(entry.name)
            if found is not None and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _clean(Path(entry.path), here=found[1] == _machine())


def _clean(path: Path, *, here: bool) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)) if LOCKS else None
    try:
        locked = None if descriptor is None else try_lock(descriptor)
        old = time.time() > path.stat().st_mtime + LEFT_S
        if (locked and here) or (locked is not False and old):
            path.unlink()
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:4]
