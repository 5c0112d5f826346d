"""What a roster of the benchmark of Curtois and Qu is worth, from its text alone: no rule, score or engine is asked."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping

from benchmarks.curtois_file import Benchmark, Terms

Plan = Mapping[tuple[str, int], str]
"""The shift of each employee and day that is worked."""


def objective(given: Benchmark, plan: Plan) -> int:
    """Weights of the requests not granted, and of heads missing or too many."""
    total = 0
    for wish in given.wishes:
        worked = plan.get((wish.staff, wish.day)) == wish.shift
        total += wish.weight * (worked != wish.wanted)
    heads = Counter((day, shift) for (_, day), shift in plan.items())
    for row in given.cover:
        here = heads[row.day, row.shift]
        total += row.under * max(0, row.need - here) + row.over * max(0, here - row.need)
    return total


def violations(given: Benchmark, plan: Plan) -> list[str]:
    """One sentence for everything that a roster may not do."""
    shifts = {shift.code: shift for shift in given.shifts}
    found = [
        f"{name} works {shift} on day {day}, which is not in the instance"
        for (name, day), shift in plan.items()
        if name not in given.staff or shift not in shifts or not 0 <= day < given.days
    ]
    for name, terms in given.staff.items() if not found else ():
        line = [plan.get((name, day)) for day in range(given.days)]
        worked = [shift for shift in line if shift is not None]
        for before, after in itertools.pairwise(line):
            if before is not None and after in shifts[before].not_followed_by:
                found.append(f"{name} works {after} after {before}")
        for shift, most in terms.max_shifts:
            if worked.count(shift) > most:
                found.append(f"{name} works {shift} more than {most} times")
        minutes = sum(shifts[shift].minutes for shift in worked)
        if not terms.min_minutes <= minutes <= terms.max_minutes:
            found.append(f"{name} works {minutes} minutes, not {terms.min_minutes} to {terms.max_minutes}")
        weekends = sum(any(line[day : day + 2]) for day in range(5, given.days, 7))
        if weekends > terms.max_weekends:
            found.append(f"{name} works {weekends} weekends, more than {terms.max_weekends}")
        found += [f"{name} works on day {day}, a day off" for day in given.days_off.get(name, ()) if line[day]]
        found += _stretches(name, [shift is not None for shift in line], terms)
    return found


def _stretches(name: str, works: list[bool], terms: Terms) -> Iterator[str]:
    """Stretches of work that are too long, and those of work or rest that are too short and lie inside the horizon."""
    first = 0
    for day in range(1, len(works) + 1):
        if day < len(works) and works[day] == works[first]:
            continue
        length, inside = day - first, first > 0 and day < len(works)
        if works[first] and length > terms.max_consecutive:
            yield f"{name} works {length} days in a row, more than {terms.max_consecutive}"
        if works[first] and inside and length < terms.min_consecutive:
            yield f"{name} works {length} days in a row, fewer than {terms.min_consecutive}"
        if not works[first] and inside and length < terms.min_days_off:
            yield f"{name} is off for {length} days, fewer than {terms.min_days_off}"
        first = day
