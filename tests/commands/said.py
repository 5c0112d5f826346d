"""Commands called in this process, and what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.commands.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    """The standard output of ``vigie``, which must end with ``code``."""
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    found = capsys.readouterr()
    assert ended.value.code == code, found.err
    return found.out


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """The one object that it puts there with ``--json``."""
    found = json.loads(run(capsys, *arguments, "--json", code=code))
    assert isinstance(found, dict)
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 2) -> str:
    """What it says on standard error when it refuses, with nothing on standard output."""
    with pytest.raises(SystemExit) as ended:
        main(list(map(str, arguments)))
    found = capsys.readouterr()
    assert (ended.value.code, found.out) == (code, "")
    return found.err
