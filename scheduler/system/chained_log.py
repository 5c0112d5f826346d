"""A log that only grows: one JSON object a line, each with the fingerprint of the entry before it and its own.

What the chain shows: an entry that was changed, taken out, put in or moved after it was written. What it cannot show: that the
newest entries were cut off at the end, or that somebody wrote the whole file anew, because nothing in it is secret. For that the
fingerprint of the newest entry has to be kept elsewhere, on paper for example.

An entry is written as a whole while the file is locked. A line that a crash has left half written stays: the next entry goes on
below it, and holds its fingerprint.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from scheduler.errors import OutputError
from scheduler.messages.message import Message
from scheduler.system.file_lock import try_lock, unlock
from scheduler.system.safe_output import destination, no_folder, read_only, reason_of

PATIENCE_S = 10.0
"""Seconds that an entry waits while others write theirs."""
_BEGINS = b'{"entry":'
_LINE = re.compile(rb'(\{.+),"hash":"([0-9a-f]{64})"\}', re.DOTALL)


class Fault(StrEnum):
    """What was done to a log after it was written."""

    CHANGED = "changed"
    """The entry, or what is told of its place, is not as it was written."""
    REMOVED = "removed"
    MOVED = "moved"
    """The entry stands elsewhere in the file, or a second time."""
    UNREADABLE = "unreadable"
    """A line that is no entry, and of which no later entry knows."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry, and the line of the file, from 1, at which a chain is not as it was written. ``entry`` is the number of
    the entry that is meant, which may be gone."""

    entry: int
    line: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the file; ``content`` without its place in the chain."""

    number: int
    line: int
    content: Mapping[str, Any]
    previous: str
    torn: str
    """Fingerprint of the lines before it that were left half written; blank where there are none."""
    hash: str
    own: bool
    """Whether its fingerprint is that of what it says."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a log holds, as far as it can be read. ``torn`` are the lines that were left half written; ``broken`` is None where
    the chain is whole."""

    entries: tuple[Entry, ...]
    torn: tuple[int, ...]
    broken: Broken | None

    @property
    def head(self) -> str:
        """The fingerprint of the newest entry; blank where there is none."""
        return self.entries[-1].hash if self.entries else ""


def append(path: Path, content: Mapping[str, Any], patience_s: float = PATIENCE_S) -> Entry:
    """Add an entry to a log, which begins with it where there is none. ``content`` is what JSON can hold, without the keys
    ``entry``, ``previous``, ``torn`` and ``hash``.

    Raises :class:`OutputError` where the file or its folder refuses, is no log, or others keep it locked too long. It is then as
    before.
    """
    target, _ = destination(path)
    try:
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    except FileNotFoundError as error:
        raise OutputError(no_folder(target.parent)) from error
    except PermissionError as error:
        raise OutputError(read_only(target.parent) if not target.exists() else _refused(target, error)) from error
    except OSError as error:
        raise OutputError(_refused(target, error)) from error
    try:
        with _locked(descriptor, target, patience_s):
            before = _content(descriptor)
            if not _is_log(before):
                raise OutputError(_other(path))
            entry, line = _next(before, content)
            _write(descriptor, b"\n" * (before[-1:] not in (b"", b"\n")) + line + b"\n", len(before))
    except OSError as error:
        raise OutputError(_refused(target, error)) from error
    finally:
        os.close(descriptor)
    return entry


def read_log(path: Path) -> Chain | None:
    """What a log holds, and whether its chain is whole; None where there is no such file. Raises :class:`OutputError` for one
    that cannot be read."""
    target, state = destination(path)
    if state is None:
        return None
    try:
        text = target.read_bytes()
    except OSError as error:
        raise OutputError(
            Message("log_unread", "{path} cannot be read: {reason}.", path=str(path), reason=reason_of(error))
        ) from error
    if not _is_log(text):
        raise OutputError(_other(path))
    return verify(text)


def verify(text: bytes) -> Chain:
    """Read a log and follow its chain from the first entry to the last."""
    entries: list[Entry] = []
    torn: list[int] = []
    found: Broken | None = None
    pending: list[tuple[int, bytes]] = []
    last = _Last(0, "")
    lines = [*_lines(text)]
    for index, (line, raw, entry) in enumerate(lines):
        if entry is None:
            pending.append((line, raw))
            continue
        entries.append(entry)
        found = found or _fault(last, entry, pending, (below for *_, below in islice(lines, index, None)))
        torn += [number for number, _ in pending]
        pending, last = [], _Last(entry.number, entry.hash)
    if pending and text.endswith(b"\n"):  # A crash leaves a line without its end.
        found = found or Broken(last.number + 1, pending[0][0], Fault.UNREADABLE)
    return Chain(tuple(entries), (*torn, *(number for number, _ in pending)), found)


@dataclass(frozen=True, slots=True)
class _Last:
    number: int
    hash: str


def _fault(last: _Last, entry: Entry, pending: list[tuple[int, bytes]], ahead: Iterator[Entry | None]) -> Broken | None:
    """What is wrong with an entry after the one before it. ``ahead`` are this entry and those below it."""
    expected, line = last.number + 1, entry.line
    if entry.torn != _digest_of(pending):
        return (
            Broken(entry.number, pending[0][0], Fault.UNREADABLE)
            if pending
            else Broken(entry.number, line, Fault.REMOVED)
        )
    if not entry.own:
        return Broken(expected, line, Fault.CHANGED)
    if entry.number == expected:
        if entry.previous == last.hash:
            return None
        # It was written after another entry than the one that stands there now.
        return Broken(max(1, last.number), max(1, line - 1), Fault.CHANGED)
    if entry.number < expected:
        return Broken(entry.number, line, Fault.MOVED)
    stands = any(below is not None and below.number == expected for below in ahead)
    return Broken(expected, line, Fault.MOVED if stands else Fault.REMOVED)


def _lines(text: bytes) -> Iterator[tuple[int, bytes, Entry | None]]:
    for number, raw in enumerate(text.split(b"\n"), 1):
        line = raw.rstrip(b"\r")
        if line:
            yield number, line, _entry(number, line)


def _entry(line: int, raw: bytes) -> Entry | None:
    """A line as an entry; None where it is none."""
    found = _LINE.fullmatch(raw)
    if found is None:
        return None
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    number, previous, torn = content.pop("entry", None), content.pop("previous", None), content.pop("torn", "")
    own = content.pop("hash")
    if not (type(number) is int and number > 0 and isinstance(previous, str) and isinstance(torn, str)):
        return None
    return Entry(number, line, content, previous, torn, own, hashlib.sha256(found[1]).hexdigest() == found[2].decode())


def _next(before: bytes, content: Mapping[str, Any]) -> tuple[Entry, bytes]:
    """The entry that follows in a log, and its line."""
    last, pending = _Last(0, ""), list[tuple[int, bytes]]()
    number = 0
    for number, raw, entry in _lines(before):
        if entry is None:
            pending.append((number, raw))
        else:
            last, pending = _Last(entry.number, entry.hash), []
    torn = {"torn": _digest_of(pending)} if pending else {}
    said = {"entry": last.number + 1, **content, "previous": last.hash, **torn}
    text = json.dumps(said, separators=(",", ":"), allow_nan=False).encode("ascii")[:-1]
    hash = hashlib.sha256(text).hexdigest()
    entry = Entry(last.number + 1, number + 1, dict(content), last.hash, torn.get("torn", ""), hash, True)
    return entry, text + f',"hash":"{hash}"}}'.encode("ascii")


def _is_log(before: bytes) -> bool:
    """Whether a file may be added to: a name or a link in a shared folder may lead to any file. The first line of a log may be
    half written, or changed."""
    begins = before.lstrip()[: len(_BEGINS)]
    return _BEGINS.startswith(begins) or any(entry is not None for *_, entry in _lines(before))


def _digest_of(lines: list[tuple[int, bytes]]) -> str:
    return hashlib.sha256(b"\n".join(raw for _, raw in lines)).hexdigest() if lines else ""


# -- the file --------------------------------------------------------------------------------------------------------------


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write(descriptor: int, line: bytes, size: int) -> None:
    """Write a line as a whole, or leave the file at its size."""
    try:
        whole = os.write(descriptor, line) == len(line)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise
    if not whole:
        os.ftruncate(descriptor, size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _locked(descriptor: int, path: Path, patience_s: float) -> Iterator[None]:
    """Hold the lock of a file, which others wait for. A system without such locks, as some shared folders, has none to hold."""
    until = time.monotonic() + patience_s
    while (held := try_lock(descriptor)) is False:
        if time.monotonic() > until:
            raise OutputError(Message("log_busy", "{path} is in use by another run.", path=str(path)))
        time.sleep(0.02)
    try:
        yield
    finally:
        if held:
            unlock(descriptor)


def _other(path: Path) -> Message:
    return Message("log_is_other", "{path} holds something else than a log of runs.", path=str(path))


def _refused(path: Path, error: OSError) -> Message:
    return Message("log_not_written", "{path} cannot be written: {reason}.", path=str(path), reason=reason_of(error))
