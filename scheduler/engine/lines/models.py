"""The line models of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from scheduler.engine.compiled_problem import CompiledProblem
from scheduler.engine.lines.labelling import NEVER, Flag, LineModel
from scheduler.errors import OutOfTimeError
from scheduler.messages.message import Message


class LineModels(Sequence[LineModel]):
    """Everybody's model, in the order of ``pool.people``. One that is not made yet is made when it is asked for; once the flag
    ``over[0]`` is set, that raises :class:`~scheduler.errors.OutOfTimeError`."""

    def __init__(self, pool: CompiledProblem, *, soft: bool = False, over: Flag = NEVER) -> None:
        """All models, or as many as were made when the time was over."""
        self._pool, self._soft, self._over = pool, soft, over
        self._made: dict[int, LineModel] = {}
        for person in range(len(self)):
            if over[0]:
                return
            self._make(person)

    def __len__(self) -> int:
        return len(self._pool.people)

    @overload
    def __getitem__(self, person: int) -> LineModel: ...
    @overload
    def __getitem__(self, person: slice) -> list[LineModel]: ...
    def __getitem__(self, person: int | slice) -> LineModel | list[LineModel]:
        if isinstance(person, slice):
            return [self[one] for one in range(*person.indices(len(self)))]
        if not 0 <= person < len(self):
            raise IndexError(person)
        return self._made.get(person) or self._make(person)

    def _make(self, person: int) -> LineModel:
        if self._over[0]:
            raise OutOfTimeError(Message("no_time_left", "no time was left for what the search needs."))
        self._made[person] = LineModel(self._pool, person, soft=self._soft, over=self._over)
        return self._made[person]
