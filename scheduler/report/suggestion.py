"""Suggestions for a hole, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.messages.formats import moment
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf, Message, Name
from scheduler.messages.texts import text
from scheduler.report.effects import (
    SCHEMA,
    Object,
    broken_line,
    coverage_words,
    duty_object,
    effect_object,
    figures_object,
    lacking_objects,
    post_words,
    priced_lines,
    rest_words,
    signed_hours,
    signed_points,
)
from scheduler.report.terminal import table
from scheduler.workflows.export import finding_object

if TYPE_CHECKING:
    from scheduler.problem.records import Call
    from scheduler.workflows.suggestions import Candidate, Chain, Excluded, Suggestions

SHOWN = 10
"""Candidates, and people who are excluded, that are listed unless everybody is asked for."""
CHAINS_SHOWN = 5
SHARED_HEADS = ("nights", "weekends")
PRICED_SHOWN = 1
"""Priced findings that are told of each candidate."""


# -- for programs ------------------------------------------------------------------------------------------------------------


def suggestions_object(found: Suggestions) -> Object:
    """Everybody, in order of rank. ``calls`` record who was asked before; the rank knows nothing of them."""
    instance, hole = found.instance, found.hole
    return {
        "schema": SCHEMA,
        "hole": {
            "date": instance.calendar.date(hole.day).isoformat(),
            "shift": hole.shift,
            "hotspot": hole.hotspot,
            "taken_off": None if hole.off is None else hole.off.staff,
            "there": list(found.there),
            "lacking": lacking_objects(found.lacking),
            "broken": [finding_object(instance, finding) for finding in found.broken],
        },
        "legal": [_candidate_object(found, item) for item in found.legal],
        "excluded": [_excluded_object(found, item) for item in found.excluded],
        "late": list(found.late),
        "chains": [_chain_object(found, item) for item in found.chains],
        "instance_sha256": instance.sha256,
    }


def _candidate_object(found: Suggestions, item: Candidate) -> Object:
    return {
        "staff": item.staff,
        "roles": list(found.instance.person[item.staff].roles),
        "free": item.free,
        "reserve": item.reserve,
        "useful": item.useful,
        "leaves": [duty_object(found.instance, cell) for cell in item.left],
        **figures_object(item.figures),
        **effect_object(found.instance, item.effect),
        "calls": _calls(item.calls),
    }


def _excluded_object(found: Suggestions, item: Excluded) -> Object:
    return {
        "staff": item.staff,
        "free": item.free,
        "competent": item.competent,
        "leaves": [duty_object(found.instance, cell) for cell in item.left],
        "broken": [finding_object(found.instance, finding) for finding in item.broken],
        "calls": _calls(item.calls),
    }


def _chain_object(found: Suggestions, item: Chain) -> Object:
    instance, (first, second) = found.instance, item.figures
    return {
        "first": {"staff": item.first, "leaves": duty_object(instance, item.left), **figures_object(first)},
        "second": {"staff": item.second, **figures_object(second)},
        **effect_object(instance, item.effect),
    }


def _calls(calls: Sequence[Call]) -> list[Object]:
    return [{"at": call.at.isoformat(timespec="minutes"), "answer": call.answer} for call in calls]


# -- for people --------------------------------------------------------------------------------------------------------------


def suggestion_lines(found: Suggestions, language: Language, *, every: bool) -> Iterator[str]:
    """The hole; then who can take it, who cannot and why, and chains of two moves."""
    yield from _hole_lines(found, language)
    useful = [item for item in found.legal if item.useful]
    yield from _legal_lines(found, useful if not every else found.legal, language, every=every)
    late = set(found.late) & {item.staff for item in (found.legal if every else useful)}
    if late:
        yield text(language, "suggest_late", count=len(late))
    if not every and (idle := len(found.legal) - len(useful)):
        yield text(language, "suggest_useless", count=idle)
    yield from _excluded_lines(found, language, every=every)
    yield from _chain_lines(found, language, every=every)
    yield ""
    yield text(language, "suggest_ranking")
    yield text(language, "proposal_only")


def _hole_lines(found: Suggestions, language: Language) -> Iterator[str]:
    hole, calendar = found.hole, found.instance.calendar
    duty = found.instance.duty(hole.day, hole.shift)
    arguments = {
        "shift": hole.shift, "hotspot": hole.hotspot, "date": calendar.date(hole.day),
        "start": f"{calendar.local(duty.start):%H:%M}", "end": f"{calendar.local(duty.end):%H:%M}",
    }  # fmt: skip
    if hole.off is None:
        yield text(language, "suggest_hole", **arguments)
    else:
        yield text(language, "suggest_hole_of", staff=hole.off.staff, **arguments)
    if found.there:
        yield f"  {text(language, 'suggest_there', people=AllOf(found.there))}"
    if found.lacking:
        lacking = coverage_words({place: -minutes for place, minutes in found.lacking.items()}, language, hole.hotspot)
        yield f"  {text(language, 'suggest_lacking', lacking=lacking)}"
    else:
        yield f"  {text(language, 'suggest_lacking_none')}"
    for finding in found.broken:
        yield f"  {text(language, 'suggest_off_breaks', finding=broken_line(finding, language))}"


def _legal_lines(found: Suggestions, people: Sequence[Candidate], language: Language, *, every: bool) -> Iterator[str]:
    shown = people if every else people[:SHOWN]
    yield ""
    if not people:
        yield text(language, "suggest_none")
        return
    reserves = sum(item.free for item in people)
    yield text(language, "suggest_legal", count=len(people), reserves=reserves, shown=len(shown))
    heads = ("person", "leaves", "balance", *SHARED_HEADS, "before", "after", "home", "points", "coverage")
    head = ["#", *(text(language, key if key in SHARED_HEADS else f"suggest_head_{key}") for key in heads)]
    rows = [
        [
            str(place),
            item.staff,
            post_words(item.left, language),
            signed_hours(item.figures.balance_min, language),
            str(item.figures.nights),
            str(item.figures.weekends),
            rest_words(item.figures.rest_before, language),
            rest_words(item.figures.rest_after, language),
            Name("choice", "yes").text(language) if item.figures.home else "–",
            signed_points(item.effect.cost, language),
            coverage_words(item.effect.coverage, language, found.hole.hotspot),
        ]
        for place, item in enumerate(shown, start=1)
    ]
    lines = table(head, rows, left=(1, 2, len(heads)))
    yield next(lines)
    for item, line in zip(shown, lines, strict=True):
        yield line
        yield from (f"       {words}" for words in _call_lines(item.calls, language))
        priced = priced_lines(item.effect, language, None if every else PRICED_SHOWN)
        yield from (f"       {words}" for words in priced)


def _call_lines(calls: Sequence[Call], language: Language) -> Iterator[str]:
    for call in calls:
        answer = "–" if call.answer is None else Name("choice", call.answer).text(language)
        yield text(language, "suggest_called", at=moment(call.at, language), answer=answer)


def _excluded_lines(found: Suggestions, language: Language, *, every: bool) -> Iterator[str]:
    able = [item for item in found.excluded if item.competent]
    listed = found.excluded if every else able[:SHOWN]
    if listed:
        yield ""
        yield text(language, "suggest_excluded", count=len(found.excluded), shown=len(listed))
    for item in listed:
        reasons = " · ".join(broken_line(finding, language) for finding in item.broken)
        label = f"{item.staff} ({post_words(item.left, language)})" if item.left or item.free else item.staff
        yield f"  {text(language, 'labelled', label=label, words=reasons)}"
        yield from (f"       {words}" for words in _call_lines(item.calls, language))
    if not every and (unfit := len(found.excluded) - len(able)):
        yield text(language, "suggest_unfit", count=unfit, hotspot=found.hole.hotspot, shift=found.hole.shift)


def _chain_lines(found: Suggestions, language: Language, *, every: bool) -> Iterator[str]:
    shown = found.chains if every else found.chains[:CHAINS_SHOWN]
    if not shown:
        return
    yield ""
    yield text(language, "suggest_chains", count=len(found.chains), shown=len(shown))
    for item in shown:
        first, second = item.figures
        said = Message(
            "suggest_chain",
            "{first} ({first_hours}) takes the hole; {second} ({second_hours}) takes {duty} of {first} on {date}.",
            first=item.first,
            first_hours=signed_hours(first.balance_min, language),
            second=item.second,
            second_hours=signed_hours(second.balance_min, language),
            duty=post_words((item.left,), language),
            date=found.instance.calendar.date(item.left.day),
        )
        yield f"  {said.text(language)}"
        coverage = coverage_words(item.effect.coverage, language, found.hole.hotspot)
        points = signed_points(item.effect.cost, language)
        yield f"       {text(language, 'suggest_effect', coverage=coverage, points=points)}"
