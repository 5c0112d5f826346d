"""The log that only grows: what was done to it afterwards is named, and neither a crash nor two writers break it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scheduler.errors import OutputError
from scheduler.system import chained_log
from scheduler.system.chained_log import Broken, Chain, Fault, append, read_log, verify
from tests.processes import ends_within

pytestmark = ends_within(120)

WRITER = """
import sys
from pathlib import Path
from scheduler.system.chained_log import append
for number in range(int(sys.argv[3])):
    append(Path(sys.argv[1]), {"writer": sys.argv[2], "number": number})
"""
CRASH = """
import os, sys
from pathlib import Path
from scheduler.system import chained_log
whole = os.write
def half(descriptor, line):
    whole(descriptor, line[:len(line) // 2])
    os._exit(9)
os.write = half
chained_log.append(Path(sys.argv[1]), {"what": "never told"})
"""
HOLD = """
import sys, time
from pathlib import Path
from scheduler.system import chained_log
path = Path(sys.argv[1])
file = path.open("ab")
with chained_log._locked(file.fileno(), path, 5):
    print("held", flush=True)
    time.sleep(100)
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of five entries."""
    path = tmp_path / "log.jsonl"
    for number in range(5):
        append(path, {"what": f"é{number}", "figure": number / 3})
    return path


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def found(path: Path) -> Chain:
    chain = read_log(path)
    assert chain is not None
    return chain


def put(path: Path, rows: list[bytes]) -> Chain:
    path.write_bytes(b"\n".join(rows) + b"\n")
    return found(path)


def signed(line: bytes) -> bytes:
    """A line that was changed, with the fingerprint that its new text has: as somebody would who knows the format."""
    body = re.sub(rb',"hash":"[0-9a-f]{64}"\}$', b"", line)
    return body + f',"hash":"{hashlib.sha256(body).hexdigest()}"}}'.encode()


def test_entries_follow_each_other(log: Path) -> None:
    chain = found(log)
    assert (chain.broken, chain.torn) == (None, ())
    assert [entry.number for entry in chain.entries] == [1, 2, 3, 4, 5]
    assert [entry.content for entry in chain.entries] == [{"what": f"é{n}", "figure": n / 3} for n in range(5)]
    assert [entry.previous for entry in chain.entries] == ["", *(entry.hash for entry in chain.entries[:-1])]
    assert chain.head == chain.entries[-1].hash
    assert log.read_bytes().isascii()


def test_anybody_can_compute_the_fingerprint_of_a_line(log: Path) -> None:
    body, _, end = lines(log)[2].rpartition(b',"hash":"')
    assert hashlib.sha256(body).hexdigest() == end.decode().removesuffix('"}')


def test_no_file_is_no_log_and_an_empty_one_has_no_entry(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none.jsonl") is None
    assert verify(b"") == Chain((), (), None)
    assert verify(b"").head == ""


CHANGES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], Broken | None]] = {
    "nothing": (lambda rows: rows, None),
    "line ends of Windows": (lambda rows: [row + b"\r" for row in rows], None),
    "a word": (lambda rows: [*rows[:2], rows[2].replace(b'"figure"', b'"figures"'), *rows[3:]], Broken(3, 3, Fault.CHANGED)),
    "the newest": (lambda rows: [*rows[:4], rows[4].replace(b"1.33", b"1.34")], Broken(5, 5, Fault.CHANGED)),
    "a word, signed again": (
        lambda rows: [*rows[:2], signed(rows[2].replace(b"0.66", b"0.67")), *rows[3:]], Broken(3, 3, Fault.CHANGED),
    ),
    "the number": (lambda rows: [rows[0].replace(b'"entry":1', b'"entry":7'), *rows[1:]], Broken(1, 1, Fault.CHANGED)),
    "the first removed": (lambda rows: rows[1:], Broken(1, 1, Fault.REMOVED)),
    "one removed": (lambda rows: [*rows[:2], *rows[3:]], Broken(3, 3, Fault.REMOVED)),
    "two removed": (lambda rows: [*rows[:1], *rows[3:]], Broken(2, 2, Fault.REMOVED)),
    "two exchanged": (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], Broken(2, 2, Fault.MOVED)),
    "the last first": (lambda rows: [rows[4], *rows[:4]], Broken(1, 1, Fault.MOVED)),
    "one twice": (lambda rows: [*rows[:3], rows[1], *rows[3:]], Broken(2, 4, Fault.MOVED)),
    "a line put in": (lambda rows: [*rows[:3], b"a note", *rows[3:]], Broken(4, 4, Fault.UNREADABLE)),
    "a line put in at the end": (lambda rows: [*rows, b"a note"], Broken(6, 6, Fault.UNREADABLE)),
    "a line made unreadable": (lambda rows: [*rows[:2], rows[2][:-5], *rows[3:]], Broken(4, 3, Fault.UNREADABLE)),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_entry_that_is_not_as_it_was_written_is_named(change: str, log: Path) -> None:
    done, expected = CHANGES[change]
    assert put(log, done(lines(log))).broken == expected


def test_what_no_chain_can_show(log: Path) -> None:
    """The newest entries cut off, or everything written anew: the fingerprint on paper shows it."""
    head = found(log).head
    cut = put(log, lines(log)[:3])
    assert cut.broken is None
    assert head not in {entry.hash for entry in cut.entries}


def test_a_broken_log_goes_on_and_stays_broken(log: Path) -> None:
    put(log, [row for number, row in enumerate(lines(log)) if number != 1])
    append(log, {"what": "later"})
    chain = found(log)
    assert chain.broken == Broken(2, 2, Fault.REMOVED)
    assert [entry.number for entry in chain.entries] == [1, 3, 4, 5, 6]


def test_a_crash_in_the_middle_of_a_line_is_named_and_the_next_entry_is_written(log: Path) -> None:
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(log)], check=False)
    assert crashed.returncode == 9
    chain = found(log)
    assert (chain.torn, chain.broken, len(chain.entries)) == ((6,), None, 5)
    append(log, {"what": "after"})
    chain = found(log)
    assert (chain.torn, chain.broken) == ((6,), None)
    assert [(entry.number, entry.line) for entry in chain.entries][-1] == (6, 7)
    rows = lines(log)
    assert put(log, [*rows[:5], rows[6]]).broken == Broken(6, 6, Fault.REMOVED), "the half line is part of the chain"
    assert put(log, [*rows[:5], rows[5][:-1], rows[6]]).broken == Broken(6, 6, Fault.UNREADABLE)


def test_two_crashes_one_after_the_other(log: Path) -> None:
    for _ in range(2):
        subprocess.run([sys.executable, "-c", CRASH, str(log)], check=False)
    append(log, {"what": "after"})
    chain = found(log)
    assert chain.broken is None
    assert chain.torn == (6, 7)
    assert chain.entries[-1].number == 6


def test_writers_side_by_side_make_one_chain(log: Path) -> None:
    count = 20
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(log), name, str(count)])
        for name in ("one", "other", "third")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    chain = found(log)
    assert (chain.broken, chain.torn) == (None, ())
    assert len(chain.entries) == 5 + 3 * count
    for name in ("one", "other", "third"):
        assert [e.content["number"] for e in chain.entries if e.content.get("writer") == name] == list(range(count))


def test_threads_of_one_process_make_one_chain(log: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: append(log, {"number": number}), range(40)))
    chain = found(log)
    assert (chain.broken, len(chain.entries)) == (None, 45)
    assert {entry.content.get("number") for entry in chain.entries[5:]} == set(range(40))


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of lock")
def test_a_log_that_stays_locked_is_refused_in_words(log: Path) -> None:
    before = log.read_bytes()
    with subprocess.Popen([sys.executable, "-c", HOLD, str(log)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OutputError, match="in use by another run"):
            append(log, {}, patience_s=0.1)
        holder.kill()
    assert log.read_bytes() == before
    append(log, {})
    assert len(found(log).entries) == 6


def test_a_full_disk_leaves_the_log_as_it_was(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write = log.read_bytes(), os.write
    monkeypatch.setattr(chained_log.os, "write", lambda descriptor, line: write(descriptor, line[:10]))
    with pytest.raises(OutputError, match="cannot be written"):
        append(log, {"what": "too much"})
    assert log.read_bytes() == before


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(OutputError, match="folder"):
        append(tmp_path / "log.jsonl", {})
    with pytest.raises(OutputError, match="folder"):
        read_log(tmp_path / "log.jsonl")
    with pytest.raises(OutputError, match="does not exist"):
        append(tmp_path / "nowhere" / "log.jsonl", {})
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="pipe"):
        append(tmp_path / "pipe", {})


@pytest.mark.parametrize(
    "content", [{}, {"entry": 0}, {"entry": True}, {"entry": "1"}, {"entry": 1, "previous": 3}, [1]]
)
def test_a_line_with_a_fingerprint_that_is_no_entry_is_none(content: object) -> None:
    body = json.dumps(content).removesuffix("}").encode()
    line = body + f',"hash":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode()
    assert verify(line).entries == ()
    assert verify(line) == Chain((), (1,), Broken(1, 1, Fault.UNREADABLE))


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b'{"another": "json"}\n', b"staff,date\n", b"\x00"])
def test_nothing_is_added_to_a_file_that_is_no_log(content: bytes, tmp_path: Path) -> None:
    other, link = tmp_path / "roster.xlsx", tmp_path / "log.jsonl"
    other.write_bytes(content)
    link.symlink_to(other)
    with pytest.raises(OutputError, match="holds something else than a log of runs"):
        append(link, {"what": 1})
    with pytest.raises(OutputError, match="holds something else than a log of runs"):
        read_log(link)
    assert other.read_bytes() == content


def test_a_log_whose_first_line_is_half_written_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b'{"en')
    assert append(path, {"what": 1}).number == 1
    chain = read_log(path)
    assert chain is not None
    assert (chain.torn, chain.broken) == ((1,), None)


@ends_within(20)
def test_a_log_of_years_is_followed_in_the_time_of_reading_it(tmp_path: Path) -> None:
    lines, previous = [], ""
    for number in range(1, 30_001):
        said = json.dumps({"entry": number, "previous": previous}, separators=(",", ":"))[:-1]
        previous = hashlib.sha256(said.encode()).hexdigest()
        lines.append(f'{said},"hash":"{previous}"}}\n'.encode())
    whole = verify(b"".join(lines))
    assert (len(whole.entries), whole.broken, whole.head) == (30_000, None, previous)
    del lines[20_000]
    assert verify(b"".join(lines)).broken == Broken(20_001, 20_001, Fault.REMOVED)
