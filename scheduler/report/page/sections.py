"""What pages of rosters have in common: where and when something is missing, what it means for the people, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.analysis.coverage import level_of
from scheduler.analysis.distributions import HOURS_STEP
from scheduler.messages.formats import hours, moment, number
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.report.page.figure import Figure, Head, Table, heads
from scheduler.report.page.pictures.heatmap import heatmap_figure
from scheduler.report.page.pictures.histograms import histogram_figure
from scheduler.report.page.pictures.region_map import map_figure
from scheduler.report.page.pictures.week_lines import week_figure
from scheduler.report.page.views import View
from scheduler.result import Shortage
from scheduler.vocabulary.constraints import COVERAGE_LEVELS

GRAVEST = 15
"""How many stretches of a shortage are listed one by one."""


def maps(views: Sequence[View], t: Texts) -> list[Figure]:
    """A map for each roster, all of one scale."""
    most = max((place.asked for view in views for place in view.figures.hotspots.values()), default=0)
    return [
        map_figure(
            _titled("page_map", view, t), t("page_map_says"), view.instance.hotspots, view.figures.hotspots, t, most
        )
        for view in views
    ]  # fmt: skip


def heatmaps(views: Sequence[View], t: Texts) -> list[Figure]:
    """Hotspot by hour of the week for each roster, all in the same order: what the first misses most stands first."""
    if not views:
        return []
    first = views[0].figures.hotspots
    order = sorted(first, key=lambda code: (-first[code].short, code))
    return [
        heatmap_figure(
            _titled("page_heat", view, t), t("page_heat_says"), view.week, _names(view.instance), order, t
        )
        for view in views
    ]  # fmt: skip


def _titled(code: str, view: View, t: Texts) -> str:
    return t(f"{code}_of", strategy=view.name) if view.name else t(code)


def _names(instance: Instance) -> dict[str, str]:
    return {spot.code: f"{spot.code} {spot.name}".strip() for spot in instance.hotspots}


def weeks(views: Sequence[View], t: Texts) -> list[Figure]:
    """Planned against needed for each category that any roster is asked for."""
    found = []
    for category in Category:
        panels = {view.name: view.heads[category] for view in views if category in view.heads}
        if panels:
            title = t("page_week", category=t(category.value))
            found.append(week_figure(title, t("page_week_says"), panels, t))
    return found


def fairness(views: Sequence[View], t: Texts) -> list[Figure]:
    """Nights, weekends and hours per person."""
    found = {view.name: view.distributions for view in views}
    if not any(each.people for each in found.values()):
        return []
    nights = {name: each.nights for name, each in found.items()}
    weekends = {name: each.weekends for name, each in found.items()}
    over = {name: each.hours for name, each in found.items()}
    return [
        histogram_figure(t("page_nights"), t("page_nights_says"), t("nights"), nights, t),
        histogram_figure(t("page_weekends"), t("page_weekends_says"), t("weekends"), weekends, t),
        histogram_figure(
            t("page_hours"), t("page_hours_says"), t("page_hours_unit"), over, t, step=HOURS_STEP, word=signed
        ),
    ]  # fmt: skip


def signed(value: int) -> str:
    """``+8``, ``−16``, ``0``."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"


def shortage_table(view: View, t: Texts) -> Table:
    """Hours missing by level and hotspot, those that no duty reaches apart from those for which people are missing."""
    title = t("page_shortages") if not view.name else f"{t('page_shortages')} · {view.name}"
    missing: Counter[tuple[str, str, bool]] = Counter()
    for item in view.shortages:
        missing[level_of(view.instance, item).code, item.hotspot, item.cause is not None] += item.person_minutes
    names = _names(view.instance)
    rows = tuple(
        (names[spot.code], t(level.code), *(hours(minutes, t.language) for minutes in (sum(parts), *parts)))
        for level in COVERAGE_LEVELS
        for spot in view.instance.hotspots
        if sum(parts := (missing[level.code, spot.code, True], missing[level.code, spot.code, False]))
    )
    names_of = ("head_hotspot", "head_level", "page_missing", "page_cannot", "page_people_missing")
    return Table(title, heads(*map(t, names_of), first=2), rows)


def gravest_table(view: View, t: Texts) -> Table:
    """The stretches that miss most, the gravest level first."""
    order = {level: place for place, level in enumerate(COVERAGE_LEVELS)}

    def gravity(item: Shortage) -> tuple[int, int, int]:
        return order[level_of(view.instance, item)], -item.person_minutes, item.start

    listed = sorted(view.shortages, key=gravity)[:GRAVEST]
    title = t("page_longest", count=len(listed), all=len(view.shortages))
    names = ("head_hotspot", "level", "role", "from", "to", "heads_missing", "short_h", "cause")
    figures = {"heads_missing", "short_h"}
    found = tuple(Head(t(name), name in figures) for name in names)
    return Table(title, found, tuple(tuple(_stretch(view.instance, item, t)) for item in listed))


def _stretch(instance: Instance, item: Shortage, t: Texts) -> Iterator[str]:
    yield item.hotspot
    yield t(level_of(instance, item).code)
    yield t(item.role) if item.role in set(Category) else item.role
    for at in (item.start, item.end):
        local = instance.calendar.local(at)
        yield f"{t.weekday(local.date())} {moment(local, t.language)}"
    yield number(item.heads_missing, t.language)
    yield hours(item.person_minutes, t.language)
    yield "" if item.cause is None else t(f"cause_{item.cause}", sheet=t.sheet("History"))
