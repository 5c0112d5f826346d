"""The page of ``vigie compare --html``: the verdict first, then what is missing whatever tool is used, then the pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scheduler.analysis.strategy_comparison import Compared, StrategyComparison, level_name
from scheduler.analysis.strategy_figures import Place, StrategyFigures
from scheduler.analysis.verdict import Attained, Relation, Verdict
from scheduler.messages.formats import figure, hours, number
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf, Message
from scheduler.messages.texts import Texts
from scheduler.problem.strategy import Strategy
from scheduler.report.page import sections
from scheduler.report.page.figure import Figure, Head, Table, heads, strong
from scheduler.report.page.pictures.cascade import Cascade
from scheduler.report.page.pictures.intervals import Interval, interval_figure
from scheduler.report.page.pictures.shares import NOTHING, share_key, whole_percent
from scheduler.report.page.render import render
from scheduler.report.page.staffing import staffing_figures
from scheduler.report.page.views import View
from scheduler.report.strategy_names import called
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level, before
from scheduler.workflows.compare import Comparison

MATRIX_HEADS, MATRIX_LETTERS = 4, 48
"""Heads of a matrix that is so narrow that others have room beside it, and letters of all of them where two others have."""
HOUR = 60
OPEN = "compared_open"
"""The code of a sentence that says that nothing is proven; the figures say it too."""


def compare_page(title: str, found: Comparison, language: Language, *, cascades: Sequence[Cascade] = ()) -> str:
    """The page. Where curves of staffing were asked for, they and their sentences are in it; else the proven shortage of each
    strategy is said. ``cascades`` is the capacity there is, where it is known."""
    t = Texts(language)
    compared = called(found.compared, language)
    views = [
        View(about.name, each.best.instance, each.best.roster, about.figures)
        for each, about in zip(found.outcomes, compared.strategies, strict=True)
        if each.best is not None
    ]
    matrices = _matrices(compared, t)
    return render(
        "compare.html", language, t("page_compare_title", title=title),
        lede=_lede(found, compared, t), period=_period(views, t),
        proven=proven(compared), open_note=_open_note(compared, t),
        said=list(compared.staffing_sentences()) or list(_at_least(compared, t)),
        curves=staffing_figures(compared, t), cascades=sections.cascades(cascades, t),
        inputs=_inputs(compared, t), matrices=matrices, matrix_class=_beside(matrices), levels=_levels(compared, t),
        glance=_glance(compared, t), share_key=share_key(t),
        maps=sections.maps(views, t), zones=_places(views, "zone", t), municipalities=_places(views, "municipality", t),
        lending=_lending(views, t), heatmaps=sections.heatmaps(views, t), weeks=sections.weeks(views, t),
        people=sections.fairness(views, t), count=max((view.distributions.people for view in views), default=0),
        shortages=[sections.shortage_table(view, _bounds(compared, view), t) for view in views],
    )  # fmt: skip


def _period(views: Sequence[View], t: Texts) -> str:
    """The period, with the people of the strategy in which most take part."""
    instances = [view.instance for view in views]
    return sections.period(max(instances, key=lambda each: len(each.staff)), t) if instances else ""


def _bounds(compared: StrategyComparison, view: View) -> Mapping[Level, int]:
    """What is proven missing at each level, in person-minutes."""
    each = next(each for each in compared.rostered if each.name == view.name)
    found = {
        level: _proven(each, level, known) for level in COVERAGE_LEVELS if (known := each.level(level.code)) is not None
    }
    plain = {level: sections.unweighted(view.instance, level, bound) for level, bound in found.items()}
    return {level: bound for level, bound in plain.items() if bound is not None}


def _proven(each: Compared, level: Level, known: Attained) -> int:
    """What is proven missing at a level: by the solve or by the staffing curve, which may say more."""
    by_curve = 0 if each.curves is None else each.curves.now.get(level, 0)
    return min(known.value, max(known.bound, by_curve))


def _lede(found: Comparison, compared: StrategyComparison, t: Texts) -> list[str]:
    names = AllOf(tuple(each.name for each in compared.strategies))
    seeds = list(dict.fromkeys(run.seed for outcome in found.outcomes for run in outcome.runs))
    everybody = not any(each.dropped.people for each in compared.strategies)
    of = t("page_compare_of" if everybody else "page_compare_of_some", strategies=names)
    return [of, t("page_seeds", count=len(seeds), seeds=", ".join(map(str, seeds)))] if seeds else [of]


def proven(compared: StrategyComparison) -> list[Message]:
    """What is proven of strategies against each other, and which are missing."""
    return [said for said in compared.sentences() if said.code != OPEN]


def _open_note(compared: StrategyComparison, t: Texts) -> str:
    every = list(compared.sentences())
    still_open = sum(said.code == OPEN for said in every)
    if not compared.rostered:
        return t("page_nothing_compared")
    if len(compared.rostered) == 1:
        return t("page_one_strategy")
    if not still_open:
        return ""
    if still_open == sum(said.code.startswith("compared_") for said in every):
        return t("page_nothing_proven")
    return t("page_open_too", count=still_open)


def _at_least(compared: StrategyComparison, t: Texts) -> Iterator[Message]:
    """What is proven missing of all that is asked under each strategy, in whole hours, rounded down; nothing where targets are no
    level."""
    for each in compared.rostered:
        targets = each.level(Level.TARGETS.code)
        if targets is None:
            continue
        # What is missing of the minimums is missing of the targets too; hours of police may be weighted.
        minimums = {level: each.level(level.code) for level in before(Level.TARGETS, COVERAGE_LEVELS)}
        bounds = {level: 0 if found is None else found.bound for level, found in minimums.items()}
        plain = each.figures is not None and not each.figures.weighted
        least = max(
            targets.bound, sum(bound for level, bound in bounds.items() if plain or level is not Level.POLICE_MINIMUM)
        )
        if least >= HOUR:
            yield Message(
                "page_mayor_bound",
                "{strategy}: at least {hours} of the {asked} person-hours asked stay uncovered, whoever plans and with whatever "
                "tool, as long as the minimums are held as well as now.",
                strategy=each.name, hours=number(least // HOUR, t.language), asked=number(targets.required // HOUR, t.language),
            )  # fmt: skip
        elif not least and not any(bounds.values()):
            yield Message(
                "page_mayor_none", "{strategy}: it is not proven that anything must be missing.", strategy=each.name
            )


def _inputs(compared: StrategyComparison, t: Texts) -> Table:
    """What each strategy changes in the facts."""
    names = (
        "head_strategy",
        "pooling",
        "lends_percent",
        "guarantee",
        "shifts",
        "non_police_used",
        "federal_used",
        "without",
    )
    rows = [_changed(each.strategy, t) for each in compared.strategies]
    kept = [place for place, _ in enumerate(names) if any(row[place] for row in rows)]
    return Table(
        t("compare_inputs"),
        tuple(Head(t(names[place])) for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _changed(strategy: Strategy, t: Texts) -> tuple[str, ...]:
    share = strategy.lends_percent if strategy.lends else None
    lends = "" if share is None else figure(share, t.language)
    words = {flag: t("yes" if flag else "no") for flag in (True, False)}
    return (
        strategy.name, t(f"strategy_{strategy.pooling.value}"), lends, words[strategy.guarantee] if strategy.lends else "",
        ", ".join(strategy.shifts), words[strategy.non_police], words[strategy.federal],
        ", ".join(strategy.without),
    )  # fmt: skip


def _matrices(compared: StrategyComparison, t: Texts) -> list[Table]:
    """For each level, every strategy against every other."""
    names = [each.name for each in compared.rostered]
    said = compared.verdicts()
    if len(names) < 2:
        return []
    found = []
    for level in COVERAGE_LEVELS:
        if not any(level.code in levels for levels in said.values()):
            continue
        rows = tuple(
            (
                one,
                *(
                    NOTHING if one == other else _relation(said[one, other].get(level.code), t)
                    for other in names
                ),
            )
            for one in names
        )  # fmt: skip
        caption = level_name(level, *compared.rostered).text(t.language)
        found.append(Table(caption, tuple(Head(text) for text in (t("page_matrix"), *names)), rows))
    return found


def _beside(matrices: Sequence[Table]) -> str:
    """How many matrices have room beside each other: three of two strategies, or of three with short names, or else two."""
    if not matrices or len(matrices[0].heads) > MATRIX_HEADS:
        return ""
    short = len(matrices[0].heads) < MATRIX_HEADS or sum(len(head.text) for head in matrices[0].heads) <= MATRIX_LETTERS
    return "trio" if short else "pair"


def _relation(verdict: Verdict | None, t: Texts) -> str:
    match None if verdict is None else verdict.relation:
        case Relation.BETTER | Relation.WORSE:
            assert verdict is not None
            return strong(t(f"page_{verdict.relation.value}", margin=hours(verdict.margin, t.language)))
        case Relation.EQUAL:
            return strong(t("page_equal"))
        case Relation.OPEN:
            return t("page_open")
        case _:
            return NOTHING


def _levels(compared: StrategyComparison, t: Texts) -> Figure | None:
    """What is missing at each level, with what is proven of it."""
    panels = [
        (
            level_name(level, *compared.rostered).text(t.language),
            [
                Interval(
                    each.name, known.value, _proven(each, level, known), known.required,
                    (known.least, known.most) if known.least < known.most else None,
                )
                for each in compared.rostered
                if (known := each.level(level.code)) is not None
            ],
        )
        for level in COVERAGE_LEVELS
    ]  # fmt: skip
    panels = [(name, rows) for name, rows in panels if rows]
    return interval_figure(t("page_levels"), t("page_levels_says"), panels, t) if panels else None


def _glance(compared: StrategyComparison, t: Texts) -> Table:
    """The figures that people ask for first, a column for each strategy."""
    codes = (
        "compare_short", "covered", "compare_worst_hotspot", "compare_worst_hour", "head_lent", "compare_over",
        "head_nights_most", "compare_nights_spread", "head_weekends_most", "compare_weekends_spread", "head_at_home",
        "compare_different",
    )  # fmt: skip
    shown = [each for each in compared.rostered if each.figures is not None]
    columns = [_figures(each.figures, t) for each in shown if each.figures is not None]
    rows = tuple((t(code), *cells) for code, *cells in zip(codes, *columns, strict=True))
    return Table(t("page_glance"), heads(t("page_figure"), *(each.name for each in shown)), rows)


def _figures(figures: StrategyFigures, t: Texts) -> tuple[str, ...]:
    whole = sum(figures.zones.values(), Place())
    hour, people = figures.worst_hour, figures.people
    spreads = [NOTHING if spread is None else str(spread) for spread in (people.nights_spread, people.weekends_spread)]
    return (
        hours(whole.short, t.language), whole_percent(whole.covered, t.language), figures.worst_hotspot or NOTHING,
        NOTHING if hour is None else f"{t.weekday_number(hour // 24)}\u00a0{hour % 24:02d}:00",
        number(sum(traded.lent for traded in figures.traded.values()), t.language), hours(people.over_min, t.language),
        str(people.nights), spreads[0], str(people.weekends), spreads[1],
        NOTHING if people.at_home is None else whole_percent(people.at_home, t.language),
        number(people.different_hotspots, t.language, 1),
    )  # fmt: skip


def _places(views: Sequence[View], kind: str, t: Texts) -> Table | None:
    """Hours missing in each zone or municipality, and how that differs from the first strategy: who gains and who loses."""
    if not views:
        return None
    found: list[Mapping[str, Place]] = [
        view.figures.zones if kind == "zone" else view.figures.municipalities for view in views
    ]
    first, rows = views[0].name, []
    for code in dict.fromkeys(code for places in found for code in places):
        base, *others = (places.get(code, Place()) for places in found)
        cells = [_named(views[0], code), hours(base.asked, t.language), hours(base.short, t.language)]
        for place in others:
            cells += [hours(place.short, t.language), _difference(place.short - base.short, t)]
        rows.append(tuple(cells))
    columns = [t(f"head_{kind}"), t("compare_asked"), first]
    for view in views[1:]:
        columns += [view.name, t("page_against", strategy=first)]
    note = t("page_places_says", strategy=first) if len(views) > 1 else ""
    return Table(t(f"page_places_{kind}"), heads(*columns), tuple(rows), note=note)


def _named(view: View, code: str) -> str:
    known = view.instance.organisation.get(code)
    return code if known is None or not known.name else f"{code} {known.name}"


def _difference(minutes: int, t: Texts) -> str:
    sign = "+" if minutes > 0 else "−" if minutes < 0 else ""
    return f"{sign}{hours(abs(minutes), t.language)}"


def _lending(views: Sequence[View], t: Texts) -> Table | None:
    """Person-days lent and borrowed by zone; None where no zone lends any."""
    lending = [view for view in views if any(traded.lent for traded in view.figures.traded.values())]
    if not lending:
        return None
    zones = dict.fromkeys(zone for view in lending for zone in view.figures.traded)
    rows = tuple(
        (
            _named(views[0], zone),
            *(
                number(days, t.language)
                for view in lending
                for traded in [view.figures.traded[zone]]
                for days in (traded.lent, traded.borrowed)
            ),
        )
        for zone in zones
    )
    columns = [t("head_zone")] + [t(code) for _ in lending for code in ("head_lent", "head_borrowed")]
    return Table(t("page_lending"), heads(*columns), rows, tuple((view.name, 2) for view in lending))
