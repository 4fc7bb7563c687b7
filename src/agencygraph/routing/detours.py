"""Ways round others: shortest paths over the corners of what stands in the way, with the corners rounded off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import sqrt

from agencygraph.routing.outlines import Port, Shape
from agencygraph.routing.plane import FAR, Area, box_distance_squared, length, unit
from agencygraph.routing.tracks import STEEP, Ends, Obstacle, Track, avoid, closeness, finish, gap_along, thirds, tip_to_tip
from agencygraph.scene import Point

OFF, TIGHT = 9.0, 1.0  # corners of ways lie so far outside what a line has to keep clear of
RADII = (70.0, 45.0, 28.0, 16.0, 8.0)
MOST = 10


@dataclass(frozen=True, slots=True)
class Web:
    """The corners round which ways may turn, and the straight ways between them: for each corner (other, length)."""

    corners: tuple[Point, ...]
    ways: tuple[tuple[tuple[int, float], ...], ...]


def weave(obstacles: Sequence[Obstacle], page: Area, beyond: float = OFF) -> Web:
    """All corners at which a way may turn, with the clear ways between them."""
    corners: list[Point] = []
    for obstacle in obstacles:
        off = obstacle.hard + beyond
        x0, y0, x1, y1 = obstacle.area
        ring = ((x0 - off, y0 - off), (x1 + off, y0 - off), (x1 + off, y1 + off), (x0 - off, y1 + off))
        corners += [p for p in ring if page[0] < p[0] < page[2] and page[1] < p[1] < page[3] and _clear(p, p, obstacles)]
    corners = list(dict.fromkeys(corners))
    ways: list[list[tuple[int, float]]] = [[] for _ in corners]
    for one, a in enumerate(corners):
        for two in range(one):
            far = length((a, corners[two]))
            if far < 420.0 and _clear(a, corners[two], obstacles):
                ways[one].append((two, far))
                ways[two].append((one, far))
    return Web(tuple(corners), tuple(tuple(way) for way in ways))


def _clear(a: Point, b: Point, obstacles: Sequence[Obstacle]) -> bool:
    """Whether a straight piece keeps clear of everything."""
    (ax, ay), (bx, by) = a, b
    west, east = (ax, bx) if ax < bx else (bx, ax)
    north, south = (ay, by) if ay < by else (by, ay)
    for obstacle in obstacles:
        x0, y0, x1, y1 = obstacle.reach
        if west > x1 or east < x0 or north > y1 or south < y0:
            continue
        if box_distance_squared(a, b, obstacle.area) < obstacle.hard * obstacle.hard:
            return False
    return True


def detours(ends: Ends, web: Web) -> list[Track]:
    """Ways round others, the shortest first: for each corner the best way by way of it, each once."""
    come, from_port, before = _spread(ends, web, ends.source, ends.ideal[0])
    go, to_port, after = _spread(ends, web, ends.target, ends.ideal[1])
    order = sorted((come[n] + go[n], n) for n in range(len(web.corners)) if come[n] + go[n] < FAR)
    seen: set[tuple[int, ...]] = set()
    found: list[Track] = []
    for cost, via in order[:60]:
        if cost > 1.7 * order[0][0] + 60.0:
            break
        head, tail = _trail(before, via), _trail(after, via)
        chain = (*reversed(head), *tail[1:])
        if chain in seen or len(set(chain)) < len(chain):
            continue
        seen.add(chain)
        track = _round_off(ends, from_port[head[-1]], [web.corners[n] for n in chain], to_port[tail[-1]])
        if track is not None:
            found.append(track)
            if len(found) >= MOST:
                break
    return found


def _trail(before: Sequence[int], at: int) -> list[int]:
    """The corners back to the end of a bond."""
    trail = [at]
    while before[trail[-1]] >= 0:
        trail.append(before[trail[-1]])
    return trail


def _spread(ends: Ends, web: Web, shape: Shape, ideal: float) -> tuple[list[float], list[Port], list[int]]:
    """How far every corner is from one end of a bond, from which port, and by way of which corner."""
    count = len(web.corners)
    far, before = [FAR] * count, [-1] * count
    ports = [shape.ports[0]] * count
    heap: list[tuple[float, int]] = []
    for number, corner in enumerate(web.corners):
        choice = _best_port(ends, shape, ideal, corner)
        if choice is not None:
            far[number], ports[number] = choice
            heappush(heap, (far[number], number))
    while heap:
        cost, at = heappop(heap)
        if cost > far[at]:
            continue
        for other, way in web.ways[at]:
            if cost + way + 8.0 < far[other]:
                far[other], before[other] = cost + way + 8.0, at
                heappush(heap, (far[other], other))
    return far, ports, before


def _best_port(ends: Ends, shape: Shape, ideal: float, corner: Point) -> tuple[float, Port] | None:
    """The port of a shape from which a corner is best reached, with the cost; None if it is not seen from any."""
    drafts = []
    for number, port in enumerate(shape.ports):
        dx, dy = corner[0] - port.x, corner[1] - port.y
        far = sqrt(dx * dx + dy * dy)
        if far > 10.0 and dx * port.out_x + dy * port.out_y >= STEEP * far:
            drafts.append((far + 0.5 * gap_along(shape, port.along, ideal), number))
    for cost, number in sorted(drafts)[:3]:
        port = shape.ports[number]
        if _clear((port.x, port.y), corner, ends.obstacles):
            return cost, port
    return None


def _round_off(ends: Ends, start: Port, corners: Sequence[Point], end: Port) -> Track | None:
    """A way round some corners as a chain of curves, as round as the room allows; None where it is not clear."""
    way = unit(corners[0][0] - start.x, corners[0][1] - start.y)
    back = unit(corners[-1][0] - end.x, corners[-1][1] - end.y)
    first = (start.x + way[0] * ends.cover[0], start.y + way[1] * ends.cover[0])
    last = (end.x + back[0] * ends.cover[1], end.y + back[1] * ends.cover[1])
    chain = (first, *corners, last)
    for radius in RADII:
        curve = rounded_chain(chain, radius)
        points = tip_to_tip(start, curve, end)
        near = closeness(points, ends)
        if near is not None:
            aside = gap_along(ends.source, start.along, ends.ideal[0]) + gap_along(ends.target, end.along, ends.ideal[1])
            return finish(start, end, points, curve, 14.0 + 0.16 * aside + length(points) / 12.0 + near + 4.0 * len(corners))
    return None


def rounded_chain(chain: Sequence[Point], radius: float) -> tuple[Point, ...]:
    """Straight pieces with rounded corners as a chain of cubic curves."""
    points = [chain[0]]
    for before, at, after in zip(chain, chain[1:], chain[2:], strict=False):
        one, two = length((before, at)), length((at, after))
        cut = min(radius, _room(one, before == chain[0]), _room(two, after == chain[-1]))
        ux, uy = unit(before[0] - at[0], before[1] - at[1])
        vx, vy = unit(after[0] - at[0], after[1] - at[1])
        start = (at[0] + ux * cut, at[1] + uy * cut)
        end = (at[0] + vx * cut, at[1] + vy * cut)
        points += [*thirds(points[-1], start), start, (at[0] + ux * cut * 0.36, at[1] + uy * cut * 0.36),
                   (at[0] + vx * cut * 0.36, at[1] + vy * cut * 0.36), end]  # fmt: skip
    return (*points, *thirds(points[-1], chain[-1]), chain[-1])


def _room(far: float, last: bool) -> float:
    """How much of a straight piece its rounded corner may take: half, or at a tip all but what shows the direction."""
    return max(far - 4.0, far / 2.0) if last else far * 0.48


def relaxed(ends: Ends, less: float) -> Ends:
    """The same bond with so much less room to keep clear of others, for maps that are too full."""
    return replace(ends, obstacles=tuple(avoid(o.area, max(0.0, o.hard - less), o.soft) for o in ends.obstacles))
