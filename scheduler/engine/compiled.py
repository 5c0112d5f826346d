"""Numba with a cache that is left behind whenever any compiled source changes.

Where it lies is said in :mod:`~scheduler.engine.machine_code`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import config, njit

from scheduler.engine.machine_code import FOLDER

LIMIT = np.int64(1) << 54
"""Costs from here on mean forbidden."""

FUNCTIONS: list[Any] = []
"""Everything that is compiled when it is first called."""


def compiled(function: Callable[..., Any]) -> Any:
    """Compile at the first call, or take what an earlier run compiled; runs without the interpreter's lock."""
    found = _compiled(function)
    FUNCTIONS.append(found)
    return found


def compiled_part(function: Callable[..., Any]) -> Any:
    """The same for what only compiled code calls, without what the interpreter would need to call it: a quarter of the work."""
    return _compiled(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    settings = vars(config)
    before = settings["CACHE_DIR"]
    settings["CACHE_DIR"] = str(FOLDER or before)
    try:
        return njit(cache=FOLDER is not None, nogil=True, **options)(function)
    finally:
        settings["CACHE_DIR"] = before


@compiled_part
def grown(array):  # type: ignore[no-untyped-def]
    """The same array with as much room again."""
    larger = np.empty(2 * array.size, array.dtype)
    larger[: array.size] = array
    return larger


@compiled_part
def grown_rows(array):  # type: ignore[no-untyped-def]
    """The same array with as many rows again."""
    larger = np.empty((2 * array.shape[0], array.shape[1]), array.dtype)
    larger[: array.shape[0]] = array
    return larger
