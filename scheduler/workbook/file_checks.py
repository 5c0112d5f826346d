"""Looking at a file before anything parses it: is it an .xlsx at all, is it whole, does it stay small when expanded."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path

from scheduler.errors import InputError, InputProblem
from scheduler.messages.message import Message
from scheduler.system.standard_input import taken

MAX_FILE_BYTES = 60 * 1024 * 1024
MAX_EXPANDED_BYTES = 100 * 1024 * 1024
"""Some four times the workbook of 2,000 people over four weeks, all result sheets included."""
MAX_RATIO, MAX_HONEST_BYTES = 40, 600 * 1024 * 1024
"""A larger one is opened as long as it expands like rows of text do, about ten times, and not like a bomb."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_SAVE_AS = Message("save_as_xlsx", "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).")
_NEW = Message("new_empty_workbook", "Run `vigie new FILE` for an empty workbook with every sheet.")
_COPY_ROWS = Message("copy_rows", "Copy the rows that matter into a new workbook.")
_PASSWORD = (
    Message("has_password", "is protected with a password."),
    Message("save_without_password", "Save a copy without the password to open it."),
)


def refuse(path: str | os.PathLike[str], message: Message, hint: Message | None = None) -> InputError:
    """The error about a file as a whole."""
    return InputError([InputProblem(Path(path).name, "", message, hint)])


def too_much(path: str | os.PathLike[str], message: Message) -> InputError:
    """The error about a file that holds more than is read."""
    return refuse(path, message, _COPY_ROWS)


def workbook_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of an .xlsx file. Raises :class:`InputError` when the file cannot be one, or would burst when expanded."""
    content = _content(path)
    _check_format(path, content)
    _check_archive(path, content)
    return content


def _content(path: str | os.PathLike[str]) -> bytes:
    if (content := taken(path)) is not None:
        _refuse_large(path, len(content))
        return content
    try:
        state = Path(path).stat()
        if not stat.S_ISREG(state.st_mode):
            message = (
                Message("is_a_folder", "is a folder, not a workbook.")
                if stat.S_ISDIR(state.st_mode)
                else Message("is_a_device", "is a device, a pipe or a socket, not a workbook.")
            )
            raise refuse(path, message, Message("name_a_workbook", "Name an Excel workbook (.xlsx)."))
        _refuse_large(path, state.st_size)
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        message = Message("no_such_file", "does not exist.")
        raise refuse(path, message, Message("check_name_and_folder", "Check the name and the folder.")) from error
    except (OSError, ValueError) as error:
        message = Message("cannot_be_opened", "cannot be opened.")
        hint = Message("close_in_excel", "Close it in Excel and check that you may read it.")
        raise refuse(path, message, hint) from error


def _refuse_large(path: str | os.PathLike[str], size: int) -> None:
    if size > MAX_FILE_BYTES:
        message = Message("file_too_large", "is larger than {most} MiB.", most=MAX_FILE_BYTES // 2**20)
        raise refuse(path, message, Message("remove_pictures", "Remove pictures and unused sheets."))


def _check_format(path: str | os.PathLike[str], content: bytes) -> None:
    if not content:
        raise refuse(path, Message("file_empty", "is empty."), _NEW)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise refuse(path, *_PASSWORD)
        raise refuse(path, Message("old_xls", "is a workbook in the old .xls format."), _SAVE_AS)
    if content.startswith(b"%PDF"):
        raise refuse(path, Message("is_pdf", "is a PDF, not an Excel workbook."), _SAVE_AS)
    if not content.startswith(b"PK"):
        raise refuse(path, _not_a_workbook(), _SAVE_AS)


def _check_archive(path: str | os.PathLike[str], content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            expanded = sum(part.file_size for part in archive.infolist())
            encrypted = any(part.flag_bits & 1 for part in archive.infolist())
            if encrypted:
                raise refuse(path, *_PASSWORD)
            most = MAX_HONEST_BYTES if expanded <= MAX_RATIO * len(content) else MAX_EXPANDED_BYTES
            if expanded > most:
                message = Message(
                    "expands_too_much",
                    "expands to {size} MiB; more than {most} is not opened.",
                    size=round(expanded / 2**20),
                    most=most // 2**20,
                )
                raise too_much(path, message)
            strict = "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml")
            if archive.testzip() is not None:
                hint = Message("older_copy_or_repair", "Take an older copy, or let Excel repair it and save it again.")
                raise refuse(path, Message("is_damaged", "is damaged."), hint)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        message = Message("damaged_or_cut_short", "is damaged or cut short.")
        hint = Message("download_or_repair", "Copy or download it again, or let Excel repair it and save it again.")
        raise refuse(path, message, hint) from error
    if "xl/workbook.bin" in names:
        raise refuse(path, Message("is_xlsb", "is a binary workbook (.xlsb)."), _SAVE_AS)
    if "mimetype" in names:
        raise refuse(path, Message("is_open_document", "is an OpenDocument file."), _SAVE_AS)
    if strict:
        message = Message("strict_xlsx", "is saved in the strict variant of the .xlsx format.")
        hint = Message("save_without_strict", "In Excel, save it as “Excel Workbook (*.xlsx)”, without “Strict”.")
        raise refuse(path, message, hint)
    if not any(name.startswith("xl/") for name in names):
        raise refuse(path, _not_a_workbook(), _SAVE_AS)


def _not_a_workbook() -> Message:
    return Message("not_a_workbook", "is not an Excel workbook (.xlsx).")
