from hypothesis import given
from hypothesis import strategies as st

from scheduler.rules.support.windows import merged, windows

SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1])), min_size=1, max_size=6
)


@given(SPANS, st.integers(1, 60))
def test_the_busiest_window_is_among_them(spans: list[tuple[int, int]], length: int):
    minutes = {minute for start, end in spans for minute in range(start, end)}
    busiest = max(len(minutes & set(range(start, start + length))) for start in range(-60, 170))
    listed = list(windows(spans, length))
    assert max(worked for _, worked in listed) == busiest
    pieces = merged(spans)
    assert {start for start, _ in listed} == {at for start, end in pieces for at in (start, end - length)}
    for start, worked in listed:
        assert worked == len(minutes & set(range(start, start + length)))


def test_touching_and_overlapping_spans_become_one():
    assert merged([(8, 10), (0, 4), (3, 6), (6, 7)]) == [(0, 7), (8, 10)]
