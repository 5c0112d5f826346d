"""Numba with a cache that is left behind whenever any compiled source changes.

Numba looks only at the file of a function, not at the files of those it calls: after an update of one file it would go on with
machine code of the old one. So the cache lies in a folder named after the sources of all compiled functions.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numba import config, njit

LIMIT = np.int64(1) << 54
"""Costs from here on mean forbidden."""

SOURCES = (
    "compiled.py",
    "lines/graph.py",
    "lines/multipliers.py",
    "lines/kernel.py",
    "lines/given.py",
    "lines/stack.py",
    "moves/board.py",
    "moves/change.py",
    "moves/proposals.py",
    "moves/anneal.py",
)
"""Files with compiled functions, or with the tuples and constants they take, from this folder."""
HERE = Path(__file__).parent


def digest(files: Iterable[Path]) -> str:
    """A name for the contents of some files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def cache_folder(here: Path) -> str:
    """Where machine code is kept; blank, which is numba's own choice, if nothing can be written beside the sources."""
    folder = here / "__pycache__" / digest(here / source for source in SOURCES)
    return str(folder) if os.access(here, os.W_OK) else ""


_FOLDER = cache_folder(HERE)


def compiled(function: Callable[..., Any]) -> Any:
    """Compile at the first call, or take what an earlier run compiled; runs without the interpreter's lock."""
    return _compiled(function)


def compiled_part(function: Callable[..., Any]) -> Any:
    """The same for what only compiled code calls, without what the interpreter would need to call it: a quarter of the work."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    settings = vars(config)
    before = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = _FOLDER or before
    try:
        return njit(cache=True, nogil=True, **options)(function)
    finally:
        settings["CACHE_DIR"] = before


@compiled_part
def grown(array):  # type: ignore[no-untyped-def]
    """The same array with as much room again."""
    larger = np.empty(2 * array.size, array.dtype)
    larger[: array.size] = array
    return larger
