"""Weekends in a row, and the long rest over the one that follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.messages.message import Hours, Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, NoParameters, Rule, Source
from scheduler.rules.support.streaks import Settled, overlong, settle
from scheduler.rules.support.weekends import Weekend, touched_by_fixed, weekend, weekends
from scheduler.rules.support.work import Piece, cell_days, pieces
from scheduler.vocabulary.constraints import Blocks, Clash, Constraint, Unavailable, cliques

Pair = tuple[DutyKey, DutyKey]


class MaxConsecutiveWeekends(Rule[NoParameters]):
    """After ``max_weekends_in_row`` worked weekends in a row the next one is free, and over it lie at least
    ``weekend_rest_hours`` hours between the last work before and the first work after it: start(first after) −
    end(last before) ≥ rest.

    A weekend is worked when any minute of a duty, of the history or of a duty elsewhere lies in it (see the term). The
    row goes back into the history.

    The rest is due over each weekend that is free and that so many worked ones stand before; also over the last one
    before the horizon's first week. Compared is work that ends by Saturday 00:00 with work that starts from Monday
    00:00 on, history and duties elsewhere included.

    A row is looked at when it holds a weekend that a duty of the roster touches, a rest when a duty of the roster
    stands on one of its sides; fixed work alone breaks nothing. With a limit of 0 no weekend is worked, and no rest is
    due. Without a limit there is no such rule.
    """

    code = "max_consecutive_weekends"
    formerly = "weekends_row"
    title = "Weekends in a row"
    sources = (Source("RD 30 March 2001 (PJPol), part VI title I: 3 in a row, then 60 h of rest over the next one"),)
    columns = ("Contracts.max_weekends_in_row", "Contracts.weekend_rest_hours")

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        every = {number: weekend(instance, number) for number in range(-1, len(weekends(instance)))}
        number_of = {key: number for number, block in every.items() for key in block.duties}
        for member in instance.staff:
            contract = instance.contract(member.id)
            most = contract.max_weekends_in_row
            line = roster.line(member.id)
            if most is None or not line:
                continue
            cells: dict[int, list[int]] = {}
            for cell in line:
                if cell.key in number_of:
                    cells.setdefault(number_of[cell.key], []).append(cell.day)
            fixed = {place for place in touched_by_fixed(instance, member.id) if place < len(every) - 1}
            for first, length, places in overlong(cells, fixed, most):
                yield Finding(
                    self.code,
                    Message(
                        "max_consecutive_weekends_over",
                        (
                            "{staff} works {count} weekend in a row from {first}; the limit is {most}",
                            "{staff} works {count} weekends in a row from {first}; the limit is {most}",
                        ),
                        staff=member.id,
                        count=length,
                        first=instance.calendar.date(weekend(instance, first).saturday),
                        most=most,
                    ),
                    (member.id,),
                    tuple(cells[places[0]]),
                    amount=length - most,
                    unit="weekends",
                )
            worked = fixed | set(cells)
            rest = round(contract.weekend_rest_hours * 60)
            work = None
            for number, block in every.items():
                if most and number not in worked and all(number - back in worked for back in range(1, most + 1)):
                    work = pieces(instance, roster, member.id) if work is None else work
                    yield from self._rest(instance, member.id, block, work, rest, most)

    def _rest(
        self, instance: Instance, staff: str, block: Weekend, work: list[Piece], rest: int, most: int
    ) -> Iterator[Finding]:
        before = [piece for piece in work if piece.end <= block.start]
        after = [piece for piece in work if piece.start >= block.end]
        short = [
            (second.start - first.end, first, second)
            for first in before
            for second in after
            if second.start - first.end < rest and not (first.fixed and second.fixed)
        ]
        if short:
            free, first, second = min(short, key=lambda item: item[0])
            yield Finding(
                self.code,
                Message(
                    "max_consecutive_weekends_rest",
                    (
                        "{staff} rests {rest} over the weekend of {saturday}, after {count} weekend worked in a row; {due} is "
                        "required",
                        "{staff} rests {rest} over the weekend of {saturday}, after {count} weekends worked in a row; {due} "
                        "is required",
                    ),
                    staff=staff,
                    rest=Hours(free),
                    saturday=instance.calendar.date(block.saturday),
                    count=most,
                    due=Hours(rest),
                ),
                (staff,),
                cell_days(second, first),
                amount=rest - free,
                unit="minutes",
            )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        blocks = tuple(block.duties for block in weekends(instance))
        surroundings: dict[tuple[int, int], frozenset[Pair]] = {}
        for member in instance.staff:
            contract = instance.contract(member.id)
            most, rest = contract.max_weekends_in_row, round(contract.weekend_rest_hours * 60)
            if most is None:
                continue
            if most == 0:
                yield Unavailable(self.code, member.id, frozenset().union(*blocks))
                continue
            taken = touched_by_fixed(instance, member.id)
            settled = settle(taken, len(blocks), most)
            if settled.closed:
                yield Unavailable(self.code, member.id, frozenset().union(*(blocks[place] for place in settled.closed)))
            rests: dict[int, frozenset[Pair]] = {}
            for number in range(-1, len(blocks)):
                if number in taken:
                    continue
                if (number, rest) not in surroundings:
                    surroundings[number, rest] = _around(instance, number, rest)
                pairs = surroundings[number, rest]
                alone = _around_fixed(instance, member.id, number, rest)
                if all(number - back in taken for back in range(1, most + 1)):
                    # Fixed work alone makes the rest due, whatever the line says.
                    if alone:
                        yield Unavailable(self.code, member.id, frozenset().union(*alone))
                    for duties in cliques(pairs):
                        yield Clash(self.code, (member.id,), duties)
                elif number + settled.carried >= most:
                    rests |= {number: pairs} if pairs else {}
                    yield from self._beside_fixed(member.id, blocks, number, most, settled, alone)
            yield Blocks(
                self.code,
                member.id,
                blocks,
                always=settled.always,
                most_in_row=most,
                carried=settled.carried,
                rest=rests,
            )

    def _beside_fixed(
        self,
        person: str,
        blocks: tuple[frozenset[DutyKey], ...],
        number: int,
        most: int,
        settled: Settled,
        alone: Sequence[frozenset[DutyKey]],
    ) -> Iterator[Constraint]:
        """Duties that fixed work on the other side of weekend ``number`` leaves too little rest beside, follow on the weekends
        before like one weekend more: no row of ``most`` weekends and then one of them."""
        first = max(0, number - most)
        for duties in alone:
            yield Blocks(
                self.code,
                person,
                (*blocks[first:number], duties),
                always=frozenset(place - first for place in settled.always if first <= place < number),
                most_in_row=most,
                carried=settled.carried if first == 0 else 0,
            )


def _around(instance: Instance, number: int, rest: int) -> frozenset[Pair]:
    """Duties before and after a weekend that lie less than ``rest`` minutes apart."""
    block = weekend(instance, number)
    days = range(max(0, block.saturday - 6), min(instance.days, block.saturday + 8))
    close = [instance.duty(day, shift.code) for day in days for shift in instance.shifts]
    return frozenset(
        (first.key, second.key)
        for first in close
        if first.end <= block.start
        for second in close
        if block.end <= second.start < first.end + rest
    )


def _around_fixed(instance: Instance, staff: str, number: int, rest: int) -> list[frozenset[DutyKey]]:
    """Duties that lie less than ``rest`` minutes from fixed work on the other side of a weekend: those before the weekend, and
    those after it, as far as there are any."""
    block = weekend(instance, number)
    fixed = instance.commitments[staff]
    ends = [item.end for item in fixed if block.start - rest < item.end <= block.start]
    starts = [item.start for item in fixed if block.end <= item.start < block.end + rest]
    if not ends and not starts:
        return []
    days = range(max(0, block.saturday - 6), min(instance.days, block.saturday + 8))
    close = [instance.duty(day, shift.code) for day in days for shift in instance.shifts]
    before = frozenset(d.key for d in close if d.end <= block.start and any(start < d.end + rest for start in starts))
    after = frozenset(d.key for d in close if d.start >= block.end and any(d.start < end + rest for end in ends))
    return [duties for duties in (before, after) if duties]
