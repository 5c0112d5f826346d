"""A choice: whole lines for everybody from the optimum of a linear program, among the columns that are there, by CP-SAT.

It sees every combination of them, and a dive only one way down. Dives alone ended 1 to 4 points over 1,143, the best known of the
foreign instance 5, which the first or second choice among some three hundred columns of its 16 people is.
"""

from __future__ import annotations

from scheduler.engine.columns.master import Master, Solution
from scheduler.engine.columns.pricing import Left
from scheduler.engine.lines.programme import Line

LONGEST_S, SHARE = 10.0, 0.1
"""Most seconds of a choice, and the share of the time left."""


def choice(master: Master, solution: Solution | None, aim: float, left: Left) -> dict[int, Line] | None:
    """A line for everybody; None when none was found that stays below ``aim``."""
    if solution is None or solution.objective > aim or left() <= 0:
        return None
    return master.only(master.within(solution, aim)).choose(min(LONGEST_S, SHARE * left()), aim)
