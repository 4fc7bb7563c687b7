"""The last touch: cards move a little off the lattice where that frees a line or undoes a crossing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.lattice import NOTCH, Ground, embrace, grow, holds, mouth_of, overlap, team_block
from agencygraph.layouts.plan import Scenario
from agencygraph.layouts.rooms import PASSAGE, SHORTEST
from agencygraph.layouts.sight import Block, Half, Spot

CROSSING, HIT, NEAR, FREE = 50, 110, 14, 8
AWAY = 7  # a line comes no nearer to a card
SHIFTS = tuple((x, y) for x in (-36, -18, 0, 18, 36) for y in (-24, -12, 0, 12, 24) if x or y)
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Yard:
    """The ground of a team: its block, its host in the notch, its members, and the keys of the bonds to it."""

    block: Block
    host: Block | None
    members: frozenset[str]
    tied: frozenset[str]


@dataclass(frozen=True, slots=True)
class Floor:
    """What the cards may not do while they settle: the page, the family's panel, the blocks of the teams."""

    page: Block
    panel: Block | None
    yards: tuple[Yard, ...]


Line = tuple[str, str, int]  # two actors; the weight
Piece = tuple[Spot, Spot]


class Table:
    """Cards and lines of all scenarios while they settle."""

    def __init__(self, cast: Cast, ground: Ground, scenarios: Sequence[Scenario], places: Mapping[str, Spot]) -> None:
        self.cast = cast
        self.at = dict(places)
        self.half: dict[str, Half] = {p.key: (int(p.width + 1) // 2, int(p.height + 1) // 2) for p in cast.pieces}
        self.floor = self._floor(ground, scenarios)
        self.stages = [(frozenset(s.pieces), self._lines(s)) for s in scenarios]
        self.tied = {frozenset(line[:2]) for _, lines in self.stages for line in lines}

    def _floor(self, ground: Ground, scenarios: Sequence[Scenario]) -> Floor:
        """The blocks of the teams as they stand now, each with its notch, its members and those who are tied to it."""
        yards: list[Yard] = []
        for scenario in scenarios:
            for team in scenario.teams:
                members = frozenset(key for key in team.members if key in self.at)
                if not members:
                    continue
                block = team_block([grow(self.at[key], self.half[key], 0) for key in sorted(members)])
                host = ground.host if team.host == self.cast.centre else None
                pairs = [(bond.source, bond.target) for bond in scenario.bonds if team.key in (bond.source, bond.target)]
                tied = frozenset(key for pair in pairs for key in pair)
                yards.append(Yard(embrace(block, host) if host else block, host, members, tied))
        return Floor((1, 1, ground.width - 1, ground.height - 1), ground.panel, tuple(yards))

    def _lines(self, scenario: Scenario) -> tuple[Line, ...]:
        """The pairs of actors joined by a line in a scenario."""
        pairs = {(min(b.source, b.target), max(b.source, b.target)): 3 if b.critical else 2 for b in scenario.bonds}
        return tuple((one, two, weight) for (one, two), weight in pairs.items() if one in self.at and two in self.at)

    def allows(self, key: str, spot: Spot) -> bool:
        """Whether a card may stand at a spot, given the page, the teams and the other cards."""
        card, half = grow(spot, self.half[key], 0), self.half[key]
        if not holds(self.floor.page, card) or (self.floor.panel and overlap(grow(spot, half, FREE), self.floor.panel)):
            return False
        for yard in self.floor.yards:
            host = yard.host
            if key in yard.members:
                notch = host and (host[0] - NOTCH - FREE, host[1] - NOTCH - FREE, host[2] + NOTCH + FREE, host[3] + NOTCH + FREE)
                if not holds(yard.block, team_block([card])) or (notch and overlap(card, mouth_of(notch))):
                    return False
            elif overlap(grow(spot, half, SHORTEST if key in yard.tied else PASSAGE), yard.block):
                return False
        for other, (x, y) in self.at.items():
            if other != key:
                gap = SHORTEST if frozenset((key, other)) in self.tied else NEAR
                if overlap(grow(spot, half, gap), grow((x, y), self.half[other], 0)):
                    return False
        return True

    def cost(self, key: str, spot: Spot) -> int:
        """What the lines of one actor cost with its card at a spot: crossings, cards in their way, length."""
        cost, at = 0, self.at
        near = self.half[key][0] + AWAY, self.half[key][1] + AWAY
        for present, lines in self.stages:
            if key not in present:
                continue
            mine = [(two if one == key else one, weight) for one, two, weight in lines if key in (one, two)]
            others = [(at[one], at[two], one, two) for one, two, _ in lines if key not in (one, two)]
            cards = [(at[k], self.half[k], k) for k in sorted(present) if k != key]
            for other, weight in mine:
                end = at[other]
                cost += isqrt((spot[0] - end[0]) ** 2 + (spot[1] - end[1]) ** 2) * weight // 40
                cost += CROSSING * sum(_cross(spot, end, a, b) for a, b, one, two in others if other not in (one, two))
                cost += HIT * sum(_hits(spot, end, c, (h[0] + AWAY, h[1] + AWAY)) for c, h, k in cards if k != other)
            cost += HIT * sum(_hits(a, b, spot, near) for a, b, _, _ in others)
        return cost


def settle(cast: Cast, ground: Ground, scenarios: Sequence[Scenario], places: Mapping[str, Spot]) -> dict[str, Spot]:
    """Shift practitioners who are not kept a little, one after the other, as long as it gains."""
    table = Table(cast, ground, scenarios, places)
    movable = [key for key in cast.workers if key not in ground.pinned]
    quiet: set[str] = set()
    for _ in range(ROUNDS):
        for key in movable:
            old = table.at[key]
            least = table.cost(key, old)
            if least < CROSSING or key in quiet:
                continue
            best = old
            for spot in _around(old, places[key]):
                if table.allows(key, spot):
                    cost = table.cost(key, spot) + 10
                    if cost < least:
                        best, least = spot, cost
            table.at[key] = best
            if best == old:
                quiet.add(key)
            else:
                quiet.clear()
    return table.at


def _around(spot: Spot, home: Spot) -> Iterator[Spot]:
    """Spots about a spot, none too far from the place on the lattice."""
    for x, y in SHIFTS:
        there = spot[0] + x, spot[1] + y
        if abs(there[0] - home[0]) <= 54 and abs(there[1] - home[1]) <= 36:
            yield there


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two straight lines cross between their ends."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    one, two = ux * (c[1] - a[1]) - uy * (c[0] - a[0]), ux * (d[1] - a[1]) - uy * (d[0] - a[0])
    if (one >= 0) == (two >= 0):
        return False
    return (vx * (a[1] - c[1]) - vy * (a[0] - c[0]) >= 0) != (vx * (b[1] - c[1]) - vy * (b[0] - c[0]) >= 0)


def _hits(a: Spot, b: Spot, centre: Spot, half: Half) -> bool:
    """Whether a straight line runs through a box."""
    x, y = centre
    if not (
        min(a[0], b[0]) - half[0] < x < max(a[0], b[0]) + half[0] and min(a[1], b[1]) - half[1] < y < max(a[1], b[1]) + half[1]
    ):
        return False
    dx, dy = b[0] - a[0], b[1] - a[1]
    return abs(dx * (y - a[1]) - dy * (x - a[0])) < half[0] * abs(dy) + half[1] * abs(dx)
