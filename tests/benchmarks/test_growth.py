"""Growth: a known exponent is found again, sizes are put in order, and what is not known is left out."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.groups import GROUPS
from benchmarks.growth import growths, power_law
from benchmarks.report import report
from instances.generate import INSTANCES
from tests.benchmarks.records import SIZES, growth_records


def test_a_known_exponent_is_found_again() -> None:
    fit = power_law((people, 0.25 * people**1.5) for people in (47, 110, 222, 433))
    assert fit is not None
    assert fit.exponent == pytest.approx(1.5)
    assert fit.factor == pytest.approx(0.25)
    assert fit.at(1000) == pytest.approx(0.25 * 1000**1.5)


def test_noise_moves_it_to_the_least_squares() -> None:
    """Logarithms 0, 1, 2 of the sizes and 0, 2, 1 of the amounts: slope 1/2, mean 1."""
    base = 10.0
    fit = power_law([(1, base**0), (10, base**2), (100, base**1)])
    assert fit is not None
    assert fit.exponent == pytest.approx(0.5)
    assert fit.factor == pytest.approx(base**0.5)


def test_two_sizes_are_too_few() -> None:
    assert power_law([(1, 1.0), (1, 2.0), (2, 1.0)]) is None
    assert power_law([(1, 1.0), (2, 2.0), (3, 0.0)]) is None


def test_growth_of_a_file_of_records() -> None:
    (growth,) = growths(growth_records())
    assert [size.people for size in growth.sizes] == sorted(SIZES.values())
    first, bounds = growth.fit("first roster s"), growth.fit("bounds s")
    assert first is not None
    assert first.exponent == pytest.approx(1.0, abs=0.01)
    assert bounds is not None
    assert bounds.exponent == pytest.approx(2.0, abs=0.01)
    assert growth.sizes[0].gaps["targets"] == pytest.approx(0.05)


def test_a_bound_that_one_seed_lacks_is_no_figure() -> None:
    records = growth_records()
    largest: dict[str, Any] = next(record for record in records if record["instance"] == "capital-x4")
    largest["proof_s"] = None
    (growth,) = growths(records)
    assert growth.sizes[-1].figures["bounds s"] is None
    assert len(growth.points("bounds s")) == len(SIZES) - 1


def test_growth_is_in_the_report() -> None:
    row = next(line for line in report(growth_records()).splitlines() if line.startswith("| exponent b"))
    assert [cell.strip() for cell in row.split("|")][4:8] == ["0.50", "1.00", "2.00", "0.50"]


def test_the_group_is_what_the_generator_makes() -> None:
    assert {case.instance for case in GROUPS["growth"]} == set(SIZES) <= set(INSTANCES)
