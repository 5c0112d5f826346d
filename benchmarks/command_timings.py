"""How long each command on a finished roster takes, interpreter included, as a planner waits for it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import scheduler
from benchmarks.record import ROOT

REPEATS = 3
"""Times that each command is run; the median counts."""
STRESS_RUNS = 1000


def measure(example: str, seconds: float) -> dict[str, object]:
    """Median seconds of each command on the roster of an example that was solved for so many ``seconds``, and the size of its
    page in bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts, roster, published = folder / "facts.xlsx", folder / "roster.xlsx", folder / "published.xlsx"
        _command("new", facts, "--example", example)
        _command("solve", facts, "-o", roster, "--time-limit", seconds, "--quiet")
        _command("publish", roster, "-o", published)
        times = {name: _median(words) for name, words in tasks(facts, published, folder).items()}
        return {
            "kind": "commands", "instance": example, "solved_s": seconds, "repeats": REPEATS,
            "stress_runs": STRESS_RUNS, "seconds": times, "page_bytes": (folder / "page.html").stat().st_size,
        }  # fmt: skip


def tasks(facts: Path, roster: Path, folder: Path) -> Mapping[str, Sequence[object]]:
    """The words of each command, by its name."""
    hole, swapped = _duties(roster)
    return {
        "check": ("check", facts),
        "explain": ("explain", facts),
        "suggest": ("suggest", roster, *hole),
        "swap": ("swap", roster, *swapped),
        "diff": ("diff", roster, roster),
        "extend": ("extend", roster, "-o", folder / "next.xlsx", "--force"),
        "audit -o": ("audit", roster, "-o", folder / "audited.xlsx", "--force"),
        "export --html": ("export", roster, "--html", folder / "page.html", "--force"),
        "dossier": ("dossier", roster, "-o", folder / "dossier.html", "--force"),
        "stress": ("stress", roster, "--runs", STRESS_RUNS),
    }


def _duties(roster: Path) -> tuple[list[str], list[str]]:
    """The first duty of the middle day as a hole, and two people with different duties on its date."""
    reading = scheduler.load(roster)
    assert reading.roster is not None
    middle = reading.instance.days // 2
    duties = sorted((a for a in reading.roster if a.day == middle), key=lambda a: (a.staff, a.shift))
    first = duties[0]
    on = str(reading.instance.calendar.date(first.day))
    other = next(a for a in duties if a.shift != first.shift and a.staff != first.staff)
    hole = ["--date", on, "--shift", first.shift, "--hotspot", first.hotspot, "--for", first.staff]
    return hole, [f"{a.staff}:{on}" for a in (first, other)]


def _median(words: Sequence[object]) -> float:
    return round(statistics.median(_seconds(words)), 2)


def _seconds(words: Sequence[object]) -> Iterator[float]:
    for _ in range(REPEATS):
        began = time.perf_counter()
        _command(*words)
        yield time.perf_counter() - began


def _command(*words: object) -> None:
    """The command as its entry point starts it; 3 is what ``swap`` ends with where the exchange breaks a rule."""
    start = "import sys; from vigie import main; sys.exit(main())"
    done = subprocess.run((sys.executable, "-c", start, *map(str, words)), cwd=ROOT, capture_output=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{words}: {done.stderr.decode(errors='replace')}")
