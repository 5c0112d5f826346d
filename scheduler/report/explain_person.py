"""A person's day explained, for the person and for programs: no other name is in it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.messages.formats import number
from scheduler.messages.languages import Language
from scheduler.messages.message import AllOf, Name
from scheduler.messages.texts import text
from scheduler.problem.facts import Request
from scheduler.problem.roster import Assignment
from scheduler.report.effects import (
    Object,
    broken_line,
    coverage_words,
    duty_object,
    effect_object,
    figures_object,
    post_words,
    priced_lines,
    rest_words,
    signed_hours,
    signed_points,
)
from scheduler.report.terminal import table
from scheduler.workflows.explain_person import Option, PersonExplanation, RequestTold
from scheduler.workflows.suggestions import short

SCHEMA = 1


def person_lines(found: PersonExplanation, language: Language) -> Iterator[str]:
    """The duty, why it is there, what else there could be, and what became of requests."""
    yield from _day(found, language)
    if found.without is not None:
        yield ""
        yield text(language, "person_why")
        yield from (f"  {words}" for words in _reasons(found, language))
    yield ""
    yield from _options(found, language)
    yield ""
    yield text(language, "person_requests" if found.requests else "person_no_requests")
    for told in found.requests:
        yield from (f"  {words}" for words in _request(found, told, language))
    yield ""
    yield text(language, "person_reading")


def _day(found: PersonExplanation, language: Language) -> Iterator[str]:
    instance, cells = found.instance, found.reading.cells
    calendar, on = instance.calendar, instance.calendar.date(found.day)
    for cell in found.given:
        duty = instance.duty(cell.day, cell.shift)
        yield text(
            language, "person_duty", staff=found.staff, shift=cell.shift, hotspot=cell.hotspot, date=on,
            start=f"{calendar.local(duty.start):%H:%M}", end=f"{calendar.local(duty.end):%H:%M}",
        )  # fmt: skip
    if not found.given:
        yield text(language, "person_free", staff=found.staff, date=on)
    for code, table_name, column, rows in (
        ("person_absent", "absences", "start", found.away),
        ("person_locked", "locks", "date", found.locks),
    ):
        if rows:
            yield f"  {text(language, code, cells=AllOf(tuple(cells.of(table_name, row, column) for row in rows)))}"
    if found.by_hand:
        yield f"  {text(language, 'person_by_hand')}"
    if (figures := found.figures) is not None:
        words = text(
            language, "person_figures", balance=signed_hours(figures.balance_min, language), nights=figures.nights,
            weekends=figures.weekends, before=rest_words(figures.rest_before, language),
            after=rest_words(figures.rest_after, language),
        )  # fmt: skip
        yield f"  {words}"


def _reasons(found: PersonExplanation, language: Language) -> Iterator[str]:
    effect = found.without
    if effect is None:
        return
    lost = {place: minutes for place, minutes in effect.coverage.items() if minutes < 0}
    if lost:
        words = coverage_words({place: -minutes for place, minutes in lost.items()}, language, found.given[0].hotspot)
        yield text(language, "person_why_covers", coverage=words.replace("+", ""))
    for finding in effect.broken:
        yield text(language, "person_why_breaks", finding=broken_line(finding, language))
    if effect.cost > 0:
        yield text(language, "person_why_saves", points=number(effect.cost, language))
        yield from (f"  {words}" for words in priced_lines(effect, language, 3))
    elif not lost and not effect.broken:
        none = "person_why_none" if effect.cost else "person_why_neither"
        yield text(language, none, points=number(abs(effect.cost), language))


def _options(found: PersonExplanation, language: Language) -> Iterator[str]:
    if not found.options:
        yield text(language, "person_no_options")
        return
    yield text(language, "person_options")
    heads = [text(language, f"person_head_{name}") for name in ("option", "legal", "points", "coverage")]
    rows = []
    for option in found.options:
        legal = Name("choice", "yes" if option.effect.legal else "no").text(language)
        coverage = coverage_words(option.effect.coverage, language)
        rows.append([_post(option.cell, language), legal, signed_points(option.effect.cost, language), coverage])
    lines = table(heads, rows, left=(0, 1, 3))
    yield next(lines)
    for option, line in zip(found.options, lines, strict=True):
        yield line
        yield from (f"       {broken_line(finding, language)}" for finding in option.effect.broken)
        if option.effect.legal:
            yield from (f"       {words}" for words in priced_lines(option.effect, language, 1))


def _request(found: PersonExplanation, told: RequestTold, language: Language) -> Iterator[str]:
    cell = found.reading.cells.of("requests", told.index, "staff")
    code = "person_granted" if told.granted else "person_refused"
    yield text(language, code, cell=cell, request=_wish(told.request, language), weight=told.request.weight)
    if not told.granted:
        yield f"  {_way(told.instead, language)}"


def _way(option: Option | None, language: Language) -> str:
    """Why the best way to grant a request was not taken."""
    if option is None:
        return text(language, "person_no_way")
    post, effect = _post(option.cell, language), option.effect
    if effect.broken:
        return text(language, "person_way_broken", option=post, finding=broken_line(effect.broken[0], language))
    if short(effect) > (0, 0):
        return text(language, "person_way_short", option=post, coverage=coverage_words(effect.coverage, language))
    if effect.cost > 0:
        return text(language, "person_way_dear", option=post, points=number(effect.cost, language))
    return text(language, "person_way_open", option=post, points=signed_points(effect.cost, language))


def _wish(request: Request, language: Language) -> str:
    if request.shift is None:
        return text(language, f"person_{request.kind}")
    return text(language, f"person_{request.kind}_shift", shift=request.shift)


def _post(cell: Assignment | None, language: Language) -> str:
    return post_words(() if cell is None else (cell,), language)


# -- for programs ------------------------------------------------------------------------------------------------------------


def person_object(found: PersonExplanation) -> Object:
    """``without`` is what taking the duty away would do; each of ``options`` what doing something else would."""
    instance, cells = found.instance, found.reading.cells
    return {
        "schema": SCHEMA,
        "staff": found.staff,
        "date": instance.calendar.date(found.day).isoformat(),
        "duties": [duty_object(instance, cell) for cell in found.given],
        "figures": None if found.figures is None else figures_object(found.figures),
        "absences": [cells.of("absences", row, "start") for row in found.away],
        "locks": [cells.of("locks", row, "date") for row in found.locks],
        "edited_by_hand": found.by_hand,
        "without": None if found.without is None else effect_object(instance, found.without),
        "options": [_option_object(found, option) for option in found.options],
        "requests": [
            {
                "cell": cells.of("requests", told.index, "staff"),
                "kind": told.request.kind,
                "shift": told.request.shift,
                "weight": told.request.weight,
                "granted": told.granted,
                "instead": None if told.instead is None else _option_object(found, told.instead),
            }
            for told in found.requests
        ],
        "instance_sha256": instance.sha256,
    }


def _option_object(found: PersonExplanation, option: Option) -> Object:
    duty = None if option.cell is None else duty_object(found.instance, option.cell)
    return {"duty": duty, **effect_object(found.instance, option.effect)}
