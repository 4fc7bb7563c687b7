"""From chosen ways to ink: rounded curves, arrow heads, and gaps in the lines below at crossings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.routing.plane import bounds_of, cubic, meeting, unit
from agencygraph.routing.tracks import Track
from agencygraph.scene import Bond, Course, Point

PARTS = 8
HALF_GAP = 6.0
OFF_HEAD = 13.0


def courses(tracks: Sequence[Track], bonds: Sequence[Bond], sizes: Sequence[tuple[float, float]]) -> tuple[Course, ...]:
    """The ways of all bonds as they are drawn, one above the other in the order given."""
    found: list[Course] = []
    for number, (track, bond, (long, wide)) in enumerate(zip(tracks, bonds, sizes, strict=True)):
        heads = [_head(track.points[-1], track.curve[-1], long, wide)]
        if bond.two_way:
            heads.insert(0, _head(track.points[0], track.curve[0], long, wide))
        covers = [cover for below in tracks[:number] for cover in _covers(track, below)]
        found.append(Course(tuple(_tidy(p) for p in track.curve), tuple(heads), tuple(covers)))
    return tuple(found)


def _tidy(p: Point) -> Point:
    """A point as it is written; no negative zero."""
    return round(p[0], 1) + 0.0, round(p[1], 1) + 0.0


def _head(tip: Point, base: Point, long: float, wide: float) -> tuple[Point, Point, Point]:
    """An arrow head with its tip at a point, drawn from where its line ends."""
    ux, uy = unit(tip[0] - base[0], tip[1] - base[1])
    x, y = tip[0] - ux * long, tip[1] - uy * long
    return _tidy(tip), _tidy((x + uy * wide / 2.0, y - ux * wide / 2.0)), _tidy((x - uy * wide / 2.0, y + ux * wide / 2.0))


def _covers(upper: Track, lower: Track) -> Iterator[tuple[Point, ...]]:
    """The stretches of a line that hide the one below where the two cross, away from the heads of both."""
    a, b = upper.box, lower.box
    if a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]:
        return
    q = lower.points
    tips = (upper.points[0], upper.points[-1], q[0], q[-1])
    done: list[Point] = []
    for k in range(0, len(upper.curve) - 1, 3):
        piece = upper.curve[k : k + 4]
        p0, p1, p2, p3 = piece
        points = [cubic(p0, p1, p2, p3, n / PARTS) for n in range(PARTS + 1)]
        for n in range(PARTS):
            for j in range(len(q) - 1):
                met = meeting(points[n], points[n + 1], q[j], q[j + 1])
                if met is None:
                    continue
                x = points[n][0] + (points[n + 1][0] - points[n][0]) * met[0]
                y = points[n][1] + (points[n + 1][1] - points[n][1]) * met[0]
                clear = all((x - u) * (x - u) + (y - v) * (y - v) > OFF_HEAD * OFF_HEAD for u, v in tips)
                if clear and all((x - u) * (x - u) + (y - v) * (y - v) > 1.0 for u, v in done):
                    done.append((x, y))
                    yield _stretch(piece, (n + met[0]) / PARTS)


def _stretch(piece: Sequence[Point], t: float) -> tuple[Point, ...]:
    """The part of a curve about a point of it."""
    west, north, east, south = bounds_of(piece)
    share = HALF_GAP / max(12.0, east - west, south - north)
    return tuple(_tidy(p) for p in _part(piece, max(0.0, t - share), min(1.0, t + share)))


def _part(piece: Sequence[Point], start: float, end: float) -> tuple[Point, Point, Point, Point]:
    """The part of a cubic curve between two of its points, as a cubic curve."""
    first = _split(piece, end)[0]
    return _split(first, start / end if end else 0.0)[1]


def _split(piece: Sequence[Point], t: float) -> tuple[tuple[Point, Point, Point, Point], tuple[Point, Point, Point, Point]]:
    """A cubic curve cut in two."""
    a, b, c, d = piece
    ab, bc, cd = _mix(a, b, t), _mix(b, c, t), _mix(c, d, t)
    abc, bcd = _mix(ab, bc, t), _mix(bc, cd, t)
    middle = _mix(abc, bcd, t)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _mix(a: Point, b: Point, t: float) -> Point:
    """A point on the way from one to another."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t
