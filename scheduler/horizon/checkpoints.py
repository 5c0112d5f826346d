"""Finished blocks of a long run, kept as files until its roster is written, so that a killed run can be resumed.

A file says which run it is of (the facts, the settings that steer the outcome, the roster before it) and holds a checksum of
what it says. A checksum tells damage, not truth: what a file says must also fit the facts, and its roster must be legal. One that
does not fit is refused by name, never passed over in silence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.config import SolveConfig
from scheduler.errors import InputError, InputProblem, OutputError
from scheduler.horizon.blocks import Block, blocks, cut
from scheduler.messages.message import Message
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Assignment, Roster
from scheduler.result import BlockRecord
from scheduler.rules.audit import audit, hard_findings
from scheduler.system.versions import package_digest, versions
from scheduler.vocabulary.constraints import LEVELS

if TYPE_CHECKING:
    from scheduler.horizon.rolling import Solved

FORMAT = 1
_MOST = 2**53
"""More than any level can come to: beyond it a figure is no longer exact as a float."""
_HINT = Message(
    "recompute_it",
    "Add --recompute to solve it and all later blocks again, or run without --resume to start from the beginning.",
)


def blocks_folder(output: Path) -> Path:
    """Where the blocks of a run are kept: beside its output, ``roster.xlsx`` → ``roster.blocks``."""
    return output.with_suffix(".blocks")


class BlockFiles:
    """The blocks of one run in a folder."""

    def __init__(
        self,
        folder: Path,
        instance: Instance,
        config: SolveConfig,
        *,
        resume: bool = False,
        recompute: bool = False,
        warn: Callable[[Message], None] = lambda _: None,
    ) -> None:
        """``resume`` takes finished blocks up again; with ``recompute`` one that does not fit, and all after it, are solved again
        instead of being refused. ``warn`` hears of a block that could not be saved."""
        self._folder = folder
        self._instance = instance
        self._run = _fingerprint(instance, config)
        self._resume = resume
        self._recompute = recompute
        self._warn = warn

    def load(self, number: int, before: Roster) -> Solved | None:
        """The finished block of a number; None when there is none. Raises :class:`InputError` for a file that does not fit."""
        path = self._path(number)
        if not self._resume or not path.exists():
            self._resume = False
            return None
        try:
            content = _read(path, self._run, _checksum(_cells(before)))
            solved = _solved(content, self._instance, blocks(self._instance)[number])
            _legal(solved, self._instance, before)
        except _UnfitError as error:
            if not self._recompute:
                raise InputError([InputProblem(str(path), "", error.why, _HINT)]) from None
            self._resume = False
            return None
        return solved

    def save(self, number: int, before: Roster, solved: Solved) -> None:
        """Keep a block. When that fails the run goes on, and cannot be resumed from here."""
        from scheduler.system.files import replacing

        content = {
            "record": solved.record.model_dump(mode="json"),
            "roster": _cells(solved.roster),
            "ahead": _cells(solved.ahead),
        }
        whole = {
            "format": FORMAT,
            "run": self._run,
            "before": _checksum(_cells(before)),
            "checksum": _checksum(content),
            "content": content,
        }
        try:
            self._folder.mkdir(exist_ok=True)
            with replacing(self._path(number)) as temporary:
                temporary.write_text(json.dumps(whole, separators=(",", ":")), encoding="utf-8")
        except (OSError, OutputError) as error:
            self._warn(
                Message(
                    "block_not_saved",
                    "Block {block} could not be saved; the run goes on, but cannot be resumed from it: {reason}",
                    block=number + 1,
                    reason=error.message if isinstance(error, OutputError) else f"{error}.",
                )
            )
            return
        with suppress(OSError):
            for later in self.finished():
                if later > self._path(number):  # Left by an earlier run: it follows another block of this number.
                    later.unlink()

    def finished(self) -> list[Path]:
        """The files of blocks that lie there, whoever left them."""
        return sorted(self._folder.glob("block-[0-9][0-9].json"))

    def remove(self) -> None:
        """Delete the blocks, also one half written when a run was killed, and the folder if nothing else is in it."""
        with suppress(OSError):
            for path in (*self.finished(), *self._folder.glob(".block-[0-9][0-9].json.*.part")):
                path.unlink()
            self._folder.rmdir()

    def _path(self, number: int) -> Path:
        return self._folder / f"block-{number + 1:02d}.json"


class _UnfitError(Exception):
    """Why a file is not the block that is looked for."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(why)


_DAMAGED = Message("block_damaged", "is damaged.")


def _read(path: Path, run: str, before: str) -> Any:
    """What a file says, once it is whole, of this run and after the same days."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        content = whole["content"]
        if whole["format"] != FORMAT or whole["checksum"] != _checksum(content):
            raise _UnfitError(_DAMAGED)
        if whole["run"] != run:
            raise _UnfitError(
                Message(
                    "block_of_another_run",
                    "is of another run: other facts, another strategy, seed or version, or (with --reproducible) another time"
                    " limit.",
                )
            )
        if whole["before"] != before:
            raise _UnfitError(Message("block_after_others", "follows other blocks than those before it."))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _UnfitError(_DAMAGED) from error
    return content


def _solved(content: Any, instance: Instance, block: Block) -> Solved:
    """The block, once everything that it says fits the facts and the block's days."""
    from scheduler.horizon.rolling import Solved

    try:
        record = BlockRecord.model_validate_json(json.dumps(content["record"]), strict=True)
        roster, ahead = content["roster"], content["ahead"]
        _fit(record, instance, block)
        return Solved(
            record,
            _roster(roster, instance, block.first, block.stop),
            _roster(ahead, instance, block.stop, record.until),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _UnfitError(Message("not_a_block", "does not say what a finished block says.")) from error


def _fit(record: BlockRecord, instance: Instance, block: Block) -> None:
    if (record.first, record.stop) != (block.first, block.stop) or not block.until <= record.until <= instance.days:
        raise _UnfitError(Message("block_of_other_days", "is of other days."))
    if [level.name for level in record.levels] != [level.code for level in LEVELS]:
        raise _UnfitError(Message("block_of_other_levels", "has other levels."))
    if any(not 0 <= level.bound <= level.value <= _MOST or level.required < 0 for level in record.levels):
        raise _UnfitError(Message("block_impossible_figures", "has a level with impossible figures."))


def _legal(solved: Solved, instance: Instance, before: Roster) -> None:
    block = Block(solved.record.first, solved.record.stop, solved.record.until)
    part = cut(instance, block, before, Roster())
    cells = (Assignment(a.staff, a.day - block.first, a.shift, a.hotspot) for a in (*solved.roster, *solved.ahead))
    broken = hard_findings(audit(part, Roster.of(cells)))
    if broken:
        raise _UnfitError(Message("block_breaks_rule", "breaks a hard rule: {finding}.", finding=broken[0].message))


def _roster(cells: list[Any], instance: Instance, first: int, stop: int) -> Roster:
    found = Roster.of(_assignment(cell, instance, first, stop) for cell in cells)
    if len({(a.staff, a.day) for a in found}) < len(found):
        raise _UnfitError(Message("block_two_duties", "has two duties of one person on one day."))
    return found


def _assignment(cell: Any, instance: Instance, first: int, stop: int) -> Assignment:
    """A cell of :func:`_cells`, read back: a duty of known codes on one of the days ``[first, stop)``."""
    staff, day, shift, hotspot = cell
    if type(day) is not int or not first <= day < stop:
        raise _UnfitError(
            Message("block_foreign_day", "has a duty on day {day}, which is none of its days.", day=_short(day))
        )
    for code, known, kind in (
        (staff, instance.person, Message("a_person", "a person")),
        (shift, instance.shift, Message("a_shift", "a shift")),
        (hotspot, instance.hotspot, Message("a_hotspot", "a hotspot")),
    ):
        if code not in known:
            wrong = Message(
                "block_unknown", "names {kind} that the workbook does not know: {code}.", kind=kind, code=_short(code)
            )
            raise _UnfitError(wrong)
    return Assignment(staff, day, shift, hotspot)


def _short(found: object) -> str:
    """What a file says in place of a code or a day, as far as a message shows it."""
    return f"{found!r:.40}"


def _fingerprint(instance: Instance, config: SolveConfig) -> str:
    steering: dict[str, Any] = {"instance": instance.sha256, "seed": config.seed, "vigie": versions()["vigie"]}
    if config.reproducible:
        steering |= {"limit": config.time_limit_s, "package": package_digest()}
    return _checksum(steering)


def _checksum(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _cells(roster: Roster) -> list[list[str | int]]:
    return [[a.staff, a.day, a.shift, a.hotspot] for a in roster]
