"""The exit codes of the contract, and what is said of an error."""

from __future__ import annotations

import click

from scheduler.commands.speech import MisusedError
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

FINE, INTERNAL, USAGE, BROKEN, NONE_IN_TIME, GONE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
NOTHING_WRITTEN = Message("nothing_written", "Nothing was written.")


def reason_of(error: BaseException, language: Language) -> tuple[str, int]:
    """What to say of an error, and the exit code for it."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return Message("interrupted_by_hand", "Interrupted.").text(language), INTERRUPTED
    if isinstance(error, click.UsageError):
        reason = error.said if isinstance(error, MisusedError) else error.format_message()
        command = error.ctx.command_path if error.ctx is not None else "vigie"
        said = Message("see_help", "{reason} See `{command} --help`.", reason=reason, command=command)
        return said.text(language), USAGE
    if isinstance(error, click.ClickException):
        return error.format_message(), USAGE
    from scheduler.errors import BrokenRosterError, ContradictionError, NoRosterError, VigieError

    if isinstance(error, VigieError):
        kinds = ((ContradictionError, BROKEN), (BrokenRosterError, BROKEN), (NoRosterError, NONE_IN_TIME))
        return error.text(language), next((code for kind, code in kinds if isinstance(error, kind)), USAGE)
    said = Message(
        "internal_error",
        "Internal error: {kind}: {reason}. --debug tells more.",
        kind=type(error).__name__,
        reason=str(error),
    )
    return said.text(language), INTERNAL
