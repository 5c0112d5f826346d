"""What a search tells the run it belongs to, while it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.engine.proof.bounds import News
from scheduler.problem.roster import Roster
from scheduler.vocabulary.constraints import Level

STOPPED = "stopped before there was a roster."
"""Why a run has none."""
NAMED = 5
"""Most people that a message names."""


@dataclass(frozen=True)
class Found:
    """A legal roster better than the one before, with the value of every coverage level and, once it is looked at, of quality."""

    stage: str
    roster: Roster
    values: Mapping[Level, int]


@dataclass(frozen=True)
class Built:
    """How many seconds went into compiling facts and rules, in all by now."""

    seconds: float


@dataclass(frozen=True)
class Trouble:
    """What went wrong in a search, as the end of a sentence that begins with its name, and whether it ends by it."""

    what: str
    ends: bool = True


Message = Found | Built | News | Trouble


@dataclass(frozen=True)
class Begun:
    """A part has begun, somewhere."""

    place: str


@dataclass(frozen=True)
class Report:
    """What a part says. ``attempt`` tells apart those who work on the same part one after the other."""

    part: int
    attempt: str
    message: Begun | Message


def listed(names: Sequence[str]) -> str:
    """Some names in a sentence: the first ones, and how many others."""
    others = len(names) - NAMED
    if others <= 1:
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return f"{', '.join(names[:NAMED])} and {others} others"


def at_home(names: Sequence[str]) -> str:
    """What went wrong for people without a line, as the end of a sentence that begins with a search's name."""
    return f"had no time left to plan {listed(names)}, who stay at home"


def incident(elapsed_s: float, name: str, what: str) -> str:
    """What went wrong in the search of a name (blank: of everything), for the record."""
    return f"After {elapsed_s:.0f} s the search{f' of {name}' if name else ''} {what}."
