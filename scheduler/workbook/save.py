"""Saving what was solved: the facts that a result is of, its roster and its proof, as a workbook that says exactly this."""

from __future__ import annotations

import os
from pathlib import Path

from scheduler.errors import InputError, InputProblem, OutputError
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.result import Result
from scheduler.workbook.meta import Edit, differences, roster_cells
from scheduler.workbook.read import Reading, read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.sheets import sheet_of_table
from scheduler.workbook.write import write_result


def save_result(
    path: str | os.PathLike[str], instance: Instance, result: Result, reading: Reading | None = None
) -> None:
    """Write a result with the facts it is of. Raises :class:`InputError` when it is of others, :class:`OutputError` when the file
    cannot be written or a workbook cannot say these facts."""
    if result.record.instance_sha256 != instance.sha256:
        message = "is of other facts than those given: save it with the instance that was solved."
        raise InputError([InputProblem("result", "", message)])

    def proofread(written: Path) -> None:
        _refuse_other(instance, result.roster, written)

    write_result(
        path, input_rows(instance, reading), instance, result.roster, result.record, result.findings, result.shortages,
        changes=_changes(instance, result.roster, reading),
        check=None if reading is not None and reading.instance == instance else proofread,
    )  # fmt: skip


def _changes(instance: Instance, solved: Roster, reading: Reading | None) -> tuple[Edit, ...] | None:
    """What differs from the roster that stood in the workbook, hand edits first; None when it held none."""
    if reading is None or reading.roster is None:
        return None
    before = roster_cells(reading.instance.calendar, reading.roster)
    made = differences(before, roster_cells(instance.calendar, solved), by_hand=False)
    return (*(reading.edits or ()), *made)


def _refuse_other(instance: Instance, roster: Roster, written: Path) -> None:
    """Facts made in code may be such as no cell can hold, a code with a comma in it: better no file than another problem."""
    try:
        again = read(written)
    except InputError as error:
        told = "; ".join(f"{problem.value!r} {problem.message}" for problem in error.problems[:3])
        raise OutputError(f"A workbook cannot say these facts: {told}") from error
    if again.instance != instance:
        raise OutputError(f"A workbook cannot say these facts: {_difference(instance, again.instance)}.")
    if again.roster != roster:
        raise OutputError("A workbook cannot say this roster: it would be read back as another.")


def _difference(instance: Instance, again: Instance) -> str:
    name = next(name for name in Instance.model_fields if getattr(instance, name) != getattr(again, name))
    meant, found = getattr(instance, name), getattr(again, name)
    if not isinstance(meant, tuple):
        return f"{name} {meant!r} would be read back as {found!r}"
    place = sheet_of_table(name).name
    for index, (one, other) in enumerate(zip(meant, found, strict=False)):
        for field in type(one).model_fields:
            if getattr(one, field) != getattr(other, field):
                values = f"{field} {getattr(one, field)!r} would be read back as {getattr(other, field)!r}"
                return f"{place}, row {index + 1}: {values}"
    return f"{place}: {len(meant)} rows would be read back as {len(found)}"
