"""What a command says: its result on standard output, messages on standard error.

Lines for people never steer a terminal, and are written as near as its encoding allows. What is for programs is always UTF-8.
"""

from __future__ import annotations

import codecs
import io
import json as json_format
import shutil
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from scheduler.messages.languages import Language
from scheduler.messages.texts import text
from scheduler.report.plain import escaped, nearest, plain

STANDARD_OUTPUT = Path("-")

codecs.register_error("nearest", nearest)


def say(lines: Iterable[str], found: dict[str, Any], json: bool) -> None:
    """The result of a command: lines on standard output; with ``json`` one object there instead."""
    if json:
        _write(sys.stdout, [json_text(found, indent=2)], encoding="utf-8")
    else:
        _write(sys.stdout, map(plain, lines))


def tell(messages: Iterable[str]) -> None:
    """Messages beside the result, each of one line or more."""
    _write(sys.stderr, (plain(line) for message in messages for line in message.split("\n")))


def deliver(path: Path, content: str, language: Language) -> None:
    """A text for other programs: to a file, which is replaced as a whole, or to standard output."""
    from scheduler.system.files import replace_text

    if path != STANDARD_OUTPUT:
        replace_text(path, content)
        tell([text(language, "written", path=path)])
    elif sys.stdout.isatty():
        _write(sys.stdout, map(plain, content.removesuffix("\n").split("\n")))
    else:
        _write(sys.stdout, [content.removesuffix("\n")], encoding="utf-8")


def json_text(found: Any, indent: int) -> str:
    """An object as JSON that people can read."""
    return escaped(json_format.dumps(found, ensure_ascii=False, indent=indent))


def _write(stream: TextIO, lines: Iterable[str], encoding: str | None = None) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=encoding, errors="nearest")
    width = shutil.get_terminal_size().columns if encoding is None and stream.isatty() else 0
    for line in lines:
        for piece in _fitted(line, width):
            print(piece, file=stream)
    stream.flush()


def _fitted(line: str, width: int) -> list[str]:
    """A sentence in lines that end between words; rows of tables, which have several blanks in them, stay as they are."""
    text = line.lstrip()
    if not width or len(line) <= width or "  " in text:
        return [line]
    indent = " " * (len(line) - len(text))
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
