"""Progress of a solve for planners: a panel on a terminal, a few plain lines anywhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from scheduler.messages.formats import hours, number, percent
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.plain import plain
from scheduler.report.progress import LinePrinter, stage_name
from scheduler.result import Progress
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, REPAIR_LEVELS, Level

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

COVERAGE = tuple(level.code for level in COVERAGE_LEVELS)
SHOWN = tuple(level.code for level in REPAIR_LEVELS if level is not Level.QUALITY)
"""Levels that a panel has a line for, where the run has them."""
ENOUGH = 0.01
"""Gap of every coverage level from which a planner may well stop."""
REFRESHES_PER_S = 4
"""How often the panel is drawn."""
LATER = 1.6
"""How many times later than the last plain line the next one comes."""


class Printer(Protocol):
    """What :func:`scheduler.solve` reports to, used in a ``with`` statement. Safe to call from several threads."""

    def __call__(self, progress: Progress) -> None: ...

    def __enter__(self) -> Printer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def printer(
    console: Console, language: Language, *, quiet: bool = False, verbose: bool = False, limit_s: float | None = None
) -> Printer:
    """The printer for where ``console`` writes to: ``quiet`` prints nothing, ``verbose`` every stage, bound and gap. ``limit_s``
    is how long the search may take."""
    if quiet:
        return _Silent(console, language)
    if verbose:
        return LinePrinter(console, language)
    return PanelPrinter(console, language, limit_s) if console.is_terminal else SparsePrinter(console, language)


class _Silent:
    """Keeps the latest figures of the whole problem, or of the block that is being solved."""

    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language
        self._lock = threading.Lock()
        self._latest: Progress | None = None
        self._levels: dict[str, Progress] = {}

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            if self._latest is not None and progress.part != self._latest.part:
                self._levels.clear()
            if not progress.pool:
                self._levels[progress.level] = progress
            self._latest = progress
            self._changed(progress)

    def _changed(self, progress: Progress) -> None:
        """Show what there is; called with the lock held."""

    @property
    def _whole(self) -> bool:
        """Whether there is a roster of everybody."""
        return all(name in self._levels and self._levels[name].value is not None for name in COVERAGE)

    def _time(self, elapsed_s: float, left_s: float | None) -> str:
        elapsed = f"{number(elapsed_s, self._language)} s"
        if left_s is None:
            return elapsed
        return f"{elapsed} ({text(self._language, 'seconds_left', seconds=round(left_s))})"

    def _hours(self, amount: int | None) -> str:
        return "–" if amount is None else f"{hours(amount, self._language)} {text(self._language, 'hours_unit')}"

    def _figure(self, level: str, amount: int | None) -> str:
        """A value of a level; days and points stand without their unit."""
        if amount is None or Level(level).unit == "minutes":
            return self._hours(amount)
        return number(amount, self._language)

    def __enter__(self) -> Printer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class SparsePrinter(_Silent):
    """A line for the first roster of all, or of a block, and then ever more seldom; never one that says nothing new."""

    def __init__(self, console: Console, language: Language) -> None:
        super().__init__(console, language)
        self._said: tuple[str, tuple[int | None, ...]] | None = None
        self._next_s = 0.0

    def _changed(self, progress: Progress) -> None:
        if not self._whole:
            return
        first = self._said is None or self._said[0] != progress.part
        figures = (progress.part, self._figures())
        if first or (progress.elapsed_s >= self._next_s and figures != self._said):
            self._said, self._next_s = figures, max(1.0, progress.elapsed_s) * LATER
            self._console.print(self._line(progress, first), markup=False, highlight=False, soft_wrap=True)

    def _figures(self) -> tuple[int | None, ...]:
        return tuple(amount for name in COVERAGE for amount in (self._levels[name].value, self._levels[name].bound))

    def _line(self, progress: Progress, first: bool) -> str:
        block = f"{text(self._language, 'progress_block', part=progress.part)}  " if progress.part else ""
        begun = f"{stage_name(progress, self._language)}  " if first else ""
        values, bounds = (" + ".join(self._hours(amount) for amount in self._figures()[offset::2]) for offset in (0, 1))
        short, least = (text(self._language, key) for key in ("progress_short", "progress_least"))
        return plain(
            f"{self._time(progress.elapsed_s, progress.left_s)}  {block}{begun}{short} {values}, {least} {bounds}"
        )


class PanelPrinter(_Silent):
    """A few lines, rewritten in place a few times a second: the time, what each coverage level lacks, and whether that is good
    enough to stop. They are there from the beginning, and go when the search ends."""

    def __init__(
        self,
        console: Console,
        language: Language,
        limit_s: float | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        from rich.live import Live

        super().__init__(console, language)
        self._limit_s = limit_s
        self._now = now
        self._heard_s = now()
        """When the latest progress was heard; before there is any, when the search began."""
        self._live = Live(
            get_renderable=self.panel, console=console, transient=True, refresh_per_second=REFRESHES_PER_S
        )

    def _changed(self, progress: Progress) -> None:
        # The live display asks for the panel in its own time: asked to refresh here, each would wait for the other's lock.
        self._heard_s = self._now()

    def panel(self) -> Table:
        """What there is to see now."""
        with self._lock:
            return self._panel()

    def _panel(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 2))
        for side in ("left", "right", "right", "right"):
            grid.add_column(justify=side, no_wrap=True, overflow="ellipsis")
        short, least = (text(self._language, key) for key in ("progress_short", "progress_least"))
        grid.add_row(*(Text(plain(word)) for word in (self._moment(), short, least, self._place())))
        for name in SHOWN if self._whole else ():
            if (level := self._levels.get(name)) is not None:
                figures = self._figure(name, level.value), self._figure(name, level.bound), self._state(level)
                grid.add_row(*map(Text, (text(self._language, name), *figures)))
        panel = Table.grid()
        panel.add_column(no_wrap=True, overflow="ellipsis")
        panel.add_row(grid)
        panel.add_row(Text(text(self._language, self._verdict())))
        return panel

    def _moment(self) -> str:
        """The time used and left, which go on while nothing is heard."""
        since, latest = self._now() - self._heard_s, self._latest
        if latest is not None:
            return self._time(
                latest.elapsed_s + since, None if latest.left_s is None else max(0.0, latest.left_s - since)
            )
        # After a fresh install the search is compiled first, and the limit begins later.
        left = None if self._limit_s is None or since > self._limit_s else self._limit_s - since
        return self._time(since, left)

    def _place(self) -> str:
        if self._latest is None:
            return ""
        return (
            text(self._language, "progress_block", part=self._latest.part) if self._latest.part else self._latest.pool
        )

    def _state(self, level: Progress) -> str:
        if level.value == level.bound:
            return text(self._language, "proven")
        return "" if level.gap is None else percent(level.gap, self._language)

    def _verdict(self) -> str:
        if not self._whole:
            return "progress_building"
        gaps = [self._levels[name].gap for name in COVERAGE]
        return "progress_enough" if all(gap is not None and gap <= ENOUGH for gap in gaps) else "progress_not_yet"

    def __enter__(self) -> Printer:
        self._heard_s = self._now()
        self._live.start(refresh=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()
