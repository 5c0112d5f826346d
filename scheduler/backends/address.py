"""The address of a cluster: whoever reaches a Dask port without TLS runs code there, so such a port must not be on a network."""

from __future__ import annotations

import re
from ipaddress import ip_address

from scheduler.errors import ClusterError
from scheduler.messages.message import Message

_ADDRESS = re.compile(
    r"(?:(?P<scheme>tcp|tls)://)?(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<host>[\w.-]+)):(?P<port>[0-9]{1,5})"
)


def refuse_unsafe(address: str, *, insecure: bool) -> None:
    """Raise :class:`ClusterError` for what is no address of a Dask scheduler, and for one that needs TLS and goes without.

    ``tcp://``, which is also meant where nothing is said, is for this machine; for others only where ``insecure`` is asked for.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise ClusterError(
            Message(
                "not_an_address",
                "'{address}' is no address of a Dask scheduler: one looks like tcp://127.0.0.1:8786 or tls://HOST:8786.",
                address=address,
            )
        )
    if found["scheme"] != "tls" and not insecure and not _is_loopback(found["six"] or found["host"]):
        raise ClusterError(
            Message(
                "cluster_without_tls",
                "{address} is on another machine and goes without TLS. A Dask port without TLS is a remote shell: whoever"
                " reaches it runs code as its user, on the scheduler, on every worker and here. Use tls://, as docs/machines.md"
                " shows. If nobody else can reach this network, add --insecure-cluster.",
                address=address,
            )
        )


def is_tls(address: str) -> bool:
    return address.startswith("tls://")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
