"""The page of ``vigie export --html``: what one roster covers, when and where something is missing, and what is proven of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf
from scheduler.messages.texts import Texts
from scheduler.report.page import sections
from scheduler.report.page.figure import Figure
from scheduler.report.page.pictures.cascade import Cascade
from scheduler.report.page.pictures.intervals import Interval, interval_figure
from scheduler.report.page.pictures.shares import share_key
from scheduler.report.page.render import render
from scheduler.report.page.views import View
from scheduler.rules.demand import counted
from scheduler.vocabulary.constraints import COVERAGE_LEVELS
from scheduler.workflows.review import Review


def roster_page(title: str, found: Review, language: Language, *, cascades: Sequence[Cascade] = ()) -> str:
    """The page. Nobody is named on it."""
    t, view = Texts(language), View("", found.instance, found.roster)
    bounds = {
        level: bound
        for level in COVERAGE_LEVELS
        for known in counted(found.instance, found.levels)
        if known.name == level.code and known.legal
        if (bound := sections.unweighted(found.instance, level, known.bound)) is not None
    }
    return render(
        "roster.html", language, t("page_roster_title", title=title),
        period=sections.period(found.instance, t), pooling=t(f"strategy_{found.instance.strategy.value}"),
        verdict=list(_verdict(found, t)), levels=_levels(found, t), share_key=share_key(t),
        maps=sections.maps([view], t), heatmaps=sections.heatmaps([view], t), weeks=sections.weeks([view], t),
        people=sections.fairness([view], t), count=view.distributions.people,
        shortage=sections.shortage_table(view, bounds, t), gravest=sections.gravest_table(view, t),
        cascades=sections.cascades(cascades, t),
    )  # fmt: skip


def _verdict(found: Review, t: Texts) -> Iterator[str]:
    """Whether the roster is fit for use, what it covers, and what is proven of that."""
    known = found.assessment
    figures = {"short": t.hours(known.short_minutes), "required": t.hours(known.required_minutes)}
    if found.violations:
        yield t("page_broken", count=found.violations)
        return
    if found.accepted:
        yield t("page_accepted", count=len(found.accepted))
    elif not known.short_minutes:
        yield t("verdict_full")
    else:
        bound = known.short_bound or 0
        kind = "best" if bound >= known.short_minutes else "short" if bound else "open"
        of_repair = "_repair" if found.repairs is not None and kind != "open" else ""
        # Rounded down: no more is claimed than is proven.
        yield t(f"verdict_{kind}{of_repair}", **figures, bound=t.hours(bound // 60 * 60))
    if found.since:
        yield t("page_since", changes=AllOf(found.since))


def _levels(found: Review, t: Texts) -> Figure | None:
    panels = [
        (t(level.code), [Interval("", known.value, known.bound if known.legal else None, known.required)])
        for level in COVERAGE_LEVELS
        for known in counted(found.instance, found.levels)
        if known.name == level.code
    ]
    return interval_figure(t("page_levels"), t("page_levels_says"), panels, t) if panels else None
