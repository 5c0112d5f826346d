"""The first sheet of a template: how to fill it, in three languages, and every column with an example."""

from __future__ import annotations

from typing import Any

from scheduler.workbook.contract_notes import help_of
from scheduler.workbook.sheets import README, SHEETS

_STEPS = {
    "English": (
        "1. Settings: title, first date (start_date) and number of days.",
        "2. Organisations, Hotspots, Shifts, Contracts and Staff: one row each; red headers must be filled.",
        "3. Demand: how many people, where and when. Absences, Requests, Pairs, Locked, History, Counters: if there are any.",
        "4. Run  vigie check FILE  until nothing is reported, then  vigie solve FILE -o roster.xlsx .",
        "Point at a header for help. Never write the reason of an absence. The order of columns is free.",
        "The limits of the contracts are a starting point, not legal advice.",
    ),
    "Français": (
        "1. Settings : titre, première date (start_date) et nombre de jours.",
        "2. Organisations, Hotspots, Shifts, Contracts et Staff : une ligne chacun ; les en-têtes rouges sont obligatoires.",
        "3. Demand : combien de personnes, où et quand. Absences, Requests, Pairs, Locked, History, Counters : s'il y en a.",
        "4. Lancez  vigie check FICHIER  jusqu'à ce que tout soit en ordre, puis  vigie solve FICHIER -o roster.xlsx .",
        "Pointez un en-tête pour l'aide. N'écrivez jamais le motif d'une absence. Les noms français sont acceptés.",
        "Les limites des contrats sont un point de départ, pas un avis juridique.",
    ),
    "Nederlands": (
        "1. Settings: titel, eerste datum (start_date) en aantal dagen.",
        "2. Organisations, Hotspots, Shifts, Contracts en Staff: één rij elk; rode kolomtitels zijn verplicht.",
        "3. Demand: hoeveel mensen, waar en wanneer. Absences, Requests, Pairs, Locked, History, Counters: als die er zijn.",
        "4. Voer  vigie check BESTAND  uit tot er niets meer gemeld wordt, dan  vigie solve BESTAND -o roster.xlsx .",
        "Wijs een kolomtitel aan voor hulp. Schrijf nooit de reden van een afwezigheid. Nederlandse namen worden aanvaard.",
        "De grenzen van de contracten zijn een vertrekpunt, geen juridisch advies.",
    ),
}


def add_guide(book: Any, title: str) -> None:
    """Add the sheet with the instructions; the reader ignores it."""
    page = book.add_worksheet(README)
    head = book.add_format({"bold": True, "font_size": 18, "font_color": "#1F3A5F"})
    strong = book.add_format({"bold": True, "font_color": "#1F3A5F"})
    bar = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F"})
    link = book.add_format({"bold": True, "font_color": "#1F3A5F", "underline": 1, "top": 1, "top_color": "#BFC9D6"})
    purpose = book.add_format({"italic": True, "top": 1, "top_color": "#BFC9D6"})
    page.hide_gridlines(2)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 24)
    page.set_column(2, 2, 10)
    page.set_column(3, 3, 66)
    page.set_column(4, 4, 20)
    page.write_string(0, 0, title or "Vigie", head)
    row = 2
    for language, steps in _STEPS.items():
        page.write_string(row, 0, language, strong)
        for step in steps:
            page.write_string(row, 1, step)
            row += 1
        row += 1
    for index, name in enumerate(("sheet", "column", "required", "what stands there", "example")):
        page.write_string(row, index, name, bar)
    for sheet in SHEETS:
        row += 1
        page.write_url(row, 0, f"internal:'{sheet.name}'!A1", link, sheet.name)
        page.write_string(row, 1, sheet.purpose["en"], purpose)
        for blank in (2, 3, 4):
            page.write_blank(row, blank, None, purpose)
        for column in sheet.columns:
            row += 1
            page.write_string(row, 1, column.name)
            page.write_string(row, 2, "yes" if column.required else "")
            page.write_string(row, 3, help_of(sheet, column))
            page.write_string(row, 4, column.example)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&F&C&A&R&P / &N")
