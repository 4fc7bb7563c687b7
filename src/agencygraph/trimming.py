"""Team outlines without slivers: what juts out too little to hold anybody is cut off."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.scene import Point

SLIVER = 24.0  # far less than any card is wide or high


def trim(corners: Sequence[Point], least: float = SLIVER) -> tuple[Point, ...]:
    """Return an outline (clockwise, right angles only) without the teeth narrower than `least`, from its uppermost corner on.

    Nothing is added to the outline, so whoever stood outside still does; cards are wider than any tooth, so members stay in.

    Examples
    --------
    >>> trim(((0, 0), (2, 0), (2, 20), (90, 20), (90, 80), (0, 80)))
    ((0, 20), (90, 20), (90, 80), (0, 80))
    """
    found = _plain(corners)
    while len(found) > 4:
        tooth = next((at for at in range(len(found)) if _is_tooth(found, at, least)), None)
        if tooth is None:
            break
        found = _plain(_cut(found, tooth))
    first = min(range(len(found)), key=lambda at: (found[at][1], found[at][0]))
    return (*found[first:], *found[:first])


def _is_tooth(corners: Sequence[Point], at: int, least: float) -> bool:
    """Say whether the edge that starts at a corner is short and sticks out at both ends."""
    one, two = corners[at], corners[(at + 1) % len(corners)]
    short = abs(two[0] - one[0]) + abs(two[1] - one[1]) < least
    return short and _turn(corners, at) > 0 and _turn(corners, (at + 1) % len(corners)) > 0


def _turn(corners: Sequence[Point], at: int) -> float:
    """More than nothing where a clockwise outline sticks out, less where it goes in."""
    (ax, ay), (bx, by), (cx, cy) = corners[at - 1], corners[at], corners[(at + 1) % len(corners)]
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx)


def _cut(corners: Sequence[Point], at: int) -> list[Point]:
    """Draw a tooth's edge back as far as the shorter of its two sides goes."""
    around = [*corners[at:], *corners[:at]]
    one, two, after, before = around[0], around[1], around[2], around[-1]
    short = abs(after[0] - two[0]) + abs(after[1] - two[1]) <= abs(before[0] - one[0]) + abs(before[1] - one[1])
    foot = after if short else before
    level = one[1] == two[1]
    moved = [(x, foot[1]) if level else (foot[0], y) for x, y in (one, two)]
    return [*moved, *around[2:]]


def _plain(corners: Sequence[Point]) -> list[Point]:
    """The same outline without corners that stand twice or on a straight wall."""
    found = list(corners)
    at = 0
    while at < len(found) and len(found) > 4:
        if _turn(found, at % len(found)) == 0:
            del found[at]
            at = max(0, at - 1)
        else:
            at += 1
    return found
