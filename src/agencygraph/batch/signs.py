"""Signs: of many numbers, how often their sum comes as far from nought when chance gives each its sign."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_128
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A sum so many standard deviations from nought, squared, comes about less often than once in 10^21 draws.
_NEVER = 100
_WIDEST = 1 << 62


def count_as_far(asked: Sequence[tuple[Sequence[int], int]], draws: int, seed: int) -> list[int]:
    """Return how many of so many drawn patterns of signs give a sum as far from nought as a least one, or farther.

    Each question is some numbers and their least sum; all are asked of the same patterns, which are drawn once. SHAKE-128 is fixed
    by a standard, so the same bits are drawn on every machine. Nothing is drawn where no draw could come as far (Hoeffding 1963: a
    sum of t times the root of the sum of squares is passed with a chance of 2 exp(-t^2 / 2) at most).

    >>> count_as_far([([1, 1, 1], 3), ([5], 6)], 1000, seed=1)
    [250, 0]
    """
    import numpy as np

    near = [at for at, (numbers, least) in enumerate(asked) if least * least <= _NEVER * sum([one * one for one in numbers])]
    # Numbers too large for the machine are added as Python's own.
    some = {at: np.array(asked[at][0], dtype=np.int64 if sum(map(abs, asked[at][0])) < _WIDEST else object) for at in near}
    totals = {at: np.zeros(draws, dtype=numbers.dtype) for at, numbers in some.items()}
    signs = 2 * (np.arange(256)[:, None] >> np.arange(8) & 1) - 1
    for start in range(0, max(map(len, some.values()), default=0), 8):
        drawn = np.frombuffer(shake_128(f"{seed}/{start}".encode()).digest(draws), dtype=np.uint8).astype(np.intp)
        for at, numbers in some.items():
            if start < len(numbers):
                totals[at] += _by_byte(numbers[start : start + 8], signs).take(drawn)
    return [int((np.abs(totals[at]) >= least).sum()) if at in totals else 0 for at, (_, least) in enumerate(asked)]


def _by_byte(numbers: NDArray[Any], signs: NDArray[Any]) -> NDArray[Any]:
    """Return the sum of up to eight numbers for each byte, whose bits are their signs."""
    found: NDArray[Any] = signs[:, : len(numbers)].astype(numbers.dtype) @ numbers
    return found
