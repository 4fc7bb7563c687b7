"""The search for places: a seed by order, then moves and swaps under falling noise, in whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.layouts.board import Board

HEAT, PICKS = 400, 3


class Noise:
    """Whole numbers that look random and are the same everywhere: a 64-bit congruential generator."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, limit: int) -> int:
        """A whole number from 0 to below a limit."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % limit


def find_places(board: Board, movable: Sequence[int], steps: int, seed: int) -> int:
    """Seat the movable actors that are off the board and improve; gives the cost, or -1 where there is no room."""
    order = sorted(movable, key=lambda actor: (-sum(len(stage.links[actor]) for stage in board.stages), actor))
    for actor in order:
        spots = board.free(actor)
        if not spots:
            return -1
        board.put(actor, min(spots, key=lambda p: (board.weigh(actor, p), p)))
    noise = Noise(seed)
    if len(movable) > 0:
        for step in range(steps):
            heat = 1 + HEAT * (steps - step) * (steps - step) // (steps * steps)
            if step % 3 == 2 and len(movable) > 1:
                _swap(board, movable[noise.below(len(movable))], movable[noise.below(len(movable))], noise.below(heat))
            else:
                _shift(board, movable[noise.below(len(movable))], heat, noise)
        _polish(board, movable)
    return -1 if board.clashes() else total(board, movable)


def _shift(board: Board, actor: int, heat: int, noise: Noise) -> None:
    """Move one actor to the best of a few places, give or take some noise."""
    old = board.lift(actor)
    spots = board.free(actor)
    picked = [spots[noise.below(len(spots))] for _ in range(min(PICKS, len(spots)))]
    best = min([old, *picked], key=lambda p: (board.weigh(actor, p) + noise.below(heat), p))
    board.put(actor, best)


def _swap(board: Board, one: int, two: int, heat: int) -> bool:
    """Let two actors change places if that is better, or not much worse."""
    p, q = board.at[one], board.at[two]
    allowed = board.ground.allowed
    if one == two or not (allowed[board.keys[one]] >> q & 1 and allowed[board.keys[two]] >> p & 1):
        return False
    board.lift(one)
    before = board.weigh(two, board.lift(two))
    board.put(two, q)
    before += board.weigh(one, p)
    board.lift(two)
    after = board.weigh(two, p)
    board.put(two, p)
    after += board.weigh(one, q)
    if after < before + heat:
        board.put(one, q)
        return after < before
    board.lift(two)
    board.put(two, q)
    board.put(one, p)
    return False


def _polish(board: Board, movable: Sequence[int]) -> None:
    """Move and swap for the better until nothing gains, at most some rounds."""
    for _ in range(4):
        gained = False
        for actor in movable:
            old = board.lift(actor)
            best = min([old, *board.free(actor)], key=lambda p: (board.weigh(actor, p), p != old, p))
            board.put(actor, best)
            gained |= best != old
        for one in movable:
            for two in movable:
                gained |= one < two and _swap(board, one, two, 0)
        if not gained:
            return


def total(board: Board, movable: Sequence[int]) -> int:
    """The whole cost: each actor's cost as it is put on the board, one after the other."""
    places = [(actor, board.lift(actor)) for actor in movable]
    cost = 0
    for actor, p in places:
        cost += board.weigh(actor, p)
        board.put(actor, p)
    return cost
