"""How hours, nights and weekends are spread over the people of a contract, with nobody named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.analysis.staff_statistics import StaffStatistics

FEWEST = 5
"""Of fewer people no distribution is told: who works there would know whose figures they are."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Least, quarters and most of a figure, each the figure of somebody; ``counts`` is how many people have each figure."""

    least: float
    quarter: float
    middle: float
    three_quarters: float
    most: float
    counts: Mapping[float, int]

    @classmethod
    def of(cls, figures: Sequence[float]) -> Distribution:
        """Of at least one figure."""
        ordered = sorted(figures)

        def at(share: float) -> float:
            return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

        return cls(ordered[0], at(0.25), at(0.5), at(0.75), ordered[-1], dict(sorted(Counter(ordered).items())))


@dataclass(frozen=True, slots=True)
class ContractSpread:
    """The people of one contract who can be given work. ``hours_off`` are hours over (+) or under (−) what is due, rounded to
    the nearest whole one. The distributions are None where there are fewer than :data:`FEWEST` people."""

    contract: str
    people: int
    nights: Distribution | None
    weekends: Distribution | None
    hours_off: Distribution | None


def contract_spreads(found: StaffStatistics) -> tuple[ContractSpread, ...]:
    """By contract, in the order of the workbook; contracts that nobody has are left out."""
    instance = found.instance
    spreads = []
    for contract in instance.contracts:
        people = [member.id for member in instance.staff if member.contract == contract.code and member.fte > 0]
        if not people:
            continue
        figures = [found.people[staff] for staff in people]
        told = len(people) >= FEWEST
        off = [round((found.people[staff].planned - found.target(staff)) / 60) for staff in people]
        spreads.append(
            ContractSpread(
                contract.code,
                len(people),
                Distribution.of([one.nights for one in figures]) if told else None,
                Distribution.of([one.weekends for one in figures]) if told else None,
                Distribution.of(off) if told else None,
            )
        )
    return tuple(spreads)
