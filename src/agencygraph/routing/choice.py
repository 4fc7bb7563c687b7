"""The choice among the ways of all bonds: few crossings, tips apart, no shared tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from agencygraph.routing.outlines import Port
from agencygraph.routing.plane import meeting, point_distance_squared
from agencygraph.routing.tracks import Track
from agencygraph.scene import Bond, Point

CROSSING, SAME_END, SHALLOW, NEAR_TIP = 16.0, 10.0, 14.0, 12.0
TIPS, PITCH, TIP_FAULT = 7.15, 13.0, 400.0
CLOSE = 9.0
FLAT = 0.1786  # the square of the sine of 25 degrees


@dataclass(frozen=True, slots=True)
class Options:
    """A bond, the ways found for it so far, and how to find more where those cross too much."""

    bond: Bond
    tracks: list[Track]
    more: Callable[[Sequence[Point]], list[Track]]  # but none that ends near some points


def choose(options: Sequence[Options], rounds: int) -> list[Track]:
    """One way for each bond: critical and short ones first, then some rounds of second thoughts."""
    order = sorted(range(len(options)), key=lambda n: (not options[n].bond.critical, options[n].tracks[0].cost, n))
    chosen: list[Track | None] = [None] * len(options)
    known: dict[tuple[int, int], float] = {}
    widened = [False] * len(options)
    for turn in range(rounds + 1):
        changed = False
        for n in order:
            old = chosen[n]
            chosen[n] = None
            best, cost = _best(options, chosen, (n, old), known)
            if turn == 1 and not widened[n] and cost - best.cost >= 2.0 * CROSSING:
                widened[n] = True
                options[n].tracks.extend(options[n].more(()))
                options[n].tracks.sort(key=lambda track: track.cost)
                best, cost = _best(options, chosen, (n, old), known)
            chosen[n] = best
            changed |= best is not old
        if not changed and turn > 1:
            break
    for _ in range(2):
        for n in order:
            _part_tips(options, chosen, n, known)
    return [track for track in chosen if track is not None]


def _part_tips(options: Sequence[Options], chosen: list[Track | None], n: int, known: dict[tuple[int, int], float]) -> None:
    """Look for a way that ends elsewhere where a bond still ends on top of another."""
    old, chosen[n] = chosen[n], None
    best, cost = _best(options, chosen, (n, old), known)
    if cost - best.cost >= TIP_FAULT:
        busy = [(port.x, port.y) for track in chosen if track is not None for port in (track.start, track.end)]
        options[n].tracks.extend(options[n].more(busy))
        options[n].tracks.sort(key=lambda track: track.cost)
        best, cost = _best(options, chosen, (n, old), known)
    chosen[n] = best


def _best(
    options: Sequence[Options],
    chosen: Sequence[Track | None],
    present: tuple[int, Track | None],
    known: dict[tuple[int, int], float],
) -> tuple[Track, float]:
    """The way of a bond that costs least beside those chosen for the others; the present one is the mark to beat."""
    n, old = present
    bond, best, least = options[n].bond, options[n].tracks[0], 1e9
    others = [(track, options[m].bond) for m, track in enumerate(chosen) if track is not None and m != n]
    for track in [old, *options[n].tracks] if old is not None else options[n].tracks:
        cost = track.cost
        if cost >= least:
            if track is old:
                continue
            break
        for other, its in others:
            pair = (id(track), id(other))
            if pair not in known:
                known[pair] = between(track, bond, other, its)
            cost += known[pair]
            if cost >= least:
                break
        if cost < least:
            best, least = track, cost
    return best, least


def between(one: Track, bond: Bond, two: Track, other: Bond) -> float:
    """What two ways cost each other: tips too near, crossings, running side by side."""
    a, b, cost, shared = one.box, two.box, 0.0, False
    if a[0] > b[2] + CLOSE or b[0] > a[2] + CLOSE or a[1] > b[3] + CLOSE or b[1] > a[3] + CLOSE:
        return 0.0
    for key, port, tip in ((bond.source, one.start, bond.two_way), (bond.target, one.end, True)):
        for its_key, its_port, its_tip in ((other.source, two.start, other.two_way), (other.target, two.end, True)):
            if key == its_key:
                shared = True
                cost += _tips(port, its_port, tip or its_tip)
    crossing = _crossings(one, two, shared)
    if len(one.points) == 2 and len(two.points) == 2 and (0.0 < crossing < CROSSING + SAME_END + SHALLOW or _far_apart(one, two)):
        return cost + crossing
    return cost + crossing + _side_by_side(one, two)


def _far_apart(one: Track, two: Track) -> bool:
    """Whether two straight ways that do not cross stay well away from each other."""
    (a, b), (c, d) = one.points, two.points
    near = CLOSE * CLOSE
    return (point_distance_squared(a, c, d) > near and point_distance_squared(b, c, d) > near
            and point_distance_squared(c, a, b) > near and point_distance_squared(d, a, b) > near)  # fmt: skip


def _tips(one: Port, two: Port, pointed: bool) -> float:
    """What it costs that two lines end near each other."""
    dx, dy = one.x - two.x, one.y - two.y
    square = dx * dx + dy * dy
    if square >= PITCH * PITCH:
        return 0.0
    far = sqrt(square)
    if far < TIPS:
        return TIP_FAULT if pointed or far < 3.0 else 30.0
    return 1.5 * (PITCH - far)


def _crossings(one: Track, two: Track, shared: bool) -> float:
    """What the crossings of two ways cost: more at a flat angle, near a tip, or of lines to the same card."""
    cost, p, q = 0.0, one.points, two.points
    for i in range(len(p) - 1):
        a, b = p[i], p[i + 1]
        west, east, north, south = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
        if west > two.box[2] or east < two.box[0] or north > two.box[3] or south < two.box[1]:
            continue
        for j in range(len(q) - 1):
            c, d = q[j], q[j + 1]
            if (
                (c[0] < west and d[0] < west)
                or (c[0] > east and d[0] > east)
                or (c[1] < north and d[1] < north)
                or (c[1] > south and d[1] > south)
            ):
                continue
            met = meeting(a, b, c, d)
            if met is None:
                continue
            ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
            turn = ux * vy - uy * vx
            cost += CROSSING + (SAME_END if shared else 0.0)
            if turn * turn < FLAT * (ux * ux + uy * uy) * (vx * vx + vy * vy):
                cost += SHALLOW
            x, y = a[0] + ux * met[0], a[1] + uy * met[0]
            for tip in (p[0], p[-1], q[0], q[-1]):
                if (tip[0] - x) * (tip[0] - x) + (tip[1] - y) * (tip[1] - y) < 196.0:
                    cost += NEAR_TIP
    return cost


def _side_by_side(one: Track, two: Track) -> float:
    """What it costs that a way runs close beside another."""
    cost = 0.0
    west, north, east, south = two.box
    q = two.points
    for sample in one.samples:
        if not (west - CLOSE < sample[0] < east + CLOSE and north - CLOSE < sample[1] < south + CLOSE):
            continue
        best = CLOSE * CLOSE
        for j in range(len(q) - 1):
            best = min(best, point_distance_squared(sample, q[j], q[j + 1]))
        if best < CLOSE * CLOSE:
            cost += 0.35 * (CLOSE - sqrt(best))
    return cost
