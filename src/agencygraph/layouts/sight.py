"""Which lines between places cross, and which cards they would run through: sets of places as bits of whole numbers.

All is worked out once for a set of places; the search then weighs a place with a few ands and counts of bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

Spot = tuple[int, int]
Half = tuple[int, int]

MARGIN = 6  # a line through a card's surroundings counts as running through it


@dataclass(slots=True)
class Sight:
    """Places, the lengths between them, and for each pair what its line crosses and hits (filled when first asked)."""

    spots: tuple[Spot, ...]
    halves: tuple[Half, ...]
    lengths: tuple[tuple[int, ...], ...]
    left: tuple[tuple[int, ...], ...]
    offsets: tuple[int, ...]
    numbers: tuple[tuple[int, ...], ...]
    crossed: list[int]
    hits: list[int]

    def look(self, a: int, b: int) -> int:
        """Make sure that the line between two places is known, and give its number, whichever place comes first."""
        number = self.numbers[a][b]
        if self.crossed[number] < 0:
            self.crossed[number] = self._crossing(a, b)
            self.hits[number] = self._hitting(a, b)
        return number

    def _crossing(self, a: int, b: int) -> int:
        """The lines that cross the line from a to b, as bits by their numbers."""
        left, found = self.left, 0
        on_left, on_right = left[a][b], left[b][a]
        for c, row in enumerate(left):
            beyond = 0
            if on_left >> c & 1:
                beyond = row[a] & left[b][c] & on_right
            elif on_right >> c & 1:
                beyond = row[b] & left[a][c] & on_left
            beyond >>= c + 1
            if beyond:
                found |= beyond << (self.offsets[c] + c + 1)
        return found

    def _hitting(self, a: int, b: int) -> int:
        """The places whose card the line from a to b would touch, as bits."""
        (ax, ay), (bx, by) = self.spots[a], self.spots[b]
        dx, dy, found = bx - ax, by - ay, 0
        low_x, high_x, low_y, high_y = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        wide, high = abs(dx), abs(dy)
        for p, ((x, y), (half_x, half_y)) in enumerate(zip(self.spots, self.halves, strict=True)):
            if low_x - half_x < x < high_x + half_x and low_y - half_y < y < high_y + half_y:
                off = dx * (y - ay) - dy * (x - ax)
                if -(half_x * high + half_y * wide) < off < half_x * high + half_y * wide and p not in (a, b):
                    found |= 1 << p
        return found


@lru_cache(maxsize=16)
def survey(spots: tuple[Spot, ...], halves: tuple[Half, ...]) -> Sight:
    """Look at a set of places, each with half the width and height of the card that would stand there."""
    count = len(spots)
    left = tuple(tuple(_left_of(spots, a, b) for b in range(count)) for a in range(count))
    lengths = tuple(tuple(isqrt((ax - bx) ** 2 + (ay - by) ** 2) for bx, by in spots) for ax, ay in spots)
    offsets = tuple(a * count - a * (a + 1) // 2 - a - 1 for a in range(count))
    grown = tuple((x + MARGIN, y + MARGIN) for x, y in halves)
    numbers = tuple(tuple(offsets[min(a, b)] + max(a, b) for b in range(count)) for a in range(count))
    unknown = [-1] * (count * (count + 1) // 2 + 1)
    return Sight(spots, grown, lengths, left, offsets, numbers, unknown, list(unknown))


def _left_of(spots: Sequence[Spot], a: int, b: int) -> int:
    """The places strictly to one side of the way from a to b, as bits."""
    (ax, ay), (bx, by) = spots[a], spots[b]
    dx, dy = bx - ax, by - ay
    base = dx * ay - dy * ax
    return int("".join(["1" if dx * y - dy * x > base else "0" for x, y in spots])[::-1], 2)
