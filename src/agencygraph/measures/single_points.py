"""M9: who, or which tie, would we be lost without?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agencygraph.flows import Flows, bits, levels
from agencygraph.measures.questions import Evidence, Pair, Reading, question, quick_share

_NO_ROUTE = -1
_NO_ROUTES = "no news passes between any two of the practitioners in question"


@question(
    id="M9", name="single points", asks="Without whom would we no longer reach each other?",
    definition="Ordered pairs of the other practitioners who have a professional route, and have none once this practitioner is "
               "gone; of those who have one.",
    about="actor", unit="share", span=(0, 1), better="lower",
    sentence="Without {about}, {count} of {of} ways from one practitioner to another are lost: {who}.",
    undefined="there is no route between any two of the other practitioners",
    source="cut vertices (Hopcroft & Tarjan 1973), counted over directed professional routes",
)  # fmt: skip
def find_single_points(flows: Flows) -> Iterator[Reading]:
    """Which routes between the others hang on one practitioner, counted and named; 0 where there is always another way.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["gp => ssd", "ssd => school"])
    >>> [(r.about, r.count, r.of, r.pairs) for r in find_single_points(flows_of(case))][2]
    (('ssd',), 1, 1, (('gp', 'school'),))
    """
    needed = essentials(flows)
    told, heard = levels(flows)[-1], levels(flows, backwards=True)[-1]
    for at in bits(flows.practitioners):
        others = flows.practitioners & ~(1 << at)
        # The ways of the others alone: neither from this one nor to it.
        of = needed.ways - (told[at] & others).bit_count() - (heard[at] & others).bit_count()
        yield quick_share((flows.ids[at],), (needed.count(at), of), _NO_ROUTES, (_lost_with_actor, flows, at))


@question(
    id="M9", name="single ties", asks="Without which tie would we no longer reach each other?",
    definition="Ordered pairs of practitioners who have a professional route, and have none once this tie is gone, both ways if it "
               "is a two-way tie; of those who have one.",
    about="tie", unit="share", span=(0, 1), better="lower",
    sentence="Without the tie {about}, {count} of {of} ways from one practitioner to another are lost: {who}.",
    undefined="there is no route between any two practitioners", source="bridges, counted over directed professional routes",
)  # fmt: skip
def find_single_ties(flows: Flows) -> Iterator[Reading]:
    """Which routes between practitioners hang on one tie, counted and named; 0 where there is always another way."""
    needed, actors = essentials(flows), len(flows.ids)
    for place in sorted({place for (at, to), place in flows.tie_at.items() if flows.relays >> at & flows.relays >> to & 1}):
        tie = flows.case.ties[place]
        yield quick_share((tie.source, tie.target), (needed.count(actors + place), needed.ways), _NO_ROUTES,
                          (_lost_with_tie, flows, place))


@dataclass(frozen=True, slots=True, eq=False)
class Essentials:
    """What every professional route between two practitioners passes: go-betweens and ties.

    Each go-between and each tie has a field of `width` bits of its own: actor k the field k, the tie at place p of the case the
    field p after those of the actors. So wide, the fields count: the sum over all pairs holds in each field how many pairs
    have no way round it.

    Attributes
    ----------
    rows
        For each practitioner who tells another, at the number of everybody: a 1 in the field of all that is essential, and in
        its own; -1 where no such route runs.
    ways
        How many ordered pairs have a route at all.
    total
        The sum of all rows.
    """

    rows: Mapping[int, Sequence[int]]
    ways: int
    total: int
    width: int

    def count(self, field: int) -> int:
        """Return how many ordered pairs have no route without this go-between or tie."""
        return self.total >> self.width * field & (1 << self.width) - 1

    def pairs(self, field: int) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the two of each such pair, in the order of the case."""
        for at, row in self.rows.items():
            for to, passed in enumerate(row):
                if passed != _NO_ROUTE and at != field and passed >> self.width * field & 1:
                    yield at, to


@lru_cache(maxsize=64)
def essentials(flows: Flows) -> Essentials:
    """Find what every route between two practitioners passes, for all pairs in one search from each.

    Source: the sets of dominators of Allen & Cocke 1976, of actors and ties at once.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["gp => ssd", "ssd => school"])
    >>> found = essentials(flows_of(case))
    >>> found.ways, found.count(2), list(found.pairs(2))
    (3, 1, [(1, 0)])
    """
    size, relays, practitioners = len(flows.ids), flows.relays, flows.practitioners
    width = (size * size).bit_length()
    onward: list[list[tuple[int, int]]] = [[] for _ in flows.ids]
    for (at, to), place in flows.tie_at.items():
        if relays >> at & relays >> to & 1:
            onward[at].append((to, 1 << width * at | 1 << width * (size + place)))
    rows: dict[int, list[int]] = {}
    ways = total = 0
    for at, links in enumerate(onward):
        if links and practitioners >> at & 1:
            row = rows[at] = _passed_from(at, onward)
            if relays != practitioners:
                row[:] = [passed if practitioners >> to & 1 else _NO_ROUTE for to, passed in enumerate(row)]
            apart = row.count(_NO_ROUTE)
            ways += size - apart
            # Without those who are apart; and whoever tells first is no go-between.
            total += sum(row) - apart * _NO_ROUTE - (size - apart << width * at)
    return Essentials(rows, ways, total, width)


def _passed_from(start: int, onward: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """Return for everybody what news from one actor passes on every route to them, the teller among it."""
    # Until a first route is known all there is seems essential: -1 has a 1 in every field.
    passed, queue = [_NO_ROUTE] * len(onward), [start]
    passed[start] = 0
    for at in queue:
        before = passed[at]
        for to, by in onward[at]:
            had = passed[to]
            now = had & (before | by)
            # Where there is a way round something, those who are told by this one must learn of it.
            if now != had:
                passed[to] = now
                queue.append(to)
    passed[start] = _NO_ROUTE
    return passed


def _lost_with_actor(flows: Flows, at: int) -> Evidence:
    pairs = lost_without(flows, at)
    return (), pairs, flows.ties_joining(1 << at, flows.practitioners) if pairs else ()


def _lost_with_tie(flows: Flows, place: int) -> Evidence:
    return (), _named(flows, len(flows.ids) + place), (flows.case.ties[place],)


def reached_by_each(flows: Flows) -> dict[int, int]:
    """Return for the number of each practitioner the set of other practitioners to whom its news comes."""
    reached = levels(flows)[-1]
    return {at: reached[at] & flows.practitioners & ~(1 << at) for at in bits(flows.practitioners)}


def lost_without(flows: Flows, actor: int) -> tuple[Pair, ...]:
    """Return the ordered pairs of other practitioners who lose their route when one actor is gone, in the order of the case."""
    return _named(flows, actor)


def _named(flows: Flows, field: int) -> tuple[Pair, ...]:
    return tuple((flows.ids[at], flows.ids[to]) for at, to in essentials(flows).pairs(field))
