"""Strategies as their readers call them: the ready-made ones by words of the language, all others by their own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduler.analysis.strategy_comparison import StrategyComparison
from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.problem.strategy import READY, Strategy


def names_of(strategies: Iterable[Strategy], language: Language) -> Mapping[str, str]:
    """What each is called, by its name. A workbook may name its own as a ready-made one, or as words for one: those keep their
    names."""
    every = {each.name: each for each in strategies}
    found = {}
    for name, strategy in every.items():
        called = text(language, f"ready_{name}") if READY.get(name) == strategy else name
        found[name] = name if called in every else called
    return found


def called(found: StrategyComparison, language: Language) -> StrategyComparison:
    """The same, with every strategy called as in a language."""
    names = names_of((each.strategy for each in found.strategies), language)
    return StrategyComparison(
        tuple(replace(each, strategy=each.strategy.replace(name=names[each.name])) for each in found.strategies),
        tuple(replace(each, one=names[each.one], other=names[each.other]) for each in found.matched),
    )
