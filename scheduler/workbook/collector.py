"""Memory while a large workbook is read or written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Hundreds of thousands of cells become objects that all live on: looking for garbage among them takes up to a third of
    the time of a large workbook."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
