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
    "published_now": "Version {version} is published until {until}: {duties} duties of {people} people.",
    "calendars_written": ("{count} calendar written in {folder}.", "{count} calendars written in {folder}."),
    "calendars_changed": (
        "{count} person has duties that differ from what was published: see the files -changes.ics and -cancelled.ics.",
        "{count} people have duties that differ from what was published: see the files -changes.ics and -cancelled.ics.",
    ),
    "anonymous_done": (
        "{count} person has a new id, at hotspots that keep their names ({hotspots}).",
        "{count} people have new ids, at hotspots that keep their names ({hotspots}).",
    ),
    "anonymous_dates_stay": (
        "Dates were not moved: no number of weeks keeps the clock changes and the calendar years where they are."
    ),
    "anonymous_roles_dropped": (
        "Role dropped, which fewer than three people hold and no demand asks for: {roles}.",
        "Roles dropped, which fewer than three people hold and no demand asks for: {roles}.",
    ),
    "anonymous_roles_kept": (
        "Role kept, as a demand asks for it, although fewer than three people hold it: {roles}.",
        "Roles kept, as a demand asks for them, although fewer than three people hold them: {roles}.",
    ),
    "anonymous_few": (
        "{count} person is of an organisation that has fewer than three of the category: {staff}.",
        "{count} people are of an organisation that has fewer than three of the category: {staff}.",
    ),
    "anonymous_rare": (
        "Fewer than three of an organisation have the same value in column {column}: {count} person ({staff}).",
        "Fewer than three of an organisation have the same value in column {column}: {count} people ({staff}).",
    ),
    "anonymous_mapping": "Written: {path}. It says who is who: keep it apart from the workbook.",
    "published_changed_days": (
        "{count} day of a person differs from version {before}.",
        "{count} days of people differ from version {before}.",
    ),
    "not_published_broken": (
        "Nothing is published: the roster breaks a hard rule in {count} place, and no row of sheet Overrides accepts it.",
        "Nothing is published: the roster breaks hard rules in {count} places, and no row of sheet Overrides accepts them.",
    ),
    "repaired": (
        "{count} day is changed, of {people} person; announced late: {late}.",
        "{count} days are changed, of {people} people; announced late: {late}.",
    ),
    "repaired_nothing": "Nothing is changed.",
    "repaired_least": (
        "Proven: no roster that covers as much changes less than {count} day inside notice.",
        "Proven: no roster that covers as much changes less than {count} days inside notice.",
    ),
    "edits_locked": (
        "{count} edit by hand is kept, as a row of sheet {sheet}.",
        "{count} edits by hand are kept, as rows of sheet {sheet}.",
    ),
    "changes_elsewhere": (
        "… and {count} more change on sheet {sheet}.",
        "… and {count} more changes on sheet {sheet}.",
    ),
    "shortages_now": "Missing in all: {hours} person-hours, see sheet Shortages.",
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
    "diff_of": "{old} → {new}",
    "diff_input": (
        "Input differs in {count} row:",
        "Input differs in {count} rows:",
    ),
    "diff_input_same": "The input is the same.",
    "diff_input_only": "Only the input is compared: one of the workbooks holds no roster.",
    "diff_row": "row",
    "diff_row_added": "new",
    "diff_row_removed": "gone",
    "diff_row_changed": "changed",
    "diff_more": "… and {count} more (--all for every one).",
    "diff_without_roster": "{path} holds no roster: only the input is compared.",
    "diff_no_dates": "The two rosters have no date in common.",
    "diff_dates": "Rosters compared from {first} to {last}.",
    "diff_outside": "On other dates: {old} duties of the old roster, {new} of the new one.",
    "diff_same": "No duty differs.",
    "diff_changes": (
        "{count} day of a person differs (people: {staff}):",
        "{count} days of people differ (people: {staff}):",
    ),
    "diff_notice": "Notice of published days (announced {at})",
    "notice": "notice",
    "notice_not_due": "not due",
    "notice_in_time": "announced in time",
    "notice_late": "announced late",
    "notice_past": "duty already begun",
    "diff_duties_before": "duties before",
    "diff_duties_after": "duties after",
    "diff_lost": "lost",
    "diff_gained": "gained",
    "diff_hours_before": "hours before",
    "diff_hours_after": "hours after",
    "diff_all": "all",
    "diff_coverage": "Coverage in person-hours (gain: fewer missing)",
    "diff_asked_before": "asked before",
    "diff_asked_after": "asked after",
    "diff_short_before": "short before",
    "diff_short_after": "short after",
    "diff_gain": "gain",
    "diff_nothing_asked": "Nothing is asked for.",
    "diff_sheet_summary": "Differences",
    "diff_sheet_input": "Input",
    "diff_sheet_changes": "Duties",
    "diff_sheet_people": "People",
    "diff_sheet_hotspots": "Hotspots",
    "diff_sheet_coverage": "Coverage",
    "audit_fine_else": "No other hard rule is broken: {assignments} duties of {staff} people.",
    "audit_accepted": (
        "Broken by decision ({count} finding, sheet {sheet}):",
        "Broken by decision ({count} findings, sheet {sheet}):",
    ),
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
}
