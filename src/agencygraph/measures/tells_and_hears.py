"""M1: who do you tell, who tells you?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows
from agencygraph.measures.questions import Reading, question


@question(
    id="M1", name="tells", asks="Whom do you tell?",
    definition="Number of actors to whom a flow runs from this one: of all others, and of the other practitioners.",
    about="actor", unit="people", span=(0, None), better="",
    sentence="{about} tells {count} of {of} {detail}: {who}.", undefined="never: an actor without ties tells 0 and is absent",
    source="Freeman 1979 (out-degree)",
)  # fmt: skip
def tells(flows: Flows) -> Iterator[Reading]:
    """Whom each actor tells, counted and named; an actor without any tie is called absent.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"child": "child", "school": "school", "gp": "agency"}, ties=["school => child", "school -> gp"])
    >>> [(r.about, r.detail, r.count, r.of) for r in tells(flows_of(case))][2:4]
    [(('school',), 'other actors', 2, 2), (('school',), 'other practitioners', 1, 1)]
    """
    return _count(flows, backwards=False)


@question(
    id="M1", name="hears", asks="Who tells you?",
    definition="Number of actors from whom a flow runs to this one: of all others, and of the other practitioners.",
    about="actor", unit="people", span=(0, None), better="",
    sentence="{about} is told by {count} of {of} {detail}: {who}.",
    undefined="never: an actor without ties hears from 0 and is absent", source="Freeman 1979 (in-degree)",
)  # fmt: skip
def hears(flows: Flows) -> Iterator[Reading]:
    """Who tells each actor, counted and named; an actor without any tie is called absent."""
    return _count(flows, backwards=True)


def _count(flows: Flows, backwards: bool) -> Iterator[Reading]:
    rows = flows.into if backwards else flows.out
    for at, id in enumerate(flows.ids):
        own = 1 << at
        words = "" if flows.out[at] | flows.into[at] else "absent"
        for detail, group in (("other actors", flows.everyone & ~own), ("other practitioners", flows.practitioners & ~own)):
            found = rows[at] & group
            ties = flows.ties_between(found, own) if backwards else flows.ties_between(own, found)
            count = found.bit_count()
            yield Reading((id,), count, count, group.bit_count(), detail, words, flows.ids_of(found), ties=ties)
