"""How many cases of each kind: a table of groups by groups that may be published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from agencygraph.crosstabs import crosstab
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.model import Caseload

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns, Words
    from agencygraph.table import Table

GROUPINGS = ("complexity", "situation", "arrangement")
_NOT_GIVEN = "not given"


def tabulate(load: Caseload | Columns, rows: str = "complexity", columns: str = "situation", *, threshold: int | None = 5) -> Table:
    """Count the cases of each band in each situation, with totals, as a table that may be published.

    Parameters
    ----------
    load
        The cases, or the columns of a Parquet caseload (`caseloads.parquet.read_columns`), of which millions are counted at once.
    rows, columns
        "complexity", "situation" or "arrangement". Words appear in the order of the cases.
    threshold
        Counts below it, and what would give them away, are withheld; None shows all.

    Returns
    -------
    Table
        A row for each band, a column for each situation; ``c`` stands where a count is withheld.

    Examples
    --------
    >>> from agencygraph import cases
    >>> tabulate(cases.bexley(), "arrangement", "complexity").rows[-1]
    ('total', 'c', 'c', 'c', 'c', 18)
    """
    for word in (rows, columns):
        if word not in GROUPINGS:
            raise UnknownNameError(f"cases are not grouped by '{word}'; they are by {', '.join(GROUPINGS)}."
                                   f"{did_you_mean(str(word), GROUPINGS)}")
    said = [_said(load, word) for word in (rows, columns)]
    left, top = (sorted(dict.fromkeys(words), key=lambda word: word == _NOT_GIVEN) for words in said)
    cells = Counter(zip(*said, strict=True))
    caption = f"{load.title or 'Caseload'}: cases by {rows} and {columns}"
    table = crosstab(left, top, cells, corner=rows, caption=caption)
    return table if threshold is None else table.protect(threshold)


def _said(load: Caseload | Columns, word: str) -> list[str]:
    """Return for each case the word of its group."""
    if isinstance(load, Caseload):
        return [str(getattr(case, word)) or _NOT_GIVEN for case in load]
    column: Words = getattr(load, "band" if word == "complexity" else word)
    words = [one or _NOT_GIVEN for one in column.words]
    return [words[code] for code in column.codes.tolist()]
