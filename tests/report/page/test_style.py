"""The colours of a page: text against paper 4.5 to 1, what is drawn 3 to 1, and shades that stay apart in black and white."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

CSS = files("scheduler.report.page").joinpath("templates", "page.css").read_text(encoding="utf-8")
COLOURS = {
    name: value if len(value) == 6 else "".join(2 * digit for digit in value)
    for name, value in re.findall(r"--([a-z0-9]+): #([0-9a-f]{3,6});", CSS)
}
SHADES = ("none", "m1", "m2", "m3", "m4")


def luminance(name: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (int(COLOURS[name][at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out() -> None:
    assert min(contrast(text, "paper") for text in ("ink", "soft", "accent")) >= 4.5


def test_what_is_drawn_stands_out() -> None:
    assert min(contrast(drawn, "paper") for drawn in ("ink", "accent", "axis")) >= 3
    assert contrast("none", "m3") >= 3


def test_each_shade_is_darker_than_the_one_before() -> None:
    assert all(luminance(after) < 0.8 * luminance(before) for before, after in pairwise(SHADES))


def test_colours_have_a_name_each_and_are_not_written_elsewhere() -> None:
    outside = CSS.replace(CSS[CSS.index(":root") : CSS.index("}") + 1], "")
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", outside)) <= {"#fff", "#dedad1", "#f7f5f1"}
