"""What the commands say to a person: lines of plain text, in three languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.analysis.capacity import Capacity
from scheduler.analysis.difference import day_text
from scheduler.analysis.quality_in_words import quality_in_words
from scheduler.analysis.staff_statistics import QualityFigures, StaffStatistics
from scheduler.errors import InputProblem
from scheduler.messages.formats import date, hours, number, percent
from scheduler.messages.languages import Language
from scheduler.messages.message import Name
from scheduler.messages.texts import Texts, text
from scheduler.problem.instance import Instance
from scheduler.report.level_figures import level_figure
from scheduler.report.objects import CellOf, places
from scheduler.result import BlockRecord, LevelResult, Result
from scheduler.rules import TITLES
from scheduler.rules.base import Finding
from scheduler.rules.demand import counted
from scheduler.rules.guarantee import price_of_guarantee
from scheduler.vocabulary.constraints import Level
from scheduler.workbook.uncoverable import sentences
from scheduler.workflows.preflight import Check

if TYPE_CHECKING:
    from scheduler.analysis.assessment import LevelReview
    from scheduler.analysis.edit_costs import Costs
    from scheduler.workflows.extend import Extension
    from scheduler.workflows.review import Review

QUALITY = Level.QUALITY.code
SOFT_SHOWN = 10
"""How many priced findings an audit lists unless it is asked for all."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: Collection[int] = (0,)) -> Iterator[str]:
    """A table in plain text: some columns, the first unless others are named, to the left, figures to the right."""
    widths = [max(len(line[at]) for line in (head, *rows)) for at in range(len(head))]
    for line in (head, *rows):
        cells = [
            cell.ljust(width) if at in left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()


def problem_lines(check: Check, path: Path, language: Language) -> Iterator[str]:
    yield text(language, "impossible" if check.impossible else "problems", count=len(check.problems), path=path)
    for problem in check.problems:
        yield f"  {problem.text(language)}"


def note_lines(notes: Sequence[InputProblem], language: Language) -> Iterator[str]:
    for note in notes:
        yield f"  {text(language, 'labelled', label=text(language, 'note'), words=note.text(language))}"


def check_lines(path: Path, check: Check, language: Language) -> Iterator[str]:
    if check.problems:
        yield from problem_lines(check, path, language)
    yield from note_lines(check.notes, language)
    instance = check.instance
    if check.ok and instance is not None:
        figures = {"staff": len(instance.staff), "hotspots": len(instance.hotspots), "days": instance.days}
        yield text(language, "check_fine", path=path, start=instance.calendar.start, **figures)
    if check.capacity is not None and check.capacity.posts:
        yield from capacity_lines(check.capacity, language)
        if instance is not None:
            yield from never_lines(instance, language)


def capacity_lines(capacity: Capacity, language: Language) -> Iterator[str]:
    """Pools first, as they prove a shortage; then what every post costs in full-time staff."""
    keys = ("pool", "people", "fte", "due", "most", "minimum", "short_minimum", "target", "short_target")
    yield ""
    yield text(language, "capacity_pools")
    yield from table(
        [text(language, f"head_{key}") for key in keys],
        [
            [
                f"{text(language, pool.category)} {' '.join(pool.hotspots)}",
                str(pool.people),
                number(pool.fte, language, 1),
                hours(pool.due_min, language),
                hours(pool.most_min, language),
                hours(pool.minimum_min, language),
                hours(pool.minimum_short, language),
                hours(pool.target_min, language),
                hours(pool.target_short, language),
            ]
            for pool in capacity.pools
        ],
    )
    yield ""
    yield text(language, "capacity_posts")
    yield from table(
        [text(language, f"head_{key}") for key in ("hotspot", "minimum", "target")],
        [
            [
                f"{post.hotspot} {text(language, post.category)}",
                number(post.fte_minimum, language, 2),
                number(post.fte_target, language, 2),
            ]
            for post in capacity.posts
        ],
    )


def extend_lines(extension: Extension, path: Path | None, language: Language) -> Iterator[str]:
    """What the next period begins with, and what is still to be done; ``path`` is where it was written, None where it goes on to
    be solved."""
    instance = extension.instance
    calendar = instance.calendar
    yield text(
        language, "extended",
        first=calendar.start, last=calendar.date(calendar.days - 1), count=len(instance.history), staff=len(instance.staff),
    )  # fmt: skip
    yield text(language, "to_do" if path is not None else "to_do_unseen")
    # Its sheets and columns have the names of the workbook's language.
    own = (item.named(lambda name: name.text(instance.language)) for item in extension.to_do)
    yield from (f"  {item.text(language)}" for item in own)
    if path is not None:
        yield text(language, "written", path=path)


def never_lines(instance: Instance, language: Language) -> Iterator[str]:
    """What no roster covers, however many people there are; nothing where there is no such thing."""
    found = list(sentences(instance, Texts(language)))
    yield from ["", *found] if found else []


def solve_lines(instance: Instance, result: Result, language: Language, *, verbose: bool = False) -> Iterator[str]:
    """The verdict, every coverage level with value and bound, quality in words, and how much is missing. With ``verbose`` quality
    in points, too, with value and bound."""
    record = result.record
    if record.compile_s:
        yield text(language, "compiled", seconds=number(record.compile_s, language, 0))
    yield text(language, f"status_{record.status.value}")
    yield from level_lines(
        [level for level in counted(instance, record.levels) if verbose or level.name != QUALITY], language
    )
    yield from guarantee_lines(result.findings, language)
    yield from quality_lines(StaffStatistics(instance, result.roster).quality(), language)
    if record.blocks:
        yield from block_lines(record.blocks, language, verbose=verbose)
    if result.shortages:
        missing = sum(shortage.person_minutes for shortage in result.shortages)
        sheet = Name("sheet", "Shortages").text(instance.language)
        yield text(language, "shortages", count=len(result.shortages), hours=hours(missing, language), sheet=sheet)
    else:
        yield text(language, "no_shortage")


def quality_lines(quality: QualityFigures, language: Language) -> Iterator[str]:
    """What the quality level is about, in words."""
    rows = list(quality_in_words(quality))
    width = max(len(text(language, code)) for code, _ in rows)
    yield text(language, "for_the_people")
    for code, figures in rows:
        yield f"  {text(language, code):<{width}}  {figures.text(language)}"


def block_lines(blocks: Sequence[BlockRecord], language: Language, *, verbose: bool = False) -> Iterator[str]:
    """How far each block of a long horizon is from what nobody could beat after the blocks before it."""
    yield text(language, "blocks")
    shown = [[level for level in block.levels if verbose or level.name != QUALITY] for block in blocks]
    yield from table(
        [text(language, "head_days"), *(text(language, level.name) for level in shown[0])],
        [
            [f"{block.first + 1}–{block.stop}", *(_level_row(level, language)[-1] for level in levels)]
            for block, levels in zip(blocks, shown, strict=True)
        ],
    )


def _level_row(level: LevelResult | LevelReview, language: Language) -> list[str]:
    name = text(language, level.name)
    gap = text(language, "proven") if level.proven else "–" if level.gap is None else percent(level.gap, language)
    bound = "–" if level.bound is None else level_figure(Level(level.name), level.bound, language)
    required = level_figure(Level(level.name), level.required, language) if Level(level.name).unit == "minutes" else ""
    return [name, level_figure(Level(level.name), level.value, language), bound, required, gap]


def level_lines(levels: Sequence[LevelResult | LevelReview], language: Language) -> Iterator[str]:
    heads = [text(language, f"head_{key}") for key in ("level", "value", "bound", "required", "gap")]
    yield from table(heads, [_level_row(level, language) for level in levels])
    yield text(language, "weighted")
    if any(level.gap is None for level in levels):
        yield text(language, "unproven")


def guarantee_lines(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """What of the value of a level is a price; nothing where there is none."""
    price = price_of_guarantee(findings)
    if price is not None:
        yield price.text(language)


def audit_lines(review: Review, language: Language, *, every: bool) -> Iterator[str]:
    """Broken hard rules with their cells, those that are accepted by decision, every level with its value and bound, the dearest
    of the priced findings, then what was edited by hand, with its cost."""
    hard = [finding for finding in review.findings if finding.hard]
    soft = [finding for finding in review.findings if not finding.hard]
    if hard:
        yield text(language, "audit_broken", count=len(hard))
        yield from (_finding_line(finding, review.cell_of, language) for finding in hard)
    else:
        people = len({assignment.staff for assignment in review.roster})
        fine = "audit_fine_else" if review.accepted else "audit_fine"
        yield text(language, fine, assignments=len(review.roster), staff=people)
    if review.accepted:
        sheet = Name("sheet", "Overrides").text(review.instance.language)
        yield text(language, "audit_accepted", count=len(review.accepted), sheet=sheet)
        for item in review.accepted:
            line = _finding_line(item.finding, review.cell_of, language)
            yield text(language, "labelled", label=line, words=item.decision.text(language))
    yield from level_lines(counted(review.instance, review.levels), language)
    yield from guarantee_lines(review.findings, language)
    shown = soft if every else soft[:SOFT_SHOWN]
    if soft:
        yield text(language, "audit_priced", count=len(soft), shown=len(shown))
        yield from (_finding_line(finding, review.cell_of, language) for finding in shown)
    yield from _edit_lines(review, language)
    yield from never_lines(review.instance, language)


def _finding_line(finding: Finding, cell_of: CellOf, language: Language) -> str:
    place = next(iter(places(finding, cell_of)), None)
    words = finding.message.text(language)
    said = words if place is None else text(language, "labelled", label=place, words=words)
    price = "" if finding.cost is None else f", {number(finding.cost, language)}"
    return f"  {said} ({TITLES[finding.rule].text(language)}{price})"


def _edit_lines(review: Review, language: Language) -> Iterator[str]:
    if review.edits is None:
        yield text(language, "no_record")
        return
    if review.facts_changed:
        yield text(language, "facts_changed")
    if review.rules_changed:
        yield text(language, "rules_changed")
    if not review.edits:
        yield text(language, "unedited")
        return
    free = text(language, "free")
    yield text(language, "edited", count=len(review.edits))
    costs = review.costs
    for edit, cost in zip(review.edits, () if costs is None else costs.each, strict=True):
        cell = review.cell_of(edit.staff, review.instance.calendar.day(edit.date)) or review.places.roster_title
        change = f"{day_text(edit.before) or free} → {day_text(edit.after) or free}"
        whose = f"{edit.staff} {date(edit.date, language)}"
        words = text(language, "labelled", label=whose, words=f"{change} ({_cost(cost, language)})")
        yield f"  {text(language, 'labelled', label=cell, words=words)}"
    if costs is not None:
        yield text(language, "edits_together", cost=_cost(costs.together, language))


def _cost(costs: Costs | None, language: Language) -> str:
    """What an edit costs at each level that it changes, as ``Targets +8.0 h · Quality −120 points``."""
    if costs is None:
        return text(language, "cost_unknown")
    told = []
    for level, cost in costs.items():
        if cost:
            name, sign = level.code, "+" if cost > 0 else "−"
            told.append(f"{text(language, name)} {sign}{level_figure(level, abs(cost), language)}")
    return " · ".join(told) or text(language, "cost_none")
