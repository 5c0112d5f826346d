"""What a command that failed puts on standard output with ``--json``. It needs no rule: what failed may be one."""

from __future__ import annotations

from typing import Any

from scheduler.errors import BrokenRosterError, ContradictionError, InputError, InputProblem

Object = dict[str, Any]


def problem_object(problem: InputProblem) -> Object:
    """``message`` and ``hint`` are English sentences; ``code`` names what is wrong, whatever the words."""
    return {
        "place": problem.place,
        "value": problem.value,
        "code": problem.message.code,
        "message": str(problem.message),
        "hint": str(problem.hint or ""),
        "fatal": problem.fatal,
        "impossible": problem.impossible,
    }


def error_object(error: BaseException, message: str, exit_code: int) -> Object:
    """What a command that failed says; ``message`` in English."""
    problems = error.problems if isinstance(error, InputError | ContradictionError | BrokenRosterError) else ()
    notes = error.notes if isinstance(error, InputError) else ()
    reasons = (error.problems or error.reasons) if isinstance(error, ContradictionError) else ()
    return {
        "error": message,
        "problems": [problem_object(problem) for problem in problems],
        "notes": [problem_object(note) for note in notes],
        "reasons": [str(reason) for reason in reasons],
        "exit_code": exit_code,
    }
