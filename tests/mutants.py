"""What can be broken in a source text, one place at a time: the mutants of a mutation run.

A mutant is a small mistake that somebody could make: ``<`` for ``<=``, ``and`` for ``or``, a figure that is one too high, a
condition or a call left out, a function that returns nothing of what it found. Messages, annotations, decorators and imports
stay as they are.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
EMPTY = {
    "int": "0", "str": "''", "list": "[]", "tuple": "()", "dict": "{}", "set": "set()", "frozenset": "frozenset()",
    "Counter": "Counter()", "Iterator": "iter(())", "Iterable": "()", "Sequence": "()", "Mapping": "{}",
}  # fmt: skip
SAID = {"Message", "Name", "Title", "Source", "ngettext"}
"""What is said to a person, not done: calls that are left as they are."""


@dataclass(frozen=True)
class Mutant:
    """One change of a source text: ``before`` at a line and column became ``after``; ``source`` is the whole text with it."""

    line: int
    column: int
    before: str
    after: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a source text that compiles, in the order of the text."""
    text = _Text(source)
    found = []
    for node, after in _places(ast.parse(source), ""):
        mutant = text.with_change(node, after)
        if mutant is not None:
            found.append(mutant)
    return sorted(found, key=lambda mutant: mutant.line)


class _Text:
    """A source text in which the place of a node can be written over. Columns of nodes count bytes of UTF-8."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._bytes = source.encode()
        self._starts = [0]
        for line in self._bytes.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def with_change(self, node: ast.expr | ast.stmt, after: str) -> Mutant | None:
        start = self._starts[node.lineno - 1] + node.col_offset
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        changed = (self._bytes[:start] + after.encode() + self._bytes[end:]).decode()
        try:
            compile(changed, "mutant", "exec")
        except (SyntaxError, ValueError):
            return None
        return Mutant(node.lineno, node.col_offset + 1, _short(self._bytes[start:end].decode()), _short(after), changed)


def _short(code: str) -> str:
    words = " ".join(code.split())
    return words if len(words) <= 60 else words[:57] + "…"


def _places(node: ast.AST, returned: str) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Nodes with what could stand in their place; ``returned`` names the type that the function around returns."""
    if isinstance(node, ast.FunctionDef):
        returned = ast.unparse(node.returns) if node.returns is not None else ""
    if _is_said(node):
        return
    for change in (_of_expression, _of_condition, _of_statement):
        yield from change(node)
    if isinstance(node, ast.Return) and node.value is not None:
        yield from ((node.value, other) for other in _emptied(node.value, returned))
    skipped = {"annotation", "returns", "decorator_list", "type_params", "bases"}
    for name, value in ast.iter_fields(node):
        for child in () if name in skipped else value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr):
                yield from _places(child, returned)


def _is_said(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID


def _of_expression(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                other = COMPARISONS[type(operator)]()
                yield node, _changed(node, lambda new, place=place, other=other: new.ops.__setitem__(place, other))
        case ast.BinOp() if type(node.op) in OPERATORS:
            yield node, _changed(node, lambda new: setattr(new, "op", OPERATORS[type(new.op)]()))
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield node, f"({ast.unparse(node.operand)})"
        case ast.BoolOp():
            yield (
                node,
                _changed(node, lambda new: setattr(new, "op", ast.Or() if isinstance(new.op, ast.And) else ast.And())),
            )
            for place in range(len(node.values)):
                yield node, _changed(node, lambda new, place=place: new.values.pop(place))
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            yield node.func, NAMES[name]
        case ast.Call(func=ast.Attribute(attr="minute"), args=[day, *rest]):
            # An hour's shift where the clock changes between the day and the first one.
            yield node, f"(({ast.unparse(day)}) * 1440 + ({ast.unparse(rest[0]) if rest else 0}))"
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int(value)):
            yield node, str(value + 1)


def _of_condition(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """A condition that always or never holds; a filter that lets everything through."""
    match node:
        case ast.If() | ast.IfExp():
            yield node.test, "True"
            yield node.test, "False"
        case ast.comprehension():
            for test in node.ifs:
                yield test, "True"
        case ast.match_case(guard=ast.expr() as guard):
            yield guard, "True"


def _of_statement(node: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """A call, an addition to something, a jump or a raise that is left out."""
    match node:
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield node, "pass"
        case ast.AugAssign() | ast.Continue() | ast.Break() | ast.Raise():
            yield node, "pass"


def _emptied(value: ast.expr, returned: str) -> Iterator[str]:
    """What a function could return instead of what it found."""
    whole = ast.unparse(value)
    match returned:
        case "bool":
            others = ["True", "False"]
        case "Ints" | "Bools" | "Floats":
            others = [f"({whole}) * 0"]
        case "list[Ints]" | "list[Bools]":
            others = [f"[each * 0 for each in ({whole})]"]
        case _:
            others = [EMPTY.get(returned.partition("[")[0], "None")]
    yield from (other for other in others if other != whole)


def _changed(node: ast.expr, change: Callable[..., object]) -> str:
    new = copy.deepcopy(node)
    change(new)
    return f"({ast.unparse(new)})"
