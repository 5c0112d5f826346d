"""Where in the workbook a fact stands: every message can name its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.workbook.raw_tables import Table, cell_name, quoted
from scheduler.workbook.sheets import sheet_of_table


@dataclass(frozen=True)
class Places:
    """The cells behind an instance and its roster, as ``Sheet!C4``, with the sheet's title as it is in the file."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    """By table of the instance."""
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Row numbers of a table's facts, by index."""
    settings: Mapping[str, str] = field(default_factory=dict)
    roster_title: str = "Roster"
    roster_rows: Mapping[str, int] = field(default_factory=dict)
    """By staff id."""
    roster_columns: Mapping[int, int] = field(default_factory=dict)
    """By day of the horizon."""

    def of(self, table: str, index: int, field: str) -> str:
        """The cell of one field of a fact, as ``of("locks", 3, "date")``; a sheet's name where the table is not in the file."""
        found = self.tables.get(table)
        if found is None:
            return sheet_of_table(table).name
        column = found.sheet.by_field(field) or found.sheet.columns[0]
        return found.place(self.rows[table][index], column.name)

    def setting(self, key: str) -> str:
        """The cell of a setting's value, or of a rule parameter's."""
        return self.settings.get(key, "Settings")

    def roster(self, staff: str, day: int) -> str | None:
        """The cell of a person on a day of the horizon on the Roster sheet; None where the sheet has none."""
        row, column = self.roster_rows.get(staff), self.roster_columns.get(day)
        return None if row is None or column is None else cell_name(self.roster_title, row, column)

    def row(self, table: str, index: int) -> str:
        """The whole row of a fact, for problems that are about no single cell."""
        found = self.tables[table]
        number = self.rows[table][index]
        return f"{quoted(found.title)}!{number}:{number}"
