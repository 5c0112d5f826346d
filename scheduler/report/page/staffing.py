"""Staffing curves as pictures: each strategy with more people wherever they help most, and each pool by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.analysis.staffing_curve import StaffingCurve, StaffingCurves
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure
from scheduler.report.page.pictures.curves import Point, Series, curve_figure
from scheduler.vocabulary.constraints import Level

LEVEL = Level.TARGETS
"""Minutes of it are what people count in hours; those of the police minimum are weighted."""


def staffing_figures(found: Mapping[str, StaffingCurves], values: Mapping[str, int], t: Texts) -> list[Figure]:
    """A picture of all strategies, then one for each with its pools. Both mappings are by strategy; ``values`` are the
    person-minutes missing in the best roster."""
    together = [
        Series(name, _anywhere(curves, values.get(name))) for name, curves in found.items() if curves.curves
    ]  # fmt: skip
    if not together:
        return []
    first = curve_figure(t("page_curves"), t("page_curve_says"), together, t)
    return [first, *(_of_pools(name, curves, t) for name, curves in found.items() if curves.curves)]


def _anywhere(curves: StaffingCurves, value: int | None) -> tuple[Point, ...]:
    """With so many more in all, where they help most: in no other way can less be missing."""
    missing = [curves.now[LEVEL]]
    most = max(curve.last for curve in curves.curves)
    for curve in curves.curves:
        saved = [curves.now[LEVEL] - curve.at(LEVEL, more) for more in range(curve.last + 1)]
        missing = [
            min(missing[total - more] - saved[more] for more in range(len(saved)) if 0 <= total - more < len(missing))
            for total in range(min(most, len(missing) + len(saved) - 2) + 1)
        ]
    return tuple(Point(more, max(0, least), value if more == 0 else None) for more, least in enumerate(missing))


def _of_pools(name: str, curves: StaffingCurves, t: Texts) -> Figure:
    lines: Sequence[Series] = [
        Series(
            _pool(curve, t),
            tuple(Point(more, curve.at(LEVEL, more)) for more in range(curve.first, curve.last + 1)),
        )
        for curve in curves.curves
    ]  # fmt: skip
    return curve_figure(t("page_curves_of", strategy=name), t("page_curve_pool_says"), lines, t)


def _pool(curve: StaffingCurve, t: Texts) -> str:
    """``5341 police``; several organisations with a plus between them."""
    categories = dict.fromkeys(group.category for group in curve.groups)
    return " · ".join(
        f"{' + '.join(group.organisation for group in curve.groups if group.category is category)} {t(category.value)}"
        for category in categories
    )
