"""Names of files that every system takes, made of names that people give."""

from __future__ import annotations

import hashlib
import re

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever follows the first dot."""


def safe_stem(name: str, ends: tuple[str, ...] = ()) -> str:
    """A file name without its end: the name itself where every system takes it, and it has none of some ``ends``, else with a
    sign of its own. Names that differ have stems that differ, also where case does not count in file names."""
    if _SAFE.fullmatch(name) and not name.endswith((".", *ends)) and not _DEVICES.fullmatch(name):
        return name
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-") or "id"
    return f"{plain}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
