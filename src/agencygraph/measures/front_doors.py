"""M11: how many practitioners must this member of the family deal with?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, units_of
from agencygraph.measures.questions import Evidence, Reading, question, quick_reading


@question(
    id="M11", name="front doors", asks="How many practitioners must this member of the family deal with?",
    definition="Practitioners with a tie to the child, parent or other family member in either direction; the same by unit; and "
               "those with whom news passes both ways.",
    about="actor", unit="people", span=(0, None), better="",
    sentence="{about} deals with {count} of {of} {detail}: {who}.",
    undefined="never: nobody to deal with is 0, and said in words", source="Bexley study, number of practitioners round the child",
)  # fmt: skip
def count_front_doors(flows: Flows) -> Iterator[Reading]:
    """How many practitioners each member of the family deals with, how many units, and with how many news passes both ways.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"child": "child", "school": "school", "gp": "agency"}, ties=["school <=> child", "child => gp"])
    >>> [(r.detail, r.count, r.of) for r in count_front_doors(flows_of(case))]
    [('practitioners', 2, 2), ('units', 2, 2), ('practitioners, both ways', 1, 2)]
    """
    units, practitioners = units_of(flows), flows.practitioners
    everybody = practitioners.bit_count()
    for at in bits(flows.family):
        told, told_by = flows.out[at], flows.into[at]
        met, both = (told | told_by) & practitioners, told & told_by & practitioners
        words = "" if met else "tied to no practitioner" if told | told_by else "absent from the map"
        met_units = sum(1 for unit in units if unit & met)
        for detail, count, of, who in (("practitioners", met.bit_count(), everybody, met), ("units", met_units, len(units), met),
                                       ("practitioners, both ways", both.bit_count(), everybody, both)):
            yield quick_reading((flows.ids[at],), (count, count, of), detail, words, "", (_met, flows, at, who))


def _met(flows: Flows, at: int, who: int) -> Evidence:
    return flows.ids_of(who), (), flows.ties_joining(1 << at, who)
