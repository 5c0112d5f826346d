"""Ctrl-C while work runs: first kindly, then at once."""

from __future__ import annotations

import signal
import threading

import pytest

import cli
from scheduler.attended import attended
from scheduler.errors import NoRosterError


def test_what_the_work_returns_and_raises_comes_back() -> None:
    assert attended(lambda stop: (stop.is_set(), threading.current_thread() is threading.main_thread())) == (
        False,
        False,
    )

    def fail(_stop: threading.Event) -> None:
        raise LookupError("lost")

    with pytest.raises(LookupError, match="lost"):
        attended(fail)


def test_the_first_ctrl_c_asks_and_what_there_is_comes_back() -> None:
    told: list[str] = []

    def work(stop: threading.Event) -> str:
        signal.raise_signal(signal.SIGINT)
        assert stop.wait(30)
        return "the best so far"

    assert attended(work, on_stop=lambda: told.append("stopping")) == "the best so far"
    assert told == ["stopping"]


def test_the_second_ctrl_c_abandons() -> None:
    release = threading.Event()

    def work(stop: threading.Event) -> None:
        signal.raise_signal(signal.SIGINT)
        assert stop.wait(30)
        signal.raise_signal(signal.SIGINT)
        release.wait(30)

    with pytest.raises(KeyboardInterrupt):
        attended(work)
    release.set()


def test_stopped_before_there_was_anything_is_an_interruption() -> None:
    def work(stop: threading.Event) -> None:
        signal.raise_signal(signal.SIGINT)
        assert stop.wait(30)
        raise NoRosterError("stopped")

    with pytest.raises(KeyboardInterrupt):
        attended(work)


def test_no_roster_in_time_is_none() -> None:
    def work(_stop: threading.Event) -> None:
        raise NoRosterError("no time")

    with pytest.raises(NoRosterError):
        attended(work)


def test_the_handler_of_before_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    attended(lambda _stop: None)
    assert signal.getsignal(signal.SIGINT) is before


def test_outside_the_main_thread_the_work_runs_where_it_is() -> None:
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(attended(lambda _stop: threading.current_thread().name)), name="here"
    )
    thread.start()
    thread.join(30)
    assert found == ["here"]


def test_the_command_knows_the_thread_by_its_name() -> None:
    assert attended(lambda _: threading.current_thread().name) == cli.WORK_THREAD
