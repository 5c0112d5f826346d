"""DataFrames are read as the sheets of a workbook are: the same facts, the same messages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scheduler import Absence, from_frames, load
from scheduler.errors import InputError
from scheduler.workbook.frames import facts_of
from scheduler.workbook.sheets import SHEETS
from tests.builders import MONDAY, lock, make, past

INSTANCES = Path(__file__).parents[2] / "instances"


def tables(**changes: Any) -> dict[str, Any]:
    """Twelve synthetic police officers of one zone, and one hotspot that wants two of them."""
    return {
        "Settings": {"start_date": "2026-03-02", "days": 28},
        "Organisations": pd.DataFrame({"code": ["5341"], "kind": ["police_zone"]}),
        "Hotspots": pd.DataFrame({"code": ["HAL"], "municipality": ["Saint-Gilles"], "zone": ["5341"]}),
        "Shifts": pd.DataFrame({"code": ["E", "L"], "start": ["06:00", "14:00"], "end": ["14:00", "22:00"]}),
        "Contracts": pd.DataFrame({"code": ["POL"], "category": ["police"]}),
        "Staff": pd.DataFrame({"id": [f"P-{n:02d}" for n in range(12)], "organisation": "5341", "contract": "POL"}),
        "Demand": pd.DataFrame({
            "hotspot": ["HAL"], "role": ["police"], "days": ["Mon-Sun"], "from": ["06:00"], "to": ["22:00"],
            "minimum": [2], "target": [2],
        }),
        **changes,
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted(INSTANCES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_frames_of_an_instance_make_the_same_instance(path: Path) -> None:
    instance = load(path).instance
    assert from_frames(facts_of(instance)) == instance


def test_what_pandas_makes_of_values_is_understood() -> None:
    staff = pd.DataFrame(
        {
            "id": pd.Categorical(["A", "B", "C"]),
            "organisation": np.array([5341, 5341, 5341]),
            "contract": ["POL", "POL", "POL"],
            "fte": np.array([1.0, np.nan, 0.5], dtype=np.float32),
            "from": pd.to_datetime(["2026-01-01", None, "2026-02-01"]),
            "hotspots": [["HAL"], None, ()],
            "name": pd.array(["One", pd.NA, "Three"], dtype="string"),
        }
    )
    found = from_frames(tables(Staff=staff.set_index("id")))
    assert [member.id for member in found.staff] == ["A", "B", "C"]
    assert [member.organisation for member in found.staff] == ["5341"] * 3
    assert [member.fte for member in found.staff] == [1.0, 1.0, 0.5]
    assert [member.first for member in found.staff] == [dt.date(2026, 1, 1), None, dt.date(2026, 2, 1)]
    assert [member.hotspots for member in found.staff] == [("HAL",), (), ()]


@pytest.mark.parametrize("kind", [list, tuple, set, np.array, pd.Series, pd.Index, pd.array, pd.Categorical])
def test_codes_may_be_in_a_list_or_an_array_of_any_type(kind: Any) -> None:
    places = pd.DataFrame({"code": ["1", "2"], "municipality": "Saint-Gilles", "zone": "5341"})
    demand = tables()["Demand"].assign(hotspot="1")
    staff = pd.DataFrame({"id": ["A"], "organisation": "5341", "contract": "POL", "hotspots": [kind([1.0, 2.0])]})
    (member,) = from_frames(tables(Staff=staff, Hotspots=places, Demand=demand)).staff
    assert member.hotspots == ("1", "2")


@pytest.mark.parametrize("codes", [np.array([]), pd.Series(dtype=object), [], [None, np.nan, pd.NA]])
def test_a_list_of_nothing_is_blank(codes: object) -> None:
    staff = tables()["Staff"].assign(hotspots=[codes] * 12)
    assert {member.hotspots for member in from_frames(tables(Staff=staff)).staff} == {()}


def absent(first: object, last: object) -> Absence:
    frame = pd.DataFrame({"staff": ["P-00"], "from": [first], "to": [last]})
    (found,) = from_frames(tables(Absences=frame)).absences
    return found


@pytest.mark.parametrize(
    "first", [pd.Timestamp("2026-03-03"), dt.date(2026, 3, 3), "2026-03-03", np.datetime64("2026-03-03")]
)
def test_moments_of_any_type_are_local_times(first: object) -> None:
    whole, part = absent(first, first), absent(first, pd.Timestamp("2026-03-03 17:00"))
    assert (whole.start, whole.end) == (24 * 60, 48 * 60)
    assert (part.start, part.end) == (24 * 60, 41 * 60)


def test_rows_may_be_mappings_and_names_those_of_any_language() -> None:
    rows = [{"matricule": "P-00", "employeur": "5341", "contrat": "POL"}]
    given = tables()
    del given["Staff"]
    assert [member.id for member in from_frames(given | {"Personnel": rows}).staff] == ["P-00"]


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"Staf": pd.DataFrame()}, ["frames"]),
        ({"Roster": pd.DataFrame()}, ["frames"]),
        ({"Pairs": [{"staff_a": "P-00", "staff_b": "P-01", "kind": "apart", "knid": 1}]}, ["Pairs!D1"]),
        ({"Contracts": [{"code": "POL", "category": "policy"}]}, ["Contracts!B2"]),
        ({"Settings": {"start_date": "2026-03-02"}}, ["Settings"]),
        ({"Demand": pd.DataFrame()}, ["Demand!1:1"]),
        ({"Personnel": [{"matricule": "P-99", "employeur": "5341", "contrat": "POL"}]}, ["frames"]),
        ({"Calls": pd.DataFrame(columns=["staff"])}, ["frames"]),
        ({"Strategies": pd.DataFrame(columns=["name"])}, ["frames"]),
        ({"Settings": {"start_date": "2026-03-02", "days": 28, "dayz": 3}}, ["Settings!A4"]),
        ({"Settings": {"start_date": "2026-03-02", "days": 28, "published_until": "2026-03-09"}}, ["Settings!B4"]),
        ({"Settings": pd.Series({"start_date": "2026-03-02", "days": 28})}, ["frames"]),
        ({"Staff": None}, ["frames"]),
        ({"Staff": "P-00"}, ["frames"]),
        ({"Staff": {"id": ["P-00"], "organisation": ["5341"], "contract": ["POL"]}}, ["frames"]),
        ({"Staff": tables()["Staff"].set_index("id", drop=False)}, ["Staff!B1"]),
    ],
)
def test_everything_wrong_has_its_place(changes: dict[str, Any], places: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        from_frames(tables(**changes))
    assert {problem.place for problem in refused.value.problems} >= set(places)


def test_a_time_zone_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        absent(pd.Timestamp("2026-03-03", tz="Asia/Tokyo"), pd.Timestamp("2026-03-04", tz="Asia/Tokyo"))
    assert {problem.place for problem in refused.value.problems} == {"Absences!B2", "Absences!C2"}


@pytest.mark.parametrize("zoned", [dt.time(6, tzinfo=dt.UTC), pd.Timestamp("2026-03-02 06:00", tz="UTC").timetz()])
def test_a_time_zone_of_a_clock_time_is_refused(zoned: dt.time) -> None:
    shifts = pd.DataFrame({"code": ["E"], "start": [zoned], "end": ["14:00"]})
    with pytest.raises(InputError, match="has a time zone") as refused:
        from_frames(tables(Shifts=shifts))
    assert [problem.place for problem in refused.value.problems] == ["Shifts!B2"]


@pytest.mark.parametrize("frames", [None, [], "Staff", 3, [("Staff", tables()["Staff"])]])
def test_what_is_no_mapping_of_names_is_refused(frames: Any) -> None:
    with pytest.raises(InputError, match="is no mapping"):
        from_frames(frames)


def test_holidays_may_be_a_mapping_of_date_to_name() -> None:
    found = from_frames(tables(Holidays={dt.date(2026, 3, 3): "Fair"}))
    assert found.calendar.holidays[dt.date(2026, 3, 3)] == "Fair"


@pytest.mark.parametrize("name", ["tiny", "brussels-midi"])
def test_sheets_as_pandas_reads_them_are_those_of_the_workbook(name: str) -> None:
    path = INSTANCES / f"{name}.xlsx"
    known = {sheet.name for sheet in SHEETS if not sheet.record}
    read = {title: frame for title, frame in pd.read_excel(path, sheet_name=None).items() if title in known}
    assert from_frames(read) == load(path).instance


def test_a_missing_table_is_named() -> None:
    given = tables()
    del given["Demand"]
    with pytest.raises(InputError, match="lacks the sheet Demand"):
        from_frames(given)


def test_history_and_locks_come_back() -> None:
    instance = make(7, history=past("P1", "E"), locks=(lock("P1", 2, "E"),))
    again = from_frames(facts_of(instance))
    assert (again.history, again.locks) == (instance.history, instance.locks)
    assert again.calendar.start == MONDAY
