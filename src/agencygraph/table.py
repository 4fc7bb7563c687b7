"""Table: what the library answers, one row for each answer."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agencygraph.errors import InvalidError, MissingExtraError, UnknownNameError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

Cell = str | int | float | bool | None
DASH = "–"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 44


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows under named columns, which never change; None stands where there is no answer.

    Parameters
    ----------
    columns
        The names of the columns, each once.
    rows
        One tuple for each row, as long as `columns`.
    caption
        What the table shows; read out by screen readers before the table.
    note
        What a reader should know; set below the table.
    heads
        The columns whose cells name the row; the first one where left out.

    Raises
    ------
    InvalidError
        Where a column is named twice, a row is too long or too short, or a head is no column.

    Examples
    --------
    >>> table = Table(("who", "tells"), (("School", 3), ("Police", None)))
    >>> len(table), table.column("tells")
    (2, (3, None))
    >>> table.where(who="School")[0]
    {'who': 'School', 'tells': 3}
    >>> print(table)
    who     tells
    ------  -----
    School      3
    Police      –
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    caption: str = ""
    note: str = ""
    heads: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field, value in (("columns", tuple(self.columns)), ("rows", tuple(tuple(row) for row in self.rows)),
                             ("heads", tuple(self.heads) or tuple(self.columns[:1]))):
            object.__setattr__(self, field, value)
        problems = [f"the column '{name}' is named twice." for at, name in enumerate(self.columns) if name in self.columns[:at]]
        problems += [f"row {at} has {len(row)} cells for {len(self.columns)} columns."
                     for at, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        problems += [f"the head '{name}' is not a column." for name in self.heads if name not in self.columns]
        if problems:
            raise InvalidError("\n".join(problems))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, at: int) -> dict[str, Cell]:
        return dict(zip(self.columns, self.rows[at], strict=True))

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of one column."""
        at = self._place(name)
        return tuple(row[at] for row in self.rows)

    def where(self, **equals: Cell) -> Table:
        """Return only the rows whose cells equal what is asked for: ``table.where(measure="isolation", ties="firm")``."""
        wanted = [(self._place(name), value) for name, value in equals.items()]
        rows = tuple(row for row in self.rows if all(row[at] == value for at, value in wanted))
        return Table(self.columns, rows, self.caption, self.note, self.heads)

    def select(self, *columns: str) -> Table:
        """Return only some columns, in the order in which they are named."""
        places = [self._place(name) for name in columns]
        heads = tuple(name for name in self.heads if name in columns)
        return Table(columns, tuple(tuple(row[at] for at in places) for row in self.rows), self.caption, self.note, heads)

    def protect(self, threshold: int = 5, round_to: int | None = None) -> Table:
        """Return a table of counts that may be published: small numbers, and whatever would give them away, as ``c``.

        `Table` of counts by group, with totals or without; `docs/small-numbers.md` has examples. With `round_to` the other
        numbers are rounded, and ``k`` stands for what rounds to nought.

        >>> Table(("band", "crisis", "other"), (("modest", 3, 12),)).protect().rows
        (('modest', 'c', 12),)
        """
        from agencygraph.suppression import shield

        rows, note = shield(self.columns, self.heads, self.rows, threshold, round_to)
        return Table(self.columns, rows, self.caption, f"{self.note} {note}".strip(), self.heads)

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas data frame; whole numbers stay whole, None becomes pandas' missing value.

        Raises
        ------
        MissingExtraError
            Where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtraError.of("to_pandas", "pandas", "notebook") from error
        frame = pd.DataFrame(list(self.rows), columns=list(self.columns))
        for name in self.columns:
            kinds = {type(cell) for cell in self.column(name)}
            if kinds == {int, type(None)}:
                frame[name] = frame[name].astype("Int64")
        return frame

    def to_arrow(self) -> pa.Table:
        """Return the table as an Arrow table: each column whole numbers, numbers, yes and no, or, where it is mixed, text.

        Raises
        ------
        MissingExtraError
            Where pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise MissingExtraError.of("a table of Arrow", "pyarrow", "caseload") from error
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        return pa.table([_arrow_of(cells, pa) for cells in columns], names=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a polars data frame, its columns as in `to_arrow`.

        Raises
        ------
        MissingExtraError
            Where polars or pyarrow is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError.of("to_polars", "polars", "caseload") from error
        return pl.DataFrame(pl.from_arrow(self.to_arrow()))

    def to_parquet(self, path: str | Path) -> None:
        """Write the table as a Parquet file, its columns as in `to_arrow`; the file is complete or absent.

        Raises
        ------
        FileError
            Where it cannot be written.
        MissingExtraError
            Where pyarrow is not installed.
        """
        from agencygraph.files import replace_file

        page, table = io.BytesIO(), self.to_arrow()
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types

        pq.write_table(table, page, compression="zstd")
        replace_file(path, page.getvalue())

    def to_csv(self, path: str | Path | None = None) -> str:
        """Return the table as CSV, and write it where a path is given.

        None is an empty cell. A text that a spreadsheet would take for a formula gets an apostrophe before it. The file
        carries the mark by which Excel knows that letters such as é are meant.
        """
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerows([[_safe(cell) for cell in row] for row in (self.columns, *self.rows)])
        text = page.getvalue()
        if path is not None:
            from agencygraph.files import replace_file

            replace_file(path, text.encode("utf-8-sig"))
        return text

    def _place(self, name: str) -> int:
        if name not in self.columns:
            raise UnknownNameError(f"the table has no column '{name}'; it has {', '.join(self.columns)}."
                                   f"{did_you_mean(name, self.columns)}")
        return self.columns.index(name)

    def __str__(self) -> str:
        """The table in aligned columns; what is the same in every row is said once above, empty columns are left out."""
        said, shown = [self.caption] * bool(self.caption), []
        for name in self.columns:
            texts = {show(cell) for cell in self.column(name)}
            if len(self.rows) > 1 and len(texts) == 1 and name not in self.heads:
                said += [f"{name}: {text}" for text in texts if text not in ("", DASH)]
            elif texts != {""}:
                shown.append(name)
        parts = [*said, "" if said else None, *_aligned(self.select(*shown)), f"\n{self.note}" if self.note else None]
        return "\n".join(part for part in parts if part is not None)

    def __repr__(self) -> str:
        title = f"{self.caption!r}, " if self.caption else ""
        return f"Table({title}{len(self.rows)} row{'s' * (len(self.rows) != 1)}: {', '.join(self.columns)})"

    def _repr_html_(self) -> str:
        """The table for a notebook, with a caption and with heads that a screen reader can follow."""
        top = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(f"<tr>{''.join(self._html_cells(row))}</tr>" for row in self.rows)
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        return f"<table>{caption}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>{note}"

    def _html_cells(self, row: tuple[Cell, ...]) -> Iterator[str]:
        for name, cell in zip(self.columns, row, strict=True):
            text = escape(show(cell))
            right = ' style="text-align:right"' if _is_number(cell) else ""
            yield f'<th scope="row">{text}</th>' if name in self.heads else f"<td{right}>{text}</td>"


def show(cell: Cell) -> str:
    """Return a cell as people read it: two decimals, a dash for no answer, yes and no.

    >>> show(0.6875), show(3), show(None), show(True)
    ('0.69', '3', '–', 'yes')
    """
    if cell is None:
        return DASH
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _arrow_of(cells: Sequence[Cell], pa: Any) -> Any:
    """Return the cells of a column as an Arrow array of the narrowest kind that holds them all."""
    kinds = {type(cell) for cell in cells if cell is not None}
    kind = (pa.bool_() if kinds == {bool} else pa.int64() if kinds == {int} else
            pa.float64() if kinds and kinds <= {int, float} else pa.string())  # fmt: skip
    if kind != pa.string() or kinds <= {str}:
        return pa.array(cells, kind)
    return pa.array([None if cell is None else show(cell) if isinstance(cell, bool) else str(cell) for cell in cells], kind)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return show(cell)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _aligned(table: Table) -> Iterator[str]:
    """Yield the lines of a table: numbers to the right, long texts over several lines."""
    is_right = [any(map(_is_number, column)) and all(c is None or _is_number(c) for c in column)
                for column in map(table.column, table.columns)]
    heads = [[name] for name in table.columns]
    body = [[textwrap.wrap(show(cell), _WIDEST, break_long_words=False) or [""] for cell in row] for row in table.rows]
    widths = [max(len(line) for cells in (head, *(row[at] for row in body)) for line in cells) for at, head in enumerate(heads)]
    yield from _lines(heads, widths, is_right)
    yield "  ".join("-" * width for width in widths)
    for row in body:
        yield from _lines(row, widths, is_right)


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int], is_right: Sequence[bool]) -> Iterator[str]:
    for at in range(max(map(len, cells), default=0)):
        words = [cell[at] if at < len(cell) else "" for cell in cells]
        shapes = zip(words, widths, is_right, strict=True)
        yield "  ".join(word.rjust(width) if right else word.ljust(width) for word, width, right in shapes).rstrip()
