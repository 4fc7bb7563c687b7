"""The ground of a team during the search: its block, where ties end on it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.layouts.lattice import NOTCH, Ground, embrace, grow, holds, overlap, team_block, widen
from agencygraph.layouts.sight import Block, Half, Spot

SHORTEST, PASSAGE = 36, 15  # the shortest tie; a line can pass between a card and a container
OUTSIDE = 400  # what it costs that a container leaves the page or meets the family
EXTENT = 5  # points of width and height that cost as much as one point of a line


@dataclass(frozen=True, slots=True)
class Box:
    """The ground of a team. `doors` are where ties end on its outline, each with the places from which they come as a set."""

    block: Block
    parts: tuple[Block, ...]
    fault: int
    is_bad: bool
    xs: tuple[int, int]
    ys: tuple[int, int, int]
    ends: tuple[Spot, ...]
    doors: tuple[tuple[int, Spot], ...]

    def door(self, spot: Spot) -> Spot:
        """Where a tie from somebody at a spot would end on the outline."""
        return self.ends[_zone(spot[0], self.xs) * 4 + _zone(spot[1], self.ys)]

    def near(self, spot: Spot, half: Half, gap: int) -> bool:
        """Whether a card would stand in the ground or nearer to it than a gap."""
        return overlap(grow(spot, half, gap), self.block)


def _zone(value: int, bounds: Sequence[int]) -> int:
    return sum(value > bound for bound in bounds)


def survey_box(cards: Block, ground: Ground, hosted: bool) -> Box:
    """What there is to know of the container round the cards of a team."""
    block = team_block([cards])
    host = ground.host if hosted else None
    if host:
        block = embrace(block, host)
    fault = (block[2] - block[0] + block[3] - block[1]) // EXTENT
    off = not holds((1, 1, ground.width - 1, ground.height - 1), block)
    shared = bool(ground.panel and overlap(block, ground.panel))
    west, north, east, south = block
    xs = west + (east - west) // 4, east - (east - west) // 4
    middle, notch = (north + south) // 2, None
    parts: tuple[Block, ...] = (block,)
    if host:
        notch = widen(host, NOTCH)
        middle = (host[1] + host[3]) // 2
        parts = (west, north, east, notch[1]), (notch[2], north, east, south), (west, notch[3], east, south)
    ys = north + (middle - north) // 2, middle, south - (south - middle) // 2
    if notch:
        ys = min(ys[0], notch[1]), middle, max(ys[2], notch[3])
    across, along = (west, (west + east) // 2, east), (north, *_sides(north, south, notch), south)
    ends = tuple((x, y) for x in across for y in along)
    sight = ground.sight
    columns, rows = (-(10**6), *xs, 10**6), (-(10**6), *ys, 10**6)
    doors = tuple((sight.within((columns[i], rows[j], columns[i + 1] + 1, rows[j + 1] + 1)), ends[i * 4 + j])
                  for i in range(3) for j in range(4))  # fmt: skip
    return Box(block, parts, fault + OUTSIDE * (off + shared), off or shared, xs, ys, ends, doors)


def _sides(north: int, south: int, notch: Block | None) -> tuple[int, int]:
    """The heights at which ties from the sides end: above and below the notch."""
    if notch:
        return (north + notch[1]) // 2, (notch[3] + south) // 2
    return north + (south - north) * 2 // 5, north + (south - north) * 3 // 5
