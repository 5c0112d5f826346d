"""A Dask cluster as a backend: parts run on its workers, and talk through its scheduler.

TLS is what Dask's own configuration says, for the address ``tls://…``.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from scheduler.backends.address import is_tls, refuse_unsafe
from scheduler.backends.backend import Backend, GoneError
from scheduler.errors import ClusterError
from scheduler.messages.message import Message
from scheduler.system.versions import package_digest

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S = 10
"""Seconds to wait for an answer from the scheduler."""
SILENT_S = 30
"""Seconds without a word after which the other side counts as gone."""
BEAT_S = 5
"""Seconds between two signs of life of a run."""
HALT = 0
"""What a run says that wants its parts to end; its signs of life count from 1."""


@contextmanager
def dask_cluster(address: str, *, insecure: bool = False) -> Iterator[Backend]:
    """A backend for :func:`scheduler.solve`: the workers of a Dask scheduler, one part on each.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tls://10.0.0.5:8786``.
    insecure
        Whether another machine may be reached without TLS: everybody who reaches the port may then run code there.

    Raises
    ------
    ClusterError
        When Dask is not installed, nobody answers, there is no worker, or one has another version; and for another machine
        without TLS, unless ``insecure``.

    Examples
    --------
    >>> try:
    ...     with dask_cluster("tcp://10.0.0.5:8786") as backend:
    ...         result = solve(instance, backend=backend)
    ... except ClusterError as error:
    ...     print(type(error).__name__)
    ClusterError
    """
    refuse_unsafe(address, insecure=insecure)
    client = _connect(address)
    try:
        workers = _fit_workers(client, address)
        run = uuid.uuid4().hex
        numbers = count()
        yield Backend(
            client.get_executor(pure=False),
            lambda: DaskWire.opened(f"vigie-{run}-{next(numbers)}", client),
            len(workers),
            one_machine=False,
            name=Message("cluster_at", "the cluster at {address}", address=address),
        )
    finally:
        with suppress(Exception):
            client.close(timeout=2)


def _connect(address: str) -> Client:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise ClusterError(
            Message(
                "dask_missing",
                "--cluster needs Dask: install Vigie with its extra, as docs/machines.md says: pip install '.[cluster]'",
            )
        ) from error
    # What goes wrong is told by whoever asked for it, in words for planners.
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # A part is one large message, and that is as it should be.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
    if is_tls(address):
        _need_certificate(address)
    try:
        # Dask leaves a client half open that cannot connect; collected while the next one starts, it blocks that.
        with ThreadPoolExecutor(1) as elsewhere:  # Where this is called a loop may run already, as in a notebook.
            elsewhere.submit(asyncio.run, _knock(address)).result()
        return distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, TimeoutError, RuntimeError, OverflowError) as error:
        raise ClusterError(
            Message(
                "cluster_unreachable",
                "No Dask scheduler answers at {address}. Start one as docs/machines.md shows, with the same protocol and port.",
                address=address,
            )
        ) from error


def _need_certificate(address: str) -> None:
    from distributed import Security

    try:
        context = Security().get_connection_args("client")["ssl_context"]
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            Message(
                "certificate_unusable",
                "{address}: the certificate in Dask's configuration cannot be used: {reason}.",
                address=address,
                reason=str(error),
            )
        ) from error
    if context is None:
        raise ClusterError(
            Message(
                "certificate_missing",
                "{address} needs a certificate, and Dask's configuration names none: docs/machines.md shows how"
                " (distributed.comm.tls, ca-file and client).",
                address=address,
            )
        )


async def _knock(address: str) -> None:
    """Connect once, as the client would, and hang up."""
    from distributed import Security
    from distributed.comm import connect

    arguments = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(address, timeout=CONNECT_S, **arguments), CONNECT_S)
    await comm.close()


def _fit_workers(client: Client, address: str) -> list[str]:
    """The addresses of the workers; all must run this very package."""
    try:
        if not client.nthreads():
            raise ClusterError(
                Message(
                    "cluster_no_workers",
                    "The scheduler at {address} has no workers. Start some as docs/machines.md shows.",
                    address=address,
                )
            )
        found: dict[str, Any] = client.run(package_digest, on_error="return")
    except OSError as error:
        raise ClusterError(
            Message("workers_silent", "The workers of {address} do not answer.", address=address)
        ) from error
    for worker, digest in found.items():
        if isinstance(digest, ImportError):
            raise ClusterError(
                Message(
                    "worker_no_vigie",
                    "The worker {worker} has no Vigie: install the same version there.",
                    worker=worker,
                )
            )
        if digest != package_digest():
            raise ClusterError(
                Message(
                    "worker_unfit",
                    "The worker {worker} has another version of Vigie, or of what it builds on: install the same there.",
                    worker=worker,
                )
            )
    return list(found)


@dataclass
class DaskWire:
    """A channel through the cluster's scheduler: a queue of what the parts tell, and a variable with what the run says, a new
    number every few seconds or :data:`HALT`."""

    name: str
    client: Client | None = None
    _found: dict[str, Any] = field(default_factory=dict)
    _saying: threading.Lock = field(default_factory=threading.Lock)
    _halting: bool = False
    _heard: int | None = None
    _heard_at: float = 0.0
    _present: int | None = None

    def __reduce__(self) -> tuple[type[DaskWire], tuple[str]]:
        return DaskWire, (self.name,)

    # -- on the side of the run ----------------------------------------------------------------------------------------

    @classmethod
    def opened(cls, name: str, client: Client) -> DaskWire:
        """A wire that gives signs of life, as long as its process lives and its client is open."""
        wire = cls(name, client)
        threading.Thread(target=wire._live, daemon=True).start()
        return wire

    def _live(self) -> None:
        with suppress(Exception):  # Whatever it is, receiving meets it too, and that is heard.
            for number in count(1):
                with self._saying:
                    if self._halting:
                        return
                    self._say(number)
                if self.client is not None:
                    self._present = len(self.client.nthreads())
                time.sleep(BEAT_S)

    def receive(self, seconds: float) -> object | None:
        asked = time.monotonic()
        data = _held(lambda: self._next(seconds))
        if data is None and time.monotonic() > asked + SILENT_S:
            raise GoneError(Message("cluster_silent", "the cluster does not answer"))
        message: object = None if data is None else pickle.loads(data)
        return message

    def _next(self, seconds: float) -> Any:
        try:
            return self._queue.get(timeout=seconds, callback_timeout=SILENT_S)
        except TimeoutError:
            return None

    def workers(self) -> int | None:
        return self._present

    def halt(self) -> None:
        with self._saying:
            self._halting = True
            self._say(HALT)

    def _say(self, number: int) -> None:
        _held(lambda: self._life.set(number, callback_timeout=SILENT_S))

    # -- on the side of a part -----------------------------------------------------------------------------------------

    def send(self, message: object) -> None:
        data = pickle.dumps(message)
        _held(lambda: self._queue.put(data, timeout=SILENT_S, callback_timeout=2 * SILENT_S))

    def halted(self) -> bool:
        heard = _held(lambda: self._life.get(timeout=SILENT_S, callback_timeout=2 * SILENT_S))
        now = time.monotonic()
        if heard != self._heard:
            self._heard, self._heard_at = heard, now
        if now > self._heard_at + SILENT_S:
            raise GoneError(Message("run_silent", "the run gave no sign of life for {seconds} s", seconds=SILENT_S))
        return bool(heard == HALT)

    # -- both ----------------------------------------------------------------------------------------------------------

    @property
    def _queue(self) -> Any:
        from distributed import Queue

        return self._once("queue", Queue)

    @property
    def _life(self) -> Any:
        from distributed import Variable

        return self._once("life", Variable)

    def _once(self, kind: str, make: Callable[..., Any]) -> Any:
        """On a worker the client is the worker's own."""
        from distributed import get_client

        if self.client is None:
            self.client = get_client()
        if kind not in self._found:
            self._found[kind] = make(f"{self.name}-{kind}", client=self.client)
        return self._found[kind]


def _held(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (OSError, RuntimeError, CancelledError) as error:
        raise GoneError(Message("cluster_gone", "the cluster is gone")) from error
