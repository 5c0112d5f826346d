"""The exit codes of the contract, and what is said of an error."""

from __future__ import annotations

import click

FINE, INTERNAL, USAGE, BROKEN, NONE_IN_TIME, GONE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


def reason_of(error: BaseException) -> tuple[str, int]:
    """What to say of an error, and the exit code for it."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return "Interrupted.", INTERRUPTED
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx is not None else "vigie"
        return f"{error.format_message()} See `{command} --help`.", USAGE
    if isinstance(error, click.ClickException):
        return error.format_message(), USAGE
    from scheduler.errors import ContradictionError, NoRosterError, VigieError

    if isinstance(error, VigieError):
        kinds = ((ContradictionError, BROKEN), (NoRosterError, NONE_IN_TIME))
        return str(error), next((code for kind, code in kinds if isinstance(error, kind)), USAGE)
    return f"Internal error: {type(error).__name__}: {error}. --debug tells more.", INTERNAL
