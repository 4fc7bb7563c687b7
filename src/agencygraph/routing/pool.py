"""All ways of all bonds side by side: what any two of them cost each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from agencygraph.routing.fields import Floats, Whole, alongside, meetings, whole
from agencygraph.routing.tracks import Track
from agencygraph.scene import Bond

CROSSING, SAME_END, SHALLOW, NEAR_TIP = 2000, 1000, 1400, 1200  # in hundredths, as all costs here
TIPS, PITCH, TIP_FAULT, TIP_CLOSE = 7.15, 13.0, 40000, 3000
CLOSE, BESIDE = 9.0, 0.0125
FLAT = 0.1786  # the square of the sine of 25 degrees
OFF_TIP = 196.0


class Pool:
    """The ways of all bonds, one bond after the other: ways `first[n]` to `first[n + 1]` are those of bond n."""

    def __init__(self, bonds: Sequence[Bond], tracks: Sequence[Sequence[Track]]) -> None:
        self.tracks = [track for mine in tracks for track in mine]
        counts = [len(mine) for mine in tracks]
        self.first = [sum(counts[:n]) for n in range(len(counts) + 1)]
        self.bond = np.repeat(np.arange(len(bonds)), counts)
        self.own: Whole = np.array([track.cost for track in self.tracks], dtype=np.int64)
        numbers: dict[str, int] = {}
        keys = np.array([[numbers.setdefault(key, len(numbers)) for key in (b.source, b.target)] for b in bonds])
        self.shared = (keys[:, None, :, None] == keys[None, :, None, :]).any(axis=(2, 3))
        self.keys = keys[self.bond]
        self.pointed = np.array([(b.two_way, True) for b in bonds])[self.bond]
        self.tips = np.array([((t.start.x, t.start.y), (t.end.x, t.end.y)) for t in self.tracks])
        self.piece_first = np.concatenate(([0], np.cumsum([len(t.spine) - 1 for t in self.tracks])))
        self.lines: Floats = np.array([(*p, *q) for t in self.tracks for p, q in zip(t.spine, t.spine[1:], strict=False)])
        self.owner = np.repeat(np.arange(len(self.tracks)), [len(t.spine) - 1 for t in self.tracks])
        ax, ay, bx, by = np.ascontiguousarray(self.lines.T)
        self.boxes = np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)
        self._beside: dict[int, Whole] = {}
        self._blocks: dict[tuple[int, int], Whole] = {}

    def ways(self, n: int) -> slice:
        """The ways of a bond."""
        return slice(self.first[n], self.first[n + 1])

    def lines_of(self, ways: Sequence[int]) -> Floats:
        """The straight pieces of some ways."""
        return np.concatenate([self.lines[self.piece_first[way] : self.piece_first[way + 1]] for way in ways])

    def beside(self, way: int) -> Whole:
        """What every way costs beside one of them; nothing for those of the same bond."""
        if way not in self._beside:
            found = self._between((0, len(self.tracks)), (way, way + 1))[:, 0]
            found[self.ways(int(self.bond[way]))] = 0
            self._beside[way] = found
        return self._beside[way]

    def block(self, n: int, m: int) -> Whole:
        """What the ways of one bond cost beside those of another."""
        if (n, m) not in self._blocks:
            self._blocks[n, m] = self._between((self.first[n], self.first[n + 1]), (self.first[m], self.first[m + 1]))
        return self._blocks[n, m]

    def _between(self, rows: tuple[int, int], columns: tuple[int, int]) -> Whole:
        """What some ways cost beside some others: tips too near, crossings, running side by side."""
        a0, a1 = self.piece_first[rows[0]], self.piece_first[rows[1]]
        b0, b1 = self.piece_first[columns[0]], self.piece_first[columns[1]]
        west, north, east, south = (side[a0:a1, None] for side in self.boxes)
        its_west, its_north, its_east, its_south = (side[None, b0:b1] for side in self.boxes)
        i, j = np.nonzero((west <= its_east + CLOSE) & (east >= its_west - CLOSE)
                          & (north <= its_south + CLOSE) & (south >= its_north - CLOSE))  # fmt: skip
        i, j = i + a0, j + b0
        costs = self._meetings(i, j)
        wide = columns[1] - columns[0]
        place = (self.owner[i] - rows[0]) * wide + self.owner[j] - columns[0]
        tall = rows[1] - rows[0]
        added = np.bincount(place, weights=costs.astype(np.float64), minlength=tall * wide)
        found: Whole = added.astype(np.int64).reshape(tall, wide)
        return found + self._tips(slice(*rows), slice(*columns))

    def _meetings(self, i: Whole, j: Whole) -> Whole:
        """What pairs of pieces cost each other."""
        one, two = self.lines[i], self.lines[j]
        crossed, along, size = meetings(one, two)
        u, v = one[:, 2:] - one[:, :2], two[:, 2:] - two[:, :2]
        flat = size * size < FLAT * (u[:, 0] * u[:, 0] + u[:, 1] * u[:, 1]) * (v[:, 0] * v[:, 0] + v[:, 1] * v[:, 1])
        costs = np.zeros(len(i), dtype=np.int64)
        apart = np.nonzero(flat)[0]
        a, b = one[apart], two[apart]
        costs[apart] = whole(BESIDE * (alongside(a, b, CLOSE) + alongside(b, a, CLOSE)))
        c = np.nonzero(crossed)[0]
        mine, its = self.owner[i[c]], self.owner[j[c]]
        spot = one[c, :2] + u[c] * (along[c] / size[c])[:, None]
        near = np.zeros(len(c), dtype=np.int64)
        for tips in (self.tips[mine, 0], self.tips[mine, 1], self.tips[its, 0], self.tips[its, 1]):
            off = tips - spot
            near += off[:, 0] * off[:, 0] + off[:, 1] * off[:, 1] < OFF_TIP
        costs[c] += CROSSING + SAME_END * self.shared[self.bond[mine], self.bond[its]] + SHALLOW * flat[c] + NEAR_TIP * near
        return costs

    def _tips(self, rows: slice, columns: slice) -> Whole:
        """What it costs that lines end near each other."""
        cost = np.zeros((rows.stop - rows.start, columns.stop - columns.start), dtype=np.int64)
        for mine in (0, 1):
            for its in (0, 1):
                off_x = self.tips[rows, mine, 0][:, None] - self.tips[columns, its, 0][None, :]
                off_y = self.tips[rows, mine, 1][:, None] - self.tips[columns, its, 1][None, :]
                same = self.keys[rows, mine][:, None] == self.keys[columns, its][None, :]
                square = off_x * off_x + off_y * off_y
                i, j = np.nonzero(same & (square < PITCH * PITCH))
                far = np.sqrt(square[i, j])
                pointed = self.pointed[rows, mine][i] | self.pointed[columns, its][j]
                fault = np.where(pointed | (far < 3.0), TIP_FAULT, TIP_CLOSE)
                cost[i, j] += np.where(far < TIPS, fault, whole(1.5 * (PITCH - far)))
        return cost
