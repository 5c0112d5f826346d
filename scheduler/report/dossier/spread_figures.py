"""Tables and pictures of how work is spread over the people of each contract, with nobody named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.analysis.contract_spreads import ContractSpread, Quarters
from scheduler.messages.formats import figure
from scheduler.messages.texts import Texts
from scheduler.report.page.figure import Figure, Table, heads
from scheduler.report.page.sections import fairness_figures

_KEYS = ("least", "quarter", "middle", "three", "most")


def spread_pictures(spreads: Sequence[ContractSpread], texts: Texts) -> list[Figure]:
    """Nights, weekends and hours, with a row of bars for each contract of enough people; none where there is no such."""
    shown = {f"{item.contract} ({item.people})": item.told.counts for item in spreads if item.told is not None}
    return fairness_figures(shown, texts)


def spread_tables(spreads: Sequence[ContractSpread], texts: Texts) -> Iterator[Table]:
    """A table for each of the three, with every contract in it."""
    names = [texts("contract"), texts("people"), *(texts(f"dossier_head_{key}") for key in _KEYS)]
    for key in ("nights", "weekends", "hours"):
        rows = tuple(_row(item, None if item.told is None else getattr(item.told, key), texts) for item in spreads)
        yield Table(texts(f"dossier_{key}_title"), heads(*names), rows)


def _row(item: ContractSpread, found: Quarters | None, texts: Texts) -> tuple[str, ...]:
    people = figure(item.people, texts.language)
    if found is None:
        return (item.contract, people, texts("dossier_too_few"), *("–",) * (len(_KEYS) - 1))
    figures = (found.least, found.quarter, found.middle, found.three_quarters, found.most)
    return (item.contract, people, *(figure(value, texts.language).replace("-", "−") for value in figures))
