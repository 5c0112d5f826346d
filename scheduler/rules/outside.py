"""Rules of other packages, which name them under the entry point ``vigie.rules``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from scheduler.errors import RuleError
from scheduler.messages.message import Message
from scheduler.rules.base import Rule

GROUP = "vigie.rules"


def brought_in(known: Collection[str]) -> tuple[type[Rule[Any]], ...]:
    """The rules that the packages of this environment bring, in order of their codes; ``known`` are the codes that are taken.

    Raises :class:`RuleError` for an entry point that cannot be loaded, is no rule, or has a code that is taken: a roster must not
    be made with a rule left out silently.
    """
    found = sorted(_loaded(), key=lambda pair: (pair[1].code, pair[0].name))
    taken = dict.fromkeys(known, "Vigie")
    for point, rule in found:
        if rule.code in taken:
            raise _refused(point, Message("rule_code_taken", "its code {code} is taken.", code=rule.code))
        taken[rule.code] = point.name
    return tuple(rule for _, rule in found)


def _loaded() -> Iterator[tuple[EntryPoint, type[Rule[Any]]]]:
    for point in entry_points(group=GROUP):
        try:
            rule = point.load()
        except Exception as error:  # It is code of others.
            raise _refused(point, Message("rule_fails", "{error}", error=f"{type(error).__name__}: {error}")) from error
        if not (isinstance(rule, type) and issubclass(rule, Rule)) or getattr(rule, "__abstractmethods__", None):
            raise _refused(point, Message("not_a_rule", "it is no class of a rule."))
        lacking = [name for name in ("code", "title", "sources") if not hasattr(rule, name)]
        if lacking or not rule.__doc__:
            names = ", ".join([*lacking, *(["docstring"] if not rule.__doc__ else [])])
            raise _refused(point, Message("rule_lacks", "it lacks {names}.", names=names))
        yield point, rule


def _refused(point: EntryPoint, reason: Message) -> RuleError:
    return RuleError(
        Message(
            "rule_refused",
            "The rule {name} of the package {package} cannot be used: {reason} Correct the package, or uninstall it.",
            name=point.name,
            package=point.dist.name if point.dist is not None else point.value,
            reason=reason,
        )
    )
