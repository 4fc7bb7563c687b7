"""R5: are an actor's contacts apart from one another, or is it held fast among people who all talk?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from agencygraph.flows import Flows, bits
from agencygraph.measures.betweenness import Rows
from agencygraph.measures.questions import Reading, question

_ALONE = "the actor has no ties"


@question(
    id="R5", name="constraint", asks="How far do this actor's contacts all lead back to one another?",
    definition="Sum over the contacts j of (p(i,j) + sum over third actors q of p(i,q) p(q,j))², p(i,j) being j's share of all "
               "flows between i and anybody; a two-way tie is two flows. All actors, the family included.",
    about="actor", unit="index; low where the contacts are apart, 1 for a single contact, more where few contacts are close",
    span=(0, None), better="", sentence="{about}: constraint {value}.",
    undefined="the actor has no ties", source="Burt 1992, chapter 2; constraint of the R package igraph",
)  # fmt: skip
def find_constraint(flows: Flows) -> Iterator[Reading]:
    """How far each actor's contacts all lead back to one another: Burt's constraint.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp"])
    >>> [(reading.value, reading.reason) for reading in find_constraint(flows_of(case))]
    [(1.0, ''), (1.0, ''), (None, 'the actor has no ties')]
    """
    return _readings(flows, constraint_of)


@question(
    id="R5", name="effective size", asks="How many of this actor's contacts bring it something that the others do not?",
    definition="Sum over the contacts j of 1 - sum over third actors q of p(i,q) m(j,q), p(i,q) being q's share of all flows "
               "between i and anybody and m(j,q) the flows between j and q over the most that j has with one actor. All actors, "
               "the family included.",
    about="actor", unit="contacts", span=(0, None), better="",
    sentence="{about} has {count} contacts, worth {value} that do not talk among themselves.",
    undefined="the actor has no ties", source="Burt 1992, chapter 2, for valued directed networks",
)  # fmt: skip
def find_effective_size(flows: Flows) -> Iterator[Reading]:
    """How many of each actor's contacts do not repeat what the others bring: Burt's effective size, beside the contacts."""
    return _readings(flows, effective_size_of)


def constraint_of(rows: Rows) -> tuple[float | None, ...]:
    """Return Burt's constraint of every actor of a network; None for an actor without ties.

    Parameters
    ----------
    rows
        Row k is the set of those whom actor k tells, actor j being bit j.

    Examples
    --------
    >>> constraint_of((0b010, 0b101, 0b000))
    (1.0, 0.5555555555555556, 1.0)
    """
    flows = _sums(rows)
    totals = [sum(row) for row in flows]

    def share(at: int, to: int) -> float:
        return flows[at][to] / totals[at]

    def through(at: int, contacts: list[int], to: int) -> float:
        return math.fsum([share(at, to), *(share(at, third) * share(third, to) for third in contacts if third != to)])

    found = [[to for to, flow in enumerate(row) if flow] for row in flows]
    return tuple(math.fsum(through(at, contacts, to) ** 2 for to in contacts) if contacts else None
                 for at, contacts in enumerate(found))


def effective_size_of(rows: Rows) -> tuple[float | None, ...]:
    """Return Burt's effective size of every actor of a network; None for an actor without ties.

    Parameters
    ----------
    rows
        Row k is the set of those whom actor k tells, actor j being bit j.

    Examples
    --------
    >>> effective_size_of((0b110, 0b000, 0b000))
    (2.0, 1.0, 1.0)
    """
    flows = _sums(rows)
    most = [max(row, default=0) for row in flows]
    found: list[float | None] = []
    for row in flows:
        contacts, total = [to for to, flow in enumerate(row) if flow], sum(row)
        repeated = (row[third] * flows[to][third] / (total * most[to]) for to in contacts for third in contacts if third != to)
        found.append(len(contacts) - math.fsum(repeated) if contacts else None)
    return tuple(found)


def _sums(rows: Rows) -> list[list[int]]:
    """Return how many flows run between every two actors: 0, 1 or 2."""
    flows = [[0] * len(rows) for _ in rows]
    for at, row in enumerate(rows):
        for to in bits(row):
            flows[at][to] += 1
            flows[to][at] += 1
    return flows


def _readings(flows: Flows, score: Callable[[Rows], tuple[float | None, ...]]) -> Iterator[Reading]:
    for at, value in enumerate(score(flows.out)):
        contacts = flows.out[at] | flows.into[at]
        yield Reading((flows.ids[at],), value, contacts.bit_count(), who=flows.ids_of(contacts), reason="" if contacts else _ALONE)
