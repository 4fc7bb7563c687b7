"""M1: who do you tell, who tells you?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows
from agencygraph.measures.questions import Evidence, Reading, question, quick_reading


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
    all_others, practitioners = len(flows.ids) - 1, flows.practitioners
    evidence = _tellers if backwards else _told
    for at, (id, told, told_by) in enumerate(zip(flows.ids, flows.out, flows.into, strict=True)):
        words, about = "" if told | told_by else "absent", (id,)
        found = told_by if backwards else told
        count = found.bit_count()
        yield quick_reading(about, (count, count, all_others), "other actors", words, "", (evidence, flows, at, found))
        found &= practitioners
        count, of = found.bit_count(), (practitioners & ~(1 << at)).bit_count()
        yield quick_reading(about, (count, count, of), "other practitioners", words, "", (evidence, flows, at, found))


def _told(flows: Flows, at: int, found: int) -> Evidence:
    return flows.ids_of(found), (), flows.ties_between(1 << at, found)


def _tellers(flows: Flows, at: int, found: int) -> Evidence:
    return flows.ids_of(found), (), flows.ties_between(found, 1 << at)
