"""M11: how many practitioners must this member of the family deal with?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits, units_of
from agencygraph.measures.questions import Reading, question


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
    units = units_of(flows)
    for at in bits(flows.family):
        own = 1 << at
        met = (flows.out[at] | flows.into[at]) & flows.practitioners
        both = flows.out[at] & flows.into[at] & flows.practitioners
        words = "" if met else "tied to no practitioner" if flows.out[at] | flows.into[at] else "absent from the map"
        met_units = [unit for unit in units if unit & met]
        parts = (("practitioners", met.bit_count(), flows.practitioners.bit_count(), met),
                 ("units", len(met_units), len(units), sum(met_units) & met),
                 ("practitioners, both ways", both.bit_count(), flows.practitioners.bit_count(), both))
        for detail, count, of, who in parts:
            yield Reading((flows.ids[at],), count, count, of, detail, words, flows.ids_of(who), ties=flows.ties_joining(own, who))
