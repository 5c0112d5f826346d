"""The proof in a process of its own: bounds arrive while the search goes on, and neither waits for the other.

Column generation for the coverage levels; then the quality level: nobody's line can cost less than their cheapest legal one; last
what more the coverage levels may say.

The child is this module run with ``python -m``. It reads one pickled order from standard input and writes pickled bounds to
standard output until it is done or its time is over. If it dies, the run goes on with the bounds it has.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scheduler.constraints import Level
from scheduler.engine.pool import Ints
from scheduler.engine.proof.bounds import Bounds
from scheduler.instance import Instance


@dataclass(frozen=True)
class Order:
    """What the child needs: the facts, the lines of a first roster ``shift[person, day]``, and its time in seconds."""

    instance: Instance
    shift: Ints
    seconds: float


@dataclass(frozen=True)
class Bound:
    """One bound of one component, see :class:`~scheduler.engine.proof.bounds.Bounds`."""

    component: int
    level: Level
    weight: int
    value: int


@dataclass(frozen=True)
class Cheapest:
    """Points of the quality level that everybody's cheapest line costs, whatever the others do."""

    points: int


class Prover:
    """A running proof; ``on_bound`` hears of every level that is known better."""

    def __init__(self, order: Order, on_bound: Callable[[Level], None]) -> None:
        self._bounds: Bounds | None = None
        self._cheapest = 0
        self._lock = threading.Lock()
        """Held while bounds are changed or read: the child is listened to in a thread of its own."""
        self._on_bound = on_bound
        root = str(Path(__file__).resolve().parents[3])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._child = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        self._thread = threading.Thread(target=self._listen, args=(order,), daemon=True)
        self._thread.start()

    def _listen(self, order: Order) -> None:
        stdin, stdout = self._child.stdin, self._child.stdout
        if stdin is None or stdout is None:
            return
        try:
            with stdin:
                pickle.dump(order, stdin)
            with stdout:
                while True:
                    self._hear(pickle.load(stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            return  # The child is done, was stopped or died: what it proved so far stays.
        finally:
            self._child.wait()

    def _hear(self, message: Bounds | Bound | Cheapest) -> None:
        with self._lock:
            level = self._learn(message)
        if level is not None:
            self._on_bound(level)

    def _learn(self, message: Bounds | Bound | Cheapest) -> Level | None:
        """Take a message in; the level it is about."""
        match message:
            case Cheapest(points):
                self._cheapest = points
                return Level.QUALITY
            case Bound() if self._bounds is not None:
                self._bounds.learn(message.component, message.level, message.weight, message.value)
                return message.level
            case Bounds():
                self._bounds = message
        return None

    def bound(self, level: Level, values: Mapping[Level, int]) -> int:
        """What no roster with these ``values`` at the earlier levels can beat, as far as is known by now."""
        if level is Level.QUALITY:
            return self._cheapest
        with self._lock:
            return 0 if self._bounds is None else self._bounds.of(level, values)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def join(self, stop: threading.Event) -> None:
        """Wait until the proof is done or ``stop`` is set."""
        while self.running and not stop.is_set():
            self._thread.join(0.05)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        if self._child.poll() is None:
            self._child.kill()
        self._thread.join()


def _work(order: Order, out: BinaryIO) -> None:
    """The child's whole life."""
    from scheduler.engine.lines.programme import LineModel
    from scheduler.engine.pool import Pool
    from scheduler.engine.proof.columns import Columns
    from scheduler.rules import declare

    until = time.monotonic() + order.seconds

    def send(message: object) -> None:
        pickle.dump(message, out)
        out.flush()

    def left() -> float:
        return until - time.monotonic()

    pool = Pool(declare(order.instance))
    models = [LineModel(pool, person, soft=False) for person in range(len(pool.people))]
    columns = Columns(pool, models)
    columns.offer(order.shift)
    send(columns.bounds)

    def tell(component: int, level: Level, weight: int, value: int) -> None:
        send(Bound(component, level, weight, value))

    columns.prove(left, tell)
    _step_back(3)
    cheapest = 0
    for person in range(len(pool.people)):
        if left() <= 0:
            break
        found = LineModel(pool, person, soft=True).best()
        cheapest += 0 if found is None else found[0]
    send(Cheapest(cheapest))
    _step_back(7)
    columns.prove_more(left, tell)


def _step_back(steps: int) -> None:
    """Leave more of the processor to the search: what is left to prove is worth less than what it finds."""
    if hasattr(os, "nice"):  # Not on Windows.
        os.nice(steps)


def _main() -> None:
    # Solvers may print; what they say must not get between the pickles.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # As an importable module, so that both processes mean the same classes.
    from scheduler.engine.proof import prover

    prover._work(pickle.load(sys.stdin.buffer), out)


if __name__ == "__main__":
    _main()
