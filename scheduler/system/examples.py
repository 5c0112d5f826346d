"""The example workbooks: shipped inside the installed package, or beside it in a checkout. All staff in them is synthetic."""

from __future__ import annotations

import difflib
from pathlib import Path

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE / "_examples", _PACKAGE.parent / "instances")


def _folder() -> Path:
    return next((place for place in _PLACES if any(place.glob("*.xlsx"))), _PLACES[0])


def example_names() -> tuple[str, ...]:
    """The names that ``vigie new --example`` takes."""
    return tuple(sorted(path.stem for path in _folder().glob("*.xlsx") if not path.name.startswith("~")))


def example_path(name: str) -> Path:
    """The workbook of an example. Raises :class:`InputError` with the names there are."""
    names = example_names()
    if name not in names:
        close = difflib.get_close_matches(name, names, n=1)
        hint = Message("examples", "Available examples: {names}.", names=", ".join(names))
        if close:
            hint = Message(
                "examples_close", "Did you mean '{close}'? There are: {names}.", close=close[0], names=", ".join(names)
            )
        raise InputError([InputProblem("--example", name, Message("no_example", "is no example."), hint)])
    return _folder() / f"{name}.xlsx"
