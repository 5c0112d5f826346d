"""Days as planners write them, in three languages: ``Mon-Fri``, ``du lundi au vendredi``, ``ma t/m vr``, ``weekend``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scheduler.errors import VigieError
from scheduler.messages.message import Message

_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "mon monday",
        "tue tues tuesday",
        "wed weds wednesday",
        "thu thur thurs thursday",
        "fri friday",
        "sat saturday",
        "sun sunday",
    ),
    "fr": (
        "lu lun lundi",
        "ma mar mardi",
        "me mer mercredi",
        "je jeu jeudi",
        "ve ven vendredi",
        "sa sam samedi",
        "di dim dimanche",
    ),
    "nl": (
        "ma maa maandag",
        "di din dinsdag",
        "wo woe woensdag",
        "do don donderdag",
        "vr vri vrijdag",
        "za zat zaterdag",
        "zo zon zondag",
    ),
}
_BY_LANGUAGE: Mapping[str, Mapping[str, int]] = {
    language: {name: day for day, names in enumerate(week) for name in names.split()}
    for language, week in _NAMES.items()
}
_PLAIN_WORDS = {
    "fr": {"du", "le", "les", "au", "à", "et", "chaque"},
    "nl": {"van", "tot", "t/m", "en", "elke", "iedere"},
}
"""Words that show the language of a cell, where the weekdays in it are of two: ``ma`` is lundi plus one, or maandag."""

_PHRASES: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(
        ("weekend", "week-end", "weekends", "week-ends", "le weekend", "le week-end", "het weekend"), frozenset({5, 6})
    ),
    **dict.fromkeys(("weekday", "weekdays", "semaine", "en semaine", "weekdag", "weekdagen"), frozenset(range(5))),
    **dict.fromkeys(
        (
            *("all", "daily", "every day", "tous", "tous les jours", "chaque jour", "quotidien", "quotidiennement"),
            *("alle", "alle dagen", "elke dag", "iedere dag", "dagelijks"),
        ),
        frozenset(range(7)),
    ),
}
_HOLIDAYS = frozenset(
    {
        *("holiday", "holidays", "férié", "fériés", "ferie", "feries", "feestdag", "feestdagen"),
        *("jour férié", "jours fériés", "jour ferie", "jours feries", "les jours fériés"),
    }
)
_BEFORE = frozenset(
    {"on", "every", "each", "from", "le", "les", "du", "de", "chaque", "tous", "op", "elke", "iedere", "alle", "van"}
)
"""Words before a weekday that add nothing."""

_LISTED = re.compile(r"[,;\n]")
_AND = re.compile(r" (?:and|et|en) | ?[&+] ?")
_TO = re.compile(r" ?[-–—] ?| (?:to|through|au|à|a|jusqu['’]au|jusqu['’]à|tot en met|tot|t/m) ")
_DAY = r"(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d))(?:[ t]00:00(?::00)?)?"
_DATE = re.compile(rf"(?:(?:{'|'.join(_BEFORE)}) )?{_DAY}(?:(?: ?(?:\.\.|/) ?|{_TO.pattern}){_DAY})?")


class DayWordsError(VigieError):
    """A text names no days; ``message`` says why, as a sentence of its own."""


@dataclass
class DayWords:
    """What a text names: weekdays (0 = Monday), public holidays, dates, and spans of dates with both ends."""

    weekdays: set[int] = field(default_factory=set)
    holidays: bool = False
    dates: set[dt.date] = field(default_factory=set)
    spans: list[tuple[dt.date, dt.date]] = field(default_factory=list)


def read_days(text: str, language: str = "") -> DayWords:
    """Read a text. ``language`` (fr or nl) decides what ``ma`` and ``di`` mean where the text does not show it.

    Raises :class:`DayWordsError`.
    """
    found = DayWords()
    parts = [" ".join(part.split()) for part in _LISTED.split(text.casefold())]
    pieces = [piece.strip() for part in parts for piece in _pieces(part)]
    week = _Week(pieces, language)
    for piece in filter(None, pieces):
        if piece in _PHRASES:
            found.weekdays |= _PHRASES[piece]
        elif piece in _HOLIDAYS:
            found.holidays = True
        elif (match := _DATE.fullmatch(piece)) is not None:
            _add_dates(found, piece, match)
        else:
            found.weekdays |= week.span(piece)
    if not (found.weekdays or found.dates or found.spans or found.holidays):
        raise DayWordsError(Message("no_day_named", "no day is named; write for example Mon-Sun."))
    return found


def read_weekdays(texts: Iterable[str], language: str = "") -> list[set[int]]:
    """The weekdays that each of several texts names. They are in one language, which any of them may show.

    Raises :class:`DayWordsError`.
    """
    each = [[piece.strip() for piece in _pieces(" ".join(text.casefold().split()))] for text in texts]
    week = _Week([piece for pieces in each for piece in pieces], language)
    return [{day for piece in pieces for day in _PHRASES.get(piece) or week.span(piece)} for pieces in each]


def _pieces(part: str) -> list[str]:
    """A part of a list, cut at its "and" unless that belongs to a phrase such as ``en semaine`` or ``tot en met``."""
    return [part] if part in _PHRASES else _AND.split(part.replace(" tot en met ", " t/m "))


def _add_dates(found: DayWords, piece: str, match: re.Match[str]) -> None:
    first = _date(match[1])
    if match[2] is None:
        found.dates.add(first)
        return
    last = _date(match[2])
    if last < first:
        raise DayWordsError(Message("dates_end_before_start", "'{dates}' ends before it starts.", dates=piece))
    found.spans.append((first, last))


def _date(text: str) -> dt.date:
    """A date, year first or day first."""
    try:
        if "-" in text:
            return dt.date.fromisoformat(text)
        day, month, year = map(int, re.split("[/.]", text))
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        message = Message("word_not_in_calendar", "'{date}' is not a date of the calendar.", date=text)
        raise DayWordsError(message) from error


class _Week:
    """The weekdays of one text, in the language that it is written in."""

    def __init__(self, pieces: Iterable[str], language: str) -> None:
        words = {word.rstrip(".") for piece in pieces for word in re.split(r"[ –—-]", piece)}
        shown = [
            known
            for known, plain in _PLAIN_WORDS.items()
            if words & plain or any(name in _BY_LANGUAGE[known] and not _ambiguous(name) for name in words)
        ]
        self._language = shown[0] if len(shown) == 1 else "" if shown else language

    def span(self, piece: str) -> set[int]:
        """``mon``, or ``mon-fri``; a span may go over Sunday."""
        ends = [self._day(name) for name in _TO.split(piece)]
        if len(ends) > 2 or None in ends:
            message = Message(
                "not_a_day", "'{word}' is neither a weekday, weekend, holiday nor a date (2026-03-14).", word=piece
            )
            raise DayWordsError(message)
        first, last = ends[0] or 0, ends[-1] or 0
        return {(first + step) % 7 for step in range((last - first) % 7 + 1)}

    def _day(self, text: str) -> int | None:
        words = text.split()
        while len(words) > 1 and words[0] in _BEFORE:
            words = words[1:]
        if len(words) != 1:
            return None
        name = words[0].rstrip(".")
        for form in (name, name.removesuffix("s"), name.removesuffix("en")):
            if _ambiguous(form):
                if self._language not in {"fr", "nl"}:
                    message = Message(
                        "day_of_two_languages",
                        "'{word}' is another day in French than in Dutch; write the whole word.",
                        word=form,
                    )
                    raise DayWordsError(message)
                return _BY_LANGUAGE[self._language][form]
            for names in _BY_LANGUAGE.values():
                if form in names:
                    return names[form]
        return None


def _ambiguous(name: str) -> bool:
    return len({names[name] for names in _BY_LANGUAGE.values() if name in names}) > 1
