"""M7: how many of us talk at all, how many both ways?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from agencygraph.flows import Flows, bits
from agencygraph.measures.questions import NO_TIES, Evidence, Pair, Reading, question, quick_reading

DETAILS = ("all pairs", "between units", "within units")
NO_SUCH_PAIR = "there is no such pair ({})"
NO_PAIR_TALKS = "no pair talks ({})"


class _Tally(NamedTuple):
    """Pairs of practitioners under one head: how many there are, which talk, which talk both ways."""

    possible: int
    talking: int
    two_way: int


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
        reason = "" if tally.possible else NO_SUCH_PAIR.format(detail)
        reason = reason or ("" if flows.counted else NO_TIES)
        value = None if reason else tally.talking / tally.possible
        yield quick_reading((), (value, tally.talking, tally.possible), detail, reason=reason,
                            behind=(_who_talk, flows, detail, False))


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
        yield quick_reading((), (count / of if of else None, count, of), detail, reason="" if of else NO_PAIR_TALKS.format(detail),
                            behind=(_who_talk, flows, detail, True))


@lru_cache(maxsize=64)
def _tallies(flows: Flows) -> dict[str, _Tally]:
    """Count every pair from both its ends, and take half."""
    practitioners = flows.practitioners
    size = practitioners.bit_count()
    possible = talking = two_way = inside = talking_inside = two_way_inside = 0
    for at, (unit, told, told_by) in enumerate(zip(flows.units, flows.out, flows.into, strict=True)):
        if practitioners >> at & 1:
            either, both = (told | told_by) & practitioners, told & told_by & practitioners
            possible += size - 1
            talking += either.bit_count()
            two_way += both.bit_count()
            inside += unit.bit_count() - 1
            talking_inside += (either & unit).bit_count()
            two_way_inside += (both & unit).bit_count()
    return {
        "all pairs": _Tally(possible // 2, talking // 2, two_way // 2),
        "between units": _Tally((possible - inside) // 2, (talking - talking_inside) // 2, (two_way - two_way_inside) // 2),
        "within units": _Tally(inside // 2, talking_inside // 2, two_way_inside // 2),
    }


def _who_talk(flows: Flows, detail: str, both_ways: bool) -> Evidence:
    """Name the flows between the practitioners who talk, or who talk both ways: of all pairs, between units, or within them."""
    pairs: list[Pair] = []
    for at in bits(flows.practitioners):
        own = flows.units[at]
        group = flows.practitioners & {"all pairs": -1, "between units": ~own, "within units": own}[detail] & -(2 << at)
        told, told_by = flows.out[at], flows.into[at]
        for to in bits(group & (told & told_by if both_ways else told | told_by)):
            one, other = flows.ids[at], flows.ids[to]
            pairs += ((one, other),) * (told >> to & 1) + ((other, one),) * (told_by >> to & 1)
    return (), tuple(pairs), flows.ties_of_pairs(pairs)
