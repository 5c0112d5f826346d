"""What ``vigie compare --json`` puts on standard output."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from scheduler.analysis.staffing_curve import StaffingCurves
from scheduler.analysis.strategy_comparison import Compared
from scheduler.analysis.strategy_figures import Place, StrategyFigures
from scheduler.analysis.verdict import Attained
from scheduler.report.objects import Object
from scheduler.workflows.compare import Comparison, Outcome

SCHEMA = 1


def compare_object(found: Comparison, output: Path) -> Object:
    """``strategies`` in the order asked for, each with its levels (over all seeds) and figures; ``verdicts`` are those of ``one``
    against ``other``, by level, in the unit of the level. Minutes are person-minutes."""
    return {
        "schema": SCHEMA,
        "strategies": [
            _outcome(outcome, compared)
            for outcome, compared in zip(found.outcomes, found.compared.strategies, strict=True)
        ],
        "verdicts": [
            {
                "one": one,
                "other": other,
                "levels": {
                    name: {"relation": said.relation.value, "margin": said.margin} for name, said in levels.items()
                },
            }
            for (one, other), levels in found.compared.verdicts().items()
        ],
        "matched": [
            {
                "strategy": item.one,
                "as_good_as": item.other,
                "targets_minutes": item.aim,
                "people_more": {group.organisation: more for group, more in item.more.items()},
                "found_minutes": item.short,
                "error": None if item.error is None else str(item.error),
            }
            for item in found.compared.matched
        ],
        "output": str(output),
    }


def _outcome(outcome: Outcome, compared: Compared) -> Object:
    return {
        "strategy": outcome.strategy.model_dump(mode="json"),
        "people_left_out": outcome.dropped.people,
        "rows_left_out": dict(outcome.dropped.rows),
        "error": None if outcome.error is None else str(outcome.error),
        "levels": [_level(level) for level in compared.levels],
        "runs": [
            {
                "seed": run.seed,
                "status": run.record.status.value,
                "wall_s": run.record.wall_s,
                "instance_sha256": run.instance.sha256,
                "roster": str(run.path),
                "resumed": run.resumed,
            }
            for run in outcome.runs
        ],
        "unsolved_seeds": list(compared.unsolved),
        "staffing": None if compared.curves is None else _staffing(compared.curves),
        "figures": None if compared.figures is None else _figures(compared.figures),
    }


def _staffing(curves: StaffingCurves) -> Object:
    """What is missing at least, with ``first`` people more and so on, by level, in the unit of the level."""
    return {
        "complete": curves.complete,
        "seconds": round(curves.seconds, 1),
        "now": {level.code: least for level, least in curves.now.items()},
        "pools": [
            {
                "groups": [dataclasses.asdict(group) for group in curve.groups],
                "first": curve.first,
                "least": {level.code: list(short) for level, short in curve.short.items()},
            }
            for curve in curves.curves
        ],
    }


def _level(level: Attained) -> Object:
    return {**dataclasses.asdict(level), "proven": level.proven}


def _figures(figures: StrategyFigures) -> Object:
    return {
        "hotspots": _places(figures.hotspots),
        "zones": _places(figures.zones),
        "municipalities": _places(figures.municipalities),
        "person_days": {zone: dataclasses.asdict(traded) for zone, traded in figures.traded.items()},
        "people": dataclasses.asdict(figures.people),
        "worst_hotspot": figures.worst_hotspot,
        "worst_hour_of_week": figures.worst_hour,
    }


def _places(places: Mapping[str, Place]) -> Object:
    return {code: {**dataclasses.asdict(place), "covered": place.covered} for code, place in places.items()}
