"""What is seen from the places of a page: for all of them at once, as one whole number with a field of bits for each place.

A set of places has a one in the fields of its places. Sums of sets are counts, place by place, so that a search weighs all places
of the page with a few ands and additions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt
from operator import or_
from struct import unpack

import numpy as np
from numpy.typing import NDArray

Spot = tuple[int, int]
Half = tuple[int, int]
Block = tuple[int, int, int, int]  # west, north, east, south

MARGIN = 6  # a line through a card's surroundings counts as running through it
MOST = 60000  # sets to remember


@dataclass(frozen=True, slots=True)
class View:
    """All places but its own as they lie round a point: their directions in order, and the sets of the first none, one, two, ..."""

    directions: list[float]
    firsts: list[int]

    def wedge(self, start: float, end: float, edges: tuple[bool, bool]) -> int:
        """The places from one direction clockwise to another, half a turn on at most; whether those on either edge count."""
        i = bisect_left(self.directions, start) if edges[0] else bisect_right(self.directions, start)
        j = bisect_right(self.directions, end) if edges[1] else bisect_left(self.directions, end)
        found = self.firsts[i] ^ self.firsts[j]
        return self.firsts[-1] ^ found if start > end else found


class Sight:
    """Places in rows from the north, each row from the west, and what can be said of all of them at once."""

    def __init__(self, spots: Sequence[Spot], field: int = 2) -> None:
        self.field, self.most = field, (1 << 8 * field) - 1  # bytes for each place, and the largest number in them
        self.spots = tuple(sorted(set(spots), key=lambda spot: (spot[1], spot[0])))
        self.number = {spot: n for n, spot in enumerate(self.spots)}
        self.everywhere = self.set_of(range(len(self.spots)))
        self.heights = sorted({y for _, y in self.spots})
        self.west_to_east = sorted({x for x, _ in self.spots})
        self.columns = [self.set_of([n for n, (u, _) in enumerate(self.spots) if u == x]) for x in self.west_to_east]
        self.levels = [self.set_of([n for n, (_, v) in enumerate(self.spots) if v == y]) for y in self.heights]
        self.west = self._sums(self.columns)
        self.north = self._sums(self.levels)
        self.ones = [1 << (8 * field * n) for n in range(len(self.spots))]
        self.across, self.down = np.array(self.spots, dtype=np.int64).reshape(-1, 2).T.copy()
        self.views: dict[Spot, View] = {}
        self.sides: dict[tuple[Spot, Spot], int] = {}
        self.crossings: dict[Spot, dict[int, int]] = {}
        self.shadows: dict[Spot, dict[Block, int]] = {}
        self.strips: dict[tuple[int, Half], int] = {}
        self.ranges: dict[Block, int] = {}
        self.lengths: dict[tuple[Spot, int, int], int] = {}
        self.lines: dict[tuple[Spot, Spot], int] = {}
        self.ends: list[tuple[Spot, Spot]] = []
        self.met: list[dict[int, bool]] = []
        self.hit: list[dict[Block, bool]] = []

    @staticmethod
    def _sums(sets: Sequence[int]) -> list[int]:
        """The first none, one, two, ... of some sets together."""
        sums = [0]
        for one in sets:
            sums.append(sums[-1] | one)
        return sums

    def set_of(self, numbers: Sequence[int] | range) -> int:
        """The set of some places, given by their numbers."""
        fields = bytearray(self.field * len(self.spots))
        for n in numbers:
            fields[self.field * n] = 1
        return int.from_bytes(fields, "little")

    def counts(self, sums: int) -> tuple[int, ...]:
        """The count in the field of each place."""
        return unpack(f"<{len(self.spots)}{'H' if self.field == 2 else 'I'}", sums.to_bytes(self.field * len(self.spots), "little"))

    def line(self, a: Spot, b: Spot) -> int:
        """The number of the line between two points."""
        pair = (a, b) if a < b else (b, a)
        number = self.lines.get(pair)
        if number is None:
            number = self.lines[pair] = len(self.ends)
            self.ends.append(pair)
            self.met.append({})
            self.hit.append({})
        return number

    def side(self, a: Spot, b: Spot) -> int:
        """The places to the right of the way from a to b, as seen on the page; those in line with both only if a is the greater."""
        if a == b:
            return 0
        way = (b, a) if b < a else (a, b)
        found = self.sides.get(way)
        if found is None:
            (x, y), (u, v) = way
            found = self.sides[way] = self.view(way[0]).wedge(direction(u - x, v - y), direction(x - u, y - v), (False, False))
        return self.everywhere ^ found if b < a else found

    def wedge(self, q: Spot, c: Spot, d: Spot) -> int:
        """The places that are seen from q between two points, from the first clockwise to the second."""
        edges = c < q, not d < q
        return self.view(q).wedge(direction(c[0] - q[0], c[1] - q[1]), direction(d[0] - q[0], d[1] - q[1]), edges)

    def view(self, q: Spot) -> View:
        """All places as they lie round a point."""
        view = self.views.get(q)
        if view is None:
            if len(self.views) * len(self.spots) > MOST:
                self.views.clear()
            dx, dy = self.across - q[0], self.down - q[1]
            size = np.abs(dx) + np.abs(dy)
            share = dx / np.maximum(size, 1)
            keys = np.where(dy >= 0, 1.0 - share, 3.0 + share)
            order = np.argsort(keys, kind="stable")
            order = order[size[order] > 0]
            firsts = accumulate([self.ones[n] for n in order.tolist()], or_, initial=0)
            view = self.views[q] = View(keys[order].tolist(), list(firsts))
        return view

    def crossing(self, q: Spot, line: int) -> int:
        """The places whose line to q would cross a line."""
        c, d = self.ends[line]
        turn = (c[0] - q[0]) * (d[1] - q[1]) - (c[1] - q[1]) * (d[0] - q[0])
        if turn > 0:
            return self.wedge(q, c, d) & ~self.side(c, d)
        if turn < 0:
            return self.wedge(q, d, c) & self.side(c, d)
        return 0

    def crossed(self, q: Spot, lines: Sequence[int]) -> int:
        """For each place how many lines its line to q would cross."""
        known = self.crossings.get(q)
        if known is None:
            if len(self.sides) > MOST:
                self.sides.clear()
                self.crossings.clear()
                self.shadows.clear()
                self.strips.clear()
            known = self.crossings[q] = {}
        count = 0
        for line in lines:
            found = known.get(line)
            if found is None:
                found = known[line] = self.crossing(q, line)
            if found:
                count += found
        return count

    def meeting(self, line: int, others: Sequence[int]) -> int:
        """How many of some lines a line crosses."""
        known, count = self.met[line], 0
        for other in others:
            found = known.get(other)
            if found is None:
                found = known[other] = cross(*self.ends[line], *self.ends[other])
            if found:
                count += 1
        return count

    def touching(self, line: int, blocks: Sequence[Block]) -> int:
        """How many of some blocks a line runs through; one in which it ends counts for none."""
        known, count = self.hit[line], 0
        for block in blocks:
            found = known.get(block)
            if found is None:
                found = known[block] = runs_through(self.ends[line], block)
            if found:
                count += 1
        return count

    def within(self, block: Block) -> int:
        """The places strictly inside a block."""
        found = self.ranges.get(block)
        if found is None:
            west, east = bisect_right(self.west_to_east, block[0]), bisect_left(self.west_to_east, block[2])
            north, south = bisect_right(self.heights, block[1]), bisect_left(self.heights, block[3])
            found = 0
            if west < east and north < south:
                found = (self.west[east] ^ self.west[west]) & (self.north[south] ^ self.north[north])
            self.ranges[block] = found
        return found

    def shaded(self, q: Spot, blocks: Sequence[Block]) -> int:
        """For each place how many blocks its line to q would run through; a block in which q stands counts for none."""
        known = self.shadows.get(q)
        if known is None:
            known = self.shadows[q] = {}
        count = 0
        for block in blocks:
            found = known.get(block)
            if found is None:
                found = known[block] = self._shadow(q, block)
            if found:
                count += found
        return count

    def _shadow(self, q: Spot, block: Block) -> int:
        west, north, east, south = block
        x, y = q
        column, row = (x >= east) - (x <= west), (y >= south) - (y <= north)
        if not column and not row:
            return 0
        # The outermost corners to the left and to the right as seen from q.
        corners = {
            (-1, -1): ((east, north), (west, south)), (0, -1): ((east, north), (west, north)),
            (1, -1): ((east, south), (west, north)),
            (-1, 0): ((west, north), (west, south)), (1, 0): ((east, south), (east, north)),
            (-1, 1): ((west, north), (east, south)), (0, 1): ((west, south), (east, south)), (1, 1): ((west, south), (east, north)),
        }[column, row]  # fmt: skip
        found = self.wedge(q, *corners)
        if column:
            beyond = self.west[bisect_right(self.west_to_east, west if column < 0 else east - 1)]
            found &= ~beyond if column < 0 else beyond
        if row:
            beyond = self.north[bisect_right(self.heights, north if row < 0 else south - 1)]
            found &= ~beyond if row < 0 else beyond
        return found

    def strip(self, line: int, half: Half) -> int:
        """The places where a card of a half size would stand in the way of a line."""
        found = self.strips.get((line, half))
        if found is None:
            found = self.strips[line, half] = self._strip(self.ends[line], half)
        return found

    def _strip(self, ends: tuple[Spot, Spot], half: Half) -> int:
        (ax, ay), (bx, by) = ends  # a stands west of b
        wide, high = half[0] + MARGIN, half[1] + MARGIN
        found = self.within((ax - wide, min(ay, by) - high, bx + wide, max(ay, by) + high))
        if not found or ax == bx or ay == by:
            return found
        dx, dy = bx - ax, by - ay
        off = np.abs(self.down * dx - self.across * dy - (ay * dx - ax * dy))
        return found & self._fields(off < dx * high + abs(dy) * wide)

    def _fields(self, values: NDArray[np.generic]) -> int:
        """A whole number with a value in the field of each place."""
        return int.from_bytes(values.astype(f"<u{self.field}").tobytes(), "little")

    def far(self, q: Spot, times: int, parts: int) -> int:
        """The length from each place to q, times something, in parts of something."""
        key = q, times, parts
        found = self.lengths.get(key)
        if found is None:
            dx, dy = self.across - q[0], self.down - q[1]
            found = self._fields(np.floor(np.sqrt(dx * dx + dy * dy)).astype(np.int64) * times // parts)
            self.lengths[key] = found
        return found


def direction(dx: int, dy: int) -> float:
    """A number that grows clockwise with a direction, from 0 in the east to below 4. One division of whole numbers, so that points
    in the same direction have the very same number on every machine."""
    share = dx / (abs(dx) + abs(dy))
    return 1.0 - share if dy >= 0 else 3.0 + share


def cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two straight lines cross between their ends."""
    if a in (c, d) or b in (c, d):
        return False
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    one, two = ux * (c[1] - a[1]) - uy * (c[0] - a[0]), ux * (d[1] - a[1]) - uy * (d[0] - a[0])
    if (one >= 0) == (two >= 0):
        return False
    return (vx * (a[1] - c[1]) - vy * (a[0] - c[0]) >= 0) != (vx * (b[1] - c[1]) - vy * (b[0] - c[0]) >= 0)


def far(a: Spot, b: Spot) -> int:
    """The length between two points, rounded down."""
    return isqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def runs_through(ends: tuple[Spot, Spot], block: Block) -> bool:
    """Whether a straight line runs through a block and ends outside of it."""
    (ax, ay), (bx, by) = ends
    west, north, east, south = block
    if min(ax, bx) >= east or max(ax, bx) <= west or min(ay, by) >= south or max(ay, by) <= north:
        return False
    if (west < ax < east and north < ay < south) or (west < bx < east and north < by < south):
        return False
    dx, dy = bx - ax, by - ay
    off = dx * (north + south - 2 * ay) - dy * (west + east - 2 * ax)
    return abs(off) < abs(dx) * (south - north) + abs(dy) * (east - west)
