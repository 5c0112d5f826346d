"""Strategies held against each other: what ``vigie compare`` finds, as a record that one command repeats."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import scheduler
from instances.generate import write
from scheduler.backends.choose import backend_for
from scheduler.config import SolveConfig
from scheduler.report.compare_object import compare_object
from scheduler.workflows.compare import Plan, compare
from scheduler.workflows.strategies import known


def measure(
    example: str,
    names: Sequence[str],
    seeds: Sequence[int],
    seconds: float,
    workers: int,
    *,
    staffing: bool,
    keep: Path | None = None,
) -> dict[str, Any]:
    """One record: every strategy solved with every seed in so many ``seconds``, and what is proven of them. ``keep``: where the
    rosters stay, for `vigie compare --resume`; those that are there are not solved again."""
    config = SolveConfig(time_limit_s=seconds, workers=workers)
    with tempfile.TemporaryDirectory() as folder, backend_for(config, None, insecure=False) as backend:
        path = write(example, Path(folder))
        reading = scheduler.load(path)
        asked = Plan(reading, known(names, reading.strategies), tuple(seeds), keep or Path(folder) / "rosters")
        began = time.monotonic()
        found = compare(
            asked, config, staffing=staffing, resume=keep is not None, stop=threading.Event(), backend=backend
        )
        took = time.monotonic() - began
    told = compare_object(found, path)
    for strategy in told["strategies"]:
        for run in strategy["runs"]:
            del run["roster"]
    return {
        "kind": "strategies",
        "instance": example,
        "seeds": list(seeds),
        "time_limit_s": seconds,
        "workers": workers,
        "wall_s": round(took, 1),
        "said": [str(words) for words in (*found.compared.sentences(), *found.compared.staffing_sentences())],
        **{key: told[key] for key in ("strategies", "verdicts", "matched")},
    }
