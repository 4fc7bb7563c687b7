"""R6: how are the flows spread over the pairs: two-way, one-way, none; and who is out of reach of whom?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.flows import Flows, bits
from agencygraph.measures.betweenness import Rows, layers_from
from agencygraph.measures.questions import NO_TIES, Reading, question, share

_ONE_ACTOR = "there is no second actor on the map"


@question(
    id="R6", name="dyad census", asks="How many pairs talk both ways, one way, not at all?",
    definition="Unordered pairs of actors with both flows (mutual), with one (asymmetric) and with neither (null). All actors, the "
               "family included.",
    about="map", unit="pairs", span=(0, None), better="", sentence="{count} of {of} pairs of actors are {detail}.",
    undefined="never: without a pair the counts are 0", source="Holland & Leinhardt 1970; dyad.census of the R package sna",
)  # fmt: skip
def count_dyads(flows: Flows) -> Iterator[Reading]:
    """How many pairs of actors talk both ways, one way and not at all, the family included.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school <=> gp", "gp => police"])
    >>> [(reading.detail, reading.count, reading.of) for reading in count_dyads(flows_of(case))]
    [('mutual', 1, 3), ('asymmetric', 1, 3), ('null', 1, 3)]
    """
    dyads = dyads_of(flows.out)
    for detail, count in (("mutual", dyads.mutual), ("asymmetric", dyads.asymmetric), ("null", dyads.null)):
        yield Reading((), count, count, dyads.pairs, detail)


@question(
    id="R6", name="arc density", asks="How many of all possible flows are there?",
    definition="Flows, of the n(n - 1) ordered pairs of actors. All n actors, the family included.",
    about="map", unit="share", span=(0, 1), better="", sentence="{count} of {of} possible flows are on the map.",
    undefined="there is one actor or none, or the map has no ties",
    source="Wasserman & Faust 1994, chapter 4; gden of the R package sna",
)  # fmt: skip
def find_arc_density(flows: Flows) -> Iterator[Reading]:
    """How many of all possible flows there are, the family included."""
    dyads = dyads_of(flows.out)
    yield _share_of_map(flows, dyads.arcs, 2 * dyads.pairs)


@question(
    id="R6", name="edgewise reciprocity", asks="Of all flows, how many are returned?",
    definition="Flows whose opposite is there too, of all flows: 2M / (2M + A). All actors, the family included.",
    about="map", unit="share", span=(0, 1), better="", sentence="{count} of {of} flows are returned.",
    undefined="there are no flows",
    source="grecip, edgewise, of the R package sna; reciprocity of igraph and of networkx",
)  # fmt: skip
def find_edgewise_reciprocity(flows: Flows) -> Iterator[Reading]:
    """Of all flows, how many are returned, the family included."""
    dyads = dyads_of(flows.out)
    yield share((), 2 * dyads.mutual, dyads.arcs, "there are no flows to be returned")


@question(
    id="R6", name="fragmentation", asks="How many of us can never reach one another, by whatever route?",
    definition="Ordered pairs of actors with no directed route, of all n(n - 1); with 'distance-weighted': 1 - the mean of 1/d "
               "over all ordered pairs, d being the fewest hand-offs and 1/d being 0 without a route. All n actors, each of "
               "whom may pass news on, the family included.",
    about="map", unit="share of 0 (all reach all) to 1 (nobody reaches anybody)", span=(0, 1), better="",
    sentence="{count} of {of} ordered pairs of actors have no route ({detail}: {value}).",
    undefined="there is one actor or none, or the map has no ties",
    source="Borgatti 2006, on directed routes",
)  # fmt: skip
def find_fragmentation(flows: Flows) -> Iterator[Reading]:
    """How many ordered pairs of actors have no route, and the same with far pairs counted as partly apart."""
    n = len(flows.ids)
    apart, pairs = unreachable_of(flows.out), n * (n - 1)
    yield _share_of_map(flows, apart, pairs, "plain")
    reason = _missing(flows, pairs)
    yield Reading((), None if reason else distance_fragmentation_of(flows.out), apart, pairs, "distance-weighted", reason=reason)


@dataclass(frozen=True, slots=True)
class Dyads:
    """How many unordered pairs of actors are tied both ways, one way, not at all.

    >>> Dyads(mutual=1, asymmetric=2, null=0).arcs
    4
    """

    mutual: int
    asymmetric: int
    null: int

    @property
    def pairs(self) -> int:
        """All pairs."""
        return self.mutual + self.asymmetric + self.null

    @property
    def arcs(self) -> int:
        """All flows."""
        return 2 * self.mutual + self.asymmetric


def dyads_of(rows: Rows) -> Dyads:
    """Count the pairs of a network: row k is the set of those whom actor k tells.

    >>> dyads_of((0b010, 0b101, 0b000))
    Dyads(mutual=1, asymmetric=1, null=1)
    """
    arcs = sum(row.bit_count() for row in rows)
    mutual = sum(rows[to] >> at & 1 for at, row in enumerate(rows) for to in bits(row)) // 2
    asymmetric = arcs - 2 * mutual
    return Dyads(mutual, asymmetric, len(rows) * (len(rows) - 1) // 2 - mutual - asymmetric)


def unreachable_of(rows: Rows) -> int:
    """Count the ordered pairs of a network without a directed route, everybody passing news on.

    >>> unreachable_of((0b010, 0b100, 0b000))
    3
    """
    reached = sum(layer.bit_count() for start in range(len(rows)) for layer in layers_from(rows, start)[1:])
    return len(rows) * (len(rows) - 1) - reached


def distance_fragmentation_of(rows: Rows) -> float | None:
    """Return 1 - the mean of 1/d over the ordered pairs of a network; None for fewer than two actors.

    >>> distance_fragmentation_of((0b010, 0b100, 0b000))
    0.5833333333333334
    """
    pairs = len(rows) * (len(rows) - 1)
    if not pairs:
        return None
    common = math.lcm(*range(1, len(rows)))  # as whole numbers, so that nothing is lost before the one division
    near = sum(layer.bit_count() * (common // d) for start in range(len(rows))
               for d, layer in enumerate(layers_from(rows, start)) if d)
    return (pairs * common - near) / (pairs * common)


def _missing(flows: Flows, pairs: int) -> str:
    return "" if pairs and flows.counted else NO_TIES if pairs else _ONE_ACTOR


def _share_of_map(flows: Flows, count: int, of: int, detail: str = "") -> Reading:
    """Return "count of of"; a map on which nobody has drawn a tie has no share."""
    reason = _missing(flows, of)
    return Reading((), None if reason else count / of, count, of, detail, reason=reason)
