"""One roster as a page looks at it: everything that is drawn of it, computed once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.analysis.coverage import shortages
from scheduler.analysis.distributions import Distributions, distributions
from scheduler.analysis.hours_of_week import WeekOfHotspot, hours_of_week
from scheduler.analysis.strategy_figures import StrategyFigures, strategy_figures
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.report.page.pictures.week_lines import Week
from scheduler.result import Shortage
from scheduler.workbook.coverage_grid import CoverageGrid


@dataclass(frozen=True)
class View:
    """A roster with its facts; ``name`` is that of its strategy, blank where there is one roster only."""

    name: str
    instance: Instance
    roster: Roster
    known: StrategyFigures | None = None
    """Its figures, where they were computed before."""

    @cached_property
    def figures(self) -> StrategyFigures:
        return self.known or strategy_figures(self.instance, self.roster)

    @cached_property
    def shortages(self) -> Sequence[Shortage]:
        return shortages(self.instance, self.roster)

    @cached_property
    def week(self) -> Mapping[str, WeekOfHotspot]:
        return hours_of_week(self.instance, self.shortages)

    @cached_property
    def distributions(self) -> Distributions:
        return distributions(self.instance, self.roster)

    @cached_property
    def heads(self) -> Mapping[Category, Week]:
        """Heads planned and asked by hour of the week, of each category that is asked for."""
        grid = CoverageGrid(self.instance, self.roster)
        return {category: grid.week(category.value) for category in Category if category.value in grid.roles}
