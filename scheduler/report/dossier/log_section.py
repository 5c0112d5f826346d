"""The log of runs in a dossier: whether its chain is whole, and what it tells of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Table, heads
from scheduler.workflows.run_log import NAME, Told

SHOWN = 40
"""Entries at most; the newest."""
DIGITS = 10
"""Of a fingerprint in the table."""


def log_lines(found: Told, texts: Texts) -> Iterator[str]:
    """The verdict on the log first, then what else there is to say."""
    chain = found.chain
    if found.unread is not None:
        yield texts("dossier_log_unread", reason=found.unread)
    if chain is None:
        if found.unread is None:
            yield texts("dossier_log_none", file=NAME)
        return
    if chain.broken is None:
        yield texts("dossier_log_whole", count=len(chain.entries))
    else:
        yield texts(f"dossier_log_{chain.broken.fault.value}", entry=chain.broken.entry, line=chain.broken.line)
    if chain.torn:
        lines = ", ".join(map(str, chain.torn))
        yield texts("dossier_log_torn", count=len(chain.torn), lines=lines)
    if found.own is None:
        yield texts("dossier_log_not_own")
    else:
        yield texts("dossier_log_own", entry=chain.entries[found.own].number)
    if chain.entries:
        yield texts("dossier_log_head", entry=chain.entries[-1].number, hash=chain.head)
    yield texts("dossier_log_limits")


def log_table(found: Told, texts: Texts) -> Table | None:
    chain = found.chain
    if chain is None or not found.about:
        return None
    shown = found.about[-SHOWN:]
    keys = ("entry", "at", "command", "from", "made", "status", "findings", "human")
    names = [texts(f"dossier_head_{key}") for key in keys]
    rows = tuple(_row(chain.entries[index].number, chain.entries[index].content, texts) for index in shown)
    hidden = len(chain.entries) - len(shown)
    note = texts("dossier_log_others", count=hidden) if hidden else ""
    return Table(texts("dossier_log_caption"), heads(*names, first=9), rows, note=note)


def _row(number: int, content: Mapping[str, Any], texts: Texts) -> tuple[str, ...]:
    """What an entry says; a dash for what it does not: a file may hold anything."""
    inputs, made = content.get("inputs"), content.get("output")
    findings, decisions = content.get("findings"), content.get("decisions")
    status = content.get("status")
    known = status if status in ("optimal", "feasible", "interrupted", "rejected") else None
    keys = ("locks", "overrides", "edits_by_hand")
    return (
        str(number),
        _text(content.get("at")).replace("T", " ").removesuffix("Z"),
        _text(content.get("command")),
        ", ".join(map(_file, inputs)) if isinstance(inputs, list) else "–",
        _file(made),
        "–" if known is None else texts(known),
        _text(_part(findings, "hard")),
        " · ".join(_text(_part(decisions, key)) for key in keys),
    )


def _part(found: object, key: str) -> object:
    return found.get(key) if isinstance(found, Mapping) else None


def _file(found: object) -> str:
    name, digest = _part(found, "file"), _part(found, "sha256")
    return f"{_text(name)} ({digest[:DIGITS]}…)" if isinstance(digest, str) else _text(name)


def _text(found: object) -> str:
    return str(found) if isinstance(found, str | int) else "–"
