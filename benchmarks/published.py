"""What others have published on the benchmark of Curtois and Qu: penalties, the smaller the better."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS = ("best known", "EC", "Gurobi", "IP&VNS", "FRO-SA")
SOURCE = (
    "Published within ten minutes: ejection chains (EC) and Gurobi by Curtois and Qu (2014), IP&VNS by Rahimian and others "
    "(2017), FRO-SA by Turhan and Bilgen. Best known: schedulingbenchmarks.org."
)

_ROWS: Mapping[int, tuple[int | None, ...]] = {
    1: (607, 607, 607, 607, 607),
    3: (1001, 1003, 1001, 1001, 1001),
    5: (1143, 1439, 1143, 1143, 1143),
    7: (1056, 1284, 1056, 1056, 1056),
    9: (439, 474, 439, 439, 439),
    11: (3443, 3967, 3443, 3443, 3443),
    13: (1348, 8707, 500410, 3109, 3200),
    15: (3829, 6049, 78144, 4144, 4420),
    17: (5746, 7835, 6149, 5760, 6138),
    19: (3149, 6522, 29968, 3974, 3809),
    21: (21133, None, None, None, None),
    23: (17428, None, None, None, None),
}
PUBLISHED: Mapping[int, Mapping[str, int | None]] = {
    number: dict(zip(COLUMNS, row, strict=True)) for number, row in _ROWS.items()
}
"""By the instance's number, then by method. None: nothing published."""
