"""What ``vigie stress --json`` puts on standard output."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path

from scheduler.analysis.reserves import Reserves
from scheduler.analysis.stress import EnoughReserves, PlaceStress, Spread, Stress
from scheduler.report.objects import Object

SCHEMA = 1


def stress_object(found: Stress, output: Path | None = None) -> Object:
    """Shares are from 0 to 1; ``required_minutes`` are person-minutes. ``mean_margin`` is half of the 95 % confidence interval of
    a mean, None for a single run; ``low`` and ``high`` are the 5th and the 95th percentile of the runs. ``output`` is the
    workbook that was written, None for none."""
    calendar = found.instance.calendar
    return {
        "schema": SCHEMA,
        "runs": found.runs,
        "seed": found.seed,
        "new_absence": found.absence,
        "reliability": found.reliability,
        "strategy": found.instance.strategy.value,
        "assignments": found.duties,
        "whole": _place(found.whole),
        "hotspots": [{"hotspot": code, **_place(place)} for code, place in found.places.items()],
        "risky": [
            {
                "hotspot": item.hotspot,
                "role": item.role,
                "start": calendar.iso(item.start),
                "end": calendar.iso(item.end),
                "chance": item.chance,
                "heads_missing": item.missing,
            }
            for item in found.risky
        ],
        "days": [
            {"date": calendar.date(item.day).isoformat(), "below_minimum_planned": item.planned, "chance": item.chance}
            for item in found.days
        ],
        "duties_per_run": asdict(found.replaced),
        "reserves": None if found.reserves is None else _enough(found.reserves),
        "output": None if output is None else str(output),
        "instance_sha256": found.instance.sha256,
    }


def _place(place: PlaceStress) -> Object:
    return {
        "levels": [
            {
                "name": level.code,
                "required_minutes": held.required,
                "planned": held.planned,
                "realised": _spread(held.realised),
            }
            for level, held in place.levels.items()
        ],
        "days_below_minimum": {"planned": place.days_below_planned, "realised": _spread(place.days_below)},
    }


def _spread(spread: Spread) -> Object:
    margin = None if math.isinf(spread.margin) else spread.margin
    return {
        "mean": spread.mean,
        "mean_margin": margin,
        "low": spread.low,
        "median": spread.median,
        "high": spread.high,
    }


def _enough(found: EnoughReserves) -> Object:
    return {
        "on_duty": dict(found.on_duty),
        "moments": _reserves(found.moments),
        "period": _reserves(found.period),
    }


def _reserves(found: Reserves) -> Object:
    return {
        "by_pool": dict(found.by_pool),
        "separate": found.separate,
        "chance": found.chance,
        "pooled": found.pooled,
        "pooled_chance": found.pooled_chance,
    }
