"""The search for places: all in order of how little choice they have, then a few at a time anew, in whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.layouts.board import Board
from agencygraph.layouts.costs import cost_of, troubles, weigh
from agencygraph.layouts.sight import Spot

HEAT, LIFTED = 200, 6
SEED = 9  # of two dozen tried, one with which no shipped map has more crossings than it ever had
BEGINNINGS, RUNS, CHANCES, POLISH, FAR = 6, 3, 2, 3, 10**6


class Noise:
    """Whole numbers that look random and are the same everywhere: a 64-bit congruential generator."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, limit: int) -> int:
        """A whole number from 0 to below a limit."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % limit


def find_places(board: Board, movable: Sequence[int], steps: int) -> bool:
    """Seat the movable actors that are off the board and improve; says whether there is room for all."""
    order = sorted(movable, key=lambda actor: (board.open[actor], -sum(len(stage.links[actor]) for stage in board.stages), actor))
    empty = board.keep()
    for _ in range(BEGINNINGS):
        left = _seat_all(board, order)
        if left is None:
            if movable:
                _search(board, movable, steps)
            return True
        order.remove(left)
        order.insert(0, left)
        board.restore(empty)
    return False


def _seat_all(board: Board, order: Sequence[int]) -> int | None:
    """Seat actors one after the other, each where it is best; gives the first for whom there is no room."""
    for actor in order:
        costs = weigh(board, actor)
        least = min(costs)
        if least == board.sight.most:
            return actor
        board.put(actor, board.sight.spots[costs.index(least)])
    return None


def _search(board: Board, movable: Sequence[int], steps: int) -> None:
    """Some runs from different beginnings with half of the steps, then the other half from where the best of them ended."""
    noise, kin = Noise(SEED), [_kin(board, actor, movable) for actor in range(len(board.keys))]
    start, best, least = board.keep(), board.keep(), FAR
    for run in range(RUNS):
        board.restore(start)
        begun = _replace(board, movable, FAR, noise) if run else 0
        cost = begun + _improve(board, movable, kin, steps // (2 * RUNS), noise)
        if cost < least:
            least, best = cost, board.keep()
    board.restore(best)
    for _ in range(CHANCES):
        _improve(board, movable, kin, steps // 2, noise)
        if not troubles(board):
            break
    for _ in range(POLISH):
        if not sum(_replace(board, [actor], 0, noise) for actor in movable):
            break


def _improve(board: Board, movable: Sequence[int], kin: Sequence[Sequence[int]], steps: int, noise: Noise) -> int:
    """Seat a few actors anew, so many times, and end with the best that was met; gives what that adds to the cost."""
    cost, least, best = 0, 0, board.keep()
    for step in range(steps):
        heat = HEAT * (steps - step) * (steps - step) // (steps * steps)
        cost += _replace(board, _pick(movable, kin, noise), heat, noise)
        if cost < least:
            least, best = cost, board.keep()
    board.restore(best)
    return least


def _kin(board: Board, actor: int, movable: Sequence[int]) -> list[int]:
    """Those who can move among whom an actor is tied to or in a team with."""
    tied = {link.other for stage in board.stages for link in stage.links[actor]}
    for stage in board.stages:
        for room in stage.rooms:
            if actor in room.members:
                tied |= room.members - {actor}
    return sorted(tied & set(movable))


def _pick(movable: Sequence[int], kin: Sequence[Sequence[int]], noise: Noise) -> list[int]:
    """A few actors: one and some who are tied to it, or any."""
    picked = [movable[noise.below(len(movable))]]
    for _ in range(noise.below(LIFTED)):
        near = kin[picked[noise.below(len(picked))]]
        other = near[noise.below(len(near))] if near and noise.below(2) else movable[noise.below(len(movable))]
        if other not in picked:
            picked.append(other)
    return picked


def _replace(board: Board, actors: Sequence[int], heat: int, noise: Noise) -> int:
    """Lift some actors and seat each anew where it is best; keep that if it is better or not much worse."""
    spots, numbers, kept = board.sight.spots, board.sight.number, board.keep()
    before, after, old = 0, 0, dict[int, Spot]()
    for actor in actors:
        before += cost_of(board, actor) if len(actors) > 1 else 0
        old[actor] = board.lift(actor)
    order = list(actors)
    while order:
        actor = order.pop(noise.below(len(order)))
        own = numbers[old[actor]] if len(actors) == 1 else -1
        costs = weigh(board, actor, own)
        least = min(costs)
        before += costs[own] if own >= 0 else 0
        n = own if own >= 0 and costs[own] == least else costs.index(least)
        if heat and noise.below(2):
            good = [n for n, cost in enumerate(costs) if cost <= least + heat // 4]
            n = good[noise.below(len(good))]
        after += costs[n]
        if costs[n] == board.sight.most or after > before + heat:
            board.restore(kept)
            return 0
        board.put(actor, spots[n])
    return after - before
