"""Where the machine code of compiled functions is kept, and whether it is complete.

Numba looks only at the file of a function, not at the files of those it calls: after an update of one file it would go on with
machine code of the old one. So the cache lies in a folder named after the sources of all compiled functions.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.result import Result

SOURCES = (
    "compiled.py",
    "lines/graph.py",
    "lines/multipliers.py",
    "lines/kernel.py",
    "lines/given.py",
    "lines/stack.py",
    "local_search/move_tables.py",
    "local_search/change.py",
    "local_search/proposals.py",
    "local_search/anneal.py",
    "recourse/plan.py",
    "recourse/kernel.py",
)
"""Files with compiled functions, or with the tuples and constants they take, from this folder."""
HERE = Path(__file__).parent


def digest(files: Iterable[Path]) -> str:
    """A name for the contents of some files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def cache_folder(here: Path) -> Path | None:
    """Where machine code is kept: beside the sources, or in the user's own cache; None where neither can be written."""
    name = digest(here / source for source in SOURCES)
    for parent in (here / "__pycache__", _user_cache()):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(parent / name, os.W_OK):
            return parent / name
    return None


def _user_cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    return Path(home) / "vigie"


FOLDER = cache_folder(HERE)


def once_compiled(search: Callable[[], Result]) -> Result:
    """A search with everything compiled before its time begins; the seconds that took, once after installing, are in its
    record."""
    if is_complete():
        return search()
    from scheduler.engine.warm import compile_all

    compile_s = round(compile_all(), 1)
    found = search()
    return replace(found, record=found.record.replace(compile_s=compile_s))


def complete() -> Path | None:
    """The file that says that everything is compiled for this machine and Python; None where no code can be kept."""
    if FOLDER is None:
        return None
    made_for = platform.node(), platform.machine(), version("numba"), sys.implementation.cache_tag
    return FOLDER / f"complete-{hashlib.sha256(repr(made_for).encode()).hexdigest()[:16]}"


def is_complete() -> bool:
    """Whether an earlier run has left everything compiled."""
    mark = complete()
    return mark is not None and mark.exists()
