"""What a planner may have meant by a word, where several words have opposite meanings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import closest
from scheduler.workbook.columns import normal
from scheduler.workbook.sheets import choice_names

_NEGATIONS = frozenset(
    {
        *("no", "not", "non", "none", "never", "without", "don", "doesn"),
        *("ne", "pas", "plus", "jamais", "sans", "hors", "aucun", "sauf"),
        *("niet", "geen", "nooit", "zonder", "behalve"),
    }
)
_CLOSE = 0.8
"""Likeness from which two words are taken for one with a slip of the pen."""


@lru_cache(maxsize=1024)
def choice_hint(text: str, choices: tuple[str, ...]) -> Message | None:
    """``Did you mean …?`` for a word that is none of the choices.

    Only for a slip of the pen: a word that begins like the choice, and says no where the choice does. *Ne veut pas* is not
    close to *veut*, nor *ongewenst* to *gewenst*.
    """
    names: Mapping[str, tuple[str, str]] = {
        normal(word): (word, name) for name in choices for word in choice_names(name)
    }
    word = normal(text)
    alike = {
        other: Name("choice", name)
        for other, (spelling, name) in names.items()
        if word[:1] == other[:1] and _negated(text) == _negated(spelling)
    }
    return closest(word, alike, _CLOSE)


def _negated(text: str) -> bool:
    words = re.split(r"[ _'’-]", text)
    return any(normal(word) in _NEGATIONS for word in words) or normal(text).startswith(("non", "niet"))
