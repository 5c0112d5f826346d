"""The command ``vigie``: parse, call, print, exit code. What it does lives in the packages below.

Exit codes: 0 fine · 1 internal error · 2 usage or bad workbook · 3 hard rule broken or proven impossible ·
4 no roster in time · 5 cut short because what it ran on was lost · 130 interrupted without one.

Only click is imported at the top of these files; everything else inside the command that needs it, so that ``vigie --help``
answers at once.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from contextlib import suppress
from typing import NoReturn

import click

from scheduler.commands.anonymise import anonymise
from scheduler.commands.audit import audit
from scheduler.commands.check import check
from scheduler.commands.compare import compare
from scheduler.commands.diff import diff
from scheduler.commands.dossier import dossier
from scheduler.commands.exits import FINE, INTERNAL, INTERRUPTED, NOTHING_WRITTEN, reason_of
from scheduler.commands.explain import explain
from scheduler.commands.export import export
from scheduler.commands.extend import extend
from scheduler.commands.help import SharedOption, SpokenGroup
from scheduler.commands.new import new
from scheduler.commands.options import language
from scheduler.commands.publish import publish
from scheduler.commands.replan import replan
from scheduler.commands.rules import rules
from scheduler.commands.solve import solve
from scheduler.commands.speech import Speech, begin, known
from scheduler.commands.streams import steady
from scheduler.commands.stress import stress
from scheduler.commands.suggest import suggest
from scheduler.commands.swap import swap
from scheduler.messages.languages import Language

WORK_THREAD = "vigie-work"
"""The name of the thread that :mod:`scheduler.system.interrupt` works in; not imported, to answer at once."""


@click.group("vigie", cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vigie", prog_name="vigie", cls=SharedOption, help="Show the version and exit.")
@language(expose=False)
def app() -> None:
    """Round-the-clock hotspot rosters: a workbook in, a proven roster out.

    \b
    vigie new zone.xlsx                      an empty workbook with drop-downs and help
    vigie check zone.xlsx                    every problem at once, then the capacity
    vigie solve zone.xlsx -o roster.xlsx     the best roster, with its proof
    vigie audit roster.xlsx                  any roster against every rule
    vigie diff old.xlsx new.xlsx             what differs between two workbooks
    vigie extend roster.xlsx -o next.xlsx    the workbook of the next period

    The name - stands for standard input where a command reads a workbook.

    \b
    Exit codes: 0 fine, 1 internal error, 2 usage or bad workbook, 3 hard rule broken or
    proven impossible, 4 no roster in time, 5 cut short because what it ran on (the cluster,
    or every search) was lost, 130 interrupted without one.
    """


for command in (
    new, check, solve, audit, publish, replan, suggest, swap, diff, extend, compare, explain, stress, dossier, rules,
    export, anonymise,
):  # fmt: skip
    app.add_command(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run ``vigie`` and leave the process with the exit code of the contract; never with a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    steady()
    speech = begin(given)
    try:
        # Not standalone, click gives back what the command returns, or the code of an early end such as --help.
        _leave(app.main(given, prog_name="vigie", standalone_mode=False, obj=speech) or FINE)
    except (Exception, KeyboardInterrupt) as error:
        from scheduler.report.speak import say, tell

        told = _language(speech, error, given)
        code = reason_of(error, told)[1]
        if "--debug" in given:
            tell(["".join(traceback.format_exception(error)).rstrip()])
        tell([_told(error, told)])
        if "--json" in given and not {"export"} & set(given[:1]):
            from scheduler.errors import VigieError
            from scheduler.report.error_object import error_object

            with suppress(VigieError):  # Standard output cannot take this either.
                say([], error_object(error, _told(error, Language.EN), code), json=True)
        _leave(code)


def _language(speech: Speech, error: BaseException, given: list[str]) -> Language:
    """That of a workbook with mistakes is known, too; before one is read it is that of the first that the arguments name."""
    language = speech.asked or known(getattr(error, "language", None))
    # What click says by itself is in the language that it was begun with.
    if language is None and not speech.settled and not isinstance(error, click.ClickException):
        from scheduler.errors import RuleError
        from scheduler.system.standard_input import taken

        named = (path for path in given if taken(path) or (path.lower().endswith(".xlsx") and os.path.isfile(path)))
        with suppress(RuleError):  # Without the rules no workbook is read.
            from scheduler.workbook.spoken import language_of

            language = next((known(language_of(path)) for path in named), None)
    return language or speech.language


def _told(error: BaseException, language: Language) -> str:
    """What is said of an error at the end of a command."""
    reason, code = reason_of(error, language)
    # A note says where a roster is all the same.
    notes = [note for it in (error, error.__cause__) for note in getattr(it, "__notes__", ())]
    notes = notes or [NOTHING_WRITTEN.text(language)] * (code in (INTERNAL, INTERRUPTED))
    return " ".join((reason, *notes))


def _leave(code: int) -> NoReturn:
    """End the process with this exit code, even when work in a thread of its own was left behind."""
    sys.stdout.flush()
    sys.stderr.flush()
    if any(thread.name == WORK_THREAD for thread in threading.enumerate()):
        os._exit(code)
    sys.exit(code)
