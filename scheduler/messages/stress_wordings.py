"""What `vigie stress` says, on a terminal and in its workbook, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

STRESS: dict[str, Wording] = {
    "stress_begins": (
        "Simulating {count} run. The first time after installing this takes half a minute more.",
        "Simulating {count} runs. The first time after installing this takes half a minute more.",
    ),
    "stress_head": (
        "{count} run over a roster of {duties} duties, {absence} new absence, seed {seed}.",
        "{count} runs over a roster of {duties} duties, {absence} new absence, seed {seed}.",
    ),
    "stress_reliability": "Of the help that other zones promised, {share} comes.",
    "stress_running": "{done} of {count} runs done.",
    "stress_replaced": "Duties in a run, on average:",
    "stress_duties_away": "of people who are away",
    "stress_duties_withheld": "of help that does not come",
    "stress_duties_reserves": "taken by reserves",
    "stress_duties_called": "taken by people who were free",
    "stress_duties_not_needed": "not needed: nothing is missing without them",
    "stress_duties_open": "left open",
    "stress_levels": "Covered, of what is required:",
    "stress_head_planned": "planned",
    "stress_head_mean": "mean",
    "stress_head_margin": "95 % interval",
    "stress_head_low": "5th pct",
    "stress_head_median": "median",
    "stress_head_high": "95th pct",
    "stress_days": (
        "Of {days} days, {planned} have a minimum missing somewhere as planned; in the runs {mean} on average (5th to 95th "
        "percentile: {low} to {high})."
    ),
    "stress_places": "By hotspot: covered of the police minimum and of the targets; days with a minimum missing:",
    "stress_head_hotspot": "hotspot",
    "stress_head_planned_minimum": "minimum planned",
    "stress_head_mean_minimum": "mean",
    "stress_head_low_minimum": "5th pct",
    "stress_head_planned_target": "targets planned",
    "stress_head_mean_target": "mean",
    "stress_head_low_target": "5th pct",
    "stress_head_days_planned": "days planned",
    "stress_head_days_mean": "days mean",
    "stress_risky": "Most often below a minimum that the roster plans for:",
    "stress_risky_one": "{hotspot} {role} {start}–{end}: in {chance} of the runs; {missing} people missing then on average",
    "stress_reserves": "Police reserves that are enough, by the zone of the hotspots:",
    "stress_head_pool": "zone",
    "stress_head_on_duty": "on duty at a time",
    "stress_head_moments": "at 95 % of all moments",
    "stress_head_period": "all the period, in 95 % of the runs",
    "stress_separate": "zones apart",
    "stress_pooled": "one pool",
    "stress_reserves_say": (
        "At 95 % of all moments every zone covers its own absences with {separate} reserves on duty; one pool for all needs "
        "{pooled}."
    ),
    "stress_none": "Nothing is asked for.",
    "stress_no_risk": "No minimum that the roster plans for was missing in any run.",
    "stress_sheet_summary": "Summary",
    "stress_sheet_hotspots": "Coverage",
    "stress_sheet_days": "Days",
    "stress_sheet_risky": "Hours at risk",
    "stress_sheet_reserves": "Reserves",
    "stress_everywhere": "all hotspots",
    "stress_hours": "hours asked",
    "stress_from": "mean, 95 % from",
    "stress_to": "mean, 95 % to",
    "stress_days_below": "Days with a minimum missing at some moment",
    "stress_planned_days": "days planned",
    "stress_missing_planned": "missing as planned",
    "stress_chance": "share of runs",
    "stress_heads": "heads missing then",
    "stress_start": "from",
    "stress_end": "to",
    "stress_chart": "share of runs in which a minimum is missing somewhere",
    "stress_note": (
        "Coverage of the minimums and targets under simulated absences, with legal replacements only. The interval is that of "
        "the mean over the runs; in one run of twenty the figure is below the 5th percentile."
    ),
}
