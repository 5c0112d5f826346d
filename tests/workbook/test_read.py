"""What is saved reads back equal, and every wrong cell is named."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from scheduler.errors import InputError
from scheduler.messages.message import Name
from scheduler.messages.sentences import did_you_mean
from scheduler.problem.facts import Category, Contract, Days, OrganisationKind, Pooling
from scheduler.problem.strategy import Strategy
from scheduler.problem.timeline import belgian_holidays
from scheduler.rules.support.contract_hours import contract_minutes
from scheduler.system.standard_input import STANDARD_INPUT
from scheduler.workbook.places import Places
from scheduler.workbook.read import read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.settings import MOST_SETTINGS
from scheduler.workbook.sheets import SHEETS
from scheduler.workbook.template import new_workbook, save_tables
from tests.workbook.input_world import (
    D,
    codes_of,
    only_problem,
    own,
    problems,
    reading,
    saved,
    set_cell,
    world,
)


def test_every_sheet_reads_back(tmp_path) -> None:
    got = reading(tmp_path)
    instance = got.instance
    assert got.notes == ()
    assert (instance.title, instance.language) == ("Synthetic staff", "fr")
    assert (instance.calendar.start, instance.days) == (D(2026, 3, 2), 14)
    assert instance.calendar.holidays == {D(2026, 3, 6): "Made up"}
    assert got.settings["published_until"] == D(2026, 3, 8)
    assert instance.parameters == {"reference_hours.most_over_hours": 4.0}
    assert [item.kind for item in instance.organisations] == [
        OrganisationKind.POLICE_ZONE,
        OrganisationKind.MUNICIPALITY,
    ]
    hal, midi = instance.hotspots
    assert (hal.lat, hal.priority, hal.neighbours, hal.opens) == (50.833, 3, ("MIDI",), None)
    assert (midi.opens, midi.closes, midi.priority) == (D(2026, 3, 4), D(2026, 6, 30), 1)
    assert [(s.start, s.end, s.unpaid_break_min) for s in instance.shifts] == [
        (360, 840, 0),
        (840, 1440, 30),
        (1320, 1800, 0),
    ]
    assert [s.categories for s in instance.shifts[1:]] == [frozenset(Category), frozenset({Category.POLICE})]
    police, garde = instance.contracts
    assert (police.min_rest_hours, police.max_weekends_year, police.max_weekends_in_row) == (10.5, None, 3)
    assert (garde.weekly_hours, garde.needs_police, garde.max_hours_24h, garde.night_from) == (36.5, 2, 11.0, 1200)
    assert [(m.fte, m.hotspots, m.home_hotspot, m.roles) for m in instance.staff[:2]] == [
        (1.0, (), "HAL", ("LEAD",)),
        (0.8, ("HAL", "MIDI"), None, ()),
    ]
    assert (instance.staff[2].first, instance.staff[2].last) == (D(2026, 3, 3), D(2026, 3, 10))
    night, day = instance.demand
    assert (night.days, night.start, night.until, night.maximum) == (Days.parse("Mon-Sun"), 1320, 1800, 4)
    assert (day.days, day.start, day.until) == (Days.parse("weekend"), 0, 1440)
    assert (day.minimum, day.target, day.maximum) == (1, 1, None)
    assert instance.requests[0].last == D(2026, 3, 14)
    assert (instance.pairs[0].kind, instance.locks[1].shift, instance.locks[1].hotspot) == ("together", "OFF", None)
    assert instance.history[0].date == D(2026, 3, 1)
    assert instance.counters[0].hours_balance == -4.5
    (shooting,) = instance.incidents
    assert (shooting.at, shooting.hotspot, shooting.heads, shooting.days) == (-20, "HAL", 4, 7)
    assert (shooting.neighbours, shooting.decays, shooting.kind) == (True, True, "shooting")
    assert [(duty.staff, duty.date, duty.shift, duty.hotspot, duty.version) for duty in instance.published] == [
        ("P-1", D(2026, 3, 3), "N", "HAL", 1),
        ("P-2", D(2026, 3, 4), "E", "HAL", 1),
        ("P-2", D(2026, 3, 4), "OFF", None, 2),
    ]
    stamp = instance.publication
    assert stamp is not None
    assert (stamp.version, stamp.at, stamp.until) == (2, dt.datetime(2026, 2, 20, 16, 30), D(2026, 3, 8))
    assert (police.notice_days, garde.notice_days) == (7, 10)
    assert (police.decision_date, garde.decision_date) == (D(2026, 1, 15), None)


def test_the_columns_of_later_versions_may_be_missing_or_blank(tmp_path) -> None:
    instance = reading(tmp_path).instance
    assert all((shift.hotspots, shift.not_followed_by) == ((), ()) for shift in instance.shifts)
    assert all(terms.min_consecutive_days == 1 and terms.shift_limits == () for terms in instance.contracts)
    assert all(terms.min_hours_horizon is terms.max_hours_horizon is None for terms in instance.contracts)


@pytest.mark.parametrize("category", list(Category))
def test_blank_cells_of_a_contract_are_what_a_contract_built_in_code_leaves_out(tmp_path, category) -> None:
    rows = world()
    rows["Contracts"].append({"code": "BLANK", "category": category.value})
    assert reading(tmp_path, rows).instance.contracts[-1] == Contract(code="BLANK", category=category)


def test_sequences_limits_and_hours_of_the_whole_period(tmp_path) -> None:
    rows = world()
    rows["Shifts"][2] |= {"hotspots": "HAL; MIDI", "not_followed_by": "E, L"}
    rows["Contracts"][0] |= {
        "min_consecutive_days": 2, "min_hours_horizon": "70:30", "max_hours_horizon": "none", "shift_limits": "N=5, L=0",
    }  # fmt: skip
    got = reading(tmp_path, rows)
    night, terms = got.instance.shifts[2], got.instance.contracts[0]
    assert (night.hotspots, night.not_followed_by) == (("HAL", "MIDI"), ("E", "L"))
    assert (terms.min_consecutive_days, terms.shift_limits) == (2, (("N", 5), ("L", 0)))
    assert (terms.min_hours_horizon, terms.max_hours_horizon) == (70.5, None)
    again = tmp_path / "again.xlsx"
    save_tables(got.tables, again)
    assert read(again).instance == got.instance


def test_a_date_is_a_whole_day_and_a_datetime_an_instant(tmp_path) -> None:
    leave, court = reading(tmp_path).instance.absences
    assert (leave.start, leave.end, leave.counts_as_work) == (7 * 1440, 9 * 1440, False)
    assert (court.start, court.end, court.counts_as_work) == (3 * 1440 + 570, 4 * 1440, True)


@pytest.mark.parametrize("part", ["published_version", "published_at", "published_hash"])
def test_a_date_of_publishing_without_the_rest_of_the_stamp_has_no_effect_and_says_so(tmp_path, part) -> None:
    rows = world(Published=[])
    rows["Settings"] = [row for row in rows["Settings"] if row["key"] != part]
    got = reading(tmp_path, rows)
    assert [(note.place, note.message.code, note.fatal) for note in got.notes] == [
        ("Settings!B7", "published_by_hand", False)
    ]
    assert got.instance.publication is None


@pytest.mark.parametrize(("cell", "value"), [("B3", D(2026, 3, 5)), ("C3", "N"), ("D2", "MIDI"), ("A4", "P-1")])
def test_published_rows_that_were_edited_are_pointed_out(tmp_path, cell, value) -> None:
    got = reading(tmp_path, change=set_cell("Published", cell, value))
    assert [(note.place, note.message.code, note.fatal) for note in got.notes] == [
        ("Published", "published_changed", False)
    ]


def test_strategies_stand_beside_the_facts(tmp_path) -> None:
    got = reading(tmp_path)
    (strategy,) = got.strategies
    assert strategy == Strategy(
        name="half a day", pooling=Pooling.LATERAL, lends_percent=5.0, shifts=("N",), federal=False
    )
    assert got.instance.sha256 == reading(tmp_path, world(Strategies=[])).instance.sha256


def test_a_strategy_of_an_older_workbook_is_read(tmp_path) -> None:
    def older(book) -> None:
        book["Strategies"]["C1"], book["Strategies"]["G1"] = "lending_limit_pct", "federal_reserve"

    (strategy,) = reading(tmp_path, change=older).strategies
    assert (strategy.lends_percent, strategy.federal, strategy.guarantee) == (5.0, False, True)


def test_further_columns_are_ignored_with_a_note_and_kept(tmp_path) -> None:
    rows = world()
    rows["Staff"][0]["Grade"] = "INP"
    got = reading(tmp_path, rows)
    assert [(note.place, note.value, note.fatal) for note in got.notes] == [("Staff!P1", "Grade", False)]
    assert got.tables["Staff"][0]["Grade"] == "INP"


def test_other_peoples_sheets_are_ignored_with_a_note(tmp_path) -> None:
    got = reading(tmp_path, change=lambda book: book.create_sheet("Shopping list"))
    assert [(note.place, note.fatal) for note in got.notes] == [("'Shopping list'", False)]


def test_french_and_dutch_names_and_any_order_of_columns(tmp_path) -> None:
    def change(book) -> None:
        book["Staff"].title = "Personnel"
        book["Demand"].title = "Behoefte"
        book["Settings"]["A3"] = "Date de début"
        book["Pairs"]["C2"] = "samen"
        page = book["Personnel"]
        for cell in page[1]:
            cell.value = {"id": "Matricule", "organisation": "Employeur", "contract": "Contrat", "fte": "ETP"}.get(
                cell.value, cell.value
            )
        for row in page.iter_rows():
            row[0].value, row[4].value = row[4].value, row[0].value
        for cell in book["Behoefte"][1]:
            cell.value = {"days": "dagen", "from": "van", "to": "tot", "role": "categorie"}.get(cell.value, cell.value)

    got = reading(tmp_path, change=change)
    assert got.instance == reading(tmp_path).instance
    assert got.cells.of("staff", 1, "fte") == "Personnel!F3"


def test_places_name_the_cells_behind_facts(tmp_path) -> None:
    cells = reading(tmp_path).cells
    assert cells.of("locks", 1, "date") == "Locked!B3"
    assert cells.of("absences", 0, "end") == "Absences!C2"
    assert cells.row("locks", 0) == "Locked!2:2"
    assert cells.setting("reference_hours.most_over_hours") == "Settings!B8"
    assert cells.roster("P-1", 0) is None
    assert Places().of("locks", 0, "date") == "Locked"


def french(book) -> None:
    """Some French names in the file: a sheet, two columns and a setting."""
    book["Staff"].title = "Personnel"
    book["Personnel"]["F1"] = "ETP"
    book["Contracts"]["D1"] = "Heures par semaine"
    book["Settings"]["A6"] = "Langue"


def test_what_is_said_has_the_names_of_the_file(tmp_path) -> None:
    rows = world()
    rows["Staff"][0]["hours_by_weekday"] = "4 8 8 0 0 0 0"
    rows["Contracts"][1]["hours_by_weekday"] = "mon 4, tue 8"
    rows["Absences"][0]["staff"] = "P-9"
    rows["Settings"].append({"key": "languagee", "value": "nl"})
    with pytest.raises(InputError) as caught:
        reading(tmp_path, rows, french)
    said = {problem.place: str(problem.message) for problem in caught.value.problems}
    assert said["Absences!A2"] == "is not on sheet Personnel."
    assert said["Personnel!O2"] == "adds up to 20 h a week, but ETP 1 of 'POL-38' (38 h) is 38 h."
    assert said["Contracts!X3"] == "adds up to 12 h a week, but Heures par semaine is 36.5 h."
    assert [str(note.hint) for note in caught.value.notes] == ["Did you mean 'Langue'?"]


def test_what_the_file_does_not_name_has_the_word_of_its_language(tmp_path) -> None:
    def without_locks(book) -> None:
        french(book)
        del book["Locked"]

    cells = reading(tmp_path, change=without_locks).cells
    assert cells.naming(Name("column", "fte", "Staff")) == cells.naming(Name("column", "fte")) == "ETP"
    assert cells.naming(Name("column", "from", "Demand")) == "from"
    assert cells.naming(Name("column", "shift", "Locked")) == own("column", "shift")
    assert cells.naming(Name("sheet", "Locked")) == cells.of("locks", 0, "date") == own("sheet", "Locked")
    assert cells.naming(Name("setting", "language")) == "Langue"
    assert cells.naming(Name("setting", "strategy")) == own("setting", "strategy")
    assert cells.naming(Name("choice", "police")) == own("choice", "police")


def test_a_workbook_of_no_language_leaves_names_to_the_reader() -> None:
    name = Name("sheet", "Locked")
    assert Places().naming(name) is name


def test_blank_rows_and_a_title_above_the_header_are_skipped(tmp_path) -> None:
    def change(book) -> None:
        page = book["Locked"]
        page.insert_rows(1, 2)
        page["A1"] = "Decided duties"
        page.insert_rows(5, 3)

    got = reading(tmp_path, change=change)
    assert got.instance == reading(tmp_path).instance
    assert got.cells.of("locks", 1, "shift") == "Locked!C8"


def test_without_holidays_the_belgian_ones_hold(tmp_path) -> None:
    rows = world(Holidays=[])
    rows["Settings"][1]["value"] = D(2026, 3, 30)
    rows["Requests"], rows["Locked"] = [], []
    rows["History"][0]["date"] = D(2026, 3, 29)
    holidays = reading(tmp_path, rows).instance.calendar.holidays
    assert D(2026, 4, 6) in holidays
    assert holidays == belgian_holidays(D(2026, 3, 23), D(2026, 4, 20))


CHRISTMAS_WEEK = [D(2026, 12, 25), D(2027, 1, 1)]


@pytest.mark.parametrize(
    ("said", "listed", "free"),
    [
        (None, [D(2026, 12, 24)], [D(2026, 12, 24), *CHRISTMAS_WEEK]),
        ("yes", [D(2026, 12, 24)], [D(2026, 12, 24), *CHRISTMAS_WEEK]),
        ("no", [D(2026, 12, 24)], [D(2026, 12, 24)]),
        ("non", [], []),
        (None, [], CHRISTMAS_WEEK),
        ("nee", [D(2026, 12, 25)], [D(2026, 12, 25)]),
        ("ja", [D(2026, 12, 25)], CHRISTMAS_WEEK),
    ],
)
def test_rows_of_holidays_stand_beside_the_legal_ones_unless_the_setting_says_no(tmp_path, said, listed, free) -> None:
    rows = world(Holidays=[{"date": on, "name": "Closed"} for on in listed])
    rows["Settings"][1]["value"] = D(2026, 12, 21)
    rows["Settings"][2]["value"] = 7
    rows["Settings"].append({"key": "legal_holidays", "value": said})
    rows["Requests"], rows["Locked"] = [], []
    got = reading(tmp_path, rows)
    assert (sorted(got.instance.calendar.holidays), got.notes) == (free, ())
    assert all(got.instance.calendar.holidays[on] == "Closed" for on in listed)
    again = tmp_path / "again.xlsx"
    save_tables(input_rows(got.instance), again)
    assert read(again).instance == got.instance


def test_24_and_25_december_are_off_where_only_the_24th_is_listed(tmp_path) -> None:
    """Three days of 7 h 36 are due in the week of Christmas: 22 h 48."""
    rows = world(Holidays=[{"date": D(2026, 12, 24), "name": "Xmas eve"}])
    rows["Settings"][1]["value"] = D(2026, 12, 21)
    rows["Settings"][2]["value"] = 7
    rows["Requests"], rows["Locked"] = [], []
    assert contract_minutes(reading(tmp_path, rows).instance, "P-1", 0, 7) == 22 * 60 + 48


def test_holidays_of_another_year_are_pointed_out(tmp_path) -> None:
    (note,) = reading(tmp_path, world(Holidays=[{"date": D(2025, 3, 6)}])).notes
    assert (note.place, note.fatal, "none in 2026" in str(note.message)) == ("Holidays", False, True)
    assert reading(tmp_path, world(Holidays=[{"date": D(2025, 3, 6)}, {"date": D(2026, 12, 24)}])).notes == ()


def test_a_setting_that_is_neither_yes_nor_no_is_refused(tmp_path) -> None:
    rows = world()
    rows["Settings"].append({"key": "wettelijke feestdagen", "value": "listed"})
    problem = only_problem(tmp_path, rows)
    assert (problem.place, str(problem.message)) == ("Settings!B12", "is neither yes nor no.")


@pytest.mark.parametrize(
    "ends",
    [
        (D(2026, 3, 3), D(2026, 3, 4)),
        (dt.datetime(2026, 3, 3), dt.datetime(2026, 3, 4)),
        ("2026-03-03 00:00", "2026-03-04 00:00"),
        ("03/03/2026 00:00", "04/03/2026 00:00:00"),
        ("2026-03-03T00:00:00", "2026-03-04T00:00:00"),
        (D(2026, 3, 3), "2026-03-04 00:00"),
        ("2026-03-03 00:00", D(2026, 3, 4)),
        (D(2026, 3, 3), "2026-03-04 24:00"),
        ("2026-03-03 00:00", dt.datetime(2026, 3, 4, 23, 59, 59)),
        ("2026-03-03 00:00", dt.datetime(2026, 3, 5, 0, 0)),
    ],
    ids=str,
)
def test_the_last_day_of_leave_is_leave(tmp_path, ends) -> None:
    """From 3 to 4 March takes both days, however the dates are written; midnight at both ends is whole days."""
    instance = reading(tmp_path, world(Absences=[{"staff": "P-1", "from": ends[0], "to": ends[1]}])).instance
    last = 3 if str(ends[1]).startswith("2026-03-05") else 2
    assert instance.leave_days["P-1"] == frozenset(range(1, last + 1))


@pytest.mark.parametrize("midnight", [dt.datetime(2026, 3, 10), "2026-03-10 00:00", "10/03/2026 00:00"])
def test_every_date_may_carry_a_midnight_time(tmp_path, midnight) -> None:
    def change(book) -> None:
        book["Staff"]["J4"] = midnight
        book["Requests"]["C2"] = midnight
        book["Requests"]["B2"] = midnight
        book["Hotspots"]["J3"] = midnight
        book["Locked"]["B2"] = midnight
        book["Settings"]["B7"] = midnight

    got = reading(tmp_path, change=change)
    instance, day = got.instance, D(2026, 3, 10)
    assert (instance.staff[2].last, instance.hotspots[1].closes, instance.locks[0].date) == (day, day, day)
    assert (instance.requests[0].first, instance.requests[0].last) == (day, day)
    assert got.settings["published_until"] == day


@pytest.mark.parametrize(
    ("written", "code"),
    [("L 1", "code_with_blank"), ("L 1", "code_with_blank"), ("(L", "code_with_bracket")],
)
def test_a_shift_code_that_the_roster_could_not_show_is_refused_with_a_reason(tmp_path, written, code) -> None:
    problem = next(p for p in problems(tmp_path, change=set_cell("Shifts", "A3", written)) if p.place == "Shifts!A3")
    assert problem.message.code == code


def test_the_same_two_people_together_and_apart_are_refused(tmp_path) -> None:
    rows = world()
    rows["Pairs"].append({"staff_a": "P-2", "staff_b": "P-1", "kind": "apart"})
    problem = only_problem(tmp_path, rows)
    assert problem.place == "Pairs!C3"
    assert str(problem.hint) == "The other is Pairs!C2."


@pytest.mark.parametrize("value", ["150%", "150 %", "38%"])
def test_weekly_hours_are_no_percentage(tmp_path, value) -> None:
    problem = only_problem(tmp_path, change=set_cell("Contracts", "D3", value))
    assert (problem.place, problem.message.code) == ("Contracts!D3", "is_percentage")


def test_weekly_hours_in_a_cell_that_shows_per_cents_are_refused(tmp_path) -> None:
    def change(book) -> None:
        book["Contracts"]["D3"] = 1.5
        book["Contracts"]["D3"].number_format = "0%"

    assert only_problem(tmp_path, change=change).place == "Contracts!D3"


def test_optional_sheets_may_be_missing(tmp_path) -> None:
    def change(book) -> None:
        for page in SHEETS:
            if not page.needed and page.name != "Roles":
                del book[page.name]

    instance = reading(tmp_path, change=change).instance
    assert instance.locks == instance.absences == instance.history == ()


def test_text_and_numbers_that_excel_made_of_codes(tmp_path) -> None:
    def change(book) -> None:
        book["Organisations"]["A2"] = 5341
        book["Staff"]["C2"] = 5341.0
        book["Staff"]["A2"] = "\u00a0P-1 "
        book["Shifts"]["B2"] = dt.time(6)
        book["Shifts"]["C2"] = "14h"
        book["Locked"]["B2"] = "03/03/2026"
        book["Staff"]["F3"] = "80 %"

    assert reading(tmp_path, change=change).instance == reading(tmp_path).instance


def test_na_stays_text(tmp_path) -> None:
    rows = world()
    rows["Staff"].append({"id": "NA", "organisation": "5341", "contract": "POL-38", "name": "null"})
    assert reading(tmp_path, rows).instance.staff[-1].id == "NA"


def test_an_id_that_looks_like_a_formula_stays_text(tmp_path) -> None:
    rows = world()
    name = '=HYPERLINK("http://example.org","x")'
    rows["Staff"].append({"id": "=1+1", "organisation": "5341", "contract": "POL-38", "name": name})
    path = saved(tmp_path, rows)
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet8.xml")
    assert b"<f>" not in xml
    assert read(path).instance.staff[-1].id == "=1+1"
    assert read(path).instance.staff[-1].name == name


BAD_CELLS = [
    ("Shifts", "C2", "25:00", "not_a_clock_time"),
    ("Shifts", "B2", dt.timedelta(hours=25), "not_a_clock_time"),
    ("Shifts", "B2", "24:00", "end_of_day"),
    ("Shifts", "C2", "05:00", "shift_over_midnight_long"),
    ("Shifts", "D3", 600, "value_more_than"),
    ("Shifts", "E4", "polise", "not_a_choice"),
    ("Demand", "F2", -2, "value_less_than"),
    ("Demand", "F2", 3, "minimum_over_target"),
    ("Demand", "G2", 5, "target_over_maximum"),
    ("Demand", "F2", "two", "not_a_number"),
    ("Demand", "F2", 1.5, "not_whole"),
    ("Demand", "C2", "Mon-Someday", "not_a_day"),
    ("Demand", "B2", "polcie", "not_on_sheet"),
    ("Staff", "E2", "POL38", "not_on_sheet"),
    ("Staff", "C2", "5342", "not_on_sheet"),
    ("Staff", "F2", 1.5, "value_more_than"),
    ("Staff", "A3", "P-1", "code_again"),
    ("Staff", "J4", D(2026, 3, 1), "leaves_first"),
    ("Hotspots", "G2", 10, "value_more_than"),
    ("Hotspots", "E2", "north", "not_a_number"),
    ("Hotspots", "J3", D(2026, 3, 3), "hotspot_closes_first"),
    ("Contracts", "C2", "civilian", "not_a_choice"),
    ("Contracts", "P2", "none", "not_a_clock_time"),
    ("Contracts", "S2", -1, "value_less_than"),
    ("Contracts", "T2", 0, "value_less_than"),
    ("Contracts", "V2", "much", "not_a_number"),
    ("Contracts", "W2", "N5", "write_counts"),
    ("Contracts", "W2", "NN=5", "not_on_sheet"),
    ("Shifts", "H2", "someday", "days_not_understood"),
    ("Shifts", "F2", "HLA", "not_on_sheet"),
    ("Shifts", "G2", "M", "not_on_sheet"),
    ("Incidents", "A2", "yesterday", "not_a_date"),
    ("Incidents", "A2", D(2026, 3, 16), "date_outside_horizon"),
    ("Incidents", "B2", "HLA", "not_on_sheet"),
    ("Incidents", "C2", 0, "value_less_than"),
    ("Incidents", "D2", 0, "value_less_than"),
    ("Incidents", "E2", "perhaps", "neither_yes_nor_no"),
    ("Incidents", "F2", "perhaps", "neither_yes_nor_no"),
    ("Absences", "C2", D(2026, 3, 8), "absence_ends_first"),
    ("Absences", "A2", "P-9", "not_on_sheet"),
    ("Absences", "D2", "perhaps", "neither_yes_nor_no"),
    ("Requests", "C2", D(2026, 3, 13), "request_ends_first"),
    ("Requests", "F2", 11, "value_more_than"),
    ("Requests", "B2", D(2026, 3, 16), "date_outside_horizon"),
    ("Locked", "B2", D(2026, 3, 16), "date_outside_horizon"),
    ("Locked", "C2", "NN", "not_on_sheet"),
    ("Locked", "D2", "hall", "not_on_sheet"),
    ("History", "B2", D(2026, 3, 2), "not_before_horizon"),
    ("Published", "A2", "P-9", "published_person_gone"),
    ("Strategies", "B2", "Paris", "not_a_choice"),
    ("Strategies", "C2", 101, "value_more_than"),
    ("Strategies", "E2", "X9", "not_on_sheet"),
    ("Strategies", "H2", "X9", "not_on_sheet"),
    ("Published", "C2", "NN", "published_code_gone"),
    ("Published", "D2", None, "published_nowhere"),
    ("Published", "E2", 3, "published_without_stamp"),
    ("Counters", "C2", "12 nights", "not_a_number"),
    ("Pairs", "B2", "P-1", "same_person"),
    ("Holidays", "A2", "Easter", "not_a_date"),
    ("Settings", "B4", 0, "value_not_more_than"),
    ("Settings", "B3", "soon", "not_a_date"),
    ("Settings", "B5", "Mars/Olympus", "unknown_time_zone"),
    ("Settings", "B6", "de", "not_a_choice"),
    ("Settings", "B8", "lots", "neither_number_nor_yes"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "code"), BAD_CELLS)
def test_a_wrong_cell_is_named(tmp_path, sheet, cell, value, code) -> None:
    rows = world()
    if (sheet, cell) == ("Staff", "A3"):
        rows["Absences"], rows["Locked"], rows["History"], rows["Pairs"] = [], [], [], []
    if (sheet, cell) == ("Requests", "B2"):
        rows["Requests"][0]["to"] = D(2026, 3, 20)
    if (sheet, cell) == ("Requests", "C2"):
        rows["Requests"][0]["to"] = D(2026, 3, 14)
    problem = only_problem(tmp_path, rows, set_cell(sheet, cell, value))
    assert problem.place == f"{sheet}!{cell}", str(problem)
    assert code in codes_of(problem), str(problem)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        ("Shifts", "C2", "05:00", "is before the start, and over midnight the shift would last 23 hours."),
        ("Shifts", "D3", 600, "is more than 240."),
        ("Demand", "F2", 3, "is a minimum (3) above the target (2)."),
        ("Demand", "C2", "Mon-Someday", "is not understood: 'mon-someday' is neither a weekday"),
        ("Contracts", "W2", "N5", "for example N=5, D=0."),
        ("Locked", "B2", D(2026, 3, 16), "lies outside the horizon."),
        ("Locked", "C2", "NN", "is not on sheet Shifts."),
        ("Settings", "B6", "de", "is not allowed here: use en, fr or nl."),
    ],
)
def test_what_is_said_of_a_wrong_cell(tmp_path, sheet, cell, value, words) -> None:
    problem = only_problem(tmp_path, change=set_cell(sheet, cell, value))
    assert words in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "meant"),
    [
        ("Shifts", "E4", "polise", own("choice", "police")),
        ("Demand", "B2", "polcie", own("choice", "police")),
        ("Staff", "E2", "POL38", "POL-38"),
        ("Staff", "C2", "5342", "5341"),
        ("Shifts", "F2", "HLA", "HAL"),
        ("Locked", "D2", "hall", "HAL"),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(tmp_path, sheet, cell, value, meant) -> None:
    problem = only_problem(tmp_path, change=set_cell(sheet, cell, value))
    assert (problem.place, problem.hint) == (f"{sheet}!{cell}", did_you_mean(meant))


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [("A8", "reference_hours.most_over", "not a parameter"), ("B8", -1, "the minimum is 0")],
)
def test_a_wrong_parameter_of_a_rule_is_named(tmp_path, cell, value, words) -> None:
    problem = only_problem(tmp_path, change=set_cell("Settings", cell, value))
    assert problem.place == "Settings!B8"
    assert words in str(problem)


@pytest.mark.parametrize(
    ("key", "value", "words", "meant"),
    [
        ("role_holders.role", "LAED", "is LAED, which is not on sheet Roles", "LEAD"),
        ("role_holders.rol", "LEAD", "not a parameter", "role_holders.role"),
        ("role_holders.heads", "LEAD", "neither a number nor yes", None),
    ],
)
def test_a_wrong_word_of_a_rule_is_named(tmp_path, key, value, words, meant) -> None:
    problem = only_problem(tmp_path, change=set_parameter(key, value))
    assert problem.place == "Settings!B8"
    assert words in str(problem)
    assert problem.hint == (None if meant is None else did_you_mean(meant))


@pytest.mark.parametrize(("value", "read"), [("lead", "LEAD"), (" LEAD ", "LEAD"), (None, None)])
def test_a_code_of_a_rule_is_spelt_as_on_its_sheet(tmp_path, value, read) -> None:
    given = reading(tmp_path, change=set_parameter("role_holders.role", value)).instance.parameters
    assert given == ({} if read is None else {"role_holders.role": read})


@pytest.mark.parametrize("code", ["12", "yes", "07:30"])
def test_a_code_that_looks_like_a_figure_stays_a_code(tmp_path, code) -> None:
    def change(book) -> None:
        for sheet, cell in (("Roles", "A2"), ("Staff", "D2"), ("Demand", "B3"), ("Settings", "B8")):
            book[sheet][cell] = code
        book["Settings"]["A8"] = "role_holders.role"

    assert reading(tmp_path, change=change).instance.parameters == {"role_holders.role": code}


def test_a_role_whose_row_cannot_be_read_is_no_unknown_one(tmp_path) -> None:
    def change(book) -> None:
        set_parameter("role_holders.role", "LEAD")(book)
        book["Roles"]["C2"] = "fire brigade"

    assert {problem.place for problem in problems(tmp_path, change=change)} == {"Roles!C2"}


def set_parameter(key, value):
    def change(book) -> None:
        book["Settings"]["A8"], book["Settings"]["B8"] = key, value

    return change


@pytest.mark.parametrize(
    ("sheet", "cell"), [("Staff", "E2"), ("Shifts", "B2"), ("Absences", "C2"), ("Locked", "A2"), ("Demand", "C2")]
)
def test_a_required_cell_is_not_left_blank(tmp_path, sheet, cell) -> None:
    problem = only_problem(tmp_path, change=set_cell(sheet, cell, None))
    assert problem.place == f"{sheet}!{cell}"
    name = {"E2": "contract", "B2": "start", "C2": "to" if sheet == "Absences" else "days", "A2": "staff"}[cell]
    assert str(problem.message) == f"{name} is missing."
    assert codes_of(problem) == {"cell_missing", "what_it_is", f"column.{sheet}.{name}"}


def test_every_problem_is_told_at_once(tmp_path) -> None:
    def change(book) -> None:
        book["Shifts"]["B2"] = "25:00"
        book["Staff"]["F2"] = 3
        book["Locked"]["C2"] = "X"
        book["Settings"]["B3"] = None

    assert {problem.place for problem in problems(tmp_path, change=change)} == {
        "Shifts!B2",
        "Staff!F2",
        "Locked!C2",
        "Settings!B3",
    }


def test_a_row_that_cannot_be_read_is_not_unknown_elsewhere(tmp_path) -> None:
    assert only_problem(tmp_path, change=set_cell("Hotspots", "G2", "high")).place == "Hotspots!G2"


def test_two_rows_that_contradict_each_other_are_both_named(tmp_path) -> None:
    rows = world()
    rows["Locked"].append({"staff": "P-1", "date": D(2026, 3, 3), "shift": "E"})
    problem = only_problem(tmp_path, rows)
    assert problem.place == "Locked!B4"
    assert str(problem.hint) == "The other is Locked!B2."


def test_one_version_tells_a_person_one_thing_about_a_date(tmp_path) -> None:
    problem = only_problem(tmp_path, change=set_cell("Published", "E4", 1))
    assert (problem.place, problem.message.code) == ("Published!B4", "date_again")
    assert str(problem.hint) == "The other is Published!B3."


def test_cells_of_two_clashing_locks_can_be_named(tmp_path) -> None:
    rows = world()
    rows["Locked"].append({"staff": "P-1", "date": D(2026, 3, 4), "shift": "E"})
    got = reading(tmp_path, rows)
    assert [got.cells.of("locks", index, "shift") for index in (0, 2)] == ["Locked!C2", "Locked!C4"]


def test_an_unknown_setting_is_noted_with_a_hint(tmp_path) -> None:
    rows = world()
    rows["Settings"].append({"key": "languagee", "value": "nl"})
    notes = reading(tmp_path, rows).notes
    assert [(note.place, note.fatal) for note in notes] == [("Settings!A12", False)]
    assert str(notes[0].hint) == "Did you mean 'language'?"


def test_a_settings_sheet_is_no_data_sheet(tmp_path) -> None:
    rows = world()
    rows["Settings"] += [{"value": 1}] * (MOST_SETTINGS - len(rows["Settings"]))
    assert reading(tmp_path, rows).instance
    rows["Settings"].append({"value": 1})
    assert only_problem(tmp_path, rows).place == "Settings"


def test_a_setting_that_stands_twice(tmp_path) -> None:
    rows = world()
    rows["Settings"].append({"key": "dagen", "value": 28})
    problem = only_problem(tmp_path, rows)
    assert (problem.place, "Settings!B4" in str(problem.message)) == ("Settings!A12", True)


def test_a_new_workbook_asks_for_the_first_date(tmp_path) -> None:
    path = tmp_path / "new.xlsx"
    new_workbook(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "Read me"
    book["Settings"]["B3"] = D(2026, 3, 2)
    book.save(path)
    got = read(path)
    assert got.instance.staff == ()
    assert {note.message.code for note in got.notes} == {"no_rows"}


@pytest.mark.parametrize("written", ["Sat-Sun, holiday", "week-end, férié", "sam-dim; jours fériés"])
def test_the_days_of_a_shift_are_read_in_any_language(tmp_path, written: str) -> None:
    rows = world()
    rows["Shifts"][0]["days"] = written
    found = reading(tmp_path, rows).instance
    assert found.shift["E"].days == Days.parse("Sat-Sun, holiday")
    assert found.shift["N"].days is None


def test_what_has_no_title_is_called_by_its_file(tmp_path) -> None:
    titled = reading(tmp_path)
    untitled = replace(titled, instance=titled.instance.replace(title=""), path=tmp_path / "midi.xlsx")
    assert (titled.title, untitled.title) == ("Synthetic staff", "midi")
    assert replace(untitled, path=STANDARD_INPUT).title == "Vigie"
