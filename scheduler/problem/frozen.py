"""The base of what is stated once and never changed: a copy with other values passes the same checks as a new one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from scheduler.errors import InputError, InputProblem


class Frozen(BaseModel):
    """Cannot be changed, and knows no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replace(self, **changes: Any) -> Self:
        """The same with other values for some fields: checked like a new one, and nothing derived is carried over.

        Raises :class:`InputError` for unknown fields and for values that a new one would refuse.
        """
        kind, fields = type(self), type(self).model_fields
        problems = [_unknown(kind.__name__, name, fields) for name in changes if name not in fields]
        if problems:
            raise InputError(problems)
        try:
            return kind(**{name: getattr(self, name) for name in fields} | changes)
        except ValidationError as error:
            raise InputError(
                [
                    InputProblem(".".join(map(str, (kind.__name__, *item["loc"]))), "", item["msg"].rstrip(".") + ".")
                    for item in error.errors()
                ]
            ) from error

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; with an ``update`` it is :meth:`replace`.

        Pydantic's own would take any value under any name and keep what was derived from the old ones. It is not refused,
        because ``copy.replace`` and tools that know pydantic come this way.
        """
        copy = super().model_copy(deep=deep)
        return copy.replace(**update) if update else copy


def _unknown(kind: str, name: str, fields: Mapping[str, object]) -> InputProblem:
    close = difflib.get_close_matches(name, list(fields), n=1)
    return InputProblem(kind, name, "is not one of its fields.", f"Did you mean {close[0]!r}?" if close else "")
