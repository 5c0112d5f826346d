"""Machine code is never older than any of the sources it was made of."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from scheduler.engine import compiled
from scheduler.engine.compiled import HERE, SOURCES, cache_folder
from scheduler.engine.moves.anneal import anneal


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
    assert Path(anneal._cache.cache_path).is_relative_to(cache_folder(HERE))


def test_beside_sources_that_cannot_be_written_numba_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert compiled.cache_folder(HERE) == ""
