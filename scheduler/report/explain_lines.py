"""What `vigie explain` says of a workbook or a part of it, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.waterfall import FactRef
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.effects import coverage_words, lacking_objects
from scheduler.report.objects import Object
from scheduler.report.waterfall_lines import Where, waterfall_lines, waterfall_object
from scheduler.workflows.explain import Explanation
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
        yield ""
    if found.asked.day is not None:
        yield text(language, "waterfall_date", date=instance.calendar.date(found.asked.day))
        yield ""
    for item in (*found.waterfalls, *found.totals):
        yield from waterfall_lines(instance, item, _cell_of(found), language, date=dated)
        yield ""
    if found.lacking is not None:
        if found.lacking:
            words = coverage_words({place: -minutes for place, minutes in found.lacking.items()}, language)
            yield text(language, "explain_roster", lacking=words)
        else:
            yield text(language, "explain_roster_whole")
    yield text(language, "waterfall_reading")


def explain_object(found: Explanation) -> Object:
    """``waterfalls`` in person-minutes; ``missing`` is what the roster of the workbook lacks there, null without a roster."""
    asked, instance = found.asked, found.instance
    return {
        "schema": SCHEMA,
        "hotspot": asked.hotspot,
        "zone": asked.zone,
        "date": None if asked.day is None else instance.calendar.date(asked.day).isoformat(),
        "waterfalls": [waterfall_object(item, _cell_of(found)) for item in found.waterfalls],
        "totals": [waterfall_object(item, _cell_of(found)) for item in found.totals],
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
        "rule": None if finding is None else finding.rule,
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
