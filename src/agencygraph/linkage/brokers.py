"""Brokers: who stands between the others, so that news has to pass through their hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.generator import check_count
from agencygraph.crosstabs import TOTAL
from agencygraph.errors import InvalidError, UndefinedError
from agencygraph.linkage.network import SECTOR_NAMES, Arcs, LinkedNetwork
from agencygraph.linkage.publishing import note_of, published
from agencygraph.linkage.sweeps import flows_at
from agencygraph.suppression import Frame
from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Floats = NDArray[np.float64]

_BUSIEST = (1, 5, 10, 25)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Brokers:
    """How much passes through the hands of each practitioner. Made by `brokers_of`.

    Attributes
    ----------
    between
        For each of those who pass news on its betweenness: the sum, over all ordered pairs of the others, of the share of the
        shortest routes that pass through it. Estimated where not all starts were taken.
    standard_error
        Of each estimate; nought where all starts were taken.
    starts
        From how many the routes were followed.
    network
        In which it was asked.
    """

    between: Floats
    standard_error: Floats
    starts: int
    network: LinkedNetwork

    @property
    def is_exact(self) -> bool:
        """Whether the routes from everybody were followed."""
        return self.starts == len(self.between)

    @property
    def table(self) -> Table:
        """Of each sector, how many practitioners stand between others and how many between nobody; small counts withheld."""
        import numpy as np

        sectors, stands = self.network.sectors[: len(self.between)], self.between > 0
        there = [at for at in (*range(1, len(SECTOR_NAMES)), 0) if (sectors == at).any()]
        grid = [[int(np.sum(stands & (sectors == at))), int(np.sum(~stands & (sectors == at)))] for at in there]
        grid = [[*line, sum(line)] for line in grid]
        grid.append([sum(line[at] for line in grid) for at in range(3)])
        cells = published(grid, Frame(total_row=len(there), total_column=2), self.network.threshold)
        rows: list[tuple[Cell, ...]] = [(name, *line) for name, line in zip([*(SECTOR_NAMES[at] for at in there), TOTAL], cells,
                                                                            strict=True)]  # fmt: skip
        return Table(("sector", "between others", "between nobody", TOTAL), tuple(rows), "Practitioners who stand between others",
                     f"{self._how()} {note_of(self.network.threshold)}", heads=("sector",))  # fmt: skip

    @property
    def busiest(self) -> Table:
        """How much of all that passes through somebody's hands passes through those of the busiest 1, 5, 10 and 25 %.

        A share near 100 beside a small percentage says that the partnership hangs on few people. Where fewer practitioners than
        the threshold are meant, there is no row.
        """
        import numpy as np

        carried = np.sort(self.between)[::-1].cumsum()
        rows: list[tuple[Cell, ...]] = []
        for percent in _BUSIEST:
            count = -(-len(carried) * percent // 100)
            if count >= (self.network.threshold or 1) and carried[-1] > 0:
                rows.append((percent, count, round(float(100 * carried[count - 1] / carried[-1]), 1)))
        return Table(("busiest per cent", "practitioners", "per cent carried"), tuple(rows),
                     "How much of what passes through somebody's hands the busiest carry", self._how())  # fmt: skip

    def by_key(self, most: int = 20) -> Table:
        """Return those who stand between most others with their private keys, for use inside the partnership."""
        import numpy as np

        order = np.argsort(-self.between, kind="stable")[:most]
        sectors = [SECTOR_NAMES[at] for at in self.network.sectors[order].tolist()]
        numbers = (values[order].tolist() for values in (self.between, self.standard_error))
        rows = zip(self.network.keys_at(order), sectors, *numbers, strict=True)
        return Table(("key", "sector", "betweenness", "standard error"), tuple(rows), "Who stands between most others",
                     f"{self._how()} Private keys: not for publication.", heads=("key",))  # fmt: skip

    def _how(self) -> str:
        return "" if self.is_exact else f"Estimated from the routes that start at {self.starts:,} of {len(self.between):,}."

    def __repr__(self) -> str:
        return f"Brokers({len(self.between):,} practitioners, {'exact' if self.is_exact else f'from {self.starts:,} starts'})"


def brokers_of(network: LinkedNetwork, sample: int | None = 256, seed: int = 1) -> Brokers:
    """Say who stands between the others: through whose hands the shortest routes between practitioners pass.

    Parameters
    ----------
    network
        The network. The family passes nothing on, so it stands between nobody and no route is asked to or from it; with
        ``relay="anyone"`` it counts like everybody.
    sample
        From how many drawn practitioners the routes are followed; from all where there are no more, or where it is None. The time
        grows with it: a network of 5 million flows takes about a second for two starts.
    seed
        Another whole number draws others.

    Raises
    ------
    InvalidError
        Where sample is no whole number of 2 or more, or seed none of 0 or more.
    UndefinedError
        Where there are more shortest routes between two practitioners than a floating-point number can hold.

    Source: Brandes 2001, A faster algorithm for betweenness centrality; starts drawn as in Brandes & Pich 2007.

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> people = {"key": [1, 2, 3], "kind": ["school", "agency", "agency"]}
    >>> brokers_of(link_flows({"source": [1, 2], "target": [2, 3]}, people)).between.tolist()
    [0.0, 1.0, 0.0]
    """
    import numpy as np

    check_count(seed, "seed")
    if sample is not None and (isinstance(sample, bool) or not isinstance(sample, int) or sample < 2):
        raise InvalidError(f"sample is {sample!r}; it must be a whole number of 2 or more, or None for all.")
    count = network.relays
    starts = network.sample(count if sample is None else sample, seed)
    among = network.out.within(count)
    total, squares = np.zeros(count), np.zeros(count)
    for start in starts.tolist():
        for places, shares in _shares(among, start):
            total[places] += shares
            squares[places] += shares * shares
    drawn = len(starts)
    if drawn == count:
        return Brokers(total, np.zeros(count), drawn, network)
    # Drawn without putting back: the error of a sum over all, from the spread between the starts.
    spread = np.maximum(squares - total * total / drawn, 0) / (drawn - 1)
    error = count * np.sqrt(spread / drawn * (1 - drawn / count))
    return Brokers(total * (count / drawn), error, drawn, network)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The flows that lead from one ring around the start to the next: places among those of this ring and of the next."""

    actors: Numbers
    heads: Numbers
    tails: Numbers
    routes: Floats


def _shares(among: Arcs, start: int) -> Iterator[tuple[Numbers, Floats]]:
    """Yield ring by ring, outermost first, whose hands the routes from a start pass through, and how many routes' worth."""
    import numpy as np

    rings = _rings(among, start)
    beyond = np.zeros(len(rings[-1].actors))
    # What is passed to the next ring comes in shares: of the routes to one there, those that come by this one.
    for at in range(len(rings) - 2, 0, -1):
        ring, after = rings[at], rings[at + 1]
        worth = (1 + beyond) / after.routes
        beyond = _added(ring.heads, worth[ring.tails], len(ring.actors)) * ring.routes
        yield ring.actors, beyond


def _rings(among: Arcs, start: int) -> list[_Ring]:
    """Return who is reached in one, two, three hand-offs, by how many shortest routes, and the flows between."""
    import numpy as np

    count = len(among.starts) - 1
    seen, place = np.zeros(count, dtype=bool), np.empty(count, dtype=np.int32)
    actors: Numbers = np.array([start])
    routes = np.ones(1)
    seen[start] = True
    found: list[_Ring] = []
    while True:
        degrees = among.degrees_at(actors)
        ends = among.ends[flows_at(among, actors)]
        is_new = ~seen[ends]
        tails, heads = ends[is_new], np.repeat(np.arange(len(actors), dtype=np.int32), degrees)[is_new]
        if not len(tails):
            found.append(_Ring(actors, heads, tails, routes))
            return found
        # Each of the next ring once, without sorting: of the flows to it the one that wrote last stands for it.
        place[tails] = np.arange(len(tails), dtype=np.int32)
        after = tails[place[tails] == np.arange(len(tails), dtype=np.int32)]
        place[after] = np.arange(len(after), dtype=np.int32)
        tails = place[tails]
        found.append(_Ring(actors, heads, tails, routes))
        seen[after] = True
        actors, routes = after, _added(tails, routes[heads], len(after))
        if not np.isfinite(routes).all():
            raise UndefinedError("there are more shortest routes between two practitioners than a number can hold.")


def _added(places: Numbers, values: Floats, count: int) -> Floats:
    """Return for each place the sum of its values, added in their order."""
    import numpy as np

    sums: Floats = np.bincount(places, values, minlength=count).astype(np.float64, copy=False)
    return sums
