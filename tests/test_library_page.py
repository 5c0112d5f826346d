"""docs/library.md: its Python runs from top to bottom, on a small example in place of the reader's workbook."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import scheduler
from scheduler.workbook.save import save_facts
from scheduler.workflows.publish import publish, write_published
from tests.builders import MONDAY, demand, make, person

PAGE = Path(__file__).parents[1] / "docs" / "library.md"


def blocks() -> list[str]:
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [re.sub(r"(?<=time_limit_s=)\d+", "2", block) for block in found]


@pytest.mark.slow
def test_the_page_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    people = [person(name) for name in ("P-007", "P2", "P3", "P4")]
    save_facts("zone.xlsx", make(14, people=people, demand=(demand(minimum=1),)), None)
    reading = scheduler.load("zone.xlsx")
    result = scheduler.solve(reading.instance, scheduler.SolveConfig(time_limit_s=2))
    scheduler.save("roster.xlsx", reading.instance, result)
    eve = dt.datetime.combine(MONDAY, dt.time(9)) - dt.timedelta(days=7)
    write_published(Path("published.xlsx"), publish(scheduler.load("roster.xlsx"), None, eve))
    space: dict[str, object] = {}
    for block in blocks():
        exec(compile(block, str(PAGE), "exec"), space)
    assert scheduler.load("frames.xlsx").instance == space["instance"]


def test_an_instance_is_made_of_frames_in_at_most_twelve_lines() -> None:
    block = next(block for block in blocks() if "from_frames" in block)
    assert block.index("from_frames") < block.index("solve(") < block.index("save(")
    first, last = (next(n for n, line in enumerate(block.splitlines()) if words in line) for words in ("staff =", "})"))
    assert last - first < 12
