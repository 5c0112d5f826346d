"""Aggregation: the head counts of every legal line satisfy every row of the staffing program."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from scheduler.constraints import Problem
from scheduler.engine.pool import Pool
from scheduler.engine.proof.groups import grouping
from scheduler.engine.proof.linear import Relaxation
from scheduler.engine.proof.part import PartProgram
from scheduler.errors import ContradictionError
from scheduler.facts import Absence, HistoryDuty
from scheduler.instance import Instance
from scheduler.roster import Roster
from scheduler.rules import declare
from scheduler.score import score
from tests.builders import SHIFTS, contract, elsewhere, leave, lines, make, past, person
from tests.engine.worlds import every_line, problem, roster_of


def feasible(pool: Pool, roster: Roster) -> bool:
    """Whether the programs of all parts can hold the head counts of a roster."""
    found = grouping(pool)
    shift, _ = pool.arrays(roster)
    for part in found.parts:
        made = PartProgram(pool, found, part)
        for index, work in made.work.items():
            worked = shift[list(found.groups[index].people)]
            counts = np.stack([(worked == k).sum(axis=0) for k in range(len(pool.shifts))], axis=1)
            for column, count in zip(work.ravel().tolist(), counts.ravel().tolist(), strict=True):
                made.program.row([(column, 1)], count, "the roster", low=count)
        solution = Relaxation(made.program).solve(lambda: 10.0)
        assert solution is not None
        if not solution.feasible:
            return False
    return True


@pytest.mark.parametrize("seed", range(150))
def test_every_legal_line_of_random_constraints_is_feasible(seed: int) -> None:
    made = problem(seed, 6)
    try:
        pool = Pool(made)
    except ContradictionError:
        return
    legal = [line for line in every_line(6) if not score(made, roster_of(line)).broken]
    for line in random.Random(seed).sample(legal, min(6, len(legal))):
        assert feasible(pool, roster_of(line)), line


def _legal_line(made: Problem, staff: str, rng: random.Random) -> str:
    """A random legal line of a person, as full as it can be made one day at a time."""
    line = "." * made.instance.days
    cells = [(day, code) for day in range(made.instance.days) for code in "ELN"]
    rng.shuffle(cells)
    for _ in range(2):
        for day, code in cells:
            if line[day] == ".":
                trial = line[:day] + code + line[day + 1 :]
                if not score(made, lines(**{staff: trial})).broken:
                    line = trial
    return line


def _random_instance(seed: int) -> Instance:
    rng = random.Random(seed)
    days = 12
    staff = [person(f"P{index}") for index in range(3)]
    rules = contract(
        max_consecutive_days=rng.choice([2, 3, 6, None]),
        max_consecutive_nights=rng.choice([1, 2, None]),
        min_days_off=rng.choice([1, 2, 3]),
        max_weekends_in_row=rng.choice([1, 2, None]),
        max_weekends_year=rng.choice([1, 2, None]),
        max_hours_week=rng.choice([24.0, 40.0, None]),
        weekly_hours=rng.choice([20.0, 38.0]),
        min_rest_hours=rng.choice([0.0, 11.0]),
    )
    absences: list[Absence] = []
    history: list[HistoryDuty] = []
    for member in staff:
        if rng.random() < 0.5:
            first = rng.randrange(days - 2)
            absences.append(rng.choice([leave, elsewhere])(member.id, first, first + rng.randrange(2)))
        if rng.random() < 0.7:
            history += past(member.id, rng.choice(["EE", "E.", "NN", "LEE", "L...", "EENN", "EEE.."]))
    return make(days, people=staff, shifts=SHIFTS, contracts=(rules,), absences=tuple(absences), history=tuple(history))


@pytest.mark.parametrize("seed", range(60))
def test_the_sums_of_legal_lines_of_several_people_are_feasible(seed: int) -> None:
    made = declare(_random_instance(seed))
    pool, rng = Pool(made), random.Random(seed)
    full: dict[str, str] = {staff: _legal_line(made, staff, rng) for staff in pool.people}
    assert any("E" in line or "L" in line or "N" in line for line in full.values())
    assert feasible(pool, lines(**full))


BROKEN = {
    "consecutive days": ({"max_consecutive_days": 3, "min_days_off": 1}, "EEEE...", "EEE.EE."),
    "days off": ({"min_days_off": 2}, "EE.EE..", "EE..EE."),
    "nights": ({"max_consecutive_nights": 2, "min_days_off": 1}, "NNN....", "NN..NN."),
    "rest": ({"min_days_off": 1}, "NE.....", "EN....."),
    "week": ({"max_hours_week": 24.0, "min_days_off": 1}, "EEEE...", "EEE...."),
    "weekends in a row": ({"max_weekends_in_row": 1}, "....EE.....EE.", "....EE....E..."),
    "weekend touched by a night": ({"max_weekends_in_row": 1}, "....NN.....N..", "....NN.....E.."),
    "weekends a year": ({"max_weekends_year": 1}, "......E.....E.", "....EE.....E.."),
}


@pytest.mark.parametrize(("name", "people"), [*itertools.product(BROKEN, (1, 2))])
def test_a_row_forbids_what_a_rule_forbids_to_everybody(name: str, people: int) -> None:
    rules, illegal, legal = BROKEN[name]
    made = declare(make(len(legal), people=people, contracts=(contract(**rules),)))
    pool = Pool(made)
    for line, allowed in ((legal, True), (illegal, False)):
        roster = lines(**dict.fromkeys(pool.people, line))
        assert (not score(made, roster).broken) is allowed
        assert feasible(pool, roster) is allowed
