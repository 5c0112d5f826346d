"""Fairness: nights, weekends, public holidays and hours are shared evenly among people who can replace one another."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from scheduler.messages.message import Hours, Message
from scheduler.problem.instance import DutyKey, Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.rules.horizon_hours import limits as hour_limits
from scheduler.rules.reference_hours import Period, periods
from scheduler.rules.support.shares import Share, shares
from scheduler.rules.support.spread import holidays_worked, night_weights, worked_by
from scheduler.rules.support.weekends import touched_by_fixed, weekends
from scheduler.rules.support.work import pieces
from scheduler.rules.support.workable import workable_nights, workable_weekends
from scheduler.vocabulary.constraints import Blocks, Constraint, Total


class FairnessParameters(Parameters):
    night_cost: int = Field(
        default=120, ge=0, le=10_000, description="points per night further than `near` off the share"
    )
    night_cost_far: int = Field(default=360, ge=0, le=10_000, description="points more per night further than `far`")
    weekend_cost: int = Field(default=120, ge=0, le=10_000, description="points per weekend further than `near` off")
    weekend_cost_far: int = Field(default=240, ge=0, le=10_000, description="points more per weekend beyond `far`")
    near: int = Field(default=1, ge=0, le=20, description="nights or weekends off the fair share that cost nothing")
    far: int = Field(default=2, ge=0, le=20, description="nights or weekends off the fair share that cost extra beyond")
    holiday_cost: int = Field(default=120, ge=0, le=10_000, description="points per public holiday off the share")
    hours_cost: int = Field(
        default=60, ge=0, le=6000, multiple_of=60, description="points per hour further than `hours_near` off the share"
    )
    hours_cost_far: int = Field(
        default=60, ge=0, le=6000, multiple_of=60, description="points more per hour further than `hours_far`"
    )
    hours_near: float = Field(default=4.0, ge=0, le=500, description="hours off the fair share that cost nothing")
    hours_far: float = Field(default=12.0, ge=0, le=500, description="hours off the fair share that cost extra beyond")
    most_nights_evened: float = Field(
        default=1.0, ge=0, le=50, description="most nights of earlier horizons that one horizon evens out"
    )
    most_weekends_evened: float = Field(
        default=0.5, ge=0, le=20, description="most weekends of earlier horizons that one horizon evens out"
    )
    most_holidays_evened: float = Field(
        default=1.0, ge=0, le=20, description="most public holidays of earlier horizons that one horizon evens out"
    )


Bands = tuple[tuple[int, int], ...]
"""What a deviation costs: ``(width, points)``, points for each unit further than the width off the share, summed over bands."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A person's fair share in whole numbers: nights, weekends, public holidays, and paid minutes by reference period."""

    nights: int
    weekends: int
    holidays: int
    minutes: tuple[tuple[Period, int], ...]


class Fairness(Rule[FairnessParameters]):
    """Each person works about a fair share of nights, weekends, public holidays and hours: |worked − share| costs points,
    the more the further it is off.

    Prices: of nights and weekends, ``near`` off the share cost nothing; each one further costs ``night_cost`` or
    ``weekend_cost``, and each one further than ``far`` ``night_cost_far`` or ``weekend_cost_far`` more: the worst off
    come first. Each public holiday off costs ``holiday_cost``. Of hours, ``hours_near`` cost nothing; each hour
    further costs ``hours_cost``, and each further than ``hours_far`` ``hours_cost_far`` more, by the minute.

    What is counted: nights are the duties of the roster that are night work by ``night_from`` and ``night_to`` (see
    the term). Weekends are those worked, history and duties elsewhere included. Public holidays are those of the
    horizon on which a duty or a duty elsewhere starts, each once. Hours are those of each reference period
    (``reference_hours``).

    Work wanted: at each minute at a hotspot, of a category: the targets of its roles added up, or the target of the
    whole category where that is higher. It is divided among those of the category who may stand there
    (``qualification``), in proportion to the contract's hours that they owe in the horizon (``reference_hours``,
    before any balance). A person's part of all hotspots together is scaled down where it is more than these hours:
    nobody gets more than the contract.

    Share of nights: the person's part of the minutes that only night duties of the contract can cover, divided by how
    many of them such a duty holds on average (on the horizon's first day).

    Share of weekends: the part of the minutes in weekends, divided by 1.5 times the average length of the shifts of the
    category, as a worked weekend is one and a half duties.

    Share of public holidays: the part of the minutes on such dates, divided by that average length.

    What was before: people of one contract who may stand at the same hotspots are compared. By the hours they owe,
    each should have done a part of all that their rows on sheet Counters add up to. What somebody has done less is
    added to the share, what they have done more is taken off; at most ``most_nights_evened``, ``most_weekends_evened``
    and ``most_holidays_evened``. A share of 0 stays 0, and none falls below.

    Rounding and ceilings: shares are rounded to the nearest whole number, halves up. That of nights is at most what
    the person can work: one on each day in service that is no day of leave, no more in a row than
    ``max_consecutive_nights``, and no more than ``shift_limits`` leave the night shifts. That of weekends is at most
    those with a day in service that is no day of leave, no more in a row than ``max_weekends_in_row``, and in a
    horizon of one year no more than ``max_weekends_year`` leaves; weekends that fixed work takes always count.

    Share of hours, in each reference period: the hours of duties elsewhere in full, and a part of the rest of what is due
    (``reference_hours``). That part is the paid hours of the work wanted, divided by the hours owed, at most 1; it is the same
    for all people who are compared. Paid are the shifts of the category on average, less their breaks. The share is at most
    ``max_hours_horizon``, and never less than the duties elsewhere. Where nothing is asked for, no hours are shared. Whoever has
    a share of full time (``fte``) of 0 has no share of hours.
    """

    code = "fairness"
    title = "Fair nights, weekends, public holidays and hours"
    sources = (Source("Good practice: unfair spread is the first complaint about rosters", sourced=False),)
    columns = (
        "Counters.nights",
        "Counters.weekends",
        "Counters.holidays",
        "Counters.hours_balance",
        "Contracts.night_from",
        "Contracts.night_to",
    )
    hard = False
    parameters_class = FairnessParameters

    @property
    def _nights(self) -> Bands:
        given = self.parameters
        return (given.near, given.night_cost), (given.far, given.night_cost_far)

    @property
    def _weekends(self) -> Bands:
        given = self.parameters
        return (given.near, given.weekend_cost), (given.far, given.weekend_cost_far)

    @property
    def _holidays(self) -> Bands:
        return ((0, self.parameters.holiday_cost),)

    @property
    def _minutes(self) -> Bands:
        given = self.parameters
        near, far = round(given.hours_near * 60), round(given.hours_far * 60)
        return (near, given.hours_cost // 60), (far, given.hours_cost_far // 60)

    _shared: tuple[Instance, Mapping[str, Share]] | None = None

    def _aims(self, instance: Instance, people: Collection[str]) -> Iterator[tuple[str, Aim]]:
        """The aims of some people. Everybody's shares are found once for several rosters of an instance."""
        given = self.parameters
        if self._shared is None or self._shared[0] is not instance:
            caps = given.most_nights_evened, given.most_weekends_evened, given.most_holidays_evened
            self._shared = instance, shares(instance, *caps)
        blocks = weekends(instance)
        for staff, share in self._shared[1].items():
            if staff in people:
                yield (
                    staff,
                    Aim(
                        min(math.floor(share.nights + 0.5), workable_nights(instance, staff)),
                        min(math.floor(share.weekends + 0.5), workable_weekends(instance, staff, blocks)),
                        math.floor(share.holidays + 0.5),
                        tuple(_minutes(instance, staff, share.work)) if share.work else (),
                    ),
                )

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        return self.audit_people(instance, roster, instance.person)

    def audit_people(self, instance: Instance, roster: Roster, people: Collection[str]) -> Iterator[Finding]:
        worked = worked_by(instance, roster, people)
        for staff, aim in self._aims(instance, people):
            mine = worked[staff]
            for what, number, share, days, bands in (
                ("nights", len(mine.nights), aim.nights, mine.nights, self._nights),
                ("weekends", mine.weekends, aim.weekends, (), self._weekends),
                ("public holidays", len(mine.holidays), aim.holidays, (), self._holidays),
            ):
                off = abs(number - share)
                if price := _price(bands, off):
                    message = _told(what, staff, number, share)
                    yield Finding(self.code, message, (staff,), days, amount=off, unit=what, cost=price)
            for period, share in aim.minutes:
                work = pieces(instance, roster, staff)
                minutes = sum(piece.paid_min for piece in work if period.first <= piece.day < period.stop)
                off = abs(minutes - share)
                if price := _price(self._minutes, off):
                    message = Message(
                        "fairness_hours",
                        "{staff} works {worked} from {first}; the fair share is {share}",
                        staff=staff,
                        worked=Hours(minutes),
                        first=instance.calendar.date(period.first),
                        share=Hours(share),
                    )
                    yield Finding(self.code, message, (staff,), amount=off, unit="minutes", cost=price)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        nights = night_weights(instance)
        blocks = tuple(item.duties for item in weekends(instance))
        holidays = {duty.key: 1 for duty in instance.duties if instance.calendar.is_holiday(duty.day)}
        hours: dict[tuple[int, int], Mapping[DutyKey, int]] = {}
        for staff, aim in self._aims(instance, instance.person):
            weights = nights[instance.contract(staff).code]
            for least, most, cost in _bounds(self._nights, aim.nights, instance.days):
                yield Total(self.code, staff, weights, least=least, most=most, cost=cost)
            always = frozenset(index for index in touched_by_fixed(instance, staff) if 0 <= index < len(blocks))
            for least, most, cost in _bounds(self._weekends, aim.weekends, len(blocks)):
                yield Blocks(self.code, staff, blocks, always, least=least, most=most, cost=cost)
            fixed = holidays_worked(instance, staff, ())
            open_to = {key: 1 for key in holidays if key[0] not in fixed} if fixed else holidays
            for least, most, cost in _bounds(self._holidays, aim.holidays, len({day for day, _ in holidays})):
                yield Total(self.code, staff, open_to, base=len(fixed), least=least, most=most, cost=cost)
            for period, share in aim.minutes:
                span = (period.first, period.stop)
                if span not in hours:
                    hours[span] = {duty.key: duty.paid_min for duty in instance.duties if span[0] <= duty.day < span[1]}
                for least, most, cost in _bounds(self._minutes, share, None):
                    yield Total(self.code, staff, hours[span], base=period.fixed_min, least=least, most=most, cost=cost)


def _minutes(instance: Instance, staff: str, work: float) -> Iterator[tuple[Period, int]]:
    """The fair share of hours of each reference period, in minutes."""
    if instance.person[staff].fte == 0:
        return
    most = hour_limits(instance, staff)[1]
    for period in periods(instance, staff):
        share = period.fixed_min + round(work * (period.target_min - period.fixed_min))
        yield period, share if most is None else max(period.fixed_min, min(share, most))


def _told(what: str, staff: str, number: int, share: int) -> Message:
    """What is said of somebody's ``nights``, ``weekends`` or ``public holidays``."""
    match what:
        case "nights":
            return Message(
                "fairness_nights",
                (
                    "{staff} works {count} night; the fair share is {share}",
                    "{staff} works {count} nights; the fair share is {share}",
                ),
                staff=staff,
                count=number,
                share=share,
            )
        case "weekends":
            return Message(
                "fairness_weekends",
                (
                    "{staff} works {count} weekend; the fair share is {share}",
                    "{staff} works {count} weekends; the fair share is {share}",
                ),
                staff=staff,
                count=number,
                share=share,
            )
        case _:
            return Message(
                "fairness_holidays",
                (
                    "{staff} works {count} public holiday; the fair share is {share}",
                    "{staff} works {count} public holidays; the fair share is {share}",
                ),
                staff=staff,
                count=number,
                share=share,
            )


def _price(bands: Bands, off: int) -> int:
    return sum(cost * max(0, off - width) for width, cost in bands)


def _bounds(bands: Bands, aim: int, possible: int | None) -> Iterable[tuple[int | None, int | None, int]]:
    """Least, most and cost of every band around an aim that costs something, without bounds that nobody can break."""
    for width, cost in bands:
        least, most = aim - width, aim + width
        low = least if least > 0 else None
        high = most if possible is None or most < possible else None
        if cost and (low is not None or high is not None):
            yield low, high, cost
