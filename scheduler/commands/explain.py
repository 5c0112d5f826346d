"""Why presence is missing, and what somebody's duty of a date is for."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import BROKEN, FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import INPUT, Within, common
from scheduler.commands.speech import MisusedError, spoken
from scheduler.messages.languages import Language
from scheduler.messages.message import Message


@click.command(cls=SpokenCommand)
@click.argument("file", type=INPUT)
@click.option("--hotspot", metavar="CODE", help="Look at this hotspot only, and at whoever may stand there.")
@click.option(
    "--zone",
    metavar="CODE",
    help="Look at the hotspots of this police zone only, or at the people of another organisation.",
)
@click.option("--date", metavar="DATE", help="Look at this date only: 2026-03-14 or 14/03/2026.")
@click.option(
    "--person", metavar="ID", help="Explain this person's duty, or free day, on --date to them; needs a roster."
)
@click.option(
    "--time-limit", type=Within(0, 3600), default=0.0, show_default=True, metavar="SEC",
    help="Seconds for stronger bounds of what would help, by column generation; 0: bounds by hours alone.",
)  # fmt: skip
@common()
def explain(
    file: Path, hotspot: str | None, zone: str | None, date: str | None, person: str | None, time_limit: float, json: bool,
    lang: Language | None, debug: bool,
) -> int:  # fmt: skip
    """Show what becomes of the hours of all people, step by step, against what is required: part time, leave, duties elsewhere,
    competence, rest, nights, weekends. Each step names its rules and its cells, so that a planner sees whether people, rules or
    absences bind. Locks that cannot all be kept are named, with the fewest to free.

    With --person and --date: why this duty, and why not that request, with the rule, the margin and the price. Nobody else is
    named. Nothing is written.
    """
    import scheduler
    from scheduler.report.explain_lines import explain_lines, explain_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import note_lines
    from scheduler.workflows.explain import asked_for
    from scheduler.workflows.explain import explain as explained

    if person is not None and date is None:
        raise MisusedError(Message("person_needs_date", "--person needs --date."))
    if time_limit and date is not None:
        raise MisusedError(
            Message("time_limit_whole", "--time-limit goes with the whole period only, not with --date.")
        )
    if person is not None and (hotspot is not None or zone is not None):
        raise MisusedError(Message("person_alone", "--person goes with --date only, not with --hotspot or --zone."))
    reading = scheduler.load(file)
    lang = spoken(lang, reading.instance.language)
    if person is not None and date is not None:
        # Notes about the workbook may name colleagues: this may be shown to the person.
        from scheduler.report.explain_person import person_lines, person_object
        from scheduler.workflows.explain_person import asked_of, explain_person

        told = explain_person(reading, *asked_of(reading, person, date))
        say(person_lines(told, lang), person_object(told), json)
        return FINE
    tell(note_lines(reading.notes, lang))
    found = explained(reading, asked_for(reading, hotspot, zone, date), time_limit)
    say(explain_lines(found, lang), explain_object(found), json)
    return BROKEN if found.conflicts else FINE
