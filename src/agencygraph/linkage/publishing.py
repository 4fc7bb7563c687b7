"""Publishing: bands of numbers, and tables of how many in which small numbers are withheld."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from agencygraph.suppression import WITHHELD, Frame, withhold
from agencygraph.table import Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

SHOWN = "Small counts are shown: not for publication."


def bands_of(most: int) -> list[tuple[int, int]]:
    """Return bands of numbers from 0 up to at least `most`: 0, 1, 2 to 4, 5 to 9, 10 to 19, 20 to 49, 50 to 99, and so on.

    >>> bands_of(12)
    [(0, 0), (1, 1), (2, 4), (5, 9), (10, 19)]
    """
    found = [(0, 0), (1, 1), (2, 4), (5, 9)]
    while found[-1][1] < most:
        low = found[-1][1] + 1
        found.append((low, 5 * low // 2 - 1 if str(low)[0] == "2" else 2 * low - 1))
    return [band for band in found if band[0] <= most]


def named(band: tuple[int, int]) -> str:
    """Return a band in words.

    >>> named((1, 1)), named((1000, 1999))
    ('1', '1,000 to 1,999')
    """
    low, high = band
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def counted(values: Numbers, bands: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many values lie in each band."""
    import numpy as np

    places = np.searchsorted(np.array([low for low, _ in bands]), values, side="right") - 1
    found: list[int] = np.bincount(places, minlength=len(bands)).tolist()
    return found


def published(grid: Sequence[Sequence[int]], frame: Frame, threshold: int | None) -> list[list[Cell]]:
    """Return counts as they may be published, "c" where one is withheld."""
    hidden = withhold(grid, frame, threshold) if threshold is not None and grid else frozenset()
    return [[WITHHELD if (r, c) in hidden else count for c, count in enumerate(row)] for r, row in enumerate(grid)]


def note_of(threshold: int | None) -> str:
    """Say what is withheld."""
    if threshold is None:
        return SHOWN
    return f"c: withheld, a number from 1 to {threshold - 1} or one that would give such a number away."
