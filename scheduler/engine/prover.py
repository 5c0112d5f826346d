"""The proof in a process of its own: bounds arrive while the search goes on, and neither waits for the other.

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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scheduler.constraints import Level
from scheduler.engine.bounds import Bounds
from scheduler.engine.pool import Ints
from scheduler.instance import Instance


@dataclass(frozen=True)
class Order:
    """What the child needs: the facts, the lines of a first roster ``shift[person, day]``, and its time in seconds."""

    instance: Instance
    shift: Ints
    seconds: float


@dataclass(frozen=True)
class Bound:
    """One bound of one component, see :class:`~scheduler.engine.bounds.Bounds`."""

    component: int
    level: Level
    value: int
    alone: bool


class Prover:
    """A running proof. ``bounds`` is None until the child has looked at the problem."""

    def __init__(self, order: Order, on_bound: Callable[[Level], None]) -> None:
        self.bounds: Bounds | None = None
        self._on_bound = on_bound
        root = str(Path(__file__).resolve().parents[2])
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
                self.bounds = pickle.load(stdout)
                while True:
                    found: Bound = pickle.load(stdout)
                    self.bounds.learn(found.component, found.level, found.value, alone=found.alone)
                    self._on_bound(found.level)
        except (EOFError, OSError, pickle.UnpicklingError):
            return  # The child is done, was stopped or died: what it proved so far stays.
        finally:
            self._child.wait()

    @property
    def settled(self) -> bool:
        """Whether every level has its bound, or no more will come."""
        return not self.running or (self.bounds is not None and self.bounds.complete)

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
    from scheduler.engine.columns import Columns
    from scheduler.engine.lines import LineModel
    from scheduler.engine.pool import Pool
    from scheduler.rules import declare

    until = time.monotonic() + order.seconds

    def send(message: object) -> None:
        pickle.dump(message, out)
        out.flush()

    pool = Pool(declare(order.instance))
    columns = Columns(pool, [LineModel(pool, person, soft=False) for person in range(len(pool.people))])
    columns.offer(order.shift)
    send(columns.bounds)
    columns.prove(
        lambda: until - time.monotonic(),
        lambda component, level, value, alone: send(Bound(component, level, value, alone)),
    )


def _main() -> None:
    # Solvers may print; what they say must not get between the pickles.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # As an importable module, so that both processes mean the same classes.
    from scheduler.engine import prover

    prover._work(pickle.load(sys.stdin.buffer), out)


if __name__ == "__main__":
    _main()
