"""Plane geometry for lines among boxes, with + - * / and square roots only, so that every machine finds the same."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from agencygraph.scene import Point

FAR = 1e9
Area = tuple[float, float, float, float]  # west, north, east, south


def meeting(a: Point, b: Point, c: Point, d: Point) -> tuple[float, float] | None:
    """Where two straight pieces cross, as the shares of both that lie before; None for pieces that do not."""
    ux, uy = b[0] - a[0], b[1] - a[1]
    vx, vy = d[0] - c[0], d[1] - c[1]
    turn = ux * vy - uy * vx
    if turn == 0.0:
        return None
    wx, wy = c[0] - a[0], c[1] - a[1]
    t = (wx * vy - wy * vx) / turn
    if not 0.0 <= t <= 1.0:
        return None
    s = (wx * uy - wy * ux) / turn
    return (t, s) if 0.0 <= s <= 1.0 else None


def length(points: Sequence[Point]) -> float:
    """The length of a chain of straight pieces."""
    total = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        total += sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
    return total


def bounds_of(points: Sequence[Point]) -> Area:
    """The smallest upright box round some points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    """A point of a cubic curve."""
    u = 1.0 - t
    k0, k1, k2, k3 = u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t
    return k0 * a[0] + k1 * b[0] + k2 * c[0] + k3 * d[0], k0 * a[1] + k1 * b[1] + k2 * c[1] + k3 * d[1]


def unit(dx: float, dy: float) -> Point:
    """The same direction with length one."""
    far = sqrt(dx * dx + dy * dy)
    return (dx / far, dy / far) if far > 0.0 else (1.0, 0.0)
