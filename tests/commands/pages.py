"""The commands that the documentation shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
EVERY = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.glob("*.md")),
    *sorted(ROOT.glob("[bi]*/README.md")),
]
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def typed(text: str, seconds: int) -> list[list[str]]:
    """The words of each line of the blocks of a page that are for a shell, with another time limit where there is one."""
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    limited = (re.sub(r"(?<=--time-limit )\d+", str(seconds), line) for line in lines)
    return [words for line in limited if (words := shlex.split(line, comments=True))]


def mentioned(text: str, program: str) -> list[str]:
    """What stands in backticks and begins with a program, its usage in tables too, and each line of a block that does."""
    inline = re.findall(rf"`({program} [^`]+)`", _BLOCK.sub("", text))
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines() if line.startswith(f"{program} ")]
    return [" ".join(found.split()) for found in (*inline, *lines)]
