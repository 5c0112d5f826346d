"""The search of a command: its attendant knows when there is a roster to keep, and everything told goes on to the terminal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from rich.console import Console

from scheduler.commands.watched import watched
from scheduler.config import SolveConfig
from scheduler.errors import NoRosterError
from scheduler.messages.languages import Language
from scheduler.report.progress_panel import printer
from scheduler.result import Progress, Stage
from scheduler.system.interrupt import Attendant
from tests import builders as b
from tests.messages.said import said

FIRST = Progress(elapsed_s=1.0, stage=Stage.FIRST_ROSTER, level="targets", value=600, bound=0, gap=0.1)
BOUND_ONLY = FIRST.replace(value=None, gap=None)


@pytest.mark.parametrize(
    ("told", "found"), [([], False), ([BOUND_ONLY], False), ([BOUND_ONLY, FIRST, BOUND_ONLY], True)]
)
def test_only_a_value_says_that_there_is_a_roster(told: list[Progress], found: bool) -> None:
    def search(on_progress: Callable[[Progress], None], *_more: Any) -> None:
        for progress in told:
            on_progress(progress)
        raise NoRosterError(said("enough"))

    attendant = Attendant()
    with pytest.raises(NoRosterError):
        watched(
            search,
            b.make(),
            SolveConfig(),
            nullcontext(),
            attendant,
            Language.EN,
            printer(Console(), Language.EN, quiet=True),
            pytest.fail,
        )  # type: ignore[arg-type]
    assert attendant.found is found
