"""Versions of what decides the outcome of a run."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NAMES = ("vigie", "ortools", "numba", "numpy", "pydantic")


def versions() -> Mapping[str, str]:
    """Versions of Python and of the packages; "source" for one that is not installed."""
    found = {"python": platform.python_version()}
    for name in NAMES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "source"
    return found


@cache
def package_digest() -> str:
    """A name for the versions and for every source file of this package: equal where equal code runs."""
    return _digest(repr(sorted(versions().items())), ".")


@cache
def rules_digest() -> str:
    """A name for the rules and for what their words mean: a bound is about these."""
    return _digest("", "rules", "vocabulary", "problem")


def _digest(begin: str, *folders: str) -> str:
    home = Path(__file__).parents[1]
    digest = hashlib.sha256(begin.encode())
    for folder in folders:
        for path in sorted((home / folder).rglob("*.py")):
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
