"""Where and when a figure was measured, and the file of JSON lines it goes to."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("ortools", "numba", "numpy", "pydantic", "openpyxl", "XlsxWriter")
RESULTS = Path(__file__).parent / "results"


def circumstances() -> dict[str, object]:
    """Commit, machine, versions and time: what a figure needs to be compared with another."""
    return {
        "commit": _git("rev-parse", "HEAD"),
        "changed_since_commit": bool(_git("status", "--porcelain", "--", "scheduler", "benchmarks/*.py", "instances")),
        "machine": {
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "memory_mb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
            "system": platform.system(),
            "load": os.getloadavg()[0],
        },
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES}
        | {"python": platform.python_version()},
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def append(path: Path, record: Mapping[str, object]) -> None:
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(record, ensure_ascii=False) + "\n")


def records(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _git(*arguments: str) -> str:
    """The answer of git; blank outside a repository."""
    found = subprocess.run(("git", "-C", str(ROOT), *arguments), capture_output=True, text=True, check=False)
    return found.stdout.strip()


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
