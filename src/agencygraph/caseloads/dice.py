"""Dice: chance from a number, the same on every machine and version, for millions of draws at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Keys = NDArray[np.uint64]
    Draws = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_STEP = 0x9E3779B97F4A7C15
_ALL = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Dice:
    """Draws that depend on a key, a purpose and the seed alone, so that no draw changes another.

    The words are those of SplitMix64 (Steele, Lea & Flood 2014): whole numbers only, so that nothing is rounded.

    Examples
    --------
    >>> import numpy as np
    >>> Dice(1).below(6, np.arange(4), "size").tolist() == Dice(1).below(6, np.arange(4), "size").tolist()
    True
    """

    seed: int

    def below(self, limit: int | Draws, keys: Draws, purpose: str) -> Draws:
        """Return for each key a whole number from 0 to below a limit."""
        import numpy as np

        # The upper bits are the best mixed ones.
        words = self._words(keys, purpose) >> np.uint64(33)
        drawn: Draws = (words % np.asarray(limit).astype(np.uint64)).astype(np.int64)
        return drawn

    def chance(self, percent: int | Draws, keys: Draws, purpose: str) -> Flags:
        """Return for each key yes, so many times in a hundred."""
        return self.below(100, keys, purpose) < percent

    def _words(self, keys: Draws, purpose: str) -> Keys:
        import numpy as np

        start = self.seed & _ALL
        for letter in purpose:
            start = (start * 0x100000001B3 + ord(letter) + 1) & _ALL
        words: Keys = keys.astype(np.uint64) * np.uint64(_STEP) + np.uint64(_mixed(start))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            words = (words ^ (words >> np.uint64(shift))) * np.uint64(factor)
        return words ^ (words >> np.uint64(31))


def _mixed(word: int) -> int:
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        word = (word ^ (word >> shift)) * factor & _ALL
    return word ^ (word >> 31)
