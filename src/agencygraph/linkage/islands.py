"""Islands: whether a partnership is one network or falls into parts between which no news passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agencygraph.crosstabs import TOTAL
from agencygraph.errors import MissingExtraError
from agencygraph.linkage.network import LinkedNetwork
from agencygraph.linkage.publishing import bands_of, counted, named, note_of, published
from agencygraph.suppression import WITHHELD, Frame
from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_CAPTION = "Islands: in parts of which size the practitioners find themselves"
_NOTE = ("Either way: news passes between them in one direction at least, perhaps by way of others. Both ways: from each to each "
         "and back.")  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Islands:
    """Into which parts a network falls. Made by `islands_of`.

    Attributes
    ----------
    weak, strong
        The sizes of the parts, largest first: joined by flows either way, and such that each hears from each. The counts as they
        are, not for publication.
    weak_of, strong_of
        For each of those who pass news on the number of its part, the largest part first.
    threshold
        Below it a number of practitioners is withheld in `table`.
    """

    weak: Numbers
    strong: Numbers
    weak_of: Numbers
    strong_of: Numbers
    threshold: int | None = 5

    @property
    def table(self) -> Table:
        """How many parts of each size there are and how many practitioners are in them; small counts of people withheld."""
        parts = {"either way": _sized(self.weak, self.threshold), "both ways": _sized(self.strong, self.threshold)}
        # Both count the same practitioners, so a total withheld in one is withheld in the other.
        hidden = any(rows[-1][-1] == WITHHELD for rows in parts.values())
        rows = [(words, size, part, WITHHELD if hidden and size == TOTAL else people)
                for words, found in parts.items() for size, part, people in found]
        return Table(("joined", "size", "parts", "practitioners"), tuple(rows), _CAPTION, f"{_NOTE} {note_of(self.threshold)}",
                     heads=("joined", "size"))

    def __repr__(self) -> str:
        return f"Islands({len(self.weak):,} joined either way, {len(self.strong):,} joined both ways)"


def islands_of(network: LinkedNetwork) -> Islands:
    """Say whether those who pass news on are one network, or which parts hear nothing of each other.

    Parameters
    ----------
    network
        The network. The family joins nobody, as it passes nothing on; with ``relay="anyone"`` it counts like everybody.

    Returns
    -------
    Islands
        The weak and the strong components of the network among those who pass news on.

    Raises
    ------
    MissingExtraError
        Where scipy is not installed.

    Source: Tarjan 1972 for strong components, as Pearce 2005 writes it in scipy.

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> people = {"key": [1, 2, 3, 4], "kind": ["school", "agency", "practitioner", "child"]}
    >>> islands_of(link_flows({"source": [1, 2, 1, 4], "target": [2, 1, 4, 3]}, people)).weak.tolist()
    [2, 1]
    """
    import numpy as np

    among = network.out.within(network.relays)
    starts = among.starts.astype(np.int32) if len(among.ends) < 1 << 31 else among.starts
    strong, strong_of = _ranked(_components((np.ones(len(among.ends)), among.ends, starts), len(starts) - 1, "strong"))
    # Whoever hears from each other is in one part either way too, so that only the flows between strong parts are left to look at.
    source, target = np.repeat(strong_of, among.degrees), strong_of[among.ends]
    between = source != target
    joined = _components((np.ones(between.sum()), (source[between], target[between])), len(strong), "weak")
    weak, weak_of = _ranked(joined[strong_of])
    return Islands(weak, strong, weak_of, strong_of, network.threshold)


def _components(flows: tuple[Any, ...], count: int, connection: str) -> Numbers:
    """Return the number of the part of each actor, as scipy calls it; `flows` as its sparse arrays take them."""
    try:
        from scipy.sparse import csr_array  # type: ignore[import-untyped]  # scipy ships no types
        from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]  # scipy ships no types
    except ImportError as error:
        raise MissingExtraError.of("the count of islands", "scipy", "caseload") from error
    label: Numbers = connected_components(csr_array(flows, shape=(count, count)), True, connection)[1]
    return label


def _ranked(label: Numbers) -> tuple[Numbers, Numbers]:
    """Return the sizes of the parts, largest first, and for each actor the number of its part in this order."""
    import numpy as np

    sizes = np.bincount(label)
    # Of two parts of one size the one with the first actor comes first, whatever scipy calls them.
    first = np.full(len(sizes), len(label))
    np.minimum.at(first, label, np.arange(len(label)))
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[order] = np.arange(len(sizes))
    return sizes[order], rank[label]


def _sized(sizes: Numbers, threshold: int | None) -> list[tuple[Cell, ...]]:
    """Return for each size how many parts have it and how many practitioners are in them, as they may be published."""
    bands = bands_of(int(sizes.max(initial=0)))[1:]
    parts = counted(sizes, bands) if bands else []
    people = [int(sizes[(sizes >= low) & (sizes <= high)].sum()) for low, high in bands]
    cells = published([[count] for count in (*people, sum(people))], Frame(total_row=len(people)), threshold)
    # Where the people of a size are withheld, its number of parts would tell them, and so would the number of all parts.
    shown: list[Cell] = [WITHHELD if cell == WITHHELD else part for (cell,), part in zip(cells, parts, strict=False)]
    total: Cell = WITHHELD if WITHHELD in shown else sum(parts)
    names = [*map(named, bands), TOTAL]
    return [(name, part, cell) for name, part, (cell,) in zip(names, [*shown, total], cells, strict=True)]
