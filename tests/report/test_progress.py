"""Every change of a value or a bound, in a line for engineers."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from scheduler.messages.languages import Language
from scheduler.messages.texts import WORDINGS
from scheduler.report.progress import LinePrinter, progress_line
from scheduler.result import Method, Progress, Stage


def progress(**changes: Any) -> Progress:
    figures = {
        "elapsed_s": 1.25,
        "stage": Stage.COVERAGE,
        "level": "targets",
        "value": 81540,
        "bound": 78360,
        "gap": 0.0043,
    }
    return Progress(**{**figures, **changes})


def test_a_line_names_time_stage_level_value_bound_and_gap() -> None:
    line = progress_line(progress(), Language.EN)
    for part in ("1.2 s", "coverage", "Targets", "value", "1,359.0 h", "bound", "1,306.0 h", "gap", "0.43 %"):
        assert part in line
    assert "1,359 points" in progress_line(progress(level="quality", value=1359), Language.EN)


def test_a_line_in_the_readers_language() -> None:
    french, dutch = (
        progress_line(progress(method=Method.ANNEALING), language) for language in (Language.FR, Language.NL)
    )
    for part in ("1,2 s", "recuit", "Objectifs", "1\N{NARROW NO-BREAK SPACE}359,0 h", "0,43 %"):
        assert part in french
    for part in ("uitgloeien", "Streefdoelen", "1.359,0 u", "0,43 %"):
        assert part in dutch


def test_every_stage_and_method_has_a_name() -> None:
    assert {f"stage_{item}" for item in (*Stage, *Method)} <= WORDINGS.keys()


def test_stage_and_method_of_earlier_records_are_told_apart() -> None:
    old = Progress.model_validate({**progress().model_dump(), "stage": "quality: column generation", "method": None})
    assert (old.stage, old.method) == (Stage.QUALITY, Method.COLUMN_GENERATION)
    plain = Progress.model_validate({**progress().model_dump(), "stage": "first roster"})
    assert (plain.stage, plain.method) == (Stage.FIRST_ROSTER, None)


def test_changes_are_counted_in_days_and_points() -> None:
    late = progress_line(progress(level="changes_in_notice", value=2, bound=1), Language.EN)
    assert "2 person-days" in late
    assert "1 person-day " in late
    assert "23 points" in progress_line(progress(level="changes", value=23), Language.EN)


def test_what_is_not_known_yet_is_a_dash() -> None:
    line = progress_line(progress(value=None, gap=None, level="something new"), Language.EN)
    assert line.count("–") == 2
    assert "something new" in line


def test_plain_lines_only_when_value_or_bound_of_a_level_changes() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=False, width=200)
    with LinePrinter(console, Language.EN) as report:
        for item in (
            progress(),
            progress(elapsed_s=2.0),
            progress(level="quality"),
            progress(elapsed_s=3.0),
            progress(bound=78420),
        ):
            report(item)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert "\x1b" not in stream.getvalue()
