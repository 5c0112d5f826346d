"""Where reserves wait to be called: a hotspot that the row of a reserve shift names, and no other shift's."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message, Name
from scheduler.problem.tables import Tables

ReserveFault = tuple[int, str, str, Message, Message | None]
"""Index of the shift, field, value, message and hint."""


def reserve_faults(tables: Tables) -> Iterator[ReserveFault]:
    """Reserve shifts that name no place, and other shifts that name the place of reserves."""
    places = {code for shift in tables.shifts if shift.reserve for code in shift.hotspots}
    column = Name("column", "reserve", "Shifts")
    for index, shift in enumerate(tables.shifts):
        if shift.reserve and not shift.hotspots:
            message = Message("reserve_without_place", "is a reserve without a place.")
            hint = Message(
                "reserve_place_hint",
                "Add a row to sheet {sheet} for the place where reserves wait, and name it here.",
                sheet=Name("sheet", "Hotspots"),
            )
            yield index, "hotspots", "", message, hint
        elif not shift.reserve:
            for code in sorted(places.intersection(shift.hotspots)):
                message = Message(
                    "place_of_reserves",
                    "is where reserves wait (column {column}): they alone are there.",
                    column=column,
                )
                yield index, "hotspots", code, message, None
