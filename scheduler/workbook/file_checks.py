"""Looking at a file before anything parses it: is it an .xlsx at all, is it whole, does it stay small when expanded."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path

from scheduler.errors import InputError, InputProblem

MAX_FILE_BYTES = 60 * 1024 * 1024
MAX_EXPANDED_BYTES = 100 * 1024 * 1024
"""Some four times the workbook of 2,000 people over four weeks, all result sheets included."""
MAX_RATIO, MAX_HONEST_BYTES = 40, 600 * 1024 * 1024
"""A larger one is opened as long as it expands like rows of text do, about ten times, and not like a bomb."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
_NEW = "Run `vigie new FILE` for an empty workbook with every sheet."


def refuse(path: str | os.PathLike[str], message: str, hint: str = "") -> InputError:
    """The error about a file as a whole."""
    return InputError([InputProblem(Path(path).name, "", message, hint)])


def workbook_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of an .xlsx file. Raises :class:`InputError` when the file cannot be one, or would burst when expanded."""
    content = _content(path)
    _check_format(path, content)
    _check_archive(path, content)
    return content


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        state = Path(path).stat()
        if not stat.S_ISREG(state.st_mode):
            kind = "a folder" if stat.S_ISDIR(state.st_mode) else "a device, a pipe or a socket"
            raise refuse(path, f"is {kind}, not a workbook.", "Name an Excel workbook (.xlsx).")
        if state.st_size > MAX_FILE_BYTES:
            raise refuse(path, f"is larger than {MAX_FILE_BYTES // 2**20} MiB.", "Remove pictures and unused sheets.")
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise refuse(path, "does not exist.", "Check the name and the folder.") from error
    except (OSError, ValueError) as error:
        raise refuse(path, "cannot be opened.", "Close it in Excel and check that you may read it.") from error


def _check_format(path: str | os.PathLike[str], content: bytes) -> None:
    if not content:
        raise refuse(path, "is empty.", _NEW)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refuse(path, "is protected with a password.", "Save a copy without the password to open it.")
        raise refuse(path, "is a workbook of the old .xls kind.", _SAVE_AS)
    if content.startswith(b"%PDF"):
        raise refuse(path, "is a PDF, not an Excel workbook.", _SAVE_AS)
    if not content.startswith(b"PK"):
        raise refuse(path, "is not an Excel workbook (.xlsx).", _SAVE_AS)


def _check_archive(path: str | os.PathLike[str], content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            expanded = sum(part.file_size for part in archive.infolist())
            encrypted = any(part.flag_bits & 1 for part in archive.infolist())
            if encrypted:
                raise refuse(path, "is protected with a password.", "Save a copy without the password to open it.")
            most = MAX_HONEST_BYTES if expanded <= MAX_RATIO * len(content) else MAX_EXPANDED_BYTES
            if expanded > most:
                raise refuse(
                    path,
                    f"expands to {expanded / 2**20:,.0f} MiB; more than {most // 2**20} is not opened.",
                    "Copy the rows that matter into a new workbook.",
                )
            strict = "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml")
            if archive.testzip() is not None:
                raise refuse(path, "is damaged.", "Take an older copy, or let Excel repair it and save it again.")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise refuse(
            path,
            "is damaged or cut short.",
            "Copy or download it again, or let Excel repair it and save it again.",
        ) from error
    if "xl/workbook.bin" in names:
        raise refuse(path, "is a binary workbook (.xlsb).", _SAVE_AS)
    if "mimetype" in names:
        raise refuse(path, "is an OpenDocument file.", _SAVE_AS)
    if strict:
        message = "is saved in the strict variant of the .xlsx format."
        raise refuse(path, message, "In Excel, save it as “Excel Workbook (*.xlsx)”, without “Strict”.")
    if not any(name.startswith("xl/") for name in names):
        raise refuse(path, "is not an Excel workbook (.xlsx).", _SAVE_AS)
