"""The command ``vigie`` called in this process: what it writes to its streams, and what it ends with."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from scheduler.commands.main import main


class Said(NamedTuple):
    """What stands on standard output and on standard error."""

    stdout: str
    stderr: str


def vigie(*arguments: str | Path, code: int | tuple[int, ...] = 0, language: str = "") -> Said:
    """Run the command; it must end with ``code``, or one of them, and never with a traceback. ``language`` is that of the
    environment."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2)]
    with patch.dict(os.environ), redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        os.environ.pop("VIGIE_LANG", None)
        if language:
            os.environ["VIGIE_LANG"] = language
        try:
            main(list(map(str, arguments)))
        except SystemExit as ended:
            given = ended.code
    said = Said(*(_content(stream) for stream in streams))
    assert "Traceback" not in said.stderr
    assert given in (code if isinstance(code, tuple) else (code,)), (arguments, given, said)
    return said


def vigie_json(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """The one object that a command puts on standard output."""
    found = json.loads(vigie(*arguments, "--json", code=code).stdout)
    assert isinstance(found, dict)
    return found


def refused(*arguments: str | Path, code: int = 2) -> str:
    """What a command says on standard error when it refuses, with nothing on standard output."""
    said = vigie(*arguments, code=code)
    assert said.stdout == ""
    return said.stderr


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
