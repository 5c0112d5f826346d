"""The whole text of each rule."""

from __future__ import annotations

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.option("--columns", is_flag=True, help="Print the names of sheets, columns, settings and words that are read.")
@common()
def rules(columns: bool, json: bool, lang: Language | None, debug: bool) -> int:
    """Print the whole text of each rule as the audit applies it, with parameters, defaults and legal sources."""
    from scheduler.report.names import names_lines, names_object
    from scheduler.report.rulebook import rules_lines, rules_object
    from scheduler.report.speak import say

    lang = spoken(lang)
    if columns:
        names = names_object(lang)
        say(names_lines(names, lang), names, json)
    else:
        found = rules_object(lang)
        say(rules_lines(found, lang), found, json)
    return FINE
