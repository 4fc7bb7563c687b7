"""M6: how does news get from one practitioner to another: among us, only through the family, or not at all?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, levels
from agencygraph.measures.questions import NO_EVIDENCE, NO_TIES, NOBODY_ELSE, Evidence, Reading, question, quick_reading

ROUTES = ("professional", "only via family", "none")
NO_NEWS = "no news passes between any two practitioners"


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
    counts = _count_ways(flows)
    of, reason = sum(counts), _reason(flows)
    for detail, count in zip(ROUTES, counts, strict=True):
        behind = (_via_family, flows) if detail == "only via family" else NO_EVIDENCE
        yield quick_reading((), (None if reason else count / of, count, of), detail, reason=reason, behind=behind)


@question(
    id="M6", name="messenger share", asks="How far do we leave it to the child and the family to carry our messages?",
    definition="Of the ordered pairs of practitioners with any route, those whose only routes run through the family.",
    about="map", unit="share", span=(0, 1), better="lower",
    sentence="{count} of {of} ways from one practitioner to another run only through the family.",
    undefined="there is no route between any two practitioners", source="this library",
)  # fmt: skip
def find_messenger_share(flows: Flows) -> Iterator[Reading]:
    """How many of the routes between practitioners run only through the family, with the pairs that depend on it."""
    among_us, count, _ = _count_ways(flows)
    of = among_us + count
    reason = "" if of else NO_NEWS
    yield quick_reading((), (count / of if of else None, count, of), reason=reason, behind=(_via_family, flows))


def _count_ways(flows: Flows) -> tuple[int, int, int]:
    """Count the ordered pairs of practitioners by the best route between them, in the order of `ROUTES`."""
    practitioners, own = flows.practitioners, [1 << at for at in range(len(flows.ids))]
    among_us, anyhow = (sum([(row & practitioners & ~one).bit_count() for one, row in zip(own, rows, strict=True)
                             if one & practitioners]) for rows in _reached(flows))
    size = practitioners.bit_count()
    return among_us, anyhow - among_us, size * (size - 1) - anyhow


def _reached(flows: Flows) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return whom everybody's news reaches among the practitioners, and whom with the family passing it on.

    The second follows from the first as in Warshall's algorithm: one more actor after the other passes news on.
    """
    among_us = levels(flows, relays=flows.practitioners)[-1]
    anyhow = among_us
    for at in bits(flows.family):
        onward = anyhow[at]
        anyhow = tuple([row | onward if row >> at & 1 else row for row in anyhow])
    return among_us, anyhow


def _via_family(flows: Flows) -> Evidence:
    """Name the ordered pairs of practitioners who reach each other through the family only."""
    among_us, anyhow = _reached(flows)
    return (), tuple((flows.ids[at], flows.ids[to]) for at in bits(flows.practitioners)
                     for to in bits(anyhow[at] & ~among_us[at] & ~(1 << at) & flows.practitioners)), ()


def _reason(flows: Flows) -> str:
    if flows.practitioners.bit_count() < 2:
        return NOBODY_ELSE
    return "" if flows.counted else NO_TIES
