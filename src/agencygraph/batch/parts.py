"""Parts: a Parquet caseload is measured row group by row group; what is finished is kept, and known again by its content."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import dataclass
from typing import Any

from agencygraph import __version__
from agencygraph.batch.record_batch import outcome_of
from agencygraph.batch.slots import Settings
from agencygraph.caseloads.arrow import arrow, check_schema, columns_from
from agencygraph.caseloads.parquet import files_of, first_line, open_parquet
from agencygraph.errors import FileError, Problem
from agencygraph.files import Where, replace_file


@dataclass(frozen=True, slots=True)
class How:
    """How cases are measured: at which settings, by which kernel, with how many states at most, and what is carried over."""

    settings: Settings
    kernel: str
    budget: int
    keep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One row group of a file: where it stands, and where its outcome is kept."""

    path: str
    group: int
    first_row: int
    rows: int
    kept: str

    @property
    def is_done(self) -> bool:
        """True where its outcome is there."""
        return os.path.isfile(self.kept)


def parts_of(source: Where, folder: str, how: How) -> list[Part]:
    """Return the parts of a Parquet file, or of every Parquet file in a folder in the order of their names.

    What is kept bears the fingerprint of the bytes it was made of, so that a part whose cases have changed is made anew, and one
    whose cases have not is never made twice.

    Raises
    ------
    FileError
        Where a file is missing, damaged, or has not the columns of a caseload.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for path in files_of(source):
        file = open_parquet(path)
        try:
            check_schema(file.schema_arrow, path)
        except FileError as error:
            problems += error.problems
            continue
        first = 1
        for group in range(file.metadata.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            name = _fingerprint(path, file.metadata.row_group(group), file.schema_arrow, how)
            parts.append(Part(path, group, first, rows, os.path.join(folder, f"{name}.arrow")))
            first += rows
    if problems:
        raise FileError(problems)
    return parts


def make_part(part: Part, how: How) -> list[Problem]:
    """Measure one part and keep its outcome; return what is wrong with its cases, if anything is.

    Raises
    ------
    FileError
        Where the outcome cannot be written.
    """
    pa = arrow()
    rows = f"rows {part.first_row:,} to {part.first_row + part.rows - 1:,}"
    try:
        table = open_parquet(part.path).read_row_group(part.group, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        message = f"{part.path} {rows}: the file is damaged there: {first_line(error)}. Take another copy."
        return [Problem(message, (part.first_row,))]
    try:
        columns = columns_from(table, part.path, part.first_row)
    except FileError as error:
        return list(error.problems)
    found = outcome_of(table, columns, (how.settings, how.kernel, 1, how.budget), how.keep)
    page = io.BytesIO()
    with pa.ipc.new_file(page, found.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_batch(found)
    replace_file(part.kept, page.getvalue())
    return []


def read_part(part: Part) -> Any:
    """Return the outcome that is kept of a part, as an Arrow table.

    Raises
    ------
    FileError
        Where it is damaged; it is then taken away, so that it is made anew.
    """
    pa = arrow()
    try:
        with pa.OSFile(part.kept) as file:
            return pa.ipc.open_file(file).read_all()
    except (pa.ArrowException, OSError) as error:
        if os.path.isfile(part.kept):
            os.unlink(part.kept)
        raise FileError(f"{part.kept} is damaged ({first_line(error)}) and was taken away. Run the same again.") from None


def _fingerprint(path: str, group: Any, schema: Any, how: How) -> str:
    """Return a name made of the bytes of a row group and of how it is measured."""
    found = hashlib.sha256(repr((__version__, how, str(schema.remove_metadata()))).encode())
    with open(path, "rb") as file:
        for at in range(group.num_columns):
            column = group.column(at)
            start = column.data_page_offset
            if column.dictionary_page_offset is not None:
                start = min(start, column.dictionary_page_offset)
            file.seek(start)
            found.update(file.read(column.total_compressed_size))
    return found.hexdigest()[:40]
