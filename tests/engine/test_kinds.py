"""A kind of constraint that an engine does not compile would be left out in silence: here that fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from scheduler.vocabulary import constraints, evaluate

PACKAGE = Path(constraints.__file__).parents[1]
KINDS = frozenset(kind.__name__ for kind in get_args(constraints.Constraint))
COMPILED = ("engine/compiled_problem.py", "engine/given_lines.py", "engine/shared_limits.py")
"""What every engine takes as arrays."""
ENGINES = {
    "CP-SAT": (*COMPILED, "engine/cpsat/model.py", "engine/cpsat/line_constraints.py"),
    "local search": (
        *COMPILED,
        "engine/lines/labelling.py",
        "engine/local_search/move_tables.py",
        "engine/post_preferences.py",
    ),
}
"""The files in which an engine takes up constraints, kind by kind."""


def taken_up(path: Path) -> Iterator[str]:
    """Names of kinds that a file asks a problem for, or tells apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".all", "isinstance")):
            yield from (name.id for name in ast.walk(node) if isinstance(name, ast.Name))
        elif isinstance(node, ast.MatchClass):
            yield ast.unparse(node.cls)


def test_a_kind_is_found_where_it_is_taken_up() -> None:
    """The test below would be empty if it found names that only stand somewhere."""
    assert "Cover" in set(taken_up(PACKAGE / COMPILED[0]))
    assert "Run" not in set(taken_up(PACKAGE / COMPILED[0]))


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_is_compiled_by_every_engine(engine: str) -> None:
    found = {name for path in ENGINES[engine] for name in taken_up(PACKAGE / path)}
    assert found >= KINDS


def test_every_kind_has_a_reference_reading() -> None:
    assert {kind.__name__ for kind in evaluate._MEANING} == KINDS
