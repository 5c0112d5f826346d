"""How work is spread, in tables: hours under what is due have the minus sign of the other figures."""

from __future__ import annotations

from scheduler.analysis.contract_spreads import ContractSpread, Quarters, Told
from scheduler.analysis.distributions import Distributions
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.dossier.spread_figures import spread_tables


def test_hours_under_what_is_due_have_a_minus_sign() -> None:
    same = Quarters.of([2] * 5)
    told = Told(Distributions(5, {}, {}, {}), same, same, Quarters.of([-6, -1, 0, 3, 1234]))
    *_, hours = spread_tables([ContractSpread("POL", 5, told)], Texts(Language.NL))
    assert hours.rows == (("POL", "5", "−6", "−1", "0", "3", "1234"),)
