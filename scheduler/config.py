"""How to solve: limits, seed and workers. Nothing about the problem itself."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from scheduler.problem.frozen import Frozen


class SolveConfig(Frozen):
    """Limits and reproducibility of one solve."""

    model_config = ConfigDict(strict=True)

    time_limit_s: float = Field(
        default=120.0, gt=0, le=7 * 24 * 3600, description="wall-clock seconds for the whole solve"
    )
    gap: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="coverage is good enough when (short − bound) / required ≤ gap at every level",
    )
    seed: int = Field(default=1, ge=0, lt=2**31, description="random seed of every stage")
    workers: int = Field(
        default=8,
        ge=1,
        le=64,
        description="most searches side by side, never more than cores; on a small pool, workers of CP-SAT",
    )
    memory_limit_gb: float | None = Field(
        default=None,
        gt=0,
        description="memory of the searches on one machine; one that reaches its share ends with its best roster. Kept where"
        " they run on a backend",
    )
    reproducible: bool = Field(default=False, description="same seed, same roster: deterministic limits, one worker")
