"""What no roster can cover, in the words of the Summary and the Shortages sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scheduler.analysis.coverage import shortages
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.workbook.uncoverable import sentences
from tests.builders import SHIFTS, demand, hotspot, make, past
from tests.workbook import result_world
from tests.workbook.test_write_sheets import rows_under, written


def world(**facts: Any) -> Instance:
    return make(2, **{"hotspots": (hotspot(priority=2),), "demand": (demand(minimum=1, target=2),), **facts})


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "Only History can cover these: nobody is entered for the night before (12.0 person-hours; more people would not "
            "change that). HAL police 2026-03-02 00:00–06:00.",
            "Of each level, in hours: Police minimum 12.0 · Targets 12.0.",
        ),
        (
            "fr",
            "Seule la feuille Historique peut couvrir ceci : personne n’y est inscrit pour la nuit précédente (12,0 "
            "heures-personnes ; plus de personnel n’y changerait rien). HAL police 02/03/2026 00:00–06:00.",
            "Part de chaque niveau, en heures : Minimum police 12,0 · Objectifs 12,0.",
        ),
        (
            "nl",
            "Alleen het blad Historiek kan dit dekken: voor de nacht ervoor is niemand ingevuld (12,0 persoonsuren; meer "
            "personeel verandert daar niets aan). HAL politie 02/03/2026 00:00–06:00.",
            "Aandeel van elk niveau, in uren: Minimum politie 12,0 · Streefdoelen 12,0.",
        ),
    ],
)
def test_the_night_before_is_named_in_every_language(language: str, first: str, second: str) -> None:
    assert list(sentences(world(language=language), Texts(language))) == [first, second]


def test_who_is_entered_for_the_night_before_is_not_asked_for_again() -> None:
    one = past("P1", "N", spot="HAL")
    first, second = sentences(world(history=one), Texts("en"))
    assert "too few are entered for the night before (6.0 person-hours" in first
    assert second == "Of each level, in hours: Targets 6.0."
    two = (*one, *past("P2", "N", spot="HAL"))
    assert list(sentences(world(people=2, history=two), Texts("en"))) == []


def test_hours_without_a_shift_have_a_sentence_of_their_own() -> None:
    asked = demand(start="02:00", until="06:00", minimum=1)
    first, second = sentences(world(shifts=SHIFTS[:2], demand=(asked,)), Texts("en"))
    assert first.startswith("No shift that may be worked there covers these hours (8.0 person-hours;")
    assert first.endswith("HAL police 2026-03-02 02:00–06:00 ….")
    assert second == "Of each level, in hours: Police minimum 16.0 · Targets 8.0."


def test_many_places_are_not_all_named() -> None:
    spots = tuple(hotspot(f"H{number}") for number in range(9))
    rows = tuple(demand(minimum=1).model_copy(update={"hotspot": spot.code}) for spot in spots)
    (first, _) = sentences(world(hotspots=spots, demand=rows), Texts("en"))
    assert first.count("00:00–06:00") == 6
    assert first.endswith(" ….")


def test_the_summary_says_it_under_the_levels(tmp_path: Path) -> None:
    instance = world()
    sheet = written(tmp_path, instance, Roster(), record=result_world.record(instance, Roster()))["Summary"]
    texts = [cell for row in sheet.values for cell in row if isinstance(cell, str)]
    assert [text for text in texts if "History" in text] == [next(sentences(instance, Texts("en")))]
    covered = world(people=2, history=(*past("P1", "N", spot="HAL"), *past("P2", "N", spot="HAL")))
    sheet = written(tmp_path, covered, Roster(), record=result_world.record(covered, Roster()))["Summary"]
    assert not any("History" in cell for row in sheet.values for cell in row if isinstance(cell, str))


def test_the_shortages_sheet_says_why_nobody_stands_there(tmp_path: Path) -> None:
    instance = world(shifts=SHIFTS[1:])
    rows = rows_under(written(tmp_path, instance, Roster(), short=shortages(instance, Roster()))["Shortages"])
    causes = {(row[4].hour, row[10]) for row in rows}  # type: ignore[attr-defined]
    assert causes == {
        (0, "only History can cover it (night before)"),
        (6, "no shift covers these hours"),
        (14, None),
    }
