"""Sliding windows over a person's work: how many minutes of it lie in any stretch of a given length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same minutes as disjoint spans in order of time: nobody works twice at once."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def windows(spans: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """``(start of the window, minutes of work in it)`` for every window that begins or ends with a piece of work.

    The busiest window is always among them: while a window slides, its work can stop growing only where its front leaves
    a piece or its back enters one.
    """
    work = merged(spans)
    for index, (start, end) in enumerate(work):
        stop, total = start + length, 0
        for low, high in work[index:]:
            if low >= stop:
                break
            total += min(high, stop) - low
        yield start, total
        begin, total = end - length, 0
        for low, high in reversed(work[: index + 1]):
            if high <= begin:
                break
            total += high - max(low, begin)
        yield begin, total
