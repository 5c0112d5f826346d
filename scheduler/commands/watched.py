"""The search of a command: its progress printed, and stopped when somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.engine.machine_code import is_complete
from scheduler.messages.formats import number
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.problem.instance import Instance
from scheduler.report.progress_panel import Printer
from scheduler.report.speak import tell
from scheduler.result import Progress
from scheduler.system.interrupt import Attendant

Found = TypeVar("Found")
Searching = Callable[[Callable[[Progress], None], threading.Event, Backend], Found]
"""A search, given where progress goes, what stops it, and what it runs on."""


def watched(
    searching: Searching[Found], instance: Instance, config: SolveConfig, where: AbstractContextManager[Backend],
    attendant: Attendant, language: Language, shown: AbstractContextManager[Printer], on_unclosed: Callable[[Exception], None],
) -> Found:  # fmt: skip
    """Say what begins, and search on a backend; ``shown`` shows the progress. ``on_unclosed`` hears what went wrong once there
    was a result: that takes no roster with it."""
    if not is_complete():
        tell([text(language, "compiling")])
    size = {"staff": len(instance.staff), "hotspots": len(instance.hotspots), "days": instance.days}
    seconds = number(config.time_limit_s, language, 0 if config.time_limit_s >= 10 else 1)
    tell([text(language, "begun", seconds=seconds, **size)])
    result: Found | None = None
    try:
        with shown as report, where as backend:

            def on_progress(progress: Progress) -> None:
                attendant.found |= progress.value is not None
                report(progress)

            result = attendant.search(
                lambda stop: searching(on_progress, stop, backend),
                on_stop=lambda: tell([text(language, "stopping")]),
                on_none=lambda: tell([text(language, "none_yet")]),
            )
    except Exception as error:
        if result is None:
            raise
        on_unclosed(error)
    return result
