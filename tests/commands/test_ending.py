"""A real `vigie solve` that is asked to end: no roster is lost, and nothing waits for what is not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from scheduler.system.signals import ENDING
from scheduler.workflows.run_log import NAME
from tests.commands.called import vigie_json
from tests.processes import ends_within

pytestmark = [
    pytest.mark.slow,
    ends_within(240),
    pytest.mark.skipif(os.name == "nt", reason="Windows sends signals to whole consoles only"),
]

VIGIE = Path(sys.executable).parent / "vigie"
INSTANCES = Path(__file__).parents[2] / "instances"
PATIENCE_S = 240
"""Seconds: on a fresh install the first solve compiles."""
SLOW_READING = """
import sys, time
import scheduler
def load(path):
    print("reading", file=sys.stderr, flush=True)
    time.sleep(100)
scheduler.load = load
import vigie
vigie.main()
"""
SLOW_WRITING = """
import sys, time
import scheduler.workbook.save as module
save = module.save_result
def slow(*given, **more):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(3)
    save(*given, **more)
module.save_result = slow
import vigie
vigie.main()
"""


def _hear_all() -> None:
    """Whoever runs the tests may ignore a hang-up, as `nohup` does, and children inherit that."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def solving(out: Path, program: str | None = None, example: str = "brussels-ouest") -> Iterator[subprocess.Popen[str]]:
    """A solve that would go on for minutes, in a process group of its own."""
    begin = [sys.executable, "-c", program] if program else [str(VIGIE)]
    words = ["solve", str(INSTANCES / f"{example}.xlsx"), "-o", str(out), "--time-limit", "300", "--json"]
    process = subprocess.Popen(
        [*begin, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
        preexec_fn=_hear_all,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr is not None
    assert any(words in line for line in process.stderr), f"{words!r} never came"


def audited(out: Path) -> int:
    return int(vigie_json("audit", out)["violations"])


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_keeps_the_best_roster(number: signal.Signals, tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    with solving(out) as process:
        wait_for(process, "first roster")
        # As `timeout` does: one to its child, and one to the group.
        process.send_signal(number)
        os.killpg(process.pid, number)
        said, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, told
    assert json.loads(said)["status"] == "interrupted"
    assert "the best roster so far will be written" in told
    assert audited(out) == 0
    assert sorted(os.listdir(tmp_path)) == ["kept.xlsx", NAME]


@pytest.mark.parametrize("number", ENDING)
@pytest.mark.slowest
def test_before_any_roster_a_signal_ends_the_run_at_once(number: signal.Signals, tmp_path: Path) -> None:
    out = tmp_path / "none.xlsx"
    with solving(out, example="brussels-region") as process:
        wait_for(process, "Solving for up to")
        patience = time.monotonic() + PATIENCE_S
        while (
            len(children := psutil.Process(process.pid).children(recursive=True)) < 2
        ):  # Of them, one tracks resources.
            assert time.monotonic() < patience
            time.sleep(0.02)
        process.send_signal(number)
        _, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130, told
    assert "There is no roster yet, so there is none to write." in told.splitlines()
    assert told.splitlines()[-1] == "Interrupted. Nothing was written."
    assert "Traceback" not in told
    assert os.listdir(tmp_path) == []
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_while_the_workbook_is_read_a_signal_ends_the_run(number: signal.Signals, tmp_path: Path) -> None:
    with solving(tmp_path / "none.xlsx", SLOW_READING) as process:
        wait_for(process, "reading")
        process.send_signal(number)
        said, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "Interrupted. Nothing was written."
    assert "Traceback" not in told
    assert json.loads(said)["exit_code"] == 130
    assert os.listdir(tmp_path) == []


@pytest.mark.slowest
def test_while_the_roster_is_written_it_is_written_to_the_end(tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    with solving(out, SLOW_WRITING) as process:
        wait_for(process, "first roster")
        process.send_signal(signal.SIGTERM)
        wait_for(process, "writing")
        time.sleep(1.2)  # A request of its own.
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, told
    assert audited(out) == 0


@pytest.mark.slowest
def test_what_nohup_ignores_stays_ignored(tmp_path: Path) -> None:
    out = tmp_path / "kept.xlsx"
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); import vigie; vigie.main()"
    with solving(out, ignoring) as process:
        wait_for(process, "first roster")
        process.send_signal(signal.SIGHUP)
        wait_for(process, "left)")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert told.count("the best roster so far will be written") == 1
