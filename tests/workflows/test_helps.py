"""What would help: each figure is a bound of its own, no higher than what an optimal roster of the changed facts misses."""

from __future__ import annotations

import pytest

import scheduler
from scheduler.analysis.hours_bound import Missing
from scheduler.problem.facts import Pooling
from scheduler.problem.instance import Instance
from scheduler.workflows.helps import OVER, Help, HelpKind, helps
from scheduler.workflows.waterfalls import everything, examined
from tests import builders as b
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(300)]

ZONES = (b.ZONE, b.TOWN, b.ZONE.replace(code="5342"))


def world(**facts: object) -> Instance:
    """A zone that cannot hold its hotspot, and a neighbour without one."""
    people = (b.person("P1"), b.person("P2"), b.person("P3", organisation="5342"))
    given = {"people": people, "organisations": ZONES, "demand": (b.demand(minimum=1, target=2),), **facts}
    return b.make(7, contracts=(b.free_contract(),), **given)


def told(instance: Instance, seconds: float = 0.0) -> tuple[Help, ...]:
    question = everything(instance)
    return helps(instance, question, examined(instance, question), seconds).told


def missing(instance: Instance) -> Missing:
    """What the best roster misses."""
    found = scheduler.solve(instance, scheduler.SolveConfig(time_limit_s=10.0, workers=1))
    values = {level.name: level.value for level in found.record.levels}
    return Missing(values["police_minimum"] + values["non_police_minimum"], values["targets"])


def test_each_change_has_a_bound_of_its_own_and_no_roster_misses_less() -> None:
    instance = world()
    found = {item.kind: item for item in told(instance)}
    assert set(found) == set(HelpKind)
    now = found[HelpKind.NOW].missing
    assert now.target > found[HelpKind.PERSON].missing.target
    assert found[HelpKind.PERSON].missing == found[HelpKind.ZONES].missing, (
        "the neighbour has one person, of the same contract"
    )
    assert found[HelpKind.RULE].rule == f"Settings.{OVER}"
    assert (found[HelpKind.RULE].before, found[HelpKind.RULE].after) == (8.0, 16.0)
    best = missing(instance)
    assert now.minimum <= best.minimum
    assert now.target <= best.target
    one = missing(instance.replace(strategy=Pooling.SINGLE))
    assert found[HelpKind.ZONES].missing.target <= one.target


def test_column_generation_never_says_less() -> None:
    instance = world()
    weak, strong = told(instance), told(instance, seconds=20.0)
    assert [(item.kind, item.group) for item in weak] == [(item.kind, item.group) for item in strong]
    for one, other in zip(weak, strong, strict=True):
        assert other.missing.target >= one.missing.target
        assert other.missing.minimum >= one.missing.minimum
    assert strong[0].missing.target <= missing(instance).target


def test_where_hours_are_enough_there_is_nothing_to_help() -> None:
    instance = world(demand=(b.demand(minimum=1, start="06:00", until="10:00"),))
    assert told(instance) == (Help(HelpKind.NOW, Missing(0, 0)),)


def test_one_zone_already_has_no_neighbours_to_ask() -> None:
    kinds = [item.kind for item in told(world().replace(strategy=Pooling.SINGLE))]
    assert HelpKind.ZONES not in kinds
