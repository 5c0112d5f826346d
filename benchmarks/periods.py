"""Period after period: an example solved, and extended again and again, beside the same periods each solved by itself.

By itself: without history, counters and reference periods of the periods before. Nights and weekends are counted over all periods
together; who is compared are people of the same contract, share of full time and hotspots who were there all the time.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import scheduler
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.backends.choose import backend_for
from scheduler.config import SolveConfig
from scheduler.horizon.following import following
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import Calendar
from scheduler.rules.audit import audit, hard_findings
from scheduler.workbook.settings import with_legal

Period = tuple[Instance, Roster]


def measure(example: str, periods: int, weeks: int, seed: int, seconds: float, workers: int) -> dict[str, Any]:
    """One record: so many periods of so many weeks, each solved in so many ``seconds``."""
    began, config = time.monotonic(), SolveConfig(time_limit_s=seconds, seed=seed, workers=workers)
    extended = [_solved(_first(example, weeks), config)]
    apart = extended[:]
    broken: dict[str, list[int]] = {"extended": [], "apart": []}
    for _ in range(periods - 1):
        extended.append(_solved(_after(*extended[-1], weeks), config))
        broken["extended"].append(len(hard_findings(audit(*extended[-1]))))
        after = _after(*apart[-1], weeks)
        apart.append(_solved(_forgetful(after), config))
        broken["apart"].append(len(hard_findings(audit(after, apart[-1][1]))))
        apart[-1] = after, apart[-1][1]
    return {
        "kind": "periods",
        "instance": example,
        "weeks": weeks,
        "periods": periods,
        "seed": seed,
        "time_limit_s": seconds,
        "workers": workers,
        "wall_s": round(time.monotonic() - began, 1),
        "extended": _spread(extended) | {"broken_after_border": broken["extended"]},
        "apart": _spread(apart) | {"broken_after_border": broken["apart"]},
    }


def _first(example: str, weeks: int) -> Instance:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.xlsx"
        scheduler.new(path, example)
        instance = scheduler.load(path).instance
    return instance.replace(calendar=_calendar(instance, instance.calendar.start, weeks))


def _calendar(instance: Instance, start: dt.date, weeks: int) -> Calendar:
    return instance.calendar.replace(start=start, days=7 * weeks, holidays=with_legal(start, 7 * weeks, {}))


def _after(instance: Instance, roster: Roster, weeks: int) -> Instance:
    return following(instance, roster, _calendar(instance, instance.calendar.date(instance.days), weeks))


def _forgetful(instance: Instance) -> Instance:
    """As if there had been nothing before."""
    return instance.replace(history=(), counters=(), history_from=None, reference_start=None)


def _solved(instance: Instance, config: SolveConfig) -> Period:
    with backend_for(config, None, insecure=False) as backend:
        return instance, scheduler.solve(instance, config, backend=backend).roster


def _spread(periods: Sequence[Period]) -> dict[str, Any]:
    """Most minus fewest nights and weekends among comparable people over all periods: mean and widest of the groups."""
    totals: dict[str, Counter[str]] = {"nights": Counter(), "weekends": Counter()}
    for instance, roster in periods:
        for staff, figures in StaffStatistics(instance, roster).people.items():
            totals["nights"][staff] += figures.nights
            totals["weekends"][staff] += figures.weekends
    groups: dict[object, list[str]] = defaultdict(list)
    first = periods[0][0]
    for member in first.staff:
        if member.fte and member.first is None and member.last is None:
            groups[member.contract, member.fte, allowed_hotspots(first, member.id)].append(member.id)
    compared = [people for people in groups.values() if len(people) > 1]
    found: dict[str, Any] = {"groups": len(compared), "people": sum(map(len, compared))}
    for name, total in totals.items():
        apart = [max(total[staff] for staff in people) - min(total[staff] for staff in people) for people in compared]
        found[name] = {"mean": round(fmean(apart), 2), "widest": max(apart)}
    return found
