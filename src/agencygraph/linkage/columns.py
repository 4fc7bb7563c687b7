"""Columns: what linked data say, from any table, checked; messages tell the row and never the key."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.arrow import arrow
from agencygraph.caseloads.columns import SECTOR_WORDS
from agencygraph.caseloads.parquet import first_line, read_table
from agencygraph.errors import FileError, InvalidError, Problem, did_you_mean
from agencygraph.model.words import KINDS
from agencygraph.table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

KEYS = ("key", "source", "target")


def table_of(given: Any, shown: str) -> Any:
    """Return what was given as an Arrow table: a ``.parquet`` or ``.csv`` file, a frame of any engine, or a mapping of columns.

    Raises
    ------
    FileError
        Where a file is missing or damaged.
    InvalidError
        For anything that is no table.
    MissingExtraError
        Where pyarrow is not installed.

    Examples
    --------
    >>> table_of({"key": ["a", "b"]}, "actors").num_rows
    2
    """
    pa = arrow()
    if isinstance(given, (str, os.PathLike)):
        return _file(os.fspath(given))
    if isinstance(given, Table):
        given = {name: given.column(name) for name in given.columns}
    try:
        if isinstance(given, pa.RecordBatch):
            return pa.Table.from_batches([given])
        if isinstance(given, (pa.Table, Mapping)) or hasattr(given, "__arrow_c_stream__"):
            return pa.table(given)
    except (pa.ArrowException, TypeError, ValueError) as error:
        # What Arrow says may quote a value, and the value may be a key.
        raise InvalidError(f"the table of {shown} cannot be read: its columns must be as long as each other, and each of one type "
                           f"({type(error).__name__}).") from None
    raise InvalidError(f"{shown} is a {type(given).__name__}; it must be a .parquet or .csv file, a table of Arrow, polars or "
                       "pandas, or a mapping of columns.")


def _file(path: str) -> Any:
    pa = arrow()
    if not path.lower().endswith(".csv"):
        return read_table(path)
    import pyarrow.csv as pc  # type: ignore[import-untyped]  # pyarrow ships no types

    try:
        # Keys stay text: 007 is not 7.
        return pc.read_csv(path, convert_options=pc.ConvertOptions(column_types=dict.fromkeys(KEYS, pa.string())))
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or first_line(error)}.") from None
    except pa.ArrowException:
        raise FileError(f"{path} is no CSV table with one line a row and as many cells in each. Write it anew.") from None


def column_of(table: Any, name: str, shown: str) -> Any:
    """Return one column of a table as one array without gaps.

    Raises
    ------
    InvalidError
        Where there is no such column, or cells are empty, by row.
    """
    if table.schema.names.count(name) != 1:
        fault = "stands twice" if name in table.schema.names else "is missing"
        raise InvalidError(f"{shown}: the column '{name}' {fault}.{did_you_mean(name, table.schema.names)}")
    array = table.column(name).combine_chunks()
    if array.null_count:
        raise_rows(array.is_null().to_numpy(zero_copy_only=False), f"{shown} row {{row}}, column {name}: the cell is empty.")
    return array


def raise_rows(is_wrong: Flags, message: str) -> None:
    """Raise one error for all rows, counted from 1, in which something is wrong; do nothing where all is well."""
    import numpy as np

    rows = (np.flatnonzero(is_wrong) + 1).tolist()
    if rows:
        raise InvalidError([Problem(message.format(row=row), (row - 1,)) for row in rows])


def keys_of(arrays: Sequence[Any], shown: str) -> list[Any]:
    """Return columns of keys in one type: whole numbers where all are, else text.

    >>> [array.to_pylist() for array in keys_of([arrow().array([7]), arrow().array(["7"])], "flows")]
    [['7'], ['7']]
    """
    pa = arrow()
    types = pa.types
    plain = [array.dictionary_decode() if types.is_dictionary(array.type) else array for array in arrays]
    whole = [types.is_integer(array.type) for array in plain]
    texts = [types.is_string(array.type) or types.is_large_string(array.type) or types.is_string_view(array.type)
             or types.is_null(array.type) for array in plain]
    for array, is_whole, is_text in zip(plain, whole, texts, strict=True):
        if not is_whole and not is_text:
            raise InvalidError(f"{shown}: keys of type {array.type}; a key is text or a whole number.")
    return [array.cast(pa.int64() if all(whole) else pa.large_string()) for array in plain]


def places_of(keys: Any, known: Any) -> Numbers:
    """Return for each key its place among those known, -1 where it is none of them."""
    import pyarrow.compute as pc  # type: ignore[import-untyped]  # pyarrow ships no types

    found: Numbers = pc.index_in(keys, value_set=known).fill_null(-1).to_numpy(zero_copy_only=False)
    return found


def is_repeated(keys: Any) -> Flags:
    """Say for each key whether it stood before."""
    import numpy as np

    codes = keys.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    repeated = np.ones(len(codes), dtype=bool)
    repeated[np.unique(codes, return_index=True)[1]] = False
    return repeated


def kinds_of(table: Any, shown: str) -> Numbers:
    """Return the kind of each actor as its place in `KINDS`, from words or numbers."""
    kinds = _coded(column_of(table, "kind", shown), KINDS)
    raise_rows((kinds < 0) | (kinds >= len(KINDS)), f"{shown} row {{row}}, column kind: no kind of actor; it must be one of "
               f"{', '.join(KINDS)}, or its number from 0.")  # fmt: skip
    return kinds


def sectors_of(table: Any, shown: str) -> Numbers:
    """Return the sector of each actor as its place in `SECTOR_NAMES`; words that are none of them are "another sector"."""
    import numpy as np

    if "sector" not in table.schema.names:
        return np.zeros(table.num_rows, dtype=np.uint8)
    array = table.column("sector").combine_chunks()
    is_text = not arrow().types.is_integer(array.type)
    sectors = _coded(array.fill_null("" if is_text else 0), SECTOR_WORDS)
    sectors = np.where(sectors < 0, len(SECTOR_WORDS), sectors) if is_text else sectors
    another = len(SECTOR_WORDS)
    raise_rows((sectors < 0) | (sectors > another), f"{shown} row {{row}}, column sector: no number of a sector; they are 0 for "
               f"none, 1 to {another - 1} for {', '.join(SECTOR_WORDS[1:])}, and {another} for another.")  # fmt: skip
    return sectors.astype(np.uint8)


def _coded(array: Any, words: Sequence[str]) -> Numbers:
    pa = arrow()
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_integer(array.type):
        numbers: Numbers = array.cast(pa.int64()).to_numpy(zero_copy_only=False)
        return numbers
    import pyarrow.compute as pc

    return places_of(pc.utf8_lower(array.cast(pa.large_string())), pa.array(words, pa.large_string()))


def firm_of(table: Any, shown: str) -> Flags | None:
    """Return for each flow whether it is firm, or None where the table does not say."""
    if "firm" not in table.schema.names:
        return None
    pa = arrow()
    array = column_of(table, "firm", shown)
    if not (pa.types.is_boolean(array.type) or pa.types.is_integer(array.type)):
        raise InvalidError(f"{shown}: the column 'firm' is of type {array.type}; it must be true or false, or 1 or 0.")
    flags: Flags = array.cast(pa.bool_()).to_numpy(zero_copy_only=False)
    return flags
