"""Most weekends worked in a calendar year."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.weekends import Weekend, touched_by_fixed, weekends, year_of
from scheduler.vocabulary.constraints import Blocks, Constraint


class MaxWeekendsPerYear(Rule[NoParameters]):
    """In a calendar year at most ``max_weekends_year`` weekends are worked: counter + Σ worked weekends ≤ limit.

    The figure on the person's row (``Staff.max_weekends_year``) replaces that of the contract. Without either there is
    no such rule.

    The counter (``Counters.weekends``) holds those of the first day's year that are over, with one that work before
    the horizon has begun and the horizon continues: that one is not counted again. In a later year the count begins at
    0. A weekend belongs to the year of its Saturday; the one already begun on the horizon's first day, to the year of
    that day. Duties elsewhere that start in the horizon count.

    A year is looked at when a duty of the roster touches a weekend that is not counted already; more than the limit
    without the roster breaks nothing.
    """

    code = "max_weekends_per_year"
    formerly = "weekends_year"
    title = "Weekends in a year"
    sources = (Source("RD 30 March 2001 (PJPol), part VI title I: 28 weekends a year, 34 after consultation"),)
    columns = ("Contracts.max_weekends_year", "Staff.max_weekends_year", "Counters.weekends")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        blocks = weekends(instance)
        number_of = {key: number for number, block in enumerate(blocks) for key in block.duties}
        first_year = instance.calendar.start.year
        for member in instance.staff:
            most = most_weekends(instance, member.id)
            line = roster.line(member.id)
            if most is None or not line:
                continue
            begun, fixed = _begun(instance, member.id), touched_by_fixed(instance, member.id, since=0)
            for year, numbers in _by_year(instance, blocks).items():
                # Weekends that only the roster makes worked: neither counted already nor taken by a duty elsewhere.
                cells = {
                    number: day
                    for cell in line
                    for number, day in [(number_of.get(cell.key), cell.day)]
                    if number in numbers and number not in begun | fixed
                }
                carried = instance.counter[member.id].weekends if year == first_year else 0
                count = carried + len(set(numbers) & fixed - begun) + len(cells)
                if cells and count > most:
                    yield Finding(
                        self.code,
                        Message(
                            "max_weekends_per_year_over",
                            (
                                "{staff} works {count} weekend in {year}; the limit is {most}",
                                "{staff} works {count} weekends in {year}; the limit is {most}",
                            ),
                            staff=member.id,
                            count=count,
                            year=year,
                            most=most,
                        ),
                        (member.id,),
                        tuple(sorted(cells.values(), reverse=True)),
                        amount=count - most,
                        unit="weekends",
                    )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        blocks = weekends(instance)
        years = _by_year(instance, blocks)
        for member in instance.staff:
            most = most_weekends(instance, member.id)
            if most is None:
                continue
            begun, fixed = _begun(instance, member.id), touched_by_fixed(instance, member.id, since=0)
            for year, numbers in years.items():
                counted = [number for number in numbers if number not in begun]
                base = instance.counter[member.id].weekends if year == instance.calendar.start.year else 0
                always = frozenset(place for place, number in enumerate(counted) if number in fixed)
                # More weekends than allowed before the roster begins are no fault of it; it must not add any.
                yield Blocks(
                    self.code,
                    member.id,
                    tuple(blocks[number].duties for number in counted),
                    always=always,
                    base=base,
                    most=max(most, base + len(always)),
                )


def most_weekends(instance: Instance, staff: str) -> int | None:
    """A person's own limit, else that of the contract."""
    own = instance.person[staff].max_weekends_year
    return instance.contract(staff).max_weekends_year if own is None else own


def _by_year(instance: Instance, blocks: tuple[Weekend, ...]) -> dict[int, list[int]]:
    table: dict[int, list[int]] = {}
    for number in range(len(blocks)):
        table.setdefault(year_of(instance.calendar, number), []).append(number)
    return table


def _begun(instance: Instance, staff: str) -> frozenset[int]:
    """Weekend 0 when work before the horizon touches it: the counter has it already."""
    return touched_by_fixed(instance, staff, before=0) & {0}
