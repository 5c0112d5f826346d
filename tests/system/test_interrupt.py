"""Signals while a command works: first kindly, then at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scheduler.commands.main import WORK_THREAD
from scheduler.errors import NoRosterError
from scheduler.result import Progress
from scheduler.system import interrupt as module
from scheduler.system.interrupt import Attendant, attended
from scheduler.system.signals import ENDING
from tests.messages.said import said
from tests.processes import ends_within

pytestmark = ends_within(120)

FIRST = Progress(elapsed_s=1.0, stage="first roster", level="targets", value=600, bound=0, gap=0.1)
BOUND_ONLY = FIRST.replace(value=None, gap=None)


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Signals count here even where the tests were begun with one ignored, as `nohup` does."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in ENDING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def each_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However soon they follow, signals are requests of their own."""
    monkeypatch.setattr(module, "SAME_S", 0.0)


def searched(work: Callable[[threading.Event], Any], **calls: Callable[[], None]) -> Any:
    with attended() as attendant:
        return attendant.search(work, **calls)


def kept(attendant: Attendant, *sent: signal.Signals, on_stop: Callable[[], None] = lambda: None) -> str:
    """A search that has a roster, hears signals, and ends with the best so far."""

    def work(stop: threading.Event) -> str:
        attendant.found = True
        for number in sent:
            signal.raise_signal(number)
        assert stop.wait(30)
        return "the best so far"

    return attendant.search(work, on_stop=on_stop)


def test_what_the_work_returns_and_raises_comes_back() -> None:
    assert searched(lambda stop: (stop.is_set(), threading.current_thread() is threading.main_thread())) == (
        False,
        False,
    )

    def fail(_stop: threading.Event) -> None:
        raise LookupError("lost")

    with pytest.raises(LookupError, match="lost"):
        searched(fail)


@pytest.mark.parametrize("number", ENDING)
def test_the_first_signal_asks_and_what_there_is_comes_back(number: signal.Signals) -> None:
    told: list[str] = []
    with attended() as attendant:
        assert kept(attendant, number, on_stop=lambda: told.append("stopping")) == "the best so far"
    assert told == ["stopping"]


def test_signals_at_the_same_moment_are_one_request() -> None:
    told: list[str] = []
    with attended() as attendant:
        found = kept(attendant, *ENDING, signal.SIGTERM, on_stop=lambda: told.append("stopping"))
    assert (found, told) == ("the best so far", ["stopping"])


@pytest.mark.usefixtures("each_counts")
def test_the_second_signal_abandons() -> None:
    release = threading.Event()

    with attended() as attendant:

        def work(stop: threading.Event) -> None:
            attendant.found = True
            signal.raise_signal(signal.SIGTERM)
            assert stop.wait(30)
            signal.raise_signal(signal.SIGINT)
            release.wait(30)

        with pytest.raises(KeyboardInterrupt):
            attendant.search(work)
    release.set()


@pytest.mark.parametrize("number", ENDING)
def test_without_a_roster_the_first_signal_says_so_and_ends_at_once(number: signal.Signals) -> None:
    release, told = threading.Event(), []
    with attended() as attendant:

        def work(stop: threading.Event) -> None:
            assert not attendant.found
            signal.raise_signal(number)
            release.wait(60)
            told.append(f"stop: {stop.is_set()}")

        with pytest.raises(KeyboardInterrupt):
            attendant.search(work, on_none=lambda: told.append("none"), on_stop=lambda: told.append("stopping"))
    assert told == ["none"]
    release.set()


@pytest.mark.parametrize("number", ENDING)
def test_before_the_search_a_signal_ends_at_once(number: signal.Signals) -> None:
    with attended(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


def test_a_request_that_got_lost_before_the_search_is_answered_there() -> None:
    with attended() as attendant:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            attendant.search(lambda _stop: "a search for nobody")


@pytest.mark.usefixtures("each_counts")
@pytest.mark.parametrize("before", [(), (signal.SIGTERM,)])
def test_after_the_search_writing_is_finished_first_and_a_second_signal_abandons(
    before: tuple[signal.Signals, ...],
) -> None:
    with attended() as attendant:
        if before:
            kept(attendant, *before)
        else:
            attendant.search(lambda _stop: None)
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)


def test_stopped_and_still_no_roster_is_an_interruption() -> None:
    with attended() as attendant:

        def work(stop: threading.Event) -> None:
            attendant.found = True
            signal.raise_signal(signal.SIGINT)
            assert stop.wait(30)
            raise NoRosterError(said("stopped"))

        with pytest.raises(KeyboardInterrupt):
            attendant.search(work)


def test_no_roster_in_time_is_none() -> None:
    def work(_stop: threading.Event) -> None:
        raise NoRosterError(said("no time"))

    with pytest.raises(NoRosterError):
        searched(work)


def test_the_handlers_of_before_are_put_back() -> None:
    before = {number: signal.getsignal(number) for number in ENDING}
    searched(lambda _stop: None)
    assert {number: signal.getsignal(number) for number in ENDING} == before


@pytest.mark.parametrize("number", [number for number in ENDING if number != signal.SIGINT])
def test_what_was_ignored_from_the_start_stays_so(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with attended():
            assert signal.getsignal(number) is signal.SIG_IGN
            signal.raise_signal(number)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)


def test_outside_the_main_thread_the_work_runs_where_it_is() -> None:
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(searched(lambda _stop: threading.current_thread().name)), name="here"
    )
    thread.start()
    thread.join(30)
    assert found == ["here"]


def test_the_command_knows_the_thread_by_its_name() -> None:
    assert searched(lambda _: threading.current_thread().name) == WORK_THREAD
