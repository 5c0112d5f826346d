"""What `vigie explain` says, by code: the steps of the waterfall are named so on sheets and pages too."""

from __future__ import annotations

from scheduler.messages.translate import Wording

EXPLAIN: dict[str, Wording] = {
    "waterfall_headcount": "everybody, full time",
    "waterfall_headcount_date": "everybody, by the shifts of the date",
    "waterfall_part_time": "part time",
    "waterfall_service": "out of service",
    "waterfall_holidays": "public holidays",
    "waterfall_leave": "leave",
    "waterfall_leave_date": "leave, out of service",
    "waterfall_balance": "balance carried in",
    "waterfall_elsewhere": "training and duties elsewhere",
    "waterfall_over": "hours over the contract that are allowed",
    "waterfall_week": "limit of a week",
    "waterfall_competence": "may not stand here",
    "waterfall_duties": "whole duties, breaks",
    "waterfall_rest": "rest between duties",
    "waterfall_nights": "nights in a row",
    "waterfall_weekends": "weekends",
    "waterfall_days": "days in a row, days off",
    "waterfall_hours": "hours of the week and the period",
    "waterfall_decided": "locks and other limits",
    "waterfall_plannable": "plannable at most",
    "waterfall_required": "required: minimum {minimum} h, target {target} h",
    "waterfall_unreachable": "No duty reaches {minimum} h of this minimum and {target} h of this target, whoever is there.",
    "waterfall_of": ("{home}, {role}: {count} person", "{home}, {role}: {count} people"),
    "waterfall_all": ("All together, {role}: {count} person", "All together, {role}: {count} people"),
    "waterfall_head_step": "step",
    "waterfall_head_people": "people",
    "waterfall_head_change": "change (h)",
    "waterfall_head_left": "left (h)",
    "waterfall_head_rules": "rules",
    "waterfall_head_cells": "cells",
    "waterfall_missing": (
        "Proven: at least {minimum} h of the minimum and {target} h of the target are missing in every roster of these people."
    ),
    "waterfall_others": (
        "Proven: at least {minimum} h of the minimum and {target} h of the target are held by people from elsewhere or missing."
    ),
    "waterfall_nothing": "These hours would be enough for the target. Whether they lie where they are asked, a roster shows.",
    "waterfall_rules": (
        "What binds: rules. Without rest, nights, weekends and days in a row the hours would be enough for the target."
    ),
    "waterfall_absences": (
        "What binds: absences. Without leave, holidays and duties elsewhere the hours would be enough for the target."
    ),
    "waterfall_both": "What binds: rules and absences together. Without both the hours would be enough for the target.",
    "waterfall_people": (
        "What binds: people. Even without an absence and without rules of rest the hours would not be enough for the target."
    ),
    "waterfall_no_hotspot": "None of their own hotspots is asked about.",
    "waterfall_date": (
        "Figures of {date}, from midnight to midnight. Hours over the period hardly bind on one date: for them leave out --date."
    ),
    "waterfall_reading": (
        "Person-hours. Each step is the most that legal lines of work reach with its rules and those above; the steps add up."
    ),
    "waterfall_no_roles": "Roles such as patrol leader are shown with --zone or --hotspot.",
    "explain_roster": "The roster of the workbook misses here: {lacking}.",
    "explain_roster_whole": "The roster of the workbook misses nothing here.",
    "explain_conflicts": (
        "The locks cannot all be kept ({count} conflict). The figures leave all locks out.",
        "The locks cannot all be kept ({count} conflicts). The figures leave all locks out.",
    ),
    "explain_freed": "To end all of these conflicts it is enough to free {cells}; fewer cells are not enough.",
    "waterfall_history": "People on duty from before the period hold {hours} h of it at most.",
    "person_duty": "{staff} works {shift} at {hotspot} on {date} ({start}–{end}).",
    "person_free": "{staff} has no duty on {date}.",
    "person_absent": "Absent or on duty elsewhere on this date: {cells}.",
    "person_locked": "The planner has locked this date: {cells}.",
    "person_by_hand": "The planner edited this cell after the solve.",
    "person_figures": (
        "Hours against the contract {balance}, nights this year {nights}, weekends {weekends}; rest before {before}, "
        "after {after}."
    ),
    "person_why": "Why this duty:",
    "person_why_covers": "without it the hotspot would lack: {coverage}",
    "person_why_breaks": "without it a rule would be broken: {finding}",
    "person_why_saves": "without it the roster would be worse by {points} points",
    "person_why_none": "by itself it covers nothing that is missing: without it the roster would be better by {points} points",
    "person_why_neither": "by itself it neither covers what is missing nor saves anything",
    "person_options": "What else this date could hold, with all other cells as they are (best of each shift):",
    "person_head_option": "instead",
    "person_head_legal": "legal",
    "person_head_coverage": "coverage",
    "person_head_points": "points",
    "person_no_options": "No other duty of this date is open to the category.",
    "person_requests": "Requests about this date:",
    "person_no_requests": "There is no request about this date.",
    "person_granted": "{cell}, {request}, weight {weight}: granted.",
    "person_refused": "{cell}, {request}, weight {weight}: not granted.",
    "person_want": "to work",
    "person_want_shift": "to work {shift}",
    "person_avoid": "not to work",
    "person_avoid_shift": "not to work {shift}",
    "person_no_way": "No duty of this date would grant it.",
    "person_way_broken": "{option} would grant it, but is not allowed: {finding}.",
    "person_way_short": "{option} would grant it, but change the coverage: {coverage}. Coverage goes before requests.",
    "person_way_dear": "{option} would grant it, but make the roster worse by {points} points, the request counted.",
    "person_way_open": (
        "{option} would grant it and make the roster no worse by itself (points: {points}). Ask the planner to look at it."
    ),
    "person_reading": (
        "Less coverage is never taken for fewer points. Exchanges that change several cells at once are not looked at. "
        "Nobody else is named."
    ),
    "helps": "What would help, in person-hours (each row is proven again for the changed facts):",
    "helps_none": "By hours alone nothing is proven missing here. Time and place may still miss some: `vigie solve` proves that.",
    "helps_elsewhere": (
        "No hotspot is their own, so nothing is missing here by itself. Leave out --zone to see what would help the hotspots of "
        "others."
    ),
    "helps_head": "if",
    "helps_head_minimum": "minimum, missing at least",
    "helps_head_target": "target, missing at least",
    "helps_now": "all stays as it is",
    "helps_person": "one more person: {organisation}, {category}",
    "helps_zones": "police of all zones may stand everywhere (lateral support or one zone)",
    "helps_rule": "{rule} {after} instead of {before}",
    "helps_reading": (
        "Proven is each figure, not the difference of two: so much is missing at least, with any tool. A change that leaves the "
        "figure as it is may still help, one that lowers it need not."
    ),
    "helps_by_hours": "Bounds by hours alone; --time-limit gives seconds for stronger ones.",
    "helps_in_part": "The time was over before the bounds were as good as they get: more may be missing.",
}
