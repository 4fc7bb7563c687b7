"""Arrow: the columns of a caseload as an Arrow table, and back, with every fault by row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.columns import (
    ACTOR_LISTS,
    FIELDS,
    LISTS,
    TEXTS,
    Columns,
    Lists,
    RowFault,
    Words,
    find_faults,
    raise_faults,
)
from agencygraph.errors import FileError, MissingExtraError, Problem, did_you_mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEEDED = ("kinds", "sources", "targets", "marks")


def arrow() -> Any:
    """Return the package pyarrow.

    Raises
    ------
    MissingExtraError
        Where it is not installed.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
    except ImportError as error:
        raise MissingExtraError.of("a Parquet caseload", "pyarrow", "caseload") from error
    return pa


def case_schema() -> Any:
    """Say how a caseload is kept in Arrow and Parquet: the columns, each with what stands in it.

    >>> case_schema().field("kinds").type
    ListType(list<item: uint8>)
    """
    pa = arrow()
    types = {"child": pa.int64(), "age": pa.uint8(), **dict.fromkeys(TEXTS, pa.dictionary(pa.int32(), pa.string()))}
    types |= dict.fromkeys(LISTS, pa.list_(pa.uint8()))
    return pa.schema([pa.field(name, types[name], metadata={"description": text}) for name, text in FIELDS.items()])


def batch_of(columns: Columns) -> Any:
    """Return cases as one Arrow record batch.

    >>> from agencygraph.caseloads.rows import columns_of
    >>> from agencygraph.model import Case
    >>> batch_of(columns_of([Case.of(actors={"child": "child"})])).num_rows
    1
    """
    import numpy as np

    pa = arrow()
    arrays = [pa.array(columns.child, pa.int64(), mask=columns.child < 0),
              pa.array(np.maximum(columns.age, 0), pa.uint8(), mask=columns.age < 0)]
    for name in TEXTS:
        said: Words = getattr(columns, name)
        empty = np.array([not word for word in said.words], dtype=bool)[said.codes]
        codes = pa.array(said.codes, pa.int32(), mask=empty)
        words = pa.DictionaryArray.from_arrays(codes, pa.array(said.words, pa.string())).dictionary_decode()
        # Each word once: Parquet files of dictionaries with a word twice differ from one writing to the next.
        arrays.append(words.dictionary_encode())
    for name in LISTS:
        lists = _left_out(columns, name)
        starts = pa.array(lists.starts, pa.int32())
        arrays.append(pa.ListArray.from_arrays(starts, pa.array(lists.values, pa.uint8())))
    return pa.RecordBatch.from_arrays(arrays, schema=case_schema())


def columns_from(batch: Any, shown: str = "batch", first_row: int = 1) -> Columns:
    """Return the cases of an Arrow record batch or table, checked.

    Parameters
    ----------
    batch
        With the columns of `case_schema`; integers may be wider, lists large, texts plain; others are left aside.
    shown
        What messages call it.
    first_row
        The number of the first row, as people count, in messages.

    Raises
    ------
    FileError
        With the row and the column of everything that is wrong.

    Examples
    --------
    >>> from agencygraph.caseloads.rows import columns_of
    >>> from agencygraph.model import Case
    >>> columns_from(batch_of(columns_of([Case.of(actors={"child": "child"})]))).kinds.of(0)
    [0]
    """
    check_schema(batch.schema, shown)
    faults: list[RowFault] = []
    arrays = {name: _joined(batch.column(name)) for name in FIELDS if name in batch.schema.names}
    parts: dict[str, Any] = {name: _numbers(arrays.get(name), batch.num_rows) for name in ("child", "age")}
    parts |= {name: _words(arrays.get(name), batch.num_rows, name) for name in TEXTS}
    parts |= {name: _lists(arrays.get(name), batch.num_rows, name, faults) for name in LISTS}
    raise_faults(shown, sorted(faults, key=lambda fault: fault.row), first_row)
    found = _filled(Columns(**parts))
    raise_faults(shown, find_faults(found), first_row)
    return _narrow(found)


def check_schema(schema: Any, shown: str) -> None:
    """Raise one error with every column that is missing or of a wrong type.

    >>> check_schema(case_schema(), "cases.parquet")
    """
    types = arrow().types
    wanted = {"child": ("a whole number", types.is_integer), "age": ("a whole number", types.is_integer)}
    wanted |= dict.fromkeys(TEXTS, ("text", _is_text)) | dict.fromkeys(LISTS, ("a list of whole numbers", _is_list))
    others = [name for name in schema.names if name not in FIELDS]
    if not any(name in schema.names for name in LISTS):
        there = ", ".join(others[:6]) + (" and others" if len(others) > 6 else "")
        raise FileError(f"{shown} holds no cases: a caseload has the columns {', '.join(NEEDED)} and may have more; here stand "
                        f"{there or 'none'}. The measures of a caseload are no caseload either.")
    problems = [Problem(f"{shown} column {name}: the column is missing.{did_you_mean(name, others)}", (name,))
                for name in NEEDED if name not in schema.names]
    for name, (what, is_right) in wanted.items():
        places = schema.get_all_field_indices(name)
        if len(places) > 1:
            problems.append(Problem(f"{shown} column {name}: the column stands twice. Keep one.", (name,)))
        elif places and not is_right(kind := schema.field(places[0]).type) and not types.is_null(kind):
            problems.append(Problem(f"{shown} column {name}: its type is {kind}; it must be {what}.", (name,)))
    if problems:
        raise FileError(problems)


def _is_text(kind: Any) -> bool:
    types = arrow().types
    return _is_string(kind) or (types.is_dictionary(kind) and _is_string(kind.value_type))


def _is_string(kind: Any) -> bool:
    types = arrow().types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_list(kind: Any) -> bool:
    types = arrow().types
    is_some_list = types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)
    return bool(is_some_list and types.is_integer(kind.value_type))


def _joined(array: Any) -> Any:
    """Return one array of a column that may stand in several chunks."""
    return array.combine_chunks() if isinstance(array, arrow().ChunkedArray) else array


def _is_missing(array: Any) -> bool:
    return array is None or bool(arrow().types.is_null(array.type))


def _numbers(array: Any, count: int) -> NDArray[np.int64]:
    """Return numbers with -1 where there is none; a negative one is no number either, and is found out later."""
    import numpy as np

    if _is_missing(array):
        return np.full(count, -1, dtype=np.int64)
    filled: NDArray[np.int64] = array.cast(arrow().int64(), safe=False).fill_null(-1).to_numpy(zero_copy_only=False)
    return filled


def _words(array: Any, count: int, name: str) -> Words:
    import numpy as np

    missing = "collaboration" if name == "arrangement" else ""
    if _is_missing(array):
        return Words(np.zeros(count, dtype=np.int32), (missing,))
    pa = arrow()
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    words = tuple(missing if word is None else word for word in coded.dictionary.to_pylist())
    codes = coded.indices.cast(pa.int32()).fill_null(len(words)).to_numpy(zero_copy_only=False)
    return Words(codes, (*words, missing))


def _lists(array: Any, count: int, name: str, faults: list[RowFault]) -> Lists:
    import numpy as np

    starts = np.zeros(count + 1, dtype=np.int64)
    if _is_missing(array):
        return Lists(starts, np.zeros(0, dtype=np.uint8))
    pa = arrow()
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.list_(array.type.value_type))
    if array.null_count and name in NEEDED:
        rows = np.flatnonzero(array.is_null().to_numpy(zero_copy_only=False)).tolist()
        faults += [RowFault(row, name, "the list is missing; an empty list says that there is nothing.") for row in rows]
    np.cumsum(array.value_lengths().fill_null(0).to_numpy(zero_copy_only=False), out=starts[1:])
    values = array.flatten()
    if values.null_count:
        places = np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False))
        rows = list(dict.fromkeys((np.searchsorted(starts, places, side="right") - 1).tolist()))
        faults += [RowFault(row, name, "a number in the list is missing.") for row in rows]
        values = values.fill_null(0)
    return Lists(starts, values.to_numpy(zero_copy_only=False))


def _left_out(columns: Columns, name: str) -> Lists:
    """Return a list as it is kept: without bases or teams for the cases in which there are none."""
    import numpy as np

    lists: Lists = getattr(columns, name)
    if name not in ("bases", "teams") or not len(lists.values):
        return lists
    nothing = _own(lists) if name == "bases" else np.zeros(len(lists.values), dtype=np.int64)
    said = np.zeros(len(columns), dtype=bool)
    said[lists.rows[lists.values != nothing]] = True
    starts = np.zeros_like(lists.starts)
    np.cumsum(np.where(said, lists.lengths, 0), out=starts[1:])
    return Lists(starts, lists.values[said[lists.rows]])


def _own(lists: Lists) -> NDArray[np.int64]:
    import numpy as np

    own: NDArray[np.int64] = np.arange(len(lists.values)) - lists.starts[:-1][lists.rows]
    return own


def _filled(columns: Columns) -> Columns:
    """Return columns in which sectors, bases and teams that are left out stand as they are meant."""
    import dataclasses

    import numpy as np

    whole, changes = columns.kinds, dict[str, Any]()
    for name in ACTOR_LISTS[1:]:
        lists: Lists = getattr(columns, name)
        empty = (lists.lengths == 0) & (whole.lengths > 0)
        if not empty.any():
            continue
        lengths = np.where(empty, whole.lengths, lists.lengths)
        starts = np.zeros_like(lists.starts)
        np.cumsum(lengths, out=starts[1:])
        values = np.zeros(starts[-1], dtype=np.int64)
        filled = Lists(starts, values)
        values[:] = _own(filled) if name == "bases" else 0
        values[~empty[filled.rows]] = lists.values
        changes[name] = filled
    return dataclasses.replace(columns, **changes)


def _narrow(columns: Columns) -> Columns:
    """Return checked columns with one byte for each number of a list."""
    import dataclasses

    import numpy as np

    narrow: dict[str, Any] = {}
    for name in LISTS:
        lists: Lists = getattr(columns, name)
        narrow[name] = Lists(lists.starts, lists.values.astype(np.uint8, copy=False))
    return dataclasses.replace(columns, **narrow)
