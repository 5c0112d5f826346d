"""What a planner sees of a solve: a panel that fits its terminal, a few plain lines elsewhere, or nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from scheduler.messages.languages import Language
from scheduler.report.progress import LinePrinter
from scheduler.report.progress_panel import COVERAGE, PanelPrinter, printer
from scheduler.result import Progress, Stage


def told(elapsed: float, *values: int, bound: int = 0, part: str = "", pool: str = "") -> Iterator[Progress]:
    """What the engine tells at a moment: a line for each coverage level, in person-minutes."""
    for name, value in zip(COVERAGE, values, strict=True):
        yield Progress(
            elapsed_s=elapsed, stage=Stage.FIRST_ROSTER, level=name, value=value, bound=bound,
            gap=(value - bound) / 60_000, part=part, pool=pool, left_s=60 - elapsed,
        )  # fmt: skip


def shown(
    *moments: Iterator[Progress], terminal: bool = False, width: int = 80, language: Language = Language.EN, **how: bool
) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=width, no_color=True, legacy_windows=False)
    with printer(console, language, **how) as report:
        for moment in moments:
            for progress in moment:
                report(progress)
    return stream.getvalue()


def test_the_first_roster_is_told_at_once_and_then_ever_less() -> None:
    seconds = [step / 2 for step in range(6, 120)]
    lines = shown(*(told(second, 0, 600, round(9000 - 10 * second)) for second in seconds)).splitlines()
    first = "first roster  short now 0.0 h + 10.0 h + 149.5 h, proven least 0.0 h + 0.0 h + 0.0 h"
    assert lines[0] == f"3 s (57 s left)  {first}"
    assert "first roster" not in lines[1]
    assert 5 <= len(lines) <= 9
    assert "\x1b" not in "".join(lines)


def test_what_says_nothing_new_is_not_printed() -> None:
    assert len(shown(*(told(second, 0, 0, 600) for second in range(1, 60))).splitlines()) == 1


def test_there_is_no_line_before_everybody_has_a_roster() -> None:
    assert shown(told(1, 0, 0, 60, pool="5341"), iter(list(told(2, 0, 0, 60))[:2])) == ""


def test_every_block_has_its_first_line() -> None:
    blocks = told(1, 0, 0, 60, part="1/2"), told(1.1, 0, 0, 30, part="1/2"), told(1.2, 0, 0, 90, part="2/2")
    lines = shown(*blocks).splitlines()
    assert [line.split("  ")[1:3] for line in lines] == [["block 1/2", "first roster"], ["block 2/2", "first roster"]]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", Language)
def test_the_panel_never_wraps_and_says_whether_it_is_good_enough(width: int, language: Language) -> None:
    far = shown(told(7, 0, 600_000, 6_000_000), terminal=True, width=width, language=language)
    near = shown(told(7, 0, 300, 600, bound=0), terminal=True, width=width, language=language)
    words = {"en": ("Not yet", "Yes"), "fr": ("Pas encore", "Oui"), "nl": ("Nog niet", "Ja")}[language.value]
    for panel, word in zip((far, near), words, strict=True):
        assert word in panel
        assert "…" not in panel
        rows = [row.split("\x1b")[0].rstrip() for row in panel.replace("\r", "").splitlines()]
        assert max(map(len, rows)) <= width


def test_before_a_roster_the_panel_says_what_is_done() -> None:
    assert "Building a first roster" in shown(iter(list(told(1, 0, 0, 60))[:1]), terminal=True)


def _seen(panel: PanelPrinter) -> str:
    stream = io.StringIO()
    Console(file=stream, width=80).print(panel.panel())
    return stream.getvalue()


def test_the_clock_of_the_panel_goes_on_while_nothing_is_heard() -> None:
    now = 100.0
    console = Console(file=io.StringIO(), force_terminal=True, width=80, no_color=True)
    with PanelPrinter(console, Language.EN, 60.0, lambda: now) as report:
        assert isinstance(report, PanelPrinter)
        assert "0 s (60 s left)" in _seen(report)
        assert "Building a first roster" in _seen(report)
        now += 5
        assert "5 s (55 s left)" in _seen(report)
        for progress in told(7, 0, 0, 600):
            report(progress)
        assert "7 s (53 s left)" in _seen(report)
        now += 4
        assert "11 s (49 s left)" in _seen(report)
        assert "Good enough to stop?" in _seen(report)
        now += 50
        assert "61 s (0 s left)" in _seen(report)


def test_the_panel_promises_no_time_while_the_search_is_compiled() -> None:
    now = 0.0
    panel = PanelPrinter(Console(file=io.StringIO(), force_terminal=True), Language.EN, 10.0, lambda: now)
    now = 30.0
    assert "30 s " in _seen(panel)
    assert "left" not in _seen(panel)


def test_quiet_says_nothing_and_verbose_everything() -> None:
    moments = [list(told(second, 0, 0, 600 - second)) for second in range(1, 30)]
    assert shown(*map(iter, moments), quiet=True) == ""
    assert shown(*map(iter, moments), quiet=True, terminal=True) == ""
    assert shown(*map(iter, moments), verbose=True).count("\n") == 31
    assert isinstance(printer(Console(file=io.StringIO(), force_terminal=True), Language.EN, verbose=True), LinePrinter)


def test_a_block_taken_up_again_is_said_to_be_that() -> None:
    again = (progress.replace(stage=Stage.RESUMED) for progress in told(0, 0, 0, 60, part="1/2"))
    assert "block 1/2  resumed  short now" in shown(again)
