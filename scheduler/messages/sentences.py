"""Sentences that are said in many places, and several sentences as one message."""

from __future__ import annotations

from scheduler.messages.message import Message, Name


def did_you_mean(close: str | Name) -> Message:
    """The hint for a word that is nearly another one."""
    return Message("did_you_mean", "Did you mean '{name}'?", name=close)


def in_turn(first: Message, *more: Message | None) -> Message:
    """One message of several sentences; those that are None are left out."""
    for sentence in more:
        if sentence is not None:
            first = Message("sentences", "{first} {then}", first=first, then=sentence)
    return first
