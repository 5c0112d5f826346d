"""Versions of what decides the outcome of a run."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

RULES = "vigie.rules"
"""The entry point under which other packages name rules of theirs."""
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
    """A name for the versions and for every source file of this package, and of those that bring rules: equal where equal code
    runs."""
    return _digest(repr(sorted(versions().items())), ".")


@cache
def rules_digest() -> str:
    """A name for the rules, those of other packages too, and for what their words mean: a bound is about these."""
    return _digest("", "rules", "vocabulary", "problem")


def _digest(begin: str, *folders: str) -> str:
    home = Path(__file__).parents[1]
    digest = hashlib.sha256(begin.encode())
    for folder in folders:
        for path in sorted((home / folder).rglob("*.py")):
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    for piece in _brought_in():
        digest.update(piece)
    return digest.hexdigest()[:16]


def _brought_in() -> Iterator[bytes]:
    """What the rules of other packages are: their names, the versions and the source files of these packages."""
    for point in sorted(importlib.metadata.entry_points(group=RULES), key=lambda point: (point.name, point.value)):
        package = () if point.dist is None else (point.dist.name, point.dist.version)
        yield repr((point.name, point.value, *package)).encode()
        for home in _homes(point.module.partition(".")[0]):
            for path in sorted(home.rglob("*.py")) if home.is_dir() else [home]:
                yield path.relative_to(home.parent).as_posix().encode() + b"\0" + path.read_bytes()


def _homes(module: str) -> list[Path]:
    """The folder of a package, or the file of a module; none for one that there is not."""
    spec = importlib.util.find_spec(module)
    if spec is None:
        return []
    folders = spec.submodule_search_locations
    return sorted(map(Path, folders)) if folders else [Path(spec.origin)] if spec.has_location and spec.origin else []
