"""The line models of many people in one set of arrays, for moves that price them half a million times a second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from scheduler.engine.compiled_problem import Bools, Ints
from scheduler.engine.lines.labelling import LineModel


class Lines(NamedTuple):
    """Tables of the dynamic programme with the person as first axis, padded to the largest; see
    :func:`~scheduler.engine.lines.given.line_cost`, which walks them. Costs are points."""

    constant: Ints
    automata: Ints
    reach: Ints
    """Days a duty is remembered, per person."""
    begin: Ints
    base: Ints
    pair: Ints
    flag: NDArray[np.int8]
    step: NDArray[np.int16]
    step_cost: Ints
    emit: Bools
    resting: Bools
    cond: Bools
    weight: NDArray[np.int32]
    term: Ints
    limit: Ints
    last_day: Ints
    emit_to: Ints
    active: NDArray[np.int16]


_NARROW: dict[str, DTypeLike] = {"step": np.int16, "weight": np.int32, "active": np.int16}
_EMPTY = {"step": -1, "emit_to": -1, "active": -1}


def stack(models: Sequence[LineModel]) -> Lines:
    """The models of all people, in their order."""
    tables = [model.tables() for model in models]
    return Lines(
        constant=np.array([model.constant for model in models], dtype=np.int64),
        automata=np.array([table["begin"].size for table in tables], dtype=np.int64),
        reach=np.array([table["pair"].shape[0] for table in tables], dtype=np.int64),
        **{name: _padded([table[name] for table in tables], name) for name in tables[0]},
    )


def _padded(arrays: Sequence[NDArray[Any]], name: str) -> NDArray[Any]:
    shape = np.max([array.shape for array in arrays], axis=0)
    padded = np.full((len(arrays), *shape), _EMPTY.get(name, 0), dtype=_NARROW.get(name, arrays[0].dtype))
    for row, array in zip(padded, arrays, strict=True):
        row[tuple(map(slice, array.shape))] = array
    return padded
