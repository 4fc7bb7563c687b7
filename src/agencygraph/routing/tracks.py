"""Ways in which one bond could run: straight, in one curve, or round others; each with what it costs by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from agencygraph.routing.outlines import Port, Shape
from agencygraph.routing.plane import Area, bounds_of, box_distance_squared, cubic, length, meeting, unit
from agencygraph.scene import Point

STEEP = 0.34  # the sine of 20 degrees: no line leaves its card at a flatter angle
SHORTEST, LONG_ENOUGH = 24.5, 34.0
SOFT = 6.0  # how far beyond the hard clearance closeness still costs
SAMPLE, MOST_SAMPLES = 20.0, 24  # a curve is measured as straight pieces of about this length
MOST_STRAIGHT, MOST_CURVED = 26, 14

ANGLES = ((1.0, 0.0), (0.9397, 0.342), (0.9397, -0.342), (0.766, 0.6428), (0.766, -0.6428), (0.5, 0.866), (0.5, -0.866),
          (0.1736, 0.9848), (0.1736, -0.9848))  # fmt: skip
BENDS = (0.0, 20.0, -20.0, 40.0, -40.0, 60.0, -60.0, 80.0, -80.0)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A box that a line keeps away from: by `hard` at least, by `soft` gladly."""

    area: Area
    hard: float
    soft: float
    reach: Area  # the box grown by the hard distance


def avoid(area: Area, hard: float, soft: float) -> Obstacle:
    """A box to keep away from."""
    return Obstacle(area, hard, soft, (area[0] - hard, area[1] - hard, area[2] + hard, area[3] + hard))


@dataclass(frozen=True, slots=True)
class Ends:
    """One bond on its way: its two shapes, how far its heads cover the line at both ends, where its ends would best be."""

    source: Shape
    target: Shape
    cover: tuple[float, float]
    ideal: tuple[float, float]
    obstacles: tuple[Obstacle, ...]
    fence: tuple[Obstacle, ...]  # the same, its own ends at full clearance: where detours may turn
    through: tuple[Area, ...]  # walls of a team that it has to cross exactly once
    page: Area
    solid: float  # the shortest length, so that dashes can be seen


@dataclass(frozen=True, slots=True)
class Track:
    """One way for a bond, from tip to tip: its straightened points, its curves between the heads, its cost by itself."""

    start: Port
    end: Port
    points: tuple[Point, ...]
    curve: tuple[Point, ...]
    box: Area
    cost: float
    samples: tuple[Point, ...]


def straight_tracks(ends: Ends, most: int = MOST_STRAIGHT) -> Iterator[Track]:
    """Straight ways from port to port that keep clear of everybody, the best first."""
    drafts: list[tuple[float, int, Port, Port]] = []
    for a in ends.source.ports:
        for b in ends.target.ports:
            dx, dy = b.x - a.x, b.y - a.y
            out, back = dx * a.out_x + dy * a.out_y, -(dx * b.out_x + dy * b.out_y)
            if out <= 0.0 or back <= 0.0:
                continue
            far = sqrt(dx * dx + dy * dy)
            if far >= ends.solid and out >= STEEP * far and back >= STEEP * far:
                cost = _end_cost(ends, a, b, out / far, back / far) + far / 12.0 + 3.0 * max(0.0, LONG_ENOUGH - far)
                drafts.append((cost, len(drafts), a, b))
    drafts.sort(key=lambda draft: draft[:2])
    found = 0
    for cost, _, a, b in drafts[: 10 * most]:
        points = ((a.x, a.y), (b.x, b.y))
        near = closeness(points, ends)
        if near is not None:
            ux, uy = unit(b.x - a.x, b.y - a.y)
            first = (a.x + ux * ends.cover[0], a.y + uy * ends.cover[0])
            last = (b.x - ux * ends.cover[1], b.y - uy * ends.cover[1])
            yield finish(a, b, points, (first, *thirds(first, last), last), cost + near)
            found += 1
            if found >= most:
                return


def curved_tracks(ends: Ends) -> list[Track]:
    """Ways in one cubic curve that keep clear of everybody, the least bent first."""
    dx, dy = ends.target.x - ends.source.x, ends.target.y - ends.source.y
    ux, uy = unit(dx, dy)
    found: list[Track] = []
    order = sorted((abs(one) + abs(two) + 0.5 * abs(one + two), i, j)
                   for i, one in enumerate(BENDS) for j, two in enumerate(BENDS) if i or j)  # fmt: skip
    exits = [_exit(ends.source, ux * c - uy * s, uy * c + ux * s, ends.ideal[0]) for c, s in ANGLES]
    entries = [_exit(ends.target, -(ux * c - uy * s), -(uy * c + ux * s), ends.ideal[1]) for c, s in ANGLES]
    for bend, i, j in order:
        for a, way in exits[i]:
            for b, back in entries[j]:
                for reach in (0.38, 0.6):
                    track = _curve(ends, (a, way), (b, back), reach, bend)
                    if track is not None:
                        found.append(track)
        if len(found) >= MOST_CURVED:
            break
    return found


def _exit(shape: Shape, dx: float, dy: float, ideal: float) -> list[tuple[Port, Point]]:
    """The two ports that suit a direction best, with the direction; none where it would be too flat."""
    fit = sorted(
        (abs((p.x - shape.x) * dy - (p.y - shape.y) * dx) + 0.2 * gap_along(shape, p.along, ideal), n)
        for n, p in enumerate(shape.ports)
        if p.out_x * dx + p.out_y * dy >= 0.5
    )
    return [(shape.ports[n], (dx, dy)) for _, n in fit[:2]]


def _curve(ends: Ends, start: tuple[Port, Point], end: tuple[Port, Point], reach: float, bend: float) -> Track | None:
    """One cubic curve between two ports with given directions, or None where it is not clear."""
    (a, way), (b, back) = start, end
    first = (a.x + way[0] * ends.cover[0], a.y + way[1] * ends.cover[0])
    last = (b.x + back[0] * ends.cover[1], b.y + back[1] * ends.cover[1])
    far = sqrt((last[0] - first[0]) * (last[0] - first[0]) + (last[1] - first[1]) * (last[1] - first[1]))
    if far < 12.0:
        return None
    one = (first[0] + way[0] * far * reach, first[1] + way[1] * far * reach)
    two = (last[0] + back[0] * far * reach, last[1] + back[1] * far * reach)
    points = tip_to_tip(a, (first, one, two, last), b)
    total = length(points)
    near = closeness(points, ends) if total >= ends.solid else None
    if near is None:
        return None
    cost = _end_cost(ends, a, b, 1.0, 1.0) + total / 12.0 + 5.0 + bend / 9.0 + near
    return finish(a, b, points, (first, one, two, last), cost)


def tip_to_tip(a: Port, curve: Sequence[Point], b: Port) -> tuple[Point, ...]:
    """The straightened points of a chain of curves, with the tips of its heads at both ends."""
    points = [(a.x, a.y)]
    if curve[0] != points[0]:
        points.append(curve[0])
    for k in range(0, len(curve) - 1, 3):
        p, q, r, s = curve[k : k + 4]
        cross = abs((q[0] - p[0]) * (s[1] - p[1]) - (q[1] - p[1]) * (s[0] - p[0]))
        cross += abs((r[0] - p[0]) * (s[1] - p[1]) - (r[1] - p[1]) * (s[0] - p[0]))
        if cross > 1.0:
            count = min(MOST_SAMPLES, max(6, int(length((p, q, r, s)) / SAMPLE)))
            points += [cubic(p, q, r, s, n / count) for n in range(1, count)]
        points.append(s)
    if (b.x, b.y) != points[-1]:
        points.append((b.x, b.y))
    return tuple(points)


def finish(a: Port, b: Port, points: tuple[Point, ...], curve: tuple[Point, ...], cost: float) -> Track:
    """A track with what the comparison with others needs."""
    samples: list[Point] = []
    for (px, py), (qx, qy) in pairwise(points):
        far = sqrt((qx - px) * (qx - px) + (qy - py) * (qy - py))
        count = int(far / 14.0) + 1 if len(points) < 4 else 1 + (far > 20.0)
        samples += [(px + (qx - px) * (k + 0.5) / count, py + (qy - py) * (k + 0.5) / count) for k in range(count)]
    return Track(a, b, points, curve, bounds_of(points), cost, tuple(samples))


def thirds(a: Point, b: Point) -> tuple[Point, Point]:
    """The two inner points that make a cubic curve straight."""
    dx, dy = (b[0] - a[0]) / 3.0, (b[1] - a[1]) / 3.0
    return (a[0] + dx, a[1] + dy), (b[0] - dx, b[1] - dy)


def gap_along(shape: Shape, one: float, two: float) -> float:
    """How far two points of an outline are apart along it."""
    off = abs(one - two)
    while off > shape.round:
        off -= shape.round
    return min(off, shape.round - off)


def _end_cost(ends: Ends, a: Port, b: Port, out: float, back: float) -> float:
    """What it costs that a line ends here and not where it would best, and that it is not upright on the outline."""
    aside = gap_along(ends.source, a.along, ends.ideal[0]) + gap_along(ends.target, b.along, ends.ideal[1])
    return 0.16 * aside + 7.0 * (2.0 - out - back)


def closeness(points: Sequence[Point], ends: Ends) -> float | None:
    """What it costs how near a line comes to others; None where it comes too near, leaves the page or its way."""
    west, north, east, south = bounds_of(points)
    page = ends.page
    if west < page[0] or north < page[1] or east > page[2] or south > page[3]:
        return None
    cost = 0.0
    for obstacle in ends.obstacles:
        (x0, y0, x1, y1), soft = obstacle.area, obstacle.soft
        if west > x1 + soft or east < x0 - soft or north > y1 + soft or south < y0 - soft:
            continue
        best, hard = soft * soft, obstacle.hard * obstacle.hard
        for k in range(len(points) - 1):
            best = min(best, box_distance_squared(points[k], points[k + 1], obstacle.area))
            if best < hard:
                return None
        if best < soft * soft:
            cost += 1.2 * (soft - sqrt(best))
    if ends.through and sum(_walls_met(points, wall) for wall in ends.through) != 1:
        return None
    return cost


def _walls_met(points: Sequence[Point], wall: Area) -> int:
    """How often a line crosses a wall."""
    a, b = (wall[0], wall[1]), (wall[2], wall[3])
    return sum(meeting(points[k], points[k + 1], a, b) is not None for k in range(len(points) - 1))
