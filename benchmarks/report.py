"""Tables in Markdown from a file of measurements: medians over seeds, per method, level and mark."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benchmarks import public_benchmark
from benchmarks.bounds import LEVEL_NAMES, Record, bound_for, gap, level_of
from benchmarks.growth import FIGURES, NAMES, Growth, growths
from benchmarks.markdown import circumstances, table
from benchmarks.scenario_tables import KINDS, scenario


def report(records: Iterable[Record]) -> str:
    """Tables per instance, time limit and commit, then growth, what is no plain solve, and the workbook's figures."""
    known = list(records)
    solves: dict[tuple[str, float, str, str], list[Record]] = defaultdict(list)
    lines: list[str] = []
    office: list[Record] = []
    scenarios: list[str] = []
    foreign: dict[str, list[Record]] = defaultdict(list)
    for record in known:
        if record["kind"] == "solve":
            name = f"{record['instance']}, {record['strategy']}" if "strategy" in record else record["instance"]
            key = (name, record["time_limit_s"], record["instance_sha256"][:12], record["commit"])
            solves[key].append(record)
        elif record["kind"] == "office":
            office.append(record)
        elif record["kind"] == "yardstick":
            foreign[record["commit"]].append(record)
        elif record["kind"] in KINDS:
            scenarios += scenario(record)
        elif record["kind"] == "refused":
            lines.append(
                f"Refused: {record['method']} on {record['instance']}, seed {record['seed']}: {record['reason']}"
            )
        else:
            lines.append(f"Failed: {record['method']}, seed {record['seed']}: {record['error'][:200]}")
    for (instance, seconds, sha, _), found in solves.items():
        lines += ["", f"## {instance}, {seconds:g} s", "", circumstances(found[-1], sha), "", *_solves(found)]
    for found in foreign.values():
        heading = "## Benchmark of Curtois and Qu"
        lines += ["", heading, "", circumstances(found[-1]), "", *public_benchmark.table(found)]
    for growth in growths(known):
        heading = f"## Growth with the number of people, {growth.seconds:g} s"
        lines += ["", heading, "", circumstances(growth.last), "", *_growth(growth)]
    lines += scenarios
    for record in office:
        lines += ["", f"## Workbook and command line, {record['people']} people", "", circumstances(record)]
        lines += ["", *table(("task", "median s"), [(task, f"{s:.2f}") for task, s in record["seconds"].items()])]
    return "\n".join(lines).strip() + "\n"


def _solves(found: Sequence[Record]) -> Iterator[str]:
    """Medians of all runs of a method; each is held against the best bound that any run proved for rosters like its own."""
    methods: dict[str, list[Record]] = defaultdict(list)
    for record in found:
        methods[record["method"]].append(record)
    rows = []
    for method, runs in methods.items():
        for level in LEVEL_NAMES:
            bounds = [bound_for(record, found, level) for record in runs]
            gaps = [gap(record, level, bound) for record, bound in zip(runs, bounds, strict=True)]
            figures = (
                _whole(_median(level_of(record, level)["value"] for record in runs)),
                _whole(_median_of_all(bounds)),
                _share(_median_of_all(gaps)),
            )
            marks = [_mark(runs, level, mark) for mark in ("5", "15", "45", "60", "120", "300")]
            times = [_time(runs, level, what) for what in ("bound_s", "met_s")]
            rows.append((method, level, *figures, *times, *marks, str(len(runs))))
    heads = ("method", "level", "value", "bound", "gap", "bound after s", "met after s")
    yield from table((*heads, "at 5 s", "15 s", "45 s", "60 s", "120 s", "300 s", "seeds"), rows)
    yield ""
    yield from table(
        (
            "method",
            "build s",
            "solve s",
            "first roster s",
            "wall s",
            "weighted sum",
            "its own bound",
            "build MB",
            "peak MB",
            "violations",
            "requests granted",
            "nights apart",
            "weekends apart",
        ),
        [_run_figures(method, runs) for method, runs in methods.items()],
    )
    yield from _blocks(methods)
    notes = [f"{run['method']}, seed {run['seed']}: {run['note']}." for run in found if run.get("note")]
    if notes:
        yield ""
        yield from notes


def _blocks(methods: Mapping[str, Sequence[Record]]) -> Iterator[str]:
    """Of a horizon solved in blocks, each with its own bounds: medians over the seeds."""
    rows = []
    for method, runs in methods.items():
        for blocks in zip(*(run.get("blocks", ()) for run in runs), strict=False):
            gaps = (
                _share(_median_of_all([gap(block, level, level_of(block, level)["bound"]) for block in blocks]))
                for level in LEVEL_NAMES
            )
            rows.append((method, f"{blocks[0]['first'] + 1}–{blocks[0]['stop']}", *gaps, str(len(blocks))))
    if rows:
        yield ""
        yield from table(("method", "days", *(f"gap of {level}" for level in LEVEL_NAMES), "seeds"), rows)


def _growth(growth: Growth) -> Iterator[str]:
    """Medians over the seeds for each size; the last two rows hold a and b of a · n^b."""
    rows = [
        (size.instance, str(size.people), str(size.runs), *map(_number, size.figures.values()),
         *map(_share, size.gaps.values()))
        for size in growth.sizes
    ]  # fmt: skip
    fits = [growth.fit(figure) for figure in FIGURES]
    blank = [""] * len(NAMES)
    rows.append(("a", "", "", *("–" if fit is None else f"{fit.factor:.3g}" for fit in fits), *blank))
    rows.append(("exponent b", "", "", *("–" if fit is None else f"{fit.exponent:.2f}" for fit in fits), *blank))
    yield from table(("instance", "people", "seeds", *FIGURES, *(f"gap of {name}" for name in NAMES)), rows)


def _run_figures(method: str, runs: Sequence[Record]) -> tuple[str, ...]:
    apart = {
        what: max((row[what] for run in runs for row in run["quality"]["spread"]), default=0)
        for what in ("nights", "weekends")
    }
    granted = _median(run["quality"]["requests_granted"] for run in runs)
    return (
        method,
        _number(_median(run.get("build_s") for run in runs)),
        _number(_median(run.get("solve_s") for run in runs)),
        _number(_median(run["first_roster_s"] for run in runs)),
        _number(_median(run["wall_s"] for run in runs)),
        *(_whole(_median(run.get("weighted", {}).get(what) for run in runs)) for what in ("value", "bound")),
        _whole(_median(run.get("build_memory_mb") for run in runs)),
        str(max(run["peak_memory_mb"] for run in runs)),
        str(max(run["violations"] for run in runs)),
        "–" if granted is None else f"{granted:.0%}",
        str(apart["nights"]),
        str(apart["weekends"]),
    )


def _mark(runs: Sequence[Record], level: str, mark: str) -> str:
    value = _median(run["marks"].get(mark, {}).get(level, {}).get("value") for run in runs)
    return "–" if value is None else f"{value:,.0f}"


def _time(runs: Sequence[Record], level: str, what: str) -> str:
    """Median over the seeds; a dash as soon as one seed never got there."""
    return _number(_median_of_all([run["proven_s"].get(level, {}).get(what) for run in runs]))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _median_of_all(values: Sequence[float | None]) -> float | None:
    """None as soon as one run lacks it."""
    return None if None in values else _median(values)


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
