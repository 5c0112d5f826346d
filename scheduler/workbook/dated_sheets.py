"""The input sheets whose rows are about dates: what is wanted and decided of people, what happened, and what was worked."""

from __future__ import annotations

from scheduler.workbook.columns import Column, Kind, Sheet

INCIDENTS = Sheet(
    "Incidents",
    "incidents",
    (
        Column("when", Kind.MOMENT, "Date and time", "2026-03-10 23:40", required=True, field="at", width=18),
        Column("hotspot", Kind.CODE, "Where", "HAL", required=True, refers="Hotspots"),
        Column("heads", Kind.COUNT, "Police beyond the minimum; blank: a patrol of 2", "2"),
        Column("days", Kind.COUNT, "How long, from then on; blank: 14", "14"),
        Column("neighbours", Kind.YES_NO, "yes: hotspots close by are raised too; blank: no", "no"),
        Column("decays", Kind.YES_NO, "yes: one head less at a time, evenly over the days; blank: no", "no"),
        Column("kind", Kind.TEXT, "What happened; without effect on the roster", "shooting", width=18),
    ),
    "Shootings and the like: more police are the minimum there for a while",
    ("Faits", "Incidenten"),
)

ABSENCES = Sheet(
    "Absences",
    "absences",
    (
        Column("staff", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
        Column("from", Kind.MOMENT, "Date, or date and time", "2026-03-09", required=True, field="start", width=18),
        Column(
            "to",
            Kind.MOMENT,
            "Last date, included, or date and time",
            "2026-03-13",
            required=True,
            field="end",
            width=18,
        ),
        Column("counts_as_work", Kind.YES_NO, "yes for court, training, duty elsewhere", "no", width=16),
    ),
    "Leave and duties elsewhere; never a reason",
    ("Congés", "Afwezigheden", "Verlof"),
)

REQUESTS = Sheet(
    "Requests",
    "requests",
    (
        Column("staff", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
        Column("from", Kind.DATE, "First date", "2026-03-14", required=True, field="first"),
        Column("to", Kind.DATE, "Last date, included; blank: the same", "2026-03-15", field="last"),
        Column("shift", Kind.CODE, "Blank: any duty", "N", refers="Shifts"),
        Column("kind", Kind.CHOICE, "Wish to work, or not to", "avoid", required=True, choices=("want", "avoid")),
        Column("weight", Kind.COUNT, "1 to 10: how much it matters; blank: 1", "3"),
    ),
    "Wishes",
    ("Souhaits", "Demandes", "Wensen", "Verzoeken"),
)

PAIRS = Sheet(
    "Pairs",
    "pairs",
    (
        Column("staff_a", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
        Column("staff_b", Kind.CODE, "Service number", "P-002", required=True, refers="Staff"),
        Column("kind", Kind.CHOICE, "Partners or kept apart", "together", required=True, choices=("together", "apart")),
    ),
    "Fixed partners and people kept apart",
    ("Binômes", "Paires", "Koppels", "Paren"),
)

_DATED = (
    Column("staff", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
    Column("date", Kind.DATE, "Date on which the duty starts", "2026-03-14", required=True),
)

LOCKED = Sheet(
    "Locked",
    "locks",
    (
        *_DATED,
        Column("shift", Kind.CODE, "Shift, or OFF for a day that stays free", "N", required=True, refers="Shifts"),
        Column("hotspot", Kind.CODE, "Blank: any hotspot", "HAL", refers="Hotspots"),
    ),
    "Duties already decided",
    ("Verrouillés", "Verrous", "Fixés", "Vergrendeld", "Vast"),
)

HISTORY = Sheet(
    "History",
    "history",
    (
        *_DATED,
        Column("shift", Kind.CODE, "Shift worked", "N", required=True, refers="Shifts"),
        Column("hotspot", Kind.CODE, "Where; blank: the only hotspot, or unknown", "HAL", refers="Hotspots"),
    ),
    "Duties worked before the first day: rest and runs go on from them",
    ("Historique", "Historiek", "Geschiedenis"),
)

PUBLISHED = Sheet(
    "Published",
    "published",
    (
        *_DATED,
        Column("shift", Kind.CODE, "Shift, or OFF for a duty that was cancelled", "N", required=True, refers="Shifts"),
        Column("hotspot", Kind.CODE, "Where", "HAL", refers="Hotspots"),
        Column("version", Kind.COUNT, "The version that announced it", "1", required=True),
    ),
    "Duties that people were told of: filled by vigie publish, not by hand",
    ("Publié", "Gepubliceerd"),
)

COUNTERS = Sheet(
    "Counters",
    "counters",
    (
        Column("staff", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
        Column("hours_balance", Kind.HOURS, "Hours over (+) or under (-) the contract", "-4.5", width=14),
        Column("nights", Kind.COUNT, "Night duties so far this year", "12"),
        Column("weekends", Kind.COUNT, "Weekends worked so far this year", "4"),
        Column("holidays", Kind.COUNT, "Public holidays worked so far this year", "1"),
    ),
    "What people bring from earlier months",
    ("Compteurs", "Tellers"),
)

OVERRIDES = Sheet(
    "Overrides",
    "overrides",
    (
        Column("rule", Kind.TEXT, "Rule that may be broken, by code or title", "daily_rest", required=True, width=24),
        Column("staff", Kind.CODE, "Service number", "P-001", required=True, refers="Staff"),
        Column("date", Kind.DATE, "Date to which the audit points", "2026-03-14", required=True),
        Column("hotspot", Kind.CODE, "Blank: any hotspot", "HAL", refers="Hotspots"),
        Column("decided_by", Kind.TEXT, "Who decided: name or function", "Chief of police", required=True, width=22),
        Column("decided_on", Kind.DATE, "Date of the decision", "2026-03-10", required=True),
        Column("reason", Kind.TEXT, "Why; never a person's health", "Shooting at HAL", required=True, width=40),
    ),
    "Broken rules accepted by decision, for the audit; without effect on a solve",
    ("Dérogations", "Afwijkingen"),
)

HOLIDAYS = Sheet(
    "Holidays",
    "",
    (
        Column("date", Kind.DATE, "Public holiday", "2026-04-06", required=True),
        Column("name", Kind.TEXT, "Its name", "Easter Monday", width=26),
    ),
    "Holidays beside the ten legal ones of Belgium; setting legal_holidays = no: only these",
    ("Jours fériés", "Fériés", "Feestdagen"),
)
