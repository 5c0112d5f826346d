"""The hidden sheet behind the live totals: what every shift counts on every date, and the codes a roster cell may hold.

Paid hours stand per shift *and date*, so that the totals are right on the nights of a clock change too.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scheduler.problem.timeline import Calendar
from scheduler.workbook.result_sheets.page import Page

CODES = "_codes"
POSTS_NAME = "roster_codes"
"""The named range of the valid texts of a roster cell, for the drop-down list; where shifts are limited to days, that of the
first kind of day, and numbered ones for the others."""
_SHIFTS_NAME = "roster_shifts"
_HOURS_NAME = "roster_hours"


def add(page: Page) -> None:
    instance, book = page.instance, page.book
    sheet = book.add_worksheet(CODES)
    sheet.hide()
    for row, shift in enumerate(instance.shifts):
        sheet.write_string(row, 0, shift.code)
    _name(page, _SHIFTS_NAME, 0, 0, 1)
    for duty in instance.duties:
        sheet.write_number(_row(page, 0, duty.shift), 1 + duty.day, duty.paid_min / 60)
        sheet.write_number(
            _row(page, 1, duty.shift), 1 + duty.day, touches_weekend(instance.calendar, duty.day, duty.end)
        )
    _name(page, _HOURS_NAME, 0, 1, instance.days)
    for index, contract in enumerate(instance.contracts):
        night = page.figures.nights.get(contract.code, frozenset())
        for duty in instance.duties:
            sheet.write_number(_row(page, 2 + index, duty.shift), 1 + duty.day, duty.key in night)
        _name(page, _nights_name(index), _height(page) * (2 + index), 1, instance.days)
    for column, (name, shifts) in enumerate(_lists(page).items(), start=instance.days + 2):
        posts = [f"{shift} {hotspot.code}" for shift in shifts for hotspot in instance.hotspots]
        for row, text in enumerate(posts):
            sheet.write_string(row, column, text)
        book.define_name(name, f"={CODES}!{xl_range_abs(0, column, max(0, len(posts) - 1), column)}")


def lists_of_days(page: Page) -> list[tuple[int, int, str]]:
    """The list that the cells of each stretch of days offer: ``(first, last, name)``, both days included."""
    names = {shifts: name for name, shifts in _lists(page).items()}
    stretches: list[tuple[int, int, str]] = []
    for day in range(page.instance.days):
        name = names[_offered(page, day)]
        if stretches and stretches[-1][2] == name:
            stretches[-1] = (stretches[-1][0], day, name)
        else:
            stretches.append((day, day, name))
    return stretches


def _lists(page: Page) -> dict[str, tuple[str, ...]]:
    """The shifts that the cells of some days offer, by the name of their list."""
    kinds = dict.fromkeys(_offered(page, day) for day in range(page.instance.days))
    return {POSTS_NAME + (f"_{number}" if number else ""): shifts for number, shifts in enumerate(kinds)}


def _offered(page: Page, day: int) -> tuple[str, ...]:
    return tuple(shift.code for shift in page.instance.shifts if page.instance.offers((day, shift.code)))


def touches_weekend(calendar: Calendar, day: int, end: int) -> bool:
    """Whether a duty of ``day`` that ends at instant ``end`` lies in a weekend with any minute."""
    weekday = calendar.weekday(day)
    return weekday >= 5 or (weekday == 4 and end > calendar.minute(day + 1))


def hours_formula(page: Page, staff: str) -> str:
    """Hours of the duties in a person's row of the Roster sheet, and of the duties elsewhere."""
    elsewhere = page.figures.people[staff].elsewhere
    more = f"+{elsewhere / 60:.4f}" if elsewhere else ""
    return f"={_sum(page.layout.days_of(staff), _HOURS_NAME)}{more}"


def nights_formula(page: Page, staff: str) -> str:
    """Night duties in a person's row, by the night window of the person's contract."""
    contracts = [contract.code for contract in page.instance.contracts]
    name = _nights_name(contracts.index(page.instance.person[staff].contract))
    return f"={_sum(page.layout.days_of(staff), name)}"


def weekends_formula(page: Page, staff: str) -> str:
    """Weekends that a duty of the row touches; those that history or a duty elsewhere touches count as they are."""
    instance, fixed = page.instance, page.instance.commitments[staff]
    counted, terms = 0, []
    for saturday, start, end in instance.calendar.weekends():
        if any(item.start < end and start < item.end for item in fixed):
            counted += 1
            continue
        first, last = max(0, saturday - 1), min(instance.days - 1, saturday + 1)
        cells = f"{page.layout.cell(staff, first)}:{page.layout.cell(staff, last)}"
        top = _height(page)
        flags = xl_range_abs(top, 1 + first, top + _height(page) - 1, 1 + last)
        terms.append(f"SIGN({_sum(cells, f'{CODES}!{flags}')})")
    return "=" + "+".join([str(counted), *terms])


def count_formula(column: int, rows: tuple[int, int], shift: str) -> str:
    """People whose cell in a column of the Roster sheet begins with a shift's code."""
    low, high = xl_rowcol_to_cell(rows[0], column), xl_rowcol_to_cell(rows[1], column)
    return f"=SUMPRODUCT(--({_code(f'{low}:{high}')}={_quoted(shift)}))"


def shift_test(cell: str, shift: str) -> str:
    """A formula that is true when a roster cell holds this shift."""
    return f"={_code(cell)}={_quoted(shift)}"


def _sum(cells: str, weights: str) -> str:
    return f"SUMPRODUCT(({_code(cells)}={_SHIFTS_NAME})*{weights})"


def _code(cells: str) -> str:
    """The code that roster cells begin with, read as the reader of workbooks does: blanks around it, also hard ones, do not
    count."""
    plain = f'TRIM(SUBSTITUTE({cells},CHAR(160)," "))'
    return f'LEFT({plain},FIND(" ",{plain}&" ")-1)'


def _quoted(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


def _height(page: Page) -> int:
    return max(1, len(page.instance.shifts))


def _row(page: Page, block: int, shift: str) -> int:
    return _height(page) * block + [item.code for item in page.instance.shifts].index(shift)


def _nights_name(index: int) -> str:
    return f"roster_nights_{index + 1}"


def _name(page: Page, name: str, row: int, column: int, width: int) -> None:
    cells = xl_range_abs(row, column, row + _height(page) - 1, column + width - 1)
    page.book.define_name(name, f"={CODES}!{cells}")
