"""Requests: what people wish to work, or not to work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pydantic import Field

from scheduler.messages.message import Message
from scheduler.problem.facts import Request
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.rules.base import Finding, Parameters, Rule, Source
from scheduler.vocabulary.constraints import Constraint, Wish


class RequestsParameters(Parameters):
    points_per_weight: int = Field(
        default=120, ge=0, le=10_000, description="points for each date of a request of weight 1 that is not granted"
    )


class Requests(Rule[RequestsParameters]):
    """A wanted duty is worked, an unwanted one is not: each date of a request that is not granted costs its ``weight`` ×
    ``points_per_weight`` points.

    A duty counts for the date it starts on. With a shift the request is about that shift only, without one about any
    duty. Only dates in the horizon count. A wanted duty on a day of leave is not granted either. Each row counts by
    itself. Duties elsewhere grant nothing and refuse nothing.
    """

    code = "requests"
    title = "Requests"
    sources = (Source("The staff's own requests (sheet Requests)"),)
    columns = ("Requests.kind", "Requests.shift", "Requests.weight")
    hard = False
    parameters_class = RequestsParameters

    def audit(self, instance: Instance, roster: Roster) -> Iterator[Finding]:
        price = self.parameters.points_per_weight
        for request in instance.requests if price else ():
            for day in refused(instance, roster, request):
                yield Finding(
                    self.code,
                    _refusal(request, instance.calendar.date(day)),
                    (request.staff,),
                    (day,),
                    amount=request.weight,
                    unit="weight",
                    cost=request.weight * price,
                )

    def declare(self, instance: Instance) -> Iterator[Constraint]:
        shifts = [shift.code for shift in instance.shifts]
        for request in instance.requests if self.parameters.points_per_weight else ():
            wanted = [request.shift] if request.shift is not None else shifts
            duties = frozenset((day, shift) for day in dates(instance, request) for shift in wanted)
            cost = request.weight * self.parameters.points_per_weight
            yield Wish(self.code, request.staff, cost, duties, want=request.kind == "want")


def _refusal(request: Request, on: dt.date) -> Message:
    staff, shift, weight = request.staff, request.shift, request.weight
    if request.kind == "want":
        if shift is None:
            return Message(
                "requests_work_missed",
                "{staff} wanted to work on {date} and does not (weight {weight})",
                staff=staff,
                date=on,
                weight=weight,
            )
        return Message(
            "requests_shift_missed",
            "{staff} wanted to work {shift} on {date} and does not (weight {weight})",
            staff=staff,
            shift=shift,
            date=on,
            weight=weight,
        )
    if shift is None:
        return Message(
            "requests_work_unwanted",
            "{staff} works on {date} and asked not to (weight {weight})",
            staff=staff,
            date=on,
            weight=weight,
        )
    return Message(
        "requests_shift_unwanted",
        "{staff} works {shift} on {date} and asked not to (weight {weight})",
        staff=staff,
        shift=shift,
        date=on,
        weight=weight,
    )


def dates(instance: Instance, request: Request) -> range:
    """The days of the horizon that a request is about."""
    first, last = instance.calendar.day(request.first), instance.calendar.day(request.last)
    return range(max(0, first), min(instance.days - 1, last) + 1)


def refused(instance: Instance, roster: Roster, request: Request) -> list[int]:
    """The days on which a roster does not grant a request."""
    worked = {a.day for a in roster.line(request.staff) if request.shift is None or a.shift == request.shift}
    return [day for day in dates(instance, request) if (day in worked) != (request.kind == "want")]


def granted_weight(instance: Instance, roster: Roster) -> tuple[int, int]:
    """The weight of all requested dates that a roster grants, and the weight of all of them."""
    asked = sum(request.weight * len(dates(instance, request)) for request in instance.requests)
    missed = sum(request.weight * len(refused(instance, roster, request)) for request in instance.requests)
    return asked - missed, asked
