"""R4: on how many shortest routes does an actor stand between two others?"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from agencygraph.flows import Flows, bits
from agencygraph.measures.questions import Reading, question

Rows = tuple[int, ...]


@question(
    id="R4", name="betweenness", asks="On how many shortest routes does this actor stand between two others?",
    definition="Sum, over ordered pairs of other actors with a route, of the share of their shortest routes that pass through the "
               "actor. Directed, not divided by anything; all actors, each of whom may pass news on, the family included.",
    about="actor", unit="ordered pairs", span=(0, None), better="",
    sentence="{about} stands between {value} ordered pairs of the others.",
    undefined="never: an actor between nobody has 0",
    source="Freeman 1977; directed as in White & Borgatti 1994; betweenness of the R packages sna and igraph",
)  # fmt: skip
def find_betweenness(flows: Flows) -> Iterator[Reading]:
    """On how many shortest routes each actor stands between two others, the child and the family included.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp", "gp => police"])
    >>> [(reading.about, reading.value) for reading in find_betweenness(flows_of(case))]
    [(('school',), 0.0), (('gp',), 1.0), (('police',), 0.0)]
    """
    for id, value in zip(flows.ids, betweenness_of(flows.out), strict=True):
        yield Reading((id,), value)


def betweenness_of(rows: Rows) -> tuple[float, ...]:
    """Return the raw directed betweenness of every actor of a network.

    Each term is one division of whole numbers, and the sum of the terms is rounded once, so that the order of the actors
    makes no difference, not even in the last digit.

    Parameters
    ----------
    rows
        Row k is the set of those whom actor k tells, actor j being bit j.

    Examples
    --------
    >>> betweenness_of((0b0110, 0b1000, 0b1000, 0b0000))
    (0.0, 0.5, 0.5, 0.0)
    """
    layers = tuple(layers_from(rows, start) for start in range(len(rows)))
    routes = tuple(_count_routes(rows, found) for found in layers)
    terms: list[list[float]] = [[] for _ in rows]
    for start, found in enumerate(layers):
        for steps, middles in enumerate(found[1:-1], 1):
            for middle in bits(middles):
                # Beyond the middle lies on a shortest route whoever is as far from it as the two distances say.
                for further, ends in enumerate(layers[middle][1:], 1):
                    if steps + further >= len(found):
                        break
                    for end in bits(ends & found[steps + further]):
                        terms[middle].append(routes[start][middle] * routes[middle][end] / routes[start][end])
    return tuple(math.fsum(found) for found in terms)


def layers_from(rows: Rows, start: int) -> Rows:
    """Return who is first told after nought, one, two hand-offs, until nobody new is told; everybody passes news on.

    >>> layers_from((0b010, 0b101, 0b000), 0)
    (1, 2, 4)
    """
    found, known = [1 << start], 1 << start
    while found[-1]:
        told = 0
        for at in bits(found[-1]):
            told |= rows[at]
        found.append(told & ~known)
        known |= told
    return tuple(found[:-1])


def _count_routes(rows: Rows, layers: Rows) -> list[int]:
    """Return how many shortest routes lead from the start of the layers to every actor."""
    counts = [0] * len(rows)
    counts[layers[0].bit_length() - 1] = 1
    for near, far in itertools.pairwise(layers):
        for at in bits(near):
            for to in bits(rows[at] & far):
                counts[to] += counts[at]
    return counts
