"""Which rules may be broken by decision, and how an override names one: by its code, or by its title in any language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.sentences import closest
from scheduler.problem.codes import fold
from scheduler.problem.override import Override
from scheduler.problem.references import Fault
from scheduler.rules import RULES
from scheduler.rules.base import SEE_RULES

HARD = tuple(rule.code for rule in RULES if rule.hard)
"""The codes of the rules that a roster can break; the others have a price, which is paid without a decision."""


@cache
def _codes() -> dict[str, str]:
    """By every name of a rule, as it is compared, its code. Where two rules share a name, the first has it."""
    names: dict[str, str] = {fold(rule.code): rule.code for rule in RULES}
    for rule in RULES:
        for name in (rule.formerly, *(rule.heading().text(language) for language in Language)):
            names.setdefault(fold(name), rule.code)
    names.pop("", None)
    return names


def rule_code(name: str) -> str:
    """The code of the rule that a name means; the name itself where it means none."""
    return _codes().get(fold(" ".join(name.split())), name)


def override_faults(overrides: Sequence[Override]) -> Iterator[Fault]:
    """Every override of a rule that there is not, or that has a price."""
    for index, override in enumerate(overrides):
        if override.rule in HARD:
            continue
        if override.rule in _codes().values():
            message = Message("override_soft", "has a price and may always be broken: it needs no decision.")
            yield Fault("overrides", index, "rule", override.rule, message)
        else:
            hint = closest(fold(override.rule), {name: code for name, code in _codes().items() if code in HARD})
            message = Message("override_unknown_rule", "is no rule.")
            yield Fault("overrides", index, "rule", override.rule, message, hint or SEE_RULES)
