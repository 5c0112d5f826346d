"""What would help: what is proven missing as it is, and what would still be with one more person, a neighbour or a looser rule.

Each figure is a bound of its own, solved again for the changed facts: so much is missing at least. The difference of two bounds
proves nothing by itself: it is no promise of what a change buys. With time given, column generation bounds what hours alone do
not see.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from scheduler.analysis.hours_bound import Missing, hours_bound, short_of_hours
from scheduler.analysis.staffing_curve import StaffingCurves
from scheduler.analysis.waterfall import RULED, Stage, Waterfall
from scheduler.analysis.waterfall_stages import Question, asked_places
from scheduler.problem.facts import Contract, Pooling
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.problem.staffing import StaffGroup, staff_groups, with_more
from scheduler.rules import RULES
from scheduler.rules.reference_hours import ReferenceHours
from scheduler.vocabulary.constraints import Level
from scheduler.workflows.waterfalls import Examined, plannable

OVER = f"{ReferenceHours.code}.most_over_hours"
MORE_HOURS = 8.0
"""Hours over the contract that are allowed more when that rule is looser."""
LOOSER: Mapping[str, float] = {
    "min_rest_hours": -1,
    "max_consecutive_nights": 1,
    "max_weekends_in_row": 1,
    "max_weekends_year": 2,
    "max_consecutive_days": 1,
    "min_days_off": -1,
}
"""By how much each limit of a contract is looser when it is."""
WORTH_IT = 0.1
"""Share of what is proven missing that a step must take before its rules are looked at looser."""


class HelpKind(Enum):
    NOW = "now"
    """All as it is."""
    PERSON = "person"
    """One more person in an organisation."""
    ZONES = "zones"
    """Police of all zones at all hotspots: lateral support without limits, or one zone."""
    RULE = "rule"
    """One limit looser."""


@dataclass(frozen=True, slots=True)
class Help:
    """What is proven missing after a change, in person-minutes. ``group`` is where the person comes; ``rule`` the limit that is
    looser, as sheet and column or as setting, with its figures ``before`` and ``after`` (of the contract that has the people)."""

    kind: HelpKind
    missing: Missing
    group: StaffGroup | None = None
    rule: str | None = None
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Helps:
    """What is proven as it is, first, and after each change. ``complete`` says whether there was time for all bounds by column
    generation; None where none were asked for."""

    told: tuple[Help, ...]
    complete: bool | None = None


def helps(instance: Instance, question: Question, found: Examined, seconds: float = 0.0) -> Helps:
    """What would help with what was asked. ``seconds``: for bounds by column generation, all together, over the whole horizon."""
    prover = _Prover(instance, question, found)
    variants = list(_variants(instance, question, found.waterfalls, prover, every=seconds > 0))
    if seconds <= 0:
        return Helps(tuple(replace(said, missing=prover.hours(changed)) for changed, said in variants))
    until = time.monotonic() + seconds
    solved = [changed for changed, said in variants if said.kind is not HelpKind.PERSON]
    curves: list[StaffingCurves] = []
    for number, changed in enumerate(solved):
        curves.append(prover.columns(changed, (until - time.monotonic()) / (len(solved) - number)))
    others = iter(curves[1:])
    told = []
    for changed, said in variants:
        by_hours = prover.hours(changed)
        if said.kind in (HelpKind.NOW, HelpKind.PERSON):
            by_columns = _of_curves(curves[0], said.group)
        else:
            by_columns = _of_curves(next(others), None)
        best = Missing(max(by_hours.minimum, by_columns.minimum), max(by_hours.target, by_columns.target))
        told.append(replace(said, missing=best))
    return Helps(tuple(told), all(each.complete for each in curves))


def _of_curves(found: StaffingCurves, group: StaffGroup | None) -> Missing:
    """What is missing at least with one person more in the pool of a group; with nobody more where there is no group."""
    curve = next((curve for curve in found.curves if group in curve.groups), None)

    def short(level: Level) -> int:
        more = None if curve is None else curve.point(level, 1)
        return found.now[level] if more is None else more

    return Missing(short(Level.POLICE_MINIMUM) + short(Level.NON_POLICE_MINIMUM), short(Level.TARGETS))


_Variant = tuple[Instance, Help]
"""The facts with a change, and what it is; what is missing then is not known yet."""
UNKNOWN = Missing(0, 0)


def _variants(
    instance: Instance, question: Question, found: tuple[Waterfall, ...], prover: _Prover, *, every: bool
) -> Iterator[_Variant]:
    """What is looked at: people where hours are short, or everywhere (``every``) where more than hours is looked at."""
    now = prover.hours(instance)
    yield instance, Help(HelpKind.NOW, UNKNOWN)
    if not now.target and not every:
        return
    short = {category for _, category in prover.short}
    for group in staff_groups(instance):
        if not every and group.category not in short:
            continue
        more = with_more(instance, {group: 1})
        spots = allowed_hotspots(more, more.staff[-1].id) & question.hotspots
        if spots if every else any((spot, group.category) in prover.short for spot in spots):
            yield more, Help(HelpKind.PERSON, UNKNOWN, group)
    single = instance.replace(strategy=Pooling.SINGLE)
    if any(
        (allowed_hotspots(single, member.id) ^ allowed_hotspots(instance, member.id)) & question.hotspots
        for member in instance.staff
    ):
        yield single, Help(HelpKind.ZONES, UNKNOWN)
    yield from _looser(instance, question, found, now)


def _looser(instance: Instance, question: Question, found: tuple[Waterfall, ...], now: Missing) -> Iterator[_Variant]:
    if question.day is None:
        before = ReferenceHours.for_instance(instance).parameters.most_over_hours
        after = min(before + MORE_HOURS, 200.0)
        looser = instance.replace(parameters={**instance.parameters, OVER: after})
        yield looser, _rule(f"Settings.{OVER}", before, after)
    for stage in (item for item in Stage if item in RULED - {Stage.DECIDED}):
        steps = [step for item in found if item.role == item.category.value if (step := item.at(stage)) is not None]
        if -sum(step.change for step in steps) >= WORTH_IT * now.target:
            codes = {code for step in steps for code in step.rules}
            for column in LOOSER:
                if any(f"Contracts.{column}" in rule.columns for rule in RULES if rule.code in codes):
                    yield from _with_looser(instance, column)


def _with_looser(instance: Instance, column: str) -> Iterator[_Variant]:
    """One limit looser in all contracts that have it; the figures told are those of the first."""
    contracts = [_loosened(item, column) for item in instance.contracts]
    changed = [(old, new) for old, new in zip(instance.contracts, contracts, strict=True) if old != new]
    if changed:
        before, after = (float(getattr(item, column)) for item in changed[0])
        yield instance.replace(contracts=tuple(contracts)), _rule(f"Contracts.{column}", before, after)


def _rule(name: str, before: float, after: float) -> Help:
    return Help(HelpKind.RULE, UNKNOWN, rule=name, before=before, after=after)


def _loosened(contract: Contract, column: str) -> Contract:
    value = getattr(contract, column)
    if value is None:
        return contract
    least = 1 if column == "min_days_off" else 0
    return contract.replace(**{column: max(least, value + type(value)(LOOSER[column]))})


class _Prover:
    """Bounds of instances that differ from one in a few facts."""

    def __init__(self, instance: Instance, question: Question, known: Examined) -> None:
        self._instance, self._question, self._known = instance, question, known
        # No change is about the demand.
        self._places = asked_places(instance, question)
        self.short = short_of_hours(instance, self._places, known.plannable)

    def hours(self, changed: Instance) -> Missing:
        """What is missing by hours alone. Whoever is known and has the same facts is not looked at again."""
        now, known = self._instance, self._known.plannable
        same_rules = (changed.parameters, changed.contracts) == (now.parameters, now.contracts)
        same_zones = changed.strategy is now.strategy
        found, others = dict[str, int](), list[str]()
        for member in changed.staff:
            category = changed.category(member.id)
            mine = {(spot, category) for spot in allowed_hotspots(changed, member.id)} & self._places.keys()
            # A looser rule only adds hours: where they are enough as it is, they still are.
            if member.id in known and same_zones and (same_rules or not mine & self.short):
                found[member.id] = known[member.id]
            elif mine:
                others.append(member.id)
        new = plannable(changed, self._places, others, self._known if same_rules else None)
        return hours_bound(changed, self._places, {**found, **new})

    def columns(self, changed: Instance, seconds: float) -> StaffingCurves:
        """What column generation finds within some seconds: with these people, and with one more in each pool."""
        from scheduler.engine.proof.staffing import staffing_curves

        until, spots = time.monotonic() + seconds, self._question.hotspots
        part = changed.replace(
            # A minute counts the same everywhere, and nothing but minutes counts.
            hotspots=tuple(spot.replace(priority=1) for spot in changed.hotspots),
            organisations=tuple(item.replace(short_hours=None) for item in changed.organisations),
            demand=tuple(row for row in changed.demand if row.hotspot in spots),
            incidents=tuple(item for item in changed.incidents if item.hotspot in spots and not item.neighbours),
        )  # fmt: skip
        numbers = (0, 1) if changed is self._instance else (0,)
        return staffing_curves(part, numbers, lambda: until - time.monotonic())
