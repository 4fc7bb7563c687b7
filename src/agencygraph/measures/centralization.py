"""R3: does the whole map hang on one actor?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from agencygraph.flows import Flows
from agencygraph.measures.betweenness import Rows, betweenness_of
from agencygraph.measures.questions import NO_TIES, Reading, question

_FREEMAN = "Freeman 1979; centralization of the R package sna, centr_degree and centr_betw (without loops) of igraph"
_TOO_FEW = "there are fewer than {} actors on the map"
_SENTENCE = "On a scale from 0 (all alike) to 1 (a star) the map is at {value}; highest: {who}."


@question(
    id="R3", name="in-degree centralization", asks="Does all the telling go to one actor?",
    definition="Sum over the actors of (highest number of tellers - own number), divided by (n - 1)², its value where all tell "
               "one actor and nobody else is told. All n actors, the family included.",
    about="map", unit="index of 0 (all alike) to 1 (one is told by all)", span=(0, 1), better="", sentence=_SENTENCE,
    undefined="there is one actor or none, or the map has no ties", source=_FREEMAN,
)  # fmt: skip
def find_in_centralization(flows: Flows) -> Iterator[Reading]:
    """Whether all the telling goes to one actor: Freeman's centralization of the in-degrees."""
    yield _reading(flows, [float(row.bit_count()) for row in flows.into], in_centralization_of(flows.out), least="two")


@question(
    id="R3", name="out-degree centralization", asks="Does all the telling come from one actor?",
    definition="Sum over the actors of (highest number told - own number), divided by (n - 1)², its value where one actor tells "
               "all and nobody else tells. All n actors, the family included.",
    about="map", unit="index of 0 (all alike) to 1 (one tells all)", span=(0, 1), better="", sentence=_SENTENCE,
    undefined="there is one actor or none, or the map has no ties", source=_FREEMAN,
)  # fmt: skip
def find_out_centralization(flows: Flows) -> Iterator[Reading]:
    """Whether all the telling comes from one actor: Freeman's centralization of the out-degrees.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp", "school => police"])
    >>> [(reading.value, reading.who) for reading in find_out_centralization(flows_of(case))]
    [(1.0, ('school',))]
    """
    yield _reading(flows, [float(row.bit_count()) for row in flows.out], out_centralization_of(flows.out), least="two")


@question(
    id="R3", name="betweenness centralization", asks="Do all the shortest routes pass through one actor?",
    definition="Sum over the actors of (highest betweenness - own betweenness), divided by (n - 1)²(n - 2), its value for a "
               "two-way star. Raw directed betweenness; all n actors, each of whom may pass news on, the family included.",
    about="map", unit="index of 0 (all alike) to 1 (a two-way star)", span=(0, 1), better="", sentence=_SENTENCE,
    undefined="there are fewer than three actors, or the map has no ties", source=_FREEMAN,
)  # fmt: skip
def find_betweenness_centralization(flows: Flows) -> Iterator[Reading]:
    """Whether all the shortest routes pass through one actor: Freeman's centralization of betweenness."""
    scores = betweenness_of(flows.out)
    yield _reading(flows, scores, _centralization(scores, (len(scores) - 1) ** 2 * (len(scores) - 2)), least="three")


def in_centralization_of(rows: Rows) -> float | None:
    """Return Freeman's in-degree centralization of a network; None for fewer than two actors.

    >>> in_centralization_of((0b000, 0b001, 0b001))
    1.0
    """
    counts = [sum(row >> at & 1 for row in rows) for at in range(len(rows))]
    return _centralization(counts, (len(rows) - 1) ** 2)


def out_centralization_of(rows: Rows) -> float | None:
    """Return Freeman's out-degree centralization of a network; None for fewer than two actors.

    >>> out_centralization_of((0b110, 0b000, 0b000))
    1.0
    """
    return _centralization([row.bit_count() for row in rows], (len(rows) - 1) ** 2)


def betweenness_centralization_of(rows: Rows) -> float | None:
    """Return Freeman's betweenness centralization of a network; None for fewer than three actors.

    >>> betweenness_centralization_of((0b110, 0b001, 0b001))
    1.0
    """
    return _centralization(betweenness_of(rows), (len(rows) - 1) ** 2 * (len(rows) - 2))


def _centralization(scores: Sequence[float], most: int) -> float | None:
    """Return the summed distance from the highest score, divided by the most it can be."""
    if not scores or most <= 0:
        return None
    highest = max(scores)
    return math.fsum(highest - score for score in scores) / most


def _reading(flows: Flows, scores: Sequence[float], value: float | None, least: str) -> Reading:
    reason = _TOO_FEW.format(least) if value is None else "" if flows.counted else NO_TIES
    # Where all are alike nobody is the highest.
    who = () if reason or not value else tuple(id for id, score in zip(flows.ids, scores, strict=True) if score == max(scores))
    return Reading((), None if reason else value, who=who, reason=reason)
