"""Programs run in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest


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


def ends_within(seconds: int) -> pytest.MarkDecorator:
    """For tests that wait for processes: a hang ends in an error that cleans up after them, where the system can do it."""
    return pytest.mark.timeout(seconds, method="signal" if hasattr(signal, "SIGALRM") else "thread")
