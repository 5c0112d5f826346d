"""A new workbook: empty, or a copy of an example."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.commands.exits import FINE
from scheduler.commands.help import SpokenCommand
from scheduler.commands.options import WORKBOOK, common
from scheduler.commands.speech import spoken
from scheduler.messages.languages import Language


@click.command(cls=SpokenCommand)
@click.argument("file", type=WORKBOOK)
@click.option("--example", metavar="NAME", help="Write an example instead, such as brussels-midi or tiny.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@common()
def new(file: Path, example: str | None, force: bool, json: bool, lang: Language | None, debug: bool) -> int:
    """Write an empty workbook with drop-downs and help, or an example."""
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.speak import say
    from scheduler.system.examples import example_names
    from scheduler.system.safe_output import refuse_unwritable

    lang = spoken(lang)
    refuse_unwritable(file, force=force, suffix=".xlsx")
    scheduler.new(file, example, language=lang)
    lines = [text(lang, "written", path=file)]
    if example is None:
        lines.append(text(lang, "hint_new", names=", ".join(example_names())))
    say(lines, {"output": str(file), "example": example}, json)
    return FINE
