"""Which addresses of a cluster are safe to use."""

from __future__ import annotations

import pytest

from scheduler.backends.address import refuse_unsafe
from scheduler.backends.choose import backend_for
from scheduler.config import SolveConfig
from scheduler.errors import ClusterError

HERE = [
    "tcp://127.0.0.1:8786", "127.0.0.1:8786", "tcp://127.255.255.254:1", "tcp://[::1]:65535", "tcp://localhost:8786",
    "LOCALHOST:8786",
]  # fmt: skip
ELSEWHERE = [
    "tcp://10.0.0.5:8786", "10.0.0.5:8786", "tcp://128.0.0.1:8786", "tcp://126.255.255.255:8786", "tcp://0.0.0.0:8786",
    "tcp://[::]:8786", "tcp://[2001:db8::1]:8786", "tcp://planning.example:8786", "planning:8786",
    "tcp://localhost.example:8786", "tcp://127.0.0.1.example:8786", "tcp://127.1:8786",
]  # fmt: skip
NO_ADDRESS = [
    "", "nonsense", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://127.0.0.1:0", "tcp://127.0.0.1:65536",
    "tcp://127.0.0.1:99999999999", "http://127.0.0.1:9", "ws://127.0.0.1:8786", "inproc://127.0.0.1/1/1", "TLS://host:8786",
    "tcp://127.0.0.1:8786@10.0.0.5:8786", "tcp://127.0.0.1:8786/x", "tcp://::1:8786", "tcp://127.0.0.1:8786\n",
]  # fmt: skip


@pytest.mark.parametrize("address", HERE)
def test_this_machine_needs_no_tls(address: str) -> None:
    refuse_unsafe(address, insecure=False)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_another_machine_needs_tls_or_the_word_for_doing_without(address: str) -> None:
    with pytest.raises(ClusterError, match="remote shell") as refused:
        refuse_unsafe(address, insecure=False)
    assert "--insecure-cluster" in str(refused.value)
    refuse_unsafe(address, insecure=True)


@pytest.mark.parametrize("address", ["tls://10.0.0.5:8786", "tls://planning.example:8786", "tls://[2001:db8::1]:8786"])
def test_with_tls_any_machine_will_do(address: str) -> None:
    refuse_unsafe(address, insecure=False)


@pytest.mark.parametrize("address", NO_ADDRESS)
@pytest.mark.parametrize("insecure", [False, True])
def test_what_is_no_address_is_refused(address: str, insecure: bool) -> None:
    with pytest.raises(ClusterError, match="is no address of a Dask scheduler"):
        refuse_unsafe(address, insecure=insecure)


def test_the_library_refuses_the_same() -> None:
    with pytest.raises(ClusterError, match="remote shell"), backend_for(SolveConfig(), "tcp://10.0.0.5:8786"):
        pass
