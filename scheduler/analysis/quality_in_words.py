"""The quality level in words that a planner knows: the same on the Summary sheet and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.analysis.staff_statistics import QualityFigures
from scheduler.messages.message import Hours, Message


def quality_in_words(quality: QualityFigures) -> Iterator[tuple[str, Message]]:
    """What the level is about, by the code of its name; what nobody has asked for, or cannot be compared, is left out."""
    if quality.asked:
        yield (
            "requests_share",
            Message("granted_of", "{granted} of {asked}", granted=quality.granted, asked=quality.asked),
        )
    for code, among in (("spread_nights", quality.nights), ("spread_weekends", quality.weekends)):
        if among is not None:
            yield code, Message("most_minus_fewest", "{difference} (most minus fewest)", difference=among)
    yield (
        "hours_off",
        Message(
            "hours_off_figures",
            "{total} in all, at most {most} for one person",
            total=Hours(quality.off_min),
            most=Hours(quality.most_off_min),
        ),
    )
