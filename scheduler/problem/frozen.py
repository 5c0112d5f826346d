"""The base of what is stated once and never changed: a copy with other values passes the same checks as a new one.

A validator raises :func:`refusal`; :func:`plain` turns what pydantic says of a value, and what a validator does, into a message.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.messages.sentences import closest

_PLAIN: Mapping[str, Callable[[Mapping[str, Any]], Message]] = {
    "greater_than_equal": lambda given: Message("value_less_than", "is less than {least}.", least=given["ge"]),
    "greater_than": lambda given: Message("value_not_more_than", "is not more than {limit}.", limit=given["gt"]),
    "less_than_equal": lambda given: Message("value_more_than", "is more than {most}.", most=given["le"]),
    "less_than": lambda given: Message("value_not_less_than", "is not less than {limit}.", limit=given["lt"]),
    "string_too_long": lambda given: Message(
        "longer_than", "is longer than {most} characters.", most=given["max_length"]
    ),
    "string_pattern_mismatch": lambda _given: Message(
        "not_a_code", "is not a code: words with one space between them, and no line breaks."
    ),
}
"""What is said for pydantic's own types of error, from their context."""
FIELDS = ("Parameters", "----------")
"""What the fields in a docstring begin with."""


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)


class _Raising(ModelMetaclass):
    """Building one raises what Vigie raises: pydantic's error is a plain ``ValueError``."""

    def __call__(cls, *args: Any, **given: Any) -> Any:  # noqa: N805
        try:
            return super().__call__(*args, **given)
        except ValidationError as error:
            raise refused(cls.__name__, error) from error


class Frozen(BaseModel, metaclass=_Raising):
    """Cannot be changed, and knows no unknown field. Building one raises :class:`InputError` for values that it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **_given: Any) -> None:
        """The docstring tells every field, so that ``help`` does."""
        if cls.__doc__ and cls.model_fields:
            types = _types(cls)
            told = [_told(name, types[name], field) for name, field in cls.model_fields.items()]
            said, *examples = inspect.cleandoc(cls.__doc__).partition("\n\nExamples\n")
            cls.__doc__ = "\n".join((said, "", *FIELDS, *told)) + "".join(examples)

    def replace(self, **changes: Any) -> Self:
        """The same with other values for some fields: checked like a new one, and nothing derived is carried over.

        Parameters
        ----------
        changes
            Fields by name, with their new values.

        Raises
        ------
        InputError
            For unknown fields, and for values that a new one would refuse.

        Examples
        --------
        >>> contract = Contract(code="POL", category=Category.POLICE)
        >>> contract.replace(weekly_hours=36.0).weekly_hours
        36.0
        """
        kind, fields = type(self), type(self).model_fields
        problems = [_unknown(kind.__name__, name, fields) for name in changes if name not in fields]
        if problems:
            raise InputError(problems)
        return kind(**{name: getattr(self, name) for name in fields} | changes)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; with an ``update`` it is :meth:`replace`.

        Pydantic's own would take any value under any name and keep what was derived from the old ones. It is not refused,
        because ``copy.replace`` and tools that know pydantic come this way.
        """
        copy = super().model_copy(deep=deep)
        return copy.replace(**update) if update else copy


def _types(kind: type[BaseModel]) -> Mapping[str, str]:
    """The types of the fields as they are written, those of the bases too."""
    return {
        name: str(words) for base in reversed(kind.__mro__) for name, words in inspect.get_annotations(base).items()
    }


def _told(name: str, written: str, field: FieldInfo) -> str:
    usual = "" if field.is_required() or field.default_factory else f", default {field.default!r}"
    return f"{name} : {written}{usual}" + (f"\n    {field.description}" if field.description else "")


class Fact(Frozen):
    """The base of every fact: cannot be changed, knows no unknown field, guesses no type."""

    model_config = ConfigDict(strict=True)


def refusal(message: Message) -> PydanticCustomError:
    """What a validator raises: an error whose type is the message's code, and which carries the message."""
    return PydanticCustomError(message.code, "{message}", {"message": message})


def refused(kind: str, error: ValidationError) -> InputError:
    """Everything that pydantic refuses of a ``kind`` of thing, each problem with its place in it."""
    return InputError(
        [InputProblem(".".join(map(str, (kind, *item["loc"]))), "", plain(item)) for item in error.errors()]
    )


def plain(item: ErrorDetails) -> Message:
    """One of pydantic's error details as the rest of a sentence about the value."""
    given = item.get("ctx", {})
    if isinstance(said := given.get("message"), Message):
        return said
    if item["type"] in _PLAIN:
        return _PLAIN[item["type"]](given)
    return Message("refused", "is refused: {reason}.", reason=item["msg"].rstrip("."))


def _unknown(kind: str, name: str, fields: Mapping[str, object]) -> InputProblem:
    message = Message("not_a_field", "is not one of its fields.")
    return InputProblem(kind, name, message, closest(name, fields.keys()))
