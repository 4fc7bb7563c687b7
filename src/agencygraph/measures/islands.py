"""M8: how many separate groups are we?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, bits
from agencygraph.measures.questions import NO_TIES, NOBODY_ELSE, Evidence, Reading, question, quick_reading, quick_share


@question(
    id="M8", name="islands", asks="How many separate groups are we?",
    definition="Groups of practitioners who are linked among themselves, whichever way news runs, and to no other practitioner. "
               "Ties with the family do not join groups; whoever has no other tie is a group alone.",
    about="map", unit="groups", span=(0, None), better="lower",
    sentence="The {of} practitioners fall into {count} separate groups, of {words}.",
    undefined="never: without practitioners there are 0 groups", source="weak components of the practitioners' graph",
)  # fmt: skip
def count_islands(flows: Flows) -> Iterator[Reading]:
    """How many separate groups the practitioners fall into, with their sizes in words and those who stand alone by name.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp"])
    >>> [(r.value, r.of, r.words, r.who) for r in count_islands(flows_of(case))]
    [(2, 3, '2 and 1', ('police',))]
    """
    groups = islands_of(flows)
    sizes = sorted([group.bit_count() for group in groups], reverse=True)
    words = " and ".join(filter(None, (", ".join(map(str, sizes[:-1])), *map(str, sizes[-1:]))))
    yield quick_reading((), (len(groups), len(groups), flows.practitioners.bit_count()), words=words,
                        behind=(_alone, flows, groups))


@question(
    id="M8", name="connectedness", asks="How many pairs of us are linked at all, directly or through others?",
    definition="Pairs of practitioners in one group, of all pairs: the sum of s(s - 1) over the groups, s being the size, divided "
               "by n(n - 1).",
    about="map", unit="share", span=(0, 1), better="higher",
    sentence="{count} of {of} pairs of practitioners are linked, directly or through other practitioners.",
    undefined="there are fewer than two practitioners, or the map has no ties",
    source="1 minus the fragmentation of Borgatti 2006, on the practitioners",
)  # fmt: skip
def find_connectedness(flows: Flows) -> Iterator[Reading]:
    """How many pairs of practitioners stand in one group, whichever way news runs between them."""
    count = sum(pairs_among(group) for group in islands_of(flows))
    of = pairs_among(flows.practitioners)
    reason = "" if flows.counted else NO_TIES
    yield quick_reading((), (count / of if of and not reason else None, count, of), reason=reason if of else NOBODY_ELSE,
                        behind=(_all_ties, flows))


@question(
    id="M8", name="linked with", asks="With how many of the others is this practitioner linked at all?",
    definition="The other practitioners of the same group: linked directly or through practitioners, whichever way news runs.",
    about="actor", unit="share", span=(0, 1), better="higher",
    sentence="{about} is linked, directly or through others, with {count} of {of} practitioners: {who}.",
    undefined="there is no other practitioner", source="weak components of the practitioners' graph",
)  # fmt: skip
def find_linked(flows: Flows) -> Iterator[Reading]:
    """With whom each practitioner is linked, directly or through others; whoever is linked with nobody stands alone."""
    of = flows.practitioners.bit_count() - 1
    for group in islands_of(flows):
        count = group.bit_count() - 1
        for at in bits(group):
            yield quick_share((flows.ids[at],), (count, of), NOBODY_ELSE, (_linked, flows, group, at),
                              words="" if count else "alone")


def _linked(flows: Flows, group: int, at: int) -> Evidence:
    return flows.ids_of(group & ~(1 << at)), (), flows.ties_joining(group, group)


def _all_ties(flows: Flows) -> Evidence:
    return (), (), flows.ties_joining(flows.practitioners, flows.practitioners)


def _alone(flows: Flows, groups: tuple[int, ...]) -> Evidence:
    """Name those who stand alone, and every tie between practitioners."""
    alone = sum(group for group in groups if group.bit_count() == 1)
    return flows.ids_of(alone), (), flows.ties_joining(flows.practitioners, flows.practitioners)


def islands_of(flows: Flows) -> tuple[int, ...]:
    """Return the groups of practitioners who are linked among themselves only, in the order of the case."""
    left, groups = flows.practitioners, []
    while left:
        group = fresh = left & -left
        while fresh:
            low = fresh & -fresh
            at = low.bit_length() - 1
            found = (flows.out[at] | flows.into[at]) & left & ~group
            group |= found
            fresh ^= low | found
        groups.append(group)
        left &= ~group
    return tuple(groups)


def pairs_among(group: int) -> int:
    """Return how many pairs there are in a set."""
    size = group.bit_count()
    return size * (size - 1) // 2
