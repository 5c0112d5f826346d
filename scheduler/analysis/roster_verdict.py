"""What a roster is worth in one sentence."""

from __future__ import annotations

from scheduler.analysis.assessment import Assessment
from scheduler.messages.texts import Texts


def verdict(texts: Texts, known: Assessment, *, broken: int, accepted: int, repaired: bool) -> str:
    """The sentence at the head of a result: ``broken`` hard rules are broken without a decision, ``accepted`` with one."""
    if broken:
        return texts("verdict_broken", count=broken, sheet=texts.sheet("Findings"))
    if accepted:
        return texts(
            "verdict_accepted", count=accepted, sheet=texts.sheet("Findings"),
            short=texts.hours(known.short_minutes), required=texts.hours(known.required_minutes),
        )  # fmt: skip
    if not known.short_minutes:
        return texts("verdict_full")
    bound = known.short_bound or 0
    best = bound >= known.short_minutes
    of_repair = "_repair" if repaired else ""
    return texts(
        f"verdict_best{of_repair}" if best else f"verdict_short{of_repair}" if bound else "verdict_open",
        short=texts.hours(known.short_minutes),
        required=texts.hours(known.required_minutes),
        # Rounded down: no more is claimed than is proven.
        bound=texts.hours(bound // 60 * 60),
    )
