"""The codes by which facts name each other, and what may stand in one."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from scheduler.messages.message import Message
from scheduler.problem.frozen import refusal


def _in_a_list(code: str) -> str:
    if "," in code or ";" in code:
        raise refusal(
            Message("code_with_comma", "has a comma or a semicolon in it, which stand between the codes of a list.")
        )
    return code


def _one_word(code: str) -> str:
    if any(letter.isspace() for letter in code):
        raise refusal(
            Message("code_with_blank", "has a space in it; the roster writes a duty as shift, space, hotspot.")
        )
    if code.startswith("("):
        raise refusal(
            Message("code_with_bracket", "begins with a bracket, as words in the roster do that are no duty.")
        )
    return code


Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\S+( \S+)*$")]
ListedCode = Annotated[Code, AfterValidator(_in_a_list)]
"""A code that a cell may name together with others."""
ShiftCode = Annotated[ListedCode, AfterValidator(_one_word)]
"""A shift's code: the first word of a cell of the roster."""


def fold(code: str) -> str:
    """A code as it is compared wherever people write it: two codes that differ in case only are the same."""
    return unicodedata.normalize("NFC", code).casefold()
