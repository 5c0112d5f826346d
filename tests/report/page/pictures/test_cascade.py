"""The capacity: each step begins where the one before it ends."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.cascade import Cascade, Fall, cascade_figure

T = Texts(Language.EN)
FALLS = (
    Fall("everybody", 6000, 6000),
    Fall("leave", 4500, -1500),
    Fall("nothing", 4500, 0),
    Fall("over", 4800, 300),
    Fall("left", 4800, 0),
)


def test_the_steps_join() -> None:
    drawing = ElementTree.fromstring(cascade_figure(Cascade("police", FALLS, 3000, 5400), "", T).picture)
    spans = [
        (float(each.attrib["x"]), float(each.attrib["x"]) + float(each.attrib["width"]))
        for each in drawing.iter("rect")
    ]
    everybody, leave, over, left, minimum, target = spans
    assert leave[1] == pytest.approx(everybody[1], abs=0.2)
    assert over[0] == pytest.approx(leave[0], abs=0.2)
    assert left[1] == pytest.approx(over[1], abs=0.2)
    widths = [high - low for low, high in (everybody, left, minimum, target)]
    assert [round(width / widths[0], 2) for width in widths] == [1.0, 0.8, 0.5, 0.9]
    assert all(low >= 0 for low, _ in spans)


def test_the_table_has_every_step_and_what_is_asked() -> None:
    rows = cascade_figure(Cascade("police", FALLS, 3000), "", T).table.rows
    assert [row[0] for row in rows] == [*(fall.label for fall in FALLS), "minimum asked"]
    assert rows[1] == ("leave", "−25.0", "75.0")
    assert all(after.minutes - before.minutes == after.change for before, after in pairwise(FALLS))
