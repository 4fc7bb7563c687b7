"""Shapes of an SVG as points, and how far points, lines and outlines are apart: for the checks of finished maps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise
from math import acos, ceil, cos, hypot, inf, pi, sin, sqrt

Point = tuple[float, float]
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7}


def between(p: Point, q: Point) -> float:
    """How far two points are apart."""
    return hypot(q[0] - p[0], q[1] - p[1])


def length(line: list[Point]) -> float:
    """How long a line is."""
    return sum(between(p, q) for p, q in pairwise(line))


def _to_piece(p: Point, a: Point, b: Point) -> float:
    """How far a point is from a straight piece."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    share = 0.0 if square == 0.0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
    return hypot(a[0] + share * dx - p[0], a[1] + share * dy - p[1])


def distance(p: Point, line: list[Point], closed: bool = False) -> float:
    """How far a point is from a line or, closed, from an outline."""
    ring = line + line[:1] if closed else line
    return min((_to_piece(p, a, b) for a, b in pairwise(ring)), default=inf)


def inside(p: Point, outline: list[Point]) -> bool:
    """Whether a point lies in an outline, concave ones too."""
    within = False
    for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (ay > p[1]) != (by > p[1]) and p[0] < ax + (bx - ax) * (p[1] - ay) / (by - ay):
            within = not within
    return within


def crossing_points(line: list[Point], other: list[Point]) -> list[tuple[Point, Point, Point]]:
    """Where two lines meet, each place once, with the directions of both."""
    found: list[tuple[Point, Point, Point]] = []
    for a, b in pairwise(line):
        u = (b[0] - a[0], b[1] - a[1])
        for c, e in pairwise(other):
            v = (e[0] - c[0], e[1] - c[1])
            turn = u[0] * v[1] - u[1] * v[0]
            if abs(turn) < 1e-9:
                continue
            w = (c[0] - a[0], c[1] - a[1])
            t, s = (w[0] * v[1] - w[1] * v[0]) / turn, (w[0] * u[1] - w[1] * u[0]) / turn
            spot = (a[0] + t * u[0], a[1] + t * u[1])
            if 0.0 <= t <= 1.0 and 0.0 <= s <= 1.0 and all(between(spot, old) > 1.0 for old, _, _ in found):
                found.append((spot, u, v))
    return found


def clearance(line: list[Point], outline: list[Point], limit: float) -> float:
    """How far a line is from an outline: 0 where they meet or it starts inside, at most the limit."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    west, east, north, south = min(xs) - limit, max(xs) + limit, min(ys) - limit, max(ys) + limit
    best, ring = limit, outline + outline[:1]
    if inside(line[0], outline):
        return 0.0
    for a, b in pairwise(line):
        if max(a[0], b[0]) < west or min(a[0], b[0]) > east or max(a[1], b[1]) < north or min(a[1], b[1]) > south:
            continue
        if crossing_points([a, b], ring):
            return 0.0
        best = min(best, distance(a, ring), distance(b, ring), *(_to_piece(p, a, b) for p in outline))
    return best


def walk(line: list[Point], step: float) -> Iterator[tuple[Point, float]]:
    """Points along a line, each with the length it stands for."""
    for a, b in pairwise(line):
        count = max(1, ceil(between(a, b) / step))
        for k in range(count):
            share = (k + 0.5) / count
            yield (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share), between(a, b) / count


def path_points(data: str) -> list[Point]:
    """The points of path data with one part; curves and arcs become short straight pieces."""
    points: list[Point] = []
    for letter, rest in re.findall(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)", data):
        kind = letter.upper()
        if kind == "Z":
            points.append(points[0])
            continue
        numbers = [float(v) for v in re.findall(NUMBER, rest)]
        size = SIZES.get(kind, 0)
        if not size or not numbers or len(numbers) % size or (kind == "M") == bool(points):
            raise ValueError(f"path {data[:24]!r} cannot be measured")
        for start in range(0, len(numbers), size):
            _step(points, kind, numbers[start : start + size], letter.islower())
    return points


def _step(points: list[Point], kind: str, numbers: list[float], relative: bool) -> None:
    """One command of path data."""
    at = points[-1] if points else (0.0, 0.0)
    ox, oy = at if relative else (0.0, 0.0)
    if kind in "ML":
        points.append((ox + numbers[0], oy + numbers[1]))
    elif kind == "H":
        points.append((ox + numbers[0], at[1]))
    elif kind == "V":
        points.append((at[0], oy + numbers[0]))
    elif kind == "A":
        points += _arc(at, numbers[0], numbers[1], bool(numbers[3]), bool(numbers[4]), (ox + numbers[5], oy + numbers[6]))
    else:
        spots = [(ox + x, oy + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "Q":
            q, end = spots
            spots = [(at[0] + (q[0] - at[0]) * 2 / 3, at[1] + (q[1] - at[1]) * 2 / 3),
                     (end[0] + (q[0] - end[0]) * 2 / 3, end[1] + (q[1] - end[1]) * 2 / 3), end]  # fmt: skip
        points += _curve(at, *spots)


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Points of a cubic curve after its first."""
    count = min(48, max(8, int((between(a, b) + between(b, c) + between(c, d)) / 5)))
    found = []
    for k in range(1, count + 1):
        t = k / count
        w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        found.append((w[0] * a[0] + w[1] * b[0] + w[2] * c[0] + w[3] * d[0], w[0] * a[1] + w[1] * b[1] + w[2] * c[1] + w[3] * d[1]))
    return found


def _arc(a: Point, rx: float, ry: float, large: bool, sweep: bool, b: Point) -> list[Point]:
    """Points of an upright elliptical arc after its first: by way of the circle it would be, were its radii one."""
    if not rx or not ry or a == b:
        return [b]
    ax, ay, bx, by = a[0] / rx, a[1] / ry, b[0] / rx, b[1] / ry
    half = hypot(bx - ax, by - ay) / 2
    grow = max(1.0, half)
    rise = sqrt(max(0.0, grow * grow - half * half)) * (1 if large == sweep else -1)
    cx, cy = (ax + bx) / 2 + (by - ay) / (2 * half) * rise, (ay + by) / 2 - (bx - ax) / (2 * half) * rise
    start = _angle(ax - cx, ay - cy)
    turn = (_angle(bx - cx, by - cy) - start) % (2 * pi) - (0.0 if sweep else 2 * pi)
    count = max(4, ceil(abs(turn) / 0.2))
    inner = [
        (rx * (cx + grow * cos(start + turn * k / count)), ry * (cy + grow * sin(start + turn * k / count)))
        for k in range(1, count)
    ]
    return [*inner, b]


def _angle(x: float, y: float) -> float:
    """The direction of a point from the origin, in radians."""
    return acos(max(-1.0, min(1.0, x / hypot(x, y)))) * (1 if y >= 0 else -1)


def outline_of(shape: ET.Element) -> list[Point]:
    """The outline of a rect, ellipse, polygon or path, without its first point once more."""
    name = str(shape.tag).rpartition("}")[2]

    def number(key: str, default: float = 0.0) -> float:
        """A length of the shape."""
        text = shape.get(key)
        return default if text is None else float(text.removesuffix("px"))

    if name == "polygon":
        numbers = [float(v) for v in re.findall(NUMBER, shape.get("points", ""))]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
    elif name == "path":
        points = path_points(shape.get("d", ""))
    elif name == "ellipse":
        x, y, rx, ry = number("cx"), number("cy"), number("rx"), number("ry")
        points = path_points(f"M{x - rx} {y}A{rx} {ry} 0 0 1 {x + rx} {y}A{rx} {ry} 0 0 1 {x - rx} {y}")
    else:
        x, y, w, h = number("x"), number("y"), number("width"), number("height")
        rx, ry = min(number("rx", number("ry")), w / 2), min(number("ry", number("rx")), h / 2)
        turn = f"A{rx} {ry} 0 0 1 "
        points = path_points(f"M{x + rx} {y}H{x + w - rx}{turn}{x + w} {y + ry}V{y + h - ry}{turn}{x + w - rx} {y + h}"
                             f"H{x + rx}{turn}{x} {y + h - ry}V{y + ry}{turn}{x + rx} {y}")  # fmt: skip
    return points[:-1] if len(points) > 3 and between(points[0], points[-1]) < 1e-6 else points
