"""R1: between which sectors does this practitioner carry news that would not pass otherwise?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.flows import Flows, bits
from agencygraph.measures.betweenness import Rows
from agencygraph.measures.questions import NOBODY_ELSE, Reading, question

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
Counts = tuple[int, int, int, int, int]


@question(
    id="R1", name="gould-fernandez roles", asks="Between whom does this practitioner carry news that has no direct way?",
    definition="Ordered pairs a, b of other practitioners with flows from a to the practitioner v and from v to b but none from a "
               "to b, by the sectors of a, v, b: coordinator AAA, consultant ABA, representative AAB, gatekeeper ABB, liaison ABC. "
               "Whoever has no sector is left out.",
    about="actor", unit="ordered pairs", span=(0, None), better="",
    sentence="{about} is {detail} between {count} of {of} ordered pairs of others.",
    undefined="the practitioner has no sector, or there are not two other practitioners with one",
    source="Gould & Fernandez 1989, counts; brokerage of the R package sna",
)  # fmt: skip
def count_roles(flows: Flows) -> Iterator[Reading]:
    """In which of the five roles each practitioner carries news between two others who have no direct way, by sector.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": {"kind": "school", "sector": "education"}, "gp": {"kind": "agency", "sector": "health"},
    ...                        "nurse": {"kind": "practitioner", "sector": "health"}}, ties=["school => nurse", "nurse => gp"])
    >>> [(reading.about, reading.detail) for reading in count_roles(flows_of(case)) if reading.value]
    [(('nurse',), 'gatekeeper'), (('nurse',), 'any role')]
    """
    sectors = tuple(actor.sector if flows.practitioners >> at & 1 else "" for at, actor in enumerate(flows.case.actors))
    known = sum(1 << at for at, sector in enumerate(sectors) if sector)
    for at in bits(flows.practitioners):
        others = (known & ~(1 << at)).bit_count()
        possible = others * (others - 1)
        reason = _why_not(flows, sectors[at], possible)
        found = brokered_by(flows.out, sectors, at)
        for role in (*ROLES, "any role"):
            pairs = () if reason else tuple((flows.ids[a], flows.ids[b]) for a, b, its in found if role in (its, "any role"))
            yield Reading((flows.ids[at],), None if reason else len(pairs), len(pairs), possible, role, pairs=pairs, reason=reason)


def _why_not(flows: Flows, sector: str, possible: int) -> str:
    if not sector:
        return "the practitioner has no sector"
    if flows.practitioners.bit_count() < 2:
        return NOBODY_ELSE
    return "" if possible else "there are not two other practitioners with a sector"


def roles_of(rows: Rows, classes: Sequence[str]) -> tuple[Counts, ...]:
    """Count, for every actor of a network, the pairs that it brokers in each of the five roles, in the order of `ROLES`.

    Parameters
    ----------
    rows
        Row k is the set of those whom actor k tells, actor j being bit j.
    classes
        The class of every actor; empty for an actor who has none, who then is in no role and at neither end.

    Examples
    --------
    >>> roles_of((0b010, 0b100, 0b000), ("A", "B", "C"))[1]
    (0, 0, 0, 0, 1)
    """
    found = (tuple(role for *_, role in brokered_by(rows, classes, at)) for at in range(len(rows)))
    return tuple((roles.count(ROLES[0]), roles.count(ROLES[1]), roles.count(ROLES[2]), roles.count(ROLES[3]), roles.count(ROLES[4]))
                 for roles in found)


def brokered_by(rows: Rows, classes: Sequence[str], at: int) -> tuple[tuple[int, int, str], ...]:
    """Return the pairs a, b between whom actor `at` carries news that has no direct way, each with the role it plays.

    >>> brokered_by((0b010, 0b100, 0b000), ("A", "A", "B"), 1)
    ((0, 2, 'representative'),)
    """
    if not classes[at]:
        return ()
    own = 1 << at
    return tuple((a, b, _role(classes[a], classes[at], classes[b]))
                 for a, row in enumerate(rows) if row & own and a != at and classes[a]
                 for b in bits(rows[at] & ~row & ~own & ~(1 << a)) if classes[b])


def _role(first: str, middle: str, last: str) -> str:
    if first == last:
        return "coordinator" if middle == first else "consultant"
    if middle == first:
        return "representative"
    return "gatekeeper" if middle == last else "liaison"
