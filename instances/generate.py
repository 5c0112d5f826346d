"""Write the example workbooks: ``python -m instances.generate [NAME …]`` (those kept in the repository without a name).

The tables come from seeded generators (:mod:`instances.zones`, :mod:`instances.region`) and from small cases written out by
hand (:mod:`instances.tiny`, :mod:`instances.edge`). The same code makes the same tables, and the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from instances import edge, region, tiny, zones
from instances.places import Tables
from instances.plan import tables

FOLDER = Path(__file__).parent
CREATED = datetime(2026, 1, 1)
"""Kept in every file as its time of creation, so that a second run writes the same bytes."""

COMMITTED: Mapping[str, Callable[[], Tables]] = {
    "brussels-midi": partial(tables, zones.ZONES["midi"]),
    "brussels-ouest": partial(tables, zones.ZONES["ouest"]),
    "brussels-region": region.region,
    "tiny": tiny.tables,
    **edge.EDGES,
}
ON_DEMAND: Mapping[str, Callable[[], Tables]] = {
    "brussels-nord": partial(tables, zones.ZONES["nord"]),
    "brussels-two-zones": region.two_zones,
    "brussels-region-26w": region.half_year,
    "brussels-region-shifts": region.shift_lengths,
    "capital-x2": partial(region.several, 2, "Twice"),
    "capital-x4": partial(region.several, 4, "Four times"),
}
"""Made when they are named, and not kept in the repository."""
INSTANCES = {**COMMITTED, **ON_DEMAND}


def write(name: str, folder: Path = FOLDER) -> Path:
    """Make one instance and save it as ``folder/name.xlsx``."""
    from scheduler.workbook.template import save_tables

    path = folder / f"{name}.xlsx"
    tables = INSTANCES[name]()
    title = next(str(row["value"]) for row in tables["Settings"] if row["key"] == "title")
    save_tables(tables, path, title=title, created=CREATED)
    return path


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in INSTANCES]
    if unknown:
        print(f"No instance {', '.join(unknown)}; there are: {', '.join(INSTANCES)}", file=sys.stderr)
        return 2
    for name in names or COMMITTED:
        print(write(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
