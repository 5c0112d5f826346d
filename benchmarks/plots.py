"""Plots of measurements, one SVG file each: the course of every method on every instance, and growth with the number of people.

The only file that needs matplotlib (extra ``benchmarks``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.bounds import LEVEL_NAMES, Record, bound_for
from benchmarks.growth import FIGURES, Growth, growths
from benchmarks.weighted_sum import WEIGHTED

SHOWN = (*LEVEL_NAMES, WEIGHTED)
SMALLEST_PERCENT = 0.01
"""Below it the axis of gaps is linear, so that zero has a place on it."""


def write(records: Iterable[Record], folder: Path) -> list[Path]:
    """Every plot that the records are enough for; the same records make the same files."""
    found = list(records)
    folder.mkdir(parents=True, exist_ok=True)
    cases: dict[tuple[str, str, float, str, str], list[Record]] = defaultdict(list)
    for record in found:
        if record["kind"] == "solve" and record.get("course"):
            sha, commit = record["instance_sha256"][:8], record["commit"][:8]
            cases[record["instance"], record["strategy"], record["time_limit_s"], sha, commit].append(record)
    written = []
    with matplotlib.rc_context({"svg.hashsalt": "vigie"}):
        for (instance, strategy, seconds, sha, commit), runs in cases.items():
            if not _shown(runs):
                continue  # A horizon in blocks: each block has a course of its own, and its gaps are in the tables.
            path = folder / f"course-{instance}-{strategy}-{seconds:g}s-{sha}-{commit}.svg"
            written.append(_saved(_course(f"{instance}, {strategy}, {seconds:g} s", runs), path))
        for growth in growths(found):
            path = folder / f"growth-{growth.seconds:g}s-{growth.last['commit'][:8]}.svg"
            written.append(_saved(_growth(growth), path))
    return written


def _saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None})
    return path


def _shown(runs: Sequence[Record]) -> list[str]:
    """The levels that some run has more to say of than how it ended."""
    return [level for level in SHOWN if any(len(_points(run, level)) > 1 for run in runs)]


# -- the course of a run -----------------------------------------------------------------------------------------------


def _course(title: str, runs: Sequence[Record]) -> Figure:
    """Above, value (solid) and bound (dashed) of each level over time; below, the gap to the best bound that any run has proven
    for rosters like the last one of this run."""
    methods = list(dict.fromkeys(run["method"] for run in runs))
    shown = _shown(runs)
    figure = Figure(figsize=(4 * len(shown), 7), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots(2, len(shown), squeeze=False)
    for column, level in enumerate(shown):
        above, below = axes[0][column], axes[1][column]
        for run in runs:
            best = _best_bound(run, runs, level)
            colour = f"C{methods.index(run['method'])}"
            points = _points(run, level)
            _line(above, [(at, value) for at, value, _ in points], colour)
            _line(above, [(at, bound) for at, _, bound in points], colour, "--")
            if best is not None:
                required = _required(run, level)
                # What is below the bound had more at a level before, for which the bound does not hold.
                _line(
                    below,
                    [
                        (at, 100 * (v - best) / max(1, required or v))
                        for at, v, _ in points
                        if v is not None and v >= best
                    ],
                    colour,
                )
        above.set_title(level.replace("_", " "))
        above.set_yscale("symlog")
        below.set_yscale("symlog", linthresh=SMALLEST_PERCENT)
        below.set_xlabel("seconds")
        for axis in (above, below):
            axis.set_xscale("log")
    axes[0][0].set_ylabel("value, and bound (dashed)")
    axes[1][0].set_ylabel("gap to the best bound, %")
    handles = [Line2D([], [], color=f"C{number}") for number in range(len(methods))]
    figure.legend(handles, methods, loc="outside lower center", ncols=len(methods))
    return figure


def _best_bound(run: Record, runs: Sequence[Record], level: str) -> int | None:
    if level != WEIGHTED:
        return bound_for(run, runs, level)
    return max((bound for other in runs for _, _, bound in _points(other, level) if bound is not None), default=None)


def _points(run: Record, level: str) -> list[tuple[float, int | None, int | None]]:
    return [(max(at, 0.01), value, bound) for at, name, value, bound in run["course"] if name == level]


def _required(run: Record, level: str) -> int:
    return next((int(row["required"]) for row in run["levels"] if row["name"] == level), 0)


def _line(axis: Axes, points: Sequence[tuple[float, float | None]], colour: str, style: str = "-") -> None:
    known = [(at, value) for at, value in points if value is not None]
    if known:
        axis.plot(
            *zip(*known, strict=True),
            style,
            color=colour,
            drawstyle="steps-post",
            marker=".",
            markersize=3,
        )


# -- growth --------------------------------------------------------------------------------------------------------------


def _growth(growth: Growth) -> Figure:
    """Seconds on the left, memory on the right, each against the number of people, with the power law through it."""
    figure = Figure(figsize=(12, 5), layout="constrained")
    figure.suptitle(f"Growth with the number of people, {growth.seconds:g} s")
    axes = figure.subplots(1, 2)
    for number, name in enumerate(FIGURES):
        axis = axes[0] if name.endswith(" s") else axes[1]
        points, fit = growth.points(name), growth.fit(name)
        if points:
            people = [size for size, _ in points]
            label = name if fit is None else f"{name} (exponent {fit.exponent:.2f})"
            axis.plot(people, [amount for _, amount in points], "o", color=f"C{number}", label=label)
            if fit is not None:
                axis.plot(people, [fit.at(size) for size in people], "--", color=f"C{number}")
    for axis, unit in zip(axes, ("seconds", "MB"), strict=True):
        axis.set_xscale("log")
        axis.set_yscale("log")
        axis.set_xlabel("people")
        axis.set_ylabel(unit)
        if axis.lines:
            axis.legend()
    return figure
