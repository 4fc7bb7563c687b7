"""Many lines at once against boxes and against each other, elementwise with + - * / and square roots only.

Costs are whole numbers (hundredths of a point), so that no sum depends on the order in which a machine adds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agencygraph.routing.plane import Area

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def whole(costs: Floats) -> Whole:
    """Costs in points as whole hundredths."""
    found: Whole = np.floor(costs * 100.0 + 0.5).astype(np.int64)
    return found


def pieces(chains: Floats) -> Floats:
    """The straight pieces of some chains of points, all with as many: one row (ax, ay, bx, by) for each, chain after chain."""
    return np.concatenate((chains[:, :-1], chains[:, 1:]), axis=2).reshape(-1, 4)


def lengths(lines: Floats) -> Floats:
    """The lengths of straight pieces."""
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    found: Floats = np.sqrt(dx * dx + dy * dy)
    return found


def box_squares(lines: Floats, areas: Floats, within: Floats) -> Floats:
    """The squares of the distances of straight pieces to upright boxes, piece by box; endless where farther than `within`."""
    ax, ay, bx, by = lines.T
    west, north, east, south = areas.T
    i, j = np.nonzero(
        (np.minimum(ax, bx)[:, None] <= (east + within)[None, :])
        & (np.maximum(ax, bx)[:, None] >= (west - within)[None, :])
        & (np.minimum(ay, by)[:, None] <= (south + within)[None, :])
        & (np.maximum(ay, by)[:, None] >= (north - within)[None, :])
    )
    found = np.full((len(lines), len(areas)), np.inf)
    found[i, j] = _squares(lines[i], areas[j])
    return found


def _squares(lines: Floats, areas: Floats) -> Floats:
    """The square of the distance of each piece to its box; 0 where they meet."""
    ax, ay, bx, by = lines.T
    west, north, east, south = areas.T
    dx, dy = bx - ax, by - ay
    off_x = np.maximum(np.maximum(west - ax, ax - east), 0.0)
    off_y = np.maximum(np.maximum(north - ay, ay - south), 0.0)
    best = off_x * off_x + off_y * off_y
    off_x = np.maximum(np.maximum(west - bx, bx - east), 0.0)
    off_y = np.maximum(np.maximum(north - by, by - south), 0.0)
    best = np.minimum(best, off_x * off_x + off_y * off_y)
    square = dx * dx + dy * dy
    safe = np.where(square > 0.0, square, 1.0)
    one, two, three, four = dx * (north - ay), dx * (south - ay), dy * (west - ax), dy * (east - ax)
    turns = (one - three, one - four, two - three, two - four)
    least, most = turns[0], turns[0]
    for turn, x, y in zip(turns, (west, east, west, east), (north, north, south, south), strict=True):
        least, most = np.minimum(least, turn), np.maximum(most, turn)
        along = (x - ax) * dx + (y - ay) * dy
        best = np.where((along > 0.0) & (along < square), np.minimum(best, turn * turn / safe), best)
    spans = (np.minimum(ax, bx) <= east) & (np.maximum(ax, bx) >= west)
    spans = spans & (np.minimum(ay, by) <= south) & (np.maximum(ay, by) >= north)
    return np.where(spans & (least <= 0.0) & (most >= 0.0) & (square > 0.0), 0.0, best)


def walls_met(lines: Floats, walls: Sequence[Area]) -> Flags:
    """Whether straight pieces cross walls, piece by wall."""
    crossed, _, _ = meetings(lines[:, None, :], np.array(walls)[None, :, :])
    return crossed


def meetings(one: Floats, two: Floats) -> tuple[Flags, Floats, Floats]:
    """Whether straight pieces cross; how far along the first ones, as a numerator; and what is to divide it."""
    ux, uy = one[..., 2] - one[..., 0], one[..., 3] - one[..., 1]
    vx, vy = two[..., 2] - two[..., 0], two[..., 3] - two[..., 1]
    wx, wy = two[..., 0] - one[..., 0], two[..., 1] - one[..., 1]
    turn = ux * vy - uy * vx
    size = np.abs(turn)
    sign = np.where(turn < 0.0, -1.0, 1.0)
    along, other = (wx * vy - wy * vx) * sign, (wx * uy - wy * ux) * sign
    return (size > 0.0) & (along >= 0.0) & (along <= size) & (other >= 0.0) & (other <= size), along, size


def alongside(one: Floats, two: Floats, close: float) -> Floats:
    """How closely pieces run beside others: what is missing to a distance, added up along the first."""
    ux, uy = one[:, 2] - one[:, 0], one[:, 3] - one[:, 1]
    vx, vy = two[:, 2] - two[:, 0], two[:, 3] - two[:, 1]
    far, reach = np.sqrt(ux * ux + uy * uy), np.sqrt(vx * vx + vy * vy)
    safe = np.where(reach > 0.0, reach, 1.0)
    vx, vy = vx / safe, vy / safe
    wx, wy = one[:, 0] - two[:, 0], one[:, 1] - two[:, 1]
    off, turn = vx * wy - vy * wx, vx * uy - vy * ux  # from the other line: at the beginning, and how much that changes
    at, step = vx * wx + vy * wy, vx * ux + vy * uy  # along the other line
    moving = np.abs(step) > 1e-9
    div = np.where(moving, step, 1.0)
    ins, outs = -at / div, (reach - at) / div
    beside = (at >= 0.0) & (at <= reach)
    low = np.where(moving, np.maximum(np.minimum(ins, outs), 0.0), 0.0)
    high = np.where(moving, np.minimum(np.maximum(ins, outs), 1.0), np.where(beside, 1.0, 0.0))
    span = np.maximum(high - low, 0.0) * far
    first, last = off + turn * low, off + turn * high
    change = last - first
    level = np.abs(change) < 1e-6
    mean = (_filled(last, close) - _filled(first, close)) / np.where(level, 1.0, change)
    found: Floats = span * np.where(level, np.maximum(close - np.abs(first), 0.0), mean)
    return found


def _filled(off: Floats, close: float) -> Floats:
    """What is missing to a distance, added up from the middle to some point at one side of it."""
    size = np.minimum(np.abs(off), close)
    return np.where(off < 0.0, -1.0, 1.0) * (close * size - size * size / 2.0)
