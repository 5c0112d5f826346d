"""Saving what was solved: the facts that a result is of, its roster and its proof, as a workbook that says exactly this."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from scheduler.analysis.accepted import judge
from scheduler.analysis.difference import Change, differences, roster_cells
from scheduler.analysis.repair_changes import RepairChange
from scheduler.errors import InputError, InputProblem, OutputError
from scheduler.messages.message import Message, Name
from scheduler.messages.sentences import in_turn
from scheduler.messages.texts import Texts
from scheduler.problem.instance import Instance
from scheduler.problem.roster import Roster
from scheduler.problem.standing import Standing
from scheduler.result import Result
from scheduler.rules.audit import refuse_unknown
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.guide import add_guide
from scheduler.workbook.plain_roster import add_plain_roster
from scheduler.workbook.read import Reading, read
from scheduler.workbook.rows import input_rows
from scheduler.workbook.sheets import SETTING_KEYS, sheet_of_table
from scheduler.workbook.template import BOOK_OPTIONS, add_input_sheets
from scheduler.workbook.write import write_result


def save_result(
    path: str | os.PathLike[str],
    instance: Instance,
    result: Result,
    reading: Reading | None = None,
    *,
    repairs: Sequence[RepairChange] | None = None,
    standing: Standing | None = None,
) -> None:
    """Write a result with the facts it is of; of a repair with what it changes of the standing roster.

    Raises :class:`InputError` when it is of others, :class:`OutputError` when the file cannot be written or a workbook cannot say
    these facts.
    """
    refuse_result_of_others(instance, result)

    def proofread(written: Path) -> None:
        _refuse_other(instance, result.roster, written)

    judged = judge(instance, result.findings)
    write_result(
        path, input_rows(instance, reading), instance, result.roster, result.record, judged.open, result.shortages,
        accepted=judged.accepted,
        changes=_changes(instance, result.roster, reading), repairs=repairs, standing=standing,
        check=None if reading is not None and reading.instance == instance else proofread,
    )  # fmt: skip


def refuse_result_of_others(instance: Instance, result: Result) -> None:
    """Raise :class:`InputError` for a result of another instance, and for one whose roster names what the instance lacks."""
    if result.record.instance_sha256 != instance.sha256:
        message = Message(
            "result_of_other_facts", "is of other facts than those given: give the instance that was solved."
        )
        raise InputError([InputProblem("result", "", message)])
    refuse_unknown(instance, result.roster)


def save_facts(path: str | os.PathLike[str], instance: Instance, roster: Roster | None) -> None:
    """Write facts and a roster, if there is one, and nothing else: no result sheets, no record of a solve. Raises
    :class:`OutputError` as :func:`save_result` does."""

    def proofread(written: Path) -> None:
        _refuse_other(instance, roster, written)

    texts = Texts(instance.language)
    with replacing_whole(path, proofread) as content:
        book = xlsxwriter.Workbook(content, BOOK_OPTIONS)
        book.set_properties({"title": instance.title, "created": dt.datetime.now(dt.UTC).replace(tzinfo=None)})
        add_guide(book, instance.title, texts)
        add_input_sheets(book, input_rows(instance), texts)
        if roster is not None:
            add_plain_roster(book, instance, roster, texts)
        book.close()


def _changes(instance: Instance, solved: Roster, reading: Reading | None) -> tuple[Change, ...] | None:
    """What differs from the roster that stood in the workbook, hand edits first; None when it held none."""
    if reading is None or reading.roster is None:
        return None
    before = roster_cells(reading.instance.calendar, reading.roster)
    made = differences(before, roster_cells(instance.calendar, solved))
    return (*(reading.edits or ()), *made)


def _refuse_other(instance: Instance, roster: Roster | None, written: Path) -> None:
    """Facts made in code may be such as no cell can hold, a code with a comma in it: better no file than another problem."""
    try:
        again = read(written)
    except InputError as error:
        told = [_said(problem) for problem in error.problems[:3]]
        raise OutputError(_unsayable(in_turn(*told))) from error
    if again.instance != instance:
        raise OutputError(_unsayable(_difference(instance, again.instance)))
    if again.roster != roster:
        raise OutputError(
            Message("roster_not_in_workbook", "A workbook cannot hold this roster: it would be read back as another.")
        )


def _unsayable(reason: Message) -> Message:
    return Message("facts_not_in_workbook", "A workbook cannot hold these facts: {reason}", reason=reason)


def _said(problem: InputProblem) -> Message:
    if not problem.value:
        return problem.message
    return Message("value_refused", "'{value}' {problem}", value=problem.value, problem=problem.message)


def _difference(instance: Instance, again: Instance) -> Message:
    """The first difference; values as Python writes them, so that blanks can be seen."""
    name = next(name for name in Instance.model_fields if getattr(instance, name) != getattr(again, name))
    meant, found = getattr(instance, name), getattr(again, name)
    if not isinstance(meant, tuple):
        field = Name("setting", name) if name in SETTING_KEYS else name
        return Message(
            "field_read_back",
            "{field} {meant} would be read back as {found}.",
            field=field, meant=repr(meant), found=repr(found),
        )  # fmt: skip
    sheet = sheet_of_table(name)
    for index, (one, other) in enumerate(zip(meant, found, strict=False)):
        for field in type(one).model_fields:
            if getattr(one, field) != getattr(other, field):
                column = sheet.by_field(field)
                return Message(
                    "cell_read_back",
                    "{sheet}, row {row}: {column} {meant} would be read back as {found}.",
                    sheet=Name("sheet", sheet.name), row=index + 1,
                    column=field if column is None else Name("column", column.name, sheet.name),
                    meant=repr(getattr(one, field)), found=repr(getattr(other, field)),
                )  # fmt: skip
    return Message(
        "rows_read_back",
        "{sheet}: {meant} rows would be read back as {found}.",
        sheet=Name("sheet", sheet.name), meant=len(meant), found=len(found),
    )  # fmt: skip
