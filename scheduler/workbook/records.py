"""Sheets that are a record: checked and kept beside the facts, and never used to decide anything."""

from __future__ import annotations

from scheduler.workbook.columns import Column, Kind, Sheet

CALLS = Sheet(
    "Calls",
    "calls",
    (
        Column("staff", Kind.CODE, "Service number of who was asked", "P-001", required=True, refers="Staff"),
        Column("at", Kind.MOMENT, "Date and time of the call", "2026-03-14 18:05", required=True, width=18),
        Column("for_date", Kind.DATE, "Date on which the duty starts", "2026-03-14", required=True),
        Column("shift", Kind.CODE, "Shift of the duty", "N", required=True, refers="Shifts"),
        Column("hotspot", Kind.CODE, "Where", "HAL", required=True, refers="Hotspots"),
        Column("answer", Kind.CHOICE, "Blank: not known", "yes", choices=("yes", "no", "no_answer")),
        Column("note", Kind.TEXT, "May stay blank; never a reason", width=30),
    ),
    "Who was asked to step in, when, and the answer: a record, never used to rank people",
    ("Appels", "Oproepen"),
    record=True,
)
