"""M6: how does news get from one practitioner to another: among us, only through the family, or not at all?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, reach
from agencygraph.measures.questions import NO_TIES, NOBODY_ELSE, Pair, Reading, question

ROUTES = ("professional", "only via family", "none")


@question(
    id="M6", name="route split",
    asks="How does news get from one of us to another: among us, only through the family, or not at all?",
    definition="Ordered pairs of practitioners by the best route between them: professional (nobody of the family passes news on), "
               "only via family, or none. Always with the family as no relay, whatever else is asked for.",
    about="map", unit="share", span=(0, 1), better="",
    sentence="{count} of {of} ways from one practitioner to another: {detail}.",
    undefined="there are fewer than two practitioners, or no ties", source="this library",
)  # fmt: skip
def split_routes(flows: Flows) -> Iterator[Reading]:
    """How news gets from each practitioner to each other one: among practitioners, only via the family, or not at all.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"child": "child", "school": "school", "gp": "agency"}, ties=["school <=> child", "child => gp"])
    >>> [(r.detail, r.count, r.of) for r in split_routes(flows_of(case))]
    [('professional', 0, 2), ('only via family', 1, 2), ('none', 1, 2)]
    """
    counts, via_family = _split(flows)
    of, reason = sum(counts.values()), _reason(flows)
    for detail in ROUTES:
        yield Reading((), None if reason else counts[detail] / of, counts[detail], of, detail,
                      pairs=via_family if detail == "only via family" else (), reason=reason)


@question(
    id="M6", name="messenger share", asks="How far do we leave it to the child and the family to carry our messages?",
    definition="Of the ordered pairs of practitioners with any route, those whose only routes run through the family.",
    about="map", unit="share", span=(0, 1), better="lower",
    sentence="{count} of {of} ways from one practitioner to another run only through the family.",
    undefined="there is no route between any two practitioners", source="this library",
)  # fmt: skip
def find_messenger_share(flows: Flows) -> Iterator[Reading]:
    """How many of the routes between practitioners run only through the family, with the pairs that depend on it."""
    counts, via_family = _split(flows)
    of = counts["professional"] + counts["only via family"]
    reason = "" if of else "no news passes between any two practitioners"
    count = counts["only via family"]
    yield Reading((), count / of if of else None, count, of, pairs=via_family, reason=reason)


def _split(flows: Flows) -> tuple[dict[str, int], tuple[Pair, ...]]:
    """Count the ordered pairs by route, and name those that depend on the family."""
    counts = dict.fromkeys(ROUTES, 0)
    pairs: list[Pair] = []
    for at in bits(flows.practitioners):
        others = flows.practitioners & ~(1 << at)
        among_us = reach(flows, 1 << at, relays=flows.practitioners) & others
        via_family = reach(flows, 1 << at, relays=flows.everyone) & others & ~among_us
        pairs += [(flows.ids[at], flows.ids[to]) for to in bits(via_family)]
        for detail, found in zip(ROUTES, (among_us, via_family, others & ~among_us & ~via_family), strict=True):
            counts[detail] += found.bit_count()
    return counts, tuple(pairs)


def _reason(flows: Flows) -> str:
    if flows.practitioners.bit_count() < 2:
        return NOBODY_ELSE
    return "" if flows.counted else NO_TIES
