"""R2: do we talk across sectors, or among our own?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.flows import Flows, bits
from agencygraph.measures.betweenness import Rows
from agencygraph.measures.questions import Reading, question

_NO_SECTORS = "fewer than two practitioners have a sector"
_NO_PAIR = "no pair of practitioners whose sectors are known talks"


@question(
    id="R2", name="e-i index", asks="Do we talk across sectors or among our own, and more so than chance would have it?",
    definition="(E - I) / (E + I): E pairs of practitioners of different sectors with a flow in either direction, I such pairs of "
               "one sector. 'Expected': its mean over all ways of dealing the same sectors out to the same practitioners, "
               "2q - 1, q being the share of all pairs that are of different sectors. Practitioners without a sector are left out.",
    about="map", unit="index of -1 (all within sectors) to 1 (all across)", span=(-1, 1), better="",
    sentence="{count} of {of} talking pairs are of different sectors ({detail}: {value}).",
    undefined="fewer than two practitioners have a sector, or no pair of them talks",
    source="Krackhardt & Stern 1988, on unordered pairs; expectation under permuted sectors worked out exactly",
)  # fmt: skip
def find_ei_index(flows: Flows) -> Iterator[Reading]:
    """Whether practitioners talk across sectors or among their own, beside what chance would give.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": {"kind": "school", "sector": "education"}, "gp": {"kind": "agency", "sector": "health"},
    ...                        "nurse": {"kind": "practitioner", "sector": "health"}}, ties=["school => gp", "gp <=> nurse"])
    >>> [(reading.detail, reading.count, reading.of, round(reading.value, 4)) for reading in find_ei_index(flows_of(case))]
    [('observed', 1, 2, 0.0), ('expected', None, None, 0.3333)]
    """
    rows, sectors, pairs = _known(flows)
    tally = count_ties_by_class(rows, sectors)
    left_out = _tied_pairs(flows) - tally.ties
    words = f"{left_out} talking pair{'s' * (left_out != 1)} left out: a sector is not given" if left_out else ""
    reason = _NO_SECTORS if len(sectors) < 2 else "" if tally.ties else _NO_PAIR
    yield Reading((), tally.index, tally.external, tally.ties, "observed", words, pairs=pairs,
                  ties=flows.ties_of_pairs(pairs), reason=reason)
    yield Reading((), None if reason else expected_ei_of(sectors), detail="expected", reason=reason)


@dataclass(frozen=True, slots=True)
class TiesByClass:
    """How many tied pairs join two classes (external) and how many one class (internal).

    >>> TiesByClass(external=3, internal=1).index
    0.5
    """

    external: int
    internal: int

    @property
    def ties(self) -> int:
        """All tied pairs."""
        return self.external + self.internal

    @property
    def index(self) -> float | None:
        """The E-I index; None without a tied pair."""
        return (self.external - self.internal) / self.ties if self.ties else None


def count_ties_by_class(rows: Rows, classes: Sequence[str]) -> TiesByClass:
    """Count the tied pairs of a network, a flow in either direction making a tie, across classes and within.

    >>> count_ties_by_class((0b110, 0b001, 0b000), ("A", "B", "A"))
    TiesByClass(external=1, internal=1)
    """
    tied = {(min(at, to), max(at, to)) for at, row in enumerate(rows) for to in bits(row)}
    external = sum(classes[at] != classes[to] for at, to in tied)
    return TiesByClass(external, len(tied) - external)


def expected_ei_of(classes: Sequence[str]) -> float | None:
    """Return the mean E-I index over all ways of dealing out the classes; None for fewer than two actors.

    Every tied pair is external with the same chance q, whoever it is, and the number of tied pairs stays: the mean of the
    index is 2q - 1 whatever the ties are.

    >>> expected_ei_of(("A", "A", "B"))
    0.3333333333333333
    """
    ordered = len(classes) * (len(classes) - 1)
    if not ordered:
        return None
    within = sum(size * (size - 1) for size in Counter(classes).values())
    return (ordered - 2 * within) / ordered


def _known(flows: Flows) -> tuple[Rows, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the network of the practitioners whose sector is known, their sectors, and the flows across sectors by name."""
    known = [at for at in bits(flows.practitioners) if flows.case.actors[at].sector]
    sectors = tuple(flows.case.actors[at].sector for at in known)
    rows = tuple(sum(1 << k for k, to in enumerate(known) if flows.out[at] >> to & 1) for at in known)
    pairs = tuple((flows.ids[known[at]], flows.ids[known[to]]) for at, row in enumerate(rows) for to in bits(row)
                  if sectors[at] != sectors[to])
    return rows, sectors, pairs


def _tied_pairs(flows: Flows) -> int:
    ties = sum(((flows.out[at] | flows.into[at]) & flows.practitioners).bit_count() for at in bits(flows.practitioners))
    return ties // 2
