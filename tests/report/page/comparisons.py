"""Comparisons and rosters for pages, without a solve: what is drawn does not ask who made it. Every person is synthetic."""

from __future__ import annotations

from pathlib import Path

from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.analysis.strategy_figures import Place, strategy_figures
from scheduler.analysis.verdict import attained
from scheduler.errors import VigieError
from scheduler.messages.message import Message
from scheduler.problem.facts import Hotspot, OrganisationKind
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.strategy import READY, Dropped, apply
from scheduler.result import Coverage, LevelResult, RunRecord, Status
from scheduler.vocabulary.constraints import Level
from scheduler.workflows.compare import Comparison, Outcome, Run
from tests.builders import ZONE, contract, demand, hotspot, make, person

HOSTILE = '<script>alert("x")</script>'
"""A name that would run in a page that does not escape it."""


def world(*, named: str = "Clemenceau", on_map: bool = True) -> Instance:
    """Two zones, three hotspots and ten people for too much demand; ``named`` is the name of a hotspot."""
    other = ZONE.replace(code="5342", name="Uccle", kind=OrganisationKind.POLICE_ZONE)
    places: dict[str, tuple[float | None, float | None]] = {
        "HAL": (50.833, 4.344), "CLEM": (50.841, 4.329), "MIDI": (50.836, 4.336)
    }  # fmt: skip
    if not on_map:
        places = dict.fromkeys(places, (None, None))
    spots: list[Hotspot] = [
        hotspot(code, name=named, lat=lat, lon=lon, zone="5342" if code == "MIDI" else "5341", municipality=f"at {code}")
        for code, (lat, lon) in places.items()
    ]  # fmt: skip
    rows = (demand(start="06:00", until="22:00", minimum=1, target=2), demand("police", "Fri,Sat", minimum=2, target=4))
    people = [
        person(f"SECRET-{i}", name="Jan Jansen", organisation="5341" if i % 3 else "5342", home_hotspot="HAL")
        for i in range(10)
    ]  # fmt: skip
    return make(
        14, organisations=(ZONE, other), hotspots=tuple(spots), people=people, contracts=(contract(),),
        demand=tuple(row.replace(hotspot=code) for code in places for row in rows),
    )  # fmt: skip


def worked(instance: Instance) -> Roster:
    """Everybody works two days of three, at the hotspots where they may stand in turn. It may break rules."""
    shifts = [shift for shift in instance.shifts if shift.worked]
    found = []
    for number, member in enumerate(instance.staff):
        category = instance.category(member.id)
        codes = [shift.code for shift in shifts if category in shift.categories]
        spots = sorted(allowed_hotspots(instance, member.id))
        days = [day for day in range(instance.days) if (day + number) % 3 and instance.in_service(member.id, day)]
        if codes and spots:
            found += [
                Assignment(member.id, day, codes[(number + day // 3) % len(codes)], spots[day % len(spots)])
                for day in days
            ]
    return Roster.of(found)


def comparison(instance: Instance, *names: str, failed: str = "", proven: bool = True) -> Comparison:
    """Each ready strategy of these names with a roster, but for the one that ``failed``. ``single`` is said to miss nothing,
    which the bounds of the others prove to be better if ``proven``."""
    outcomes = [
        Outcome(READY[name], Dropped(0, {}), error=VigieError(Message("fire", "the machine <caught> fire")))
        if name == failed
        else _outcome(instance, name, proven)
        for name in names
    ]
    compared = tuple(
        Compared(
            each.strategy, each.dropped, attained([run.record.levels for run in each.runs]) if each.runs else (),
            None if each.best is None else strategy_figures(each.best.instance, each.best.roster), each.error,
        )
        for each in outcomes
    )  # fmt: skip
    return Comparison(tuple(outcomes), StrategyComparison(compared))


def _outcome(instance: Instance, name: str, proven: bool) -> Outcome:
    strategy = READY[name]
    facts, dropped = apply(strategy, instance)
    roster = worked(facts)
    whole = sum(strategy_figures(facts, roster).hotspots.values(), Place())
    values = {
        Level.POLICE_MINIMUM: whole.police_minimum, Level.NON_POLICE_MINIMUM: whole.other_minimum, Level.TARGETS: whole.short
    }  # fmt: skip
    single = name == "single"
    levels = tuple(
        LevelResult(
            name=level.code, value=0 if single else value, bound=value // 2 if proven and not single else 0,
            required=whole.asked,
        )
        for level, value in values.items()
    )  # fmt: skip
    record = RunRecord(
        status=Status.FEASIBLE, levels=levels, wall_s=1.0, seed=1, workers=1, reproducible=False, versions={},
        instance_sha256=facts.sha256,
        coverage=Coverage(required_minutes=whole.asked, short_minutes=whole.short, short_bound=0),
    )  # fmt: skip
    return Outcome(strategy, dropped, (Run(1, facts, roster, record, Path(f"{name}-1.xlsx")),))
