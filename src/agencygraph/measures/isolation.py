"""M4: how cut off is this unit from the others?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from agencygraph.flows import Flows, reach, rings, units_of
from agencygraph.measures.questions import Reading, question, share

_NOBODY_OUTSIDE = "there is no practitioner outside this unit"
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
    for unit in units_of(flows):
        outside, heard = flows.practitioners & ~unit, rings(flows, unit, backwards=True)
        closeness = _closeness(heard, outside)
        silent = outside & ~_all(heard)
        yield Reading(flows.ids_of(unit), (closeness[1] - closeness[0]) / closeness[1] if outside else None,
                      silent.bit_count(), outside.bit_count(), who=flows.ids_of(silent),
                      reason="" if outside else _NOBODY_OUTSIDE)


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
    for unit in units_of(flows):
        outside, told = flows.practitioners & ~unit, rings(flows, unit)
        closeness = _closeness(told, outside)
        reached = outside & _all(told)
        yield Reading(flows.ids_of(unit), closeness[0] / closeness[1] if outside else None, reached.bit_count(),
                      outside.bit_count(), who=flows.ids_of(reached), reason="" if outside else _NOBODY_OUTSIDE)


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
    for unit in units_of(flows):
        outside = flows.practitioners & ~unit
        found = reach(flows, unit, backwards=backwards) & outside
        yield share(flows.ids_of(unit), found.bit_count(), outside.bit_count(), _NOBODY_OUTSIDE, who=flows.ids_of(found))


def _closeness(found: tuple[int, ...], outside: int) -> tuple[int, int]:
    """Return the mean of 1/d over `outside` as a fraction of whole numbers, so that nothing is lost by rounding."""
    common = math.lcm(*range(1, len(found) + 1))
    total = sum((ring & outside).bit_count() * (common // d) for d, ring in enumerate(found, 1))
    return total, outside.bit_count() * common


def _all(found: tuple[int, ...]) -> int:
    together = 0
    for ring in found:
        together |= ring
    return together
