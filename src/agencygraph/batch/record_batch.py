"""One pure function from Arrow to Arrow, which any engine can call: threads, processes, Dask, Spark, polars, duckdb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from agencygraph.batch.kernels import SETTINGS, answer, check_settings
from agencygraph.batch.outcome import Column, columns_out
from agencygraph.caseloads.arrow import arrow, columns_from
from agencygraph.errors import FileError
from agencygraph.measures.state_sum import BUDGET

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns


def measure_batch(batch: Any, *, settings: Sequence[Sequence[float]] = SETTINGS, keep: Sequence[str] = (), kernel: str = "auto",
                  threads: int = 1, budget: int = BUDGET) -> Any:
    """Answer the core questions of many cases at once, one row a case: a pure function, which any engine can call.

    Parameters
    ----------
    batch
        A ``pyarrow.RecordBatch`` (or a table) with the columns of `case_schema`; integers may be wider, lists large.
    settings
        Pairs of chances, for critical and for peripheral ties, at which audience and chance are worked out; none: ``()``.
    keep
        Names of further columns of the batch to carry over, such as a key of your own.
    kernel
        "compiled" (needs numba), "plain", or "auto": compiled where it can be.
    threads
        How many threads the compiled kernel may take.
    budget
        The most states to sum for a chance; denser maps are sampled, and their standard error stands beside.

    Returns
    -------
    pyarrow.RecordBatch
        The columns of `outcome_schema`; null where a question has no answer.

    Raises
    ------
    FileError
        With the row and the column of everything that is wrong with the batch.
    MissingExtraError
        Where pyarrow is not installed, or numba for the compiled kernel.

    Examples
    --------
    >>> from agencygraph import testing
    >>> from agencygraph.caseloads.arrow import batch_of
    >>> from agencygraph.caseloads.rows import columns_of
    >>> found = measure_batch(batch_of(columns_of(testing.caseload(3))), kernel="plain")
    >>> found.num_rows, found.schema.field("islands_any").type
    (3, DataType(int16))
    """
    checked = check_settings(settings)
    return outcome_of(batch, columns_from(batch), (checked, kernel, threads, budget), keep)


def outcome_of(batch: Any, columns: Columns, how: tuple[Any, str, int, int], keep: Sequence[str] = ()) -> Any:
    """Return the outcome of cases that are read already; `how` holds settings, kernel, threads and budget."""
    pa = arrow()
    missing = [name for name in keep if name not in batch.schema.names]
    if missing:
        raise FileError(f"the batch has no column {missing[0]!r} to keep; it has {', '.join(batch.schema.names)}.")
    fields, arrays = [], []
    for name in keep:
        fields.append(batch.schema.field(name))
        column = batch.column(name)
        arrays.append(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    for column in columns_out(columns, answer(columns, *how), how[0]):
        array = _array(column)
        fields.append(pa.field(column.name, array.type, metadata={"description": column.text}))
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def outcome_schema(settings: Sequence[Sequence[float]] = SETTINGS) -> Any:
    """Say what `measure_batch` gives back: every column with its type and, as its description, what it holds.

    Parameters
    ----------
    settings
        The chances for which `measure_batch` was asked, critical and peripheral, each from 0 to 1.

    Returns
    -------
    pyarrow.Schema
        One field for each column.

    Raises
    ------
    MissingExtraError
        Where pyarrow is not installed.

    Examples
    --------
    >>> outcome_schema().field("islands_any").metadata[b"description"].decode()
    'separate groups of practitioners (M8); any ties'
    """
    from agencygraph.caseloads.arrow import case_schema

    empty = case_schema().empty_table().to_batches() or [arrow().RecordBatch.from_pylist([], schema=case_schema())]
    return measure_batch(empty[0], settings=settings, kernel="plain").schema


def _array(column: Column) -> Any:
    import numpy as np

    pa = arrow()
    if column.kind == "word":
        empty = np.array([not word for word in column.words], dtype=bool)[column.values.astype(np.int32)]
        codes = pa.array(column.values, pa.int32(), mask=empty)
        # Plain text is read by every engine, and a file of it has the same bytes each time it is written.
        return pa.DictionaryArray.from_arrays(codes, pa.array(column.words, pa.string())).dictionary_decode()
    kinds = {"count": pa.int64() if column.name == "child" else pa.int16(), "number": pa.float64()}
    if column.kind in kinds:
        kind = kinds[column.kind]
        return pa.array(column.values.astype(kind.to_pandas_dtype()), kind, mask=column.missing)
    kind = pa.int16() if column.name == "unit_first" else pa.float64()
    values = pa.array(column.values.astype(kind.to_pandas_dtype()), kind, mask=column.missing)
    return pa.ListArray.from_arrays(pa.array(column.starts, pa.int32()), values)
