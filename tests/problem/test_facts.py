"""The facts: strict and frozen, both sides of each boundary; the days of a demand read back as written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scheduler.errors import InputError
from scheduler.problem.day_words import DayWordsError
from scheduler.problem.facts import (
    CONTRACT_DEFAULTS,
    Absence,
    Category,
    Contract,
    Days,
    Demand,
    Hotspot,
    Request,
    Shift,
    Staff,
)
from scheduler.problem.timeline import Calendar

EASTER = Calendar(start=dt.date(2026, 3, 30), days=14, holidays={dt.date(2026, 4, 6): "Easter Monday"})


def hotspot(**changes: object) -> Hotspot:
    given: dict[str, Any] = {"code": "HAL", "municipality": "Saint-Gilles", "zone": "5341", **changes}
    return Hotspot(**given)


def shift(start: int, end: int, **changes: object) -> Shift:
    given: dict[str, Any] = {"code": "X", "start": start, "end": end, **changes}
    return Shift(**given)


def demand(**changes: object) -> Demand:
    base: dict[str, Any] = {
        "hotspot": "HAL",
        "role": "police",
        "days": Days.parse("Mon-Sun"),
        "start": 0,
        "until": 1440,
    }
    return Demand(**{**base, **changes})


def absence(start: int, end: int) -> Absence:
    return Absence(staff="P1", start=start, end=end)


def request(first: int, last: int) -> Request:
    return Request(staff="P1", first=dt.date(2026, 3, first), last=dt.date(2026, 3, last), kind="want")


def staff(first: int, last: int) -> Staff:
    dates = {"first": dt.date(2026, 3, first), "last": dt.date(2026, 3, last)}
    return Staff(id="P1", organisation="5341", contract="POL", **dates)


def opening(first: int, last: int) -> Hotspot:
    return hotspot(opens=dt.date(2026, 3, first), closes=dt.date(2026, 3, last))


BOUNDARIES: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
    ("a shift of 24 hours", lambda: shift(420, 1860), lambda: shift(420, 1861)),
    ("a shift that lasts", lambda: shift(420, 421), lambda: shift(420, 420)),
    ("a break shorter than the shift", lambda: shift(0, 60, unpaid_break_min=59), lambda: shift(0, 60, unpaid_break_min=60)),
    ("a start before midnight", lambda: shift(1439, 1500), lambda: shift(1440, 1500)),
    ("an absence that lasts", lambda: absence(0, 1), lambda: absence(0, 0)),
    ("a request of one day", lambda: request(2, 2), lambda: request(3, 2)),
    ("one day in service", lambda: staff(2, 2), lambda: staff(3, 2)),
    ("one day open", lambda: opening(2, 2), lambda: opening(3, 2)),
    ("target at the minimum", lambda: demand(minimum=2, target=2), lambda: demand(minimum=3, target=2)),
    ("maximum at the target", lambda: demand(target=2, maximum=2), lambda: demand(target=2, maximum=1)),
    ("no negative demand", lambda: demand(minimum=0), lambda: demand(minimum=-1)),
    ("a demand of 24 hours", lambda: demand(start=60, until=1500), lambda: demand(start=60, until=1501)),
    ("priority nine", lambda: hotspot(priority=9), lambda: hotspot(priority=10)),
    ("priority one", lambda: hotspot(priority=1), lambda: hotspot(priority=0)),
    ("a code without blanks around it", lambda: hotspot(code="A B"), lambda: hotspot(code="AB ")),
    ("text as text", lambda: hotspot(code="5339"), lambda: hotspot(code=5339)),
    ("a known field", lambda: hotspot(name="x"), lambda: hotspot(nom="x")),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad"), [row[1:] for row in BOUNDARIES], ids=[row[0] for row in BOUNDARIES])
def test_both_sides_of_the_boundary(good: Callable[[], object], bad: Callable[[], object]) -> None:
    good()
    with pytest.raises(InputError):
        bad()


def test_facts_cannot_be_changed() -> None:
    fact = hotspot()
    with pytest.raises(ValidationError):
        fact.priority = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("category", "law"),
    [
        (Category.POLICE, (12.0, 5, 0, 8, 22 * 60, 3, 28)),
        (Category.NON_POLICE, (11.0, 3, 2, 17, 20 * 60, None, None)),
    ],
)
def test_what_a_contract_leaves_out_is_as_usual_for_its_category(
    category: Category, law: tuple[float | None, ...]
) -> None:
    found = Contract(code="X", category=category)
    assert law == (
        found.max_hours_24h,
        found.max_consecutive_nights,
        found.needs_police,
        found.reference_weeks,
        found.night_from,
        found.max_weekends_in_row,
        found.max_weekends_year,
    )


@pytest.mark.parametrize("category", list(Category))
def test_a_limit_that_is_said_to_be_none_is_none(category: Category) -> None:
    limits = ("max_hours_24h", "max_consecutive_nights", "max_weekends_in_row", "max_weekends_year")
    found = Contract(**{"code": "X", "category": category, "needs_police": 0, **dict.fromkeys(limits)})
    assert [getattr(found, name) for name in limits] == [None] * 4
    assert found.needs_police == 0


@pytest.mark.parametrize("category", list(Category))
def test_what_is_usual_is_a_field_and_differs_from_its_own_default(category: Category) -> None:
    for name, value in CONTRACT_DEFAULTS[category].items():
        assert Contract.model_fields[name].default != value


def test_a_contract_of_another_category_keeps_the_figures_it_had() -> None:
    police = Contract(code="X", category=Category.POLICE)
    assert police.replace(category=Category.NON_POLICE).max_hours_24h == police.max_hours_24h


@pytest.mark.parametrize("category", ["police", "guards", None, []])
def test_a_category_that_is_none_is_refused_as_such(category: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Contract.model_validate({"code": "X", "category": category})
    assert [item["loc"] for item in caught.value.errors()] == [("category",)]


WRITTEN: list[tuple[str, str]] = [
    ("Mon-Sun", "Mon-Sun"),
    ("daily", "Mon-Sun"),
    ("tous les jours", "Mon-Sun"),
    ("alle dagen", "Mon-Sun"),
    ("Mon-Fri", "Mon-Fri"),
    ("maandag–vrijdag", "Mon-Fri"),
    ("weekend", "Sat, Sun"),
    ("sam; dim", "Sat, Sun"),
    ("za-zo", "Sat, Sun"),
    ("Fri-Mon", "Mon, Fri, Sat, Sun"),
    ("WED", "Wed"),
    ("mer.", "Wed"),
    ("jours fériés", "holiday"),
    ("fériés", "holiday"),
    ("Mon-Fri, holiday", "Mon-Fri, holiday"),
    ("2026-03-14", "2026-03-14"),
    ("2026-03-14..2026-03-20, Sun", "Sun, 2026-03-14..2026-03-20"),
    ("2026-03-14 / 2026-03-14", "2026-03-14..2026-03-14"),
    ("14/03/2026", "2026-03-14"),
    ("le 14.3.26", "2026-03-14"),
    ("14/03/2026 et 16/03/2026", "2026-03-14, 2026-03-16"),
    ("du 14/03/2026 au 20/03/2026", "2026-03-14..2026-03-20"),
    ("14/03/2026 t/m 20/03/2026, zo", "Sun, 2026-03-14..2026-03-20"),
    ("14/03/2026 - 20/03/2026", "2026-03-14..2026-03-20"),
    ("dagelijks", "Mon-Sun"),
    ("quotidien", "Mon-Sun"),
    ("31/02/2026", ""),
    ("14/03", ""),
    ("jours ouvrables", ""),  # Six days by Belgian law, five in everyday speech.
    ("2026-03-20..2026-03-14", ""),
    ("2026-02-30", ""),
    ("", ""),
    (" , ", ""),
    ("Mon-Wed-Fri", ""),
    ("Mondays maybe", ""),
    ("Mon-", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "canonical"), WRITTEN)
def test_days_as_planners_write_them(written: str, canonical: str) -> None:
    if canonical:
        assert Days.parse(written).text() == canonical
    else:
        with pytest.raises(DayWordsError, match=r".+"):
            Days.parse(written)


DATES = st.dates(dt.date(2000, 1, 1), dt.date(2199, 12, 31))
SPANS = st.tuples(DATES, DATES).map(lambda pair: (min(pair), max(pair)))


@given(
    weekdays=st.frozensets(st.integers(0, 6)),
    holidays=st.booleans(),
    dates=st.frozensets(DATES, max_size=4),
    spans=st.lists(SPANS, max_size=3).map(tuple),
)
def test_days_read_back_as_written(
    weekdays: frozenset[int], holidays: bool, dates: frozenset[dt.date], spans: tuple[tuple[dt.date, dt.date], ...]
) -> None:
    days = Days(weekdays=weekdays, holidays=holidays, dates=dates, spans=spans)
    if days == Days():
        assert days.text() == ""
    else:
        assert Days.parse(days.text()) == days


@given(st.text(max_size=30))
def test_any_text_is_days_or_a_plain_reason(text: str) -> None:
    try:
        days = Days.parse(text)
    except DayWordsError:
        return
    assert Days.parse(days.text()) == days


@pytest.mark.parametrize(
    ("text", "matching"),
    [
        ("holiday", [7]),
        ("Mon", [0, 7]),
        ("2026-04-04..2026-04-06", [5, 6, 7]),
        ("2026-03-31", [1]),
        ("weekend, holiday", [5, 6, 7, 12, 13]),
    ],
)
def test_days_match_the_calendar(text: str, matching: list[int]) -> None:
    days = Days.parse(text)
    assert [day for day in range(14) if days.match(EASTER, day)] == matching
