"""The way in of the command ``vigie``: nothing runs that another package named ``scheduler`` has put in the place of ours."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run ``vigie``; see :mod:`scheduler.commands.main`."""
    _refuse_strangers()
    from scheduler.commands.main import main as run

    run(arguments)


def _refuse_strangers() -> None:
    """End before any code of another package runs that has the name of ours; one installed later may even have its place."""
    found = getattr(find_spec("scheduler"), "origin", None)
    if not (found and Path(found).read_text(encoding="utf-8", errors="replace").startswith('"""Vigie')):
        sys.exit(
            f"For 'scheduler', which is Vigie's own package, Python finds another one: {found or 'a folder, or nothing'}."
            " Install Vigie in a virtual environment of its own, and unset PYTHONPATH."
        )
