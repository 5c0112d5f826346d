"""Text made fit for a terminal: no character that steers it, and something near for what its encoding lacks."""

from __future__ import annotations

import re
import unicodedata

_STEERING = "\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
"""Controls (C0 but for the tab, DEL, C1), line ends, and what turns the direction of writing."""
_UNFIT = re.compile(f"[{_STEERING}\ud800-\udfff]")
"""Steering characters and halves of characters, which come from file names that are no text."""
_NEAR = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "→": "->", "≤": "<=", "≥": ">=",
     "×": "x", "·": "-", "⁄": "/", "œ": "oe", "Œ": "OE", "•": "-"}
)  # fmt: skip


def plain(line: str) -> str:
    """One line of which nothing steers a terminal; what would is shown as a replacement character."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", line)


def escaped(json: str) -> str:
    """The same JSON, with escapes for what a terminal should not get raw."""
    return _UNFIT.sub(lambda found: "\n" if found[0] == "\n" else f"\\u{ord(found[0]):04x}", json)


def nearest(error: UnicodeError) -> tuple[bytes, int]:
    """A codec's error handler: a character that the encoding lacks becomes one near to it (é → e, – → -), or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return b"".join(_ascii(character) or b"?" for character in lacking), error.end


def _ascii(character: str) -> bytes:
    return unicodedata.normalize("NFKD", character).translate(_NEAR).encode("ascii", "ignore")
