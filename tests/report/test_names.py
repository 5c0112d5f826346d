"""`vigie rules --columns`: every name that is read is listed."""

from __future__ import annotations

import pytest

from scheduler.messages.languages import Language
from scheduler.report.names import names_lines, names_object
from scheduler.workbook.sheets import SHEETS, find_column, find_setting, find_sheet


@pytest.mark.parametrize("language", Language)
def test_every_name_that_is_listed_is_read(language: Language) -> None:
    found = names_object(language)
    assert [sheet["name"] for sheet in found["sheets"]] == [sheet.name for sheet in SHEETS]
    for sheet in found["sheets"]:
        page = find_sheet(sheet["name"])
        assert all(find_sheet(name) is page for name in (sheet["shown"], *sheet["others"]))
        for column in sheet["columns"]:
            assert find_column(sheet["name"], column["shown"]) is find_column(sheet["name"], column["name"])
    assert all(
        find_setting(name) == setting["name"]
        for setting in found["settings"]
        for name in (setting["shown"], *setting["others"])
    )


def test_a_line_begins_with_the_name_of_the_language() -> None:
    lines = list(names_lines(names_object(Language.FR), Language.FR))
    assert "Personnel: Staff, Personeel, Effectif, Agents" in lines
    assert any(line.startswith("  heures par semaine: weekly_hours, uren per week") for line in lines)
    assert any(line.startswith("      souhaite: want") for line in lines)
