"""The chance that news arrives, exactly: a sum over who is still untold and who has been told but has not yet spoken.

The flows of a map work independently, each with its own chance, and only some actors pass on what they were told. In place
of all 2^m outcomes of m flows, states are summed: the untold who may still learn it, and the told who have yet to speak. Three
things keep them few: what can no longer matter is dropped, so that states which differ in nothing else are one; untold parts
that share no flow are solved apart, because only the chance of each actor is wanted; and whoever has the fewest untold
contacts speaks first.

The question is two-terminal reliability (Colbourn 1987), #P-complete in general (Valiant 1979): hence a budget of states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from operator import mul

from agencygraph.flows import bits

BUDGET = 8192
_WORK_PER_STATE = 16
Part = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Net:
    """The flows along which news from one actor may run, as rows of bits, each flow with its chance.

    Attributes
    ----------
    start
        The number of the actor who has the news.
    out, into
        For each actor whom it tells and who tells it: nobody's flows but those of the start and of relays, none to the start.
    odds
        For each actor the chance of each of its flows, under the number of the receiver.
    """

    start: int
    out: tuple[int, ...]
    into: tuple[int, ...]
    odds: tuple[Mapping[int, float], ...]

    @property
    def arcs(self) -> Iterator[tuple[int, int]]:
        """Every flow by the numbers of its two ends, in the order of the rows."""
        return ((at, to) for at, row in enumerate(self.out) for to in bits(row))


@dataclass(frozen=True, slots=True)
class Step:
    """One state, and what comes of it when one of the told speaks.

    `shares[-1]` holds the chance of each set of contacts who hear it (the k-th bit of the place stands for the k-th contact),
    `shares[k]` the same for the first k contacts alone; `ahead` the states that follow from each set.
    """

    part: Part
    weight: float
    speaker: int
    contacts: tuple[int, ...]
    shares: tuple[list[float], ...]
    ahead: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class StateSum:
    """The chance of every wanted actor, and the steps by which it was summed."""

    net: Net
    chances: Mapping[int, float]
    steps: tuple[Step, ...]

    @property
    def expected(self) -> float:
        """How many of the wanted learn it on average, the same to the last digit on every Python."""
        return fsum(self.chances.values())


def net_of(out: Sequence[int], critical: Sequence[int], start: int, relays: int, odds: tuple[float, float]) -> Net:
    """Return the flows that matter to news from one actor, with two chances: for critical flows and for all others.

    >>> net_of((0b110, 0b101, 0), (0b010, 0, 0), 0, 0b011, (0.9, 0.5)).odds
    ({1: 0.9, 2: 0.5}, {2: 0.5}, {})
    """
    others = ~(1 << start)
    rows = [row & others if at == start or relays >> at & 1 else 0 for at, row in enumerate(out)]
    into = [0] * len(rows)
    chances: list[dict[int, float]] = []
    for at, (row, firm) in enumerate(zip(rows, critical, strict=True)):
        chances.append({to: odds[0] if firm >> to & 1 else odds[1] for to in bits(row)})
        for to in chances[-1]:
            into[to] |= 1 << at
    return Net(start, tuple(rows), tuple(into), tuple(chances))


def sum_states(net: Net, wanted: int, budget: int = BUDGET) -> StateSum | None:
    """Say with what chance news reaches each wanted actor; None where that takes more states than the budget allows.

    Parameters
    ----------
    net
        The flows and their chances, from 0 to 1.
    wanted
        The set of actors whose chance is asked for, without the start. The fewer they are, the less there is to sum.
    budget
        The most states to look at.

    Examples
    --------
    >>> net = net_of((0b110, 0b100, 0), (0, 0, 0), 0, 0b111, (0.5, 0.5))
    >>> sum_states(net, 0b110).chances
    {1: 0.5, 2: 0.625}
    """
    size, splitter = len(net.out), _Splitter(net, wanted)
    # Each step lowers twice the untold plus the waiting, so whoever is taken from the highest level has all its weight.
    levels: list[dict[Part, float]] = [{} for _ in range(2 * size + 1)]
    for part in splitter.parts((1 << size) - 1 & ~(1 << net.start), 1 << net.start):
        levels[_level(part)][part] = 1.0
    chances, steps, left = [0.0] * size, list[Step](), _WORK_PER_STATE * budget
    for level in reversed(levels):
        for part, weight in level.items():
            speaker, contacts = _next_speaker(net, part)
            left -= 1 << len(contacts)
            if left < 0 or len(steps) >= budget:
                return None
            step = _speak(net, splitter, part, (speaker, contacts), weight)
            steps.append(step)
            for to in contacts:
                chances[to] += weight * net.odds[speaker][to]
            for share, parts in zip(step.shares[-1], step.ahead, strict=True):
                for next in parts:
                    lower = levels[_level(next)]
                    lower[next] = lower.get(next, 0.0) + weight * share
    return StateSum(net, {at: min(chances[at], 1.0) for at in bits(wanted)}, tuple(steps))


def find_importance(found: StateSum) -> dict[tuple[int, int], float]:
    """Say how much each flow matters: the sum of the chances if it always worked, less the same if it never did.

    This is the derivative of the sum of the wanted chances by the flow's own chance (Birnbaum 1969), found for all flows at
    once by walking the states backwards. A flow on no way to a wanted actor has 0.

    Examples
    --------
    >>> net = net_of((0b110, 0b100, 0), (0, 0, 0), 0, 0b111, (0.5, 0.5))
    >>> find_importance(sum_states(net, 0b100))
    {(0, 1): 0.25, (0, 2): 0.75, (1, 2): 0.25}
    """
    # fsum, because the plain sum of fractions is not the same on every Python.
    slopes = dict.fromkeys(found.net.arcs, 0.0)
    values: dict[Part, float] = {}
    for step in reversed(found.steps):
        odds = found.net.odds[step.speaker]
        hoped = [fsum(values[part] for part in parts) for parts in step.ahead]
        direct = 0.0
        for at in range(len(step.contacts) - 1, -1, -1):
            to = step.contacts[at]
            half = 1 << at
            gains = [told - untold for told, untold in zip(hoped[half:], hoped[:half], strict=True)]
            own = 1.0 if to in found.chances else 0.0
            slopes[step.speaker, to] += step.weight * (own + fsum(map(mul, step.shares[at], gains)))
            hoped = [untold + odds[to] * gain for untold, gain in zip(hoped[:half], gains, strict=True)]
            direct += own * odds[to]
        values[step.part] = hoped[0] + direct
    return slopes


class _Splitter:
    """Splits what is left into parts that share no flow, without whoever can no longer be told or no longer matters."""

    def __init__(self, net: Net, wanted: int) -> None:
        self._out, self._into, self._wanted = net.out, net.into, wanted
        self._both = tuple(out | into for out, into in zip(net.out, net.into, strict=True))
        self._known: dict[Part, tuple[Part, ...]] = {}
        self._pieces: dict[int, tuple[int, ...]] = {}

    def parts(self, untold: int, waiting: int) -> tuple[Part, ...]:
        """Return the parts of a state: of each the untold, and those of the waiting who may tell one of them."""
        key = (untold, waiting)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._split(untold, waiting))
        return found

    def _split(self, untold: int, waiting: int) -> Iterator[Part]:
        fresh = 0
        speakers = [(1 << at, self._out[at] & untold) for at in bits(waiting)]
        for _, row in speakers:
            fresh |= row
        left = _spread(self._out, fresh, untold)
        if left & ~self._wanted:
            left = _spread(self._into, left & self._wanted, left)
        pieces = self._pieces.get(left)
        if pieces is None:
            pieces = self._pieces[left] = tuple(_pieces(self._both, left))
        for piece in pieces:
            yield piece, sum(bit for bit, row in speakers if row & piece)


def _spread(rows: Sequence[int], fresh: int, within: int) -> int:
    """Return whom the fresh reach along the rows, they among them, without leaving a set."""
    found = 0
    while fresh:
        low = fresh & -fresh
        found |= low
        fresh = (fresh | rows[low.bit_length() - 1] & within) & ~found
    return found


def _pieces(rows: Sequence[int], left: int) -> Iterator[int]:
    while left:
        piece = _spread(rows, left & -left, left)
        yield piece
        left ^= piece


def _level(part: Part) -> int:
    return 2 * part[0].bit_count() + part[1].bit_count()


def _next_speaker(net: Net, part: Part) -> tuple[int, tuple[int, ...]]:
    """Return the waiting actor with the fewest untold contacts, the first of them in the case, and these contacts."""
    untold, waiting = part
    speaker = min(bits(waiting), key=lambda at: (net.out[at] & untold).bit_count())
    return speaker, tuple(bits(net.out[speaker] & untold))


def _speak(net: Net, splitter: _Splitter, part: Part, turn: tuple[int, tuple[int, ...]], weight: float) -> Step:
    """Return what comes of a state when one actor speaks to its contacts, each of whom may hear it or not."""
    (untold, waiting), (speaker, contacts) = part, turn
    told, shares = [0], [[1.0]]
    for to in contacts:
        odds, before = net.odds[speaker][to], shares[-1]
        told += [heard | 1 << to for heard in told]
        shares.append([share * (1.0 - odds) for share in before] + [share * odds for share in before])
    rest = waiting & ~(1 << speaker)
    ahead = tuple(splitter.parts(untold & ~heard, rest | heard) for heard in told)
    return Step(part, weight, speaker, contacts, tuple(shares), ahead)
