"""Records as if the group `growth` had been measured: two seeds for each size, every figure a power of the number of people."""

from __future__ import annotations

from typing import Any

SIZES = {
    "brussels-nord": 47,
    "brussels-midi": 110,
    "brussels-two-zones": 222,
    "brussels-region": 433,
    "capital-x2": 866,
    "capital-x4": 1732,
}
COVERAGE = ("police_minimum", "non_police_minimum", "targets")


def growth_records() -> list[dict[str, Any]]:
    return [_record(instance, people, seed) for instance, people in SIZES.items() for seed in (1, 2)]


def _record(instance: str, people: int, seed: int) -> dict[str, Any]:
    levels = [{"name": name, "value": 150, "bound": 100, "required": 1000} for name in COVERAGE]
    return {
        "kind": "solve",
        "instance": instance,
        "strategy": "single",
        "instance_sha256": "0" * 64,
        "people": people,
        "method": "ours",
        "seed": seed,
        "time_limit_s": 60.0,
        "wall_s": 60.0,
        "build_s": 0.1 * people**0.5,
        "solve_s": 50.0,
        "first_roster_s": 0.01 * people,
        "levels": [*levels, {"name": "quality", "value": 90, "bound": 10, "required": 0}],
        "marks": {},
        "proof_s": 0.001 * people**2,
        "proven_s": {name: {"bound_s": 0.0005 * people**2} for name in COVERAGE},
        "course": [
            [1.0, "targets", 300, None],
            [2.0, "targets", 300, 90],
            [60.0, "targets", 150, 100],
        ],
        "violations": 0,
        "quality": {"requests_granted": None, "spread": []},
        "peak_memory_mb": 40 * people**0.5,
        "note": "",
        "commit": "a" * 40,
        "changed_since_commit": False,
        "machine": {"processor": "none", "cores": 2},
        "versions": {"ortools": "9.15"},
        "when": "2026-11-24T00:00:00+00:00",
    }
