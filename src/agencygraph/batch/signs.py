"""Signs: of many numbers, how often their sum comes as far from nought when chance gives each its sign."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_128
from typing import Any

# A sum so many standard deviations from nought, squared, comes about less often than once in 10^21 draws.
_NEVER = 100
_WIDEST = 1 << 62


def count_as_far(sizes: Sequence[int], least: int, draws: int, seed: int) -> int:
    """Return how many of so many drawn patterns of signs give a sum as far from nought as `least`, or farther.

    SHAKE-128 is fixed by a standard, so the same bits are drawn on every machine. Nothing is drawn where no draw could come as far
    (Hoeffding 1963: a sum of t times the root of the sum of squares is passed with a chance of 2 exp(-t^2 / 2) at most).

    >>> count_as_far([1, 1, 1], 3, 1000, seed=1)
    250
    """
    import numpy as np

    if least * least > _NEVER * sum([size * size for size in sizes]):
        return 0
    # Numbers too large for the machine are added as Python's own.
    kind: Any = np.int64 if sum(map(abs, sizes)) < _WIDEST else object
    signs = 2 * (np.arange(256)[:, None] >> np.arange(8) & 1) - 1
    totals = np.zeros(draws, dtype=kind)
    for start in range(0, len(sizes), 8):
        some = np.array(sizes[start : start + 8], dtype=kind)
        of_byte = signs[:, : len(some)].astype(kind) @ some
        drawn = np.frombuffer(shake_128(f"{seed}/{start}".encode()).digest(draws), dtype=np.uint8)
        totals += of_byte.take(drawn)
    return int((np.abs(totals) >= least).sum())
