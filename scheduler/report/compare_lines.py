"""What `vigie compare` says to a person: what is proven first, then the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.analysis.strategy_figures import StrategyFigures
from scheduler.analysis.verdict import Attained
from scheduler.messages.formats import number, percent
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.level_figures import level_figure
from scheduler.report.terminal import table
from scheduler.vocabulary.constraints import COVERAGE_LEVELS, Level


def compare_lines(found: StrategyComparison, language: Language) -> Iterator[str]:
    """The sentences, then a table for each coverage level, then one about people."""
    yield from (said.text(language) for said in (*found.sentences(), *found.staffing_sentences()))
    for level in COVERAGE_LEVELS:
        rows = [
            _row(each, level, attained, language) for each in found.rostered if (attained := each.level(level.code))
        ]
        if rows:
            yield text(language, level.code)
            heads = [
                text(language, f"head_{key}") for key in ("strategy", "value", "bound", "required", "gap", "seeds")
            ]
            yield from table(heads, rows)
    rows = [_people(each.name, each.figures, language) for each in found.rostered if each.figures is not None]
    if rows:
        keys = ("strategy", "covered", "lent", "nights_most", "weekends_most", "at_home")
        yield from table([text(language, f"head_{key}") for key in keys], rows)
    if found.rostered:
        yield text(language, "weighted")


def _row(each: Compared, level: Level, attained: Attained, language: Language) -> Sequence[str]:
    gap = percent((attained.value - attained.bound) / max(1, attained.required), language)
    seeds = f"{level_figure(level, attained.least, language)} – {level_figure(level, attained.most, language)}"
    amounts = (attained.value, attained.bound, attained.required)
    figures = (level_figure(level, amount, language) for amount in amounts)
    return [each.name, *figures, text(language, "proven") if attained.proven else gap, seeds]


def _people(name: str, figures: StrategyFigures, language: Language) -> Sequence[str]:
    asked = sum(place.asked for place in figures.zones.values())
    short = sum(place.short for place in figures.zones.values())
    lent = sum(traded.lent for traded in figures.traded.values())
    people = figures.people
    return [
        name, percent(1 - short / asked if asked else 1.0, language), number(lent, language),
        number(people.nights, language), number(people.weekends, language),
        "–" if people.at_home is None else percent(people.at_home, language),
    ]  # fmt: skip
