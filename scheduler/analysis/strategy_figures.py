"""What a roster means for the places and the people, in the figures by which strategies are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.analysis.coverage import MINIMUM, shortages
from scheduler.analysis.staff_statistics import StaffStatistics
from scheduler.problem.facts import Category, OrganisationKind
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster

HOURS_OF_WEEK = 7 * 24


@dataclass(frozen=True, slots=True)
class Place:
    """A hotspot, or several together. In person-minutes: what is asked up to the targets, and what is missing of it and, as a
    part of that, of the police minimum and of the minimum of others."""

    asked: int = 0
    short: int = 0
    police_minimum: int = 0
    other_minimum: int = 0

    def __add__(self, other: Place) -> Place:
        return Place(
            self.asked + other.asked,
            self.short + other.short,
            self.police_minimum + other.police_minimum,
            self.other_minimum + other.other_minimum,
        )

    @property
    def covered(self) -> float:
        """The share of what is asked that is covered; 1 where nothing is asked."""
        return 1 - self.short / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True)
class Traded:
    """Person-days that the police of a zone work at hotspots of other zones, and those that police of other zones work at its.
    Without people whose row names hotspots: they stand there with every strategy."""

    lent: int
    borrowed: int


@dataclass(frozen=True, slots=True)
class People:
    """Everybody together: minutes over the contract's; the most nights and weekends of one person, and the widest spread (most
    minus fewest) among comparable people, None where there are none; the share of duties at the home hotspot, of those who have
    one, None where nobody has; the mean number of different hotspots of those who work."""

    over_min: int
    nights: int
    nights_spread: int | None
    weekends: int
    weekends_spread: int | None
    at_home: float | None
    different_hotspots: float


@dataclass(frozen=True)
class StrategyFigures:
    """Of one roster: places by hotspot, zone and municipality, what zones lend and borrow, people; and the hotspot and the hour
    of the week (0: Monday from midnight) of which the largest share is missing, None where nothing is."""

    hotspots: Mapping[str, Place]
    zones: Mapping[str, Place]
    municipalities: Mapping[str, Place]
    traded: Mapping[str, Traded]
    people: People
    worst_hotspot: str | None
    worst_hour: int | None
    weighted: bool = False
    """Whether the level of the police minimum counts hours of some hotspots more than once, by their priority."""


def strategy_figures(instance: Instance, roster: Roster) -> StrategyFigures:
    """The figures of a roster."""
    places, by_hour = _places(instance, roster)
    short = {code: place for code, place in places.items() if place.short}
    worst = min(short, key=lambda code: (short[code].covered, code)) if short else None
    hour = max(by_hour, key=lambda each: (by_hour[each], -each)) if by_hour else None
    return StrategyFigures(
        places,
        _together(places, ((spot.code, spot.zone) for spot in instance.hotspots)),
        _together(places, ((spot.code, spot.municipality) for spot in instance.hotspots)),
        _traded(instance, roster),
        _people(instance, roster),
        worst,
        hour,
        any(spot.priority > 1 for spot in instance.hotspots),
    )


def _places(instance: Instance, roster: Roster) -> tuple[dict[str, Place], Counter[int]]:
    """Each hotspot, and the person-minutes missing in each hour of the week."""
    categories = instance.role_category
    found = {spot.code: Place() for spot in instance.hotspots}
    for need in instance.needs:
        found[need.hotspot] += Place(asked=need.target * (need.end - need.start))
    by_hour: Counter[int] = Counter()
    for item in shortages(instance, roster):
        police = categories[item.role] is Category.POLICE
        least = item.person_minutes if item.level == MINIMUM else 0
        found[item.hotspot] += Place(0, item.person_minutes, least if police else 0, 0 if police else least)
        minute = item.start
        while minute < item.end:
            local = instance.calendar.local(minute)
            step = min(item.end, minute + 60 - local.minute) - minute
            by_hour[local.weekday() * 24 + local.hour] += item.heads_missing * step
            minute += step
    return found, by_hour


def _together(places: Mapping[str, Place], groups: Iterable[tuple[str, str]]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for code, group in groups:
        found[group] = found.get(group, Place()) + places[code]
    return found


def _traded(instance: Instance, roster: Roster) -> dict[str, Traded]:
    zones = [item.code for item in instance.organisations if item.kind is OrganisationKind.POLICE_ZONE]
    lent: Counter[str] = Counter()
    borrowed: Counter[str] = Counter()
    for cell in roster:
        member, there = instance.person[cell.staff], instance.hotspot[cell.hotspot].zone
        home = member.organisation
        if home in zones and home != there and not member.hotspots:
            lent[home] += 1
            borrowed[there] += 1
    return {zone: Traded(lent[zone], borrowed[zone]) for zone in zones}


def _people(instance: Instance, roster: Roster) -> People:
    statistics = StaffStatistics(instance, roster)
    people, quality = statistics.people, statistics.quality()
    over = sum(max(0, round(figures.planned - statistics.target(staff))) for staff, figures in people.items())
    spots: dict[str, set[str]] = defaultdict(set)
    home = all_home = 0
    for cell in roster:
        spots[cell.staff].add(cell.hotspot)
        own = instance.person[cell.staff].home_hotspot
        home += own == cell.hotspot
        all_home += own is not None
    return People(
        over_min=over,
        nights=max((figures.nights for figures in people.values()), default=0),
        nights_spread=quality.nights,
        weekends=max((figures.weekends for figures in people.values()), default=0),
        weekends_spread=quality.weekends,
        at_home=home / all_home if all_home else None,
        different_hotspots=sum(map(len, spots.values())) / len(spots) if spots else 0.0,
    )
