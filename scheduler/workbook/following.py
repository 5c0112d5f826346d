"""The workbook of the period after a roster: its calendar, and its sheets as the planner has written them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from scheduler.errors import OutputError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.timeline import Calendar
from scheduler.workbook.read import Reading, read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.settings import holidays_of
from scheduler.workbook.template import save_tables


def calendar_after(reading: Reading, days: int) -> Calendar:
    """So many days from the day after the horizon of a workbook, with the public holidays that its sheet and settings say.

    Raises :class:`~scheduler.errors.InputError` for a period that is too long or too far away.
    """
    before = reading.instance.calendar
    start = before.date(before.days)
    rows, legal = reading.tables.get("Holidays", ()), reading.settings.get("legal_holidays", True)
    return before.replace(start=start, days=days, holidays=holidays_of(start, days, rows, legal=legal))


def save_following(
    path: str | os.PathLike[str], instance: Instance, reading: Reading, to_do: Sequence[Message] = ()
) -> None:
    """Write the instance of a following period as a workbook without a roster; rows of the ``reading`` stay as they were written.

    ``to_do`` stands on the first sheet. Replaces an existing file as a whole or not at all; raises :class:`OutputError` when it
    cannot, or when the file would not be read back as the same facts.
    """

    def proofread(written: Path) -> None:
        again = read(written).instance
        if again != instance:
            name = next(name for name in Instance.model_fields if getattr(again, name) != getattr(instance, name))
            raise OutputError(
                Message("following_read_back", "The new workbook would be read back with other {table}.", table=name)
            )

    save_tables(
        input_rows(instance, reading), path,
        title=instance.title, language=instance.language, to_do=to_do, check=proofread,
    )  # fmt: skip
