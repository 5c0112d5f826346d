"""A mutation run: break the code at one place at a time and see whether its tests notice.

    python -m tests.mutations scheduler/rules scheduler/engine/cpsat --sample 50 --seed 1

Works in a copy of the tree. First the tests run on what is not broken; then every mutant has a process of its own, which starts
with the large libraries loaded. A mutant is *killed* when a test fails or the time is up, and *survives* when all pass. Then it
is either equivalent (no input tells it from the original) or shows a test that is missing. Files with compiled functions are left
out: each of their mutants would be compiled for a minute.

Tests of a file: those named after it, then those of its folder (`BELONG`).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import multiprocessing.connection
import multiprocessing.context
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("scheduler", "tests", "instances", "benchmarks", "docs", "pyproject.toml", "vigie.py", "cli.py")
PRELOADED = ["numpy", "pandas", "numba", "ortools.sat.python.cp_model", "pydantic", "openpyxl", "pytest", "hypothesis"]
ALWAYS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::pytest.PytestAssertRewriteWarning")
ENDLESS = ("--timeout=60", "--timeout-method=signal")
"""A test of a mutant that goes on for so long has noticed it. On the original some compile."""
CASES = "tests/parity_cases.py"
STRANGE = 30
"""Seconds that a mutant may take beyond three times what the tests take on the original."""

RULES = (
    ("tests/test_parity.py", "--deselect", "tests/test_parity.py::test_the_whole_registry_agrees_on_a_mixed_world"),
    ("tests/rules", "-m", "not slow and not slowest"),
    ("tests/test_parity.py::test_the_whole_registry_agrees_on_a_mixed_world",),
)  # fmt: skip
BELONG: dict[str, tuple[tuple[str, ...], ...]] = {
    "scheduler/rules": RULES,
    "scheduler/vocabulary": (("tests/vocabulary",), *RULES),
    "scheduler/engine/cpsat": (
        ("tests/engine/cpsat", "tests/engine/test_engine_parity.py"),
        ("tests/engine/test_distances.py", "tests/engine/test_shared_limits.py", "tests/engine/test_closest.py"),
    ),
}
"""Tests of a folder, in the order in which they are tried; elsewhere the folder of the same name in ``tests/``."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: the test that killed it, ``time`` when it went on for too long, or None."""

    file: str
    mutant: Mutant
    killed_by: str | None
    seconds: float


def calls_for(file: str, root: Path = ROOT) -> list[list[str]]:
    """Arguments of pytest, a list for each call, for the tests of a file of ``scheduler/``: its own, then the folder's."""
    path = Path(file)
    groups = calls_for_folder(file)
    if path.parent == Path("scheduler/rules") and f'"{path.stem}": (' in (root / CASES).read_text(encoding="utf-8"):
        groups[0] = ["tests/test_parity.py", "-k", path.stem]
    own = Path("tests", *path.parts[1:-1], f"test_{path.stem}.py")
    if (root / own).is_file():
        groups.insert(0, [str(own)])
    return groups


def calls_for_folder(file: str) -> list[list[str]]:
    """What `BELONG` names for the folder of a file, else the folder of the same name in ``tests/``."""
    path = Path(file)
    folder = next((folder for folder in BELONG if path.is_relative_to(folder)), None)
    return [list(group) for group in BELONG[folder]] if folder else [[str(Path("tests", *path.parts[1:-1]))]]


def is_compiled(source: str) -> bool:
    """Whether numba compiles functions of a file."""
    return re.search(r"^(?:from|import) numba\b|^@(?:compiled|njit)", source, re.MULTILINE) is not None


def chosen(folders: Iterable[str], sample: int | None, seed: int, root: Path = ROOT) -> list[tuple[str, Mutant]]:
    """Mutants of all files in folders (or of single files), or so many of them, in the order of the files."""
    every = []
    for folder in folders:
        place = root / folder
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if not is_compiled(source):
                every += [(path.relative_to(root).as_posix(), mutant) for mutant in mutants(source)]
    if sample is None or sample >= len(every):
        return every
    return [every[place] for place in sorted(random.Random(seed).sample(range(len(every)), sample))]


def run(picked: Sequence[tuple[str, Mutant]], root: Path = ROOT) -> Iterator[Outcome]:
    """Try mutants one after another in a copy of the tree. Raises RuntimeError when a test fails on the original."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder, "tree")
        _copy(root, tree)
        limits: dict[str, float] = {}
        for number, (file, mutant) in enumerate(picked):
            wide = calls_for_folder(file)
            key = json.dumps(wide)
            if key not in limits:
                failed, seconds = _tried(context, tree, wide, 1800.0)
                if failed is not None:
                    raise RuntimeError(f"on the original, before {file} is broken: {failed}")
                limits[key] = 3 * seconds + STRANGE
            with _broken(tree / file, mutant, number):
                calls = [[*call, *ENDLESS] for call in calls_for(file, root)]
                killed_by, seconds = _tried(context, tree, calls, limits[key])
            yield Outcome(file, mutant, killed_by, seconds)


def _copy(root: Path, tree: Path) -> None:
    tree.mkdir()
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, tree / name, ignore=shutil.ignore_patterns("results"))
        elif (root / name).is_file():
            shutil.copy2(root / name, tree / name)


@contextlib.contextmanager
def _broken(path: Path, mutant: Mutant, number: int) -> Iterator[None]:
    """A file with a mutant in it. Its time of change is one that no other mutant has: caches of code go by it."""
    original, stat = path.read_bytes(), path.stat()
    try:
        path.write_text(mutant.source, encoding="utf-8")
        os.utime(path, (stat.st_atime, stat.st_mtime + 10 + 2 * number))
        yield
    finally:
        path.write_bytes(original)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _tried(
    context: multiprocessing.context.ForkServerContext, tree: Path, groups: list[list[str]], limit: float
) -> tuple[str | None, float]:
    """The first test that fails in a process of its own, if any, and how long it took."""
    began = time.monotonic()
    hears, says = context.Pipe(duplex=False)
    process = context.Process(target=_in_process, args=(str(tree), groups, says))
    process.start()
    says.close()
    answer: str | None = "time"
    try:
        if hears.poll(limit):
            answer = hears.recv()
    except EOFError:
        answer = "the process ended"
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.join()
    return answer, time.monotonic() - began


def _in_process(tree: str, groups: list[list[str]], says: multiprocessing.connection.Connection) -> None:
    os.setsid()
    os.chdir(tree)
    for name in [name for name in sys.modules if name.partition(".")[0] in {"tests", "scheduler"}]:
        del sys.modules[name]
    sys.path.insert(0, tree)
    os.environ["PYTHONPATH"] = tree
    sys.dont_write_bytecode = False
    import pytest

    for group in groups:
        noticed = _Failed()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = pytest.main([*ALWAYS, *group], plugins=[noticed])
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            says.send(noticed.where or f"{' '.join(group)}: {code!r}")
            return
    says.send(None)


class _Failed:
    """A plugin of pytest that keeps the name of the test that failed."""

    where = ""

    def pytest_runtest_logreport(self, report: object) -> None:
        if report.failed:  # type: ignore[attr-defined]
            self.where = report.nodeid  # type: ignore[attr-defined]

    def pytest_collectreport(self, report: object) -> None:
        if report.failed:  # type: ignore[attr-defined]
            self.where = f"{report.nodeid} (when it is read)"  # type: ignore[attr-defined]


def table(outcomes: Sequence[Outcome]) -> str:
    """Killed and survived of every folder, as Markdown."""
    killed, survived = Counter[str](), Counter[str]()
    for outcome in outcomes:
        (survived if outcome.killed_by is None else killed)[str(Path(outcome.file).parent)] += 1
    rows = [
        f"| {folder} | {killed[folder] + survived[folder]} | {killed[folder]} | {survived[folder]} |"
        for folder in sorted(killed | survived)
    ]
    return "\n".join(["| folder | mutants | killed | survived |", "|--|--|--|--|", *rows])


def _told(outcome: Outcome) -> str:
    mutant = outcome.mutant
    fate = "SURVIVED" if outcome.killed_by is None else f"killed by {outcome.killed_by}"
    return f"{outcome.file}:{mutant.line}:{mutant.column}: {mutant.before}  →  {mutant.after}   {fate}   {outcome.seconds:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutations", description="See whether the tests notice mistakes."
    )
    parser.add_argument("folders", nargs="+", help="folders or files of scheduler/")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance; default: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="", help="only mutants whose line `file:line:column: before → after` holds this"
    )
    parser.add_argument("--list", action="store_true", help="print the mutants, and try none")
    asked = parser.parse_args()
    picked = chosen(asked.folders, None if asked.only else asked.sample, asked.seed)
    picked = [(f, m) for f, m in picked if asked.only in f"{f}:{m.line}:{m.column}: {m.before} → {m.after}"]
    if asked.list:
        for file, mutant in picked:
            print(f"{file}:{mutant.line}:{mutant.column}: {mutant.before}  →  {mutant.after}")
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    outcomes = []
    for outcome in run(picked):
        outcomes.append(outcome)
        print(_told(outcome), flush=True)
    print(f"\n{table(outcomes)}")


if __name__ == "__main__":
    main()
