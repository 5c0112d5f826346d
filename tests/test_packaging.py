"""What is installed: the wheel, the source distribution, and the wheel that others build from it or in a container."""

from __future__ import annotations

import email
import email.message
import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from instances.generate import COMMITTED
from tests.test_docs import LINK

ROOT = Path(__file__).resolve().parent.parent
NEEDS = {"hatchling": "hatchling", "check_wheel_contents": "check-wheel-contents"}
pytestmark = [
    pytest.mark.slow,
    *(
        pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"needs {name}, of the extra test")
        for module, name in NEEDS.items()
    ),
]


def built(source: Path, kind: str, folder: Path) -> Path:
    """The wheel or sdist that is built from a folder, as `pip install` does but in this environment."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(words, cwd=source, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (found,) = folder.iterdir()
    return found


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    sdist = built(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (found,) = folder.iterdir()
    return found


def test_the_wheel_holds_the_package_the_way_in_and_the_examples(wheel: Path) -> None:
    there = {
        str(PurePosixPath(path.relative_to(ROOT)))
        for path in (ROOT / "scheduler").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po"
    }
    examples = {f"scheduler/_examples/{name}.xlsx" for name in COMMITTED}
    assert {name for name in names_in(wheel) if ".dist-info/" not in name} == {*there, *examples, "vigie.py"}


def test_the_wheel_passes_its_checker(wheel: Path) -> None:
    words = [sys.executable, "-m", "check_wheel_contents", str(wheel)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith("OK")


def metadata(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_string(archive.read(name).decode("utf-8"))


def test_the_metadata_tells_the_pythons_that_the_gate_runs(wheel: Path) -> None:
    told = metadata(wheel)
    version = re.compile(r"Programming Language :: Python :: (3\.\d+)")
    classified = {found[1] for line in told.get_all("Classifier", []) if (found := version.fullmatch(line))}
    run = set(re.findall(r"\b3\.\d+\b", (ROOT / ".ci" / "newer").read_text(encoding="utf-8")))
    oldest = str(told["Requires-Python"]).removeprefix(">=")
    assert classified <= run | {oldest}
    assert oldest in classified
    assert (told["Author"], told["License-Expression"]) == ("The maintainers of Vigie", "Apache-2.0")
    assert told.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_source_holds_what_the_readme_shows(source: Path) -> None:
    for page in ("README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))):
        text = (source / page).read_text(encoding="utf-8")
        missing = [target for target in LINK.findall(text) if not ((source / page).parent / target).is_file()]
        assert missing == [], page
    for name in (
        "Makefile",
        "pyproject.toml",
        "instances/brussels-midi.xlsx",
        "tests/conftest.py",
        ".ci/run",
        "Dockerfile",
    ):
        assert (source / name).is_file(), name


def test_the_wheel_from_the_source_is_the_same(source: Path, wheel: Path, tmp_path: Path) -> None:
    assert names_in(built(source, "wheel", tmp_path)) == names_in(wheel)


def test_what_a_container_is_built_from_is_enough(wheel: Path, tmp_path: Path) -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    context = tmp_path / "context"
    context.mkdir()
    for name in (line.removeprefix("!") for line in lines if line.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, context / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, context / name)
    assert names_in(built(context, "wheel", tmp_path / "out")) == names_in(wheel)
