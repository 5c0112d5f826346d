"""Incidents: for a while a hotspot is held by more police than the strategy asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from pydantic import Field

from scheduler.problem.codes import Code
from scheduler.problem.facts import Fact, Hotspot
from scheduler.problem.timeline import DAY_MINUTES


class Incident(Fact):
    """A shooting or the like at a hotspot: from then on more police are the minimum there.

    A block where there was a shooting carries a third more risk for two weeks (Ratcliffe and Rengert 2008): so two weeks, flat
    and at that hotspot alone, is the default. Neighbours and decay have no such evidence.
    """

    at: int = Field(description="instant, minutes since the horizon's start; may be negative")
    hotspot: Code
    heads: Annotated[int, Field(ge=1, le=1000)] = Field(default=2, description="police beyond the minimum")
    days: Annotated[int, Field(ge=1, le=400)] = Field(default=14, description="how long, in days of 24 hours")
    neighbours: bool = Field(default=False, description="whether hotspots close by are raised too")
    decays: bool = Field(default=False, description="whether the raise falls head by head, evenly over the days")
    kind: str = Field(default="", description="what happened; without effect")

    @property
    def end(self) -> int:
        """The instant at which nothing is raised any more."""
        return self.at + self.days * DAY_MINUTES


class Raise(NamedTuple):
    """Police beyond the minimum of a hotspot during ``[start, end)``."""

    hotspot: str
    start: int
    end: int
    heads: int


def raises(incident: Incident, hotspots: Mapping[str, Hotspot]) -> Iterator[Raise]:
    """What an incident asks for, hotspot by hotspot and step by step."""
    there = hotspots[incident.hotspot]
    spots = (incident.hotspot, *(there.neighbours if incident.neighbours else ()))
    steps = incident.heads if incident.decays else 1
    edges = [incident.at + (incident.end - incident.at) * step // steps for step in range(steps + 1)]
    for spot in dict.fromkeys(spots):
        for step in range(steps):
            yield Raise(spot, edges[step], edges[step + 1], incident.heads - step)
