"""The outlines of cards and teams, and the ports on them at which lines may end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from agencygraph.routing.plane import Area
from agencygraph.scene import Card, Point, Rect, TeamBox

RADII = {"school": 7.0, "card": 5.0}
TEAM_RADIUS = 9.0
STEP = 7.2  # the least distance of two tips
OFF_CORNER = 4.0
TURNS = ((1.0, 0.0), (0.9659, 0.2588), (0.866, 0.5), (0.7071, 0.7071), (0.5, 0.866), (0.2588, 0.9659))  # every 15 degrees


@dataclass(frozen=True, slots=True)
class Port:
    """A point just off an outline, the way out from it, and how far along the outline it lies."""

    x: float
    y: float
    out_x: float
    out_y: float
    along: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A card or a team as the router sees it. `cores` with `radius` round them make up the ground it covers (a team: its walls)."""

    key: str
    x: float
    y: float
    ports: tuple[Port, ...]
    round: float  # the length of the outline
    cores: tuple[Area, ...]
    radius: float
    members: tuple[str, ...] = ()


def outline(card: Card) -> tuple[Rect, float]:
    """Give the rectangle of a card and the radius of its corners, as renderers and router both take them.

    Children and persons are pills: their radius is half the shorter side.

    >>> outline(Card("n1", "parent", "person", 100.0, 50.0, 84.0, 34.0, ("Mother",), "Mother"))
    (Rect(x=58.0, y=33.0, width=84.0, height=34.0), 17.0)
    """
    radius = RADII.get(card.shape, min(card.width, card.height) / 2)
    return Rect(card.x - card.width / 2, card.y - card.height / 2, card.width, card.height), radius


def card_shape(card: Card, gap: float) -> Shape:
    """A card with its ports."""
    box, radius = outline(card)
    core = (box.x + radius, box.y + radius, box.x + box.width - radius, box.y + box.height - radius)
    ports = tuple(_round_ports(core, radius, gap) if radius > RADII["school"] else _side_ports(box, radius, gap))
    around = 2.0 * (core[2] - core[0] + core[3] - core[1]) + 6.2832 * radius
    return Shape(card.key, card.x, card.y, ports, around, (core,), radius)


def _steps(start: float, end: float) -> list[float]:
    """Points from start to end a step apart, even about the middle."""
    count, middle = int((end - start) / 2.0 / STEP), (start + end) / 2.0
    return [middle + STEP * k for k in range(-count, count + 1)] if end >= start else []


def _short_steps(start: float, end: float) -> list[float]:
    """The same; where that makes three at most, those halfway too and one more at both ends, so that four tips have room."""
    steps = _steps(start, end)
    if len(steps) > 3 or not steps:
        return steps
    return sorted([*steps, steps[0] - STEP / 2.0, *(step + STEP / 2.0 for step in steps)])


def _side_ports(box: Rect, radius: float, gap: float) -> Iterator[Port]:
    """Ports on the four straight sides of a card, clockwise from the north-west corner."""
    off = radius + OFF_CORNER
    west, north, east, south = box.x, box.y, box.x + box.width, box.y + box.height
    for x in _steps(west + off, east - off):
        yield Port(x, north - gap, 0.0, -1.0, x - west)
    for y in _short_steps(north + off, south - off):
        yield Port(east + gap, y, 1.0, 0.0, box.width + y - north)
    for x in reversed(_steps(west + off, east - off)):
        yield Port(x, south + gap, 0.0, 1.0, box.width + box.height + east - x)
    for y in reversed(_short_steps(north + off, south - off)):
        yield Port(west - gap, y, -1.0, 0.0, 2.0 * box.width + box.height + south - y)


def _round_ports(core: Area, radius: float, gap: float) -> Iterator[Port]:
    """Ports on the straight sides and the round corners of a pill, clockwise from the west end of its top."""
    west, north, east, south = core
    reach, quarter, along = radius + gap, 1.5708 * radius, 0.0
    sides = ((west, north, east, north, 0.0, -1.0), (east, north, east, south, 1.0, 0.0),
             (east, south, west, south, 0.0, 1.0), (west, south, west, north, -1.0, 0.0))  # fmt: skip
    skip = 2 if radius < 22.0 else 1
    for ax, ay, bx, by, nx, ny in sides:
        long = abs(bx - ax) + abs(by - ay)
        if long > 2.0 * STEP:
            for step in _steps(STEP / 2, long - STEP / 2):
                share = step / long
                yield Port(ax + (bx - ax) * share + nx * reach, ay + (by - ay) * share + ny * reach, nx, ny, along + step)
        along += long
        for number, (cos, sin) in enumerate(TURNS):
            if number % skip == 0:  # from the way out of this side to that of the next
                ux, uy = nx * cos - ny * sin, ny * cos + nx * sin
                yield Port(bx + ux * reach, by + uy * reach, ux, uy, along + quarter * number / 6.0)
        along += quarter


def team_shape(team: TeamBox, gap: float, inward: bool = False) -> Shape:
    """A team with its ports; inward ones for the bonds of its own members."""
    corners = team.corners
    cores: list[Area] = []
    ports: list[Port] = []
    along = 0.0
    sign = -1.0 if inward else 1.0
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        long = abs(bx - ax) + abs(by - ay)
        ux, uy = (bx - ax) / long, (by - ay) / long
        nx, ny = uy * sign, -ux * sign
        steps = _steps(TEAM_RADIUS + OFF_CORNER, long - TEAM_RADIUS - OFF_CORNER)
        ports += [Port(ax + ux * step + nx * gap, ay + uy * step + ny * gap, nx, ny, along + step) for step in steps]
        cores.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
        along += long
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    middle = ((min(xs) + max(xs)) / 2.0, (min(ys) + max(ys)) / 2.0)
    return Shape(team.key, *middle, tuple(ports), along, tuple(cores), 0.0, team.members)


def without_ports(shape: Shape, busy: Sequence[Point]) -> Shape:
    """The same shape without the ports near some points; with all of them where none would be left."""
    least = STEP * STEP
    free = tuple(p for p in shape.ports if all((p.x - x) * (p.x - x) + (p.y - y) * (p.y - y) >= least - 0.1 for x, y in busy))
    return replace(shape, ports=free or shape.ports)


def nearest_port(shape: Shape, towards: Point) -> Port:
    """The port at which a line towards a point would leave: for a card by direction, for a team by distance."""
    if shape.members:
        return min(shape.ports, key=lambda p: ((p.x - towards[0]) ** 2 + (p.y - towards[1]) ** 2
                                               + (0.0 if _faces(p, towards) else 1e6), p.along))  # fmt: skip
    dx, dy = towards[0] - shape.x, towards[1] - shape.y

    def aside(port: Port) -> float:
        """How far a port lies off the direction, as the negative cosine."""
        px, py = port.x - shape.x, port.y - shape.y
        return -(px * dx + py * dy) / sqrt(px * px + py * py)

    return min(shape.ports, key=lambda p: (aside(p), p.along))


def _faces(port: Port, towards: Point) -> bool:
    """Whether a point lies in front of a port."""
    return (towards[0] - port.x) * port.out_x + (towards[1] - port.y) * port.out_y > 0.0


def ideal_places(shape: Shape, aims: Sequence[Point], pitch: float) -> list[float]:
    """Where along an outline lines towards some points should end: in the order of their directions, a pitch apart."""
    if not aims:
        return []
    wanted = [nearest_port(shape, aim).along for aim in aims]
    spin = [_spin(shape, aim) for aim in aims]
    order = sorted(range(len(aims)), key=lambda n: (wanted[n], spin[n], n))
    pitch = min(pitch, shape.round / len(aims))
    places = [wanted[n] for n in order]
    for _ in range(12):
        moved = False
        for one in range(len(places)):
            two = (one + 1) % len(places)
            lap = shape.round if two <= one else 0.0
            short = pitch - (places[two] + lap - places[one])
            if short > 0.01 and two != one:
                places[one] -= short / 2.0
                places[two] += short / 2.0
                moved = True
        if not moved:
            break
    found = [0.0] * len(aims)
    for place, n in zip(places, order, strict=True):
        found[n] = place
    return found


def _spin(shape: Shape, aim: Point) -> float:
    """A number that grows clockwise with the direction of a point, from the west round by the north."""
    dx, dy = aim[0] - shape.x, aim[1] - shape.y
    far = abs(dx) + abs(dy) or 1.0
    return dx / far if dy < 0.0 else 2.0 - dx / far
