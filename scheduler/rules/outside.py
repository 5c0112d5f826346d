"""Rules of other packages, which name them under the entry point ``vigie.rules``."""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import wraps
from importlib.metadata import EntryPoint, entry_points
from numbers import Integral
from typing import Any, get_args

from scheduler.errors import RuleError, VigieError
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.rules.base import Finding, Reach, Rule
from scheduler.system.versions import RULES as GROUP
from scheduler.vocabulary.constraints import Constraint, named

Faults = Callable[[object], Message | None]
"""What is wrong with a finding or a constraint, if anything is."""


def brought_in(known: Collection[str]) -> tuple[type[Rule[Any]], ...]:
    """The rules that the packages of this environment bring, in order of their codes; ``known`` are the codes that are taken.

    Raises :class:`RuleError` for an entry point that cannot be loaded, is no rule, has a code that is taken, or parameters
    without a default: a roster must not be made with a rule left out silently. The rules raise it for what goes wrong in them.
    """
    found = sorted(_loaded(), key=lambda pair: (pair[1].code, pair[0].name))
    taken = dict.fromkeys(known, "Vigie")
    for point, rule in found:
        if rule.code in taken:
            message = Message(
                "rule_code_taken", "its code {code} is taken by {other}.", code=rule.code, other=taken[rule.code]
            )
            raise _refused(point, message)
        taken[rule.code] = _package(point)
    return tuple(rule for _, rule in found)


def _loaded() -> Iterator[tuple[EntryPoint, type[Rule[Any]]]]:
    for point in entry_points(group=GROUP):
        try:
            rule = point.load()
        except Exception as error:  # It is code of others.
            raise _refused(point, _failure(error)) from error
        if not (isinstance(rule, type) and issubclass(rule, Rule)) or getattr(rule, "__abstractmethods__", None):
            raise _refused(point, Message("not_a_rule", "it is no class of a rule."))
        lacking = [name for name in ("code", "title", "sources") if not hasattr(rule, name)]
        if lacking or not rule.__doc__:
            names = ", ".join([*lacking, *(["docstring"] if not rule.__doc__ else [])])
            raise _refused(point, Message("rule_lacks", "it lacks {names}.", names=names))
        for problem in _parameters(rule):
            raise _refused(point, problem)
        rule.audit = _named(rule.audit, point, _finding_faults)  # type: ignore[method-assign]
        rule.declare = _named(rule.declare, point, _constraint_faults)  # type: ignore[method-assign]
        yield point, rule


def _parameters(rule: type[Rule[Any]]) -> Iterator[Message]:
    """A workbook that says nothing of the rule must be good for it."""
    for name, field in rule.parameters_class.model_fields.items():
        if field.is_required():
            yield Message("rule_parameter_bare", "its parameter {name} has no default.", name=name)
        elif name in rule.codes() and field.default != "":
            yield Message("rule_code_default", "its parameter {name} is a code: its default must be blank.", name=name)


def _named(
    face: Callable[..., Iterable[Any]], point: EntryPoint, faults: Callable[[Rule[Any], Instance], Faults]
) -> Callable[..., Iterator[Any]]:
    """One face of a rule, which says whose it is where something goes wrong in it."""

    @wraps(face)
    def called(self: Rule[Any], instance: Instance, *given: Any) -> Iterator[Any]:
        try:
            yield from _sound(face(self, instance, *given), faults(self, instance), point)
        except VigieError:
            raise
        except Exception as error:  # It is code of others.
            raise _refused(point, _failure(error)) from error

    return called


def _sound(items: Iterable[Any], fault: Faults, point: EntryPoint) -> Iterator[Any]:
    for item in items:
        if (problem := fault(item)) is not None:
            raise _refused(point, problem)
        yield item


def _finding_faults(rule: Rule[Any], _instance: Instance) -> Faults:
    def fault(item: object) -> Message | None:
        if not isinstance(item, Finding):
            return Message("rule_finds_other", "its audit gives {item}, which is no finding.", item=reprlib.repr(item))
        if item.cost is not None and not _amount(item.cost):
            return _figure("Finding", "cost", item.cost)
        if item.cost is None and not rule.hard:
            return Message("rule_finds_unlike", "its audit finds something without a cost: `hard` must not be False.")
        if rule.reach is Reach.PERSON and not item.staff:
            return Message("rule_finds_nobody", "its audit finds something about nobody: it must say so in `reach`.")
        return None

    return fault


def _constraint_faults(_rule: Rule[Any], instance: Instance) -> Faults:
    duties = frozenset(duty.key for duty in instance.duties)

    def fault(item: object) -> Message | None:
        kind = type(item).__name__
        if not isinstance(item, get_args(Constraint)):
            return Message(
                "rule_declares_other", "it declares {item}, which is no constraint.", item=reprlib.repr(item)
            )
        given = {field.name: getattr(item, field.name) for field in fields(item)}
        for name, value in given.items():
            if value is not None and not _FIT.get(name, _anything)(value):
                return _figure(kind, name, value)
        named_duties = {*(given.get("duties") or ()), *(given.get("counts") or ()), *(given.get("weights") or ())}
        unknown = [*named_duties - duties, *(person for person in named(item) if person not in instance.person)]
        if unknown:
            said = repr(unknown[0])
            return Message(
                "rule_declares_unknown", "it declares a {kind} about {name}, which there is not.", kind=kind, name=said
            )
        return None

    return fault


def _whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _amount(value: Any) -> bool:
    return _whole(value) and value >= 0


def _anything(_value: object) -> bool:
    return True


_FIT: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("least", "most", "most_in_row", "base", "carried", "start", "end", "heads", "per"), _whole),
    **dict.fromkeys(("cost", "weight"), _amount),
    "weights": lambda weights: all(map(_amount, weights.values())),
}
"""What fields of constraints hold. No price is negative: a bound knows no reward."""


def _figure(kind: str, field: str, value: object) -> Message:
    return Message(
        "rule_figure_unfit",
        "{kind}.{field} is {value}: it must be a whole number, and a price or a weight must not be negative.",
        kind=kind, field=field, value=reprlib.repr(value),
    )  # fmt: skip


def _failure(error: Exception) -> Message:
    said = f"{type(error).__name__}: {error}".rstrip(": .")
    return Message("rule_fails", "{error}.", error=said)


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _refused(point: EntryPoint, reason: Message) -> RuleError:
    return RuleError(
        Message(
            "rule_refused",
            "The rule {name} of the package {package} cannot be used: {reason} Correct the package, or uninstall it.",
            name=point.name,
            package=_package(point),
            reason=reason,
        )
    )
