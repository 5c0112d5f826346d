"""The look of the result sheets: one palette, one small set of formats, one print set-up.

Formats are made once per workbook and shared by every cell that looks alike. Colour never stands alone: wherever a cell
is coloured, its text says the same.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.messages.texts import Texts
from scheduler.problem.facts import Shift
from scheduler.problem.timeline import clock_text

INK = "#1B2A41"
"""Text and header bars: a deep navy that prints as near-black."""
MUTED = "#6B7A90"
LINE = "#D5DCE6"
PAPER = "#FFFFFF"
BAND = "#E9EEF5"
WEEKEND = "#EEF1F5"
HOLIDAY = "#FBE9D7"
GOOD, GOOD_INK = "#D8EFDF", "#14532D"
WARN, WARN_INK = "#FDEBB8", "#7A4B00"
BAD = ("#F9C9C4", "#EE8E86", "#D64A43")
"""One head missing, two, three and more."""
BAD_INK = ("#7F1D1D", "#5F0F0F", "#FFFFFF")
OVER, OVER_INK = "#D6E6FA", "#1E4E8C"
ACCENT = "#2F6FB0"
RESULT_TAB = INK

_SHIFT_COLOURS: tuple[tuple[int, tuple[tuple[str, str], ...]], ...] = (
    (4, (("#33477A", "#FFFFFF"), ("#22315A", "#FFFFFF"), ("#51669E", "#FFFFFF"))),
    (10, (("#FFE9A8", "#5C4300"), ("#F7D57A", "#4D3800"), ("#FFF3CF", "#5C4300"))),
    (13, (("#CDE8D0", "#1D4A27"), ("#ABD6B1", "#173D20"), ("#E2F2E3", "#1D4A27"))),
    (17, (("#C9DFF6", "#173F6B"), ("#A5C8EE", "#12345A"), ("#E0EDFA", "#173F6B"))),
    (21, (("#DBD0F0", "#3E2A66"), ("#C2B0E4", "#332157"), ("#EBE4F7", "#3E2A66"))),
    (25, (("#33477A", "#FFFFFF"), ("#22315A", "#FFFFFF"), ("#51669E", "#FFFFFF"))),
)
"""Fill and ink by the hour at which a shift starts (up to, excluded), with variants for shifts of the same hours."""


def shift_colours(shifts: Sequence[Shift]) -> dict[str, tuple[str, str]]:
    """Fill and ink of each shift's code: sand in the morning, green at noon, blue, violet, navy at night."""
    used: dict[int, int] = {}
    colours = {}
    for shift in sorted(shifts, key=lambda item: (item.start, item.end)):
        night = shift.start < 4 * 60 or shift.start >= 21 * 60 or shift.end - 24 * 60 >= 5 * 60
        hour = 21 if night else shift.start // 60
        bound, variants = next(entry for entry in _SHIFT_COLOURS[1:] if hour < entry[0])
        colours[shift.code] = variants[used.get(bound, 0) % len(variants)]
        used[bound] = used.get(bound, 0) + 1
    return colours


_CELL: dict[str, Any] = {"bottom": 1, "bottom_color": LINE, "indent": 1}
_HEAD: dict[str, Any] = {
    "bold": True,
    "font_color": PAPER,
    "bg_color": INK,
    "text_wrap": True,
    "border": 1,
    "border_color": INK,
    "indent": 1,
}


@dataclass
class Look:
    """Makes formats on first use, and hands out the same one for the same properties."""

    book: Workbook
    _made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def of(self, **properties: Any) -> Format:
        """A format with the house's font and these XlsxWriter properties on top."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._made[key] = self.book.add_format(base | properties)
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.of(font_size=18, bold=True)

    @property
    def note(self) -> Format:
        return self.of(font_color=MUTED, italic=True)

    @property
    def section(self) -> Format:
        return self.of(font_size=12, bold=True, bottom=2, bottom_color=INK)

    @property
    def head(self) -> Format:
        return self.of(**_HEAD)

    @property
    def head_right(self) -> Format:
        return self.of(**_HEAD, align="right")

    @property
    def head_centred(self) -> Format:
        return self.of(**{**_HEAD, "align": "center", "indent": 0})

    @property
    def text(self) -> Format:
        return self.of(**_CELL)

    @property
    def key(self) -> Format:
        """The text that names a row."""
        return self.of(**_CELL, bold=True)

    @property
    def name(self) -> Format:
        """Like :attr:`key`, for longer names."""
        return self.of(**_CELL, bold=True, text_wrap=True)

    @property
    def wrapped(self) -> Format:
        return self.of(**_CELL, text_wrap=True)

    @property
    def link(self) -> Format:
        return self.of(**_CELL, font_color=ACCENT, underline=1)

    def number(self, shape: str = "#,##0", **more: Any) -> Format:
        """A right-aligned figure in a table; ``shape`` is an Excel number format."""
        return self.of(**{**_CELL, "num_format": shape, "align": "right", **more})


def in_formula(title: str) -> str:
    """A sheet's title as it stands before the exclamation mark of a formula or a link."""
    return "'" + title.replace("'", "''") + "'"


def clock_span(shift: Shift) -> str:
    """``22:00–06:00``."""
    return f"{clock_text(shift.start)}–{clock_text(shift.end)}"


HOURS = "#,##0.0"
SIGNED_HOURS = "+#,##0.0;−#,##0.0;0.0"
DATE = "dd/mm/yyyy"
MOMENT = "dd/mm hh:mm"


A3, A4 = 8, 9
MOST_BREAKS = 1023
"""Page breaks that Excel takes on a sheet."""


_PRINTED_WIDTH_MM = 350
"""What is used of the 399 mm that an A3 page in landscape leaves between the margins: without Calibri columns come out wider."""
_A4_WIDTH_MM = 136
"""The same of the 190 mm of an A4 page in portrait: a font in the place of Calibri is wider by a third."""
A4_ACROSS_MM = 196
"""The same of the 276 mm in landscape."""


def printed(
    sheet: Worksheet, texts: Texts, title: str, *, head: tuple[int, int] | None = None, paper: int = A3
) -> None:
    """Landscape, one page wide, the header rows ``head`` repeated, the title and the page number at the foot."""
    sheet.set_paper(paper)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if head is not None:
        sheet.repeat_rows(*head)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    # A blank after the size: a title that begins with a digit would change it.
    shown = title[:80].replace("&", "&&")
    sheet.set_footer(f"&L&9 {shown}&C&9 &A&R&9 {texts('page', page='&P', pages='&N')}")
    sheet.hide_gridlines(2)
    sheet.set_tab_color(RESULT_TAB)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def to_scale(sheet: Worksheet, widths: Iterable[float], room: float = _PRINTED_WIDTH_MM) -> None:
    """Print columns of these widths (in characters) side by side in so many millimetres. Unlike on a sheet that is fitted to a
    page, Excel heeds page breaks then."""
    millimetres = sum(7 * width + 5 for width in widths) * 25.4 / 96
    sheet.set_print_scale(max(10, min(100, int(100 * room / millimetres))))


def head_width(head: str, width: float) -> float:
    """The width of a column, in characters: ``width``, or more where a word of its bold header would be broken."""
    return max(width, 1.1 * max(map(len, head.split()), default=0) + 2.5)


def head_height(heads: Iterable[tuple[str, float]]) -> float:
    """The height, in points, of a row of headers with the width of each one's column: two lines, or more where one needs them."""
    return max([30, *(15 * len(textwrap.wrap(head, max(4, int((width - 2) / 1.1)))) for head, width in heads)])


def portrait(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Print columns of these widths (in characters) on A4 pages in portrait, with page breaks where the sheet sets them."""
    sheet.set_paper(A4)
    sheet.set_portrait()
    to_scale(sheet, widths, _A4_WIDTH_MM)
