"""Child processes as a backend: one that dies takes nobody along, and none outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from scheduler.backends.backend import Channel, GoneError
from scheduler.backends.local import Processes, local_processes

ROOT = Path(__file__).parents[2]


def double(number: int) -> int:
    return 2 * number


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def echo(channel: Channel) -> str:
    """Says what it was asked, then waits to be halted."""
    channel.send({"pid": os.getpid()})
    while not channel.halted():
        time.sleep(0.02)
    return "halted"


def ignores_interrupts() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_process_that_dies_leaves_the_others_alone() -> None:
    executor = Processes()
    dead, well = executor.submit(die), executor.submit(double, 21)
    with pytest.raises(BrokenExecutor):
        dead.result(timeout=60)
    assert well.result(timeout=60) == 42
    assert executor.submit(double, 4).result(timeout=60) == 8


def test_messages_and_a_halt_travel() -> None:
    with local_processes(2) as backend:
        assert backend.width == 2
        channel = backend.channel()
        ended = backend.executor.submit(echo, channel)
        message = channel.receive(60.0)
        assert isinstance(message, dict)
        assert message["pid"] != os.getpid()
        assert channel.receive(0.01) is None
        assert not ended.done()
        channel.halt()
        assert ended.result(timeout=60) == "halted"


def test_two_channels_do_not_hear_each_other() -> None:
    with local_processes(1) as backend:
        one, other = backend.channel(), backend.channel()
        one.send("for one")
        assert other.receive(0.05) is None
        one.halt()
        assert not other.halted()
        assert one.receive(5.0) == "for one"


def test_a_channel_whose_other_side_is_gone_says_so() -> None:
    with local_processes(1) as backend:
        channel = backend.channel()
    for call in (lambda: channel.send("?"), lambda: channel.receive(0.1), channel.halt, channel.halted):
        with pytest.raises(GoneError):
            call()


def test_what_still_runs_at_the_end_is_ended() -> None:
    began = time.monotonic()
    with local_processes(1) as backend:
        lasting = backend.executor.submit(time.sleep, 600)
        while not lasting.running():
            time.sleep(0.02)
    with pytest.raises(BrokenExecutor):
        lasting.result(timeout=60)
    assert time.monotonic() < began + 60


def test_interrupts_are_for_the_parent_alone() -> None:
    assert Processes().submit(ignores_interrupts).result(timeout=60)


LASTING = """
import time
from scheduler.backends.local import local_processes
from tests.backends.test_local import echo
if __name__ == "__main__":
    with local_processes(1) as backend:
        channel = backend.channel()
        backend.executor.submit(echo, channel)
        print(channel.receive(60.0)["pid"], flush=True)
        time.sleep(600)
"""


def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(LASTING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    patience = time.monotonic() + 30
    while _alive(child):
        assert time.monotonic() < patience
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
