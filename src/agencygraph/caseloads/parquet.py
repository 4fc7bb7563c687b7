"""Parquet: a caseload of any size in one file, one row a case, without a name in it."""

from __future__ import annotations

import io
import os
from typing import Any

from agencygraph.caseloads.arrow import arrow, batch_of, columns_from
from agencygraph.caseloads.columns import FIELDS, LISTS, Columns
from agencygraph.caseloads.json_lines import collector_paused
from agencygraph.caseloads.rows import cases_of, columns_of
from agencygraph.errors import FileError
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
    shown = os.fspath(path)
    table = read_table(path)
    columns = columns_from(table, shown)
    title = (table.schema.metadata or {}).get(TITLE, b"").decode(errors="replace")
    with collector_paused():
        return Caseload(tuple(cases_of(columns)), title)


def read_columns(path: Where) -> Columns:
    """Read the columns of a Parquet file, checked, without making cases.

    Raises
    ------
    FileError
        As `read_parquet`.
    """
    return columns_from(read_table(path), os.fspath(path))


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
    pa = arrow()
    file = open_parquet(path)
    try:
        return file.read()
    except (pa.ArrowException, OSError) as error:
        raise FileError(f"{os.fspath(path)} is damaged: {first_line(error)}. Take another copy.") from None


def first_line(error: BaseException) -> str:
    """Return the first line of what another package says, without the full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")


