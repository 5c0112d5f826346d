"""Programs run in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def printed_in_two_orders(program: str) -> tuple[str, str]:
    """What a program prints in two processes in which sets of strings come in different orders."""
    one, other = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    )
    return one, other
