"""Telling: over many cases by column, in how many one role is on the map with another, tells it, and tells it firmly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from agencygraph.caseloads.columns import CRITICAL, SECTOR_WORDS, TWO_WAY, UNKNOWN
from agencygraph.model.words import KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agencygraph.caseloads.columns import Columns

    Square = NDArray[np.int64]

_SECTORS = (*SECTOR_WORDS, "other")
# Cases at once: their squares of roles are all in memory together.
_PART = 5000
# What is known of an actor of a caseload by column: its kind and its sector.
SORTS = tuple(product(KINDS, _SECTORS))


@dataclass(frozen=True, slots=True)
class Telling:
    """How many cases say what of each ordered pair of roles; a role that is there once is not on the map with itself.

    Attributes
    ----------
    cases
        For each role, on how many maps it stands.
    both, told, firm
        In how many cases the role of the row and that of the column are both there; the one tells the other; tells it firmly.
    """

    cases: NDArray[np.int64]
    both: Square
    told: Square
    firm: Square


def sorts_of(columns: Columns) -> tuple[int, ...]:
    """Return the places in `SORTS` of the sorts of actors that stand on any of the maps.

    >>> from agencygraph.caseloads.generator import make_columns
    >>> [SORTS[at] for at in sorts_of(make_columns(0, 1, seed=1))][:2]
    [('child', ''), ('parent', '')]
    """
    import numpy as np

    return tuple(np.bincount(_codes(columns), minlength=len(SORTS)).nonzero()[0].tolist())


def count_telling(columns: Columns, roles: Sequence[int]) -> Telling:
    """Count over all cases who is there with whom, and who tells whom.

    Parameters
    ----------
    columns
        The cases.
    roles
        For each of the `SORTS` the number of its role, counted from 0, or -1 where it has none.

    Returns
    -------
    Telling
        Ties that nobody could confirm tell nothing.

    Examples
    --------
    >>> from agencygraph.caseloads.generator import make_columns
    >>> found = count_telling(make_columns(0, 50, seed=1), [0] * len(SORTS))
    >>> int(found.cases[0]), found.both.shape
    (50, (1, 1))
    """
    import numpy as np

    size = max(roles, default=-1) + 1
    cases, total = np.zeros(size, dtype=np.int64), [np.zeros((size, size), dtype=np.int64) for _ in range(3)]
    for part in (columns.part(start, start + _PART) for start in range(0, len(columns), _PART)):
        role = np.array(roles)[_codes(part)]
        members = _members(part, role, size)
        there = (members > 0).astype(np.float64)
        cases += (members > 0).sum(axis=0)
        # Sums of ones up to 5000 are exact, and of fractions there is a quick product of matrices.
        both = (there.T @ there).astype(np.int64)
        np.fill_diagonal(both, (members > 1).sum(axis=0))
        for at, found in enumerate((both, *_told(part, role, size))):
            total[at] += found
    return Telling(cases, *total)


def _codes(columns: Columns) -> NDArray[np.int64]:
    """Return for each actor its place in `SORTS`."""
    import numpy as np

    codes: NDArray[np.int64] = columns.kinds.values.astype(np.int64) * len(_SECTORS) + columns.sectors.values
    return codes


def _members(part: Columns, role: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return for each case and role how many have it."""
    import numpy as np

    has = role >= 0
    found: NDArray[np.int64] = np.bincount(part.kinds.rows[has] * size + role[has], minlength=len(part) * size)
    return found.reshape(len(part), size)


def _told(part: Columns, role: NDArray[np.int64], size: int) -> Iterator[Square]:
    """Yield in how many cases each role tells each, over any tie and over firm ties."""
    import numpy as np

    rows, marks = part.sources.rows, part.marks.values
    first = part.kinds.starts[:-1][rows]
    source, target = role[first + part.sources.values], role[first + part.targets.values]
    counts = (marks & UNKNOWN == 0) & (source >= 0) & (target >= 0)
    back = counts & (marks & TWO_WAY > 0)
    for also in (True, marks & CRITICAL > 0):
        told = np.zeros(len(part) * size * size, dtype=bool)
        for which, one, other in ((counts & also, source, target), (back & also, target, source)):
            told[((rows * size + one) * size + other)[which]] = True
        yield told.reshape(len(part), size, size).sum(axis=0)
