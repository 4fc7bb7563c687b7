"""Reach: how many come to know within one, two, three hand-offs what somebody in the partnership says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.generator import check_count
from agencygraph.errors import InvalidError
from agencygraph.linkage.columns import keys_of, places_of, raise_rows
from agencygraph.linkage.network import LinkedNetwork
from agencygraph.linkage.publishing import bands_of, counted, named, note_of, published
from agencygraph.linkage.sweeps import WORD, bit_counts, sweep
from agencygraph.suppression import WITHHELD, Frame
from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Reach:
    """How far news travels from many starts. Made by `reach_of`.

    Attributes
    ----------
    starts
        The numbers of those who tell first.
    told, practitioners
        One row for each start, one column for each number of hand-offs from 1: how many know by then, all and practitioners
        alone, whoever tells first not counted. The counts as they are, not for publication.
    network
        In which it was asked.
    """

    starts: Numbers
    told: Numbers
    practitioners: Numbers
    network: LinkedNetwork

    @property
    def table(self) -> Table:
        """From how many of the starts how many practitioners are reached, for each number of hand-offs; small counts withheld."""
        threshold = self.network.threshold
        bands = bands_of(int(self.practitioners.max(initial=0)))
        grid = [[*found, sum(found)] for found in (counted(column, bands) for column in self.practitioners.T)]
        cells = published(grid, Frame(total_column=len(bands)), threshold)
        rows: list[tuple[Cell, ...]] = [(at, *line, self._mean(at)) for at, line in enumerate(cells, 1)]
        return Table(("hand-offs", *map(named, bands), "starts", "on average"), tuple(rows),
                     "From how many starts so many practitioners come to know, within so many hand-offs",
                     f"{self._passing()} {note_of(threshold)}", heads=("hand-offs",))  # fmt: skip

    def by_key(self) -> Table:
        """Return one row for each start with its private key, for use inside the partnership; nothing is withheld."""
        steps = [f"within {at}" for at in range(1, self.told.shape[1] + 1)]
        rows = [(key, *line) for key, line in zip(self.network.keys_at(self.starts), self.told.tolist(), strict=True)]
        return Table(("key", *steps), tuple(rows), "How many come to know within so many hand-offs",
                     f"{self._passing()} Private keys and small counts: not for publication.", heads=("key",))  # fmt: skip

    def _mean(self, step: int) -> Cell:
        # The average of one or two is as good as their numbers.
        if not len(self.starts):
            return None
        if self.network.threshold is not None and len(self.starts) < self.network.threshold:
            return WITHHELD
        return round(int(self.practitioners[:, step - 1].sum()) / len(self.starts), 1)

    def _passing(self) -> str:
        return "Anyone passes news on." if self.network.relay == "anyone" else "Child and family pass nothing on."

    def __repr__(self) -> str:
        return f"Reach({len(self.starts)} start{'s' * (len(self.starts) != 1)}, up to {self.told.shape[1]} hand-offs)"


def reach_of(network: LinkedNetwork, starts: Sequence[str | int] | None = None, *, sample: int = 64, most: int | None = None,
             seed: int = 1) -> Reach:  # fmt: skip
    """Say how many come to know within one, two, three hand-offs what each of some starts says.

    Parameters
    ----------
    network
        The network; `network.firm_only()` for firm flows alone.
    starts
        The keys of those who tell first, of the family too; they tell, and after that only who passes news on does.
    sample
        Where no starts are named: how many of those who pass news on are drawn.
    most
        After how many hand-offs to stop; None goes on until nobody new is told.
    seed
        Another whole number draws others.

    Raises
    ------
    InvalidError
        For a key that nobody has (by its place in `starts`), or where sample, most or seed is no whole number of 0 or more.

    Source: Then et al. 2014, The more the merrier: efficient multi-source graph traversal, PVLDB 8(4).

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> people = {"key": ["s", "w", "m"], "kind": ["school", "practitioner", "parent"]}
    >>> chain = link_flows({"source": ["s", "w", "m"], "target": ["w", "m", "s"]}, people)
    >>> reach_of(chain, ["s", "m"]).told.tolist()
    [[1, 2], [1, 2]]
    >>> reach_of(chain, ["w"]).told.tolist()
    [[1]]
    """
    import numpy as np

    for value, name in ((sample, "sample"), (seed, "seed"), (0 if most is None else most, "most")):
        check_count(value, name)
    places = network.sample(sample, seed) if starts is None else _places(network, starts)
    parts = [_counts(network, places[at : at + WORD], most) for at in range(0, len(places), WORD)]
    steps = max((len(part) for part in parts), default=0)
    found = np.zeros((2, len(places), steps), dtype=np.int64)
    for at, part in enumerate(parts):
        for step, (everyone, practitioners) in enumerate(part):
            rows = slice(at * WORD, min((at + 1) * WORD, len(places)))
            found[0, rows, step], found[1, rows, step] = everyone, practitioners
    told, practitioners = np.cumsum(found, axis=2)
    return Reach(places, told, practitioners, network)


def _places(network: LinkedNetwork, starts: Sequence[str | int]) -> Numbers:
    from agencygraph.caseloads.arrow import arrow

    pa = arrow()
    try:
        given = pa.array(list(starts))
    except (pa.ArrowException, TypeError):
        raise InvalidError("starts are keys: texts or whole numbers, all of one type.") from None
    known, asked = keys_of([network.keys, given], "starts")
    places = places_of(asked, known)
    raise_rows((places < 0) | given.is_null().to_numpy(zero_copy_only=False), "start {row}: nobody in the network has this key.")
    return places


def _counts(network: LinkedNetwork, starts: Numbers, most: int | None) -> list[tuple[Numbers, Numbers]]:
    """Return for each hand-off how many are newly told from each start: all, and practitioners alone."""
    found: list[tuple[Numbers, Numbers]] = []
    if most == 0:
        return found
    for told in sweep(network, starts):
        practitioners = bit_counts(told[: network.practitioners])
        everyone = practitioners + bit_counts(told[network.practitioners :])
        found.append((everyone[: len(starts)], practitioners[: len(starts)]))
        if len(found) == most:
            break
    return found
