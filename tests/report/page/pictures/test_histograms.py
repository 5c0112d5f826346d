"""How something is spread: everybody is in one bar, however many values there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.histograms import histogram_figure

T = Texts(Language.EN)
counts = st.dictionaries(st.integers(-40, 40).map(lambda number: 8 * number), st.integers(1, 99), min_size=1)


@given(counts, counts)
def test_everybody_is_in_a_bar(one: dict[int, int], other: dict[int, int]) -> None:
    table = histogram_figure("hours", "", str, {"one": one, "other": other}, T, step=8).table
    assert len(table.rows) <= 16
    for column, found in ((1, one), (2, other)):
        assert sum(int(row[column].replace(",", "")) for row in table.rows) == sum(found.values())
    values = [int(row[0]) for row in table.rows]
    step = int(table.heads[0].text)
    assert values == list(range(values[0], values[-1] + 1, step))
    assert values[0] <= min(*one, *other)
    assert max(*one, *other) < values[-1] + step


def test_one_roster_has_a_column_of_people() -> None:
    table = histogram_figure("nights", "", lambda _: "nights", {"": {0: 3, 2: 1}}, T).table
    assert [head.text for head in table.heads] == ["nights", "people"]
    assert table.rows == (("0", "3"), ("1", "0"), ("2", "1"))
