"""Hotspot by hour of the week: every hour that is asked for is drawn once, in its shade."""

from __future__ import annotations

import re

from scheduler.analysis.hours_of_week import WeekOfHotspot
from scheduler.messages.languages import Language
from scheduler.messages.texts import Texts
from scheduler.report.page.pictures.heatmap import heatmap_figure

T = Texts(Language.EN)
PIECE = re.compile(r"M([\d.]+) (\d+)h([\d.]+)v")


def test_every_hour_is_drawn_once_in_its_shade() -> None:
    """Asked: all but Sunday. Missing: nothing, but for a tenth on Mondays and everything on Tuesdays at noon."""
    asked = tuple(60 if hour < 144 else 0 for hour in range(168))
    short = tuple(6 if hour < 24 else 60 if hour == 36 else 0 for hour in range(168))
    figure = heatmap_figure("heat", {"HAL": WeekOfHotspot(asked, short)}, {"HAL": "HAL"}, ["HAL"], T)
    widths = {
        kind: [float(width) for _, _, width in PIECE.findall(drawn)]
        for drawn, kind in re.findall(r'<path d="([^"]*)" class="c(\d)"/>', figure.picture)
    }
    hour = sum(map(sum, widths.values())) / 144
    counted = {kind: [round(width / hour) for width in found] for kind, found in widths.items()}
    assert counted == {"0": [12, 107], "1": [24], "4": [1]}
    rows = figure.table.rows
    assert len(rows) == 7
    assert rows[0] == ("HAL Mon", *["90"] * 24)
    assert rows[1] == ("HAL Tue", *["100"] * 12, "0", *["100"] * 11)
    assert rows[6] == ("HAL Sun", *["–"] * 24)
