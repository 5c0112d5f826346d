"""Progress of a solve for engineers: a line whenever the value or the bound of a level has changed."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

from scheduler.messages.formats import number, percent
from scheduler.messages.languages import Language
from scheduler.messages.texts import WORDINGS, text
from scheduler.report.level_figures import level_figure
from scheduler.report.plain import plain
from scheduler.result import Progress
from scheduler.vocabulary.constraints import Level

if TYPE_CHECKING:
    from rich.console import Console


def progress_line(progress: Progress, language: Language) -> str:
    """``12.3 s (48 s left)  annealing  Targets  value 1,359.0 h  bound 1,306.0 h  gap 0.43 %``; what is not
    known yet is a dash. Block and pool are named where there are several."""
    level = _level(language, progress.level)
    stage = stage_name(progress, language)
    value, bound = (_figure(progress.level, amount, language) for amount in (progress.value, progress.bound))
    gap = "–" if progress.gap is None else percent(progress.gap, language)
    place = "".join(f"{name}  " for name in (progress.part, progress.pool) if name)
    left = "" if progress.left_s is None else f" ({text(language, 'seconds_left', seconds=round(progress.left_s))})"
    return plain(
        f"{number(progress.elapsed_s, language, 1):>7} s{left}  {place}{stage:<17.17}  {level:<22}  "
        f"{text(language, 'head_value')} {value:>11}  {text(language, 'head_bound')} {bound:>11}  "
        f"{text(language, 'head_gap')} {gap:>9}"
    )


def stage_name(progress: Progress, language: Language) -> str:
    """What is being done, in words."""
    return text(language, f"stage_{progress.method or progress.stage}")


def _level(language: Language, code: str) -> str:
    """The name of a level in a language, or as it is where there is none."""
    return text(language, code) if code in WORDINGS else code


def _figure(level: str, amount: int | None, language: Language) -> str:
    """With the unit of the level, where it is one that is known here."""
    if amount is None:
        return "–"
    known = {each.code: each for each in Level}
    return level_figure(known[level], amount, language) if level in known else number(amount, language)


class LinePrinter:
    """A line whenever the value or the bound of a level has changed. Safe to call from several threads."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language
        self._lock = threading.Lock()
        self._last: dict[tuple[str, str, str], tuple[int | None, int | None]] = {}

    def __call__(self, progress: Progress) -> None:
        figures = (progress.value, progress.bound)
        with self._lock:
            key = (progress.part, progress.pool, progress.level)
            if self._last.get(key) != figures:
                self._last[key] = figures
                self._show(progress)

    def _show(self, progress: Progress) -> None:
        self._print(progress_line(progress, self._language))

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def __enter__(self) -> LinePrinter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None
