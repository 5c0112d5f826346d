import pytest

from scheduler.rules.support.streaks import Settled, settle, streaks


def test_streaks_are_maximal_and_in_order():
    assert list(streaks([5, -1, 0, 2, 1, 5])) == [(-1, 2), (5, 5)]
    assert list(streaks([])) == []


@pytest.mark.parametrize(
    ("taken", "most", "expected"),
    [
        ({-2, -1, 3}, 2, Settled(2, frozenset({3}), frozenset())),
        # Three before the horizon are one too many: the first place is closed, and nothing is carried.
        ({-3, -2, -1, 3}, 2, Settled(0, frozenset({3}), frozenset({0}))),
        ({3, 4, 5}, 2, Settled(0, frozenset(), frozenset({2, 3, 4, 5, 6}))),
        # Places behind the end belong to the next roster.
        ({8, 9, 10, 11}, 2, Settled(0, frozenset({8, 9}), frozenset())),
        ({-5, -1}, 1, Settled(1, frozenset(), frozenset())),
    ],
)
def test_what_fixed_work_leaves(taken: set[int], most: int, expected: Settled):
    assert settle(taken, 10, most) == expected
