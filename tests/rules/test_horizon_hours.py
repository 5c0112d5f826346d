import datetime as dt

import pytest

from scheduler.errors import InputError
from scheduler.rules.horizon_hours import HorizonHours, limits
from tests.builders import MONDAY, elsewhere, free_contract, leave, lines, make, past, person
from tests.rules.verdict import amounts, days, found


def world(least: float | None = None, most: float | None = None, **facts):
    terms = free_contract(min_hours_horizon=least, max_hours_horizon=most)
    return make(**{"contracts": (terms,), **facts})


def test_both_sides_of_the_most():
    assert found(HorizonHours, world(most=24.0), lines(P1="EEE")) == []
    findings = found(HorizonHours, world(most=24.0), lines(P1="EEEE"))
    assert (amounts(findings), days(findings)) == ([480], [(3, 2, 1, 0)])


def test_both_sides_of_the_fewest():
    assert found(HorizonHours, world(least=24.0), lines(P1="EEE")) == []
    findings = found(HorizonHours, world(least=24.0), lines(P1="EE"))
    assert (amounts(findings), days(findings)) == ([480], [()])
    assert amounts(found(HorizonHours, world(least=24.0), lines())) == [3 * 480]


def test_unpaid_breaks_and_history_do_not_count_and_duties_elsewhere_do():
    short = make().shifts[0].model_copy(update={"unpaid_break_min": 30})
    assert amounts(found(HorizonHours, world(least=8.0, shifts=(short,)), lines(P1="E"))) == [30]
    assert amounts(found(HorizonHours, world(least=8.0, history=past("P1", "EE")), lines())) == [480]
    training = elsewhere("P1", 2, clock=("09:00", "13:00"))
    assert found(HorizonHours, world(least=12.0, most=12.0, absences=(training,)), lines(P1="E")) == []


def test_fixed_work_over_the_most_is_no_finding_but_leaves_no_room():
    instance = world(most=3.0, absences=(elsewhere("P1", 2, clock=("09:00", "13:00")),))
    assert found(HorizonHours, instance, lines()) == []
    assert amounts(found(HorizonHours, instance, lines(P1="E"))) == [540]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, (28 * 60, 56 * 60)),
        ({"people": [person(fte=0.5)]}, (14 * 60, 28 * 60)),
        ({"people": [person(fte=0.0)]}, (None, None)),
        ({"absences": (leave("P1", 1, 2),)}, (20 * 60, 56 * 60)),
        ({"absences": (leave("P1", 1, clock=("00:00", "12:00")),)}, (26 * 60, 56 * 60)),
        ({"people": [person(first=MONDAY + dt.timedelta(days=3))]}, (16 * 60, 56 * 60)),
    ],
)
def test_what_a_person_may_work(facts: dict, expected: tuple[int | None, int | None]):
    """Seven days, 28 to 56 hours: four hours at least for each day that the person is there."""
    assert limits(world(28.0, 56.0, **facts), "P1") == expected


def test_the_fewest_may_not_be_more_than_the_most():
    with pytest.raises(InputError, match="is a maximum of hours"):
        free_contract(min_hours_horizon=10.0, max_hours_horizon=9.0)
