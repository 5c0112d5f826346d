"""The backend that a command asks for."""

from __future__ import annotations

from contextlib import AbstractContextManager

from scheduler.backends.backend import Backend
from scheduler.config import SolveConfig
from scheduler.system.cores import cores


def backend_for(config: SolveConfig, cluster: str | None, *, insecure: bool = False) -> AbstractContextManager[Backend]:
    """The workers of the Dask scheduler at an address, or without one child processes of this machine. Only when ``insecure`` is
    asked for may a cluster of other machines go without TLS."""
    if cluster is not None:
        from scheduler.backends.cluster import dask_cluster

        return dask_cluster(cluster, insecure=insecure)
    from scheduler.backends.local import local_processes

    return local_processes(min(config.workers, cores()))
