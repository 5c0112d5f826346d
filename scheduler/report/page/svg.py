"""Drawings as SVG inside a page: elements with escaped attributes, and no style of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from markupsafe import Markup, escape

Value = str | int | float

WIDE, HALF, THIRD = 1160.0, 560.0, 366.0
"""Units of a drawing over the whole width of a page, over half of it, and over a third."""


class Svg:
    """A drawing of ``width`` × ``height`` units, which are pixels where there is room; ``label`` says what it shows, blank where
    the text beside it does.

    Keyword arguments are attributes: ``stroke_width`` is written ``stroke-width``, and ``kind`` is written ``class``.
    """

    def __init__(self, width: float, height: float, label: str, kind: str = "") -> None:
        said: dict[str, Value] = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
        box = f"0 0 {_short(width)} {_short(height)}"
        self._head = _tag("svg", {"viewBox": box, **said, "kind": kind, "width": width, "height": height})
        self._parts: list[str] = []

    def add(self, name: str, text: str | None = None, /, **attributes: Value) -> None:
        """An element with its text, if it has one."""
        tag = _tag(name, attributes)
        self._parts.append(f"{tag[:-1]}/>" if text is None else f"{tag}{escape(text)}</{name}>")

    def text(self, x: float, y: float, text: str, kind: str = "", /, **attributes: Value) -> None:
        self.add("text", text, x=x, y=y, kind=kind, **attributes)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        self.add("path", d=f"M{_short(x1)} {_short(y1)}L{_short(x2)} {_short(y2)}", kind=kind)

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        if width > 0 and height > 0:
            self.add("rect", x=x, y=y, width=width, height=height, kind=kind)

    def path(self, points: list[tuple[float, float]], kind: str) -> None:
        """A line through points."""
        joined = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
        self.add("path", d=f"M{joined}", kind=kind)

    @contextmanager
    def group(self, **attributes: Value) -> Iterator[None]:
        self._parts.append(_tag("g", attributes))
        yield
        self._parts.append("</g>")

    def markup(self) -> Markup:
        return Markup(f"{self._head}{''.join(self._parts)}</svg>")  # Every part was escaped when it was added.


def _tag(name: str, attributes: dict[str, Value]) -> str:
    written = (
        f' {"class" if key == "kind" else key.replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{''.join(written)}>"


def _short(value: Value) -> str:
    """A number with one decimal at most."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def ticks(most: float, count: int = 5) -> list[float]:
    """Round values from 0 to the first that is no less than ``most``, about ``count`` steps."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / count
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 0.1
    step = next((power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough), power * 10)
    found = [0.0]
    while found[-1] < most - 1e-9:
        found.append(round(found[-1] + step, 6))
    return found
