"""The chance that news arrives, by trial: thousands of samples at once, one bit of a whole number for each.

For maps that are too dense for the sum over states. Each flow gets one number whose bit k says whether it works in sample k;
news then spreads through all samples in a few "and" and "or". The bits of a flow stem from its own name and the seed alone:
the same flow works in the same samples before and after a change (common random numbers), and on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agencygraph.flows import bits
from agencygraph.measures.state_sum import Net

SAMPLES = 10_240
SEED = 1
Works = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over samples, and its standard error."""

    value: float
    error: float


@lru_cache(maxsize=4096)
def draw_bits(name: str, chance: float, seed: int = SEED, samples: int = SAMPLES) -> int:
    """Return one bit for each sample, each set with the given chance, the same for the same name and seed everywhere.

    Each sample has a uniform number that is compared with the chance bit by bit, the highest first, until all are decided: the
    chance is met exactly, and a higher chance sets the same bits and more.

    Examples
    --------
    >>> half, more = draw_bits("school > gp", 0.5), draw_bits("school > gp", 0.75)
    >>> half & more == half, abs(half.bit_count() / SAMPLES - 0.5) < 0.02
    (True, True)
    """
    works, undecided, depth = 0, (1 << samples) - 1, 0
    while undecided and chance > 0:
        word = _random_word(f"{seed}/{depth}/{name}", samples)
        chance, depth = chance * 2, depth + 1
        if chance >= 1:
            chance -= 1
            works |= undecided & ~word
            undecided &= word
        else:
            undecided &= ~word
    return works


def draw_works(net: Net, names: Sequence[str], seed: int = SEED, samples: int = SAMPLES) -> dict[tuple[int, int], int]:
    """Return for each flow of a net the samples in which it works; `names` name the actors."""
    return {(at, to): draw_bits(f"{names[at]} > {names[to]}", net.odds[at][to], seed, samples) for at, to in net.arcs}


def spread(net: Net, works: Works, samples: int = SAMPLES, start: int | None = None) -> list[int]:
    """Say for each actor in which samples it learns what the start (or another actor) knows.

    >>> from agencygraph.measures.state_sum import net_of
    >>> net = net_of((0b010, 0b100, 0), (0, 0, 0), 0, 0b111, (0.5, 0.5))
    >>> spread(net, {(0, 1): 0b0111, (1, 2): 0b1110}, samples=4)
    [15, 7, 6]
    """
    told = [0] * len(net.out)
    first = net.start if start is None else start
    told[first] = (1 << samples) - 1
    telling = 1 << first
    while telling:
        at = (telling & -telling).bit_length() - 1
        telling ^= 1 << at
        for to in bits(net.out[at]):
            heard = told[at] & works[at, to]
            if heard & ~told[to]:
                told[to] |= heard
                telling |= 1 << to
    return told


def estimate(told: Sequence[int], samples: int = SAMPLES) -> Estimate:
    """Return the mean number of those who are told, with its standard error; one actor's mean is its chance.

    The error counts two samples in disagreement more than there are (after Agresti & Coull 1998): what was seen in no sample is
    not therefore impossible.

    >>> estimate([0b0011], samples=4).value
    0.5
    """
    counts = [heard.bit_count() for heard in told]
    mean = sum(counts) / samples
    pairs = sum((one & other).bit_count() for at, one in enumerate(told) for other in told[:at])
    squares = (sum(counts) + 2 * pairs) / samples
    variance = max(squares - mean * mean, 0.0) + 2 / samples
    return Estimate(mean, math.sqrt(variance / samples))


def sample_importance(net: Net, works: Works, wanted: int, samples: int = SAMPLES) -> dict[tuple[int, int], Estimate]:
    """Say for each flow how many more of the wanted are told if it always works than if it never does."""
    every, found = (1 << samples) - 1, {}
    for arc in net.arcs:
        always, never = (spread(net, {**works, arc: fixed}, samples) for fixed in (every, 0))
        found[arc] = estimate([always[at] & ~never[at] for at in bits(wanted)], samples)
    return found


def _random_word(name: str, samples: int) -> int:
    """Return so many random bits. SHAKE-128 is fixed by a standard; the words of Python's own generator are promised by nobody."""
    from hashlib import shake_128

    return int.from_bytes(shake_128(name.encode()).digest(-(-samples // 8)), "little") & ((1 << samples) - 1)
