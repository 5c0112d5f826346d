"""What the commands say, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

COMMANDS: dict[str, Wording] = {
    "formerly": "formerly",
    "names_settings": "Settings (keys)",
    "names_results": "Result sheets",
    "duration": "{hours} h {minutes}",
    "problems": (
        "{count} problem in {path}:",
        "{count} problems in {path}:",
    ),
    "impossible": (
        "No roster is possible with {path}: what it asks for cannot all hold ({count} contradiction):",
        "No roster is possible with {path}: what it asks for cannot all hold ({count} contradictions):",
    ),
    "note": "note",
    "check_fine": "{path} can be solved (people: {staff}, hotspots: {hotspots}, days: {days} from {start}).",
    "written": "Written: {path}",
    "safe": "The roster is safe in {path}.",
    "unrescued": "No place takes the roster as a file. Here it is as CSV:",
    "rescued": "{reason} The roster is safe in {path}.",
    "exported_broken": (
        "The roster breaks a hard rule in {count} place; `vigie audit` names it.",
        "The roster breaks hard rules in {count} places; `vigie audit` names them.",
    ),
    "begun": "Solving for up to {seconds} s (people: {staff}, hotspots: {hotspots}, days: {days}).",
    "compiling": (
        "First run after installing: the search is compiled once, about a minute that does not count in the time limit."
    ),
    "compiled": "Compiling took {seconds} s, once; it is not part of the time limit.",
    "progress_short": "short now",
    "progress_least": "proven least",
    "progress_block": "block {part}",
    "progress_building": "Building a first roster",
    "progress_enough": "Good enough to stop? Yes, within 1 % of what is possible (Ctrl-C keeps it).",
    "progress_not_yet": "Good enough to stop? Not yet: coverage may still improve.",
    "seconds_left": "{seconds} s left",
    "blocks_left": (
        "{folder} holds finished blocks of an earlier run; everything is solved again. --resume continues from them, if they fit."
    ),
    "no_blocks_left": "{folder} holds no finished block to resume; all is solved from the beginning.",
    "stage_first roster": "first roster",
    "stage_coverage": "coverage",
    "stage_resumed": "resumed",
    "stage_search": "search",
    "stage_CP-SAT": "CP-SAT",
    "stage_annealing": "annealing",
    "stage_column generation": "columns",
    "stage_quality": "quality",
    "stage_proof": "proof",
    "stopping": "Stopping; the best roster so far will be written. Ctrl-C again abandons it.",
    "none_yet": "There is no roster yet, so there is none to write.",
    "status_optimal": "Proven: no better roster exists at any level.",
    "status_feasible": "A legal roster; not every level is proven.",
    "status_interrupted": "A legal roster, kept when the run ended before all was done.",
    "head_days": "days",
    "blocks": (
        "Gap of each block, as it was solved (with one more week), to the best possible after the blocks "
        "before it and with the block's part of yearly and period limits:"
    ),
    "for_the_people": "For the people:",
    "hours_off": "hours off contract",
    "head_level": "level",
    "head_gap": "gap",
    "head_hotspot": "hotspot",
    "head_people": "people",
    "head_value": "value",
    "head_bound": "bound",
    "head_required": "required",
    "proven": "proven",
    "hours_unit": "h",
    "shortages": (
        "{count} shortage, {hours} person-hours, listed on the sheet {sheet}.",
        "{count} shortages, {hours} person-hours, listed on the sheet {sheet}.",
    ),
    "no_shortage": "No shortage.",
    "audit_fine": "No hard rule is broken: {assignments} duties of {staff} people.",
    "audit_broken": (
        "Hard rules are broken ({count} finding):",
        "Hard rules are broken ({count} findings):",
    ),
    "audit_priced": (
        "Priced: {count} finding, {shown} shown (--all for every one).",
        "Priced: {count} findings, {shown} shown (--all for every one).",
    ),
    "edited": (
        "{count} cell edited by hand since the solve:",
        "{count} cells edited by hand since the solve:",
    ),
    "unproven": "–: nothing is proven of this roster there.",
    "edits_together": (
        "In brackets: by how much a level is worse (+) or better (−) than if that cell alone were as before. "
        "All together: {cost}."
    ),
    "cost_none": "no cost",
    "cost_unknown": "cost not known",
    "unedited": "No cell was edited by hand since the solve.",
    "no_record": "The workbook holds no record of a solve: hand edits cannot be told.",
    "facts_changed": "The facts of the workbook (staff, demand, absences …) have changed since the solve.",
    "rules_changed": (
        "It was solved with the rules of another version of Vigie: its proof no longer counts. Solve it again."
    ),
    "free": "free",
    "rule_hard": "hard",
    "priced": "priced",
    "default": "default",
    "blank": "blank:",
    "source": "source",
    "unsourced": "no public source found",
    "columns": "columns",
    "advice": "A starting point, not legal advice: every figure is a cell of the workbook.",
    "rules_words": (
        "Each rule as the audit applies it. What a night, a weekend, leave and other terms are stands at the end."
    ),
    "labelled": "{label}: {words}",
    "terms": "Terms",
    "weighted": "Police minimum hours are weighted by the hotspot's priority.",
    "capacity_pools": (
        "Capacity before any roster, in person-hours (proven short: missing in every legal roster of these people):"
    ),
    "capacity_posts": "Full-time staff each hotspot asks for, before any absence:",
    "head_pool": "pool",
    "head_fte": "fte",
    "head_due": "due",
    "head_most": "at most",
    "head_minimum": "minimum",
    "head_target": "target",
    "head_short_minimum": "proven short",
    "head_short_target": "of target",
    "status_rejected": "The audit disagrees with the solver: this roster breaks a hard rule and must not be used.",
    "hint_new": "`vigie new FILE` writes an empty workbook, `vigie new FILE --example NAME` one of: {names}.",
    "proposal_only": "A proposal: nothing was written.",
    "suggest_hole": "Wanted: somebody for {shift} at {hotspot} on {date} ({start}–{end}).",
    "suggest_hole_of": "Wanted: somebody for {shift} at {hotspot} on {date} ({start}–{end}), in place of {staff}.",
    "suggest_there": "On the same duty: {people}.",
    "suggest_lacking": "With nobody, the hotspot lacks during it: {lacking}.",
    "suggest_lacking_none": "With nobody, the hotspot lacks nothing during it.",
    "suggest_off_breaks": "Taking the person off breaks by itself: {finding}.",
    "suggest_none": "Nobody can legally take it alone and cover what is missing.",
    "suggest_legal": (
        "{count} person can legally take it, {reserves} of them free that day ({shown} shown):",
        "{count} people can legally take it, {reserves} of them free that day ({shown} shown):",
    ),
    "suggest_useless": (
        "{count} more person could legally stand there, but would cover nothing of what is missing (--all).",
        "{count} more people could legally stand there, but would cover nothing of what is missing (--all).",
    ),
    "suggest_head_person": "person",
    "suggest_head_leaves": "leaves",
    "suggest_head_balance": "± contract",
    "suggest_head_before": "rest before",
    "suggest_head_after": "rest after",
    "suggest_head_home": "home",
    "suggest_head_points": "points",
    "suggest_head_coverage": "coverage",
    "suggest_called": "Called {at}: {answer}",
    "suggest_excluded": (
        "{count} person cannot ({shown} shown, the nearest first):",
        "{count} people cannot ({shown} shown, the nearest first):",
    ),
    "suggest_unfit": (
        "{count} of them may not stand at {hotspot} or not work {shift} at all (--all names the reason).",
        "{count} of them may not stand at {hotspot} or not work {shift} at all (--all names the reasons).",
    ),
    "suggest_chains": (
        "Two moves ({count} chain found, {shown} shown):",
        "Two moves ({count} chains found, {shown} shown):",
    ),
    "suggest_effect": "coverage: {coverage}; quality: {points} points",
    "suggest_ranking": (
        "Order: people free that day first; then least left uncovered, fewest hours over the contract, fewest nights and "
        "weekends this year, home hotspot. Answers to earlier calls never count. Hours, nights and weekends include this duty."
    ),
    "swap_side": "{staff} gives {given} on {date} and takes {taken}.",
    "swap_lines": "Both lines around it (* changes):",
    "swap_before": "before",
    "swap_after": "after",
    "swap_legal": "Legal: no hard rule is broken that was kept before.",
    "swap_broken": (
        "Not legal: it breaks a hard rule ({count} finding):",
        "Not legal: it breaks hard rules ({count} findings):",
    ),
    "swap_mended": "It mends: {finding}.",
    "swap_coverage": "Coverage: {coverage}.",
    "swap_same_coverage": "as before",
    "swap_company": (
        "{staff} on {duty} of {date}: at least {together} of the same category there at all times, {police} police, the person "
        "included."
    ),
    "swap_figures": "{staff}: ± contract {hours}, nights {nights}, weekends {weekends}.",
    "swap_quality": "Quality: {points} points.",
    "swap_agree": "Both must agree: {one} and {other}.",
}
