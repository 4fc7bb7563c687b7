"""Ways in which one bond could run: straight, in one curve, or round others; each with what it costs by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agencygraph.routing.fields import Flags, Floats, Whole, box_squares, pieces, walls_met, whole
from agencygraph.routing.outlines import Port, Shape
from agencygraph.routing.plane import Area, bounds_of, cubic, length, unit
from agencygraph.scene import Point

STEEP = 0.34  # the sine of 20 degrees: no line leaves its card at a flatter angle
SHORTEST, LONG_ENOUGH = 24.5, 34.0
SOFT = 6.0  # how far beyond the hard clearance closeness still costs
SAMPLE, MOST_SAMPLES = 20.0, 24  # a curve is measured as straight pieces of about this length
CURVED, SPINE, LOOKS = 24, 3, 9  # a curve is measured in so many pieces, compared by every third, first looked at in so many
FARTHEST = 75.0  # along an outline: to end still farther from the best point costs no more, as round a team that is no worse
MOST_STRAIGHT, MOST_CURVED, AT_ONCE = 26, 14, 120

ANGLES = ((1.0, 0.0), (0.9397, 0.342), (0.9397, -0.342), (0.766, 0.6428), (0.766, -0.6428), (0.5, 0.866), (0.5, -0.866),
          (0.1736, 0.9848), (0.1736, -0.9848))  # fmt: skip
BENDS = (0.0, 20.0, -20.0, 40.0, -40.0, 60.0, -60.0, 80.0, -80.0)
PAIRS = sorted((abs(one) + abs(two) + 0.5 * abs(one + two), i, j)
               for i, one in enumerate(BENDS) for j, two in enumerate(BENDS) if i or j)  # fmt: skip
REACHES = (0.38, 0.6)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A box that a line keeps away from: by `hard` at least, by `soft` gladly."""

    area: Area
    hard: float
    soft: float


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
    """One way for a bond, from tip to tip: its straightened points, fewer of them to compare it with others by, its curves
    between the heads, the box round it, its cost by itself in hundredths."""

    start: Port
    end: Port
    points: tuple[Point, ...]
    spine: tuple[Point, ...]
    curve: tuple[Point, ...]
    box: Area
    cost: int


def ports_of(shape: Shape) -> Floats:
    """The ports of a shape as rows: x, y, the way out, how far along the outline."""
    return np.array([(p.x, p.y, p.out_x, p.out_y, p.along) for p in shape.ports])


def straight_tracks(ends: Ends, most: int = MOST_STRAIGHT) -> list[Track]:
    """Straight ways from port to port that keep clear of everybody, the best first."""
    a, b = ports_of(ends.source), ports_of(ends.target)
    dx, dy = b[None, :, 0] - a[:, None, 0], b[None, :, 1] - a[:, None, 1]
    out, back = dx * a[:, None, 2] + dy * a[:, None, 3], -(dx * b[None, :, 2] + dy * b[None, :, 3])
    far = np.sqrt(dx * dx + dy * dy)
    i, j = np.nonzero((out > 0.0) & (back > 0.0) & (far >= ends.solid) & (out >= STEEP * far) & (back >= STEEP * far))
    if not len(i):
        return []
    far = far[i, j]
    flat = 2.0 - out[i, j] / far - back[i, j] / far
    costs = costs_aside(ends, a[i, 4], b[j, 4]) + 7.0 * flat + far / 12.0 + 3.0 * np.maximum(0.0, LONG_ENOUGH - far)
    order = np.argsort(costs, kind="stable")[: 10 * most]
    i, j, costs = i[order], j[order], costs[order]
    near, clear = closeness(np.stack((a[i, :2], b[j, :2]), axis=1), ends)
    total = whole(costs) + near
    kept = np.nonzero(clear)[0][:most].tolist()
    return [_straight(ends, ends.source.ports[i[n]], ends.target.ports[j[n]], int(total[n])) for n in kept]


def _straight(ends: Ends, a: Port, b: Port, cost: int) -> Track:
    """The straight way between two ports."""
    ux, uy = unit(b.x - a.x, b.y - a.y)
    first = (a.x + ux * ends.cover[0], a.y + uy * ends.cover[0])
    last = (b.x - ux * ends.cover[1], b.y - uy * ends.cover[1])
    points = ((a.x, a.y), (b.x, b.y))
    return Track(a, b, points, points, (first, *thirds(first, last), last), bounds_of(points), cost)


def curved_tracks(ends: Ends) -> list[Track]:
    """Ways in one cubic curve that keep clear of everybody, the least bent first."""
    ux, uy = unit(ends.target.x - ends.source.x, ends.target.y - ends.source.y)
    ways = [(ux * c - uy * s, uy * c + ux * s) for c, s in ANGLES]
    backs = [(-x, -y) for x, y in ways]
    exits = _exits(ends.source, ways, ends.ideal[0])
    entries = _exits(ends.target, backs, ends.ideal[1])
    drafts = [(a, i, b, j, reach, bend) for bend, i, j in PAIRS for a in exits[i] for b in entries[j] for reach in REACHES]
    found: list[Track] = []
    for start in range(0, len(drafts), AT_ONCE):
        found += _curves(ends, drafts[start : start + AT_ONCE], ways, backs)
        if len(found) >= MOST_CURVED:
            break
    return found


def _exits(shape: Shape, ways: Sequence[Point], ideal: float) -> list[list[int]]:
    """For some directions the two ports of a shape that suit each best; none where it would be too flat."""
    ports = ports_of(shape)
    found: list[list[int]] = []
    gaps = 0.2 * gaps_along(shape, ports[:, 4], ideal)
    for dx, dy in ways:
        fit = np.abs((ports[:, 0] - shape.x) * dy - (ports[:, 1] - shape.y) * dx) + gaps
        steep = ports[:, 2] * dx + ports[:, 3] * dy >= 0.5
        order = np.argsort(np.where(steep, fit, np.inf), kind="stable")[:2]
        found.append([int(n) for n in order if steep[n]])
    return found


def _curves(ends: Ends, drafts: Sequence[tuple[int, int, int, int, float, float]],
            ways: Sequence[Point], backs: Sequence[Point]) -> list[Track]:  # fmt: skip
    """The cubic curves between some pairs of ports with given directions that are clear."""
    a = ports_of(ends.source)[[draft[0] for draft in drafts]]
    b = ports_of(ends.target)[[draft[2] for draft in drafts]]
    way, back = np.array([ways[draft[1]] for draft in drafts]), np.array([backs[draft[3]] for draft in drafts])
    reach, bends = np.array([draft[4:] for draft in drafts]).T
    first, last = a[:, :2] + way * ends.cover[0], b[:, :2] + back * ends.cover[1]
    step = last - first
    far = np.sqrt(step[:, 0] * step[:, 0] + step[:, 1] * step[:, 1])
    one, two = first + way * (far * reach)[:, None], last + back * (far * reach)[:, None]
    quick = np.stack([cubic_at(first, one, two, last, n / LOOKS) for n in range(1, LOOKS)], axis=1)
    left = np.nonzero((far >= 12.0) & ~_struck(quick, ends.obstacles))[0]
    if not len(left):
        return []
    a, b, first, one, two, last, bends = (each[left] for each in (a, b, first, one, two, last, bends))
    inner = [cubic_at(first, one, two, last, n / CURVED) for n in range(1, CURVED)]
    chains = np.stack((a[:, :2], first, *inner, last, b[:, :2]), axis=1)
    long = _lengths(chains)
    near, clear = closeness(chains, ends)
    costs = whole(costs_aside(ends, a[:, 4], b[:, 4]) + long / 12.0 + 5.0 + bends / 9.0) + near
    found = []
    good = np.nonzero(clear & (long >= ends.solid))[0]
    for n in good[np.argsort(costs[good], kind="stable")[:MOST_CURVED]].tolist():
        points = tuple((x, y) for x, y in chains[n].tolist())
        curve = tuple((x, y) for x, y in np.stack((first[n], one[n], two[n], last[n])).tolist())
        draft = drafts[int(left[n])]
        start, end = ends.source.ports[draft[0]], ends.target.ports[draft[2]]
        spine = (points[0], *points[1:-1:SPINE], points[-1])
        found.append(Track(start, end, points, spine, curve, bounds_of(points), int(costs[n])))
    return found


def _lengths(chains: Floats) -> Floats:
    """The lengths of some chains of points."""
    total = np.zeros(len(chains))
    for n in range(chains.shape[1] - 1):
        step = chains[:, n + 1] - chains[:, n]
        total = total + np.sqrt(step[:, 0] * step[:, 0] + step[:, 1] * step[:, 1])
    return total


def cubic_at(a: Floats, b: Floats, c: Floats, d: Floats, t: float) -> Floats:
    """A point of each of some cubic curves."""
    u = 1.0 - t
    found: Floats = (u * u * u) * a + (3.0 * u * u * t) * b + (3.0 * u * t * t) * c + (t * t * t) * d
    return found


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


def thirds(a: Point, b: Point) -> tuple[Point, Point]:
    """The two inner points that make a cubic curve straight."""
    dx, dy = (b[0] - a[0]) / 3.0, (b[1] - a[1]) / 3.0
    return (a[0] + dx, a[1] + dy), (b[0] - dx, b[1] - dy)


def gaps_along(shape: Shape, places: Floats, ideal: float) -> Floats:
    """How far points of an outline are from one of them along it."""
    off = np.abs(places - ideal)
    off = off - np.floor(off / shape.round) * shape.round
    return np.minimum(off, shape.round - off)


def costs_aside(ends: Ends, starts: Floats, stops: Floats) -> Floats:
    """What it costs that lines end here and not where they would best."""
    off = [np.minimum(gaps_along(shape, places, ideal), FARTHEST)
           for shape, places, ideal in zip((ends.source, ends.target), (starts, stops), ends.ideal, strict=True)]  # fmt: skip
    found: Floats = 0.16 * (off[0] + off[1])
    return found


def _ahead(obstacles: Sequence[Obstacle], low: Floats, high: Floats) -> list[Obstacle]:
    """The obstacles that any of some lines, by the corners of the boxes round them, may come near."""
    (west, north), (east, south) = low.min(axis=0).tolist(), high.max(axis=0).tolist()
    return [o for o in obstacles if west <= o.area[2] + o.soft and east >= o.area[0] - o.soft
            and north <= o.area[3] + o.soft and south >= o.area[1] - o.soft]  # fmt: skip


def _struck(points: Floats, obstacles: Sequence[Obstacle]) -> Flags:
    """Whether any point of each chain surely lies too near an obstacle: a quick look before all is measured."""
    ahead = _ahead(obstacles, points.min(axis=1), points.max(axis=1))
    if not ahead:
        return np.zeros(len(points), dtype=np.bool_)
    x, y = points[:, :, None, 0], points[:, :, None, 1]
    reach = np.array([(o.area[0] - 0.7 * o.hard, o.area[1] - 0.7 * o.hard, o.area[2] + 0.7 * o.hard, o.area[3] + 0.7 * o.hard)
                      for o in ahead])  # fmt: skip
    within: Flags = (x > reach[:, 0]) & (x < reach[:, 2]) & (y > reach[:, 1]) & (y < reach[:, 3])
    return np.asarray(within.any(axis=(1, 2)), dtype=np.bool_)


def closeness(chains: Floats, ends: Ends) -> tuple[Whole, Flags]:
    """What it costs how near some lines come to others, and which of them keep clear, on the page and on their way."""
    page = ends.page
    low, high = chains.min(axis=1), chains.max(axis=1)
    clear = (low[:, 0] >= page[0]) & (low[:, 1] >= page[1]) & (high[:, 0] <= page[2]) & (high[:, 1] <= page[3])
    lines, count = pieces(chains), len(chains)
    cost = np.zeros(count, dtype=np.int64)
    ahead = _ahead(ends.obstacles, low, high)
    if ahead:
        hard, soft = (np.array(sizes) for sizes in zip(*((o.hard, o.soft) for o in ahead), strict=True))
        squares = box_squares(lines, np.array([o.area for o in ahead]), soft)
        best = squares.reshape(count, -1, len(hard)).min(axis=1)
        clear = clear & (best >= hard * hard).all(axis=1)
        cost = whole(1.2 * (soft - np.sqrt(np.minimum(best, soft * soft)))).sum(axis=1)
    if ends.through:
        met = walls_met(lines, ends.through).reshape(count, -1)
        clear = clear & (met.sum(axis=1) == 1)
    return cost, clear
