"""M2: of those we tell, who never tells us back, or hardly?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, units_of
from agencygraph.measures.questions import Reading, question, share

_TELLS_NOBODY = "this unit tells no practitioner outside it"


@question(
    id="M2", name="no return", asks="Of those we tell, who never tells us back?",
    definition="Of the practitioners outside a unit to whom a flow runs from it, those from whom no flow runs back to it.",
    about="unit", unit="share", span=(0, 1), better="lower",
    sentence="{about} is never told back by {count} of the {of} it tells outside: {who}.",
    undefined="the unit tells no practitioner outside it", source="this library; Bexley study, one-way flows",
)  # fmt: skip
def find_no_return(flows: Flows) -> Iterator[Reading]:
    """Whom each unit tells without ever being told back, counted and named.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "social_services": "agency"}, ties=["school => social_services"])
    >>> [(r.about, r.count, r.of, r.who, r.reason) for r in find_no_return(flows_of(case))]
    [(('school',), 1, 1, ('social_services',), ''), \
(('social_services',), 0, 0, (), 'this unit tells no practitioner outside it')]
    """
    for unit in units_of(flows):
        told = _told(flows, unit)
        silent = told & ~_telling(flows, unit)
        yield share(flows.ids_of(unit), silent.bit_count(), told.bit_count(), _TELLS_NOBODY, who=flows.ids_of(silent),
                    ties=flows.ties_between(unit, silent))


@question(
    id="M2", name="thin return", asks="Of those we tell, who tells us back only weakly?",
    definition="Of the practitioners outside a unit to whom a flow runs from it, those whose strongest flow back is weaker "
               "than the strongest flow to them.",
    about="unit", unit="share", span=(0, 1), better="lower",
    sentence="{about} is told back less firmly by {count} of the {of} it tells outside: {who}.",
    undefined="the unit tells no practitioner outside it", source="this library",
)  # fmt: skip
def find_thin_return(flows: Flows) -> Iterator[Reading]:
    """Who tells each unit back by a peripheral tie only, although it is told by a critical one."""
    for unit in units_of(flows):
        told = _told(flows, unit)
        firmly_told = sum(1 << at for at in bits(told) if any(flows.critical[own] >> at & 1 for own in bits(unit)))
        firmly_telling = sum(1 << at for at in bits(told) if flows.critical[at] & unit)
        thin = firmly_told & ~firmly_telling & _telling(flows, unit)
        yield share(flows.ids_of(unit), thin.bit_count(), told.bit_count(), _TELLS_NOBODY, who=flows.ids_of(thin),
                    ties=flows.ties_joining(unit, thin))


def _told(flows: Flows, unit: int) -> int:
    """Return the practitioners outside a unit whom it tells."""
    found = 0
    for at in bits(unit):
        found |= flows.out[at]
    return found & flows.practitioners & ~unit


def _telling(flows: Flows, unit: int) -> int:
    """Return everybody who tells somebody of a unit."""
    found = 0
    for at in bits(unit):
        found |= flows.into[at]
    return found
