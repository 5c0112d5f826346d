"""Options and kinds of values that commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

LANGUAGES = ("en", "fr", "nl")
Command = Callable[..., int]
WORKBOOK = click.Path(path_type=Path)


class Within(click.FloatRange):
    """A range that refuses nan too: no comparison with it ever fails."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return found


def common(*, json: bool = True) -> Callable[[Command], Command]:
    """The options that every command has."""

    def add(command: Command) -> Command:
        language = click.Choice(LANGUAGES)
        command = click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")(command)
        command = click.option(
            "--lang", type=language, default="en", envvar="VIGIE_LANG", show_default=True, help="Language of messages."
        )(command)
        if json:
            command = click.option(
                "--json", is_flag=True, help="One JSON object on standard output; messages go to standard error."
            )(command)
        return command

    return add
