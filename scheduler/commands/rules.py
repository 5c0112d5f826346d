"""The whole text of each rule."""

from __future__ import annotations

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@common()
def rules(json: bool, lang: Language | None, debug: bool) -> int:
    """Print the whole text of each rule as the audit applies it, with parameters, defaults and legal sources."""
    from scheduler.report.rulebook import rules_lines, rules_object
    from scheduler.report.speak import say

    lang = spoken(lang)
    found = rules_object(lang)
    say(rules_lines(found, lang), found, json)
    return FINE
