"""Sheets beside the facts: checked and kept, and known to no rule and no search."""

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

STRATEGIES = Sheet(
    "Strategies",
    "strategies",
    (
        Column("name", Kind.CODE, "Name, for `vigie compare --strategies`", "12 h", required=True, width=18),
        Column(
            "pooling",
            Kind.CHOICE,
            "Whose police a hotspot may draw on; blank: separate",
            "lateral",
            choices=("separate", "lateral", "single"),
        ),
        Column(
            "lends_percent",
            Kind.NUMBER,
            "Of lateral: per cent of its person-days that a zone lends at most; blank: as on sheet Organisations",
            "10",
            width=14,
        ),
        Column(
            "guarantee", Kind.YES_NO, "Of lateral: no zone misses more of its own minimum than alone; blank: yes", "no"
        ),
        Column(
            "shifts",
            Kind.CODES,
            "Shifts that are worked, of each category of which one is named; blank: all",
            "D12, N12",
            refers="Shifts",
            width=18,
        ),
        Column("non_police", Kind.YES_NO, "Whether non-police staff take part; blank: yes", "no"),
        Column("federal", Kind.YES_NO, "Whether federal police take part; blank: yes", "no"),
        Column(
            "without",
            Kind.CODES,
            "Organisations whose people take no part; blank: all take part",
            "MIL",
            refers="Organisations",
            width=18,
        ),
    ),
    "Strategies to compare: what each changes; without effect on a roster",
    ("Stratégies", "Strategieën"),
    record=True,
)
