"""Why is presence missing? The waterfalls of a workbook or of a part of it, the locks that cannot hold, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.analysis.coverage import Lacking, lacking
from scheduler.analysis.waterfall import Waterfall, together
from scheduler.analysis.waterfall_stages import Question, day_minutes
from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import police_zones
from scheduler.workbook.read import Reading
from scheduler.workflows.helps import Helps, helps
from scheduler.workflows.lock_conflicts import LockConflict, fewest_freed, lock_conflicts
from scheduler.workflows.typed import Typed
from scheduler.workflows.waterfalls import examined


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants explained: codes and a day of the horizon, None where it is all of them. Roles are looked at where it
    is a part only."""

    hotspot: str | None = None
    zone: str | None = None
    day: int | None = None

    def question(self, instance: Instance) -> Question:
        if self.hotspot is not None:
            return Question(frozenset({self.hotspot}), self.day, whole=False)
        if self.zone is None:
            return Question(frozenset(instance.hotspot), self.day, roles=False)
        there = frozenset(spot.code for spot in instance.hotspots if spot.zone == self.zone)
        if there:
            return Question(there, self.day, whole=False)
        return Question(frozenset(instance.hotspot), self.day, only=self.zone)


@dataclass(frozen=True, slots=True)
class Explanation:
    """``waterfalls`` by home and role, ``totals`` the sums of each category over several homes. ``conflicts`` are locks that
    cannot all be kept, ``freed`` the fewest rows without which none of these conflicts is left: the figures then leave all locks
    out. ``lacking`` is what the roster of the workbook misses there, in
    person-minutes; None where it has no roster. Of an organisation without hotspots of its own nothing is asked: there ``helps``
    is empty and ``lacking`` None."""

    reading: Reading
    asked: Asked
    waterfalls: tuple[Waterfall, ...]
    totals: tuple[Waterfall, ...]
    helps: Helps
    conflicts: tuple[LockConflict, ...]
    lacking: Mapping[Lacking, int] | None
    freed: tuple[int, ...] = ()

    @property
    def instance(self) -> Instance:
        return self.reading.instance


def asked_for(reading: Reading, hotspot: str | None = None, zone: str | None = None, date: str | None = None) -> Asked:
    """What somebody types. Raises :class:`~scheduler.errors.InputError` with everything that is wrong with the words."""
    typed, instance = Typed(reading), reading.instance
    spot = None if hotspot is None else typed.hotspot("--hotspot", hotspot)
    home = None if zone is None else typed.home("--zone", zone)
    day = None if date is None else typed.day("--date", date)
    if spot is not None and spot in instance.hotspot and home is not None and home in police_zones(instance):
        lies = instance.hotspot[spot].zone
        if lies != home:
            said = Message("hotspot_of_zone", "lies in zone {zone}, not in {other}.", zone=lies, other=home)
            typed.problem("--hotspot", spot, said)
    typed.done()
    return Asked(spot, home, day)


def explain(reading: Reading, asked: Asked, seconds: float = 0.0) -> Explanation:
    """Everything about what was asked, with ``seconds`` for stronger bounds. Nothing is written, and no roster is searched
    for."""
    instance, question = reading.instance, asked.question(reading.instance)
    conflicts = tuple(lock_conflicts(instance))
    kept = instance.replace(locks=()) if conflicts else instance
    found = examined(kept, question)
    own = question.only is None
    return Explanation(
        reading, asked, found.waterfalls, tuple(_totals(found.waterfalls)),
        helps(kept, question, found, seconds) if own else Helps(()), conflicts,
        _lacking(reading, asked, question.hotspots) if own and reading.roster is not None else None,
        fewest_freed(instance, conflicts) if conflicts else (),
    )  # fmt: skip


def _totals(found: Iterable[Waterfall]) -> Iterable[Waterfall]:
    for category in Category:
        same = [item for item in found if item.role == category.value]
        total = together(same)
        if total is not None and len(same) > 1:
            yield total


def _lacking(reading: Reading, asked: Asked, hotspots: Iterable[str]) -> Mapping[Lacking, int]:
    instance, roster = reading.instance, reading.roster
    assert roster is not None
    span = None if asked.day is None else day_minutes(instance, asked.day)
    found: dict[Lacking, int] = {}
    for hotspot in sorted(hotspots):
        found |= {place: minutes for place, minutes in lacking(instance, roster, hotspot, span).items() if minutes}
    return found
