"""A real Dask scheduler and two workers on this machine: the run is whole, whatever becomes of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pytest
from distributed import Client, Security

from scheduler.backends import cluster as cluster_module
from scheduler.backends.backend import GoneError
from scheduler.backends.cluster import DaskWire, dask_cluster
from scheduler.errors import ClusterError

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
REGION = ROOT / "instances" / "brussels-region.xlsx"
TINY = ROOT / "instances" / "tiny.xlsx"


@contextmanager
def process(*command: object, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is killed at the end."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    running = subprocess.Popen(
        [str(word) for word in command], env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


class Cluster:
    """A scheduler and its workers, without nannies: a killed worker stays dead."""

    def __init__(self, stack: ExitStack, security: Security | None = None, files: dict[str, str] | None = None) -> None:
        """``security`` for TLS, and the same as ``files`` in the environment of every process."""
        self._stack = stack
        self._security, self._files = security, files or {}
        scheme = "tls" if security else "tcp"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"{scheme}://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--protocol", scheme, "--host", "127.0.0.1", "--port", port)
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, environment: dict[str, str] | None = None) -> None:
        self.workers.append(self._start("worker", self.address, "--no-nanny", "--nthreads", 1, environment=environment))

    def wait(self, seconds: float = 60.0) -> None:
        """Until all workers are there."""
        with Client(self.address, timeout=seconds, set_as_default=False, security=self._security) as client:
            if self.workers:
                client.wait_for_workers(len(self.workers), timeout=seconds)

    def _start(self, *words: object, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        given = {**self._files, **(environment or {})}
        return self._stack.enter_context(process(BIN / "dask", *words, "--no-dashboard", environment=given))


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack)


@pytest.fixture
def pair(cluster: Cluster) -> Cluster:
    cluster.add_worker()
    cluster.add_worker()
    cluster.wait()
    return cluster


def start_solve(out: Path, address: str) -> subprocess.Popen[str]:
    """A run that would go on for ten minutes: what becomes of it must not depend on how fast this machine is."""
    return subprocess.Popen(
        [BIN / "vigie", "solve", REGION, "-o", out, "--cluster", address, "--time-limit", "600", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def wait_for_rosters(run: subprocess.Popen[str]) -> None:
    """Until the whole region has a first roster: the line names no pool."""
    assert run.stderr is not None
    assert any("left)  first roster" in line for line in run.stderr)


def searches(worker: subprocess.Popen[bytes]) -> bool:
    """Whether a worker has a search going: its proof is a child."""
    return bool(psutil.Process(worker.pid).children())


def wait_for(what: Callable[[], bool], otherwise: str) -> None:
    patience = time.monotonic() + 60
    while not what():
        assert time.monotonic() < patience, otherwise
        time.sleep(0.1)


def certificates(folder: Path) -> dict[str, str]:
    """An authority, a certificate of its and the key, made as README says."""
    made = {name: str(folder / f"{name}.pem") for name in ("ca", "ca-key", "node", "node-key")}
    request = folder / "node.csr"
    for words in (
        ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "365", "-subj", "/CN=authority",
         "-keyout", made["ca-key"], "-out", made["ca"]),
        ("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=node", "-keyout", made["node-key"], "-out", request),
        ("x509", "-req", "-days", "365", "-in", request, "-CA", made["ca"], "-CAkey", made["ca-key"],
         "-CAcreateserial", "-out", made["node"]),
    ):  # fmt: skip
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    return made


def audited(out: Path) -> int:
    done = subprocess.run([BIN / "vigie", "audit", out, "--json"], capture_output=True, text=True, check=False)
    return int(json.loads(done.stdout)["violations"])


def test_one_worker_killed_in_the_middle(pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(out, pair.address)
    wait_for_rosters(run)
    pair.add_worker()
    pair.wait()
    pair.workers[0].kill()
    wait_for(lambda: searches(pair.workers[2]), "nobody took the lost part")
    run.send_signal(signal.SIGINT)
    said, messages = run.communicate(timeout=120)
    assert run.returncode == 0, messages
    assert "began anew" in messages
    assert json.loads(said)["status"] == "interrupted"
    assert audited(out) == 0


def test_the_cluster_gone_in_the_middle(pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(out, pair.address)
    wait_for_rosters(run)
    pair.scheduler.kill()
    _, messages = run.communicate(timeout=120)
    assert run.returncode == 5
    assert f"the connection to the cluster at {pair.address} is gone" in messages
    assert "Traceback" not in messages
    assert audited(out) == 0


def test_a_stop_reaches_the_workers(pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(out, pair.address)
    wait_for_rosters(run)
    run.send_signal(signal.SIGINT)
    said, messages = run.communicate(timeout=120)
    assert run.returncode == 0, messages
    assert json.loads(said)["status"] == "interrupted"
    assert "did not end in time" not in messages
    wait_for(lambda: not any(map(searches, pair.workers)), "the proofs go on, which only a search ends")


LIVING = """
import time
from distributed import Client
from scheduler.backends import cluster
cluster.BEAT_S = 0.2
client = Client("{address}", timeout=30, set_as_default=False)
wire = cluster.DaskWire.opened("a run", client)
print("open", flush=True)
time.sleep(600)
"""


def test_without_a_sign_of_life_of_the_run_its_parts_end(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "SILENT_S", 5.0)
    cluster.wait()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        [sys.executable, "-c", LIVING.format(address=cluster.address)],
        stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "open\n"
    with Client(cluster.address, timeout=10, set_as_default=False) as client:
        part = DaskWire("a run", client)
        assert not part.halted()
        run.kill()
        run.wait()
        run.stdout.close()
        with pytest.raises(GoneError, match="no sign of life"):
            listen(part, 60.0)


def listen(part: DaskWire, seconds: float) -> None:
    """As a part does that is never halted."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert not part.halted()
        time.sleep(0.1)


def test_a_halt_is_heard_and_stays(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "BEAT_S", 0.02)
    cluster.wait()
    with Client(cluster.address, timeout=10, set_as_default=False) as client:
        wire, part = DaskWire.opened("a run", client), DaskWire("a run", client)
        assert not part.halted()
        wire.halt()
        for _ in range(20):
            assert part.halted()
            time.sleep(0.02)


def test_a_wrong_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_S", 2)
    for address in ("tcp://127.0.0.1:9", "http://127.0.0.1:9", "tcp://127.0.0.1:99999999999", "nonsense", "tcp://"):
        with pytest.raises(ClusterError, match="No Dask scheduler answers"), dask_cluster(address):
            pass


def test_a_scheduler_without_workers_is_refused(cluster: Cluster) -> None:
    cluster.wait()
    with pytest.raises(ClusterError, match="has no workers"), dask_cluster(cluster.address):
        pass


def test_a_worker_with_another_version_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    info = tmp_path / "vigie-99.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: vigie\nVersion: 99.0\n", encoding="utf-8")
    cluster.add_worker()
    cluster.add_worker({"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    cluster.wait()
    with pytest.raises(ClusterError, match="another version of Vigie"), dask_cluster(cluster.address):
        pass


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificates with OpenSSL")
def test_with_certificates_a_run_goes_through_tls_and_without_it_is_refused(tmp_path: Path) -> None:
    made = certificates(tmp_path)
    prefix = "DASK_DISTRIBUTED__COMM__"
    files = {f"{prefix}REQUIRE_ENCRYPTION": "True", f"{prefix}TLS__CA_FILE": made["ca"]}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        files |= {f"{prefix}TLS__{role}__CERT": made["node"], f"{prefix}TLS__{role}__KEY": made["node-key"]}
    security = Security(
        require_encryption=True, tls_ca_file=made["ca"], tls_client_cert=made["node"], tls_client_key=made["node-key"]
    )
    with ExitStack() as stack:
        cluster = Cluster(stack, security, files)
        cluster.add_worker()
        cluster.wait()
        out = tmp_path / "out.xlsx"
        command = [BIN / "vigie", "solve", TINY, "-o", out, "--cluster", cluster.address, "--time-limit", "10"]
        known = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=known | files, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert audited(out) == 0
        command[4] = tmp_path / "refused.xlsx"
        done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert cluster.address in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "refused.xlsx").exists()
