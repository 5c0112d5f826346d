"""Text for terminals: nothing in it steers one, and what an encoding lacks is written as near as it can be."""

from __future__ import annotations

import codecs
import json

import pytest

from scheduler.messages.languages import Language
from scheduler.report import speak
from scheduler.report.plain import escaped, plain
from scheduler.report.progress import progress_line
from scheduler.result import Progress, Stage

STEERING = [
    "\x00", "\x07", "\x08", "\n", "\x0b", "\r", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\x9f",
    "\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\udc9b",
]  # fmt: skip
FINE = ["\t", " ", "\xa0", "\u202f", "é", "–", "…", "ß", "漢", "\U0001f600", "\N{REPLACEMENT CHARACTER}"]


@pytest.mark.parametrize("character", STEERING, ids=ascii)
def test_what_steers_a_terminal_is_shown_as_a_replacement(character: str) -> None:
    assert plain(f"a{character}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("character", FINE, ids=ascii)
def test_everything_else_stays(character: str) -> None:
    assert plain(f"a{character}b") == f"a{character}b"
    assert escaped(f'"a{character}b"') == f'"a{character}b"'


@pytest.mark.parametrize("character", STEERING, ids=ascii)
def test_json_says_the_same_without_it(character: str) -> None:
    said = speak.json_text({character: [character]}, indent=2)
    assert character not in said.replace("\n  ", "").replace("\n", "", 2)
    assert json.loads(said) == {character: [character]}
    if character == "\udc9b":
        assert said.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("Écrit : hôtel", "ascii", b"Ecrit : hotel"),
        ("Écrit : hôtel", "cp1252", "Écrit : hôtel".encode("cp1252")),
        ("1\u202f359 – 2…", "ascii", b"1 359 - 2..."),
        ("1\u202f359 – 2…", "cp1252", "1 359 – 2…".encode("cp1252")),
        ("≥ 3 → 4 ≤ 5 × 6", "cp1252", b">= 3 -> 4 <= 5 \xd7 6"),
        ("½ sœur", "ascii", b"1/2 soeur"),
        ("漢字 \udc80", "ascii", b"?? ?"),
    ],
)
def test_a_narrow_encoding_gets_what_is_nearest(text: str, encoding: str, expected: bytes) -> None:
    assert text.encode(encoding, "nearest") == expected


def test_it_is_no_handler_for_reading() -> None:
    with pytest.raises(UnicodeDecodeError):
        codecs.decode(b"\xff", "utf-8", "nearest")


def test_names_in_a_line_of_progress_steer_nothing() -> None:
    line = progress_line(
        Progress(elapsed_s=1.0, stage=Stage.PROOF, level="\x1b\x9b31m", value=1, bound=1, gap=0.0, pool="H\x9b2J"),
        Language.EN,
    )
    assert "\x1b" not in line
    assert "\x9b" not in line
    assert "H\N{REPLACEMENT CHARACTER}2J" in line
