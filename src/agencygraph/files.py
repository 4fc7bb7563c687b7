"""Write files so that nobody ever finds half of one: all of it stands there, or the old file does."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from typing import NoReturn

from agencygraph.errors import FileError

Where = str | os.PathLike[str]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def replace_file(path: Where, data: bytes) -> None:
    """Write a file whole, or leave the old one as it was.

    The bytes go to a temporary file in the same folder, are forced to the disk, and take the old file's place in one step.
    An old file keeps its permissions; a link keeps pointing at the file that it names.

    Raises
    ------
    FileError
        Where the folder is missing, a folder stands in the way, the file may not be written, or the disk is full.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace_file(f"{folder}/note.txt", b"agreed")
    ...     pathlib.Path(folder, "note.txt").read_bytes()
    b'agreed'
    """
    replace_files({path: data})


def replace_files(contents: Mapping[Where, bytes]) -> None:
    """Write several files as one: either every file is new, or every file is as it was.

    Raises
    ------
    FileError
        As `replace_file`; then no file has changed and no temporary file is left.

    Examples
    --------
    >>> replace_files({})
    """
    targets = {path: _target(path) for path in contents}
    fresh: dict[Where, str] = {}
    kept: dict[Where, str] = {}
    at: Where = ""
    try:
        for at, data in contents.items():
            fresh[at] = _beside(targets[at])
            _fill(fresh[at], data, targets[at])
        if len(contents) > 1:
            for at, target in targets.items():
                if os.path.exists(target):
                    kept[at] = _beside(target)
                    shutil.copy2(target, kept[at])
        _swap(targets, fresh, kept)
    except OSError as error:
        _explain(error, next((path for path, target in targets.items() if target == error.filename2), at))
    finally:
        for leftover in (*fresh.values(), *kept.values()):
            with suppress(OSError):
                os.unlink(leftover)
    for folder in dict.fromkeys(os.path.dirname(target) for target in targets.values()):
        _settle(folder)


def _swap(targets: Mapping[Where, str], fresh: Mapping[Where, str], kept: Mapping[Where, str]) -> None:
    """Put every new file in its place; where one cannot go, put the old ones back."""
    done: list[Where] = []
    try:
        for path, target in targets.items():
            os.replace(fresh[path], target)
            done.append(path)
    except BaseException:
        for path in reversed(done):
            with suppress(OSError):
                if path in kept:
                    os.replace(kept[path], targets[path])
                else:
                    os.unlink(targets[path])
        raise


def _target(path: Where) -> str:
    """Return the file that is really to be written, once it is clear that it can be."""
    shown = os.fspath(path)
    if not shown or "\0" in shown:
        raise FileError(f"{shown!r} is not the name of a file.")
    target = os.path.realpath(shown)
    folder = os.path.dirname(target)
    if os.path.isdir(target):
        raise FileError(f"{shown} is a folder, not a file. Give the file a name inside it.")
    if not os.path.isdir(folder):
        asked = os.path.dirname(shown) or os.curdir
        raise FileError(f"{shown} cannot be written: there is no folder '{asked}'. Make the folder first, or choose another.")
    if os.path.exists(target) and not os.path.isfile(target):
        raise FileError(f"{shown} is not a file that can be replaced. Choose another name.")
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise FileError(f"{shown} is marked read-only and was left as it is. Choose another name, or allow writing.")
    return target


def _beside(target: str) -> str:
    """Return a free name in the same folder; a short one, as the file's own may already be as long as a name can be."""
    return os.path.join(os.path.dirname(target), f".agencygraph-{secrets.token_hex(6)}.part")


def _fill(fresh: str, data: bytes, target: str) -> None:
    # Opened with the rights that any new file gets here, and no other's file can be followed or overwritten.
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if os.path.exists(target):
        os.chmod(fresh, stat.S_IMODE(os.stat(target).st_mode))


def _settle(folder: str) -> None:
    """Force the new names to the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explain(error: OSError, path: Where) -> NoReturn:
    shown = os.fspath(path)
    if error.errno in _FULL:
        why = "there is no room left on the disk. Free some room, or choose another place."
    elif error.errno in _DENIED:
        why = "you may not write there, or another program (Excel, Word) has it open. Close it there, or choose another place."
    elif error.errno == errno.ENAMETOOLONG:
        why = "its name is too long. Choose a shorter one."
    else:
        why = f"the system says: {error.strerror or type(error).__name__}. Choose another place."
    raise FileError(f"{shown} cannot be written: {why} What stood there before is unchanged.") from None
