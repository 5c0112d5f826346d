"""How nights, weekends and hours are spread over the people of each contract, with nobody named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.analysis.distributions import Distributions, distributions_of, hours_over
from scheduler.analysis.staff_statistics import StaffStatistics

FEWEST = 5
"""Of fewer people nothing is told: who works there would know whose figures they are."""


@dataclass(frozen=True, slots=True)
class Quarters:
    """Least, quarters and most of a figure, each the figure of somebody."""

    least: int
    quarter: int
    middle: int
    three_quarters: int
    most: int

    @classmethod
    def of(cls, figures: Sequence[int]) -> Quarters:
        """Of at least one figure."""
        ordered = sorted(figures)
        quarter, middle, three = (
            ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.25, 0.5, 0.75)
        )
        return cls(ordered[0], quarter, middle, three, ordered[-1])


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of enough people. ``hours`` are those over (+) or under (−) what is due, to the nearest whole one."""

    counts: Distributions
    nights: Quarters
    weekends: Quarters
    hours: Quarters


@dataclass(frozen=True, slots=True)
class ContractSpread:
    """The people of one contract who can be given work; ``told`` is None where there are fewer than :data:`FEWEST`."""

    contract: str
    people: int
    told: Told | None


def contract_spreads(found: StaffStatistics) -> tuple[ContractSpread, ...]:
    """By contract, in the order of the workbook; contracts that nobody has are left out."""
    instance = found.instance
    people = {contract.code: list[str]() for contract in instance.contracts}
    for member in instance.staff:
        if member.fte > 0:
            people[member.contract].append(member.id)
    return tuple(
        ContractSpread(contract, len(ids), _told(found, ids) if len(ids) >= FEWEST else None)
        for contract, ids in people.items()
        if ids
    )


def _told(found: StaffStatistics, ids: Sequence[str]) -> Told:
    figures = [found.people[staff] for staff in ids]
    return Told(
        distributions_of(found, ids),
        Quarters.of([one.nights for one in figures]),
        Quarters.of([one.weekends for one in figures]),
        Quarters.of([round(hours_over(found, staff)) for staff in ids]),
    )
