"""How much one more link would help those who should hear: the gain in expected audience, if ties sometimes fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.flows import bits
from agencygraph.measures.link_gains import Link, Rows, with_flows
from agencygraph.measures.sampling import draw_works, estimate, spread
from agencygraph.measures.state_sum import BUDGET, net_of, sum_states


@dataclass(frozen=True, slots=True)
class Audience:
    """The aim that what one actor learns reaches many: a point for each practitioner who learns it, on average.

    `critical` also holds which flows would be critical if they were added. Where a map is too dense to be exact, the same
    samples serve the map with the link and the map without it.

    >>> aim = Audience((0b110, 0b101, 0b011), 0b111, 0b111, 0, (0.5, 0.25))
    >>> aim.score((0b010, 0, 0)), aim.gains((0b010, 0, 0), [((0, 2),), ((1, 2),)])
    (0.5, [0.5, 0.25])
    """

    critical: Rows
    practitioners: int
    relays: int
    start: int
    odds: tuple[float, float]
    budget: int = BUDGET

    def score(self, out: Rows) -> float:
        """Return how many practitioners learn it on average, exactly or, for a dense map, over samples."""
        net = net_of(out, self.critical, self.start, self.relays, self.odds)
        wanted = self.practitioners & ~(1 << self.start)
        found = sum_states(net, wanted, self.budget)
        if found is not None:
            return found.expected
        told = spread(net, draw_works(net, [str(at) for at in range(len(out))]))
        return estimate([told[at] for at in bits(wanted)]).value

    def gains(self, out: Rows, links: Sequence[Link]) -> list[float]:
        """Return for each link how many practitioners more would learn it on average."""
        now = self.score(out)
        return [max(round(self.score(with_flows(out, link)) - now, 12), 0.0) for link in links]
