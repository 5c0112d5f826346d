"""Which rules make each step of the waterfall, and which facts of a person may be behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scheduler.analysis.waterfall import FactRef, Stage
from scheduler.problem.facts import Staff
from scheduler.problem.instance import Instance
from scheduler.rules import RULES
from scheduler.rules.availability import Availability
from scheduler.rules.base import Reach
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.duties_elsewhere import DutiesElsewhere
from scheduler.rules.horizon_hours import HorizonHours
from scheduler.rules.hours_24h import Hours24h
from scheduler.rules.hours_week import HoursWeek
from scheduler.rules.max_consecutive_days import MaxConsecutiveDays
from scheduler.rules.max_consecutive_nights import MaxConsecutiveNights
from scheduler.rules.max_consecutive_weekends import MaxConsecutiveWeekends
from scheduler.rules.max_weekends_per_year import MaxWeekendsPerYear
from scheduler.rules.min_consecutive_days import MinConsecutiveDays
from scheduler.rules.min_consecutive_days_off import MinConsecutiveDaysOff
from scheduler.rules.qualification import Qualification
from scheduler.rules.reference_hours import ReferenceHours
from scheduler.rules.shift_limits import ShiftLimits
from scheduler.rules.shift_sequence import ShiftSequence
from scheduler.rules.single_assignment_per_day import SingleAssignmentPerDay

_HOURS = (ReferenceHours.code, HoursWeek.code, HorizonHours.code)
_FACTS = (SingleAssignmentPerDay.code, Availability.code, DutiesElsewhere.code, Qualification.code, ShiftLimits.code)
_REST = (DailyRest.code, ShiftSequence.code, Hours24h.code)
_WEEKENDS = (MaxConsecutiveWeekends.code, MaxWeekendsPerYear.code)
_DAYS = (MaxConsecutiveDays.code, MinConsecutiveDays.code, MinConsecutiveDaysOff.code)

OVER_HORIZON: Mapping[Stage, tuple[str, ...]] = {
    Stage.DUTIES: (*_FACTS, *_HOURS),
    Stage.REST: _REST,
    Stage.NIGHTS: (MaxConsecutiveNights.code,),
    Stage.WEEKENDS: _WEEKENDS,
    Stage.DAYS: _DAYS,
}
"""The rules that each step of presence adds to those before it, over the whole horizon."""
ON_DATE: Mapping[Stage, tuple[str, ...]] = {
    Stage.LEAVE: (SingleAssignmentPerDay.code, Availability.code),
    Stage.ELSEWHERE: (DutiesElsewhere.code,),
    Stage.COMPETENCE: (Qualification.code, ShiftLimits.code),
    Stage.REST: _REST,
    Stage.NIGHTS: (MaxConsecutiveNights.code,),
    Stage.WEEKENDS: _WEEKENDS,
    Stage.DAYS: _DAYS,
    Stage.HOURS: _HOURS,
}
"""The same for a single date."""


TOLD: Mapping[Stage, tuple[str, ...]] = {
    Stage.DUTIES: (SingleAssignmentPerDay.code, ShiftLimits.code, HorizonHours.code),
}
"""The rules that a step is told by, where its other rules have had a step of their own."""


def decided(presence: Mapping[Stage, tuple[str, ...]]) -> tuple[str, ...]:
    """The hard rules about one person that no step before the last has: locks, and whatever comes to be a rule."""
    named = {code for codes in presence.values() for code in codes}
    return tuple(rule.code for rule in RULES if rule.hard and rule.reach is Reach.PERSON and rule.code not in named)


ARITHMETIC: Mapping[Stage, tuple[str, ...]] = {
    Stage.HEADCOUNT: (),
    Stage.PART_TIME: (ReferenceHours.code,),
    Stage.SERVICE: (Availability.code, ReferenceHours.code),
    Stage.HOLIDAYS: (ReferenceHours.code,),
    Stage.LEAVE: (Availability.code, ReferenceHours.code),
    Stage.BALANCE: (ReferenceHours.code,),
    Stage.ELSEWHERE: (DutiesElsewhere.code, ReferenceHours.code),
    Stage.OVER: (ReferenceHours.code,),
    Stage.WEEK: (HoursWeek.code,),
    Stage.COMPETENCE: (Qualification.code,),
}
"""The rules of the arithmetic steps."""


class Behind:
    """The facts that may be behind a step of a person."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._row = {member.id: index for index, member in enumerate(instance.staff)}
        self._contract = {item.code: index for index, item in enumerate(instance.contracts)}
        self._counter = {item.staff: index for index, item in enumerate(instance.counters)}
        self._leave: dict[str, list[int]] = defaultdict(list)
        self._elsewhere: dict[str, list[int]] = defaultdict(list)
        end = instance.calendar.end
        for index, absence in enumerate(instance.absences):
            if absence.start < end and absence.end > 0:
                (self._elsewhere if absence.counts_as_work else self._leave)[absence.staff].append(index)
        self._locks: dict[str, list[int]] = defaultdict(list)
        for index, lock in enumerate(instance.locks):
            self._locks[lock.staff].append(index)

    def facts(self, stage: Stage, staff: str) -> Iterator[FactRef]:
        """Those of one step, each a cell; a setting or a whole sheet where no row is the person's."""
        match stage:
            case Stage.PART_TIME:
                yield self._staff(staff, "fte" if self._member(staff).fte < 1 else "hours_by_weekday")
            case Stage.SERVICE:
                yield from self._service(staff)
            case Stage.HOLIDAYS:
                yield ("sheets", 0, "Holidays")
            case Stage.LEAVE:
                yield from (("absences", index, "start") for index in self._leave[staff])
                yield from self._service(staff)
            case Stage.BALANCE:
                yield from self._rows("counters", self._counter, staff, "hours_balance")
            case Stage.ELSEWHERE:
                yield from (("absences", index, "start") for index in self._elsewhere[staff])
            case Stage.OVER:
                yield ("settings", 0, f"{ReferenceHours.code}.most_over_hours")
            case Stage.COMPETENCE:
                yield self._staff(staff, "hotspots" if self._member(staff).hotspots else "organisation")
            case Stage.DUTIES:
                yield ("sheets", 0, "Shifts")
            case Stage.WEEK:
                yield from self._columns((HoursWeek.code,), staff)
            case Stage.HOURS:
                yield from self._columns(_HOURS, staff)
            case Stage.DECIDED:
                yield from (("locks", index, "date") for index in self._locks[staff])
            case Stage.REST | Stage.NIGHTS | Stage.WEEKENDS | Stage.DAYS:
                yield from self._columns(OVER_HORIZON[stage], staff)

    def _member(self, staff: str) -> Staff:
        return self._instance.person[staff]

    def _staff(self, staff: str, column: str) -> FactRef:
        return ("staff", self._row[staff], column)

    def _service(self, staff: str) -> Iterator[FactRef]:
        member = self._member(staff)
        for name in ("first", "last"):
            if getattr(member, name) is not None:
                yield self._staff(staff, name)

    @staticmethod
    def _rows(table: str, rows: Mapping[str, int], key: str, column: str) -> Iterator[FactRef]:
        if key in rows:
            yield (table, rows[key], column)

    def _columns(self, rules: Iterable[str], staff: str) -> Iterator[FactRef]:
        """The cells of a person's contract that steer some rules."""
        contract = self._contract[self._member(staff).contract]
        for rule in RULES:
            for name in rule.columns if rule.code in rules else ():
                sheet, column = name.split(".")
                if sheet == "Contracts":
                    yield ("contracts", contract, column)
