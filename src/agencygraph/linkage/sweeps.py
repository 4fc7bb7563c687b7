"""Sweeps: whom news reaches from up to 64 starts at once, one bit of a machine word for each start.

Source: Then et al. 2014, multi-source breadth-first search: whoever is told by several starts in one hand-off is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from agencygraph.linkage.network import Arcs, LinkedNetwork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Words = NDArray[np.uint64]

WORD = 64
# So many flows are looked at in one go: what is held in between fits into the nearest memory of the processor.
_CHUNK = 1 << 16
# One flow followed forwards costs as much as several in one sweep over all.
_DEARER = 6


def sweep(network: LinkedNetwork, starts: Numbers) -> Iterator[Words]:
    """Yield after each hand-off who is newly told: for each actor a word whose bit k says whether start k has reached it.

    >>> from agencygraph.linkage import link_flows
    >>> line = link_flows({"source": [0, 1], "target": [1, 2]}, {"key": [0, 1, 2], "kind": ["school"] * 3})
    >>> import numpy as np
    >>> [told.tolist() for told in sweep(line, np.array([0, 1]))]
    [[0, 1, 2], [0, 0, 1]]
    """
    import numpy as np

    news = np.zeros(len(network), dtype=np.uint64)
    np.bitwise_or.at(news, starts, np.uint64(1) << np.arange(len(starts), dtype=np.uint64))
    everyone = np.bitwise_or.reduce(news)
    seen = news.copy()
    told_at = np.flatnonzero(network.into.degrees)
    while True:
        telling = np.flatnonzero(news)
        if not len(telling):
            return
        if _DEARER * int(network.out.degrees_at(telling).sum()) < network.flows:
            told = _forwards(network.out, news, telling)
        else:
            told_at = told_at[seen[told_at] != everyone]
            told = _backwards(network.into, news, told_at)
        told &= ~seen
        if not told.any():
            return
        yield told
        seen |= told
        news = told.copy()
        news[network.relays :] = 0


def _forwards(out: Arcs, news: Words, telling: Numbers) -> Words:
    """Let each of a few tell those whom it tells."""
    import numpy as np

    told = np.zeros_like(news)
    for some in chunks(out, telling):
        degrees = out.degrees_at(some)
        np.bitwise_or.at(told, out.ends[flows_at(out, some)], np.repeat(news[some], degrees))
    return told


def _backwards(into: Arcs, news: Words, told_at: Numbers) -> Words:
    """Let everybody who may still hear something look at who tells it."""
    import numpy as np

    told = np.zeros_like(news)
    for some in chunks(into, told_at):
        first, last = into.starts[some[0]], into.starts[some[-1] + 1]
        degrees = into.degrees_at(some)
        begins = np.cumsum(degrees) - degrees
        if begins[-1] + degrees[-1] == last - first:
            heard = news.take(into.ends[first:last], mode="clip")
        else:
            heard = news.take(into.ends[flows_at(into, some)], mode="clip")
        told[some] = np.bitwise_or.reduceat(heard, begins)
    return told


def chunks(arcs: Arcs, actors: Numbers) -> Iterator[Numbers]:
    """Yield actors in portions of not too many flows; whoever has very many is a portion alone."""
    import numpy as np

    ends = np.cumsum(arcs.degrees_at(actors))
    at = 0
    while at < len(actors):
        before = ends[at - 1] if at else 0
        to = max(at + 1, int(np.searchsorted(ends, before + _CHUNK, side="right")))
        yield actors[at:to]
        at = to


def flows_at(arcs: Arcs, actors: Numbers) -> Numbers:
    """Return the places of the flows of some actors, one actor after the other."""
    import numpy as np

    degrees = arcs.degrees_at(actors)
    ends = np.cumsum(degrees)
    shift = arcs.starts[actors] - (ends - degrees)
    places: Numbers = np.arange(ends[-1] if len(ends) else 0) + np.repeat(shift, degrees)
    return places


def bit_counts(words: Words) -> Numbers:
    """Return for each of the 64 bits in how many words it is set.

    >>> import numpy as np
    >>> bit_counts(np.array([1, 3, 0], dtype=np.uint64))[:3].tolist()
    [2, 1, 0]
    """
    import numpy as np

    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    # The least byte first, whatever the machine's own order.
    bytes_ = words[words != 0].astype("<u8").view(np.uint8).reshape(-1, 8)
    return np.concatenate([np.bincount(bytes_[:, at], minlength=256) @ bits for at in range(8)])
