"""Lines between cards: how each bond runs, with its arrow heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from agencygraph.scene import Bond, Card, Course, Point, Rect, TeamBox

__all__ = ["Strokes", "outline", "route"]


@dataclass(frozen=True, slots=True)
class Strokes:
    """The sizes of ink that decide how much room a line needs; all in points. A head is (length, width)."""

    critical_width: float = 2.6
    peripheral_width: float = 1.3
    critical_head: tuple[float, float] = (9.5, 8.8)
    peripheral_head: tuple[float, float] = (8.0, 6.6)
    dash: tuple[float, float] = (5.0, 3.2)
    clearance: float = 5.0
    gap: float = 1.8
    port_pitch: float = 13.0


def outline(card: Card) -> tuple[Rect, float]:
    """Give the rectangle of a card and the radius of its corners, as renderers and router both take them."""
    radius = {"school": 7.0, "card": 5.0}.get(card.shape, min(card.width, card.height) / 2)
    return Rect(card.x - card.width / 2, card.y - card.height / 2, card.width, card.height), radius


def route(
    cards: Sequence[Card],
    teams: Sequence[TeamBox],
    bonds: Sequence[Bond],
    *,
    avoid: Sequence[Rect] = (),
    bounds: Rect | None = None,
    strokes: Strokes = Strokes(),
) -> tuple[Course, ...]:
    """Say how each bond runs, in the order given (first version: straight lines)."""
    boxes = {card.key: (card.x, card.y, card.width / 2 + 1.8, card.height / 2 + 1.8) for card in cards}
    for team in teams:
        xs, ys = [x for x, _ in team.corners], [y for _, y in team.corners]
        boxes[team.key] = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) / 2 + 1.8, (max(ys) - min(ys)) / 2 + 1.8)
    found: list[Course] = []
    for bond in bonds:
        start, end = _tip(boxes[bond.source], boxes[bond.target]), _tip(boxes[bond.target], boxes[bond.source])
        dx, dy = end[0] - start[0], end[1] - start[1]
        far = sqrt(dx * dx + dy * dy) or 1.0
        dx, dy = dx / far, dy / far
        long, wide = strokes.critical_head if bond.critical else strokes.peripheral_head
        heads: list[tuple[Point, Point, Point]] = [_head(end, (dx, dy), long, wide)]
        last = (round(end[0] - dx * long * 0.6, 1), round(end[1] - dy * long * 0.6, 1))
        first = (round(start[0], 1), round(start[1], 1))
        if bond.two_way:
            heads.insert(0, _head(start, (-dx, -dy), long, wide))
            first = (round(start[0] + dx * long * 0.6, 1), round(start[1] + dy * long * 0.6, 1))
        third = (round((2 * first[0] + last[0]) / 3, 1), round((2 * first[1] + last[1]) / 3, 1))
        found.append(Course((first, third, third, last), tuple(heads)))
    return tuple(found)


def _tip(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> Point:
    """Where the line between two centres leaves the first box."""
    dx, dy = other[0] - box[0], other[1] - box[1]
    grow = min(box[2] / abs(dx) if dx else 1e9, box[3] / abs(dy) if dy else 1e9)
    return box[0] + dx * grow, box[1] + dy * grow


def _head(tip: Point, way: Point, long: float, wide: float) -> tuple[Point, Point, Point]:
    """An arrow head with its tip at a point, pointing along a way of length one."""
    bx, by = tip[0] - way[0] * long, tip[1] - way[1] * long
    ox, oy = -way[1] * wide / 2, way[0] * wide / 2
    return ((round(tip[0], 1), round(tip[1], 1)), (round(bx + ox, 1), round(by + oy, 1)), (round(bx - ox, 1), round(by - oy, 1)))
