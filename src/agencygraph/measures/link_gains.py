"""How much one more link would help: what every missing flow would open, found from who reaches whom already.

A route that is new with a link passes through it once. So the news of everybody who reaches its sender reaches everybody whom
its receiver reaches: no map needs to be drawn and searched again for each possible link. All counts are whole numbers, so that
links which help equally are seen to be equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from agencygraph.flows import bits

Rows = tuple[int, ...]
Flow = tuple[int, int]
Link = tuple[Flow, ...]


class Aim(Protocol):
    """What a link should help: a number of points, the more the better."""

    def score(self, out: Rows) -> float:
        """Return the points of a map."""

    def gains(self, out: Rows, links: Sequence[Link]) -> list[float]:
        """Return for each link how many points the map would have more with it."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The aim that news gets from one practitioner to another: a point for each ordered pair with a route.

    >>> Routes(0b111, 0b111).score((0b010, 0b100, 0))
    3
    >>> Routes(0b111, 0b111).gains((0b010, 0b100, 0), [((2, 0),), ((1, 0),)])
    [3, 1]
    """

    practitioners: int
    relays: int

    def score(self, out: Rows) -> int:
        """Count the ordered pairs with a route."""
        return sum(row.bit_count() - 1 for row in self._reached(out).values())

    def gains(self, out: Rows, links: Sequence[Link]) -> list[float]:
        """Count for each link the ordered pairs that would have a route only with it."""
        reached = self._reached(out)
        tellers = {to: sum(1 << at for at, row in reached.items() if row >> to & 1) for to in reached}
        return [sum(self._opened(reached, tellers, link)) for link in links]

    def _opened(self, reached: dict[int, int], tellers: dict[int, int], link: Link) -> Iterator[int]:
        everyone = 0
        for source, _ in link:
            everyone |= tellers[source]
        for at in bits(everyone):
            told = 0
            for source, target in link:
                told |= reached[target] if tellers[source] >> at & 1 else 0
            yield (told & ~reached[at]).bit_count()

    def _reached(self, out: Rows) -> dict[int, int]:
        """Return for each practitioner the set of those whom its news reaches, itself among them."""
        found = {}
        for at in bits(self.practitioners):
            told = 1 << at
            for ring in _rings(out, 1 << at, self.relays):
                told |= ring
            found[at] = told & self.practitioners
        return found


@dataclass(frozen=True, slots=True)
class Closeness:
    """The aim that a unit is nearer to the others: for each practitioner outside, a share of a point: 1 over the hand-offs.

    Points are counted in parts of `one`, a number that every count of hand-offs divides. `hears` says whether the news of the
    others should reach the unit, or the news of the unit the others.

    >>> aim = Closeness(0b001, 0b111, 0b111, hears=True, one=6)
    >>> aim.score((0, 0b001, 0b010))
    9
    >>> aim.gains((0, 0b001, 0b010), [((2, 0),), ((0, 2),)])
    [3, 0]
    """

    unit: int
    practitioners: int
    relays: int
    hears: bool
    one: int

    @classmethod
    def of(cls, unit: int, practitioners: int, relays: int, hears: bool) -> Closeness:
        """Return the aim, with parts small enough for any map of these actors."""
        return cls(unit, practitioners, relays, hears, math.lcm(*range(1, max(practitioners, relays).bit_length() + 1)))

    @property
    def outside(self) -> int:
        """The set of the practitioners outside the unit."""
        return self.practitioners & ~self.unit

    def score(self, out: Rows) -> int:
        """Count the points of a map."""
        rings = enumerate(_rings(self._towards(out), self.unit, self.relays), 1)
        return sum((ring & self.outside).bit_count() * (self.one // steps) for steps, ring in rings)

    def met(self, out: Rows) -> int:
        """Return the set of those outside whose news reaches the unit at all, or whom its news reaches."""
        found = 0
        for ring in _rings(self._towards(out), self.unit, self.relays):
            found |= ring
        return found & self.outside

    def gains(self, out: Rows, links: Sequence[Link]) -> list[float]:
        """Count for each link the points that it would bring nearer."""
        towards = self._towards(out)
        near = _steps(towards, self.unit, self.relays)
        others = {at: _steps(towards, 1 << at, self.relays) for at in bits(self.practitioners)}
        base = {at: self.one // near[at] if at in near else 0 for at in bits(self.outside)}
        found: list[float] = []
        for link in links:
            # Seen from the unit, a link that brings news to it leads away from it.
            flows = [flow[::-1] if self.hears else flow for flow in link]
            ways = [(near[one] + 1, others[two]) for one, two in flows if one in near]
            best = ((points, [first + steps[at] for first, steps in ways if at in steps]) for at, points in base.items())
            found.append(sum(max(self.one // min(steps) - points, 0) for points, steps in best if steps))
        return found

    def _towards(self, out: Rows) -> Rows:
        """Return the rows along which the unit is searched from: backwards where it should hear."""
        return turned(out) if self.hears else out


def turned(out: Rows) -> Rows:
    """Return the rows of a map with every flow turned round.

    >>> turned((0b110, 0, 0b001))
    (4, 1, 1)
    """
    into = [0] * len(out)
    for at, row in enumerate(out):
        for to in bits(row):
            into[to] |= 1 << at
    return tuple(into)


def with_flows(out: Rows, link: Link) -> Rows:
    """Return the rows of a map with the flows of a link added."""
    rows = list(out)
    for at, to in link:
        rows[at] |= 1 << to
    return tuple(rows)


def missing_links(out: Rows, practitioners: int) -> tuple[Link, ...]:
    """Return every link that two practitioners do not have: each way and both ways, or the way back where there is one way.

    >>> missing_links((0b010, 0, 0), 0b111)
    (((1, 0),), ((0, 2),), ((2, 0),), ((0, 2), (2, 0)), ((1, 2),), ((2, 1),), ((1, 2), (2, 1)))
    """
    found: list[Link] = []
    places = list(bits(practitioners))
    for rank, one in enumerate(places):
        for two in places[rank + 1:]:
            ways = [(at, to) for at, to in ((one, two), (two, one)) if not out[at] >> to & 1]
            found += [(way,) for way in ways] + ([tuple(ways)] if len(ways) == 2 else [])
    return tuple(found)


def _rings(rows: Rows, start: int, relays: int) -> Iterator[int]:
    """Yield the set first reached after one, two, three hand-offs; the start tells, after that only relays do."""
    known = telling = start
    while telling:
        told = 0
        for at in bits(telling):
            told |= rows[at]
        told &= ~known
        if told:
            yield told
        known |= told
        telling = told & relays


def _steps(rows: Rows, start: int, relays: int) -> dict[int, int]:
    """Return how many hand-offs it takes to whomever is reached; none to the start itself."""
    rings = enumerate([start, *_rings(rows, start, relays)])
    return {at: steps for steps, ring in rings for at in bits(ring)}
