"""The proof in a process of its own: bounds arrive while the search goes on, and neither waits for the other.

Column generation for the coverage levels; then the quality level: nobody's line can cost less than their cheapest legal one; last
what more the coverage levels may say.

The child is this module run with ``python -m``. It reads one pickled order from standard input and writes pickled bounds to
standard output, and None when it is done or its time is over. If it dies it is started again, once; the bounds it has told stay.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from scheduler.engine.compiled_problem import Ints
from scheduler.engine.proof.bounds import Bound, News
from scheduler.messages.message import Message
from scheduler.system.signals import be_deaf, deaf_children
from scheduler.vocabulary.constraints import Level
from scheduler.vocabulary.problem import Problem


@dataclass(frozen=True)
class Order:
    """What the child needs: the problem, the lines of a first roster ``shift[person, day]``, its time in seconds, and whether it
    ends with the coverage levels."""

    problem: Problem
    shift: Ints
    seconds: float
    coverage_only: bool = False


ATTEMPTS = 2


class Prover:
    """A running proof; ``on_news`` gets its news as they come, in a thread of its own, and ``lost`` what to say when it died."""

    def __init__(
        self, order: Order, on_news: Callable[[News], None], lost: Callable[[Message], None] = lambda _: None
    ) -> None:
        self._order = order
        self._on_news = on_news
        self._lost = lost
        self._until = time.monotonic() + order.seconds
        self._closed = False
        self._closing = threading.Lock()
        self._child = self._begun()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _begun(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[3])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        with deaf_children():
            return subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )

    def _run(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            done = self._listen()
            code = self._child.wait()
            with self._closing:
                if done or self._closed:
                    return
                again = attempt < ATTEMPTS and self._again()
            if again:
                self._lost(
                    Message(
                        "proof_again", "lost the process of its proof (exit code {code}). It starts again.", code=code
                    )
                )
            else:
                self._lost(
                    Message(
                        "proof_lost",
                        "lost the process of its proof (exit code {code}). The bounds so far stay.",
                        code=code,
                    )
                )
            if not again:
                return

    def _again(self) -> bool:
        try:
            self._child = self._begun()
        except OSError:
            return False
        return True

    def _listen(self) -> bool:
        """Hear what the child says; whether it came to its end."""
        stdin, stdout = self._child.stdin, self._child.stdout
        if stdin is None or stdout is None:
            return False
        order = replace(self._order, seconds=self._until - time.monotonic())
        try:
            # The child's input stays open: its end tells the child that this process is gone.
            pickle.dump(order, stdin)
            stdin.flush()
            while (news := pickle.load(stdout)) is not None:
                self._on_news(news)
        except (EOFError, OSError, pickle.UnpicklingError):
            return False  # It was stopped or died.
        else:
            return True
        finally:
            stdout.close()
            with suppress(OSError):
                stdin.close()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def join(self, stop: threading.Event) -> None:
        """Wait until the proof is done or ``stop`` is set."""
        while self.running and not stop.is_set():
            self._thread.join(0.05)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        with self._closing:
            self._closed = True
            if self._child.poll() is None:
                self._child.kill()
        self._thread.join()


def _work(order: Order, out: BinaryIO) -> None:
    """The child's whole life."""
    from scheduler.engine.compiled_problem import CompiledProblem
    from scheduler.engine.given_lines import given_lines
    from scheduler.engine.lines.models import LineModels
    from scheduler.engine.proof.column_bounds import Columns

    until = time.monotonic() + order.seconds

    def send(message: object) -> None:
        pickle.dump(message, out)
        out.flush()

    def left() -> float:
        return until - time.monotonic()

    pool = CompiledProblem(order.problem)
    models = LineModels(pool)
    columns = Columns(pool, models)
    columns.offer(order.shift)
    send(columns.bounds)

    def on_bound(component: int, level: Level, weight: int, value: int) -> None:
        send(Bound(component, level, weight, value))

    if given_lines(pool).levels:
        _step_back(10)  # The search of a repair proves more than this does, and sooner.
    columns.prove(left, on_bound)
    if order.coverage_only:
        send(None)
        return
    _step_back(10)
    columns.prove_quality(left, on_bound)
    _step_back(5)
    columns.prove_more(left, on_bound)
    send(None)


def _step_back(steps: int) -> None:
    """Leave more of the processor to the search: what is left to prove is worth less than what it finds."""
    if hasattr(os, "nice"):  # Not on Windows.
        os.nice(steps)


def _main() -> None:
    be_deaf()
    # Solvers may print; what they say must not get between the pickles.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # As an importable module, so that both processes mean the same classes.
    from scheduler.engine.proof import prover

    order = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_leave_with_the_parent, daemon=True).start()
    prover._work(order, out)


def _leave_with_the_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    _main()
