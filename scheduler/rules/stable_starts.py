"""Stable start times: within a run of work days nobody starts earlier than the day before (forward rotation)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.facts import Category
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.timeline import clock_text
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Clash, Constraint, Wish


class StableStartsParameters(Parameters):
    cost_per_step: int = Field(
        default=30, ge=0, le=10_000, description="points for each start time of the shifts that a duty goes back by"
    )


class StableStarts(Rule[StableStartsParameters]):
    """On the day after a duty, a duty starts at the same clock time or later: each step back costs ``cost_per_step``
    points.

    Each start time t of the shifts that are open to the person's category, with start(day + 1) < t ≤ start(day), is
    one step back. Times that several shifts share count once.

    Only the next date counts: a day without a duty breaks the comparison. The duty of the history on the day before
    the horizon counts. Duties elsewhere do not.
    """

    code = "stable_starts"
    title = "Stable start times"
    sources = (Source("Forward rotation is easier on sleep than backward rotation", sourced=False),)
    columns = ("Shifts.start",)
    hard = False
    parameters_class = StableStartsParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        thresholds = {category: _thresholds(instance, category) for category in Category}
        for member in instance.staff if self.parameters.cost_per_step else ():
            fixed = [(item.day, item.shift) for item in instance.commitments[member.id] if item.shift is not None]
            line = [(a.day, a.shift) for a in roster.line(member.id)]
            for (day, shift), (next_day, next_shift) in pairwise(sorted((*fixed, *line))):
                if next_day != day + 1 or (next_day, next_shift) not in line:
                    continue
                start, then = instance.shift[shift].start, instance.shift[next_shift].start
                steps = sum(then < t <= start for t in thresholds[instance.category(member.id)])
                if steps:
                    yield Finding(
                        self.code,
                        Message(
                            "stable_starts_earlier",
                            "{staff} starts at {start} on {date}, after {earlier} the day before",
                            staff=member.id,
                            start=clock_text(then),
                            date=instance.calendar.date(next_day),
                            earlier=clock_text(start),
                        ),
                        (member.id,),
                        (next_day, day),
                        amount=steps,
                        unit="steps",
                        cost=steps * self.parameters.cost_per_step,
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        price = self.parameters.cost_per_step
        by_category: dict[Category, list[str]] = defaultdict(list)
        for member in instance.staff if price else ():
            by_category[instance.category(member.id)].append(member.id)
        for category, people in by_category.items():
            for threshold in _thresholds(instance, category):
                late = [shift.code for shift in instance.shifts if shift.start >= threshold]
                early = [shift.code for shift in instance.shifts if shift.start < threshold]
                for day in range(instance.days - 1):
                    duties = {(day, shift) for shift in late} | {(day + 1, shift) for shift in early}
                    yield Clash(self.code, tuple(people), frozenset(duties), price)
                for person in people:
                    after = {
                        item.day + 1
                        for item in instance.commitments[person]
                        if item.shift in late and -1 <= item.day < instance.days - 1
                    }
                    if after:
                        yield Wish(
                            self.code, person, price, frozenset((day, shift) for day in after for shift in early)
                        )


def _thresholds(instance: Instance, category: Category) -> list[int]:
    """The clock times at which shifts of a category start, but for the first: going back over one is a step."""
    return sorted({shift.start for shift in instance.shifts if category in shift.categories})[1:]
