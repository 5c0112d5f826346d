"""Pricing is exact as soon as little is gained, and ends only after an exact look that finds nothing."""

from __future__ import annotations

from scheduler.engine.columns.pricing_effort import EXACT, QUICK, PricingEffort


def test_exact_when_a_round_gains_little() -> None:
    looks = PricingEffort()
    assert looks.next == QUICK
    assert looks.after(5, 1000.0)
    assert looks.after(5, 900.0)
    assert looks.next == QUICK
    assert looks.after(5, 899.0)
    assert looks.next == EXACT
    assert looks.after(5, 100.0)
    assert looks.next == EXACT


def test_exact_when_nothing_is_found_and_then_the_end() -> None:
    looks = PricingEffort()
    assert looks.after(0, 1000.0)
    assert looks.next == EXACT
    assert looks.after(3, 1000.0)
    assert looks.next == EXACT
    assert not looks.after(0, 999.0)
