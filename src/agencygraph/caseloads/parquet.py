"""Parquet: a caseload of any size in one file, one row a case, without a name in it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from typing import Any

from agencygraph.caseloads.arrow import arrow, batch_of, check_schema, columns_from
from agencygraph.caseloads.columns import FIELDS, LISTS, Columns, joined
from agencygraph.caseloads.json_lines import collector_paused
from agencygraph.caseloads.rows import cases_of, columns_of
from agencygraph.errors import FileError, Problem
from agencygraph.files import Where, replace_file
from agencygraph.model import Caseload

TITLE = b"agencygraph.title"
COMPRESSION: dict[str, Any] = {"compression": "zstd", "compression_level": 3, "write_page_checksum": True}
# Numbers of children rise by small steps, of which only the steps are kept. Encodings that save more are not read by every engine.
CASES: dict[str, Any] = {
    **COMPRESSION, "compression_level": 9, "column_encoding": {"child": "DELTA_BINARY_PACKED"},
    "use_dictionary": [f"{name}.list.element" if name in LISTS else name for name in FIELDS if name != "child"],
}  # fmt: skip


def read_parquet(path: Where) -> Caseload:
    """Read every case of a Parquet file as a case; labels are made of kind and sector, as names are not kept.

    Raises
    ------
    FileError
        Where there is no such file, it is damaged, or with the row and the column of everything that is wrong.
    MissingExtraError
        Where pyarrow is not installed.
    """
    columns = read_columns(path)
    with collector_paused():
        return Caseload(tuple(cases_of(columns)), columns.title)


def read_columns(path: Where) -> Columns:
    """Read the columns of a Parquet file, checked, without making cases; of a folder those of every Parquet file in it.

    Raises
    ------
    FileError
        As `read_parquet`.
    """
    parts: list[Columns] = []
    problems: list[Problem] = []
    titles: dict[str, None] = {}
    for shown in files_of(path):
        file, first = open_parquet(shown), 1
        check_schema(file.schema_arrow, shown)
        titles[(file.schema_arrow.metadata or {}).get(TITLE, b"").decode(errors="replace")] = None
        # A row group at a time: to check all rows at once takes several times the memory of what is kept.
        for table in _groups(file, shown):
            try:
                parts.append(columns_from(table, shown, first))
            except FileError as error:
                problems += error.problems
            first += table.num_rows
    if problems:
        raise FileError(problems)
    return joined(parts, next(iter(titles)) if len(titles) == 1 else "")


def _groups(file: Any, shown: str) -> Iterator[Any]:
    """Yield each row group of a file as a table; at least one, so that the columns are there."""
    if not file.metadata.num_row_groups:
        yield file.schema_arrow.empty_table()
    for group in range(file.metadata.num_row_groups):
        yield _read(shown, file.read_row_group, group)


def _read(shown: str, read: Callable[..., Any], *what: object) -> Any:
    try:
        return read(*what)
    except (arrow().ArrowException, OSError) as error:
        raise FileError(f"{shown} is damaged: {first_line(error)}. Take another copy.") from None


def write_parquet(load: Caseload, path: Where) -> None:
    """Write what is analysed of a caseload, one row a case; names, notes and stories stay behind.

    Raises
    ------
    FileError
        Where the file cannot be written.
    MissingExtraError
        Where pyarrow is not installed.
    """
    pa = arrow()
    table = pa.Table.from_batches([batch_of(columns_of(load))])
    if load.title:
        table = table.replace_schema_metadata({TITLE: load.title.encode()})
    replace_file(path, parquet_bytes(table))


def parquet_bytes(table: Any, **options: Any) -> bytes:
    """Return an Arrow table of cases as the bytes of a Parquet file."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types

    page = io.BytesIO()
    pq.write_table(table, page, **CASES, **options)
    return page.getvalue()


def open_parquet(path: Where) -> Any:
    """Open a Parquet file, or say in one sentence why it cannot be opened.

    Raises
    ------
    FileError
        Where it is missing, a folder, not Parquet, or damaged.
    """
    from agencygraph.formats.source import open_source

    pa = arrow()
    import pyarrow.parquet as pq

    shown = os.fspath(path)
    if not os.path.isfile(shown):
        open_source(shown)  # says in plain words what is the matter
    try:
        return pq.ParquetFile(shown, page_checksum_verification=True)
    except (pa.ArrowException, OSError) as error:
        raise FileError(f"{shown} is no Parquet file, or it is damaged: {first_line(error)}. Take another copy.") from None


def read_table(path: Where) -> Any:
    """Return a Parquet file as an Arrow table."""
    return _read(os.fspath(path), open_parquet(path).read)


def files_of(path: Where) -> list[str]:
    """Return a Parquet file by itself, or every one in a folder in the order of their names.

    Raises
    ------
    FileError
        Where a folder holds none.
    """
    shown = os.fspath(path)
    if not os.path.isdir(shown):
        return [shown]
    names = sorted(name for name in os.listdir(shown) if name.lower().endswith(".parquet") and not name.startswith((".", "_")))
    if not names:
        raise FileError(f"{shown} holds no .parquet file.")
    return [os.path.join(shown, name) for name in names]


def first_line(error: BaseException) -> str:
    """Return the first line of what another package says, without the full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


