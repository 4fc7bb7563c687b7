"""M2: of those we tell, who never tells us back, or hardly?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Body, Flows, bits, bodies_of
from agencygraph.measures.questions import Evidence, Reading, question, quick_share

TELLS_NOBODY = "this unit tells no practitioner outside it"


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
    for body in bodies_of(flows):
        told, telling = _told_and_telling(flows, body)
        silent = told & ~telling
        yield quick_share(body.ids, (silent.bit_count(), told.bit_count()), TELLS_NOBODY,
                          (_silent, flows, body.members, silent))


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
    for body in bodies_of(flows):
        told, telling = _told_and_telling(flows, body)
        firmly_told = 0
        for at in body.places:
            firmly_told |= flows.critical[at]
        firmly_telling = sum(1 << at for at in bits(told) if flows.critical[at] & body.members)
        thin = told & firmly_told & telling & ~firmly_telling
        yield quick_share(body.ids, (thin.bit_count(), told.bit_count()), TELLS_NOBODY, (_thin, flows, body.members, thin))


def _told_and_telling(flows: Flows, body: Body) -> tuple[int, int]:
    """Return the practitioners outside a unit whom it tells, and everybody who tells somebody of it."""
    told = telling = 0
    for at in body.places:
        told |= flows.out[at]
        telling |= flows.into[at]
    return told & body.outside, telling


def _silent(flows: Flows, unit: int, silent: int) -> Evidence:
    return flows.ids_of(silent), (), flows.ties_between(unit, silent)


def _thin(flows: Flows, unit: int, thin: int) -> Evidence:
    return flows.ids_of(thin), (), flows.ties_joining(unit, thin)
