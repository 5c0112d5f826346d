"""Drawings: what is written into them is escaped, and axes have round steps."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from scheduler.report.page.svg import Svg, ticks


def test_texts_and_attributes_are_escaped() -> None:
    drawing = Svg(10, 20, 'a "label" <b>')
    drawing.text(1, 2.25, "<script>&")
    with drawing.group(kind='x"y'):
        drawing.rect(0, 0, 3, 4, "c0")
        drawing.rect(0, 0, 0, 4, "c0")
    root = ElementTree.fromstring(drawing.markup())
    assert root.attrib["aria-label"] == 'a "label" <b>'
    text, group = root
    assert (text.text, text.attrib["y"]) == ("<script>&", "2.2")
    assert group.attrib["class"] == 'x"y'
    assert len(group) == 1  # Nothing is drawn of no width.


@pytest.mark.parametrize("most", [0, 0.3, 1, 3, 7, 12, 99, 100, 101, 1234, 98_765])
def test_ticks_are_few_and_reach_the_most(most: float) -> None:
    found = ticks(most)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 7
    steps = {round(high - low, 6) for low, high in pairwise(found)}
    assert len(steps) == 1
