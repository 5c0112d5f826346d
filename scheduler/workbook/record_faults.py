"""What is wrong on sheets beside the facts, which are no part of the instance and so of no cross-reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.problem.record_references import call_references, strategy_references
from scheduler.problem.references import Fault
from scheduler.workbook.build import BuiltTable


def known_codes(built: Mapping[str, BuiltTable], table: str) -> frozenset[str]:
    """The codes of a table, those of rows that could not be read included."""
    if table not in built:
        return frozenset()
    name = "id" if table == "staff" else "code"
    return frozenset({getattr(fact, name) for fact in built[table].facts} | built[table].broken)


def faults_of_records(built: Mapping[str, BuiltTable]) -> Iterator[Fault]:
    """Every person, shift and hotspot that a call names and no sheet has; of strategies unknown shifts and organisations, and
    names that stand twice."""
    if "strategies" in built:
        known = {table: known_codes(built, table) for table in ("shifts", "organisations")}
        yield from strategy_references(built["strategies"].facts, known)  # type: ignore[arg-type]
    if "calls" in built:
        known = {table: known_codes(built, table) for table in ("staff", "shifts", "hotspots")}
        yield from call_references(built["calls"].facts, known)  # type: ignore[arg-type]
