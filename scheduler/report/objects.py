"""The one object that ``--json`` puts on standard output, for every command. The keys of ``solve`` are a contract."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.checking import Check
from scheduler.errors import ContradictionError, InputError, Problem
from scheduler.export import shortage_object
from scheduler.instance import Instance
from scheduler.result import BlockRecord, LevelResult, Result
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Rule
from scheduler.shortages import never_covered

if TYPE_CHECKING:
    from scheduler.review import Review
    from scheduler.workbook.meta import Edit

Object = dict[str, Any]
CellOf = Callable[[str, int], str | None]
"""The place of a person's day on the Roster sheet, ``Roster!F7``; None where the sheet has none."""


def problem_object(problem: Problem) -> Object:
    return dataclasses.asdict(problem)


def error_object(error: BaseException, message: str, exit_code: int) -> Object:
    """What a command that failed says."""
    problems, notes = (error.problems, error.notes) if isinstance(error, InputError) else ((), ())
    reasons = error.reasons if isinstance(error, ContradictionError) else ()
    return {
        "error": message,
        "problems": [problem_object(problem) for problem in problems],
        "notes": [problem_object(note) for note in notes],
        "reasons": list(reasons),
        "exit_code": exit_code,
    }


def level_object(level: LevelResult) -> Object:
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
        "seed": record.seed,
        "versions": dict(record.versions),
        "instance_sha256": record.instance_sha256,
        "output": str(output),
        "never_covered": never_object(instance),
    }
    if record.blocks:
        found["blocks"] = [block_object(block, instance) for block in record.blocks]
    if record.incidents:
        found["incidents"] = list(record.incidents)
    return found


def check_object(check: Check) -> Object:
    instance = check.instance
    return {
        "ok": check.ok,
        "problems": [problem_object(problem) for problem in check.problems],
        "notes": [problem_object(note) for note in check.notes],
        "capacity": None if check.capacity is None else dataclasses.asdict(check.capacity),
        "never_covered": None if instance is None or check.capacity is None else never_object(instance),
        "staff": None if instance is None else len(instance.staff),
        "days": None if instance is None else instance.days,
        "instance_sha256": None if instance is None else instance.sha256,
    }


def finding_object(finding: Finding, instance: Instance, cell_of: CellOf) -> Object:
    """The cell to change first comes first."""
    return {
        "rule": finding.rule,
        "hard": finding.hard,
        "message": finding.message,
        "cells": places(finding, cell_of),
        "staff": list(finding.staff),
        "dates": [instance.calendar.date(day).isoformat() for day in finding.days],
        "hotspot": finding.hotspot,
        "amount": finding.amount,
        "unit": finding.unit,
        "cost": finding.cost,
    }


def places(finding: Finding, cell_of: CellOf) -> list[str]:
    """The Roster cells of a finding: every person with every day, in the order of the finding."""
    found = (cell_of(staff, day) for staff in finding.staff for day in finding.days)
    return [place for place in found if place is not None]


def rules_object(language: str) -> Object:
    return {"rules": [rule_object(rule, language) for rule in RULES]}


def rule_object(rule: type[Rule[Any]], language: str) -> Object:
    """A rule as a planner can steer it: title, columns, and its parameters as rows of the Settings sheet."""
    schema = rule.parameters_class.model_json_schema().get("properties", {})
    return {
        "code": rule.code,
        "title": rule.title.get(language, rule.title["en"]),
        "description": _first_paragraph(rule.__doc__),
        "hard": rule.hard,
        "columns": list(rule.columns),
        "parameters": [
            {
                "key": f"{rule.code}.{name}",
                "default": field.default,
                "description": field.description or "",
                "minimum": schema.get(name, {}).get("minimum"),
                "maximum": schema.get(name, {}).get("maximum"),
            }
            for name, field in rule.parameters_class.model_fields.items()
        ],
        "sources": [{"text": source.text, "sourced": source.sourced} for source in rule.sources],
    }


def _first_paragraph(docstring: str | None) -> str:
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def audit_object(review: Review) -> Object:
    """``edited`` and ``facts_changed`` are null when the workbook holds no record of a solve to compare with."""
    instance, cell_of = review.instance, review.cell_of
    found = [finding_object(finding, instance, cell_of) for finding in review.findings]
    return {
        "violations": review.violations,
        "findings": found,
        "edited": None if review.edits is None else [edit_object(edit, instance, cell_of) for edit in review.edits],
        "facts_changed": review.facts_changed,
        "staff": len(instance.staff),
        "assignments": len(review.roster),
        "instance_sha256": instance.sha256,
        "never_covered": never_object(instance),
    }


def never_object(instance: Instance) -> Object:
    """What no roster covers, however many people there are: each stretch with its cause, and the part of every level's value and
    bound."""
    never = never_covered(instance)
    return {
        "levels": {level.name.lower(): minutes for level, minutes in never.levels.items()},
        "stretches": [shortage_object(instance, item) for item in never.stretches],
    }


def edit_object(edit: Edit, instance: Instance, cell_of: CellOf) -> Object:
    """One cell that differs from what the solver left; empty text is a free day."""
    return {
        "cell": cell_of(edit.staff, instance.calendar.day(edit.date)),
        "staff": edit.staff,
        "date": edit.date.isoformat(),
        "before": edit.before,
        "after": edit.after,
    }
