"""The facts a planner states: one frozen, strict model per row of the workbook.

Codes are text, compared exactly; no two of a table may differ in case only. Clock times are minutes after local midnight; a
clock end at or before its start is on the next day (:attr:`Shift.end` and :attr:`Demand.until` are already unfolded, so
``end > start`` always).
Instants are minutes since the horizon's start (see :mod:`scheduler.problem.timeline`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo, field_serializer, model_validator

from scheduler.messages.message import Message, Name
from scheduler.problem.codes import Code, ListedCode, ShiftCode
from scheduler.problem.codes import fold as fold
from scheduler.problem.days import Days as Days
from scheduler.problem.frozen import Fact as Fact
from scheduler.problem.frozen import refusal
from scheduler.problem.timeline import DAY_MINUTES

Count = Annotated[int, Field(ge=0, le=10_000)]
Minutes = Annotated[int, Field(ge=0, le=400 * DAY_MINUTES)]
_DayHours = Annotated[float, Field(ge=0, le=24)]
Week = tuple[_DayHours, _DayHours, _DayHours, _DayHours, _DayHours, _DayHours, _DayHours]
"""Hours of a fixed week, Monday first."""


class Category(StrEnum):
    """What a contract makes of a person, and a demand may ask for."""

    POLICE = "police"
    NON_POLICE = "non_police"


class OrganisationKind(StrEnum):
    """What an organisation is: it says where its people may stand."""

    POLICE_ZONE = "police_zone"
    FEDERAL = "federal"
    MUNICIPALITY = "municipality"
    PARTNER = "partner"


class Pooling(StrEnum):
    """Whose staff a hotspot may draw on."""

    SEPARATE = "separate"
    """Its own zone's."""
    LATERAL = "lateral"
    """Its own zone's, and what other zones lend."""
    SINGLE = "single"
    """All zones', as if they were one."""


class Organisation(Fact):
    """Whom people belong to: a police zone, a municipality, the federal police, a partner."""

    code: Code
    name: str = ""
    kind: OrganisationKind
    lends_percent: float | None = Field(
        default=None, ge=0, le=100, description="of its person-days, lent at most; blank: as the rule says"
    )
    short_hours: float | None = Field(
        default=None,
        ge=0,
        le=1_000_000,
        description="of the police minimum, missing at its hotspots at most; blank: no limit",
    )


class Hotspot(Fact):
    """A place where people stand."""

    code: ListedCode
    name: str = ""
    municipality: str = Field(description="name or organisation code of the municipality it lies in")
    zone: str = Field(description="organisation code of the police zone it lies in")
    lat: float | None = Field(default=None, ge=-90, le=90, description="degrees north, WGS 84")
    lon: float | None = Field(default=None, ge=-180, le=180, description="degrees east, WGS 84")
    priority: int = Field(default=1, ge=1, le=9, description="weight of a missing police minute; 9 is most urgent")
    neighbours: tuple[Code, ...] = ()
    opens: dt.date | None = Field(default=None, description="first date of the hotspot; blank: always")
    closes: dt.date | None = Field(default=None, description="last date of the hotspot, included; blank: never")

    @model_validator(mode="after")
    def _ordered(self) -> Hotspot:
        if self.opens is not None and self.closes is not None and self.closes < self.opens:
            raise refusal(Message("hotspot_closes_first", "closes the hotspot before it opens."))
        return self


class Shift(Fact):
    """A type of duty: when it starts and ends on the clock, whatever the date."""

    code: ShiftCode
    start: int = Field(ge=0, lt=DAY_MINUTES, description="clock time, minutes after midnight")
    end: int = Field(gt=0, le=2 * DAY_MINUTES, description="clock time, minutes after the midnight before the start")
    unpaid_break_min: int = Field(default=0, ge=0, le=240, description="minutes not counted as working time")
    categories: frozenset[Category] = Field(default=frozenset(Category), description="who may work it")
    hotspots: tuple[Code, ...] = Field(default=(), description="where it may be worked; blank: everywhere")
    not_followed_by: tuple[Code, ...] = Field(default=(), description="shifts that may not start on the next date")
    days: Days | None = Field(default=None, description="dates on which it may start; blank: every date")
    worked: bool = Field(default=True, description="whether anybody works it; history may name it all the same")
    reserve: bool = Field(default=False, description="whether whoever works it waits to be called, at its hotspots")

    @model_validator(mode="after")
    def _lasts(self) -> Shift:
        if not 0 < self.end - self.start <= DAY_MINUTES:
            raise refusal(
                Message("shift_length", "gives a shift of an impossible length: more than 0 and at most 24 hours.")
            )
        if self.unpaid_break_min >= self.end - self.start:
            raise refusal(Message("break_too_long", "is an unpaid break as long as the shift."))
        return self

    @field_serializer("categories", when_used="json")
    def _in_order(self, categories: frozenset[Category]) -> list[str]:
        # A set has no order of its own: without one the same facts would have two fingerprints.
        return sorted(categories)


class Role(Fact):
    """What a demand may ask for beside a category: a patrol leader, a street educator."""

    code: ListedCode
    name: str = ""
    category: Category


MINUTE = 1.001 / 60
"""Hours by which the sum of a fixed week may miss the hours it should come to: a minute, of rounding."""

CONTRACT_DEFAULTS: Mapping[Category, Mapping[str, Any]] = {
    Category.POLICE: {"max_weekends_in_row": 3, "max_weekends_year": 28},
    Category.NON_POLICE: {
        "reference_weeks": 17,
        "max_hours_24h": 11.0,
        "max_consecutive_nights": 3,
        "night_from": 20 * 60,
        "needs_police": 2,
    },
}
"""What a contract that does not say otherwise holds its people to, by category, where it differs from the field's own default."""


def _from_json(kind: type[Fact], name: str, value: Any) -> Any:
    """The value of a field as JSON holds it: what comes after a validator of the whole is checked as a Python value. One that
    cannot be read is left to that check."""
    field = kind.model_fields.get(name)
    if field is None or field.annotation is None:
        return value
    try:
        return TypeAdapter(field.annotation, config=ConfigDict(strict=True)).validate_json(json.dumps(value))
    except ValidationError:
        return value


class Contract(Fact):
    """The working-time rules of a group of people.

    What is left out is as usual for the category (:data:`CONTRACT_DEFAULTS`); ``None`` means that the limit does not exist.
    """

    code: Code
    name: str = ""
    category: Category
    weekly_hours: float = Field(default=38.0, ge=0, le=60, description="hours a week at fte 1")
    reference_weeks: int = Field(default=8, ge=1, le=52, description="weeks over which the hours must average out")
    max_hours_24h: float | None = Field(default=12.0, gt=0, le=24, description="hours of work in any 24 hours")
    max_hours_week: float | None = Field(default=50.0, gt=0, le=168, description="hours of work in a calendar week")
    min_rest_hours: float = Field(default=11.0, ge=0, le=96, description="hours free between two duties")
    max_consecutive_days: int | None = Field(default=6, ge=1, le=31, description="days worked in a row")
    max_consecutive_nights: int | None = Field(default=5, ge=1, le=31, description="nights worked in a row")
    min_consecutive_days: int = Field(default=1, ge=1, le=14, description="days worked in a row, once there is one")
    min_days_off: int = Field(default=2, ge=1, le=7, description="days off in a row, once there is one")
    max_weekends_in_row: int | None = Field(default=None, ge=0, le=53, description="weekends worked in a row")
    weekend_rest_hours: float = Field(default=60.0, ge=0, le=96, description="hours free over the weekend after those")
    max_weekends_year: int | None = Field(default=None, ge=0, le=53, description="weekends worked in a calendar year")
    min_hours_horizon: float | None = Field(default=None, ge=0, le=10_000, description="hours of the horizon, at fte 1")
    max_hours_horizon: float | None = Field(default=None, ge=0, le=10_000, description="hours of the horizon, at fte 1")
    shift_limits: tuple[tuple[Code, Count], ...] = Field(
        default=(), description="most duties of a shift in the horizon; a shift that is not named has no limit"
    )
    hours_by_weekday: Week | None = Field(
        default=None, description="hours of a fixed week at fte 1, Monday first; None: a fifth from Monday to Friday"
    )
    night_from: int = Field(default=22 * 60, ge=0, le=DAY_MINUTES, description="clock time, minutes after midnight")
    night_to: int = Field(default=6 * 60, ge=0, le=DAY_MINUTES, description="clock time, minutes after midnight")
    min_together: int = Field(default=2, ge=1, le=20, description="never fewer of their category at a hotspot")
    needs_police: int = Field(default=0, ge=0, le=20, description="police who must stand there the whole time")
    notice_days: int = Field(default=7, ge=0, le=366, description="days ahead within which a published duty stands")
    decision_date: dt.date | None = Field(
        default=None, description="when the committee decided on figures laxer than usual; without effect on a roster"
    )

    @model_validator(mode="before")
    @classmethod
    def _as_usual(cls, given: Any, info: ValidationInfo) -> Any:
        if info.mode == "json" and isinstance(given, dict):
            given = {name: _from_json(cls, name, value) for name, value in given.items()}
        if not isinstance(given, Mapping):
            return given
        try:
            week = given.get("hours_by_weekday")
            summed = {} if week is None else {"weekly_hours": float(sum(week))}
            return {**CONTRACT_DEFAULTS[Category(given["category"])], **summed, **given}
        except (KeyError, TypeError, ValueError):
            return given  # Without a category that can be read it is refused anyway.

    @model_validator(mode="after")
    def _ordered(self) -> Contract:
        least, most = self.min_hours_horizon, self.max_hours_horizon
        if least is not None and most is not None and most < least:
            raise refusal(
                Message(
                    "most_hours_below_fewest",
                    "is a maximum of hours ({most}) below the minimum ({least}).",
                    most=most,
                    least=least,
                )
            )
        if self.hours_by_weekday is not None and abs(sum(self.hours_by_weekday) - self.weekly_hours) > MINUTE:
            raise refusal(
                Message(
                    "week_not_weekly_hours",
                    "adds up to {total} h a week, but {column} is {hours} h.",
                    total=sum(self.hours_by_weekday),
                    column=Name("column", "weekly_hours", "Contracts"),
                    hours=self.weekly_hours,
                )
            )
        return self


class Staff(Fact):
    """A person, by service number. Nothing else about a person is needed."""

    id: Code = Field(description="service number; never a name that identifies a person to outsiders")
    name: str = ""
    organisation: Code
    roles: tuple[Code, ...] = ()
    contract: Code
    fte: float = Field(default=1.0, ge=0, le=1, description="share of full time")
    home_hotspot: Code | None = None
    hotspots: tuple[Code, ...] = Field(default=(), description="where the person may stand; blank: by jurisdiction")
    first: dt.date | None = Field(default=None, description="first date in service; blank: before the horizon")
    last: dt.date | None = Field(default=None, description="last date in service, included; blank: after the horizon")
    max_weekends_year: int | None = Field(default=None, ge=0, le=120, description="blank: by the contract")
    min_hours_horizon: float | None = Field(default=None, ge=0, le=10_000, description="hours; blank: by the contract")
    max_hours_horizon: float | None = Field(default=None, ge=0, le=10_000, description="hours; blank: by the contract")
    shift_limits: tuple[tuple[Code, Count], ...] | None = Field(default=None, description="blank: by the contract")
    hours_by_weekday: Week | None = Field(
        default=None, description="hours of the person's fixed week, Monday first; blank: by the contract"
    )

    def serves(self, on: dt.date) -> bool:
        """Whether a date is within the person's service."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    @model_validator(mode="after")
    def _ordered(self) -> Staff:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise refusal(Message("leaves_first", "ends the service of the person before it begins."))
        return self


class Demand(Fact):
    """Heads wanted at a hotspot during a clock window on some days.

    Rows of the same hotspot and role that overlap do not add up: the highest figure holds at each moment.
    """

    hotspot: Code
    role: Code = Field(description="a role's code, or a category: police, non_police")
    days: Days
    start: int = Field(ge=0, lt=DAY_MINUTES, description="clock time, minutes after midnight")
    until: int = Field(gt=0, le=2 * DAY_MINUTES, description="clock time, minutes after the midnight before the start")
    minimum: Count = Field(default=0, description="heads, below which the hotspot is not held")
    target: Count = Field(default=0, description="heads, the strategy's aim; at least the minimum")
    maximum: Count | None = Field(default=None, description="heads, above which presence is wasted")

    @model_validator(mode="after")
    def _ordered(self) -> Demand:
        if not 0 < self.until - self.start <= DAY_MINUTES:
            raise refusal(
                Message("demand_length", "gives a demand of an impossible length: more than 0 and at most 24 hours.")
            )
        if self.target < self.minimum:
            raise refusal(
                Message(
                    "minimum_over_target",
                    "is a minimum ({minimum}) above the target ({target}).",
                    minimum=self.minimum,
                    target=self.target,
                )
            )
        if self.maximum is not None and self.maximum < self.target:
            raise refusal(
                Message(
                    "target_over_maximum",
                    "is a target ({target}) above the maximum ({maximum}).",
                    target=self.target,
                    maximum=self.maximum,
                )
            )
        return self


class Absence(Fact):
    """A period in which a person cannot stand at a hotspot. The reason is never recorded."""

    staff: Code
    start: int = Field(description="instant, minutes since the horizon's start; may be negative")
    end: int = Field(description="instant, minutes since the horizon's start, excluded")
    counts_as_work: bool = Field(default=False, description="duty elsewhere, court, training: hours and rest count")

    @model_validator(mode="after")
    def _ordered(self) -> Absence:
        if self.end <= self.start:
            raise refusal(Message("absence_ends_first", "ends the absence before it starts."))
        return self


class Request(Fact):
    """A wish about each date of a span: to work (a given shift), or not to."""

    staff: Code
    first: dt.date
    last: dt.date
    shift: Code | None = Field(default=None, description="blank: any duty")
    kind: Literal["want", "avoid"]
    weight: int = Field(default=1, ge=1, le=10, description="how much it matters to the person, for each date")

    @model_validator(mode="after")
    def _ordered(self) -> Request:
        if self.last < self.first:
            raise refusal(Message("request_ends_first", "ends the request before it starts."))
        return self


class Pair(Fact):
    """Two people who should work together, or never at the same hotspot at the same time."""

    staff_a: Code
    staff_b: Code
    kind: Literal["together", "apart"]


OFF = "OFF"
"""The shift code of a lock that keeps a person free on a date."""


class Lock(Fact):
    """An assignment the planner has decided: kept as it is, or proven impossible before the solve."""

    staff: Code
    date: dt.date
    shift: Code = Field(description="a shift's code, or OFF for a day that must stay free")
    hotspot: Code | None = Field(default=None, description="blank: any hotspot")


class HistoryDuty(Fact):
    """A duty that is a fact: worked before the horizon, or begun when a roster is repaired."""

    staff: Code
    date: dt.date
    shift: Code
    hotspot: Code | None = None


class Counter(Fact):
    """What a person carries in from earlier horizons."""

    staff: Code
    hours_balance: float = Field(default=0.0, ge=-2000, le=2000, description="hours over (+) or under (-) the contract")
    nights: int = Field(default=0, ge=0, le=400, description="night duties worked so far this year")
    weekends: int = Field(default=0, ge=0, le=60, description="weekends worked so far this year")
    holidays: int = Field(default=0, ge=0, le=60, description="public holidays worked so far this year")
