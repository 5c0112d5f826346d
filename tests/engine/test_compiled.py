"""Machine code is never older than any of the sources it was made of."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.engine.local_search.anneal import anneal
from scheduler.engine.machine_code import HERE, SOURCES, cache_folder

pytestmark = pytest.mark.slow


def _copy(folder: Path) -> Path:
    for source in SOURCES:
        (folder / source).parent.mkdir(exist_ok=True)
        (folder / source).write_bytes((HERE / source).read_bytes())
    return folder


@pytest.mark.parametrize("source", SOURCES)
def test_a_change_in_any_source_leaves_the_cache_behind(source: str, tmp_path: Path) -> None:
    copy = _copy(tmp_path)
    before = cache_folder(copy)
    assert Path(before).name == Path(cache_folder(HERE)).name
    (copy / source).write_text((copy / source).read_text() + "\n")
    assert cache_folder(copy) != before


def test_every_file_with_a_compiled_function_is_a_source() -> None:
    files = {
        str(file.relative_to(HERE))
        for file in HERE.rglob("*.py")
        if re.search(r"^@(compiled|njit)", file.read_text(), re.M)
    }
    assert files <= set(SOURCES)
    assert len(files) >= 4


def test_compiled_functions_are_kept_in_that_folder() -> None:
    folder = cache_folder(HERE)
    assert folder is not None
    assert Path(anneal._cache.cache_path).is_relative_to(folder)


def test_beside_sources_that_cannot_be_written_the_users_cache_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = _copy(tmp_path / "code")
    (copy / "__pycache__").write_text("a file, where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache_folder(copy) == tmp_path / "cache" / "vigie" / Path(cache_folder(HERE) or "").name
    (tmp_path / "cache" / "vigie").rename(tmp_path / "cache" / "other")
    (tmp_path / "cache" / "vigie").write_text("a file, where a folder should be")
    assert cache_folder(copy) is None


SOLVE = """
from pathlib import Path
import scheduler
from scheduler.engine import warm
from scheduler.engine.compiled import FUNCTIONS
warm.compile_all()
before = [len(function.signatures) for function in FUNCTIONS]
for file in ("tiny", "brussels-midi"):
    instance = scheduler.load(Path("instances", file).with_suffix(".xlsx")).instance
    scheduler.solve(instance, scheduler.SolveConfig(time_limit_s=4.0, workers=2))
print(before, [len(function.signatures) for function in FUNCTIONS])
"""


def test_nothing_is_left_to_compile_once_all_is(tmp_path: Path) -> None:
    """Neither on a problem where nobody needs company nor on one where they do."""
    found = subprocess.run(
        [sys.executable, "-c", SOLVE], cwd=HERE.parents[1], capture_output=True, text=True, check=True, timeout=240
    )
    before, after = (ast.literal_eval(part + "]") for part in found.stdout.strip().split("]")[:2])
    assert before == after
    assert before.count(1) >= 5
