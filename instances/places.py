"""Where: the police zones, municipalities and hotspots of the Brussels region, as rows of the workbook.

Zone codes, names and the list of hotspots are public; the zone of a hotspot and its coordinates are approximate.
Adding a zone to an instance takes nothing but naming its code in :func:`hotspot_rows`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

Row = dict[str, object]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Place:
    """A hotspot, and how strongly and when it is frequented.

    ``priority`` weighs a missing police minute. ``level`` scales the demand curve (1 = an average hotspot);
    ``evening`` and ``weekend`` lift it from 19:00 to 02:00 and from Friday evening to Sunday. These four are
    assumptions of the examples, not measurements.
    """

    code: str
    name: str
    municipality: str
    zone: str
    lat: float
    lon: float
    priority: int = 1
    level: float = 1.0
    evening: float = 1.2
    weekend: float = 1.0
    neighbours: tuple[str, ...] = ()


ZONES = {
    "5339": "Bruxelles-Capitale-Ixelles",
    "5340": "Bruxelles-Ouest",
    "5341": "Midi",
    "5342": "Uccle / Watermael-Boitsfort / Auderghem",
    "5343": "Montgomery",
    "5344": "Bruxelles-Nord",
}

MUNICIPALITIES = {
    "ANDE": ("Anderlecht", "5341"),
    "STGI": ("Saint-Gilles", "5341"),
    "FORE": ("Forest", "5341"),
    "MOLE": ("Molenbeek", "5340"),
    "BRUX": ("Bruxelles", "5339"),
    "IXEL": ("Ixelles", "5339"),
    "SCHA": ("Schaerbeek", "5344"),
}
"""Municipalities with a hotspot: code → name and police zone."""

PLACES = (
    Place("ANVE", "Chaussée d'Anvers", "Bruxelles", "5339", 50.863, 4.354, 2, neighbours=("YSER",)),
    Place("MATO", "Matonge", "Ixelles", "5339", 50.837, 4.366, 2, 1.1, 1.4, 1.2),
    Place("YSER", "Yser", "Bruxelles", "5339", 50.857, 4.352, 3, 1.2, 1.3, 1.1, ("ANVE", "RIBA")),
    Place("QUER", "Querelle (Marolles)", "Bruxelles", "5339", 50.837, 4.347, 1, 0.9, neighbours=("HAL",)),
    Place("VERS", "Versailles (Neder-Over-Heembeek)", "Bruxelles", "5339", 50.899, 4.384, 1, 0.8),
    Place("HAL", "Porte de Hal", "Saint-Gilles", "5341", 50.833, 4.344, 3, 1.25, 1.35, 1.15, ("MIDI", "QUER")),
    Place("CLEM", "Clemenceau", "Anderlecht", "5341", 50.841, 4.329, 3, 1.1, 1.3, 1.1, ("MIDI",)),
    Place("PETE", "Peterbos", "Anderlecht", "5341", 50.838, 4.288, 2, 0.9, 1.2),
    Place("ANTO", "Saint-Antoine", "Forest", "5341", 50.826, 4.326, 1, 0.8, 1.2, neighbours=("MIDI",)),
    Place("MIDI", "Gare du Midi", "Saint-Gilles", "5341", 50.836, 4.336, 3, 1.5, 1.25, 1.1, ("HAL", "CLEM", "ANTO")),
    Place("NORD", "Gare du Nord / Brabant", "Schaerbeek", "5344", 50.860, 4.361, 3, 1.5, 1.3, 1.1),
    Place("ETAN", "Étangs Noirs", "Molenbeek", "5340", 50.857, 4.330, 3, 1.25, 1.3, 1.1, ("BONN",)),
    Place("RIBA", "Ribaucourt", "Molenbeek", "5340", 50.862, 4.340, 3, 1.15, 1.3, 1.1, ("PAAL", "YSER")),
    Place("BONN", "Bonnevie", "Molenbeek", "5340", 50.856, 4.337, 2, 0.95, 1.2, 1.0, ("ETAN", "PAAL")),
    Place("PAAL", "Paal/Kolom", "Molenbeek", "5340", 50.856, 4.343, 1, 0.85, 1.2, 1.0, ("BONN", "RIBA")),
    Place("MARB", "Marbotin", "Schaerbeek", "5344", 50.874, 4.386, 2, 0.9),
)

STREET_WORK = "RUE"
"""Code of the partner organisation of the street educators."""


def places(zones: Collection[str]) -> tuple[Place, ...]:
    """The hotspots of some police zones, in the order of :data:`PLACES`."""
    return tuple(place for place in PLACES if place.zone in zones)


def hotspot_rows(zones: Collection[str]) -> list[Row]:
    """Rows of the Hotspots sheet; neighbours outside the zones are left out."""
    inside = {place.code for place in places(zones)}
    return [
        {
            "code": place.code,
            "name": place.name,
            "municipality": place.municipality,
            "zone": place.zone,
            "lat": place.lat,
            "lon": place.lon,
            "priority": place.priority,
            "neighbours": ", ".join(code for code in place.neighbours if code in inside),
        }
        for place in places(zones)
    ]


def organisation_rows(zones: Collection[str]) -> list[Row]:
    """Rows of the Organisations sheet: the zones, their municipalities with a hotspot, and the street educators."""
    rows: list[Row] = [{"code": code, "name": ZONES[code], "kind": "police_zone"} for code in sorted(zones)]
    rows += [
        {"code": code, "name": name, "kind": "municipality"}
        for code, (name, zone) in MUNICIPALITIES.items()
        if zone in zones
    ]
    return [*rows, {"code": STREET_WORK, "name": "Street work (example)", "kind": "partner"}]
