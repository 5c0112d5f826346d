"""What the sheets of a workbook say, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

SHEETS: dict[str, Wording] = {
    "police": "police",
    "non_police": "non-police",
    "police_minimum": "Police minimum",
    "non_police_minimum": "Non-police minimum",
    "minimum": "Minimum",
    "target": "Target",
    "targets": "Targets",
    "changes_in_notice": "Changes inside notice",
    "changes": "Changes outside notice",
    "quality": "Quality",
    "yes": "yes",
    "no": "no",
    "leave": "(leave)",
    "elsewhere": "(elsewhere)",
    "off": "(off)",
    "out": "(–)",
    "no_limit": "no limit",
    "hours_figure": "{hours} h",
    "blank_summed": "blank: {figure}, the sum of '{column}'",
    "blank_used": "blank: {figure}, as usual for {category}",
    "person_h": "person-hours",
    "points": "points",
    "days_unit": "person-days",
    "person_days": ("{count} person-day", "{count} person-days"),
    "week": "Week {number}",
    "page": "page {page} of {pages}",
    "id": "id",
    "name": "name",
    "organisation": "organisation",
    "contract": "contract",
    "category": "category",
    "fte": "fte",
    "count": "people",
    "people": "people",
    "hours": "hours",
    "difference": "±",
    "difference_help": "Hours over (+) or under (−) what is due, the balance carried in included.",
    "nights": "nights",
    "weekends": "weekends",
    "holidays": "holidays",
    "hotspot": "hotspot",
    "role": "role",
    "shift": "shift",
    "level": "level",
    "date": "date",
    "day": "day",
    "from": "from",
    "to": "to",
    "who": "who",
    "when": "when",
    "rule": "rule",
    "kind": "kind",
    "message": "description",
    "cell": "cell",
    "short_h": "short, person-hours",
    "heads_missing": "heads missing",
    "heads_wanted": "heads wanted",
    "was": "before",
    "now": "after",
    "change": "change",
    "change_added": "duty added",
    "change_removed": "duty removed",
    "change_moved": "other hotspot",
    "change_changed": "other shift",
    "published": "published",
    "made_by": "Roster made by Vigie · a starting point for planners, not legal advice",
    "audited_by": "Roster audited by Vigie · a starting point for planners, not legal advice",
    "period": "{first} to {last} · {days} days",
    "verdict_broken": (
        "Not fit for use: a hard rule is broken in {count} place. See sheet {sheet}.",
        "Not fit for use: hard rules are broken in {count} places. See sheet {sheet}.",
    ),
    "verdict_accepted": (
        "{count} broken hard rule is accepted by decision (sheet {sheet}); every other one holds. {short} of {required} "
        "person-hours asked stay uncovered.",
        "{count} broken hard rules are accepted by decision (sheet {sheet}); every other one holds. {short} of {required} "
        "person-hours asked stay uncovered.",
    ),
    "verdict_full": "Every hard rule holds and the whole demand is covered.",
    "verdict_short": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered; it is proven that no"
        " roster of this staff that holds the minimums as well leaves less than {bound}."
    ),
    "verdict_best": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered, and it is proven "
        "that no roster of this staff that holds the minimums as well leaves fewer."
    ),
    "verdict_short_repair": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered; it is proven that no"
        " repair that holds the minimums as well and changes as little inside notice leaves less than {bound}."
    ),
    "verdict_best_repair": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered, and it is proven "
        "that no repair that holds the minimums as well and changes as little inside notice leaves fewer."
    ),
    "verdict_open": (
        "Every hard rule holds. {short} of {required} person-hours asked stay uncovered; it is not proven "
        "that fewer is impossible."
    ),
    "tile_minimum": "police minimum held",
    "tile_targets": "of all demand covered",
    "tile_short": "person-hours short",
    "tile_requests": "of requests granted",
    "tile_broken": "hard rules broken",
    "levels_title": "How good, and how sure",
    "blocks_title": "Block by block: gap to the best possible after the blocks before, with limits shared out",
    "blocks_dates": "dates",
    "level_value": "short",
    "level_bound": "at least (proven)",
    "level_required": "asked",
    "level_gap": "gap",
    "level_proven": "proven best",
    "level_unit": "unit",
    "weighted_h": "person-hours × priority",
    "levels_note": (
        "No roster for these facts that is as good at the levels above is shorter than the proven figure. "
        "Gap: short − proven, as a share of what is asked. A later level never "
        "worsens an earlier one."
    ),
    "staff_title": "People and fairness",
    "due_h": "hours due",
    "planned_h": "hours planned",
    "spread_nights": "spread of nights",
    "spread_weekends": "spread of weekends",
    "requests_share": "requests granted",
    "assigned": "duties",
    "spread_note": (
        "Spread: most minus fewest among people of the contract who share fte and hotspots and are in service "
        "for the whole period."
    ),
    "chart_title": "Heads by hour of the week: planned against asked",
    "asked_minimum": "minimum asked",
    "asked_target": "target asked",
    "planned": "planned",
    "run_title": "How this roster was made",
    "run_status": "status",
    "run_since": "since then",
    "run_unknown": "not known: the workbook holds no record of a solve",
    "run_strategy": "strategy",
    "strategy_separate": "separate zones: each with its own police",
    "strategy_lateral": "zones that lend each other police",
    "strategy_single": "single zone: the police of all zones pooled",
    "run_time": "solving time",
    "run_quality": "quality level",
    "quality_figures": "{value} points, at least {bound} proven, gap {gap}",
    "run_seed": "seed · workers",
    "run_repeat": "repeatable",
    "run_versions": "versions",
    "run_incidents": "what went wrong",
    "run_hash": "fingerprint of the facts",
    "optimal": "proven optimal at every level",
    "feasible": "legal; best found within the time",
    "interrupted": "legal; stopped before the end",
    "rejected": "NOT legal: the audit found broken hard rules",
    "sheet_Roster": "who works what, where",
    "sheet_Posts": "a briefing page for each hotspot and day",
    "sheet_Coverage": "planned and asked, hour by hour",
    "sheet_Shortages": "every gap, with its place",
    "sheet_Findings": "rules broken and wishes unmet",
    "sheet_Hours": "hours, nights, weekends per person",
    "sheet_Changes": "what differs from before",
    "roster_help": (
        "Edit a cell by hand if you must: colours and totals follow. `vigie audit FILE -o NEW` makes the other sheets "
        "follow."
    ),
    "locked": "locked",
    "on_duty": "On duty · {category}",
    "all_shifts": "all shifts",
    "code_title": "Duty and hotspot",
    "code_help": "Choose from the list: shift, one space, hotspot. Empty means free.",
    "code_error": "This is not a shift and a hotspot of this workbook.",
    "posts_title": "Briefing: who stands where",
    "posts_note": (
        "A page for each hotspot and day, by service number. In each shift, first in bold whoever holds a role asked for there, "
        "then police, then non-police. Phone: to fill in by hand."
    ),
    "hours_of_day": "from–to",
    "phone": "phone",
    "absent": "absent",
    "pages_sheet": "Duties",
    "nobody": "–",
    "missing": "missing",
    "coverage_title": "Coverage: planned / asked",
    "coverage_note": (
        "Each cell: heads planned / target, at the worst moment of the hour. After hand edits `vigie audit FILE -o NEW` "
        "writes this sheet anew."
    ),
    "key_met": "target met",
    "key_target": "below target",
    "key_minimum": "below minimum",
    "key_over": "above maximum",
    "shortages_title": "Shortages",
    "cause": "why no roster covers it",
    "cause_history": "only {sheet} can cover it (night before)",
    "cause_no_shift": "no shift covers these hours",
    "never_nobody": (
        "Only {sheet} can cover these: nobody is entered for the night before ({hours} person-hours; more "
        "people would not change that). {places}."
    ),
    "never_few": (
        "Only {sheet} can cover these: too few are entered for the night before ({hours} person-hours; more "
        "people would not change that). {places}."
    ),
    "never_before": (
        "The roster of the period before left these open: duties of its last night would cover them ({hours} person-hours; more "
        "people would not change that). {places}."
    ),
    "never_no_shift": (
        "No shift that may be worked there covers these hours ({hours} person-hours; more people would not "
        "change that). {places}."
    ),
    "never_levels": "Of each level, in hours: {levels}.",
    "shortages_none": "Nothing is short.",
    "shown_total": "person-hours in the rows shown",
    "findings_title": "Findings",
    "findings_none": "No rule is broken and no wish is unmet.",
    "findings_note": (
        "Hard: must be mended before use. Soft: the price paid, in points (1 point = 1 minute of contract "
        "hours). Missing heads are on sheet {sheet}."
    ),
    "hard": "hard",
    "accepted": "accepted",
    "accepted_title": (
        "Accepted by decision: {count} broken rule",
        "Accepted by decision: {count} broken rules",
    ),
    "soft": "soft",
    "hours_title": "Hours and fairness",
    "hours_note": (
        "Planned hours, nights and weekends follow the sheet {sheet} live; the rest is as of the last solve or audit. The sheet "
        "is protected without a password."
    ),
    "balance_in": "balance in",
    "balance_out": "balance out",
    "of_which_elsewhere": "of which elsewhere",
    "nights_before": "nights before",
    "weekends_before": "weekends before",
    "requests_asked": "requests",
    "requests_granted": "granted",
    "granted_short": "granted",
    "granted_share": "granted %",
    "changes_title": "Changes",
    "changes_none": "Nothing to compare with: the workbook that was solved held no roster.",
    "changes_same": "Nothing changed against the roster that stood in the workbook.",
    "edits_none": "Not known: the workbook holds no record of a solve to compare the roster with.",
    "edits_same": "No cell was edited by hand since the solve.",
    "by_hand": "edited by hand",
    "repair_changes_nothing": "Nothing changed against the roster that people go by.",
    "why": "why",
    "announced": "announced",
    "price": "price",
    "announced_late": "late",
    "announced_in_time": "in time",
    "not_published": "not published",
    "day_is_past": "past",
    "cause_edit": "edited by hand",
    "cause_lock": "locked",
    "cause_absence": "absence",
    "cause_incident": "incident",
    "cause_consequence": "consequence",
    "by_solver": "changed by the solve",
    "new_roster": "New roster",
    "note_required": "Required.",
    "note_no_limit": "The word ‘{none}’: no limit.",
    "note_example": "Example: {example}",
    "help_blank": "{help}; blank: {figure}",
    "list_title": "Not in the list",
    "list_warning": "This value is not in the list. Keep it?",
    "compare_sheet_verdict": "Verdict",
    "compare_sheet_levels": "Levels",
    "compare_sheet_zones": "Zones",
    "compare_sheet_municipalities": "Municipalities",
    "compare_sheet_hotspots": "Hotspots",
    "compare_sheet_people": "People",
    "compare_sheet_staffing": "Staffing",
    "staffing_pool": "people of",
    "staffing_note": "Hours missing at least, of everybody together, with so many people more (+) or fewer (−). Those who come "
    "work full time; those who leave are the last full-time people of the sheet. Targets: while the minimums are held as well as "
    "in the roster.",
    "staffing_chart": "hours of the targets missing at least",
    "staffing_people": "people more (+) or fewer (−)",
    "compare_inputs": "What each strategy changes",
    "compare_none": "No strategy has a roster.",
    "compare_hours_missing": "hours missing",
    "compare_asked": "hours asked",
    "compare_short": "hours missing",
    "compare_police_minimum": "of the police minimum",
    "compare_other_minimum": "of the other minimum",
    "compare_over": "hours over the contracts",
    "compare_nights_spread": "spread of nights",
    "compare_weekends_spread": "spread of weekends",
    "compare_different": "hotspots per person",
    "compare_worst_hotspot": "worst hotspot",
    "compare_worst_hour": "worst hour of the week",
    "head_zone": "zone",
    "head_municipality": "municipality",
    "head_proof": "proof",
    "compare_least": "least over the seeds",
    "compare_most": "most over the seeds",
    "covered": "covered",
    "pooling": "police",
    "lends_percent": "lends at most, %",
    "guarantee": "own minimum kept",
    "shifts": "shifts",
    "non_police_used": "non-police staff",
    "federal_used": "federal police",
    "without": "without the people of",
    "guide_to_do": "Still to see to in this new period:",
    "guide_settings": "1. {Settings}: title, first date ({start_date}) and number of days.",
    "guide_people": (
        "2. {Organisations}, {Hotspots}, {Shifts}, {Contracts} and {Staff}: one row each; columns with a red "
        "header must be filled."
    ),
    "guide_demand": (
        "3. {Demand}: how many people, where and when. {Absences}, {Requests}, {Pairs}, {Locked}, {History}, "
        "{Counters}: if there are any."
    ),
    "guide_run": (
        "4. Run  vigie check FILE  until it says that the workbook can be solved, "
        "then  vigie solve FILE -o roster.xlsx ."
    ),
    "guide_help": "Point at a header for help. Never write the reason of an absence. The order of columns is free.",
    "guide_advice": "The limits of the contracts are a starting point, not legal advice.",
    "guide_languages": "En français : vigie new FICHIER --lang fr · In het Nederlands: vigie new BESTAND --lang nl",
    "guide_sheet": "sheet",
    "guide_column": "column",
    "guide_required": "required",
    "guide_meaning": "what stands there",
    "guide_example": "example",
    "guide_names": "other names that are read",
}
