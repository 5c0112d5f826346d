"""What `publish` and `replan` say to a person."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.difference import day_text
from scheduler.analysis.repair_changes import Cause, RepairChange, repair_in_words
from scheduler.messages.formats import date, hours, number
from scheduler.messages.languages import Language
from scheduler.messages.message import Name
from scheduler.messages.texts import text
from scheduler.report.objects import CellOf, places
from scheduler.report.terminal import QUALITY, guarantee_lines, level_lines
from scheduler.rules import TITLES
from scheduler.rules.base import Finding
from scheduler.workflows.publish import Published
from scheduler.workflows.replan import Repaired

SHOWN = 20
"""Changes that are listed; all of them are on sheet Changes."""


def published_lines(found: Published, language: Language) -> Iterator[str]:
    publication = found.publication
    yield text(
        language, "publish_done", version=publication.version, until=date(publication.until, language),
        duties=number(found.duties, language), people=found.people,
    )  # fmt: skip
    if publication.version > 1:
        yield text(language, "published_changed_days", count=len(found.changes), before=publication.version - 1)


def broken_lines(found: Published, language: Language) -> Iterator[str]:
    """Why a roster is not published."""
    sheet = Name("sheet", "Overrides").text(found.instance.language)
    yield text(language, "not_published_broken", count=len(found.broken), sheet=sheet)
    yield from _findings(found.broken, found.review.cell_of, language)


def _findings(findings: tuple[Finding, ...], cell_of: CellOf, language: Language) -> Iterator[str]:
    for finding in findings:
        cell = next(iter(places(finding, cell_of)), None)
        words = f"{finding.message.text(language)} ({TITLES[finding.rule].text(language)})"
        yield f"  {words if cell is None else text(language, 'labelled', label=cell, words=words)}"


def repaired_lines(found: Repaired, language: Language, *, verbose: bool = False) -> Iterator[str]:
    """How much changed and for whom, what is proven of it, and the first changes."""
    record, changes = found.result.record, found.changes
    yield text(language, "repaired_not_legal" if found.broken else f"status_{record.status.value}")
    yield from level_lines([level for level in record.levels if verbose or level.name != QUALITY], language)
    yield from guarantee_lines(found.result.findings, language)
    yield from (said.text(language) for said in repair_in_words(changes, record.levels))
    decided = len(found.repair.edits) + len(found.repair.kept_free)
    if decided:
        sheet = Name("sheet", "Locked").text(found.repair.instance.language)
        yield text(language, "edits_locked", count=decided, sheet=sheet)
    for cause in Cause:
        count = sum(item.cause is cause for item in changes)
        if count:
            label = text(language, f"cause_{cause.value}")
            yield f"  {text(language, 'labelled', label=label, words=count)}"
    yield from _first(changes, found, language)
    if found.broken:
        yield text(language, "audit_broken", count=len(found.broken))
        yield from _findings(found.broken, found.repair.reading.cells.roster, language)
    short = sum(item.person_minutes for item in found.result.shortages)
    if not short:
        yield text(language, "no_shortage")
        return
    sheet = Name("sheet", "Shortages").text(found.repair.instance.language)
    yield text(language, "shortages_now", hours=hours(short, language), sheet=sheet)


def _first(changes: tuple[RepairChange, ...], found: Repaired, language: Language) -> Iterator[str]:
    free = text(language, "free")
    for item in sorted(changes, key=lambda item: (not item.late, item.change.date, item.change.staff))[:SHOWN]:
        change = item.change
        words = f"{day_text(change.before) or free} → {day_text(change.after) or free}"
        told = text(language, "day_is_past" if item.past else "announced_late" if item.late else "announced_in_time")
        cause = text(language, f"cause_{item.cause.value}")
        yield f"  {date(change.date, language)}  {change.staff}  {words}  ({cause}, {told})"
    if len(changes) > SHOWN:
        sheet = Name("sheet", "Changes").text(found.repair.instance.language)
        yield text(language, "changes_elsewhere", count=len(changes) - SHOWN, sheet=sheet)
