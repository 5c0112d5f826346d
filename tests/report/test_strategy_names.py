"""Strategies under the names that their readers know."""

from __future__ import annotations

import pytest

from scheduler.analysis.staffing_words import Matched
from scheduler.analysis.strategy_comparison import Compared, StrategyComparison
from scheduler.messages.languages import Language
from scheduler.problem.strategy import READY, Dropped, Strategy
from scheduler.report.strategy_names import called, names_of


@pytest.mark.parametrize("language", Language)
def test_every_ready_one_has_a_name_of_its_own(language: Language) -> None:
    names = names_of(READY.values(), language)
    assert list(names) == list(READY)
    assert len(set(names.values())) == len(READY)
    assert (names["single"] == "single") == (language is Language.EN)
    assert all(Strategy(name=name).name == name for name in names.values())


def test_those_of_a_workbook_keep_their_names() -> None:
    mine = Strategy(name="single", shifts=("E",))
    assert names_of([mine, Strategy(name="12 h")], Language.FR) == {"single": "single", "12 h": "12 h"}
    taken = Strategy(name="zones séparées")
    assert names_of([READY["separate"], taken], Language.FR)["separate"] == "separate"


def test_a_comparison_is_told_with_them_throughout() -> None:
    compared = tuple(Compared(READY[name], Dropped(0, {})) for name in ("separate", "single"))
    found = called(StrategyComparison(compared, (Matched("separate", "single", 0, {}),)), Language.FR)
    assert [each.name for each in found.strategies] == ["zones séparées", "zone unique"]
    assert [(each.one, each.other) for each in found.matched] == [("zones séparées", "zone unique")]
