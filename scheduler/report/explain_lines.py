"""What `vigie explain` says of a workbook or a part of it, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.waterfall import FactRef
from scheduler.messages.formats import hours
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf
from scheduler.messages.texts import text
from scheduler.report.effects import coverage_words, lacking_objects
from scheduler.report.objects import Object
from scheduler.report.terminal import table
from scheduler.report.waterfall_lines import Where, home_name, waterfall_lines, waterfall_object
from scheduler.rules.support.said import role_name
from scheduler.workflows.explain import Explanation
from scheduler.workflows.helps import Help, HelpKind
from scheduler.workflows.lock_conflicts import LockConflict
from scheduler.workflows.locks import lock_problem

SCHEMA = 1


def explain_lines(found: Explanation, language: Language) -> Iterator[str]:
    """Locks that cannot hold first; then every waterfall, and their sum; last what a roster misses, and how to read it all."""
    instance, dated = found.instance, found.asked.day is not None
    if found.conflicts:
        yield text(language, "explain_conflicts", count=len(found.conflicts))
        for conflict in found.conflicts:
            problem = lock_problem(instance, conflict, found.reading.cells.of)
            yield f"  {problem.named(found.reading.cells.naming).text(language)}"
        if len(found.conflicts) > 1:
            cells = tuple(found.reading.cells.of("locks", row, "date") for row in found.freed)
            yield text(language, "explain_freed", cells=AllOf(cells))
        yield ""
    if found.asked.day is not None:
        yield text(language, "waterfall_date", date=instance.calendar.date(found.asked.day))
        yield ""
    for item in (*found.waterfalls, *found.totals):
        yield from waterfall_lines(instance, item, _cell_of(found), language, date=dated)
        yield ""
    yield from _helps(found, language)
    yield ""
    if found.lacking is not None:
        if found.lacking:
            words = coverage_words(found.lacking, language)
            yield text(language, "explain_roster", lacking=words.replace("+", ""))
        else:
            yield text(language, "explain_roster_whole")
    yield text(language, "waterfall_reading")
    if found.instance.roles and found.asked.zone is None and found.asked.hotspot is None:
        yield text(language, "waterfall_no_roles")


def _helps(found: Explanation, language: Language) -> Iterator[str]:
    told = found.helps.told
    if not told:
        yield text(language, "helps_elsewhere")
        return
    if len(told) == 1 and not told[0].missing.target:
        yield text(language, "helps_none")
        return
    yield text(language, "helps")
    heads = [text(language, name) for name in ("helps_head", "helps_head_minimum", "helps_head_target")]
    rows = [
        [_help(found, item, language), hours(item.missing.minimum, language), hours(item.missing.target, language)]
        for item in told
    ]
    yield from table(heads, rows)
    yield text(language, "helps_reading")
    if found.helps.complete is None:
        if found.asked.day is None:
            yield text(language, "helps_by_hours")
    elif not found.helps.complete:
        yield text(language, "helps_in_part")


def _help(found: Explanation, item: Help, language: Language) -> str:
    match item.kind:
        case HelpKind.PERSON if item.group is not None:
            home, category = home_name(found.instance, item.group.organisation), role_name(item.group.category)
            return text(language, "helps_person", organisation=home, category=category)
        case HelpKind.RULE:
            return text(language, "helps_rule", rule=item.rule, before=item.before, after=item.after)
        case _:
            return text(language, f"helps_{item.kind.value}")


def explain_object(found: Explanation) -> Object:
    """``waterfalls`` in person-minutes; each of ``helps`` is proven by itself; ``missing`` is what the roster of the workbook
    lacks there, null without a roster. Of an organisation without hotspots of its own ``helps`` is empty and ``missing`` null.
    ``free`` are the fewest cells of locks without which none of the conflicts of ``locks`` is left."""
    asked, instance = found.asked, found.instance
    return {
        "schema": SCHEMA,
        "hotspot": asked.hotspot,
        "zone": asked.zone,
        "date": None if asked.day is None else instance.calendar.date(asked.day).isoformat(),
        "waterfalls": [waterfall_object(item, _cell_of(found)) for item in found.waterfalls],
        "totals": [waterfall_object(item, _cell_of(found)) for item in found.totals],
        "helps": [
            {
                "kind": item.kind.value,
                "organisation": None if item.group is None else item.group.organisation,
                "category": None if item.group is None else item.group.category.value,
                "rule": item.rule,
                "before": item.before,
                "after": item.after,
                "missing_minimum_proven": item.missing.minimum,
                "missing_target_proven": item.missing.target,
            }
            for item in found.helps.told
        ],
        "helps_complete": found.helps.complete,
        "free": [found.reading.cells.of("locks", row, "date") for row in found.freed],
        "locks": [_conflict_object(found, conflict) for conflict in found.conflicts],
        "missing": None if found.lacking is None else lacking_objects(found.lacking),
        "instance_sha256": instance.sha256,
    }


def _conflict_object(found: Explanation, conflict: LockConflict) -> Object:
    """``free_one`` are the cells of which any one, freed alone, is enough; ``free`` the fewest that together are."""
    where = found.reading.cells.of
    finding = conflict.finding
    return {
        "staff": list(conflict.staff),
        "cells": [where("locks", row, "date") for row in conflict.locks],
        "facts": [where(*fact) for fact in conflict.facts],
        "rule": finding.rule if finding is not None else None if conflict.alone is None else conflict.alone.rule,
        "message": None if finding is None else str(finding.message),
        "free": [where("locks", row, "date") for row in conflict.correction],
        "free_one": [where("locks", row, "date") for row in conflict.instead],
    }


def _cell_of(found: Explanation) -> Where:
    cells = found.reading.cells

    def where(fact: FactRef) -> str:
        match fact:
            case ("settings", _, key):
                return cells.setting(key)
            case ("sheets", _, name):
                return cells.title(name)
            case _:
                return cells.of(*fact)

    return where
