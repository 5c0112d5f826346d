"""The notebook of the documentation: every cell runs, its claims hold, and what stands below a cell is what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode

import scheduler
from tests.notebook import executed, shown, stored
from tests.processes import ends_within

VARIES = "varies"
"""Tag of a cell that shows one of many rosters that are as good: another version may find another of them."""

pytestmark = ends_within(280)


def cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.slow
def test_every_cell_shows_what_stands_below_it(tmp_path: Path) -> None:
    found = executed(tmp_path)
    assert [error for cell in cells(found) for error in cell.outputs if error.output_type == "error"] == []
    for before, after in zip(cells(stored()), cells(found), strict=True):
        if VARIES not in before.metadata.get("tags", ()):
            assert shown(after) == shown(before), before.source
    everything = "\n".join(map(shown, cells(found)))
    assert "targets: 80.0 h, at least 80.0 h (proven)" in everything
    assert "changes_in_notice" in everything
    assert str(tmp_path) not in everything
    saved = scheduler.load(tmp_path / "roster.xlsx")
    assert saved.roster is not None
    assert not [finding for finding in scheduler.audit(saved.instance, saved.roster) if finding.hard]


def test_it_is_stored_with_figures_and_without_the_machine_that_made_them() -> None:
    text = "\n".join(map(shown, cells(stored())))
    assert text.count("proven") >= 10, "run python -m tests.notebook"
    assert "/home" not in text
    assert "/tmp" not in text
    assert all(cell.execution_count is None for cell in cells(stored()))


def test_twelve_people_are_made_of_frames_in_at_most_twelve_lines() -> None:
    lines = cells(stored())[0].source.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("staff ="))
    last = next(number for number, line in enumerate(lines) if "from_frames(" in line)
    assert last - first < 12
