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

import dask
import psutil
import pytest
from distributed import Client, Security

from instances.region import together
from scheduler.backends import cluster as cluster_module
from scheduler.backends.backend import GoneError
from scheduler.backends.cluster import DaskWire, dask_cluster
from scheduler.engine.warm import compile_all
from scheduler.errors import ClusterError
from scheduler.workbook.template import save_tables
from tests.processes import ends_within

pytestmark = [pytest.mark.slow, ends_within(240)]

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
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
        self.workers.append(
            self._start(
                "worker", self.address, "--host", "127.0.0.1", "--no-nanny", "--nthreads", 1, environment=environment
            )
        )

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


@pytest.fixture(scope="module")
def zones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of two zones that share nobody: one for each worker. What a search compiles is compiled once, and here."""
    file = tmp_path_factory.mktemp("cluster") / "zones.xlsx"
    save_tables(together(["ouest", "nord"], "Two zones"), file)
    compile_all()
    return file


def start_solve(zones: Path, out: Path, address: str) -> subprocess.Popen[str]:
    """A run that would go on for ten minutes: what becomes of it must not depend on how fast this machine is."""
    return subprocess.Popen(
        [BIN / "vigie", "solve", zones, "-o", out, "--cluster", address, "--time-limit", "600", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def wait_for_rosters(run: subprocess.Popen[str]) -> None:
    """Until both zones have a first roster: the line names no pool."""
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
    """An authority, a certificate of its and the key, made by the commands of docs/machines.md."""
    for words in documented_commands("openssl"):
        subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return {name: str(folder / f"{name}.pem") for name in ("ca", "ca-key", "node", "node-key")}


def audited(out: Path) -> int:
    done = subprocess.run([BIN / "vigie", "audit", out, "--json"], capture_output=True, text=True, check=False)
    return int(json.loads(done.stdout)["violations"])


@pytest.mark.slowest
def test_one_worker_killed_in_the_middle(zones: Path, pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(zones, out, pair.address)
    wait_for_rosters(run)
    pair.add_worker()
    pair.wait()
    pair.workers[0].kill()
    wait_for(lambda: searches(pair.workers[2]), "nobody took the lost part")
    run.send_signal(signal.SIGINT)
    said, messages = run.communicate(timeout=120)
    assert run.returncode == 0, messages
    assert "and started again on" in messages
    assert json.loads(said)["status"] == "interrupted"
    assert audited(out) == 0


@pytest.mark.slowest
def test_the_cluster_gone_in_the_middle(zones: Path, pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(zones, out, pair.address)
    wait_for_rosters(run)
    pair.scheduler.kill()
    _, messages = run.communicate(timeout=120)
    assert run.returncode == 5
    assert f"the connection to the cluster at {pair.address} is gone" in messages
    assert "Traceback" not in messages
    assert audited(out) == 0


@pytest.mark.slowest
def test_a_stop_reaches_the_workers(zones: Path, pair: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run = start_solve(zones, out, pair.address)
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


@pytest.mark.slowest
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


def test_where_nobody_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_S", 2)
    with pytest.raises(ClusterError, match="No Dask scheduler answers"), dask_cluster("tcp://127.0.0.1:9"):
        pass


def test_another_machine_without_tls_is_refused_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_S", 2)
    with pytest.raises(ClusterError, match="remote shell"), dask_cluster("tcp://192.0.2.1:8786"):
        pass
    with (
        pytest.raises(ClusterError, match="No Dask scheduler answers"),
        dask_cluster("tcp://192.0.2.1:8786", insecure=True),
    ):
        pass


def test_tls_without_a_certificate_or_with_a_broken_one_is_refused(tmp_path: Path) -> None:
    def configured(ca: Path | None, node: Path | None) -> dask.config.set:
        of = "distributed.comm.tls"
        files = {f"{of}.ca-file": ca, f"{of}.client.cert": node, f"{of}.client.key": node}
        return dask.config.set({key: path and str(path) for key, path in files.items()})

    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate")
    for ca, node, reason in (
        (None, None, "needs a certificate"),
        (broken, None, "needs a certificate"),
        (broken, broken, "cannot be used"),
        (tmp_path / "nowhere.pem", broken, "cannot be used"),
    ):
        with configured(ca, node), pytest.raises(ClusterError, match=reason), dask_cluster("tls://192.0.2.1:8786"):
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
@pytest.mark.slowest
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
        assert f"{cluster.address} needs a certificate" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "refused.xlsx").exists()


def documented_commands(tool: str) -> list[list[str]]:
    """The words of the examples of a command in docs/machines.md."""
    lines = (ROOT / "docs" / "machines.md").read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].split() for line in lines if line.startswith(tool)]


def listening(process: psutil.Process) -> set[str]:
    """The addresses on which a process and its children listen."""
    return {
        str(connection.laddr.ip)
        for one in (process, *process.children(recursive=True))
        for connection in one.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }


@pytest.mark.skipif(not hasattr(psutil.Process, "net_connections"), reason="an older psutil")
def test_the_trial_in_the_docs_listens_on_this_machine_only() -> None:
    """Whoever reaches a port of it runs code as its user."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    (scheduler, *_), (worker, *_) = documented_commands("dask scheduler"), documented_commands("dask worker")
    assert "tcp://127.0.0.1:8786" in worker
    worker = [word.replace("8786", port) for word in worker]
    scheduler = [word.replace("8787", "0") for word in scheduler]
    with (
        process(BIN / "dask", *scheduler[1:], "--port", port) as one,
        process(BIN / "dask", *worker[1:]) as other,
        Client(f"tcp://127.0.0.1:{port}", timeout=60, set_as_default=False) as client,
    ):
        client.wait_for_workers(2, timeout=60)
        assert listening(psutil.Process(one.pid)) == {"127.0.0.1"}
        assert listening(psutil.Process(other.pid)) == {"127.0.0.1"}
        client.retire_workers()


def test_no_example_in_the_docs_shows_its_dashboard_to_others() -> None:
    examples = documented_commands("dask scheduler") + documented_commands("dask worker")
    assert len(examples) == 4
    for words in examples:
        assert words[words.index("--dashboard-address") + 1].startswith("127.0.0.1:")
        assert "127.0.0.1" in words or "tls" in " ".join(words)
