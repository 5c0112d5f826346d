"""A file is replaced as a whole or not at all."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from scheduler.errors import OutputError
from scheduler.system.files import replacing
from scheduler.workbook.files import replacing_whole
from scheduler.workbook.template import save_tables
from tests.processes import ends_within

pytestmark = ends_within(200)


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with replacing(target) as temporary:
        assert temporary.parent == tmp_path
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
@pytest.mark.parametrize("before", [None, 0o644])
def test_a_private_file_is_its_owners_alone_from_the_first_byte(tmp_path, before) -> None:
    target = tmp_path / "a.txt"
    if before is not None:
        target.write_text("old")
        target.chmod(before)
    with replacing(target, private=True) as temporary:
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
        temporary.write_text("new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_text() == "new"


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
        "from scheduler.system.files import replacing\n"
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
        with replacing_whole(target):
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


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="rights as POSIX has them")
class TestRights:
    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o400])
    def test_the_mode_of_the_old_file_stays_and_is_never_wider_on_the_way(self, tmp_path: Path, mode: int) -> None:
        target = tmp_path / "a.txt"
        target.write_text("old")
        target.chmod(mode)
        with replacing(target) as temporary:
            assert _mode(temporary) == 0o600
            temporary.write_text("new")
        assert (target.read_text(), _mode(target)) == ("new", mode)

    @pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
    def test_a_new_file_gets_what_the_umask_leaves(self, tmp_path: Path, umask: int, mode: int) -> None:
        before = os.umask(umask)
        try:
            with replacing(tmp_path / "a.txt") as temporary:
                temporary.write_text("new")
        finally:
            os.umask(before)
        assert _mode(tmp_path / "a.txt") == mode

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
    def test_owner_and_group_stay_where_the_system_allows(self, tmp_path: Path, monkeypatch) -> None:
        target = tmp_path / "a.txt"
        target.write_text("old")
        os.chown(target, 12345, 23456)
        target.chmod(0o664)
        with replacing(target):
            pass
        state = target.stat()
        assert (state.st_uid, state.st_gid, _mode(target)) == (12345, 23456, 0o664)

        def refuse(*_args: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "chown", refuse)
        with replacing(target):
            pass
        assert target.stat().st_gid != 23456
        assert _mode(target) == 0o644, "another group gets no more than everybody"

    def test_a_link_stays_and_the_file_behind_it_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "shared").mkdir()
        target, link = tmp_path / "shared" / "a.txt", tmp_path / "link.txt"
        target.write_text("old")
        target.chmod(0o600)
        link.symlink_to(target)
        with replacing(link) as temporary:
            assert temporary.parent == target.parent
            temporary.write_text("new")
        assert link.is_symlink()
        assert (target.read_text(), _mode(target)) == ("new", 0o600)
        assert os.listdir(target.parent) == ["a.txt"]

    @pytest.mark.parametrize(
        ("kind", "reason"), [("fifo", "is a pipe"), ("socket", "is a socket"), ("/dev/null", "is a device")]
    )
    @pytest.mark.parametrize("linked", [False, True])
    def test_what_is_no_file_is_never_replaced(self, tmp_path: Path, kind: str, reason: str, linked: bool) -> None:
        target = tmp_path / kind if kind != "/dev/null" else Path(kind)
        with socket.socket(socket.AF_UNIX) as server:
            if kind == "fifo":
                os.mkfifo(target)
            elif kind == "socket":
                server.bind(str(target))
            if linked:
                (tmp_path / "link").symlink_to(target)
            before = target.stat()
            with pytest.raises(OutputError, match=reason), replacing(tmp_path / "link" if linked else target):
                pass
            assert target.stat() == before


def test_nothing_goes_through_a_link_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError, match="cannot be written"), replacing(tmp_path / "a"):
        pass
