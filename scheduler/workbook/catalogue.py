"""Every input sheet and its columns, once: the template, the reader, the writer and the documentation all read this."""

from __future__ import annotations

from scheduler.workbook.columns import Column, Kind, Sheet
from scheduler.workbook.records import CALLS

_CATEGORIES = ("police", "non_police")

SETTINGS = Sheet(
    "Settings",
    "",
    (
        Column("key", Kind.TEXT, "Name of the setting, or rule.parameter", "start_date", required=True, width=34),
        Column("value", Kind.ANY, "Its value", "2026-03-02", width=30),
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
)
"""Every input sheet that is offered, in the order of the workbook."""
