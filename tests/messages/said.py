"""Messages for tests, and what they are made of."""

from __future__ import annotations

from scheduler.messages.message import Message


def said(text: str) -> Message:
    """A message of some words that mean nothing to the test."""
    return Message("told", "{text}", text=text)


def codes(message: Message) -> set[str]:
    """The code of a message, and those of all messages in it."""
    inner = (value for _, value in message.arguments if isinstance(value, Message))
    return {message.code}.union(*map(codes, inner))
