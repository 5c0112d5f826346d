"""A file is replaced as a whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import xlsxwriter

from scheduler.errors import OutputError
from scheduler.workbook.files import replacing
from scheduler.workbook.template import save_tables


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with replacing(target) as temporary:
        assert temporary.parent == tmp_path
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, KeyError])
def test_whatever_happens_half_way_leaves_the_old_file(tmp_path, error) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def write() -> None:
        with replacing(target) as temporary:
            temporary.write_text("half")
            raise error

    with pytest.raises(error):
        write()
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_kill_half_way_leaves_the_old_file(tmp_path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    program = (
        "import sys, time\n"
        "from scheduler.workbook.files import replacing\n"
        "with replacing(sys.argv[1]) as temporary:\n"
        "    temporary.write_text('half')\n"
        "    print('half', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(target)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.kill()
    assert target.read_text() == "old"


def test_a_full_disk_and_a_refusal_of_the_writer_are_told_in_words(tmp_path) -> None:
    target = tmp_path / "a.xlsx"

    def write(error: Exception) -> None:
        with replacing(target):
            raise error

    for error in (OSError(28, "No space left on device"), xlsxwriter.exceptions.FileCreateError("busy")):
        with pytest.raises(OutputError, match="Nothing was changed"):
            write(error)
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_and_a_folder_in_the_way(tmp_path) -> None:
    with pytest.raises(OutputError, match="does not exist"), replacing(tmp_path / "no" / "a.xlsx"):
        pass
    with pytest.raises(OutputError, match="is a folder"), replacing(tmp_path):
        pass


def test_a_read_only_folder(tmp_path, monkeypatch) -> None:
    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError, match="read-only"), replacing(tmp_path / "a.xlsx"):
        pass


def test_a_file_that_is_open_in_excel_keeps_its_content(tmp_path, monkeypatch) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("old")

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match="close it in Excel"):
        save_tables({}, target)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.xlsx"]
