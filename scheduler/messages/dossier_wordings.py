"""What the dossier says, by code."""

from __future__ import annotations

from scheduler.messages.translate import Wording

DOSSIER: dict[str, Wording] = {
    "dossier_title": "Dossier of a roster",
    "dossier_for": (
        "For the concertation committee (law of 24 March 1999). It tells what decided this roster, what did not, and "
        "what is proven. Nobody who works by it is named or numbered."
    ),
    "dossier_file": "Workbook {file} · document made {at}",
    "dossier_contents": "Contents",
    "dossier_short": "In short",
    "dossier_inputs": "What the roster was made from",
    "dossier_unused": "What was not used",
    "dossier_rules": "The rules, with their figures",
    "dossier_exceeding": "Figures beyond the default",
    "dossier_prices": "What is weighed, and at what price",
    "dossier_fairness": "How work is spread",
    "dossier_decisions": "What people decided",
    "dossier_proof": "What is covered, and what is proven",
    "dossier_versions": "Versions and fingerprints",
    "dossier_log": "The log of runs",
    "dossier_edited": (
        "This roster is not as the solver left it: {count} cell was edited by hand.",
        "This roster is not as the solver left it: {count} cells were edited by hand.",
    ),
    "dossier_published": "Version {version} was published on {at}, until {until}.",
    "dossier_draft": "A draft: nothing of this roster is published.",
    "dossier_exceeds": (
        "{count} figure asks more of people than the default.",
        "{count} figures ask more of people than the default.",
    ),
    "dossier_exceeds_none": "No figure asks more of people than the default.",
    "dossier_undated": (
        "For {count} of them the workbook gives no date of a committee's decision.",
        "For {count} of them the workbook gives no date of a committee's decision.",
    ),
    "dossier_inputs_say": (
        "Each sheet of the workbook, its rows, and what they decide. A search sees nothing else: no network, no other "
        "file, no person's past behaviour."
    ),
    "dossier_head_sheet": "sheet",
    "dossier_head_content": "what it holds",
    "dossier_head_rows": "rows",
    "dossier_head_use": "used for",
    "dossier_use_roster": "the roster",
    "dossier_use_repairs": "repairs: which changes are late",
    "dossier_use_accepted": "the audit: which broken rules are accepted",
    "dossier_use_record": "not used for the roster",
    "dossier_never_say": "The workbook has no place for these, and no figure of the roster depends on them:",
    "dossier_never_answers": (
        "whether somebody accepted or refused an extra duty (sheet {sheet} records calls; neither a search nor an order "
        "of names reads it)"
    ),
    "dossier_never_performance": "performance, appraisals, punctuality",
    "dossier_never_absence": (
        "the reason of an absence, or anybody's health: a sheet says from when to when, nothing more"
    ),
    "dossier_never_person": "age, sex, origin, family, union membership",
    "dossier_never_tracking": "where people are or were: no telephone, vehicle or badge is read",
    "dossier_no_effect": "These columns are read and change nothing of a roster: {columns}.",
    "dossier_ignored": "Passed over in this workbook:",
    "dossier_rules_say": (
        "A roster must keep every hard rule; a broken one is named in the audit. Default: the figure that holds where "
        "the workbook says nothing. It is a starting point, not legal advice. The command vigie rules prints the whole "
        "text of each rule."
    ),
    "dossier_rules_caption": "Hard rules",
    "dossier_head_rule": "rule, source and figures",
    "dossier_head_figure": "figure",
    "dossier_head_default": "default",
    "dossier_head_force": "in force",
    "dossier_head_broken": "broken",
    "dossier_also": "steered by {columns}",
    "dossier_as_default": "default",
    "dossier_but": "{contract}: {figure}",
    "dossier_others": "others",
    "dossier_beyond": "† asks more of people than the default, or protects them less: see the next section.",
    "dossier_exceeding_say": (
        "A figure exceeds where it asks more of people than the default, or protects them less. The committee's decision "
        "is what column {column} of the workbook says; nobody but the planner has checked it."
    ),
    "dossier_head_cell": "cell",
    "dossier_head_contract": "contract",
    "dossier_head_decided": "committee's decision",
    "dossier_no_date": "no date given",
    "dossier_decided_late": "{date}, after the first day of the roster",
    "dossier_all_contracts": "all",
    "dossier_own_limits": (
        "{count} person of contract {contract} has a limit of weekends a year of their own above the default.",
        "{count} people of contract {contract} have a limit of weekends a year of their own above the default.",
    ),
    "dossier_prices_say": (
        "Where no hard rule decides, the roster with the fewest points is taken, after coverage. One point is one minute "
        "of contract hours. Paid: what this roster pays, over all people."
    ),
    "dossier_prices_caption": "Weighed rules",
    "dossier_prices_sum": "Points paid in all: {points}.",
    "dossier_head_points": "points paid",
    "dossier_head_places": "places",
    "dossier_fairness_say": (
        "People of one contract, from the fewest to the most; a quarter of them have at most the figure under ‘quarter’. "
        "Of fewer than {fewest} people nothing is shown, so that nobody is recognised."
    ),
    "dossier_nights_title": "Night duties per person",
    "dossier_weekends_title": "Weekends worked per person",
    "dossier_hours_title": "Hours over (+) or under (−) what is due, per person",
    "dossier_head_least": "fewest",
    "dossier_head_quarter": "quarter",
    "dossier_head_middle": "middle",
    "dossier_head_three": "three quarters",
    "dossier_head_most": "most",
    "dossier_too_few": "too few",
    "dossier_comparable": (
        "Most minus fewest among people who can be compared (same contract, share of full time and hotspots, there the "
        "whole period): nights {nights}, weekends {weekends}."
    ),
    "dossier_locked": (
        "{count} duty was decided beforehand (sheet {sheet}).",
        "{count} duties were decided beforehand (sheet {sheet}).",
    ),
    "dossier_kept_free": (
        "{count} day was kept free.",
        "{count} days were kept free.",
    ),
    "dossier_edits": (
        "{count} cell was edited by hand after the solve: {kinds}.",
        "{count} cells were edited by hand after the solve: {kinds}.",
    ),
    "dossier_edits_none": "No cell was edited by hand after the solve.",
    "dossier_edits_unknown": "Whether cells were edited by hand is not known: the workbook holds no record of a solve.",
    "dossier_edits_cost": "All edits together, by level (+ is worse): {costs}.",
    "dossier_repaired": (
        "{count} day of a person differs from the roster that people went by: {causes}; {late} announced inside the days "
        "of notice.",
        "{count} days of people differ from the roster that people went by: {causes}; {late} announced inside the days "
        "of notice.",
    ),
    "dossier_count_of": "{what}: {count}",
    "dossier_overrides_caption": "Hard rules broken by decision (sheet {sheet})",
    "dossier_overrides_none": "No rule is broken by decision.",
    "dossier_head_rule_only": "rule",
    "dossier_head_by": "decided by",
    "dossier_head_on": "decided on",
    "dossier_head_about": "for the date",
    "dossier_head_reason": "reason",
    "dossier_override_idle": "not broken there",
    "dossier_head_effect": "effect",
    "dossier_accepted": "accepted",
    "dossier_published_caption": "Published versions",
    "dossier_head_version": "version",
    "dossier_head_announced": "duties announced",
    "dossier_head_cancelled": "duties cancelled",
    "dossier_levels_caption": "Levels, in their order: a later one never worsens an earlier one",
    "dossier_bound_say": (
        "Bound: no roster of these people under these rules that is as good at the levels above misses less. Where value "
        "and bound are equal, the roster is proven best."
    ),
    "dossier_head_what": "what",
    "dossier_head_value": "value",
    "dossier_versions_caption": "What made this roster, and what it is about",
    "dossier_file_sha": "SHA-256 of the workbook",
    "dossier_facts_sha": "fingerprint of the facts now",
    "dossier_solved_sha": "fingerprint of the facts that were solved",
    "dossier_rules_digest": "fingerprint of the rules: in this Vigie / at the solve",
    "dossier_published_digest": "fingerprint of what was published",
    "dossier_solver_versions": "versions at the solve",
    "dossier_log_none": (
        "There is no log ({file}) beside this workbook: who made it, when and from what cannot be told."
    ),
    "dossier_log_unread": "The log beside this workbook cannot be read: {reason}",
    "dossier_log_whole": (
        "The log holds {count} entry, and its chain is whole.",
        "The log holds {count} entries, and its chain is whole.",
    ),
    "dossier_log_changed": "The chain of the log is broken: entry {entry} (line {line}) is not as it was written.",
    "dossier_log_removed": "The chain of the log is broken: entry {entry} was removed; it stood before line {line}.",
    "dossier_log_moved": "The chain of the log is broken: entry {entry} is not at its place (line {line}).",
    "dossier_log_unreadable": "The chain of the log is broken: line {line} is no entry, and none knows of it.",
    "dossier_log_torn": (
        "A run was cut off while it wrote its entry: line {lines}.",
        "Runs were cut off while they wrote their entries: lines {lines}.",
    ),
    "dossier_log_own": "Entry {entry} tells how this very file was made.",
    "dossier_log_not_own": "No entry is about this file as it is now: it was saved again, or comes from elsewhere.",
    "dossier_log_head": "Fingerprint of the newest entry ({entry}): {hash}",
    "dossier_log_limits": (
        "The chain shows an entry that was changed, removed, put in or moved. It cannot show that the newest entries "
        "were cut off, or that the whole file was written anew: nothing in it is secret. Keep the fingerprint above on "
        "paper; a later log must still hold it."
    ),
    "dossier_log_caption": "Entries about this workbook, those it came from, and rosters of the same facts",
    "dossier_log_others": (
        "{count} more entry is about other files of the folder, or earlier.",
        "{count} more entries are about other files of the folder, or earlier.",
    ),
    "dossier_head_entry": "entry",
    "dossier_head_at": "time (UTC)",
    "dossier_head_command": "command",
    "dossier_head_from": "from",
    "dossier_head_made": "made",
    "dossier_head_status": "status",
    "dossier_head_findings": "hard rules broken",
    "dossier_head_human": "locks · overrides · edits",
    "dossier_broken_warning": (
        "The roster breaks a hard rule in {count} place; the dossier says so.",
        "The roster breaks hard rules in {count} places; the dossier says so.",
    ),
}
