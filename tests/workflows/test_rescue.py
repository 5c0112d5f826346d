"""No finished solve is thrown away: whatever goes wrong after the search, the roster is somewhere, and the message says where."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import scheduler
from scheduler.commands.main import main
from scheduler.errors import OutputError
from scheduler.problem.instance import Instance
from scheduler.result import Result
from scheduler.system.safe_output import LONGEST_NAME
from scheduler.workbook.meta import Meta
from scheduler.workbook.read import read
from scheduler.workbook.save import save_result
from scheduler.workbook.sheets import META
from scheduler.workflows.export import csv_text
from tests.messages.said import said
from tests.workbook import result_world

pytestmark = pytest.mark.slow

SAVE = save_result
"""The true one, whatever a test puts in its place."""


def solved(instance: Instance) -> Result:
    return result_world.result(instance)


@pytest.fixture
def zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook whose solve takes no time: the roster breaks rules, which is no matter here."""
    instance = result_world.world(size=4, days=7)
    SAVE(tmp_path / "zone.xlsx", instance, solved(instance))
    monkeypatch.setattr(scheduler, "solve", lambda instance, *_, **__: solved(instance))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "spare"))
    (tmp_path / "spare").mkdir()
    return tmp_path / "zone.xlsx"


@pytest.fixture
def solve(zone: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def run(name: str = "out.xlsx", *more: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(["solve", str(zone), "--afresh", "-o", str(zone.with_name(name)), *more])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(left.value.code or 0), told.err + told.out

    return run


def failing(error: Exception, *, only: str = "") -> Callable[..., None]:
    """A save that fails, everywhere or under one name only."""

    def save(path: Path, *given: Any, **more: Any) -> None:
        if only in path.name:
            raise error
        SAVE(path, *given, **more)

    return save


def test_the_workbook_is_written(solve: Callable[..., tuple[int, str]], zone: Path) -> None:
    code, told = solve()
    assert code == 3
    assert "out.xlsx" in told
    assert read(zone.with_name("out.xlsx")).roster == solved(read(zone).instance).roster


@pytest.mark.parametrize(
    ("error", "code"), [(OutputError(said("out.xlsx is in use.")), 2), (KeyError("P-001"), 1), (MemoryError(), 1)]
)
def test_a_roster_that_cannot_be_saved_as_a_workbook_is_saved_as_text(
    error: Exception, code: int, solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.workbook.save.save_result", failing(error))
    left, told = solve()
    instance = read(zone).instance
    assert left == code
    assert "othing was written" not in told
    assert f"The roster is safe in {zone.with_name('out-2.csv')}." in told
    assert zone.with_name("out-2.csv").read_text(encoding="utf-8") == csv_text(instance, solved(instance).roster)


@pytest.mark.parametrize("error", [OutputError(said("out.xlsx is in use.")), ValueError("odd")])
def test_another_name_takes_the_whole_workbook(
    error: Exception, solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.workbook.save.save_result", failing(error, only="out.xlsx"))
    code, told = solve()
    assert code == (2 if isinstance(error, OutputError) else 1)
    assert f"The roster is safe in {zone.with_name('out-2.xlsx')}." in told
    assert read(zone.with_name("out-2.xlsx")).roster == solved(read(zone).instance).roster


def test_where_no_file_can_be_written_the_roster_is_printed(
    solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OutputError(said("The disk is full."))

    monkeypatch.setattr("scheduler.workbook.save.save_result", refuse)
    monkeypatch.setattr("scheduler.system.files.replace_text", refuse)
    code, told = solve()
    instance = read(zone).instance
    assert code == 2
    assert csv_text(instance, solved(instance).roster) in told
    assert "The disk is full. No place takes the roster as a file. Here it is as CSV:" in told


@pytest.mark.parametrize("place", ["solve_lines", "solve_object"])
@pytest.mark.parametrize(("error", "code"), [(RuntimeError("odd"), 1), (KeyboardInterrupt(), 130)])
def test_what_goes_wrong_while_speaking_says_where_the_roster_is(
    place: str, error: BaseException, code: int, solve: Callable[..., tuple[int, str]], zone: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(f"scheduler.commands.conclude.{place}", fail)
    left, told = solve()
    assert left == code
    assert "othing was written" not in told
    assert f"The roster is safe in {zone.with_name('out.xlsx')}." in told
    assert read(zone.with_name("out.xlsx")).roster is not None


def test_a_backend_that_does_not_close_takes_no_roster_with_it(
    solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def backend(*_: object, **__: object) -> Iterator[None]:
        yield
        raise ConnectionError("the cluster is gone")

    monkeypatch.setattr("scheduler.backends.choose.backend_for", backend)
    code, told = solve()
    assert code == 3
    assert "ConnectionError: the cluster is gone" in told
    assert read(zone.with_name("out.xlsx")).roster is not None


def test_what_fails_before_there_is_a_roster_says_that_nothing_was_written(
    solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(scheduler, "solve", fail)
    code, told = solve()
    assert code == 1
    assert "Nothing was written." in told
    assert not zone.with_name("out.xlsx").exists()


@pytest.mark.parametrize("change", ["gone", "no workbook", "another"])
def test_the_input_is_not_looked_at_again(
    change: str, solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read(zone)

    def search(instance: Instance, *_: object, **__: object) -> Result:
        zone.unlink()
        if change != "gone":
            zone.write_text("no workbook")
        if change == "another":
            scheduler.new(zone, "tiny")
        return solved(instance)

    monkeypatch.setattr(scheduler, "solve", search)
    assert solve()[0] == 3
    again = read(zone.with_name("out.xlsx"))
    assert again.instance == expected.instance
    assert again.tables == expected.tables


@pytest.mark.parametrize("letter", ["x", "é"])
def test_a_name_too_long_for_the_files_beside_it_is_refused_beforehand(
    letter: str, solve: Callable[..., tuple[int, str]], zone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(letter.encode())
    most = (LONGEST_NAME - 5) // size
    code, told = solve(letter * (most + 1) + ".xlsx")
    assert code == 2
    assert "name is too long" in told
    for length in (253, 254, 255, 300):
        assert solve(letter * (length // size - 5) + ".xlsx")[0] == 2
    assert solve(letter * most + ".xlsx")[0] == 3
    monkeypatch.setattr(
        "scheduler.workbook.save.save_result", failing(OutputError(said("in use")), only=letter * most + ".xlsx")
    )
    code, told = solve(letter * most + ".xlsx", "--force")
    assert code == 2
    assert read(zone.with_name(letter * most + "-2.xlsx")).roster is not None


# -- damaged where it does not matter ----------------------------------------------------------------------------------------


def part_of(path: Path, sheet: str) -> str:
    """The name of a sheet's part in the archive."""
    with zipfile.ZipFile(path) as archive:
        book, relations = (archive.read(f"xl/{name}").decode() for name in ("workbook.xml", "_rels/workbook.xml.rels"))
    relation = re.search(rf'name="{sheet}"[^>]*r:id="(\w+)"', book)
    assert relation is not None
    target = re.search(rf'Id="{relation[1]}"[^>]*Target="([^"]+)"', relations)
    assert target is not None
    return f"xl/{target[1]}"


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, str] | None = None) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            found = change(name, content)
            if found is not None:
                archive.writestr(name, found)
        for name, text in (more or {}).items():
            archive.writestr(name, text)


def cut_memory(path: Path) -> None:
    memory = part_of(path, META)
    rewritten(path, lambda name, content: content[: len(content) // 2] if name == memory else content)


def broken_link(path: Path) -> None:
    """A link to another workbook, named in the list of parts and not there."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="externalLinks/externalLink1.xml"/></Relationships>'
    reference = '</sheets><externalReferences><externalReference r:id="rId99"/></externalReferences>'

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            return content.replace(b"</Relationships>", relation.encode())
        return content.replace(b"</sheets>", reference.encode()) if name == "xl/workbook.xml" else content

    rewritten(path, change)


@pytest.mark.parametrize(("damage", "known"), [(cut_memory, False), (broken_link, True)])
def test_a_workbook_damaged_where_it_does_not_matter(
    damage: Callable[[Path], None], known: bool, zone: Path, solve: Callable[..., tuple[int, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before = read(zone)
    damage(zone)
    found = read(zone)
    assert (found.instance, found.roster, found.tables) == (before.instance, before.roster, before.tables)
    assert isinstance(found.memory, Meta) == known
    assert [note.place for note in found.notes] == ([] if known else [META])
    with pytest.raises(SystemExit) as left:
        main(["audit", str(zone)])
    told = capsys.readouterr()
    assert left.value.code == 3
    assert ("holds no record" not in told.out) == known
    assert (f"{META}: is damaged" in told.err) != known
    assert solve()[0] == 3
    again = read(zone.with_name("out.xlsx"))
    assert (again.instance, again.tables, again.notes) == (before.instance, before.tables, ())
    assert again.memory is not None
