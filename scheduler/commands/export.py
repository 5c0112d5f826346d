"""The roster for other programs, and for the people who work it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, WORKBOOK, common
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

if TYPE_CHECKING:
    from scheduler.workflows.review import Review


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("--csv", type=WORKBOOK, help="Write a row for each duty; - for standard output.")
@click.option(
    "--dialect", type=click.Choice(["iso", "excel-be"]),
    help="Of --csv: iso for programs, excel-be for a Belgian Excel by double click.  [default: iso]",
)  # fmt: skip
@click.option("--json", type=WORKBOOK, help="Write roster, proof, shortages and findings; - for standard output.")
@click.option("--ics", type=WORKBOOK, metavar="DIR", help="Write the calendar of each person into a folder.")
@click.option("--pages", type=WORKBOOK, metavar="PATH", help="Write a workbook with a page to print for each person.")
@click.option(
    "--html", type=WORKBOOK, metavar="PAGE", help="Write a page to read and to print, on which nobody is named (.html)."
)
@click.option("--person", multiple=True, metavar="ID", help="Only this person, in all but --json; may be repeated.")
@click.option("--force", is_flag=True, help="Replace the files if they exist.")
@common(json=False)
def export(
    file: Path, csv: Path | None, dialect: str | None, json: Path | None, ics: Path | None, pages: Path | None,
    html: Path | None, person: tuple[str, ...], force: bool, lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Write the roster in a workbook for other programs, as CSV or JSON, and for people, as calendars and pages to print.

    A calendar folder gets ID.ics with every duty; where something differs from what was published, ID-changes.ics with what
    moved or is new, and ID-cancelled.ics.

    A roster that breaks a hard rule is written too, with a warning and exit code 3.
    """
    import scheduler
    from scheduler.messages.texts import Texts, text
    from scheduler.report.ical import refuse_calendars
    from scheduler.report.objects import export_object
    from scheduler.report.page.capacity import capacity
    from scheduler.report.page.roster_page import roster_page
    from scheduler.report.speak import STANDARD_OUTPUT, deliver, json_text, tell
    from scheduler.system.safe_output import refuse_source, refuse_unwritable
    from scheduler.workflows import export as to
    from scheduler.workflows import handouts
    from scheduler.workflows.review import review

    _refuse_misuse(csv, dialect, json, ics, pages, html, person)
    for path in (csv, json):
        if path is not None and path != STANDARD_OUTPUT:
            refuse_unwritable(path, force=force)
            refuse_source(path, file)
    if pages is not None:
        refuse_unwritable(pages, force=force, suffix=".xlsx")
        refuse_source(pages, file)
    if html is not None:
        refuse_unwritable(html, force=force, suffix=".html")
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    people = handouts.chosen(reading.instance, person)
    if ics is not None:
        refuse_calendars(ics, people, force=force)
    found = review(reading)
    if csv is not None:
        roster = handouts.only(found.roster, people)
        belgian = dialect == "excel-be"
        made = to.belgian_csv_text(found.instance, roster, lang) if belgian else to.csv_text(found.instance, roster)
        deliver(csv, made, lang)
    if json is not None:
        deliver(json, json_text(export_object(found), indent=1) + "\n", lang)
    if html is not None:
        cascades = capacity(found.instance, Texts(lang))
        deliver(html, roster_page(reading.title, found, lang, cascades=cascades), lang)
    tell(_for_people(found, people, ics, pages, lang))
    if found.violations:
        tell([text(lang, "exported_broken", count=found.violations)])
    return BROKEN if found.violations else FINE


def _refuse_misuse(
    csv: Path | None, dialect: str | None, json: Path | None, ics: Path | None, pages: Path | None,
    html: Path | None, person: tuple[str, ...],
) -> None:  # fmt: skip
    places = [path for path in (csv, json, ics, pages, html) if path is not None]
    if not places:
        raise MisusedError(
            Message(
                "nothing_to_export",
                "Say what to write: --csv PATH, --json PATH, --ics DIR, --pages PATH or --html PAGE.",
            )
        )
    if len(set(places)) < len(places):
        raise MisusedError(Message("same_place", "Two outputs name the same place."))
    if dialect is not None and csv is None:
        raise MisusedError(Message("dialect_without_csv", "--dialect is about --csv, which is not asked for."))
    if person and json is not None:
        raise MisusedError(Message("person_with_json", "--json is about everybody: leave out --person, or --json."))
    if person and html is not None:
        raise MisusedError(Message("person_with_html", "--html is about everybody: leave out --person, or --html."))


def _for_people(
    found: Review, people: tuple[str, ...], ics: Path | None, pages: Path | None, lang: Language
) -> list[str]:
    """Write calendars and pages; returns what to say."""
    from scheduler.messages.texts import text
    from scheduler.report.ical import write_calendars
    from scheduler.workbook.person_pages import write_person_pages
    from scheduler.workflows.handouts import calendars

    said: list[str] = []
    if ics is not None:
        made = calendars(found.instance, found.roster, people)
        write_calendars(ics, made, title=found.instance.title)
        count = sum(bool(calendar.duties) for calendar in made)
        said.append(text(lang, "calendars_written", count=count, folder=ics))
        changed = sum(bool(calendar.changed or calendar.cancelled) for calendar in made)
        if changed:
            said.append(text(lang, "calendars_changed", count=changed))
    if pages is not None:
        write_person_pages(pages, found.instance, found.roster, people, lang)
        said.append(text(lang, "written", path=pages))
    return said
