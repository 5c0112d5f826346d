"""Sheets and columns are found by any of their names, and fit the facts they fill."""

from __future__ import annotations

import pytest

from scheduler.problem.instance import Instance
from scheduler.workbook.build import _MODELS
from scheduler.workbook.columns import Kind
from scheduler.workbook.sheets import (
    COLUMN_ALIASES,
    RESULT_SHEETS,
    SHEETS,
    choice,
    find_column,
    find_result_sheet,
    find_setting,
    find_sheet,
    sheet,
    sheet_of_table,
)

CONTRACT = {
    "Settings": "key value decision_date",
    "Organisations": "code name kind lends_percent short_hours",
    "Hotspots": "code name municipality zone lat lon priority neighbours from until",
    "Shifts": "code start end unpaid_break_min categories hotspots not_followed_by days worked reserve",
    "Roles": "code name category",
    "Contracts": "code name category weekly_hours reference_weeks max_hours_24h max_hours_week min_rest_hours "
    "max_consecutive_days max_consecutive_nights min_days_off max_weekends_in_row weekend_rest_hours max_weekends_year "
    "night_from night_to min_together needs_police notice_days min_consecutive_days min_hours_horizon max_hours_horizon "
    "shift_limits hours_by_weekday decision_date",
    "Staff": "id name organisation roles contract fte home_hotspot hotspots from until max_weekends_year min_hours_horizon "
    "max_hours_horizon shift_limits hours_by_weekday",
    "Demand": "hotspot role days from to minimum target maximum",
    "Incidents": "when hotspot heads days neighbours decays kind",
    "Absences": "staff from to counts_as_work",
    "Requests": "staff from to shift kind weight",
    "Pairs": "staff_a staff_b kind",
    "Locked": "staff date shift hotspot",
    "History": "staff date shift hotspot",
    "Counters": "staff hours_balance nights weekends holidays",
    "Published": "staff date shift hotspot version",
    "Overrides": "rule staff date hotspot decided_by decided_on reason",
    "Holidays": "date name",
    "Calls": "staff at for_date shift hotspot answer note",
    "Strategies": "name pooling lends_percent guarantee shifts non_police federal without",
}


def test_sheets_and_columns_are_those_that_files_rely_on() -> None:
    assert {page.name: " ".join(column.name for column in page.columns) for page in SHEETS} == CONTRACT


@pytest.mark.parametrize("page", SHEETS, ids=lambda page: page.name)
def test_every_alias_names_its_own_sheet_and_column(page) -> None:
    assert all(find_sheet(name) is page for name in (page.name, *page.aliases))
    for column in page.columns:
        for name in (column.name, *COLUMN_ALIASES[column.name]):
            assert find_column(page.name, name) is column, name


@pytest.mark.parametrize("page", [page for page in SHEETS if page.table], ids=lambda page: page.name)
def test_columns_fill_every_field_of_their_fact(page) -> None:
    assert (page.table in Instance.model_fields) is not page.record
    assert sheet_of_table(page.table) is page
    fields = _MODELS[page.table].model_fields
    assert {column.target for column in page.columns} == set(fields)
    assert {column.target for column in page.columns if column.required} >= {
        name for name, info in fields.items() if info.is_required() and name not in {"last"}
    }


@pytest.mark.parametrize("page", SHEETS, ids=lambda page: page.name)
def test_columns_explain_themselves(page) -> None:
    assert page.purpose
    assert all(column.help for column in page.columns)
    assert all(column.choices for column in page.columns if column.kind in {Kind.CHOICE, Kind.CHOICES})
    assert all(sheet(column.refers) for column in page.columns if column.refers)


@pytest.mark.parametrize(
    ("title", "name"),
    [("personnel", "Staff"), ("JOURS FERIES", "Holidays"), (" Points-chauds ", "Hotspots"), ("Behoefte", "Demand")],
)
def test_names_are_compared_without_case_accents_and_blanks(title, name) -> None:
    assert find_sheet(title) is sheet(name)


def test_unknown_names_are_not_guessed() -> None:
    assert find_sheet("Staffing") is None
    assert find_column("Staff", "shoe size") is None
    assert find_setting("daily_rest.hours") is None
    assert find_result_sheet("Staff") is None
    assert choice("polices", ("police", "non_police")) is None


def test_result_sheets_and_settings_have_aliases_too() -> None:
    assert all(find_result_sheet(name) == name for name in RESULT_SHEETS)
    assert find_result_sheet("Dienstrooster") == "Roster"
    assert find_setting("Date de début") == "start_date"
    assert choice("Niet-politie", ("police", "non_police")) == "non_police"
