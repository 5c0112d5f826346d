"""One cell at a time: what is understood, and what is refused."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.workbook import cells
from scheduler.workbook.cells import CellError


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("22:00", 1320),
        ("22h00", 1320),
        ("22h", 1320),
        ("22u15", 1335),
        ("2200", 1320),
        ("6", 360),
        ("6:05", 365),
        ("600", 360),
        ("22.30", 1350),
        ("22:00:00", 1320),
        ("0:00", 0),
        ("24:00", 1440),
        ("2400", 1440),
        (2200, 1320),
        (22, 1320),
        (2200.0, 1320),
        (0.25, 360),
        (dt.time(22), 1320),
        (dt.timedelta(hours=24), 1440),
        (dt.timedelta(hours=7, minutes=36), 456),
        (dt.datetime(1900, 1, 1), 1440),
    ],
)
def test_clock_times(value, minutes) -> None:
    assert cells.clock(value) == minutes


@pytest.mark.parametrize(
    "value",
    [
        "25:00",
        "24:01",
        "2401",
        "7:60",
        "noon",
        "-1:00",
        "22:0",
        2360,
        22.3,
        -3,
        True,
        dt.timedelta(hours=25),
        dt.datetime(1900, 1, 1, 1),
        dt.datetime(2026, 3, 2, 22),
        dt.date(2026, 3, 2),
    ],
)
def test_what_is_no_clock_time(value) -> None:
    with pytest.raises(CellError):
        cells.clock(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02",
        "2026/3/2",
        "02/03/2026",
        "2/3/2026",
        "02.03.2026",
        "2-3-26",
        dt.date(2026, 3, 2),
        "2026-03-02 00:00",
    ],
)
def test_dates_are_read_year_first_or_day_first(value) -> None:
    assert cells.date(value) == dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    "value", ["30/02/2026", "03/13/2026", "2026-13-01", "March 2", 46083, 2.5, "2026-03-02 14:00", dt.time(3), True]
)
def test_what_is_no_date(value) -> None:
    with pytest.raises(CellError):
        cells.date(value)


def test_a_moment_is_a_whole_day_unless_a_time_is_written() -> None:
    on = dt.date(2026, 3, 5)
    assert cells.moment(on) == (on, None)
    assert cells.moment("05/03/2026") == (on, None)
    assert cells.moment("2026-03-05 24:00") == (on, 1440)
    assert cells.moment("2026-03-05T08h30") == (on, 510)
    assert cells.moment(dt.datetime(2026, 3, 5)) == (on, 0)
    with pytest.raises(CellError):
        cells.moment("2026-03-05 25:00")


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), (2.5, 2.5), ("38,5", 38.5), ("-4.5", -4.5), ("+3", 3), ("−2", -2)]
)
def test_numbers(value, number) -> None:
    assert cells.number(value) == pytest.approx(number)


@pytest.mark.parametrize("value", ["many", "1.2.3", "", "1e999", True, dt.time(1), float("nan"), float("inf")])
def test_what_is_no_number(value) -> None:
    with pytest.raises(CellError):
        cells.number(value)


def test_whole_numbers_and_hours() -> None:
    assert cells.count("4,0") == 4
    with pytest.raises(CellError):
        cells.count(2.5)
    assert cells.hours("7:36") == cells.hours(7.6) == cells.hours("7h36") == cells.hours(dt.time(7, 36))
    assert cells.hours(dt.timedelta(hours=38)) == 38
    assert cells.hours("-4h30") == cells.hours("-4,5") == cells.hours("−4:30") == cells.hours(-4.5) == -4.5
    assert cells.hours("+12 h") == cells.hours(dt.timedelta(hours=12)) == 12


def test_codes_with_a_number_each() -> None:
    assert cells.counts("N=5, D = 0") == (("N", 5), ("D", 0))
    assert cells.counts("N=5;N2=14") == (("N", 5), ("N2", 14))
    assert cells.counts("A=B=2") == (("A=B", 2),)


@pytest.mark.parametrize("value", ["N", "N=", "=5", "N=five", "N=-1", "N=1.5", "N 5", "N=1, N=2", 5])
def test_what_is_no_code_with_a_number(value) -> None:
    with pytest.raises(CellError):
        cells.counts(value)


def test_codes_that_excel_turned_into_numbers() -> None:
    assert cells.code(5339) == cells.code(5339.0) == cells.code("5339") == "5339"
    assert cells.code("NA") == "NA"
    assert cells.codes("HAL; MIDI ,, HAL") == ("HAL", "MIDI")
    with pytest.raises(CellError):
        cells.code(dt.datetime(2026, 1, 2))
    with pytest.raises(CellError, match="yes or no"):
        cells.code(True)
    assert cells.code("TRUE") == "TRUE"
    assert cells.code("x" * 60) == "x" * 60
    with pytest.raises(CellError):
        cells.code("x" * 61)


def test_blanks_of_every_sort_are_trimmed() -> None:
    assert cells.clean("\u00a0HAL \u202f") == "HAL"
    assert cells.clean(" \u00a0\t") is None
    assert cells.clean("Porte\u00a0de Hal") == "Porte de Hal"


@pytest.mark.parametrize(("value", "answer"), [("oui", True), ("Nee", False), (1, True), (0.0, False), (True, True)])
def test_yes_and_no(value, answer) -> None:
    assert cells.yes_no(value) is answer
    with pytest.raises(CellError):
        cells.yes_no("perhaps")


RAW = (
    st.none()
    | st.text(max_size=30)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(RAW)
def test_whatever_stands_in_a_cell_is_read_or_refused_in_words(value) -> None:
    for parse in (
        cells.clock,
        cells.date,
        cells.moment,
        cells.number,
        cells.count,
        cells.hours,
        cells.code,
        cells.codes,
        cells.counts,
        cells.yes_no,
        cells.shown,
        cells.clean,
    ):
        with contextlib.suppress(CellError):
            parse(value)
