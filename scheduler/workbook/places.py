"""Where in the workbook a fact stands, and what the workbook calls its sheets and columns: every message can name its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.messages.languages import Language
from scheduler.messages.message import Name
from scheduler.workbook.raw_tables import Table, cell_name, quoted
from scheduler.workbook.sheets import sheet_of_table


@dataclass(frozen=True)
class OwnNames:
    """What one workbook calls its sheets, columns and settings, by their canonical names; ``language`` is that of its settings,
    None where they name none."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By sheet."""
    settings: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None

    def naming(self, name: Name) -> str | Name:
        """The word for a name: as it stands in the file, else as the workbook's language has it. The name itself stays where that
        language is not known: whoever reads it is told in their own."""
        own = self._own(name)
        if own is not None:
            return own
        return name if self.language is None else name.text(self.language)

    def _own(self, name: Name) -> str | None:
        match name.kind:
            case "sheet":
                return self.sheets.get(name.name)
            case "setting":
                return self.settings.get(name.name)
            case "column" if name.owner:
                return self.columns.get(name.owner, {}).get(name.name)
            case "column":
                headers = {columns[name.name] for columns in self.columns.values() if name.name in columns}
                return headers.pop() if len(headers) == 1 else None
            case _:
                return None


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
    names: OwnNames = field(default_factory=OwnNames)

    def naming(self, name: Name) -> str | Name:
        """What the workbook calls a sheet, a column or a setting, for :meth:`~scheduler.errors.InputProblem.named`."""
        return self.names.naming(name)

    def of(self, table: str, index: int, field: str) -> str:
        """The cell of one field of a fact, as ``of("locks", 3, "date")``; a sheet's name where the table is not in the file."""
        found = self.tables.get(table)
        if found is None:
            return self._sheet(sheet_of_table(table).name)
        column = found.sheet.by_field(field) or found.sheet.columns[0]
        return found.place(self.rows[table][index], column.name)

    def setting(self, key: str) -> str:
        """The cell of a setting's value, or of a rule parameter's."""
        return self.settings.get(key) or self._sheet("Settings")

    def roster(self, staff: str, day: int) -> str | None:
        """The cell of a person on a day of the horizon on the Roster sheet; None where the sheet has none."""
        row, column = self.roster_rows.get(staff), self.roster_columns.get(day)
        return None if row is None or column is None else cell_name(self.roster_title, row, column)

    def row(self, table: str, index: int) -> str:
        """The whole row of a fact, for problems that are about no single cell."""
        found = self.tables[table]
        number = self.rows[table][index]
        return f"{quoted(found.title)}!{number}:{number}"

    def title(self, name: str) -> str:
        """A sheet of a canonical name, as the file calls it."""
        return self._sheet(name)

    def _sheet(self, name: str) -> str:
        own = self.naming(Name("sheet", name))
        return quoted(own if isinstance(own, str) else own.text(Language.EN))
