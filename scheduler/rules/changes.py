"""Changes: what a repair alters in the roster that people go by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.publication import within_notice
from scheduler.problem.roster import Assignment, Roster
from scheduler.problem.standing import Standing
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.rules.requests import dates, refused
from scheduler.vocabulary.constraints import Constraint, Distance, Given, Level


class ChangesParameters(Parameters):
    cost_per_day: int = Field(
        default=10, ge=0, le=1000, description="points for each day on which a person does other work"
    )
    cost_per_place: int = Field(default=4, ge=0, le=1000, description="points for the same shift at another hotspot")
    more_for_night: int = Field(default=5, ge=0, le=1000, description="points more where one of the duties is a night")
    more_for_weekend: int = Field(default=5, ge=0, le=1000, description="points more on weekends and public holidays")
    more_for_request: int = Field(default=10, ge=0, le=1000, description="points more where a request was granted")
    draft_percent: int = Field(
        default=30, ge=1, le=100, description="share of these points on days that are not published"
    )


class Changes(Rule[ChangesParameters]):
    """A repair changes as little as it must of the roster that people go by: what was published, and the draft of later dates.

    A day of a person is changed when the shift or the hotspot is another than before, when a duty is gone, or when there is one
    on a day that was free. What began before the moment of the repair is past and cannot change.

    - In notice: a published date less than ``notice_days`` of the contract ahead. Every changed day counts 1, before any target.
      So it changes for the sake of a minimum, and for nothing else.
    - Outside notice: every other date. A changed day costs ``cost_per_day``, or ``cost_per_place`` where only the hotspot is
      another. On top of that: ``more_for_night`` where one of the duties is a night, ``more_for_weekend`` on weekends and public
      holidays, ``more_for_request`` where the day was as the person had requested. On dates that are not published their sum
      counts ``draft_percent`` per cent, rounded up.

    A solve that does not start from a roster knows no changes.
    """

    code = "changes"
    title = "Changes of the standing roster"
    sources = (
        Source("Law of 3 October 2022, art. 6: 7 working days of notice for variable part-time work"),
        Source("Notice for full-time staff and police: general practice", sourced=False),
    )
    columns = ("Contracts.notice_days",)
    hard = False
    parameters_class = ChangesParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        standing = instance.standing
        if standing is None:
            return
        stands, asked = _stands(instance, standing), _granted(instance, standing)
        for member in instance.staff:
            done: dict[int, list[Given]] = {}
            for a in roster.line(member.id):
                done.setdefault(a.day, []).append((a.shift, a.hotspot))
            for day in range(instance.days):
                before, level = stands.get((member.id, day)), _level(instance, standing, member.id, day)
                for now in done.get(day, [None]):
                    if now == before or _past(instance, standing, day, before, now):
                        continue
                    granted = (member.id, day) in asked
                    points = self._points(instance, standing, member.id, day, before, now, granted=granted)
                    cost = 1 if level is Level.CHANGES_IN_NOTICE else points
                    if not cost:
                        continue
                    told = _told(member.id, instance.calendar.date(day), before, now, level)
                    yield Finding(self.code, told, (member.id,), (day,), unit="days", cost=cost, level=level)

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        standing = instance.standing
        if standing is None:
            return
        stands, asked = _stands(instance, standing), _granted(instance, standing)
        shifts: list[Given] = [(shift.code, "") for shift in instance.shifts]
        for member in instance.staff:
            given: dict[Level, dict[int, Given]] = {Level.CHANGES_IN_NOTICE: {}, Level.CHANGES: {}}
            costs: dict[Level, dict[int, Mapping[str | None, int]]] = {level: {} for level in given}
            for day in range(instance.days):
                before, level = stands.get((member.id, day)), _level(instance, standing, member.id, day)
                granted = (member.id, day) in asked
                prices: dict[str | None, int] = {}
                for now in shifts if before is None else [*shifts, None]:
                    if not _past(instance, standing, day, before, now):
                        points = self._points(instance, standing, member.id, day, before, now, granted=granted)
                        prices[None if now is None else now[0]] = 1 if level is Level.CHANGES_IN_NOTICE else points
                given[level][day], costs[level][day] = before, prices
            for level in given:
                if given[level]:
                    yield Distance(self.code, level, member.id, given[level], costs[level])

    def _points(
        self, instance: Instance, standing: Standing, staff: str, day: int, before: Given, now: Given, *, granted: bool
    ) -> int:
        """The price of one change outside notice, of a day that may have been ``granted`` as the person requested it."""
        prices, calendar = self.parameters, instance.calendar
        same = before is not None and now is not None and before[0] == now[0]
        points = prices.cost_per_place if same else prices.cost_per_day
        if any(duty is not None and instance.is_night(staff, instance.duty(day, duty[0])) for duty in (before, now)):
            points += prices.more_for_night
        if calendar.weekday(day) >= 5 or calendar.is_holiday(day):
            points += prices.more_for_weekend
        if granted:
            points += prices.more_for_request
        if standing.until is not None and calendar.date(day) <= standing.until:
            return points
        return -(-points * prices.draft_percent // 100)


def _stands(instance: Instance, standing: Standing) -> Mapping[tuple[str, int], Given]:
    """The duties that people go by, by person and day."""
    day = instance.calendar.day
    return {(duty.staff, day(duty.date)): (duty.shift, duty.hotspot) for duty in standing.duties}


def _granted(instance: Instance, standing: Standing) -> frozenset[tuple[str, int]]:
    """People and days for which the standing roster grants a request."""
    day = instance.calendar.day
    roster = Roster.of(Assignment(duty.staff, day(duty.date), duty.shift, duty.hotspot) for duty in standing.duties)
    return frozenset(
        (request.staff, day)
        for request in instance.requests
        for day in set(dates(instance, request)) - set(refused(instance, roster, request))
    )


def _level(instance: Instance, standing: Standing, staff: str, day: int) -> Level:
    """Whether a day of somebody is in notice."""
    on, told = instance.calendar.date(day), instance.calendar.local(standing.since).date()
    late = within_notice(on, told, standing.until, instance.contract(staff).notice_days)
    return Level.CHANGES_IN_NOTICE if late else Level.CHANGES


def _past(instance: Instance, standing: Standing, day: int, before: Given, now: Given) -> bool:
    """Whether a day is past: what stood there, or stands there now, begins before the repair."""
    return any(duty is not None and instance.duty(day, duty[0]).start < standing.since for duty in (before, now))


def _told(staff: str, on: object, before: Given, now: Given, level: Level) -> Message:
    late = level is Level.CHANGES_IN_NOTICE
    arguments = {"staff": staff, "date": on, "before": _duty(before), "now": _duty(now)}
    if late:
        return Message("changes_late", "{staff}: {before} on {date} becomes {now}, announced late", **arguments)
    return Message("changes_in_time", "{staff}: {before} on {date} becomes {now}, announced in time", **arguments)


def _duty(given: Given) -> Message | str:
    return Message("changes_free", "a free day") if given is None else " ".join(given)
