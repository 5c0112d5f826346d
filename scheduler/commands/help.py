"""The help of commands in the language that is asked for. Its English stands where the commands are declared."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterator
from gettext import gettext

import click

from scheduler.commands.speech import current
from scheduler.messages.languages import Language
from scheduler.messages.message import Message
from scheduler.messages.translate import translated

HELP = Message("help.help", "Show this message and exit.")
_AS_IT_STANDS = "\b"
"""Click's sign for a paragraph whose lines are not filled; in catalogues it can be read."""
_READABLE = "\\b"


class SharedOption(click.Option):
    """An option that means the same to every command."""


class SpokenCommand(click.Command):
    """A command whose help is in the language that is asked for."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Command.format_help_text(self._worded(), ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return click.Command.get_short_help_str(self._worded(), limit)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = (self._record(parameter, ctx) for parameter in self.get_params(ctx))
        found = [record for record in records if record is not None]
        if found:
            with formatter.section(gettext("Options")):
                formatter.write_dl(found)

    def said(self) -> Message:
        return Message(f"help.{self.name}", _wording(self.help or ""))

    def said_of(self, option: click.Option) -> Message:
        place = "" if isinstance(option, SharedOption) else f"{self.name}."
        return Message(f"help.{place}{option.name}", option.help or "")

    def _worded(self) -> SpokenCommand:
        worded = copy.copy(self)
        worded.help = _words(self.said()).replace(_READABLE, _AS_IT_STANDS)
        return worded

    def _record(self, parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
        if not isinstance(parameter, click.Option):
            return None
        worded = copy.copy(parameter)
        if parameter not in self.params:
            worded.help = _words(HELP)
        elif parameter.help:
            worded.help = _words(self.said_of(parameter))
        return worded.get_help_record(ctx)


class SpokenGroup(click.Group, SpokenCommand):
    """A group of such commands."""


def helps(group: SpokenGroup) -> Iterator[Message]:
    """Everything that help says of a group and its commands."""
    yield HELP
    for command in (group, *group.commands.values()):
        if isinstance(command, SpokenCommand):
            yield command.said()
            for parameter in command.params:
                if isinstance(parameter, click.Option) and parameter.help:
                    yield command.said_of(parameter)


def _wording(help: str) -> str:
    """A help text with its paragraphs on one line each, but for those that are shown as they stand."""
    paragraphs = inspect.cleandoc(help).split("\n\n")
    return "\n\n".join(
        paragraph.replace(_AS_IT_STANDS, _READABLE) if _AS_IT_STANDS in paragraph else " ".join(paragraph.split())
        for paragraph in paragraphs
    )


def _words(said: Message) -> str:
    speech = current()
    return translated(said.code, said.wording, Language.EN if speech is None else speech.language)
