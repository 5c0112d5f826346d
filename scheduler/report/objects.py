"""The one object that ``--json`` puts on standard output, for every command. The keys of ``solve`` are a contract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.analysis.coverage import never_covered
from scheduler.analysis.difference import Change, day_text
from scheduler.problem.instance import Instance
from scheduler.report.error_object import Object as Object
from scheduler.report.error_object import problem_object as problem_object
from scheduler.result import BlockRecord, LevelResult, Result
from scheduler.rules.base import Finding
from scheduler.workflows.export import finding_object, shortage_object, whole
from scheduler.workflows.preflight import Check

if TYPE_CHECKING:
    from scheduler.analysis.accepted import Accepted
    from scheduler.analysis.assessment import LevelReview
    from scheduler.analysis.edit_costs import Costs
    from scheduler.workflows.extend import Extension
    from scheduler.workflows.review import Review

CellOf = Callable[[str, int], str | None]
"""The place of a person's day on the Roster sheet, ``Roster!F7``; None where the sheet has none."""


def level_object(level: LevelResult | LevelReview) -> Object:
    return {
        "name": level.name,
        "value": level.value,
        "bound": level.bound,
        "required": level.required,
        "gap": level.gap,
        "proven": level.proven,
    }


def block_object(block: BlockRecord, instance: Instance) -> Object:
    """A block of a long horizon: its first and last date, and its levels with bounds that hold after the blocks before it."""
    return {
        "first": instance.calendar.date(block.first).isoformat(),
        "last": instance.calendar.date(block.stop - 1).isoformat(),
        "solved_until": instance.calendar.date(block.until - 1).isoformat(),
        "levels": [level_object(level) for level in block.levels],
    }


def solve_object(instance: Instance, result: Result, output: Path) -> Object:
    """``violations``, ``staff`` and ``assignments`` are counts; coverage and its levels are person-minutes; ``blocks`` are those
    of a long horizon."""
    record = result.record
    found: Object = {
        "status": record.status.value,
        "levels": [level_object(level) for level in record.levels],
        "coverage": record.coverage.model_dump(),
        "violations": result.violations,
        "staff": len(instance.staff),
        "assignments": len(result.roster),
        "wall_s": record.wall_s,
        "compile_s": record.compile_s,
        "seed": record.seed,
        "versions": dict(record.versions),
        "instance_sha256": record.instance_sha256,
        "output": str(output),
        "never_covered": never_object(instance),
    }
    if record.blocks:
        found["blocks"] = [block_object(block, instance) for block in record.blocks]
    if record.incidents:
        found["incidents"] = [str(incident) for incident in record.incidents]
    return found


def check_object(check: Check) -> Object:
    instance = check.instance
    return {
        "ok": check.ok,
        "impossible": check.impossible,
        "problems": [problem_object(problem) for problem in check.problems],
        "notes": [problem_object(note) for note in check.notes],
        "capacity": None if check.capacity is None else dataclasses.asdict(check.capacity),
        "never_covered": None if instance is None or check.capacity is None else never_object(instance),
        "staff": None if instance is None else len(instance.staff),
        "days": None if instance is None else instance.days,
        "instance_sha256": None if instance is None else instance.sha256,
    }


def placed_finding_object(finding: Finding, instance: Instance, cell_of: CellOf) -> Object:
    """A finding with its cells: the one to change first comes first."""
    return {**finding_object(instance, finding), "cells": places(finding, cell_of)}


def places(finding: Finding, cell_of: CellOf) -> list[str]:
    """The Roster cells of a finding: every person with every day, in the order of the finding."""
    found = (cell_of(staff, day) for staff in finding.staff for day in finding.days)
    return [place for place in found if place is not None]


def accepted_object(item: Accepted, review: Review) -> Object:
    """A broken rule with the decision that accepts it, and the cell where that stands."""
    override = item.override
    return {
        **placed_finding_object(item.finding, review.instance, review.cell_of),
        "decision": {
            "cell": review.places.of("overrides", item.index, "rule"),
            "decided_by": override.decided_by,
            "decided_on": override.decided_on.isoformat(),
            "reason": override.reason,
        },
    }


def audit_object(review: Review, output: Path | None = None) -> Object:
    """``violations`` counts the broken rules that no decision accepts; the others are ``accepted``, not among the findings.
    ``output`` is the workbook that was written, null where none was. ``status``, ``bound`` and ``gap`` are null where the record
    of the solve proves nothing about this roster; ``edited``, ``edits_cost``, ``facts_changed`` and ``rules_changed`` when the
    workbook holds no record to compare with."""
    instance = review.instance
    return {
        "violations": review.violations,
        "findings": [placed_finding_object(finding, instance, review.cell_of) for finding in review.findings],
        "accepted": [accepted_object(item, review) for item in review.accepted],
        "overrides_without_effect": [problem_object(note) for note in review.without_effect],
        **standing_object(review),
        "output": None if output is None else str(output),
        "staff": len(instance.staff),
        "assignments": len(review.roster),
        "instance_sha256": instance.sha256,
        "never_covered": never_object(instance),
    }


def extend_object(extension: Extension, output: Path) -> Object:
    """The next period. ``history`` and ``staff`` are counts; ``to_do`` is what the planner must still see to, in English."""
    instance = extension.instance
    return {
        "schema": 1,
        "output": str(output),
        "start_date": instance.calendar.start.isoformat(),
        "days": instance.days,
        "staff": len(instance.staff),
        "history": len(instance.history),
        "violations": len(extension.broken),
        "findings": [finding_object(extension.before, finding) for finding in extension.broken],
        "to_do": [{"code": item.code, "message": str(item)} for item in extension.to_do],
        "instance_sha256": instance.sha256,
    }


def never_object(instance: Instance) -> Object:
    """What no roster covers, however many people there are: each stretch with its cause, and the part of every level's value and
    bound."""
    never = never_covered(instance)
    return {
        "levels": {level.code: minutes for level, minutes in never.levels.items()},
        "stretches": [shortage_object(instance, item) for item in never.stretches],
    }


def standing_object(review: Review) -> Object:
    """What a roster in a workbook is worth now, and how it differs from the one that was solved. Costs are by how much the value
    of a level is higher than it would be if the edit alone, or all edits, were undone."""
    costs = review.costs
    edits = None
    if review.edits is not None and costs is not None:
        edits = [edit_object(edit, cost, review) for edit, cost in zip(review.edits, costs.each, strict=True)]
    return {
        "status": None if review.status is None else review.status.value,
        "levels": [level_object(level) for level in review.levels],
        "coverage": dict(review.coverage),
        "edited": edits,
        "edits_cost": None if costs is None else costs_object(costs.together),
        "facts_changed": review.facts_changed,
        "rules_changed": review.rules_changed,
    }


def edit_object(edit: Change, cost: Costs | None, review: Review) -> Object:
    """One cell that differs from what the solver left; empty text is a free day."""
    return {
        "cell": review.cell_of(edit.staff, review.instance.calendar.day(edit.date)),
        "staff": edit.staff,
        "date": edit.date.isoformat(),
        "before": day_text(edit.before),
        "after": day_text(edit.after),
        "change": edit.kind.value,
        "cost": costs_object(cost),
    }


def costs_object(costs: Costs | None) -> Object | None:
    return None if costs is None else {level.code: cost for level, cost in costs.items()}


def export_object(review: Review) -> Object:
    """The whole result, for other programs. What ``record`` claims holds for this roster: where it was edited, or the facts were,
    its status is null, its levels are those of now, and the course of the run is left out."""
    content = whole(
        review.instance, review.roster,
        record=review.record, findings=review.findings, shortages=review.shortages,
    )  # fmt: skip
    if review.record is not None and review.status is None:
        levels = [
            {key: getattr(level, key) for key in ("name", "value", "bound", "required")} for level in review.levels
        ]
        now = {"levels": levels, "coverage": dict(review.coverage)}
        content["record"] = {**content["record"], **now, "status": None, "timeline": [], "blocks": []}
    return {
        **content,
        "violations": review.violations,
        "accepted": [accepted_object(item, review) for item in review.accepted],
        **standing_object(review),
    }
