"""Target: the file in which measures end up, written part by part, complete or absent."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from agencygraph.caseloads.arrow import arrow
from agencygraph.caseloads.parquet import COMPRESSION
from agencygraph.errors import FileError
from agencygraph.files import Where

_ENDINGS = (".parquet", ".csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def check_target(source: Where, target: Where) -> None:
    """Raise an error where a target cannot be written, before any work is done.

    >>> check_target("cases.parquet", "measures.txt")
    Traceback (most recent call last):
    agencygraph.errors.FileError: measures.txt: the measures of a caseload go to a .parquet or a .csv file.
    """
    shown = os.fspath(target)
    if os.path.splitext(shown)[1].lower() not in _ENDINGS:
        raise FileError(f"{shown}: the measures of a caseload go to a .parquet or a .csv file.")
    check_place(source, target)


def check_place(source: Where, target: Where) -> None:
    """Raise an error where what is made of a caseload has nowhere to go, or would take the place of the caseload itself.

    >>> check_place("cases.parquet", "cases.parquet")
    Traceback (most recent call last):
    agencygraph.errors.FileError: cases.parquet is the caseload itself. Give the result a file of its own.
    """
    shown = os.fspath(target)
    folder = os.path.dirname(shown) or os.curdir
    if not os.path.isdir(folder):
        raise FileError(f"{shown} cannot be written: there is no folder '{folder}'. Make the folder first, or choose another.")
    if os.path.isdir(shown):
        raise FileError(f"{shown} is a folder, not a file. Give the file a name inside it.")
    if os.path.realpath(shown) == os.path.realpath(os.fspath(source)):
        raise FileError(f"{shown} is the caseload itself. Give the result a file of its own.")
    if os.path.isdir(source) and os.path.realpath(folder) == os.path.realpath(os.fspath(source)):
        raise FileError(f"{shown} would stand among the cases. Give the result another folder.")


def write_target(target: Where, tables: Iterable[Any], folder: str) -> None:
    """Write Arrow tables, one after the other, into one file; nobody ever finds half of it.

    What is not yet whole stands in a folder beside the target, where a run that is killed leaves it.

    Raises
    ------
    FileError
        Where it cannot be written; what stood there before is unchanged.
    """
    shown = os.fspath(target)
    is_csv = shown.lower().endswith(".csv")
    with _fresh(shown, folder) as file:
        if is_csv:
            _write_csv(file, tables)
        else:
            _write_parquet(file, tables)


def _write_parquet(file: IO[bytes], tables: Iterable[Any]) -> None:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types

    writer = None
    try:
        for table in tables:
            if writer is None:
                writer = pq.ParquetWriter(file, table.schema, **COMPRESSION)
            if table.num_rows:
                writer.write_table(table, row_group_size=table.num_rows)
        if writer is not None:
            writer.close()
    finally:
        if writer is not None and writer.is_open:
            # Otherwise it would try to finish a file that is given up when Python takes it away, and complain of that.
            with suppress(Exception):
                writer.close()
            writer.is_open = False


def _write_csv(file: IO[bytes], tables: Iterable[Any]) -> None:
    from pyarrow import csv

    for number, table in enumerate(tables):
        csv.write_csv(_flat(table), file, csv.WriteOptions(include_header=number == 0))


def _flat(table: Any) -> Any:
    """Return the columns that hold one value a case; a word that a spreadsheet would take for a formula gets an apostrophe."""
    pa = arrow()
    names, arrays = [], []
    for name in table.schema.names:
        column = table.column(name).combine_chunks()
        if pa.types.is_nested(column.type):
            continue
        if pa.types.is_string(column.type):
            coded = column.dictionary_encode()
            words = [f"'{word}" if word.startswith(_FORMULA) else word for word in coded.dictionary.to_pylist()]
            column = pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string())).dictionary_decode()
        names.append(name)
        arrays.append(column)
    return pa.Table.from_arrays(arrays, names)


@contextmanager
def _fresh(shown: str, folder: str) -> Iterator[IO[bytes]]:
    """Give a new file that takes the place of the target at the end; on any failure it is taken away."""
    target = os.path.realpath(shown)
    # A link may lead to another disk, and a file takes another's place in one step only on the same one.
    near = os.path.dirname(target) if os.path.islink(shown) else folder
    beside = os.path.join(near, f".agencygraph-{secrets.token_hex(6)}.part")
    try:
        with open(beside, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        import errno

        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = "there is no room left on the disk. Free some room" if full else f"the system says: {error.strerror or error}"
        end = "or choose another place. What stood there before is unchanged."
        raise FileError(f"{shown} cannot be written: {why}, {end}") from None
    finally:
        with suppress(OSError):
            os.unlink(beside)
