"""The police zones of the Brussels region: staff and demand of each, tuned so that staff is a little short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from instances.curve import demand_row
from instances.people import Intake
from instances.places import STREET_WORK, Row
from instances.plan import Plan


def _midi_demand() -> list[Row]:
    """Patrol leaders where it is hottest; peacekeepers in pairs by day and evening, later at the two stations of nightlife."""
    rows = [
        demand_row("MIDI", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("HAL", "LEAD", "Mon-Sun", 14, 30, 1, 1),
        demand_row("CLEM", "LEAD", "Mon-Sun", 22, 30, 0, 1),
    ]
    rows += [
        demand_row(hotspot, "non_police", "Mon-Fri", 7, 22, 2, 2, 6)
        for hotspot in ("HAL", "CLEM", "PETE", "ANTO", "MIDI")
    ]
    rows += [
        demand_row("HAL", "non_police", "Sat-Sun", 7, 22, 2, 2, 6),
        demand_row("MIDI", "non_police", "Sat-Sun", 7, 22, 2, 2, 6),
        demand_row("CLEM", "non_police", "Sat-Sun", 14, 22, 2, 2, 6),
        demand_row("PETE", "non_police", "Sat", 14, 22, 2, 2, 6),
        demand_row("HAL", "non_police", "Thu-Sat", 22, 26, 2, 2, 6),
        demand_row("MIDI", "non_police", "Thu-Sat", 22, 26, 2, 2, 6),
    ]
    rows += [demand_row(hotspot, "EDUC", "Mon-Fri", 14, 19, 1, 1) for hotspot in ("HAL", "CLEM", "MIDI")]
    return rows


def _ouest_demand() -> list[Row]:
    """Patrol leaders where it is hottest; Molenbeek's peacekeepers in pairs by day and evening."""
    rows = [
        demand_row("ETAN", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("RIBA", "LEAD", "Mon-Sun", 14, 30, 1, 1),
    ]
    rows += [
        demand_row(hotspot, "non_police", "Mon-Fri", 7, 22, 2, 2, 6) for hotspot in ("ETAN", "RIBA", "BONN", "PAAL")
    ]
    rows += [demand_row(hotspot, "non_police", "Sat-Sun", 14, 22, 2, 2, 6) for hotspot in ("ETAN", "RIBA")]
    rows += [demand_row("ETAN", "non_police", "Thu-Sat", 22, 26, 2, 2, 6)]
    rows += [demand_row(hotspot, "EDUC", "Mon-Fri", 14, 19, 1, 1) for hotspot in ("ETAN", "BONN")]
    return rows


def _capitale_demand() -> list[Row]:
    """Patrol leaders at Yser and Matonge; peacekeepers of Bruxelles and Ixelles in pairs by day and evening."""
    rows = [
        demand_row("YSER", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("MATO", "LEAD", "Mon-Sun", 14, 30, 1, 1),
    ]
    rows += [
        demand_row(hotspot, "non_police", "Mon-Fri", 7, 22, 2, 2, 6)
        for hotspot in ("ANVE", "MATO", "YSER", "QUER", "VERS")
    ]
    rows += [demand_row(hotspot, "non_police", "Sat-Sun", 14, 22, 2, 2, 6) for hotspot in ("MATO", "YSER", "ANVE")]
    rows += [demand_row(hotspot, "non_police", "Thu-Sat", 22, 26, 2, 2, 6) for hotspot in ("MATO", "YSER")]
    rows += [demand_row(hotspot, "EDUC", "Mon-Fri", 14, 19, 1, 1) for hotspot in ("MATO", "QUER")]
    return rows


def _nord_demand() -> list[Row]:
    """A patrol leader and peacekeepers round the station, peacekeepers by day at Marbotin."""
    return [
        demand_row("NORD", "LEAD", "Mon-Sun", 6, 30, 1, 1),
        demand_row("NORD", "non_police", "Mon-Sun", 7, 22, 2, 2, 6),
        demand_row("NORD", "non_police", "Thu-Sat", 22, 26, 2, 2, 6),
        demand_row("MARB", "non_police", "Mon-Fri", 7, 22, 2, 2, 6),
        demand_row("NORD", "EDUC", "Mon-Fri", 14, 19, 1, 1),
    ]


def _no_demand() -> list[Row]:
    return []


ZONES: Mapping[str, Plan] = {
    "midi": Plan(
        title="Brussels, police zone Midi, March 2026",
        seed=5341,
        zones=("5341",),
        intakes=(
            Intake("P", "5341", "POL-38", 46, role="LEAD", holders=17),
            Intake("P", "5341", "POL-38", 6, spots=("HAL", "MIDI"), role="LEAD", holders=2),
            Intake("P", "5341", "POL-38", 2, first=date(2026, 3, 9)),
            Intake("P", "5341", "POL-38", 1, last=date(2026, 3, 20)),
            Intake("P", "5341", "POL-38", 6, fte=0.8, role="LEAD", holders=2),
            Intake("P", "5341", "POL-38", 3, fte=0.5),
            Intake("P", "5341", "POL-32", 8, role="LEAD", holders=3),
            Intake("P", "5341", "POL-8H", 8, role="LEAD", holders=3),
            Intake("G", "ANDE", "GP-38", 6),
            Intake("G", "ANDE", "GP-38", 3, fte=0.5),
            Intake("G", "STGI", "GP-38", 8),
            Intake("G", "STGI", "GP-38", 2, fte=0.8),
            Intake("G", "FORE", "GP-38", 5),
            Intake("S", STREET_WORK, "EDU-38", 4, role="EDUC", holders=4),
            Intake("S", STREET_WORK, "EDU-38", 2, fte=0.8, role="EDUC", holders=2),
        ),
        extra_demand=_midi_demand,
    ),
    "ouest": Plan(
        title="Brussels, police zone Bruxelles-Ouest, March 2026",
        seed=5340,
        zones=("5340",),
        intakes=(
            Intake("P", "5340", "POL-38", 40, role="LEAD", holders=14),
            Intake("P", "5340", "POL-38", 1, first=date(2026, 3, 9)),
            Intake("P", "5340", "POL-38", 5, fte=0.8, role="LEAD", holders=1),
            Intake("P", "5340", "POL-38", 2, fte=0.5),
            Intake("P", "5340", "POL-32", 6, role="LEAD", holders=2),
            Intake("P", "5340", "POL-8H", 6, role="LEAD", holders=2),
            Intake("G", "MOLE", "GP-38", 13),
            Intake("G", "MOLE", "GP-38", 4, fte=0.8),
            Intake("S", STREET_WORK, "EDU-38", 3, role="EDUC", holders=3),
            Intake("S", STREET_WORK, "EDU-38", 1, fte=0.5, role="EDUC", holders=1),
        ),
        extra_demand=_ouest_demand,
        together=3,
        apart=2,
    ),
    "capitale-ixelles": Plan(
        title="Brussels, police zone Bruxelles-Capitale-Ixelles, March 2026",
        seed=5339,
        zones=("5339",),
        intakes=(
            Intake("P", "5339", "POL-38", 50, role="LEAD", holders=17),
            Intake("P", "5339", "POL-38", 2, first=date(2026, 3, 16)),
            Intake("P", "5339", "POL-38", 6, fte=0.8, role="LEAD", holders=2),
            Intake("P", "5339", "POL-38", 4, fte=0.5),
            Intake("P", "5339", "POL-32", 8, role="LEAD", holders=2),
            Intake("P", "5339", "POL-8H", 10, role="LEAD", holders=3),
            Intake("G", "BRUX", "GP-38", 15),
            Intake("G", "BRUX", "GP-38", 4, fte=0.8),
            Intake("G", "IXEL", "GP-38", 7),
            Intake("G", "IXEL", "GP-38", 2, fte=0.5),
            Intake("S", STREET_WORK, "EDU-38", 4, role="EDUC", holders=4),
        ),
        extra_demand=_capitale_demand,
    ),
    "nord": Plan(
        title="Brussels, police zone Bruxelles-Nord, March 2026",
        seed=5344,
        zones=("5344",),
        intakes=(
            Intake("P", "5344", "POL-38", 22, role="LEAD", holders=8),
            Intake("P", "5344", "POL-38", 3, fte=0.8, role="LEAD", holders=1),
            Intake("P", "5344", "POL-38", 2, fte=0.5),
            Intake("P", "5344", "POL-32", 4, role="LEAD", holders=1),
            Intake("P", "5344", "POL-8H", 3, role="LEAD", holders=1),
            Intake("G", "SCHA", "GP-38", 9),
            Intake("G", "SCHA", "GP-38", 2, fte=0.8),
            Intake("S", STREET_WORK, "EDU-38", 2, role="EDUC", holders=2),
        ),
        extra_demand=_nord_demand,
        together=2,
        apart=1,
        locked=False,
    ),
    "uccle": Plan(
        title="Brussels, police zone Uccle / Watermael-Boitsfort / Auderghem, March 2026",
        seed=5342,
        zones=("5342",),
        intakes=(
            Intake("P", "5342", "POL-38", 18, role="LEAD", holders=6),
            Intake("P", "5342", "POL-38", 2, fte=0.8),
            Intake("P", "5342", "POL-32", 4, role="LEAD", holders=1),
            Intake("P", "5342", "POL-8H", 2),
        ),
        extra_demand=_no_demand,
        together=2,
        apart=0,
        locked=False,
    ),
    "montgomery": Plan(
        title="Brussels, police zone Montgomery, March 2026",
        seed=5343,
        zones=("5343",),
        intakes=(
            Intake("P", "5343", "POL-38", 16, role="LEAD", holders=5),
            Intake("P", "5343", "POL-38", 3, fte=0.5),
            Intake("P", "5343", "POL-32", 4, role="LEAD", holders=1),
            Intake("P", "5343", "POL-8H", 3),
        ),
        extra_demand=_no_demand,
        together=2,
        apart=0,
        locked=False,
    ),
}
