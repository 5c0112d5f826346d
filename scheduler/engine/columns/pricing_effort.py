"""How closely lines are priced: quickly while columns are easy to find, exactly in the end."""

from __future__ import annotations

LITTLE = 0.005
"""Share of the objective that a quick pricing must gain, or the next is exact."""
QUICK, EXACT = 300, 0
"""Labels a day that a pricing keeps; 0 means all."""


class PricingEffort:
    """The look of the next pricing of one programme."""

    def __init__(self) -> None:
        self.next = QUICK
        self._before = float("inf")

    def after(self, new: int, objective: float) -> bool:
        """Told of so many new columns at an objective: whether there is anything left to price."""
        if new == 0 and self.next == EXACT:
            return False
        if new == 0 or objective > (1 - LITTLE) * self._before:
            self.next = EXACT
        self._before = objective
        return True
