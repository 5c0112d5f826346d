"""Strategies: who may stand where when the zones keep to themselves, when they lend each other police, and when they are one.

Everything that asks for somebody's hotspots asks here, so that pooling is decided in one place.
"""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.problem.facts import Hotspot, Organisation, OrganisationKind, Pooling, fold
from scheduler.problem.instance import Instance


def allowed_hotspots(instance: Instance, staff: str) -> frozenset[str]:
    """The hotspots where a person may stand: those agreed on their row, else those of their organisation's territory.

    The territory of a police zone is the zone, and the whole region where zones lend or all are one; that of a municipality is
    always the municipality. Federal police and partners have no border.
    """
    member = instance.person[staff]
    if member.hotspots:
        return frozenset(member.hotspots)
    organisation = instance.organisation[member.organisation]
    if organisation.kind is OrganisationKind.POLICE_ZONE and instance.strategy is Pooling.SEPARATE:
        return frozenset(spot.code for spot in instance.hotspots if spot.zone == organisation.code)
    if organisation.kind is OrganisationKind.MUNICIPALITY:
        return frozenset(spot.code for spot in instance.hotspots if lies_in(spot, organisation))
    return frozenset(instance.hotspot)


def worked_at(instance: Instance, shift: str) -> frozenset[str]:
    """The hotspots where a shift may be worked: those that its row names, else all but the places where reserves wait."""
    return frozenset(instance.shift[shift].hotspots) or frozenset(instance.hotspot) - instance.reserve_places


def lenders(instance: Instance) -> Mapping[str, frozenset[str]]:
    """The people of each police zone whom it may lend, by its code, where zones lend each other police; else nobody. Those whose
    row names hotspots stand there whatever the zones do: they are not lent."""
    if instance.strategy is not Pooling.LATERAL:
        return {}
    found: dict[str, set[str]] = {
        item.code: set() for item in instance.organisations if item.kind is OrganisationKind.POLICE_ZONE
    }
    for member in instance.staff:
        if member.organisation in found and not member.hotspots:
            found[member.organisation].add(member.id)
    return {zone: frozenset(people) for zone, people in found.items()}


def police_zones(instance: Instance) -> tuple[str, ...]:
    """The police zones, with hotspots or without, and whatever else hotspots name as their zone."""
    named = [item.code for item in instance.organisations if item.kind is OrganisationKind.POLICE_ZONE]
    return tuple(dict.fromkeys([*named, *(spot.zone for spot in instance.hotspots)]))


def elsewhere(instance: Instance, zone: str) -> frozenset[str]:
    """The hotspots outside a zone."""
    return frozenset(spot.code for spot in instance.hotspots if spot.zone != zone)


def lies_in(spot: Hotspot, municipality: Organisation) -> bool:
    """Whether a hotspot lies in a municipality, which its row names by code or by name."""
    return fold(spot.municipality) in {fold(municipality.code), fold(municipality.name)}
