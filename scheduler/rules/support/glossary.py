"""The terms that the rules share, as `vigie rules` prints them: what counts as a night, a weekend, leave, work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.messages.message import Message

TERMS: Mapping[str, str] = {
    "hard, priced": (
        "A hard rule must not be broken. A priced one adds to the value of a level. Levels come in this order, and a later one "
        "never spoils an earlier one: police minimum, non-police minimum, targets (all three in person-minutes), quality (in "
        "points). Points are of the quality level."
    ),
    "horizon": "The dates that the workbook asks a roster for, from the first to the last. A date begins at 00:00 local time.",
    "time": (
        "Time is counted in whole minutes that really pass. In the night of a clock change a duty is an hour shorter or longer. "
        "A clock time that spring skips is the moment of the change; one that autumn repeats is the first of the two. Limits "
        "in hours are rounded to the nearest minute."
    ),
    "duty": (
        "A shift on a date. It belongs to the date it starts on, also when it ends on the next. A clock end at or before the "
        "start is on the next date."
    ),
    "paid": "The minutes of a duty from start to end, less the unpaid break of its shift, never below 0.",
    "reserve": (
        "A shift with Shifts.reserve: whoever works it waits to be called, at a hotspot that only such shifts name. Its hours "
        "and rest count as those of any duty. It covers the demand of that place and of no other until the person is called."
    ),
    "category": "Police or non-police, by the person's contract.",
    "history": "The duties on sheet History: all start before the horizon.",
    "duty elsewhere": (
        "An absence that counts as work. Shorter than 20 hours, it is one piece of work of the date it starts on, from its start "
        "to its end, over midnight too. Else it is one piece of work for each date it touches: the part that lies on the date "
        "where that is shorter than 20 hours, and for a longer part an ordinary working day from 09:00. That is as long as the "
        "weekday of the person's fixed week (hours_by_weekday, else the contract's, whatever the fte), or as the mean of its "
        "days with hours where the weekday has none; without a fixed week a fifth of the contract's weekly_hours. A piece is "
        "paid for its length, at most 12 hours. Dates more than 400 days before the horizon or 14 days after it are not looked "
        "at."
    ),
    "fixed work": "History and duties elsewhere: what no cell of the roster can change.",
    "leave": (
        "An absence that does not count as work. A day of leave is a date that one row of sheet Absences covers from 00:00 to "
        "24:00; an end at 23:59 is 24:00."
    ),
    "in service": "From Staff.from to Staff.until, both dates included; a blank cell is no limit.",
    "night work": (
        "A duty that holds at least half of the night window of the person's contract, or at least half of which lies in that "
        "window. The window lasts from night_from to night_to, on the next date where that is earlier on the clock; half of it "
        "is measured by the clock, what lies in it in minutes that really pass. For a duty elsewhere the same holds of each "
        "piece of work."
    ),
    "weekend": (
        "From Saturday 00:00 to Monday 00:00. It is worked when any minute of work lies in it: a night duty of Friday works the "
        "weekend in which it ends. Those that a date of the horizon lies in count, and one after it that a duty of the horizon "
        "reaches."
    ),
    "public holiday": (
        "A date of sheet Holidays; and each of the ten legal ones of Belgium, unless the setting legal_holidays is no."
    ),
    "present": (
        "A person is present at the hotspot of a duty from its start to its end, breaks included. So is somebody whose "
        "duty of the history reaches into the horizon: at the hotspot that its row names, or at the only one where there "
        "is only one. A duty elsewhere is presence nowhere."
    ),
}
"""Text by term, in the order in which they are read."""


def published_terms() -> Iterator[tuple[Message, Message]]:
    """Each term with its text."""
    for term, words in TERMS.items():
        yield Message("term", term), Message("term.text", words)
