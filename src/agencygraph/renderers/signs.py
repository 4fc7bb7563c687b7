"""Where a sign on a line can stand without hiding a card, a head or another line. Knows no case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from agencygraph.renderers.lettering import width_of
from agencygraph.scene import Card, Course, Point
from agencygraph.themes import Theme

RADIUS = 6.5
SHORT = 52.0
_SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7)


def badge_size(number: int, theme: Theme) -> tuple[float, float]:
    """Return the width and height of the pill with the number of a change and its sign."""
    size = theme.small_size
    return round(width_of(str(number), size, True) + 1.9 * size, 1), round(1.6 * size, 1)


def place_for(number: int, courses: Sequence[Course], cards: Sequence[Card]) -> Point:
    """Return the point on a course that is freest, as near to its middle as can be."""
    others = [spot for at, course in enumerate(courses) if at != number for spot in samples(course.curve)]
    heads = [spot for course in courses for head in course.heads for spot in head]
    best, least = courses[number].curve[0], -1.0
    for rank, (x, y) in enumerate(_choices(list(samples(courses[number].curve)))):
        crowd = sum((x - a) * (x - a) + (y - b) * (y - b) < 90.0 for a, b in others)
        crowd += 3 * sum((x - a) * (x - a) + (y - b) * (y - b) < 64.0 for a, b in heads)
        crowd += 5 * sum(abs(x - c.x) < c.width / 2 + RADIUS and abs(y - c.y) < c.height / 2 + RADIUS for c in cards)
        cost = crowd + rank / 10
        if least < 0 or cost < least:
            best, least = (x, y), cost
    return round(best[0], 1), round(best[1], 1)


def _choices(own: Sequence[Point]) -> list[Point]:
    """The points to try: along a long line; beside a short one, which a sign would hide."""
    (ax, ay), (bx, by) = own[0], own[-1]
    far = sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
    if far >= SHORT:
        return [own[min(len(own) - 1, int(share * len(own)))] for share in _SHARES]
    x, y = own[len(own) // 2]
    east, south = ((bx - ax) / far, (by - ay) / far) if far else (1.0, 0.0)
    aside = RADIUS + 3.0
    return [(x - south * aside, y + east * aside), (x + south * aside, y - east * aside)]


def samples(curve: Sequence[Point], steps: int = 16) -> Iterator[Point]:
    """Points along a chain of cubic curves, both its ends among them."""
    yield curve[0]
    for at in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[at : at + 4]
        for step in range(1, steps + 1):
            t = step / steps
            u = 1 - t
            p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            # Written out: sum() over fractions rounds otherwise from Python 3.12 on.
            yield p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]
