"""The choice among the ways of all bonds: few crossings, tips apart, no shared tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from agencygraph.routing.fields import Floats, Whole
from agencygraph.routing.pool import CROSSING, TIP_FAULT, Pool
from agencygraph.routing.tracks import Track
from agencygraph.scene import Bond, Point

ROUNDS = 12
TRIED = 2  # other ways of a bond to which all others have to give way


@dataclass(frozen=True, slots=True)
class Options:
    """A bond, the ways found for it so far, and how to find more where those cross too much: any, or past others' lines."""

    bond: Bond
    tracks: list[Track]
    more: Callable[[Sequence[Point]], list[Track]]  # but none that ends near some points
    past: Callable[[Floats], list[Track]]  # crossing as few of some straight pieces as can be


def choose(options: Sequence[Options]) -> list[Track]:
    """One way for each bond: critical and short ones first, then second thoughts about one, two and all at a time."""
    if not options:
        return []
    tracks = [list(option.tracks) for option in options]
    pool = Pool([option.bond for option in options], tracks)
    state = _State(pool, _begin(options))
    state.settle()
    crossing = [n for n in range(len(options)) if state.trouble(n) >= CROSSING]
    for n in crossing:
        tracks[n] += options[n].more(())
        tracks[n] += options[n].past(pool.lines_of([way for m, way in enumerate(state.at) if m != n]))
    if crossing:
        state = _chosen_again(options, tracks, state)
    for _ in range(2):
        touching = [n for n in range(len(options)) if state.trouble(n) >= TIP_FAULT]
        if not touching:
            break
        busy = [(port.x, port.y) for track in state.tracks() for port in (track.start, track.end)]
        for n in touching:
            tracks[n] += options[n].more(busy)
        state = _chosen_again(options, tracks, state)
    for _ in range(ROUNDS):
        if not state.rethink():
            break
    return state.tracks()


def _begin(options: Sequence[Options]) -> list[int]:
    """The order in which bonds choose: critical ones first, then those with a cheap way."""
    return sorted(range(len(options)), key=lambda n: (not options[n].bond.critical, options[n].tracks[0].cost, n))


def _chosen_again(options: Sequence[Options], tracks: Sequence[list[Track]], old: _State) -> _State:
    """The same choice among more ways, begun with those chosen before."""
    pool = Pool([option.bond for option in options], tracks)
    kept = [pool.first[n] + way - old.pool.first[n] for n, way in enumerate(old.at)]
    state = _State(pool, old.order, kept)
    state.settle()
    state.swap()
    return state


class _State:
    """The way chosen for each bond, and what every way would cost beside those chosen for the other bonds."""

    def __init__(self, pool: Pool, order: Sequence[int], at: Sequence[int] | None = None) -> None:
        self.pool, self.order = pool, order
        self.load: Whole = pool.own.copy()
        self.at = list(at) if at is not None else [-1] * len(order)
        for n in order:
            if at is None:
                self.at[n] = self._best(n)
            self.load += pool.beside(self.at[n])

    def tracks(self) -> list[Track]:
        """The chosen ways."""
        return [self.pool.tracks[way] for way in self.at]

    def trouble(self, n: int) -> int:
        """What the way of a bond costs beside the others."""
        return int(self.load[self.at[n]] - self.pool.own[self.at[n]])

    def _best(self, n: int) -> int:
        """The way of a bond that costs least beside those of the others."""
        return self.pool.first[n] + int(np.argmin(self.load[self.pool.ways(n)]))

    def _move(self, n: int, way: int) -> None:
        """Take another way for a bond."""
        self.load += self.pool.beside(way) - self.pool.beside(self.at[n])
        self.at[n] = way

    def settle(self, but: int = -1) -> None:
        """Let one bond after the other take its best way, until nobody gains; one of them stays perhaps."""
        for _ in range(ROUNDS):
            changed = False
            for n in self.order:
                best = self._best(n)
                if n != but and self.load[best] < self.load[self.at[n]]:
                    self._move(n, best)
                    changed = True
            if not changed:
                break

    def swap(self) -> None:
        """Let pairs that are in each other's way choose together, such as two that should change places at a card."""
        for one, n in enumerate(self.order):
            for m in self.order[:one]:
                pool, a, b = self.pool, self.at[n], self.at[m]
                between = int(pool.beside(a)[b])
                if between < CROSSING:
                    continue
                mine = self.load[pool.ways(n)] - pool.beside(b)[pool.ways(n)]
                its = self.load[pool.ways(m)] - pool.beside(a)[pool.ways(m)]
                both = mine[:, None] + its[None, :] + pool.block(n, m)
                best = int(np.argmin(both))
                x, y = pool.first[n] + best // both.shape[1], pool.first[m] + best % both.shape[1]
                if both.flat[best] < self.load[a] + self.load[b] - between:
                    self._move(n, x)
                    self._move(m, y)
        self.settle()

    def cost(self) -> int:
        """Twice what all chosen ways cost together."""
        return int((self.load[self.at] + self.pool.own[self.at]).sum())

    def rethink(self) -> bool:
        """Let each bond that crosses another try ways that cross others, with all giving way to it; say whether that gained."""
        least = before = self.cost()
        for n in self.order:
            if self.trouble(n) < CROSSING:
                continue
            for way in self._others(n):
                load, at = self.load.copy(), list(self.at)
                self._move(n, way)
                self.settle(n)
                self.settle()
                now = self.cost()
                if now < least:
                    least = now
                    break
                self.load, self.at = load, at
        return least < before

    def _others(self, n: int) -> list[int]:
        """For a bond the cheapest ways that each cross other bonds than its present way and than each other, a few."""
        ways = self.pool.ways(n)
        met = np.array([self.pool.beside(way)[ways] >= CROSSING for way in self.at]).T
        seen = {met[self.at[n] - ways.start].tobytes()}
        found: list[int] = []
        for k in np.argsort(self.load[ways], kind="stable").tolist():
            crossed = met[k].tobytes()
            if crossed not in seen:
                seen.add(crossed)
                found.append(ways.start + k)
                if len(found) >= TRIED:
                    break
        return found
