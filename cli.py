"""The command ``vigie``: parse, call, print, exit code. What it does lives in the package ``scheduler``.

Exit codes: 0 fine · 1 internal error · 2 usage or bad workbook · 3 hard rule broken or proven impossible ·
4 no roster in time · 5 cut short because what it ran on was lost · 130 interrupted without one.

Only click is imported here; everything else inside the command that needs it, so that ``vigie --help`` answers at once.
"""

from __future__ import annotations

import errno
import io
import math
import os
import select
import stat
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import click

if TYPE_CHECKING:
    from typing_extensions import Buffer

FINE, INTERNAL, USAGE, BROKEN, NONE_IN_TIME, GONE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
WORK_THREAD = "vigie-work"
"""The name of the thread that :mod:`scheduler.system.interrupt` works in; not imported, to answer at once."""
LANGUAGES = ("en", "fr", "nl")
STRATEGIES = ("separate", "single")
LEFT = (errno.EPIPE, errno.EBADF, errno.ECONNRESET)
"""What a standard stream says that is closed, or whose reader has gone."""

Command = Callable[..., int]
WORKBOOK = click.Path(path_type=Path)


class _Within(click.FloatRange):
    """A range that refuses nan too: no comparison with it ever fails."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return found


def _common(*, json: bool = True) -> Callable[[Command], Command]:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vigie", prog_name="vigie")
def app() -> None:
    """Round-the-clock hotspot rosters: a workbook in, a proven roster out.

    \b
    vigie new zone.xlsx                      an empty workbook with drop-downs and help
    vigie check zone.xlsx                    every problem at once, then the capacity
    vigie solve zone.xlsx -o roster.xlsx     the best roster, with its proof
    vigie audit roster.xlsx                  any roster against every rule

    \b
    Exit codes: 0 fine, 1 internal error, 2 usage or bad workbook, 3 hard rule broken or
    proven impossible, 4 no roster in time, 5 cut short because what it ran on (the cluster,
    or every search) was lost, 130 interrupted without one.
    """


@app.command()
@click.argument("file", type=WORKBOOK)
@click.option("--example", metavar="NAME", help="Copy an example instead, such as brussels-midi or tiny.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@_common()
def new(file: Path, example: str | None, force: bool, json: bool, lang: str, debug: bool) -> int:
    """Write an empty workbook with drop-downs and help, or an example."""
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.speak import say
    from scheduler.system.examples import example_names
    from scheduler.system.safe_output import refuse_unwritable

    refuse_unwritable(file, force=force, suffix=".xlsx")
    scheduler.new(file, example, language=lang)
    lines = [text(lang, "written", path=file)]
    if example is None:
        lines.append(text(lang, "hint_new", names=", ".join(example_names())))
    say(lines, {"output": str(file), "example": example}, json)
    return FINE


@app.command()
@click.argument("file", type=WORKBOOK)
@_common()
def check(file: Path, json: bool, lang: str, debug: bool) -> int:
    """Name every problem of a workbook with its cell, then show the capacity arithmetic."""
    import scheduler
    from scheduler.report.objects import check_object
    from scheduler.report.speak import say
    from scheduler.report.terminal import check_lines

    found = scheduler.check(file)
    say(check_lines(file, found, lang), check_object(found), json)
    return FINE if found.ok else BROKEN if found.impossible else USAGE


@app.command()
@click.argument("file", type=WORKBOOK)
@click.option("-o", "--output", required=True, type=WORKBOOK, help="Workbook to write (.xlsx).")
@click.option(
    "--time-limit", type=_Within(0, 7 * 24 * 3600, min_open=True), default=120.0, show_default=True, metavar="SEC"
)
@click.option(
    "--gap", type=_Within(0, 100), default=0.0, show_default=True, metavar="PCT",
    help="Coverage is good enough when (short - bound) / required of every level is at most this many percent.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=8, show_default=True,
    help="Most searches side by side, never more than cores; CP-SAT workers on a small pool.",
)  # fmt: skip
@click.option(
    "--strategy", type=click.Choice(STRATEGIES),
    help="Whose police a hotspot may draw on: its own zone's, or all zones' as if they were one."
    " [default: the setting in FILE, else separate]",
)  # fmt: skip
@click.option(
    "--memory-limit", type=_Within(0, min_open=True), metavar="GB",
    help="End with the best roster so far when the searches of this machine, or those of one worker, use this much."
    "  [default: none]",
)  # fmt: skip
@click.option("--reproducible", is_flag=True, help="Same seed, same roster: one worker, deterministic limits.")
@click.option(
    "--cluster", metavar="ADDRESS", help="Search the pools on the workers of a Dask scheduler, such as tls://HOST:8786."
)
@click.option(
    "--insecure-cluster", is_flag=True,
    help="With --cluster: another machine without TLS, though whoever reaches its port runs code there as its user.",
)  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on with the finished blocks that a stopped run of months has left.")
@click.option("--recompute", is_flag=True, help="With --resume: solve blocks again that are damaged or of another run.")
@click.option("--force", is_flag=True, help="Replace the output if it exists.")
@_common()
def solve(
    file: Path, output: Path, time_limit: float, gap: float, seed: int, workers: int,
    strategy: str | None, memory_limit: float | None, reproducible: bool, cluster: str | None,
    insecure_cluster: bool, resume: bool, recompute: bool, force: bool, json: bool, lang: str, debug: bool,
) -> int:  # fmt: skip
    """Make the best roster within the time limit, with a proof of how good it is.

    Ctrl-C stops the search and writes the best roster so far; a second Ctrl-C abandons it. The signals that
    service managers, a shutdown and closed terminals send (SIGTERM, SIGHUP) do the same.
    """
    from scheduler.system.interrupt import attended

    attendant = click.get_current_context().with_resource(attended())
    import scheduler
    from scheduler.backends.address import refuse_unsafe
    from scheduler.backends.choose import backend_for
    from scheduler.commands.conclude import conclude
    from scheduler.commands.watched import watched
    from scheduler.horizon.checkpoints import BlockFiles, blocks_folder
    from scheduler.messages.texts import text
    from scheduler.report.speak import tell
    from scheduler.report.terminal import note_lines
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows.preflight import check_instance

    if recompute and not resume:
        raise click.UsageError("--recompute goes with --resume.", click.get_current_context())
    if cluster is not None:
        refuse_unsafe(cluster, insecure=insecure_cluster)
    elif insecure_cluster:
        raise click.UsageError("--insecure-cluster goes with --cluster.", click.get_current_context())
    refuse_unwritable(output, force=force, suffix=".xlsx")
    reading = scheduler.load(file)
    instance = reading.instance
    if strategy is not None:
        instance = instance.replace(strategy=scheduler.Pooling(strategy))
    checked = check_instance(instance, reading.cells.of, reading.notes)
    checked.demand_sound()
    config = scheduler.SolveConfig(
        time_limit_s=time_limit, gap=gap / 100, seed=seed, workers=workers, reproducible=reproducible,
        memory_limit_gb=memory_limit,
    )  # fmt: skip
    store = BlockFiles(
        blocks_folder(output), instance, config,
        resume=resume, recompute=recompute, warn=lambda message: tell([message]),
    )  # fmt: skip
    if resume != bool(store.finished()):
        tell([text(lang, "no_blocks_left" if resume else "blocks_left", folder=blocks_folder(output))])
    tell(note_lines(checked.notes, lang))
    backend = backend_for(config, cluster, insecure=insecure_cluster)
    result = watched(instance, config, store, backend, attendant, lang, lambda error: tell([_reason(error)[0]]))
    written, refusal = conclude(result, output, instance, reading, store, lang, json)
    if refusal is not None:
        reason, code = _reason(refusal)
        tell([text(lang, "rescued", reason=reason, path=written)])
        return code
    return BROKEN if result.violations else GONE if result.record.cut_short else FINE


@app.command()
@click.argument("file", type=WORKBOOK)
@click.option("--all", "every", is_flag=True, help="List every priced finding, not only the dearest.")
@_common()
def audit(file: Path, every: bool, json: bool, lang: str, debug: bool) -> int:
    """Check the roster in a workbook against every rule, whoever made it; name the cells that break one."""
    import scheduler
    from scheduler.report.objects import audit_object
    from scheduler.report.speak import say, tell
    from scheduler.report.terminal import audit_lines, note_lines
    from scheduler.workflows.review import review

    reading = scheduler.load(file)
    found = review(reading)
    tell(note_lines(reading.notes, lang))
    say(audit_lines(found, lang, every=every), audit_object(found), json)
    return BROKEN if found.violations else FINE


@app.command()
@_common()
def rules(json: bool, lang: str, debug: bool) -> int:
    """Print the whole text of each rule as the audit applies it, with parameters, defaults and legal sources."""
    from scheduler.report.rulebook import rules_lines, rules_object
    from scheduler.report.speak import say

    found = rules_object(lang)
    say(rules_lines(found, lang), found, json)
    return FINE


@app.command()
@click.argument("file", type=WORKBOOK)
@click.option("--csv", type=WORKBOOK, help="Write a row for each duty; - for standard output.")
@click.option("--json", type=WORKBOOK, help="Write roster, proof, shortages and findings; - for standard output.")
@click.option("--force", is_flag=True, help="Replace the files if they exist.")
@_common(json=False)
def export(file: Path, csv: Path | None, json: Path | None, force: bool, lang: str, debug: bool) -> int:
    """Write the roster in a workbook for other programs, as CSV or JSON or both.

    A roster that breaks a hard rule is written too, with a warning and exit code 3.
    """
    import scheduler
    from scheduler.messages.texts import text
    from scheduler.report.objects import export_object
    from scheduler.report.speak import STANDARD_OUTPUT, deliver, json_text, tell
    from scheduler.system.safe_output import refuse_unwritable
    from scheduler.workflows import export as to
    from scheduler.workflows.review import review

    if csv is None and json is None:
        raise click.UsageError("Say what to write: --csv PATH, --json PATH, or both.", click.get_current_context())
    if csv == json:
        raise click.UsageError("--csv and --json name the same place.", click.get_current_context())
    for path in (csv, json):
        if path is not None and path != STANDARD_OUTPUT:
            refuse_unwritable(path, force=force)
    found = review(scheduler.load(file))
    if csv is not None:
        deliver(csv, to.csv_text(found.instance, found.roster), lang)
    if json is not None:
        deliver(json, json_text(export_object(found), indent=1) + "\n", lang)
    if found.violations:
        tell([text(lang, "exported_broken", count=found.violations)])
    return BROKEN if found.violations else FINE


# -- standard streams ------------------------------------------------------------------------------------------------------


class _Standard(io.FileIO):
    """Standard output or error: a reader who has left ends no command, nor does a message that nobody can take."""

    gone = False

    def write(self, content: Buffer) -> int:
        size = memoryview(content).nbytes
        try:
            while not self.gone:
                if (written := cast("int | None", super().write(content))) is not None:
                    return written
                select.select((), (self,), ())  # A pipe that does not wait by itself, and is full.
        except OSError as error:
            self.gone = True
            hung_up = error.errno == errno.EIO and stat.S_ISCHR(os.fstat(self.fileno()).st_mode)
            if self.fileno() == 1 and error.errno not in LEFT and not hung_up:
                from scheduler.errors import OutputError

                raise OutputError(f"Standard output cannot take the result: {error.strerror}.") from error
        return size


def _steady() -> None:
    """Before anything is opened: no file gets the number of a closed stream, and neither stream can end the process."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is not getattr(sys, f"__{name}__"):
            continue  # Somebody reads along in this process.
        if stream is None or type(getattr(stream.buffer, "raw", stream.buffer)) is io.FileIO:
            encoding, lines = ("utf-8", False) if stream is None else (stream.encoding, stream.line_buffering)
            raw = io.BufferedWriter(_Standard(number, "w", closefd=False))
            setattr(sys, name, io.TextIOWrapper(raw, encoding, "replace", line_buffering=lines))


# -- ending ----------------------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run ``vigie`` and leave the process with the exit code of the contract; never with a traceback."""
    given = sys.argv[1:] if arguments is None else arguments
    _steady()
    _refuse_strangers()
    try:
        # Not standalone, click gives back what the command returns, or the code of an early end such as --help.
        _leave(app.main(given, prog_name="vigie", standalone_mode=False) or FINE)
    except (Exception, KeyboardInterrupt) as error:
        from scheduler.report.speak import say, tell

        message, code = _reason(error)
        # A note says where a roster is all the same.
        notes = [note for it in (error, error.__cause__) for note in getattr(it, "__notes__", ())]
        notes = notes or ["Nothing was written."] * (code in (INTERNAL, INTERRUPTED))
        message = " ".join((message, *notes))
        if "--debug" in given:
            tell(["".join(traceback.format_exception(error)).rstrip()])
        tell([message])
        if "--json" in given and not {"export"} & set(given[:1]):
            from scheduler.errors import VigieError
            from scheduler.report.objects import error_object

            with suppress(VigieError):  # Standard output cannot take this either.
                say([], error_object(error, message, code), json=True)
        _leave(code)


def _refuse_strangers() -> None:
    """End before any code of another package runs that has the name of ours; one installed later may even have its place."""
    found = getattr(find_spec("scheduler"), "origin", None)
    if not (found and Path(found).read_text(encoding="utf-8", errors="replace").startswith('"""Vigie')):
        sys.exit(
            f"For 'scheduler', which is Vigie's own package, Python finds another one: {found or 'a folder, or nothing'}."
            " Install Vigie in a virtual environment of its own, and unset PYTHONPATH."
        )


def _reason(error: BaseException) -> tuple[str, int]:
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


def _leave(code: int) -> NoReturn:
    """End the process with this exit code, even when work in a thread of its own was left behind."""
    sys.stdout.flush()
    sys.stderr.flush()
    if any(thread.name == WORK_THREAD for thread in threading.enumerate()):
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
