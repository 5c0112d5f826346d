"""Absences as spells: their share, their lengths, and that every roster of the same people meets the same ones."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.analysis.spells import LONGEST, MEAN_DAYS, help_comes, length_shares, spells

PEOPLE = [f"P{number:03}" for number in range(200)]


def test_lengths_are_skewed_with_the_published_mean() -> None:
    shares = length_shares()
    days = np.arange(1, LONGEST + 1)
    assert shares.sum() == pytest.approx(1)
    assert shares @ days == pytest.approx(MEAN_DAYS, abs=1e-6)
    median = int(days[np.searchsorted(shares.cumsum(), 0.5)])
    assert median < 6 < MEAN_DAYS
    assert shares[days > 28].sum() > 0.05


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_the_share_holds_on_every_day_from_the_first(share: float) -> None:
    away = spells(PEOPLE, range(400), 28, share, 1)
    by_day = away.mean(axis=(0, 1))
    assert np.abs(by_day - share).max() < 0.005


def test_absences_are_spells_and_no_coin_a_day() -> None:
    away = spells(PEOPLE, range(400), 28, 0.05, 1)
    still = away[:, :, 1:][away[:, :, :-1]].mean()
    assert still == pytest.approx(1 - 1 / MEAN_DAYS, abs=0.01)
    begun = away[:, :, 1] & ~away[:, :, 0]
    run_out = ~away[:, :, 2][begun]
    assert run_out.mean() == pytest.approx(length_shares()[0] * (1 - 0.05 / 0.95 / MEAN_DAYS), abs=0.03)


def test_nobody_and_everybody() -> None:
    assert not spells(PEOPLE, range(5), 10, 0.0, 1).any()
    assert spells(PEOPLE, range(5), 10, 1.0, 1).all()


def test_what_a_person_meets_depends_on_nothing_but_person_run_day_and_seed() -> None:
    many = spells(PEOPLE, range(20), 28, 0.1, 7)
    few = spells(["P150", "P003"], range(5, 15), 14, 0.1, 7)
    assert (few[:, 0] == many[5:15, 150, :14]).all()
    assert (few[:, 1] == many[5:15, 3, :14]).all()
    assert few.any()
    assert (spells(PEOPLE, range(20), 28, 0.1, 8) != many).any()


def test_help_comes_as_often_as_it_is_reliable_whatever_the_absences() -> None:
    comes = help_comes(PEOPLE, range(200), 28, 0.75, 1)
    assert comes.mean() == pytest.approx(0.75, abs=0.005)
    away = spells(PEOPLE, range(200), 28, 0.2, 1)
    assert comes[away].mean() == pytest.approx(0.75, abs=0.01)
