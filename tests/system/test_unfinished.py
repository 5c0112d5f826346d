"""What a killed process leaves half written is cleaned by the next that writes the same file, and nothing else is."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.system import file_lock, unfinished
from scheduler.system.files import replacing
from scheduler.system.unfinished import LEFT_S, clean
from tests.processes import ends_within

pytestmark = ends_within(150)

HALF = """
import sys, time
from scheduler.system.files import replacing
with replacing(sys.argv[1]) as temporary:
    temporary.write_text("half")
    print("half", flush=True)
    time.sleep(100)
"""
needs_locks = pytest.mark.skipif(not unfinished.LOCKS, reason="a system without these locks")


@contextmanager
def writing(target: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in the middle of writing a file; killed at the end."""
    process = subprocess.Popen([sys.executable, "-c", HALF, str(target)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def parts(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name.endswith(".part"))


def left(folder: Path, name: str, seconds_ago: float) -> str:
    """A file without a process, as old as asked."""
    path = folder / name
    path.write_text("half")
    then = time.time() - seconds_ago
    os.utime(path, (then, then))
    return name


@needs_locks
def test_what_a_killed_process_left_is_cleaned_by_the_next_one(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    with writing(target):
        assert len(parts(tmp_path)) == 1
    assert len(parts(tmp_path)) == 1, "it was killed"
    with replacing(target) as temporary:
        temporary.write_text("whole")
        assert parts(tmp_path) == [temporary.name]
    assert os.listdir(tmp_path) == ["a.xlsx"]


@needs_locks
def test_the_file_of_a_living_process_stays_however_old_it_looks(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    with writing(target):
        (mine,) = parts(tmp_path)
        os.utime(tmp_path / mine, (0, 0))
        with replacing(target) as temporary:
            temporary.write_text("whole")
        assert parts(tmp_path) == [mine]
    assert target.read_text() == "whole"


@needs_locks
def test_two_writers_in_one_process_leave_each_other_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with replacing(target) as one:
        one.write_text("one")
        with replacing(target) as other:
            other.write_text("other")
        assert one.read_text() == "one"
    assert target.read_text() == "one"


def test_by_another_machine_or_version_only_what_is_a_day_old_is_cleaned(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    mine = unfinished._machine()
    elsewhere = f"{(int(mine, 16) + 1) % 0x10000:04x}"
    young = [
        left(tmp_path, f".a.txt.{elsewhere}00000000.part", LEFT_S - 60),
        left(tmp_path, ".a.txt.00000000.part", LEFT_S - 60),
    ]
    left(tmp_path, f".a.txt.{elsewhere}11111111.part", LEFT_S + 60)
    left(tmp_path, ".a.txt.11111111.part", LEFT_S + 60)
    clean(target)
    assert parts(tmp_path) == sorted(young)


def test_what_only_looks_alike_is_never_touched(tmp_path: Path) -> None:
    names = [".b.txt.000011111111.part", ".a.txt.mine.part", ".aatxt.000011111111.part", "a.txt.000011111111.part"]
    for name in names:
        left(tmp_path, name, 2 * LEFT_S)
    (tmp_path / ".a.txt.000022222222.part").mkdir()
    (tmp_path / ".a.txt.000033333333.part").symlink_to(tmp_path / names[0])
    clean(tmp_path / "a.txt")
    assert len(os.listdir(tmp_path)) == len(names) + 2


@needs_locks
def test_where_there_are_no_locks_age_alone_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(file_lock.fcntl, "flock", refuse)
    mine = unfinished._machine()
    young = left(tmp_path, f".a.txt.{mine}00000000.part", 60)
    left(tmp_path, f".a.txt.{mine}11111111.part", LEFT_S + 60)
    with replacing(tmp_path / "a.txt") as temporary:
        temporary.write_text("whole")
    assert sorted(os.listdir(tmp_path)) == [young, "a.txt"]


@needs_locks
def test_a_new_file_taken_for_one_that_was_left_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its beginning and its lock another process may have cleaned it away."""
    locked, seen = unfinished.try_lock, []

    def late(descriptor: int) -> bool | None:
        seen.append(descriptor)
        if len(seen) == 1:
            (tmp_path / parts(tmp_path)[0]).unlink()
        return locked(descriptor)

    monkeypatch.setattr(unfinished, "try_lock", late)
    with replacing(tmp_path / "a.txt") as temporary:
        assert temporary.exists()
        temporary.write_text("whole")
    assert (tmp_path / "a.txt").read_text() == "whole"
