"""Staffing curves as pictures: each strategy with more people wherever they help most, and each pool by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from scheduler.analysis.staffing_curve import POINTS, StaffingCurve, StaffingCurves
from scheduler.analysis.strategy_comparison import StrategyComparison
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure
from scheduler.report.page.pictures.curves import Point, Series, curve_figure
from scheduler.vocabulary.constraints import Level

LEVEL = Level.TARGETS
"""Minutes of it are what people count in hours; those of the police minimum are weighted."""


def staffing_figures(compared: StrategyComparison, t: Texts) -> list[Figure]:
    """A picture of all strategies, then one for each with its pools; nothing where no curves were asked for."""
    found = {each.name: each.curves for each in compared.rostered if each.curves is not None and each.curves.curves}
    if not found:
        return []
    made = {each.name: {0: each.value_of(LEVEL)} for each in compared.rostered}
    for item in compared.matched:
        if item.short is not None:
            made[item.one][item.people] = item.short
    numbers = {*POINTS, *(item.people for item in compared.matched)}
    together = [Series(name, _anywhere(curves, numbers, made[name])) for name, curves in found.items()]
    first = curve_figure(t("page_curves"), t("page_curve_says"), together, t)
    return [first, *(_of_pools(name, curves, t) for name, curves in found.items())]


def _anywhere(curves: StaffingCurves, numbers: Collection[int], made: Mapping[int, int]) -> tuple[Point, ...]:
    """With so many more in all, where they help most: in no other way can less be missing. ``made`` is what rosters miss that
    were made with so many more."""
    missing = [curves.now[LEVEL]]
    most = max(curve.last for curve in curves.curves)
    for curve in curves.curves:
        saved = [curves.now[LEVEL] - curve.at(LEVEL, more) for more in range(curve.last + 1)]
        missing = [
            min(missing[total - more] - saved[more] for more in range(len(saved)) if 0 <= total - more < len(missing))
            for total in range(min(most, len(missing) + len(saved) - 2) + 1)
        ]
    return tuple(Point(more, max(0, least), made.get(more)) for more, least in enumerate(missing) if more in numbers)


def _of_pools(name: str, curves: StaffingCurves, t: Texts) -> Figure:
    lines = [Series(_pool(curve, t), tuple(_points(curve))) for curve in curves.curves]
    return curve_figure(t("page_curves_of", strategy=name), t("page_curve_pool_says"), lines, t)


def _points(curve: StaffingCurve) -> Iterator[Point]:
    for more in POINTS:
        least = curve.point(LEVEL, more)
        if least is not None:
            yield Point(more, least)


def _pool(curve: StaffingCurve, t: Texts) -> str:
    """``5341 police``; several organisations with a plus between them."""
    categories = dict.fromkeys(group.category for group in curve.groups)
    return " · ".join(
        f"{' + '.join(group.organisation for group in curve.groups if group.category is category)} {t(category.value)}"
        for category in categories
    )
