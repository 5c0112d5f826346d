"""Child processes as a backend: one that dies takes nobody along, and none outlives its parent."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.backends import local
from scheduler.backends.backend import Channel, GoneError
from scheduler.backends.local import Processes, local_processes
from scheduler.system.signals import ENDING
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(150)]

ROOT = Path(__file__).parents[2]


@contextmanager
def stopped(executor: Processes) -> Iterator[None]:
    """To its end, whatever happens."""
    try:
        yield
    finally:
        executor.end()


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


def ignored() -> list[int]:
    return [number for number in ENDING if signal.getsignal(number) is signal.SIG_IGN]


class OddError(Exception):
    """Holds what cannot travel."""

    def __init__(self) -> None:
        super().__init__(threading.Lock())


def fail() -> None:
    raise LookupError("nothing there")


def fail_oddly() -> None:
    raise OddError


def lock_of_a_thread() -> object:
    return threading.Lock()


def test_a_process_that_dies_leaves_the_others_alone() -> None:
    executor = Processes()
    dead, well = executor.submit(die), executor.submit(double, 21)
    with pytest.raises(BrokenExecutor, match="exit code -9"):
        dead.result(timeout=60)
    assert well.result(timeout=60) == 42
    assert executor.submit(double, 4).result(timeout=60) == 8


LOSING = """
import os, sys
from scheduler.backends.local import local_processes
if __name__ == "__main__":
    with local_processes(2) as backend:
        lost = backend.executor.submit(os._exit, 7)
        print(type(lost.exception(timeout=60)).__name__, lost.exception())
"""


def test_a_program_that_has_lost_a_child_comes_to_its_end(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(LOSING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "BrokenExecutor its process ended with exit code 7\n"
    assert done.stderr == ""


def test_a_child_killed_while_it_starts_is_a_lost_one() -> None:
    """Its task is larger than what a pipe holds: nobody may wait for it to be taken."""
    executor = Processes()
    with stopped(executor):
        lost = executor.submit(len, bytes(10**7))
        executor._children[-1][0].kill()
        with pytest.raises(BrokenExecutor):
            lost.result(timeout=60)


def test_a_child_hears_nothing_that_asks_it_to_end_not_even_while_it_starts() -> None:
    executor = Processes()
    with stopped(executor):
        deaf = executor.submit(ignored)
        child = executor._children[-1][0].pid
        for number in ENDING:
            os.kill(child, number)
        assert deaf.result(timeout=60) == list(ENDING)


def test_errors_come_back_and_what_cannot_travel_is_one() -> None:
    executor = Processes()
    with stopped(executor):
        with pytest.raises(LookupError, match="nothing there"):
            executor.submit(fail).result(timeout=60)
        for task in (fail_oddly, lock_of_a_thread):
            with pytest.raises(RuntimeError, match="cannot pickle"):
                executor.submit(task).result(timeout=60)
        with pytest.raises(TypeError, match="cannot pickle"):
            executor.submit(id, threading.Lock()).result(timeout=60)


def test_after_the_end_no_child_is_begun() -> None:
    with local_processes(1) as backend:
        pass
    with pytest.raises(RuntimeError):
        backend.executor.submit(double, 1)


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


def test_in_a_child_a_channel_whose_other_side_is_gone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = local.SPAWN.Pipe()
    here.close()
    monkeypatch.setattr(local, "_parent", local._Parent(there), raising=False)
    channel = pickle.loads(pickle.dumps(Processes().channel()))
    for call in (lambda: channel.send("?"), channel.halted):
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
