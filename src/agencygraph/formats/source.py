"""Source: the text of a file, once it is clear that it is a text at all."""

from __future__ import annotations

import itertools
import os
import re
import stat
from dataclasses import dataclass
from typing import NoReturn

from agencygraph.errors import FileError, did_you_mean
from agencygraph.files import Where

CASE_LIMIT = 5_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SAVE_AS = "Open it in the program that made it and save it as UTF-8"


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name of its file as the user typed it; line ends are plain, a byte order mark is gone."""

    shown: str
    text: str


def open_source(path: Where, limit: int = CASE_LIMIT) -> Source:
    """Read a text file, or say in one sentence why it cannot be read.

    Raises
    ------
    FileError
        Where the file is missing, a folder, locked, larger than `limit` bytes, not UTF-8, or not text.
    """
    shown = os.fspath(path)
    text = decode(shown, read_bytes(path, limit)).replace("\r\n", "\n").replace("\r", "\n")
    _check_characters(shown, text)
    return Source(shown, text)


def read_bytes(path: Where, limit: int = CASE_LIMIT) -> bytes:
    """Read a file whole, or say in one sentence why it cannot be read.

    Raises
    ------
    FileError
        Where the file is missing, a folder, locked, or larger than `limit` bytes.
    """
    shown = os.fspath(path)
    try:
        found = os.stat(shown)
    except (OSError, ValueError) as error:
        _explain(shown, error)
    if stat.S_ISDIR(found.st_mode):
        raise FileError(f"{shown} is a folder, not a file. Name a file inside it.")
    if not stat.S_ISREG(found.st_mode):
        raise FileError(f"{shown} is not a file that can be read.")
    _check_size(shown, found.st_size, limit)
    try:
        with open(shown, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        _explain(shown, error)
    _check_size(shown, len(data), limit)
    return data


def decode(shown: str, data: bytes) -> str:
    """Return bytes as text; they must be UTF-8, with or without a byte order mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (data[:200].count(0) * 3 > len(data[:200]) and data):
        raise FileError(f"{shown} line 1: the file is written in UTF-16 (Windows calls it 'Unicode'). {_SAVE_AS}.")
    if data[:4] == b"PK\x03\x04":
        raise FileError(f"{shown} is a workbook or a zip archive, not text. From Excel, save as 'CSV UTF-8 (Comma delimited)'.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts without the mark where there is one.
        start = error.start + (3 if data[:3] == b"\xef\xbb\xbf" and error.object[:3] != data[:3] else 0)
        line = data.count(b"\n", 0, start) + 1
        likely = data[start : start + 1].decode("cp1252", "replace")
        guess = f" (probably '{likely}' in an older Windows encoding)" if likely.isprintable() and likely != "\ufffd" else ""
        raise FileError(f"{shown} line {line}: the byte 0x{data[start]:02X}{guess} is not UTF-8. {_SAVE_AS}"
                        " (in Excel: 'CSV UTF-8').") from None


def _check_characters(shown: str, text: str) -> None:
    odd = _CONTROL.search(text)
    if odd is not None:
        what = "a NUL (zero) byte" if odd[0] == "\0" else f"the control character U+{ord(odd[0]):04X}"
        line = text.count("\n", 0, odd.start()) + 1
        raise FileError(f"{shown} line {line}: there is {what} here. The file is damaged, or it is not a text file; delete the "
                        "character, or take an earlier copy.")


def _check_size(shown: str, size: int, limit: int) -> None:
    if size > limit:
        raise FileError(f"{shown} is too large: {size / 1e6:.1f} MB, and {limit / 1e6:.0f} MB is the most. Is it the right file?")


def _explain(shown: str, error: OSError | ValueError) -> NoReturn:
    if isinstance(error, ValueError):
        raise FileError(f"{shown!r} is not the name of a file.") from None
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise FileError(f"{shown}: there is no such file.{_nearest(shown)}") from None
    if isinstance(error, PermissionError):
        raise FileError(f"{shown}: you may not read this file, or another program has locked it. Ask whoever looks after it, or "
                        "close it there.") from None
    raise FileError(f"{shown} cannot be read. The system says: {error.strerror or type(error).__name__}.") from None


def _nearest(shown: str) -> str:
    """Return "Did you mean ..." for the file of the same folder that is named most alike."""
    folder, name = os.path.split(shown)
    if not name:
        return ""
    try:
        with os.scandir(folder or ".") as entries:
            names = sorted(entry.name for entry in itertools.islice(entries, 1000))
    except OSError:
        return f" There is no folder '{folder}'."
    hint = did_you_mean(name, names)
    return hint.replace("Did you mean '", f"Did you mean '{shown[: len(shown) - len(name)]}") if hint else ""
