"""M4: how cut off is this unit from the others?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from agencygraph.flows import Body, Flows, bodies_of, levels
from agencygraph.measures.questions import Reading, people, question, quick_reading, quick_share

NOBODY_OUTSIDE = "there is no practitioner outside this unit"
# A unit; the sum of 1/d over the practitioners outside; who of them has a route; what the sum would be if all were next to it.
_Near = tuple[Body, int, int, int]
_SOURCE = "normalised harmonic closeness over professional routes: Marchiori & Latora 2000; Boldi & Vigna 2014"


@question(
    id="M4", name="isolation", asks="How cut off is this unit from what the others know?",
    definition="1 minus the mean, over the practitioners outside the unit, of 1/d, d being the fewest hand-offs by which news "
               "from them reaches the unit; who never reaches it adds 0.",
    about="unit", unit="share of 0 (hears everybody at first hand) to 1 (hears from nobody)", span=(0, 1), better="lower",
    sentence="{about} never hears from {count} of {of} practitioners outside (isolation {value}).",
    undefined="there is no practitioner outside the unit", source=_SOURCE,
)  # fmt: skip
def find_isolation(flows: Flows) -> Iterator[Reading]:
    """How cut off each unit is from the practitioners outside it, and by name whom it never hears from.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["gp => ssd", "ssd => school"])
    >>> [(r.about, r.value, r.count, r.of) for r in find_isolation(flows_of(case))][0]
    (('school',), 0.25, 0, 2)
    """
    for body, near, reached, most in _nearness(flows, True):
        silent, outside = body.outside & ~reached, body.outside.bit_count()
        yield quick_reading(body.ids, ((most - near) / most if outside else None, silent.bit_count(), outside),
                            reason="" if outside else NOBODY_OUTSIDE, behind=(people, flows, silent))


@question(
    id="M4", name="voice", asks="How well do the others hear this unit?",
    definition="The mean, over the practitioners outside the unit, of 1/d, d being the fewest hand-offs by which news from the "
               "unit reaches them; whom it never reaches adds 0.",
    about="unit", unit="share of 0 (nobody hears it) to 1 (everybody hears it at first hand)", span=(0, 1), better="higher",
    sentence="{about} is heard by {count} of {of} practitioners outside (voice {value}).",
    undefined="there is no practitioner outside the unit", source=_SOURCE,
)  # fmt: skip
def find_voice(flows: Flows) -> Iterator[Reading]:
    """How well each unit is heard by the practitioners outside it, and by name who hears it."""
    for body, near, reached, most in _nearness(flows, False):
        outside = body.outside.bit_count()
        yield quick_reading(body.ids, (near / most if outside else None, reached.bit_count(), outside),
                            reason="" if outside else NOBODY_OUTSIDE, behind=(people, flows, reached))


@question(
    id="M4", name="hears from", asks="Whose news comes to this unit at all?",
    definition="The practitioners outside the unit from whom a professional route runs to it.",
    about="unit", unit="share", span=(0, 1), better="higher",
    sentence="{about} hears, at first hand or through others, from {count} of {of} practitioners outside: {who}.",
    undefined="there is no practitioner outside the unit", source="reach over professional routes",
)  # fmt: skip
def find_hears_from(flows: Flows) -> Iterator[Reading]:
    """From which practitioners outside news comes to each unit, at first hand or through others."""
    return _reached(flows, backwards=True)


@question(
    id="M4", name="heard by", asks="To whom does the news of this unit come at all?",
    definition="The practitioners outside the unit to whom a professional route runs from it.",
    about="unit", unit="share", span=(0, 1), better="higher",
    sentence="{about} is heard, at first hand or through others, by {count} of {of} practitioners outside: {who}.",
    undefined="there is no practitioner outside the unit", source="reach over professional routes",
)  # fmt: skip
def find_heard_by(flows: Flows) -> Iterator[Reading]:
    """To which practitioners outside the news of each unit comes, at first hand or through others."""
    return _reached(flows, backwards=False)


def _reached(flows: Flows, backwards: bool) -> Iterator[Reading]:
    for body, _, reached, _ in _nearness(flows, backwards):
        yield quick_share(body.ids, (reached.bit_count(), body.outside.bit_count()), NOBODY_OUTSIDE, (people, flows, reached))


@lru_cache(maxsize=64)
def _nearness(flows: Flows, backwards: bool) -> tuple[_Near, ...]:
    """Return how near each unit is to the others, in whole numbers, so that nothing is lost by rounding."""
    bodies = bodies_of(flows)
    rounds = [[*rows] for rows in levels(flows, backwards=backwards)]
    for body in bodies:
        first, *others = body.places
        for at in others:
            for rows in rounds:
                rows[first] |= rows[at]
    last = len(rounds)
    common = math.lcm(*range(1, last + 1))
    # Whoever is met within d hand-offs counts 1/d - 1/(d + 1) here, and so again at each later one: 1/d in all.
    parts = [common // d - (common // (d + 1) if d < last else 0) for d in range(1, last + 1)]
    weighted = tuple(zip(rounds, parts, strict=True))
    found = []
    for body in bodies:
        near, first, outside = 0, body.places[0], body.outside
        for rows, part in weighted:
            near += (rows[first] & outside).bit_count() * part
        found.append((body, near, rounds[-1][first] & outside, outside.bit_count() * common))
    return tuple(found)
