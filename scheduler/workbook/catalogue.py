"""Every input sheet and its columns, once: the template, the reader, the writer and the documentation all read this. Sheets whose
rows are about dates are in :mod:`scheduler.workbook.dated_sheets`."""

from __future__ import annotations

from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.dated_sheets import (
    ABSENCES,
    COUNTERS,
    HISTORY,
    HOLIDAYS,
    INCIDENTS,
    LOCKED,
    OVERRIDES,
    PAIRS,
    PUBLISHED,
    REQUESTS,
)
from scheduler.workbook.records import CALLS, STRATEGIES

_CATEGORIES = ("police", "non_police")

_DECISION = "Date of the committee's decision, where a figure is laxer than the default; for vigie dossier"

SETTINGS = Sheet(
    "Settings",
    "",
    (
        Column("key", Kind.TEXT, "Name of the setting, or rule.parameter", "start_date", required=True, width=34),
        Column("value", Kind.ANY, "Its value", "2026-03-02", width=30),
        Column("decision_date", Kind.DATE, _DECISION, "2026-01-15", width=14),
    ),
    "Period, title, language, and the parameters of the rules (see vigie rules)",
    ("Paramètres", "Réglages", "Instellingen"),
    needed=True,
)

ORGANISATIONS = Sheet(
    "Organisations",
    "organisations",
    (
        Column("code", Kind.CODE, "Short code, used on the other sheets", "5341", required=True),
        Column("name", Kind.TEXT, "Full name", "Zone Midi", width=30),
        Column(
            "kind",
            Kind.CHOICE,
            "What it is; it decides where its staff may stand",
            "police_zone",
            required=True,
            choices=("police_zone", "federal", "municipality", "partner"),
            width=14,
        ),
        Column(
            "lends_percent",
            Kind.NUMBER,
            "Strategy lateral: per cent of its person-days that a police zone lends at most; blank: the setting lending.percent",
            "10",
            width=14,
        ),
        Column(
            "short_hours",
            Kind.HOURS,
            "Strategy lateral: hours of the police minimum that may be missing at its hotspots; blank: no limit",
            "0",
            width=12,
        ),
    ),
    "Police zones, municipalities and partners that bring staff",
    ("Organisaties",),
    needed=True,
)

HOTSPOTS = Sheet(
    "Hotspots",
    "hotspots",
    (
        Column("code", Kind.CODE, "Short code, shown in the roster", "HAL", required=True),
        Column("name", Kind.TEXT, "Full name", "Porte de Hal", width=26),
        Column("municipality", Kind.TEXT, "Name or code of the municipality", "Saint-Gilles", required=True, width=18),
        Column("zone", Kind.CODE, "Code of the police zone", "5341", required=True, refers="Organisations"),
        Column("lat", Kind.NUMBER, "Degrees north; for maps, without effect on the roster", "50.833"),
        Column("lon", Kind.NUMBER, "Degrees east; for maps, without effect on the roster", "4.344"),
        Column("priority", Kind.COUNT, "1 to 9: weight of a missing police minute", "2"),
        Column(
            "neighbours",
            Kind.CODES,
            "Codes of hotspots close by; an incident may raise them too",
            "MIDI, ANTO",
            refers="Hotspots",
            width=18,
        ),
        Column("from", Kind.DATE, "First date; blank: always", "2026-03-16", field="opens"),
        Column("until", Kind.DATE, "Last date, included; blank: no end", "2026-06-30", field="closes"),
    ),
    "The places to hold",
    ("Points chauds", "Lieux", "Hotspot", "Plaatsen"),
    needed=True,
)

SHIFTS = Sheet(
    "Shifts",
    "shifts",
    (
        Column("code", Kind.CODE, "Short code, shown in the roster", "N", required=True),
        Column("start", Kind.CLOCK, "Clock time", "22:00", required=True),
        Column("end", Kind.CLOCK, "Clock time; at or before the start: the next day", "06:00", required=True),
        Column("unpaid_break_min", Kind.COUNT, "Minutes that are not working time", "0", width=18),
        Column(
            "categories", Kind.CHOICES, "Who may work it; blank: everybody", "police", choices=_CATEGORIES, width=18
        ),
        Column(
            "hotspots",
            Kind.CODES,
            "Where it may be worked; blank: everywhere",
            "HAL, MIDI",
            refers="Hotspots",
            width=18,
        ),
        Column(
            "not_followed_by",
            Kind.CODES,
            "Shifts that the same person may not start on the next date",
            "E, L",
            refers="Shifts",
            width=18,
        ),
        Column(
            "days", Kind.DAYS, "Days on which it may start, as on sheet Demand; blank: every day", "Sat-Sun", width=18
        ),
        Column("worked", Kind.YES_NO, "no: nobody works it; the history may name it all the same; blank: yes", "no"),
        Column(
            "reserve",
            Kind.YES_NO,
            "yes: reserves, who wait to be called at the hotspots of this row, where no other shift is worked; blank: no",
            "no",
        ),
    ),
    "Types of duty",
    ("Services", "Prestations", "Diensten", "Shiften"),
    needed=True,
)

ROLES = Sheet(
    "Roles",
    "roles",
    (
        Column("code", Kind.CODE, "Short code", "LEAD", required=True),
        Column("name", Kind.TEXT, "Full name", "Patrol leader", width=26),
        Column("category", Kind.CHOICE, "Who may hold it", "police", required=True, choices=_CATEGORIES),
    ),
    "Qualifications that a demand may ask for",
    ("Rôles", "Fonctions", "Rollen", "Functies"),
)

_FIXED_WEEK = (
    "Hours of a fixed week at fte 1, by day; they come to weekly_hours, which may then stay blank: leave and holidays take "
    "off the hours of their day. Blank: a fifth on each day from Monday to Friday"
)
_OWN_WEEK = "Own fixed week, by day; it comes to fte x weekly_hours. Blank: by the contract"
_YES_POLICE = "Police who must stand there the whole time: a number, yes (2) or no (0)"

CONTRACTS = Sheet(
    "Contracts",
    "contracts",
    (
        Column("code", Kind.CODE, "Short code", "POL-38", required=True),
        Column("name", Kind.TEXT, "Full name", "Police, full time", width=26),
        Column("category", Kind.CHOICE, "Police or not", "police", required=True, choices=_CATEGORIES),
        Column("weekly_hours", Kind.HOURS, "Hours a week at fte 1", "38"),
        Column("reference_weeks", Kind.COUNT, "Weeks over which the hours average out", "8"),
        Column("max_hours_24h", Kind.HOURS, "Most hours in any 24 hours", "12", limit=True),
        Column("max_hours_week", Kind.HOURS, "Most hours in a calendar week", "50", limit=True),
        Column("min_rest_hours", Kind.HOURS, "Free hours between two duties", "11"),
        Column("max_consecutive_days", Kind.COUNT, "Days worked in a row", "6", limit=True),
        Column("max_consecutive_nights", Kind.COUNT, "Nights worked in a row", "5", limit=True),
        Column("min_days_off", Kind.COUNT, "Days off in a row, once there is one", "2"),
        Column("max_weekends_in_row", Kind.COUNT, "Weekends worked in a row", "3", limit=True),
        Column("weekend_rest_hours", Kind.HOURS, "Free hours around the weekend that follows", "60"),
        Column("max_weekends_year", Kind.COUNT, "Weekends worked in a year", "28", limit=True),
        Column("night_from", Kind.CLOCK, "Night work begins", "22:00"),
        Column("night_to", Kind.CLOCK, "Night work ends", "06:00"),
        Column("min_together", Kind.COUNT, "Fewest people of their category together at a hotspot", "2"),
        Column("needs_police", Kind.COUNT, _YES_POLICE, "0"),
        Column("notice_days", Kind.COUNT, "Days ahead within which a published duty stands", "7"),
        Column("min_consecutive_days", Kind.COUNT, "Days worked in a row, once there is one", "2"),
        Column("min_hours_horizon", Kind.HOURS, "Fewest hours in the whole period, at fte 1", "", limit=True),
        Column("max_hours_horizon", Kind.HOURS, "Most hours in the whole period, at fte 1", "", limit=True),
        Column(
            "shift_limits",
            Kind.COUNTS,
            "Most duties of a shift in the whole period; 0: never",
            "N=5, D=0",
            refers="Shifts",
            width=18,
        ),
        Column("hours_by_weekday", Kind.WEEK, _FIXED_WEEK, "mon 4, tue 8, wed 8", width=22),
        Column("decision_date", Kind.DATE, _DECISION, "2026-01-15", width=14),
    ),
    "Working-time rules of each group; a blank cell takes the usual value, none means no limit",
    ("Contrats", "Contracten", "Statuts", "Statuten"),
    needed=True,
)

STAFF = Sheet(
    "Staff",
    "staff",
    (
        Column("id", Kind.CODE, "Service number", "P-001", required=True),
        Column("name", Kind.TEXT, "May stay blank", "", width=20),
        Column("organisation", Kind.CODE, "Employer", "5341", required=True, refers="Organisations"),
        Column("roles", Kind.CODES, "Qualifications", "LEAD", refers="Roles", width=16),
        Column("contract", Kind.CODE, "Working-time rules", "POL-38", required=True, refers="Contracts"),
        Column("fte", Kind.SHARE, "Share of full time, 0 to 1 (80 % = 0.8); blank: 1", "0.8"),
        Column("home_hotspot", Kind.CODE, "Where the person prefers to stand", "HAL", refers="Hotspots"),
        Column(
            "hotspots",
            Kind.CODES,
            "Where the person may stand; blank: by the organisation",
            "HAL, MIDI",
            refers="Hotspots",
            width=24,
        ),
        Column("from", Kind.DATE, "First date in service; blank: already", "2026-03-09", field="first"),
        Column("until", Kind.DATE, "Last date in service, included; blank: no end", "2026-03-22", field="last"),
        Column("max_weekends_year", Kind.COUNT, "Own limit; blank: by the contract", "", width=18),
        Column("min_hours_horizon", Kind.HOURS, "Own hours in the whole period; blank: by the contract", "", width=18),
        Column("max_hours_horizon", Kind.HOURS, "Own hours in the whole period; blank: by the contract", "", width=18),
        Column(
            "shift_limits",
            Kind.COUNTS,
            "Own limits, all of them; blank: by the contract",
            "",
            refers="Shifts",
            width=18,
        ),
        Column("hours_by_weekday", Kind.WEEK, _OWN_WEEK, "4 8 8 0 0 0 0", width=22),
    ),
    "People by service number",
    ("Personnel", "Effectif", "Agents", "Personeel"),
    needed=True,
)

DEMAND = Sheet(
    "Demand",
    "demand",
    (
        Column("hotspot", Kind.CODE, "Where", "HAL", required=True, refers="Hotspots"),
        Column("role", Kind.ROLE, "Role, or police / non_police", "police", required=True, refers="Roles"),
        Column("days", Kind.DAYS, "Mon-Sun, weekend, holiday, 2026-03-14 …", "Mon-Fri", required=True, width=22),
        Column("from", Kind.CLOCK, "Clock time", "22:00", required=True, field="start"),
        Column("to", Kind.CLOCK, "Clock time; at or before from: the next day", "06:00", required=True, field="until"),
        Column("minimum", Kind.COUNT, "Heads without which the place is not held; blank: 0", "2"),
        Column("target", Kind.COUNT, "Heads aimed at; blank: the minimum", "4"),
        Column("maximum", Kind.COUNT, "Heads above which presence is wasted; blank: none", "6"),
    ),
    "How many people, where and when; overlapping rows: the highest figure holds",
    ("Besoins", "Demande", "Behoefte", "Behoeften", "Vraag", "Personeelsvraag"),
    needed=True,
)

SHEETS: tuple[Sheet, ...] = (
    SETTINGS,
    ORGANISATIONS,
    HOTSPOTS,
    SHIFTS,
    ROLES,
    CONTRACTS,
    STAFF,
    DEMAND,
    INCIDENTS,
    ABSENCES,
    REQUESTS,
    PAIRS,
    LOCKED,
    HISTORY,
    COUNTERS,
    PUBLISHED,
    OVERRIDES,
    HOLIDAYS,
    CALLS,
    STRATEGIES,
)
"""Every input sheet that is offered, in the order of the workbook."""
