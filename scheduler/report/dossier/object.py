"""What ``vigie dossier --json`` puts on standard output: the content of the document, in no language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scheduler.analysis.contract_spreads import ContractSpread
from scheduler.analysis.figures_in_force import ContractFigure, ParameterFigure
from scheduler.report.objects import Object, standing_object
from scheduler.system.versions import rules_digest
from scheduler.workbook.contract_notes import CONTRACTS
from scheduler.workflows.dossier import Decisions, Dossier, Exceeding, RuleInForce
from scheduler.workflows.run_log import Told

SCHEMA = 1


def dossier_object(found: Dossier, output: Path) -> Object:
    """``edited`` counts cells edited by hand, null where that is not known; levels and coverage are as those of the audit."""
    review, record = found.review, found.review.record
    standing = standing_object(review)
    return {
        "schema": SCHEMA,
        "file": found.file,
        "file_sha256": found.file_sha256,
        "made": found.made.isoformat(timespec="minutes"),
        "violations": review.violations,
        "edited": None if found.decisions.edits is None else found.edited,
        "status": standing["status"],
        "levels": standing["levels"],
        "coverage": standing["coverage"],
        "facts_changed": standing["facts_changed"],
        "rules_changed": standing["rules_changed"],
        "inputs": [{"sheet": item.sheet, "rows": item.rows, "use": item.use.value} for item in found.inputs],
        "ignored": [{"place": note.place, "code": note.message.code} for note in found.ignored],
        "rules": [_rule(item) for item in found.rules],
        "exceeding": [_exceeding(item) for item in found.exceeding],
        "own_limits_above_default": dict(found.own_limits),
        "fairness": [_spread(item) for item in found.spreads],
        "decisions": _decisions(found.decisions),
        "instance_sha256": review.instance.sha256,
        "rules_digest": rules_digest(),
        "record": None if record is None else {
            "instance_sha256": record.instance_sha256, "rules_digest": record.rules_digest, "seed": record.seed,
            "workers": record.workers, "reproducible": record.reproducible, "wall_s": record.wall_s,
            "versions": dict(record.versions),
        },
        "log": _log(found.log),
        "output": str(output),
    }  # fmt: skip


def _rule(item: RuleInForce) -> Object:
    return {
        "code": item.rule.code,
        "hard": item.rule.hard,
        "contracts": {name: [_contract(figure) for figure in figures] for name, figures in item.columns.items()},
        "columns": list(item.others),
        "parameters": [_parameter(figure) for figure in item.parameters],
        "findings": item.findings,
        "cost": item.cost,
        "broken": item.broken,
    }


def _contract(item: ContractFigure) -> Object:
    figures = {"default": _plain(item.default), "in_force": _plain(item.figure)}
    return {"contract": item.contract.code, **figures, "laxer": item.laxer}


def _parameter(item: ParameterFigure) -> Object:
    return {"key": item.key, "default": item.default, "in_force": item.figure, "laxer": item.laxer}


def _plain(value: Any) -> Any:
    """A figure as JSON has it: minutes after midnight, numbers, lists; null is no limit."""
    return [list(part) if isinstance(part, tuple) else part for part in value] if isinstance(value, tuple) else value


def _exceeding(item: Exceeding) -> Object:
    figure = item.figure
    what = _parameter(figure) if isinstance(figure, ParameterFigure) else _contract(figure)
    column = None if isinstance(figure, ParameterFigure) else f"{CONTRACTS.name}.{item.name.name}"
    decided = None if item.decided is None else item.decided.isoformat()
    return {"place": item.place, "column": column, **what, "decision_date": decided, "decided_late": item.late}


def _spread(item: ContractSpread) -> Object:
    """The figures are null where there are too few people to tell; ``counts`` are pairs of a figure and how many people have it,
    hours in steps from the figure on."""
    told = item.told
    found: Object = {"contract": item.contract, "people": item.people}
    for name in ("nights", "weekends", "hours"):
        found[name] = None if told is None else {
            **dataclasses.asdict(getattr(told, name)), "counts": [list(pair) for pair in getattr(told.counts, name).items()],
        }  # fmt: skip
    return found


def _decisions(found: Decisions) -> Object:
    publication = found.publication
    return {
        "duties_locked": found.duties_locked,
        "days_kept_free": found.days_kept_free,
        "overrides": [
            {
                "rule": item.override.rule, "date": item.override.date.isoformat(), "decided_by": item.override.decided_by,
                "decided_on": item.override.decided_on.isoformat(), "reason": item.override.reason, "used": item.used,
            }
            for item in found.overrides
        ],
        "edits": None if found.edits is None else {kind.value: count for kind, count in found.edits.items()},
        "versions": [{"version": v.number, "announced": v.announced, "cancelled": v.cancelled} for v in found.versions],
        "published": None if publication is None else {
            "version": publication.version, "at": publication.at.isoformat(timespec="minutes"),
            "until": publication.until.isoformat(), "digest": publication.digest,
        },
        "repaired": None if found.repaired is None else dict(found.repaired),
        "announced_late": found.late,
    }  # fmt: skip


def _log(found: Told) -> Object:
    """``state`` is none, unreadable, whole or broken; ``broken`` names the first entry that is not as it was written."""
    chain = found.chain
    if chain is None:
        return {"state": "none" if found.unread is None else "unreadable"}
    broken = chain.broken
    return {
        "state": "whole" if broken is None else "broken",
        "broken": None if broken is None else {"entry": broken.entry, "line": broken.line, "fault": broken.fault.value},
        "torn_lines": list(chain.torn),
        "entries": len(chain.entries),
        "head": chain.head or None,
        "own_entry": None if found.own is None else chain.entries[found.own].number,
        "about": [_entry(chain.entries[index].number, chain.entries[index].content) for index in found.about],
    }


def _entry(number: int, content: Mapping[str, Any]) -> Object:
    return {"entry": number, **content}
