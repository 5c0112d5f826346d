"""Options and kinds of values that commands share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scheduler.commands.help import SharedOption
from scheduler.commands.speech import OPTION, VARIABLE, MisusedError
from scheduler.messages.languages import Language
from scheduler.messages.message import Message

Command = Callable[..., int]
F = TypeVar("F", bound=Callable[..., object])
WORKBOOK = click.Path(path_type=Path)
_TAKEN = f"{__name__}.taken"
"""Where a command notes that one of its workbooks came from standard input."""


if TYPE_CHECKING:
    _Words = click.Choice[str]
else:  # Older versions of click know no type of choices when they run.
    _Words = click.Choice


class LanguageChoice(_Words):
    """One of the languages."""

    def __init__(self) -> None:
        super().__init__([language.value for language in Language], case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Language:
        return Language(super().convert(value, param, ctx))


class InputWorkbook(click.Path):
    """A workbook to read; ``-`` is standard input, which is read at once and once. ``refused`` says why a command takes a file
    only."""

    def __init__(self, refused: Message | None = None) -> None:
        super().__init__(path_type=Path)
        self.refused = refused

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = Path(os.fsdecode(super().convert(value, param, ctx)))
        from scheduler.system.standard_input import STANDARD_INPUT, take

        if found != STANDARD_INPUT:
            return found
        if str(value) != str(STANDARD_INPUT):
            return found.absolute()  # A file of this name: `./-`.
        if self.refused is not None:
            raise MisusedError(self.refused)
        if ctx is not None:
            if ctx.meta.get(_TAKEN):
                raise MisusedError(
                    Message("stdin_once", "Standard input is read once: name a file for one of the two workbooks.")
                )
            ctx.meta[_TAKEN] = True
        from scheduler.workbook.file_checks import MAX_FILE_BYTES

        take(MAX_FILE_BYTES)
        return found


INPUT = InputWorkbook()


class Within(click.FloatRange):
    """A range that refuses nan too: no comparison with it ever fails."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            said = gettext("{value} is not in the range {range}.")
            self.fail(said.format(value=value, range=self._describe_range()), param, ctx)
        return found


def language(*, expose: bool = True) -> Callable[[F], F]:
    """The option for the language; a group has it too, so that it may stand before a command."""
    return click.option(
        OPTION, type=LanguageChoice(), envvar=VARIABLE, cls=SharedOption, expose_value=expose,
        help="Language of messages.  [default: that of the workbook, else en]",
    )  # fmt: skip


def searching(seconds: float, *, seed: bool = True) -> Callable[[F], F]:
    """The options of a search; ``seconds`` is the time limit that nobody has chosen. Without ``seed`` that is none of them."""
    seeds = (click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True),)
    options = (
        click.option(
            "--time-limit", type=Within(0, 7 * 24 * 3600, min_open=True), default=seconds, show_default=True, metavar="SEC"
        ),
        click.option(
            "--gap", type=Within(0, 100), default=0.0, show_default=True, metavar="PCT",
            help="Coverage is good enough when (short - bound) / required of every level is at most this many percent.",
        ),
        *(seeds if seed else ()),
        click.option(
            "--workers", type=click.IntRange(1, 64), default=8, show_default=True,
            help="Most searches side by side, never more than cores; CP-SAT workers for a small problem.",
        ),
        click.option("--reproducible", is_flag=True, help="Same seed, same roster: one worker, deterministic limits."),
        click.option("--quiet", is_flag=True, help="Show no progress."),
        click.option("--verbose", is_flag=True, help="Show every stage with value, bound and gap, for engineers."),
    )  # fmt: skip

    def add(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def on_a_cluster() -> Callable[[F], F]:
    """The options of a search on other machines."""
    address = click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Search the pools on the workers of a Dask scheduler, such as tls://HOST:8786.",
    )
    insecure = click.option(
        "--insecure-cluster", is_flag=True,
        help="With --cluster: another machine without TLS, though whoever reaches its port runs code there as its user.",
    )  # fmt: skip
    return lambda function: address(insecure(function))


def refuse_cluster(address: str | None, *, insecure: bool) -> None:
    """Raise :class:`MisusedError` for what says nothing without a cluster, and
    :class:`~scheduler.errors.ClusterError` for an address that is none, or that is not safe."""
    if address is None:
        if insecure:
            raise MisusedError(Message("insecure_alone", "--insecure-cluster goes with --cluster."))
        return
    from scheduler.backends.address import refuse_unsafe

    refuse_unsafe(address, insecure=insecure)


def common(*, json: bool = True) -> Callable[[Command], Command]:
    """The options that every command has."""

    def add(command: Command) -> Command:
        command = click.option(
            "--debug", is_flag=True, cls=SharedOption, help="Show the traceback of an internal error."
        )(command)
        command = language()(command)
        if json:
            command = click.option(
                "--json", is_flag=True, cls=SharedOption,
                help="One JSON object on standard output; messages go to standard error.",
            )(command)  # fmt: skip
        return command

    return add
