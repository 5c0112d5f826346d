"""Fair shares of nights, weekends, public holidays and hours before any roster exists: the text of `fairness` in figures.

People of one contract who may stand at the same hotspots are a *circle*: they can replace one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem.demand_profile import Place, demand_profiles
from scheduler.problem.facts import Category, Contract, Counter
from scheduler.problem.instance import Instance
from scheduler.problem.jurisdiction import allowed_hotspots
from scheduler.rules.support.contract_hours import contract_minutes
from scheduler.rules.support.weekends import weekends

DUTIES_A_WEEKEND = 1.5
"""Duties in a worked weekend on average: some people work one of its days, most work both."""

Circle = tuple[str, frozenset[str]]
"""A contract's code and the hotspots at which people of it may stand."""


@dataclass(frozen=True, slots=True)
class Share:
    """The fair number of nights, weekends and public holidays of one person in the horizon, as fractions; ``work`` is the part
    of the contract's hours that there is work for, from 0 to 1, the same for everybody of a circle."""

    nights: float
    weekends: float
    holidays: float
    work: float


def circles(instance: Instance) -> Mapping[Circle, tuple[str, ...]]:
    """People by contract and allowed hotspots."""
    table: dict[Circle, list[str]] = defaultdict(list)
    for member in instance.staff:
        table[member.contract, allowed_hotspots(instance, member.id)].append(member.id)
    return {circle: tuple(people) for circle, people in table.items()}


def shares(instance: Instance, most_nights: float, most_weekends: float, most_holidays: float) -> Mapping[str, Share]:
    """The share of every person. ``most_nights``, ``most_weekends`` and ``most_holidays`` cap how much of the past one horizon
    evens out."""
    groups = circles(instance)
    due = {member.id: contract_minutes(instance, member.id, 0, instance.days) for member in instance.staff}
    load = _Load(instance, groups, due)
    found: dict[str, Share] = {}
    for circle, people in groups.items():
        wanted = load.per_minute(circle, people[0])
        owed = sum(due[staff] for staff in people)
        counters = [instance.counter[staff] for staff in people]
        done = [sum(counts) for counts in zip(*map(_counts, counters), strict=True)]
        for staff, counter in zip(people, counters, strict=True):
            part = due[staff] / owed if owed else 0.0
            nights, weekends_worked, holidays = (
                _evened(each * due[staff], part * all_of_it - mine, most)
                for each, all_of_it, mine, most in zip(
                    (wanted.nights, wanted.weekends, wanted.holidays),
                    done,
                    _counts(counter),
                    (most_nights, most_weekends, most_holidays),
                    strict=True,
                )
            )
            found[staff] = Share(nights, weekends_worked, holidays, wanted.work)
    return found


def _counts(counter: Counter) -> tuple[int, int, int]:
    return counter.nights, counter.weekends, counter.holidays


def _evened(share: float, behind: float, most: float) -> float:
    """A share, plus what the person is behind the others, within the cap; nothing where there is nothing to share."""
    return max(0.0, share + min(most, max(-most, behind))) if share else 0.0


class _Load:
    """The work wanted from a circle, for each contract minute that its people owe."""

    def __init__(self, instance: Instance, groups: Mapping[Circle, tuple[str, ...]], due: Mapping[str, int]) -> None:
        self.instance = instance
        self.expected = {place: figures.expected for place, figures in demand_profiles(instance).items()}
        self.owed: dict[Place, float] = defaultdict(float)
        for (_, hotspots), people in groups.items():
            minutes = sum(due[staff] for staff in people)
            for hotspot in hotspots:
                self.owed[hotspot, instance.category(people[0])] += minutes
        calendar = instance.calendar
        self.weekend = np.zeros(calendar.end, dtype=bool)
        for block in weekends(instance):
            self.weekend[max(0, block.start) : max(0, block.end)] = True
        self.holiday = np.zeros(calendar.end, dtype=bool)
        for day in filter(calendar.is_holiday, range(instance.days)):
            self.holiday[calendar.minute(day) : calendar.minute(day + 1)] = True
        self._nights: dict[str, tuple[NDArray[np.bool_], float]] = {}
        self._sums: dict[tuple[Place, str], int] = {}

    def per_minute(self, circle: Circle, staff: str) -> Share:
        """What is wanted of the circle for a contract minute owed by one of its people; ``staff`` is any of them."""
        category, contract = self.instance.category(staff), self.instance.contract(staff)
        only_night, night_length = self._only_night(staff, category, contract)
        total = night = weekend = holiday = 0.0
        for hotspot in circle[1]:
            place = (hotspot, category)
            if place in self.expected and self.owed[place]:
                total += self._sum(place, "all", np.True_) / self.owed[place]
                night += self._sum(place, f"night {contract.code}", only_night) / self.owed[place]
                weekend += self._sum(place, "weekend", self.weekend) / self.owed[place]
                holiday += self._sum(place, "holiday", self.holiday) / self.owed[place]
        shifts = [shift for shift in self.instance.shifts if category in shift.categories]
        length = sum(shift.end - shift.start for shift in shifts)
        paid = length - sum(shift.unpaid_break_min for shift in shifts)
        # Nobody works more than the contract: what is wanted beyond it stays a shortage, spread evenly over the clock.
        able = min(1.0, 1.0 / total) if total else 0.0
        day_length = length / len(shifts) if shifts else 0.0
        return Share(
            night * able / night_length if night_length else 0.0,
            weekend * able / (DUTIES_A_WEEKEND * day_length) if shifts else 0.0,
            holiday * able / day_length if shifts else 0.0,
            min(1.0, total * paid / length) if shifts else 0.0,
        )

    def _sum(self, place: Place, name: str, mask: NDArray[np.bool_] | np.bool_) -> int:
        if (place, name) not in self._sums:
            self._sums[place, name] = int((self.expected[place] * mask).sum())
        return self._sums[place, name]

    def _only_night(self, staff: str, category: Category, contract: Contract) -> tuple[NDArray[np.bool_], float]:
        """Minutes of the horizon that only night duties of a contract can cover, and how many of them an average one does."""
        if contract.code not in self._nights:
            instance = self.instance
            covered = np.zeros((2, instance.calendar.minute(instance.days + 1)), dtype=bool)
            shifts = [shift.code for shift in instance.shifts if category in shift.categories]
            for day in range(-1, instance.days):
                for duty in (instance.duty(day, code) for code in shifts if instance.offers((day, code))):
                    covered[int(instance.is_night(staff, duty)), max(0, duty.start) : max(0, duty.end)] = True
            mask = covered[1] & ~covered[0]
            first = [next((d for d in instance.offered if d.shift == code), None) for code in shifts]
            held = [int(mask[duty.start : duty.end].sum()) for duty in first if duty and instance.is_night(staff, duty)]
            self._nights[contract.code] = (mask[: instance.calendar.end], sum(held) / len(held) if held else 0.0)
        return self._nights[contract.code]
