"""The references of what a workbook keeps beside the facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from scheduler.messages.message import Message
from scheduler.problem.facts import fold
from scheduler.problem.records import Call
from scheduler.problem.references import Fault, Hints, not_on
from scheduler.problem.strategy import Strategy


def call_references(calls: Sequence[Call], known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Codes that calls name and no row of the table has; ``known`` holds those of staff, shifts and hotspots."""
    hints = Hints({table: frozenset(codes) for table, codes in known.items()})
    for index, call in enumerate(calls):
        for field, table in (("staff", "staff"), ("shift", "shifts"), ("hotspot", "hotspots")):
            value = getattr(call, field)
            if value not in known[table]:
                yield Fault("calls", index, field, value, not_on(table), hints.find(value, table))


def strategy_references(strategies: Sequence[Strategy], known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Codes that strategies name and no row of the table has, and names that stand twice; ``known`` holds those of shifts and
    organisations."""
    hints, seen = Hints({table: frozenset(codes) for table, codes in known.items()}), dict[str, int]()
    for index, strategy in enumerate(strategies):
        for field, table in (("shifts", "shifts"), ("without", "organisations")):
            for value in set(getattr(strategy, field)) - set(known[table]):
                yield Fault("strategies", index, field, value, not_on(table), hints.find(value, table))
        first = seen.setdefault(fold(strategy.name), index)
        if first != index:
            message = Message("strategy_again", "stands here twice.")
            yield Fault("strategies", index, "name", strategy.name, message, other=first)
