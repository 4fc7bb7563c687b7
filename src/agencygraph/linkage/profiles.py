"""Profiles: how many practitioners tell and hear from how many others, and who tells another sector anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agencygraph.linkage.network import SECTOR_NAMES, LinkedNetwork, ends_of
from agencygraph.linkage.publishing import bands_of, counted, named, note_of, published
from agencygraph.suppression import WITHHELD, Frame
from agencygraph.table import Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]


def degrees_of(network: LinkedNetwork) -> Table:
    """Say how many practitioners tell so many other practitioners, and how many hear from so many.

    Parameters
    ----------
    network
        The network; with ``relay="anyone"`` the family counts like everybody.

    Returns
    -------
    Table
        One row for each band of numbers and a total; small counts withheld at the network's threshold.

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> people = {"key": range(7), "kind": ["school"] + ["agency"] * 6}
    >>> degrees_of(link_flows({"source": [0] * 6, "target": range(1, 7)}, people, threshold=None)).rows[:2]
    (('0', 6, 1), ('1', 0, 6))
    """
    among, back = (arcs.within(network.relays) for arcs in (network.out, network.into))
    bands = bands_of(max(int(arcs.degrees.max(initial=0)) for arcs in (among, back)))
    names = [named(band) for band in bands]
    columns = {"tell so many": counted(among.degrees, bands), "hear from so many": counted(back.degrees, bands)}
    grid = [[*line] for line in zip(*columns.values(), strict=True)]
    grid.append([sum(counts) for counts in columns.values()])
    shown = published(grid, Frame(total_row=len(names)), network.threshold)
    # Both columns count the same practitioners, so a total withheld in one is withheld in both.
    shown[-1] = [WITHHELD] * len(columns) if WITHHELD in shown[-1] else shown[-1]
    rows = tuple((name, *line) for name, line in zip([*names, "total"], shown, strict=True))
    return Table(("practitioners", *columns), rows, "How many practitioners tell, and hear from, so many others",
                 note_of(network.threshold), heads=("practitioners",))


def crossings_of(network: LinkedNetwork) -> Table:
    """Say how many practitioners of each sector tell somebody of each other sector, and of their own.

    Parameters
    ----------
    network
        The network. The family has no sector and is left out.

    Returns
    -------
    Table
        One row for each sector that tells, one column for each that is told: how many practitioners do; small counts withheld at
        the network's threshold. One who tells two sectors is counted for both, so there are no totals.

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> people = {"key": [1, 2, 3], "kind": ["agency"] * 3, "sector": ["health", "health", "education"]}
    >>> table = crossings_of(link_flows({"source": [1, 2], "target": [3, 3]}, people, threshold=None))
    >>> table.columns, table.rows
    (('who tells', 'education', 'health'), (('education', 0, 0), ('health', 2, 0)))
    """
    import numpy as np

    count, kinds = network.practitioners, len(SECTOR_NAMES)
    among = network.out.within(count)
    told = among.ends
    words = np.unique(ends_of(among).astype(np.int64) * kinds + network.sectors[told])
    pairs = np.bincount(network.sectors[words // kinds].astype(np.int64) * kinds + words % kinds, minlength=kinds * kinds)
    there = [at for at in (*range(1, kinds), 0) if (network.sectors[:count] == at).any()]
    names = [SECTOR_NAMES[at] for at in there]
    shown = published([[int(pairs[a * kinds + b]) for b in there] for a in there], Frame(), network.threshold)
    rows = tuple((name, *line) for name, line in zip(names, shown, strict=True))
    return Table(("who tells", *names), rows, "Practitioners of one sector who tell somebody of another",
                 note_of(network.threshold), heads=("who tells",))
