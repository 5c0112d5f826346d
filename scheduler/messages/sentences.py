"""Sentences that are said in many places, and several sentences as one message."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from scheduler.messages.message import Message, Name

LIKE = 0.6
"""Likeness from which a word may be meant, as :mod:`difflib` has it."""


def did_you_mean(close: str | Name) -> Message:
    """The hint for a word that is nearly another one."""
    return Message("did_you_mean", "Did you mean '{name}'?", name=close)


def closest(word: str, known: Mapping[str, str | Name] | Iterable[str], likeness: float = LIKE) -> Message | None:
    """The hint at what is spelt most like a word; None where nothing comes close. A mapping says how each spelling is shown."""
    shown = known if isinstance(known, Mapping) else {name: name for name in known}
    close = difflib.get_close_matches(word, list(shown), n=1, cutoff=likeness)
    return did_you_mean(shown[close[0]]) if close else None


def in_turn(first: Message, *more: Message | None) -> Message:
    """One message of several sentences; those that are None are left out."""
    for sentence in more:
        if sentence is not None:
            first = Message("sentences", "{first} {then}", first=first, then=sentence)
    return first
