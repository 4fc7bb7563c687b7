"""The linked network: every actor once, however many cases it is in, and whom it tells, as flat arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agencygraph.caseloads.columns import SECTOR_WORDS
from agencygraph.caseloads.dice import Dice
from agencygraph.errors import UndefinedError
from agencygraph.measures.sectors import NO_SECTOR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

ANOTHER_SECTOR = "another sector"
SECTOR_NAMES = (NO_SECTOR, *SECTOR_WORDS[1:], ANOTHER_SECTOR)


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Flows by one of their ends: those of actor k lead to `ends[starts[k]:starts[k + 1]]`, each once, in order."""

    starts: Numbers
    ends: Numbers

    @property
    def degrees(self) -> Numbers:
        """How many flows each actor has."""
        return self.starts[1:] - self.starts[:-1]

    def degrees_at(self, actors: Numbers) -> Numbers:
        """How many flows each of some actors has."""
        return self.starts[actors + 1] - self.starts[actors]

    def within(self, count: int) -> Arcs:
        """Return the flows among the first so many actors."""
        import numpy as np

        ends = self.ends[: self.starts[count]]
        kept = ends < count
        before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(kept, dtype=np.int64)))
        return Arcs(before[self.starts[: count + 1]], ends[kept])


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class LinkedNetwork:
    """Who tells whom over many cases at once, with everybody in it once. Made by `link_flows` or `link_cases`.

    Attributes
    ----------
    out, into
        The flows by who tells and by who is told; actors are numbered from 0, practitioners first, then the families.
    firm
        For each flow in `into` whether it is firm; None where the flows do not say.
    practitioners
        How many practitioners, agencies, schools and carers there are.
    sectors
        For each actor the place of its sector in `SECTOR_NAMES`; "sector not given" also where it has several.
    keys
        The private key of each actor, as an Arrow array; no output shows one unless a `by_key` is asked for.
    relay
        Who passes news on: "practitioners" or "anyone".
    threshold
        Below it a count is withheld in every `table`; None withholds nothing.

    Examples
    --------
    >>> from agencygraph.linkage import link_flows
    >>> flows = {"source": ["s1", "w7"], "target": ["w7", "m3"]}
    >>> link_flows(flows, {"key": ["m3", "s1", "w7"], "kind": ["parent", "school", "practitioner"]})
    LinkedNetwork(3 actors, 2 of them practitioners, 2 flows)
    """

    out: Arcs
    into: Arcs
    firm: Flags | None
    practitioners: int
    sectors: Numbers
    keys: Any
    relay: str = "practitioners"
    threshold: int | None = 5

    def __len__(self) -> int:
        return len(self.sectors)

    @property
    def flows(self) -> int:
        """How many flows there are: each pair of who tells and who is told once, in however many cases it stands."""
        return len(self.into.ends)

    @property
    def relays(self) -> int:
        """How many actors pass news on; they are the first ones."""
        return len(self) if self.relay == "anyone" else self.practitioners

    def firm_only(self) -> LinkedNetwork:
        """Return the same network over firm flows alone.

        Raises
        ------
        UndefinedError
            Where the flows do not say which of them are firm.
        """
        if self.firm is None:
            raise UndefinedError("the flows do not say which of them are firm: give them a column `firm`.")
        source, target = self.into.ends[self.firm], ends_of(self.into)[self.firm]
        out, into, _ = arcs_of(source, target, None, len(self))
        return replace(self, out=out, into=into, firm=self.firm[self.firm])

    def sample(self, count: int, seed: int) -> Numbers:
        """Return some of those who pass news on, drawn without regard to anything but the seed, in order; all if few."""
        import numpy as np

        if count >= self.relays:
            return np.arange(self.relays)
        places = np.arange(self.relays)
        # The place breaks ties, so that the same are drawn whatever way numpy finds the least.
        drawn = (Dice(seed).below(1 << 31, places, "sample") << 31) | places
        return np.sort(np.partition(drawn, count)[:count] & ((1 << 31) - 1))

    def keys_at(self, places: Sequence[int] | Numbers) -> list[str | int]:
        """Return the private keys of some actors; None for one that was not linked."""
        import numpy as np

        found: list[str | int] = self.keys.take(np.asarray(places, dtype=np.int64)).to_pylist()
        return found

    def __repr__(self) -> str:
        return (f"LinkedNetwork({len(self):,} actor{'s' * (len(self) != 1)}, {self.practitioners:,} of them practitioners, "
                f"{self.flows:,} flow{'s' * (self.flows != 1)})")


def ends_of(arcs: Arcs) -> Numbers:
    """Return for each flow the actor under which it stands."""
    import numpy as np

    return np.repeat(np.arange(len(arcs.starts) - 1, dtype=np.int32), arcs.degrees)


def arcs_of(source: Numbers, target: Numbers, is_firm: Flags | None, count: int) -> tuple[Arcs, Arcs, Flags | None]:
    """Return flows by who tells and by who is told, each pair once, firm if it is firm anywhere; nobody tells itself.

    >>> import numpy as np
    >>> out, into, firm = arcs_of(np.array([1, 0, 1]), np.array([0, 1, 0]), np.array([False, False, True]), 2)
    >>> out.ends.tolist(), into.ends.tolist(), firm.tolist()
    ([1, 0], [1, 0], [True, False])
    """
    import numpy as np

    # One sorted number for each flow; of those of one pair the firm one comes first.
    words = _joined(target, source, count)
    words *= 2
    if is_firm is not None:
        words += ~is_firm
    words = words[source != target]
    words.sort()
    is_firm = None if is_firm is None else (words & 1) == 0
    words >>= 1
    first = np.ones(len(words), dtype=bool)
    np.not_equal(words[1:], words[:-1], out=first[1:])
    words = words[first]
    target, source = _parted(words, count)
    words = _joined(source, target, count)
    words.sort()
    out = Arcs(_starts(source, count), _parted(words, count)[1])
    return out, Arcs(_starts(target, count), source), None if is_firm is None else is_firm[first]


def _joined(one: Numbers, other: Numbers, count: int) -> Numbers:
    import numpy as np

    # In place, here and below: at many millions of flows each copy counts.
    words = one.astype(np.int64)
    words *= count
    words += other
    return words


def _parted(words: Numbers, count: int) -> tuple[Numbers, Numbers]:
    import numpy as np

    one = (words // max(count, 1)).astype(np.int32)
    other = words % max(count, 1)
    return one, other.astype(np.int32)


def _starts(places: Numbers, count: int) -> Numbers:
    import numpy as np

    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(places, minlength=count), out=starts[1:])
    return starts
