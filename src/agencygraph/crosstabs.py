"""Cross-tables: counts of whatever falls into two groupings at once, with their totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencygraph.errors import InvalidError
from agencygraph.table import Table

TOTAL = "total"


def crosstab(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], int | None], *,
             totals: bool = True, corner: str = "", caption: str = "") -> Table:  # fmt: skip
    """Lay out how many there are of each kind in each group, as a table that `protect` knows how to make publishable.

    Parameters
    ----------
    rows, columns
        The words at the left and at the top, in order.
    cells
        The count of each pair (row, column): nought where left out, None where the pair cannot be.
    totals
        True to add the totals of rows and columns. Leave them out where one case can fall into several cells.
    corner, caption
        What the words at the left are; what the table shows.

    Returns
    -------
    Table
        With as many rows and columns as named, and the totals last.

    Raises
    ------
    InvalidError
        For a word that stands twice, one that is kept for totals, a cell in no row or column, or a count below nought.

    Examples
    --------
    >>> table = crosstab(("modest", "complex"), ("crisis", "other"), {("modest", "crisis"): 3, ("modest", "other"): 12,
    ...                  ("complex", "crisis"): 9, ("complex", "other"): 8})
    >>> table.protect().rows
    (('modest', 'c', 'c', 15), ('complex', 'c', 'c', 17), ('total', 12, 20, 32))
    """
    _check(rows, columns, cells, corner)
    grid = [[cells.get((row, column), 0) for column in columns] for row in rows]
    if totals:
        grid = [[*line, sum(cell or 0 for cell in line)] for line in grid]
        grid.append([sum(line[at] or 0 for line in grid) for at in range(len(columns) + 1)])
    names = [*rows, *([TOTAL] * totals)]
    lines = tuple((name, *line) for name, line in zip(names, grid, strict=True))
    return Table((corner, *columns, *([TOTAL] * totals)), lines, caption, heads=(corner,))


def _check(rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], int | None], corner: str) -> None:
    problems = [f"'{name}' is named twice." for names in (rows, (corner, *columns)) for at, name in enumerate(names)
                if name in names[:at]]
    problems += [f"'{name}' is the word for totals; give the group another name." for name in (*rows, *columns) if name == TOTAL]
    for (row, column), count in cells.items():
        if row not in rows or column not in columns:
            problems.append(f"the cell {row!r}, {column!r} is in no row or in no column.")
        elif count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
            problems.append(f"the cell {row!r}, {column!r} holds {count!r}; it must be a whole number from 0, or None.")
    if problems:
        raise InvalidError("\n".join(problems))
