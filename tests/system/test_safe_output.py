"""Where results may go: refused before the work, rescued after it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scheduler.errors import OutputError
from scheduler.system.safe_output import refuse_source, refuse_unwritable, write_or_rescue
from tests.messages.said import said


def test_a_new_file_in_a_folder_is_fine_and_nothing_is_left_behind(tmp_path: Path) -> None:
    refuse_unwritable(tmp_path / "x.xlsx", force=False, suffix=".xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_needs_force_and_keeps_its_content(tmp_path: Path) -> None:
    file = tmp_path / "x.XLSX"
    file.write_text("old")
    with pytest.raises(OutputError, match="--force"):
        refuse_unwritable(file, force=False, suffix=".xlsx")
    refuse_unwritable(file, force=True, suffix=".xlsx")
    assert file.read_text() == "old"


def test_what_a_result_is_made_of_is_not_replaced(tmp_path: Path) -> None:
    file, other = tmp_path / "x.xlsx", tmp_path / "y.xlsx"
    file.write_text("old")
    with pytest.raises(OutputError, match="is read here"):
        refuse_source(tmp_path / "." / "x.xlsx", other, file)
    refuse_source(other, file)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("x.csv", "end in .xlsx"), ("nowhere/x.xlsx", "does not exist"), ("folder.xlsx", "is a folder")],
)
def test_the_reason_is_said(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(OutputError, match=reason):
        refuse_unwritable(tmp_path / name, force=True, suffix=".xlsx")


def test_a_file_in_use_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.xlsx"
    file.write_text("old")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(OutputError, match="close it in Excel"):
        refuse_unwritable(file, force=True)


def test_a_read_only_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr("scheduler.system.safe_output.tempfile.TemporaryFile", refuse)
    with pytest.raises(OutputError, match="read-only"):
        refuse_unwritable(tmp_path / "x.xlsx", force=False)


def test_a_result_goes_where_it_was_asked(tmp_path: Path) -> None:
    place, refusal = write_or_rescue(tmp_path / "x.xlsx", lambda path: path.write_text("roster") and None)
    assert (place, refusal) == (tmp_path / "x.xlsx", None)
    assert place.read_text() == "roster"


def test_a_refused_result_is_saved_beside_and_no_file_is_lost(tmp_path: Path) -> None:
    (tmp_path / "x-2.xlsx").write_text("older")

    def write(path: Path) -> None:
        if path.name == "x.xlsx":
            raise OutputError(said("open in Excel"))
        path.write_text("roster")

    place, refusal = write_or_rescue(tmp_path / "x.xlsx", write)
    assert place == tmp_path / "x-3.xlsx"
    assert str(refusal) == "open in Excel"
    assert place.read_text() == "roster"
    assert (tmp_path / "x-2.xlsx").read_text() == "older"


def test_a_folder_that_refuses_all_is_left_for_the_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing, spare = tmp_path / "refusing", tmp_path / "spare"
    refusing.mkdir()
    spare.mkdir()
    monkeypatch.setattr("scheduler.system.safe_output.tempfile.gettempdir", lambda: str(spare))

    def write(path: Path) -> None:
        if path.parent == refusing:
            raise OutputError(said("read-only"))
        path.write_text("roster")

    place, _ = write_or_rescue(refusing / "x.xlsx", write)
    assert place == spare / "x-2.xlsx"


def test_the_refusal_is_raised_when_no_place_takes_it(tmp_path: Path) -> None:
    def write(_path: Path) -> None:
        raise OutputError(said("disk full"))

    with pytest.raises(OutputError, match="disk full"):
        write_or_rescue(tmp_path / "x.xlsx", write)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="as POSIX has them")
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("kind", "reason"), [("pipe", "is a pipe"), ("link to a device", "is a device")])
def test_what_is_no_file_is_refused_with_the_true_reason(tmp_path: Path, kind: str, reason: str, force: bool) -> None:
    place = tmp_path / "x.xlsx"
    if kind == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(os.devnull)
    with pytest.raises(OutputError, match=reason):
        refuse_unwritable(place, force=force, suffix=".xlsx")


def test_a_link_to_nothing_is_something_that_exists(tmp_path: Path) -> None:
    link = tmp_path / "x.xlsx"
    link.symlink_to(tmp_path / "y.xlsx")
    with pytest.raises(OutputError, match="--force"):
        refuse_unwritable(link, force=False, suffix=".xlsx")
    refuse_unwritable(link, force=True, suffix=".xlsx")
    link.unlink()
    link.symlink_to(tmp_path / "nowhere" / "y.xlsx")
    with pytest.raises(OutputError, match="nowhere does not exist"):
        refuse_unwritable(link, force=True, suffix=".xlsx")


def test_a_name_that_no_system_takes_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the name is too long"):
        refuse_unwritable(tmp_path / f"{'x' * 300}.xlsx", force=False, suffix=".xlsx")


def test_a_rescue_never_goes_through_a_link_that_lies_there(tmp_path: Path) -> None:
    (tmp_path / "x-2.xlsx").symlink_to(tmp_path / "planted.xlsx")

    def write(path: Path) -> None:
        if path.name == "x.xlsx":
            raise OutputError(said("open in Excel"))
        path.write_text("roster")

    place, _ = write_or_rescue(tmp_path / "x.xlsx", write)
    assert place == tmp_path / "x-3.xlsx"
    assert not (tmp_path / "planted.xlsx").exists()
