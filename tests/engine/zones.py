"""Small random zones of several people and hotspots, and what tests build from them. Every person is synthetic.

Patrols of two, co-presence, history, leave, duties elsewhere, locks, pairs and requests come and go with the seed; the locks can
always hold.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from functools import lru_cache
from pathlib import Path

import numpy as np

from scheduler.engine.compiled_problem import CompiledProblem, Ints
from scheduler.engine.cpsat.solver import Limits
from scheduler.engine.headcount import HeadCount
from scheduler.engine.incumbent import Incumbent
from scheduler.engine.initial_roster import first_legal
from scheduler.engine.lines.models import LineModels
from scheduler.engine.local_search.construct import Builder
from scheduler.problem.facts import Category, Counter, Demand, Pair, Request, Role
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules import declare
from scheduler.rules.audit import audit, hard_findings
from scheduler.workbook.read import read
from tests.builders import (
    MONDAY,
    SPRING,
    contract,
    demand,
    elsewhere,
    hotspot,
    leave,
    lock,
    make,
    past,
    person,
)

INSTANCES = Path(__file__).parents[2] / "instances"
STARTS = (MONDAY, MONDAY + dt.timedelta(days=4), SPRING)


def zone(seed: int, *, days: int = 4, police: int = 4, guards: int = 2, short_cost: int = 0) -> Instance:
    """A few police and peacekeepers, two hotspots, three shifts, a handful of days. With a ``short_cost`` targets are part of the
    quality level."""
    pick = random.Random(seed)
    start = pick.choice(STARTS)
    rules = {
        "max_consecutive_days": pick.choice([2, 3, 6]),
        "min_days_off": pick.choice([1, 2]),
        "max_consecutive_nights": pick.choice([1, 5]),
        "max_hours_week": pick.choice([24.0, 50.0]),
        "min_together": pick.choice([1, 2]),
    }
    wardens = contract(
        "GDP", category=Category.NON_POLICE, needs_police=pick.choice([1, 2]), min_together=pick.choice([1, 2])
    )
    people = [person(f"P{i}", home_hotspot=pick.choice(["HAL", "MIDI", None])) for i in range(1, police + 1)]
    people += [person(f"G{i}", contract="GDP", fte=pick.choice([0.5, 1.0])) for i in range(1, guards + 1)]
    return make(
        days, start=start, people=people, contracts=(contract(**rules), wardens),
        hotspots=(hotspot("HAL", priority=pick.choice([1, 2])), hotspot("MIDI")),
        demand=_wanted(pick), parameters={
            "demand.over_cost_per_minute": float(pick.choice([0, 1])), "demand.short_cost_per_minute": float(short_cost),
        },
        **_past_and_wishes(pick, start, days),
    )  # fmt: skip


def led(instance: Instance, heads: int = 2) -> Instance:
    """The same with a driver among its police, every second of them, asked for each started number of heads."""
    police = [member.id for member in instance.staff if instance.category(member.id) is Category.POLICE]
    drivers = frozenset(police[::2])
    return instance.replace(
        roles=(Role(code="DRIVER", category=Category.POLICE),),
        staff=tuple(item.replace(roles=("DRIVER",)) if item.id in drivers else item for item in instance.staff),
        parameters={**instance.parameters, "role_holders.role": "DRIVER", "role_holders.heads": float(heads)},
    )


def _wanted(pick: random.Random) -> tuple[Demand, ...]:
    most = {"maximum": 3} if pick.random() < 0.5 else {}
    rows = [
        demand(minimum=pick.choice([0, 1, 2]), target=pick.choice([2, 3]), **most),
        demand(start="18:00", until="02:00", minimum=pick.choice([0, 2]), target=2).model_copy(
            update={"hotspot": "MIDI"}
        ),
        demand("non_police", start="10:00", until="20:00", minimum=1, target=pick.choice([1, 2])),
    ]
    return tuple(rows)


def _past_and_wishes(pick: random.Random, start: dt.date, days: int) -> dict[str, object]:
    def sometimes(*rows: object) -> tuple[object, ...]:
        return rows if pick.random() < 0.5 else ()

    first = start + dt.timedelta(days=pick.randrange(days))
    code = pick.choice(["E", "L"])
    before = past("P1", pick.choice(["E", "EE", "N", "L."]), start=start, spot="HAL")
    also = past("P2", "N", start=start, spot="HAL")
    court = elsewhere("P2", 0, clock=("14:00", "17:00"), start=start)
    patrol = (lock("P3", 2, code, "HAL", start=start), lock("P4", 2, code, "HAL", start=start))
    partners = Pair(staff_a="P1", staff_b="P2", kind="together")
    strangers = Pair(staff_a="P1", staff_b="P3", kind="apart")
    return {
        "history": (*before, *sometimes(*also)),
        "absences": (*sometimes(leave("P3", 1, start=start)), *sometimes(court)),
        "locks": sometimes(*patrol),
        "pairs": (*sometimes(partners), *sometimes(strangers)),
        "requests": (
            Request(staff="P1", first=first, last=first, shift=None, kind="avoid", weight=2),
            Request(staff="G1", first=first, last=first, shift="L", kind="want", weight=1),
        ),
        "counters": sometimes(Counter(staff="P2", hours_balance=-8.0, nights=3, weekends=2)),
    }


def compiled(instance: Instance) -> CompiledProblem:
    return CompiledProblem(declare(instance))


def built(pool: CompiledProblem, seed: int = 1) -> tuple[Builder, Incumbent]:
    """A builder, and the roster it makes."""
    builder = Builder(pool, LineModels(pool), seed)
    return builder, Incumbent.of(pool, HeadCount(pool), *builder.build())


def first(pool: CompiledProblem, seed: int = 1) -> Incumbent:
    """The first legal roster."""
    return first_legal(pool, LineModels(pool), limits(10.0, seed=seed))[0]


def placement(pool: CompiledProblem, seed: int, load: float = 0.5) -> tuple[Ints, Ints]:
    """Random open posts, one a day at most, locks included: neither lines nor company are looked at."""
    pick = random.Random(seed)
    shift = np.full((len(pool.people), pool.days), -1, dtype=np.int64)
    spot = np.full_like(shift, -1)
    for p, d in np.ndindex(*shift.shape):
        posts = np.argwhere(pool.post[p, d])
        if posts.size and (pool.forced[p, d] >= 0 or pick.random() < load):
            shift[p, d], spot[p, d] = posts[pick.randrange(len(posts))]
    return shift, spot


def clean(instance: Instance, roster: Roster) -> bool:
    """Whether the audit, which knows no solver, finds no hard rule broken."""
    return not hard_findings(audit(instance, roster))


def limits(seconds: float = 5.0, *, seed: int = 1, **changes: object) -> Limits:
    """One worker and deterministic time, so that a test always sees the same search."""
    given = {"workers": 1, "reproducible": True, "stop": threading.Event(), **changes}
    return Limits(seconds=seconds, seed=seed, **given)  # type: ignore[arg-type]


@lru_cache
def example(name: str) -> Instance:
    return read(INSTANCES / f"{name}.xlsx").instance


CONTRADICTORY = "edge-contradictory-locks"
EXAMPLES = ("tiny", *sorted(path.stem for path in INSTANCES.glob("edge-*.xlsx") if path.stem != CONTRADICTORY))
