"""The example workbooks: shipped inside the installed package, or beside it in a checkout. All staff in them is synthetic."""

from __future__ import annotations

from pathlib import Path

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.messages.sentences import closest, in_turn

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
        there = Message("examples", "Available examples: {names}.", names=", ".join(names))
        meant = closest(name, names)
        hint = there if meant is None else in_turn(meant, there)
        raise InputError([InputProblem("--example", name, Message("no_example", "is no example."), hint)])
    return _folder() / f"{name}.xlsx"
