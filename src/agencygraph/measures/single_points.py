"""M9: who, or which tie, would we be lost without?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, reach, with_ties
from agencygraph.measures.questions import Pair, Reading, question, share

_NO_ROUTES = "no news passes between any two of the practitioners in question"


@question(
    id="M9", name="single points", asks="Without whom would we no longer reach each other?",
    definition="Ordered pairs of the other practitioners who have a professional route, and have none once this practitioner is "
               "gone; of those who have one.",
    about="actor", unit="share", span=(0, 1), better="lower",
    sentence="Without {about}, {count} of {of} ways from one practitioner to another are lost: {who}.",
    undefined="there is no route between any two of the other practitioners",
    source="cut vertices (Hopcroft & Tarjan 1973), counted over directed professional routes",
)  # fmt: skip
def find_single_points(flows: Flows) -> Iterator[Reading]:
    """Which routes between the others hang on one practitioner, counted and named; 0 where there is always another way.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["gp => ssd", "ssd => school"])
    >>> [(r.about, r.count, r.of, r.pairs) for r in find_single_points(flows_of(case))][2]
    (('ssd',), 1, 1, (('gp', 'school'),))
    """
    reached = reached_by_each(flows)
    for at in bits(flows.practitioners):
        own = 1 << at
        of = sum((row & ~own).bit_count() for start, row in reached.items() if start != at)
        pairs = lost_without(flows, at)
        yield share((flows.ids[at],), len(pairs), of, _NO_ROUTES, pairs=pairs,
                    ties=flows.ties_joining(own, flows.practitioners) if pairs else ())


@question(
    id="M9", name="single ties", asks="Without which tie would we no longer reach each other?",
    definition="Ordered pairs of practitioners who have a professional route, and have none once this tie is gone, both ways if it "
               "is a two-way tie; of those who have one.",
    about="tie", unit="share", span=(0, 1), better="lower",
    sentence="Without the tie {about}, {count} of {of} ways from one practitioner to another are lost: {who}.",
    undefined="there is no route between any two practitioners", source="bridges, counted over directed professional routes",
)  # fmt: skip
def find_single_ties(flows: Flows) -> Iterator[Reading]:
    """Which routes between practitioners hang on one tie, counted and named; 0 where there is always another way."""
    reached = reached_by_each(flows)
    of = sum(row.bit_count() for row in reached.values())
    places = dict.fromkeys(place for (at, to), place in flows.tie_at.items() if flows.relays >> at & 1 and
                           (flows.relays | flows.practitioners) >> to & 1)
    for place in sorted(places):
        tie = flows.case.ties[place]
        without = reached_by_each(with_ties(flows, flows.counted & ~(1 << place)))
        pairs = tuple((flows.ids[at], flows.ids[to]) for at, row in reached.items() for to in bits(row & ~without[at]))
        yield share((tie.source, tie.target), len(pairs), of, _NO_ROUTES, pairs=pairs, ties=(tie,))


def reached_by_each(flows: Flows) -> dict[int, int]:
    """Return for the number of each practitioner the set of other practitioners to whom its news comes."""
    return {at: reach(flows, 1 << at) & flows.practitioners & ~(1 << at) for at in bits(flows.practitioners)}


def lost_without(flows: Flows, actor: int) -> tuple[Pair, ...]:
    """Return the ordered pairs of other practitioners who lose their route when one actor is gone, in the order of the case."""
    gone = 1 << actor
    pairs: list[Pair] = []
    for at in bits(flows.practitioners & ~gone):
        had = reach(flows, 1 << at)
        # News that never comes to the one who leaves is not carried by that one.
        if had & gone:
            lost = had & ~reach(flows, 1 << at, relays=flows.relays & ~gone) & flows.practitioners & ~gone
            pairs += [(flows.ids[at], flows.ids[to]) for to in bits(lost)]
    return tuple(pairs)
