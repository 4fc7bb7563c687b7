"""M7: how many of us talk at all, how many both ways?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.flows import Flows, bits
from agencygraph.measures.questions import NO_TIES, Pair, Reading, question

DETAILS = ("all pairs", "between units", "within units")


@dataclass(slots=True)
class _Tally:
    """Pairs of practitioners under one head: how many there are, which talk, which talk both ways."""

    possible: int = 0
    talking: int = 0
    two_way: int = 0
    flows: tuple[Pair, ...] = ()
    two_way_flows: tuple[Pair, ...] = ()


@question(
    id="M7", name="pairs talking", asks="How many of us talk at all?",
    definition="Pairs of practitioners with a flow in at least one direction, of all pairs; also between units and within units.",
    about="map", unit="share", span=(0, 1), better="higher",
    sentence="{count} of {of} pairs of practitioners talk ({detail}).",
    undefined="there is no such pair, or the map has no ties", source="density of the undirected graph of practitioners",
)  # fmt: skip
def count_pairs_talking(flows: Flows) -> Iterator[Reading]:
    """How many pairs of practitioners talk at all; the pairs between units are the ones that matter.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "nurse": {"kind": "practitioner", "based_at": "school"}, "gp": "agency"},
    ...                ties=["school <=> nurse", "nurse => gp"])
    >>> [(r.detail, r.count, r.of) for r in count_pairs_talking(flows_of(case))]
    [('all pairs', 2, 3), ('between units', 1, 2), ('within units', 1, 1)]
    """
    for detail, tally in _tallies(flows).items():
        reason = "" if tally.possible else f"there is no such pair ({detail})"
        reason = reason or ("" if flows.counted else NO_TIES)
        yield Reading((), None if reason else tally.talking / tally.possible, tally.talking, tally.possible, detail,
                      pairs=tally.flows, ties=flows.ties_of_pairs(tally.flows), reason=reason)


@question(
    id="M7", name="two-way pairs", asks="Of those of us who talk, how many do so both ways?",
    definition="Of the pairs of practitioners who talk, those with a flow in both directions; also between and within units.",
    about="map", unit="share", span=(0, 1), better="higher",
    sentence="{count} of {of} pairs of practitioners who talk do so both ways ({detail}).",
    undefined="no such pair talks", source="reciprocity of connected pairs (dyadic.nonnull of the R package sna)",
)  # fmt: skip
def count_two_way_pairs(flows: Flows) -> Iterator[Reading]:
    """Of the pairs of practitioners who talk, how many talk both ways."""
    for detail, tally in _tallies(flows).items():
        count, of = tally.two_way, tally.talking
        yield Reading((), count / of if of else None, count, of, detail, pairs=tally.two_way_flows,
                      ties=flows.ties_of_pairs(tally.two_way_flows), reason="" if of else f"no pair talks ({detail})")


def _tallies(flows: Flows) -> dict[str, _Tally]:
    tallies = {detail: _Tally() for detail in DETAILS}
    for at in bits(flows.practitioners):
        for to in bits(flows.practitioners >> (at + 1) << (at + 1)):
            place = "within units" if flows.units[at] >> to & 1 else "between units"
            there, back = flows.out[at] >> to & 1, flows.out[to] >> at & 1
            ways = ((flows.ids[at], flows.ids[to]),) * there + ((flows.ids[to], flows.ids[at]),) * back
            for tally in (tallies["all pairs"], tallies[place]):
                tally.possible += 1
                tally.talking += there | back
                tally.two_way += there & back
                tally.flows += ways
                tally.two_way_flows += ways * (there & back)
    return tallies
