"""Ways round others: shortest paths over the corners of what stands in the way, with the corners rounded off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np

from agencygraph.routing.fields import Flags, Floats, box_squares, lengths, meetings
from agencygraph.routing.outlines import Port, Shape
from agencygraph.routing.plane import FAR, Area, bounds_of, length, unit
from agencygraph.routing.pool import CROSSING
from agencygraph.routing.tracks import (
    STEEP,
    Ends,
    Obstacle,
    Track,
    closeness,
    costs_aside,
    gaps_along,
    ports_of,
    thirds,
    tip_to_tip,
)
from agencygraph.scene import Point

OFF, TIGHT = 9.0, 1.0  # corners of ways lie so far outside what a line has to keep clear of
RADII = (70.0, 45.0, 28.0, 16.0, 8.0)
MOST, FEW = 10, 4
TOLL = 0.12 * CROSSING  # the length that costs as much as a crossing


@dataclass(frozen=True, slots=True)
class Web:
    """The corners round which ways may turn, and the straight lines between them: for each corner (other, length, line)."""

    corners: tuple[Point, ...]
    ways: tuple[tuple[tuple[int, float, int], ...], ...]
    lines: Floats


def weave(obstacles: Sequence[Obstacle], page: Area, beyond: float = OFF) -> Web:
    """All corners at which a way may turn, with the clear ways between them."""
    corners: list[Point] = []
    for obstacle in obstacles:
        off = obstacle.hard + beyond
        x0, y0, x1, y1 = obstacle.area
        ring = ((x0 - off, y0 - off), (x1 + off, y0 - off), (x1 + off, y1 + off), (x0 - off, y1 + off))
        corners += [p for p in ring if page[0] < p[0] < page[2] and page[1] < p[1] < page[3]]
    corners = list(dict.fromkeys(corners))
    ways: list[list[tuple[int, float, int]]] = [[] for _ in corners]
    lines: Floats = np.zeros((0, 4))
    if corners:
        spots = np.array(corners)
        spots = spots[_clear(np.concatenate((spots, spots), axis=1), obstacles)]
        corners = [(x, y) for x, y in spots.tolist()]
        one, two = np.tril_indices(len(corners), -1)
        lines = np.concatenate((spots[one], spots[two]), axis=1)
        far = lengths(lines)
        near = np.nonzero(far < 420.0)[0]
        kept = near[_clear(lines[near], obstacles)]
        lines = lines[kept]
        for line, (a, b, way) in enumerate(zip(one[kept].tolist(), two[kept].tolist(), far[kept].tolist(), strict=True)):
            ways[a].append((b, way, line))
            ways[b].append((a, way, line))
    return Web(tuple(corners), tuple(tuple(way) for way in ways[: len(corners)]), lines)


def _clear(lines: Floats, obstacles: Sequence[Obstacle]) -> Flags:
    """Whether straight pieces keep clear of everything."""
    if not obstacles or not len(lines):
        return np.ones(len(lines), dtype=np.bool_)
    hard = np.array([o.hard for o in obstacles])
    found: Flags = (box_squares(lines, np.array([o.area for o in obstacles]), hard) >= hard * hard).all(axis=1)
    return found


def detours(ends: Ends, web: Web, across: Floats | None = None) -> list[Track]:
    """Ways round others, the shortest first: for each corner the best way by way of it, each once.

    Where straight pieces of other lines are given, the ways that cross few of them come first, and fewer ways are enough.
    """
    most = MOST if across is None else FEW
    come, from_port, before = _spread(ends, web, 0, across)
    go, to_port, after = _spread(ends, web, 1, across)
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
            if len(found) >= most:
                break
    return found


def _trail(before: Sequence[int], at: int) -> list[int]:
    """The corners back to the end of a bond."""
    trail = [at]
    while before[trail[-1]] >= 0:
        trail.append(before[trail[-1]])
    return trail


def _spread(ends: Ends, web: Web, end: int, across: Floats | None) -> tuple[list[float], list[Port], list[int]]:
    """How far every corner is from one end of a bond, from which port, and by way of which corner."""
    shape = (ends.source, ends.target)[end]
    before = [-1] * len(web.corners)
    far, ports = _best_ports(ends, web, shape, ends.ideal[end])
    tolls = [0.0] * len(web.lines)
    if across is not None:
        tolls = _tolls(web.lines, across).tolist()
        legs = np.concatenate((ports_of(shape)[ports, :2], np.array(web.corners).reshape(-1, 2)), axis=1)
        far = (np.array(far) + _tolls(legs, across)).tolist()
    heap = [(cost, number) for number, cost in enumerate(far) if cost < FAR]
    heapify(heap)
    while heap:
        cost, at = heappop(heap)
        if cost > far[at]:
            continue
        for other, way, line in web.ways[at]:
            there = cost + way + 8.0 + tolls[line]
            if there < far[other]:
                far[other], before[other] = there, at
                heappush(heap, (there, other))
    return far, [shape.ports[n] for n in ports], before


def _tolls(lines: Floats, across: Floats) -> Floats:
    """What it costs straight pieces to cross others, as so much length."""
    crossed, _, _ = meetings(lines[:, None, :], across[None, :, :])
    found: Floats = TOLL * crossed.sum(axis=1)
    return found


def _best_ports(ends: Ends, web: Web, shape: Shape, ideal: float) -> tuple[list[float], list[int]]:
    """For each corner the port of a shape from which it is best reached, with the cost: endless if it is not seen from any."""
    ports, spots = ports_of(shape), np.array(web.corners).reshape(-1, 2)
    dx, dy = spots[:, None, 0] - ports[None, :, 0], spots[:, None, 1] - ports[None, :, 1]
    far = np.sqrt(dx * dx + dy * dy)
    steep = (far > 10.0) & (dx * ports[None, :, 2] + dy * ports[None, :, 3] >= STEEP * far)
    costs = np.where(steep, far + 0.5 * gaps_along(shape, ports[:, 4], ideal)[None, :], FAR)
    order = np.argsort(costs, axis=1, kind="stable")[:, :3]
    corner = np.repeat(np.arange(len(spots)), order.shape[1])
    lines = np.concatenate((ports[order.ravel(), :2], spots[corner]), axis=1)
    best = np.take_along_axis(costs, order, axis=1)
    seen = _clear(lines, ends.obstacles).reshape(best.shape) & (best < FAR)
    first = np.argmax(seen, axis=1)
    rows = np.arange(len(spots))
    return np.where(seen[rows, first], best[rows, first], FAR).tolist(), order[rows, first].tolist()


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
        near, clear = closeness(np.array([points]), ends)
        if clear[0]:
            aside = float(costs_aside(ends, np.array([start.along]), np.array([end.along]))[0])
            cost = 14.0 + aside + length(points) / 12.0 + 4.0 * len(corners)
            return Track(start, end, points, points, curve, bounds_of(points), int(cost * 100.0 + 0.5) + int(near[0]))
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
    return replace(ends, obstacles=tuple(Obstacle(o.area, max(0.0, o.hard - less), o.soft) for o in ends.obstacles))
