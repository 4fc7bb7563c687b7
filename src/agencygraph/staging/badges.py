"""Where the numbers on lines stand: on their line or close beside it, clear of everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum

from agencygraph.renderers.signs import badge_size, samples
from agencygraph.scene import Course, Point, Rect, Scene
from agencygraph.staging.plates import box_of, shared
from agencygraph.themes import Theme

_ASIDE = ((0.0, 0.0), (0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7),
          (0.0, -2.0), (0.0, 2.0), (1.7, 0.0), (-1.7, 0.0))  # fmt: skip
_STEPS = 24  # points along each piece of a curve
CELL = 16.0  # the side of a square of the page
CLEAR = 1.6  # from a badge to anything that is not its own line
NEAR_HEAD = 3.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What numbers keep clear of: boxes of cards and words, every line as points, the page; badges as they are placed."""

    boxes: tuple[Rect, ...]
    tracks: tuple[tuple[Point, ...], ...]
    heads: tuple[tuple[Rect, ...], ...]
    page: Rect
    cells: Mapping[tuple[int, int], Sequence[int]]
    placed: list[Rect] = field(default_factory=list)

    def near(self, box: Rect) -> tuple[int, ...]:
        """Return the numbers of the lines that may run through a box: all that run through the same squares of the page."""
        columns = range(int(box.x // CELL), int((box.x + box.width) // CELL) + 1)
        rows = range(int(box.y // CELL), int((box.y + box.height) // CELL) + 1)
        return tuple(dict.fromkeys(n for row in rows for column in columns for n in self.cells.get((column, row), ())))


def place_badges(scene: Scene, words: Sequence[Rect], numbers: Sequence[int | None], theme: Theme) -> tuple[Rect | None, ...]:
    """Return the box of each line's number, in the order of the lines; None for a line without one.

    Lines with the fewest free places choose first.
    """
    courses = [line.course for line in scene.lines]
    boxes = (*words, *(box_of(card) for card in scene.cards), *(_round(line.pill) for line in scene.lines if line.pill))
    tracks = tuple(tuple(samples(course.curve, _STEPS)) for course in courses)
    ground = Ground(boxes, tracks, tuple(_heads(course) for course in courses), Rect(0.0, 0.0, scene.width, scene.height),
                    _cells(tracks))  # fmt: skip
    choices = {at: _choices(ground, at, badge_size(number, theme)) for at, number in enumerate(numbers) if number is not None}
    fixed = {at: [_cost(ground, at, box) for box in found] for at, found in choices.items()}
    found: dict[int, Rect] = {}
    for at in sorted(choices, key=lambda at: (sum(cost < 8.0 for cost in fixed[at]), at)):
        costs = [cost + fsum(40.0 + shared(_grow(box, 1.0), other) for other in ground.placed if shared(_grow(box, 1.0), other))
                 for cost, box in zip(fixed[at], choices[at], strict=True)]  # fmt: skip
        found[at] = choices[at][costs.index(min(costs))]
        ground.placed.append(found[at])
    return tuple(found.get(at) for at in range(len(courses)))


def _cells(tracks: Sequence[Sequence[Point]]) -> dict[tuple[int, int], list[int]]:
    """Which lines run through which squares of the page."""
    cells: dict[tuple[int, int], list[int]] = {}
    for number, track in enumerate(tracks):
        for (ax, ay), (bx, by) in pairwise(track):
            steps = int((abs(bx - ax) + abs(by - ay)) // 4.0) + 1
            for step in range(steps + 1):
                spot = int((ax + (bx - ax) * step / steps) // CELL), int((ay + (by - ay) * step / steps) // CELL)
                held = cells.setdefault(spot, [])
                if number not in held:
                    held.append(number)
    return cells


def _round(spot: Point) -> Rect:
    """The box of a round sign."""
    return Rect(spot[0] - 7.0, spot[1] - 7.0, 14.0, 14.0)


def _heads(course: Course) -> tuple[Rect, ...]:
    found = []
    for head in course.heads:
        west, north = min(x for x, _ in head), min(y for _, y in head)
        found.append(Rect(west, north, max(x for x, _ in head) - west, max(y for _, y in head) - north))
    return tuple(found)


def _grow(box: Rect, by: float) -> Rect:
    return Rect(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _choices(ground: Ground, at: int, size: tuple[float, float]) -> list[Rect]:
    """Boxes to choose from: on the line from its middle outward, then beside it."""
    track, (wide, high) = ground.tracks[at], size
    middle = len(track) // 2
    order = sorted(range(1, len(track) - 1, max(1, len(track) // 48)), key=lambda n: (abs(n - middle), n))
    found = []
    for across, down in _ASIDE:
        for n in order:
            x, y = track[n][0] + across * (wide / 2 + 3.0), track[n][1] + down * (high / 2 + 3.0)
            found.append(Rect(round(x - wide / 2, 1), round(y - high / 2, 1), wide, high))
    return found


def _cost(ground: Ground, at: int, box: Rect) -> float:
    """What is wrong with a place: nothing much below 8, something covered above."""
    page, track = ground.page, ground.tracks[at]
    middle = track[len(track) // 2]
    cost = (abs(box.x + box.width / 2 - middle[0]) + abs(box.y + box.height / 2 - middle[1])) / 60.0
    roomy = _grow(box, CLEAR)
    if min(box.x - page.x, box.y - page.y, page.width - box.x - box.width, page.height - box.y - box.height) < 1.0:
        cost += 200.0
    cost += fsum(60.0 + shared(roomy, other) for other in ground.boxes if shared(roomy, other))
    own = [head for head in ground.heads[at] if shared(_grow(box, NEAR_HEAD), head)]
    cost += 25.0 * len(own)
    cost += fsum(50.0 for n, heads in enumerate(ground.heads) if n != at for head in heads if shared(roomy, head))
    # Nothing weighs as much: a line that runs over a number cannot be read, nor can the number.
    wider = _grow(box, CLEAR + 1.0)
    cost += fsum(300.0 for n in ground.near(_grow(wider, 3.0)) if n != at and _touches(ground.tracks[n], wider))
    covered = sum(box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for x, y in track)
    # A short line would vanish under its number: then the number stands beside it.
    beside = 0.0 if covered else 2.5 if any(_reaches(box, spot) for spot in track) else 7.0
    return cost + (12.0 if covered * 2.2 > len(track) else 0.0) + beside


def _reaches(box: Rect, spot: Point) -> bool:
    """Whether a point of the line lies close beside its number."""
    return box.x - 5.0 <= spot[0] <= box.x + box.width + 5.0 and box.y - 5.0 <= spot[1] <= box.y + box.height + 5.0


def _touches(track: Sequence[Point], box: Rect) -> bool:
    """Whether a line runs through a box."""
    for (ax, ay), (bx, by) in pairwise(track):
        low, high = 0.0, 1.0
        for start, step, near, far in ((ax, bx - ax, box.x, box.x + box.width), (ay, by - ay, box.y, box.y + box.height)):
            if step == 0.0:
                if not near <= start <= far:
                    low, high = 1.0, 0.0
                continue
            one, two = (near - start) / step, (far - start) / step
            low, high = max(low, min(one, two)), min(high, max(one, two))
        if low <= high:
            return True
    return False
