"""What pages of rosters have in common: where and when something is missing, what it means for the people, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from scheduler.analysis.coverage import level_of
from scheduler.analysis.distributions import HOURS_STEP, Distributions
from scheduler.analysis.strategy_figures import Place
from scheduler.messages.formats import hours, moment, number
from scheduler.messages.texts import Texts
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.report.page.figure import Figure, Head, Table, heads, strong
from scheduler.report.page.pictures.cascade import Cascade, cascade_figure
from scheduler.report.page.pictures.curves import signed
from scheduler.report.page.pictures.heatmap import heatmap_figure
from scheduler.report.page.pictures.histograms import histogram_figure
from scheduler.report.page.pictures.homes import homes_figure, together
from scheduler.report.page.pictures.region_map import map_figure
from scheduler.report.page.pictures.shares import NOTHING
from scheduler.report.page.pictures.week_lines import week_figure
from scheduler.report.page.views import View
from scheduler.result import Shortage
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level

MANY_HOMES = 3
"""From so many homes on, people of one role are drawn together."""
GRAVEST = 15
"""How many stretches of a shortage are listed one by one."""


def period(instance: Instance, t: Texts) -> str:
    """From when to when, and how much is planned."""
    calendar = instance.calendar
    return t(
        "page_period", first=t.long_date(calendar.date(0)), last=t.long_date(calendar.date(calendar.days - 1)),
        days=t("page_count_days", count=calendar.days), hotspots=t("page_count_hotspots", count=len(instance.hotspots)),
        people=t("page_count_people", count=len(instance.staff)),
    )  # fmt: skip


def maps(views: Sequence[View], t: Texts) -> list[Figure]:
    """A map for each roster, all of one scale."""
    most = max((place.asked for view in views for place in view.figures.hotspots.values()), default=0)
    return [
        map_figure(_titled("page_map", view, t), view.instance.hotspots, view.figures.hotspots, t, most)
        for view in views
    ]


def heatmaps(views: Sequence[View], t: Texts) -> list[Figure]:
    """Hotspot by hour of the week for each roster, all in the same order: what the first misses most stands first."""
    if not views:
        return []
    first = views[0].figures.hotspots
    order = sorted(first, key=lambda code: (-first[code].short, code))
    return [heatmap_figure(_titled("page_heat", view, t), view.week, _names(view.instance), order, t) for view in views]


def cascades(found: Sequence[Cascade], t: Texts) -> list[Figure]:
    """The capacity of everybody who is told of: of each home, or, where many homes have the same role, of all together, and then
    home by home in one picture."""
    figures: list[Figure] = []
    for role in dict.fromkeys(each.role for each in found):
        homes = [each for each in found if each.role == role and each.falls]
        if len(homes) < MANY_HOMES:
            figures += [cascade_figure(each, t("page_capacity_says"), t) for each in homes]
            continue
        whole = t("waterfall_all", role=role, count=sum(each.people for each in homes))
        figures.append(cascade_figure(together(whole, homes), t("page_capacity_says"), t))
        figures.append(homes_figure(t("page_homes", role=role), t("page_homes_says"), homes, t))
    return figures


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
    return fairness_figures({view.name: view.distributions for view in views}, t)


def fairness_figures(found: Mapping[str, Distributions], t: Texts) -> list[Figure]:
    """The same of any groups of people, by their names; none where there is nobody."""
    if not any(each.people for each in found.values()):
        return []
    nights = {name: each.nights for name, each in found.items()}
    weekends = {name: each.weekends for name, each in found.items()}
    over = {name: each.hours for name, each in found.items()}

    def unit(code: str) -> Callable[[int], str]:
        return lambda step: t(code, step=step)

    return [
        histogram_figure(t("page_nights"), t("page_nights_says"), unit("page_nights_unit"), nights, t),
        histogram_figure(t("page_weekends"), t("page_weekends_says"), unit("page_weekends_unit"), weekends, t),
        histogram_figure(
            t("page_hours"), t("page_hours_says"), unit("page_hours_unit"), over, t, step=HOURS_STEP, word=signed
        ),
    ]  # fmt: skip


def shortage_table(view: View, bounds: Mapping[Level, int], t: Texts) -> Table:
    """Hours missing by hotspot: in all, of each minimum, and those that no duty reaches. Under the sum stands what is proven of
    it: ``bounds`` are the person-minutes of each level that are missing in every roster, where something is known."""
    title = t("page_shortages_of", strategy=view.name) if view.name else t("page_shortages_table")
    unreached: Counter[str] = Counter()
    for item in view.shortages:
        unreached[item.hotspot] += item.person_minutes if item.cause is not None else 0
    places, names = view.figures.hotspots, _names(view.instance)
    found = [(names[code], _figures(place, unreached[code])) for code, place in places.items() if place.short]
    if not found:
        return Table(title, (), ())
    rows = [(name, *(hours(minutes, t.language) for minutes in figures)) for name, figures in found]
    together = _figures(sum(places.values(), Place()), unreached.total())
    rows.append((strong(t("page_all")), *(strong(hours(minutes, t.language)) for minutes in together)))
    proven = (bounds.get(level) for level in (Level.TARGETS, Level.POLICE_MINIMUM, Level.NON_POLICE_MINIMUM))
    cells = (NOTHING if bound is None else hours(bound, t.language) for bound in proven)
    rows.append((strong(t("page_bound")), NOTHING, *map(strong, cells), NOTHING))
    codes = (
        "head_hotspot",
        "compare_asked",
        "page_missing",
        "compare_police_minimum",
        "compare_other_minimum",
        "page_cannot",
    )
    return Table(title, heads(*map(t, codes)), tuple(rows))


def _figures(place: Place, unreached: int) -> tuple[int, ...]:
    return place.asked, place.short, place.police_minimum, place.other_minimum, unreached


def unweighted(instance: Instance, level: Level, bound: int | None) -> int | None:
    """A bound in person-minutes, where that is known of it: the police minimum is weighted by the priority of the hotspot."""
    if level is not Level.POLICE_MINIMUM or not bound:
        return bound
    return None if any(spot.priority > 1 for spot in instance.hotspots) else bound


def gravest_table(view: View, t: Texts) -> Table:
    """The stretches that miss most, the gravest level first."""
    order = {level: place for place, level in enumerate(COVERAGE_LEVELS)}

    def gravity(item: Shortage) -> tuple[int, int, int]:
        return order[level_of(view.instance, item)], -item.person_minutes, item.start

    listed = sorted(view.shortages, key=gravity)[:GRAVEST]
    title = t("page_longest", count=len(listed), all=len(view.shortages))
    names = ["head_hotspot", "level", "role", "from", "to", "heads_missing", "short_h", "cause"]
    if not any(item.cause for item in listed):
        names.pop()
    figures = {"heads_missing", "short_h"}
    found = tuple(Head(t(name), name in figures) for name in names)
    return Table(title, found, tuple(tuple(_stretch(view.instance, item, t))[: len(names)] for item in listed))


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
