"""What a search tells the run it belongs to, while it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.engine.proof.bounds import News
from scheduler.messages.message import AllOf, Message
from scheduler.problem.roster import Roster
from scheduler.result import Method, Stage
from scheduler.vocabulary.constraints import Level

STOPPED = Message("stopped_without_roster", "stopped before there was a roster.")
"""Why a run has none."""
NAMED = 5
"""Most people that a message names."""


@dataclass(frozen=True)
class Found:
    """A legal roster better than the one before, with the value of every coverage level and, once it is looked at, of quality."""

    stage: Stage
    roster: Roster
    values: Mapping[Level, int]
    method: Method | None = None
    """What found it, where several methods search."""


@dataclass(frozen=True)
class Built:
    """How many seconds went into compiling facts and rules, in all by now."""

    seconds: float


@dataclass(frozen=True)
class Trouble:
    """What went wrong in a search, as the end of a sentence that begins with its name, and whether it ends by it."""

    what: Message
    ends: bool = True


Event = Found | Built | News | Trouble
"""What a search tells."""


@dataclass(frozen=True)
class Begun:
    """A part has begun, somewhere."""

    place: str


@dataclass(frozen=True)
class Report:
    """What a part says. ``attempt`` tells apart those who work on the same part one after the other."""

    part: int
    attempt: str
    event: Begun | Event


def listed(names: Sequence[str]) -> Message | AllOf:
    """Some names in a sentence: the first ones, and how many others."""
    others = len(names) - NAMED
    if others <= 1:
        return AllOf(tuple(names))
    return Message("and_others", "{names} and {others} others", names=", ".join(names[:NAMED]), others=others)


def at_home(names: Sequence[str]) -> Message:
    """What went wrong for people without a line, as the end of a sentence that begins with a search's name."""
    return Message("at_home", "had no time left to plan {people}, who have no duty.", people=listed(names))


def incident(elapsed_s: float, name: str, what: Message) -> Message:
    """What went wrong in the search of a name (blank: of everything), for the record."""
    seconds = round(elapsed_s)
    if not name:
        return Message("incident", "After {seconds} s the search {what}", seconds=seconds, what=what)
    return Message(
        "incident_of", "After {seconds} s the search of {name} {what}", seconds=seconds, name=name, what=what
    )
