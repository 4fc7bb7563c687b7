"""A case as rows of bits: who passes information to whom, and how far news can travel.

Everything that is counted is counted here on whole numbers: actor k of the case is bit k, and a set of actors is one
number. Only relays pass on what they were told; by default these are the practitioners, agencies, schools and carers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.model import Case, Tie
from agencygraph.model.case import must_be_case

RELAYS = ("practitioners", "anyone")
UNITS = ("team", "base", "actor")
# What was worked out for so many compiled cases is kept; the questions asked of one case come one after the other.
_KEPT = 64
UnitKey = tuple[str, str]
Levels = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Flows:
    """The flows of one case, compiled: row k of `out` holds whom actor k tells, row k of `into` who tells actor k.

    Attributes
    ----------
    case
        The case that was compiled.
    ids
        The id of the actor behind each bit, in the order of the case.
    out, into
        One row for each actor.
    critical
        Like `out`, critical flows only. On firm flows it equals `out`.
    practitioners, relays, leads
        Sets: everybody outside the family; whoever passes news on; whoever is marked as lead.
    units
        For each actor the set of those who count as one unit with it: its team, else those at its base, else itself.
        Units hold practitioners only; a member of the family stands alone.
    unit_keys
        What makes the unit of each actor: ("team", name), ("base", id) or ("actor", id).
    tie_at
        Under each flow, by the numbers of its ends, the place of its tie in `case.ties`.
    counted
        The set of ties that count, by their places in `case.ties`; on firm flows peripheral ones among them have no flow.
    firm, relay, unit, unknown
        How the case was compiled; see `flows_of`.
    """

    case: Case
    ids: tuple[str, ...]
    out: tuple[int, ...]
    into: tuple[int, ...]
    critical: tuple[int, ...]
    practitioners: int
    relays: int
    leads: int
    units: tuple[int, ...]
    unit_keys: tuple[UnitKey, ...]
    tie_at: Mapping[tuple[int, int], int]
    counted: int
    firm: bool
    relay: str
    unit: str
    unknown: bool

    @property
    def everyone(self) -> int:
        """The set of all actors."""
        return (1 << len(self.ids)) - 1

    @property
    def family(self) -> int:
        """The set of the child and the family."""
        return self.everyone & ~self.practitioners

    def mask(self, ids: Iterable[str]) -> int:
        """Return the set of actors with these ids."""
        found = 0
        for id in ids:
            if id not in self.ids:
                raise UnknownNameError(f"'{id}' is not in the case.{did_you_mean(id, self.ids)}")
            found |= 1 << self.ids.index(id)
        return found

    def ids_of(self, mask: int) -> tuple[str, ...]:
        """Return the ids of a set of actors, in the order of the case."""
        return tuple(self.ids[at] for at in bits(mask))

    def ties_between(self, senders: int, receivers: int) -> tuple[Tie, ...]:
        """Return the ties through which anybody in one set tells anybody in the other, in the order of the case."""
        return self._ties_at({self.tie_at[at, to] for at in bits(senders) for to in bits(self.out[at] & receivers)})

    def ties_joining(self, one: int, other: int) -> tuple[Tie, ...]:
        """Return the ties between two sets of actors, whichever way they run, in the order of the case."""
        there = {self.tie_at[at, to] for at in bits(one) for to in bits(self.out[at] & other)}
        return self._ties_at(there | {self.tie_at[to, at] for at in bits(one) for to in bits(self.into[at] & other)})

    def ties_along(self, route: Sequence[str]) -> tuple[Tie, ...]:
        """Return the ties that a route passes through, first hand-off first."""
        places = [self.ids.index(id) for id in route]
        return tuple(self.case.ties[self.tie_at[pair]] for pair in pairwise(places))

    def ties_of_pairs(self, pairs: Iterable[tuple[str, str]]) -> tuple[Tie, ...]:
        """Return the ties between the two of each pair, whichever way they run, in the order of the case."""
        places = [(self.ids.index(a), self.ids.index(b)) for a, b in pairs]
        return self._ties_at({self.tie_at[flow] for a, b in places for flow in ((a, b), (b, a)) if flow in self.tie_at})

    def _ties_at(self, places: set[int]) -> tuple[Tie, ...]:
        return tuple(self.case.ties[place] for place in sorted(places))

    def __repr__(self) -> str:
        flows = sum(row.bit_count() for row in self.out)
        return f"Flows({len(self.ids)} actors, {flows} {'firm ' * self.firm}flow{'s' * (flows != 1)})"


def flows_of(case: Case, *, firm: bool = False, relay: str = "practitioners", unit: str = "team",
             unknown: bool = False) -> Flows:
    """Compile a case once, for every question that is asked of it.

    Parameters
    ----------
    case
        The case; disputed ties count like agreed ones.
    firm
        True to count critical ties only.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    unit
        Who counts as one body: "team" (the team, else the base, else the actor), "base" (teams set aside) or "actor".
    unknown
        True to count also the ties of which nobody in the room could say whether they exist.

    Raises
    ------
    InvalidError
        For anything that is no case.
    UnknownNameError
        For another word for relay or unit.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "police": "agency"}, ties=["school => police"])
    >>> flows = flows_of(case)
    >>> flows.ids_of(flows.out[0])
    ('police',)
    """
    must_be_case(case)
    for what, word, known in (("relay", relay, RELAYS), ("unit", unit, UNITS)):
        if word not in known:
            raise UnknownNameError(f"{what} is {word!r}; it must be one of {', '.join(known)}.{did_you_mean(str(word), known)}")
    counted = sum([1 << place for place, tie in enumerate(case.ties) if unknown or tie.status != "unknown"])
    return _compiled(case, counted, bool(firm), relay, unit, bool(unknown))


def with_ties(flows: Flows, counted: int) -> Flows:
    """Return the same case compiled with just these ties, given as a set of places in `case.ties`; all else as it was.

    >>> case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp", "gp -> school"])
    >>> with_ties(flows_of(case), 0b10).out
    (0, 1)
    """
    # Not kept: there are thousands of readings of a case, and each is asked once.
    return _compile(flows.case, counted, flows.firm, flows.relay, flows.unit, flows.unknown)


def _compile(case: Case, counted: int, firm: bool, relay: str, unit: str, unknown: bool) -> Flows:
    ids = case.ids
    places = {id: at for at, id in enumerate(ids)}
    practitioners = sum([1 << at for at, actor in enumerate(case.actors) if not actor.is_family])
    tie_at: dict[tuple[int, int], int] = {}
    firm_places = 0
    for place, tie in enumerate(case.ties):
        if tie.strength == "critical":
            firm_places |= 1 << place
        elif firm:
            continue
        if counted >> place & 1:
            source, target = places[tie.source], places[tie.target]
            tie_at[source, target] = place
            if tie.two_way:
                tie_at[target, source] = place
    out, into, critical = [0] * len(ids), [0] * len(ids), [0] * len(ids)
    for (at, to), place in tie_at.items():
        out[at] |= 1 << to
        into[to] |= 1 << at
        if firm_places >> place & 1:
            critical[at] |= 1 << to
    keys = _unit_keys(case, unit)
    everyone = (1 << len(places)) - 1
    return Flows(case, ids, tuple(out), tuple(into), tuple(critical), practitioners,
                 everyone if relay == "anyone" else practitioners, sum([1 << places[id] for id in case.leads]),
                 _units(keys, practitioners), keys, MappingProxyType(tie_at), counted, firm, relay, unit, unknown)


_compiled = lru_cache(maxsize=512)(_compile)


def _unit_keys(case: Case, unit: str) -> tuple[UnitKey, ...]:
    """Return what makes the unit of each actor. Whoever is based at a member's place counts with that member's team."""
    if unit == "actor":
        return tuple(("actor", id) for id in case.ids)
    team_of = {who: team.name for team in case.teams for who in team.members} if unit == "team" else {}
    keys: list[UnitKey] = []
    for actor in case.actors:
        place = actor.based_at or actor.id
        team = team_of.get(actor.id) or team_of.get(place)
        keys.append(("team", team) if team else ("base", place))
    return tuple(keys)


def _units(keys: tuple[UnitKey, ...], practitioners: int) -> tuple[int, ...]:
    """Return for each actor the set of practitioners under the same key; the family stands alone."""
    together = dict.fromkeys(keys, 0)
    for at, key in enumerate(keys):
        together[key] |= 1 << at & practitioners
    return tuple([together[key] if practitioners >> at & 1 else 1 << at for at, key in enumerate(keys)])


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the actors in a set, in the order of the case.

    >>> list(bits(0b1011))
    [0, 1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def at_strength(flows: Flows, firm: bool) -> Flows:
    """Return the same case compiled over firm ties only, or over any tie; all else as it was."""
    return _compiled(flows.case, flows.counted, firm, flows.relay, flows.unit, flows.unknown)


class Body(NamedTuple):
    """A unit of practitioners: the set of its members, their numbers and ids, and the set of the practitioners outside it."""

    members: int
    places: tuple[int, ...]
    ids: tuple[str, ...]
    outside: int


@lru_cache(maxsize=_KEPT)
def bodies_of(flows: Flows) -> tuple[Body, ...]:
    """Return the units of the practitioners with what is asked of each again and again, in the order of the case.

    >>> case = Case.of(actors={"school": "school", "senco": {"kind": "practitioner", "based_at": "school"}, "gp": "agency"})
    >>> [(body.ids, body.outside) for body in bodies_of(flows_of(case))]
    [(('school', 'senco'), 4), (('gp',), 3)]
    """
    practitioners, ids, together = flows.practitioners, flows.ids, dict[int, list[int]]()
    for at, unit in enumerate(flows.units):
        if practitioners >> at & 1:
            together.setdefault(unit, []).append(at)
    return tuple([Body(unit, tuple(places), tuple([ids[at] for at in places]), practitioners & ~unit)
                  for unit, places in together.items()])


def units_of(flows: Flows) -> tuple[int, ...]:
    """Return the units of the practitioners, each once, in the order of the case."""
    return tuple(dict.fromkeys(unit for at, unit in enumerate(flows.units) if flows.practitioners >> at & 1))


def levels(flows: Flows, *, backwards: bool = False, relays: int | None = None) -> Levels:
    """Say for everybody at once who knows within one, two, three hand-offs: a row for each actor; the last ones are for good.

    Backwards: from whom news has come. News may come back to whoever told it; `rings` leaves that out.

    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp", "gp => police"])
    >>> levels(flows_of(case))
    ((2, 4, 0), (6, 4, 0))
    """
    return _levels(flows, flows.relays if relays is None else relays, backwards)


@lru_cache(maxsize=4 * _KEPT)
def _levels(flows: Flows, relays: int, backwards: bool) -> Levels:
    """Work out `levels`: whom I tell within d + 1 hand-offs are those whom I tell, and whom the relays among them tell within d."""
    told = flows.into if backwards else flows.out
    pairs = [(to, at) for at, to in flows.tie_at] if backwards else flows.tie_at
    passing = [(at, to) for at, to in pairs if relays >> to & 1]
    found = [told]
    while True:
        before, after = found[-1], [*found[-1]]
        for at, to in passing:
            after[at] |= before[to]
        now = tuple(after)
        if now == before:
            return tuple(found)
        found.append(now)


def rings(flows: Flows, start: int, *, backwards: bool = False, relays: int | None = None) -> tuple[int, ...]:
    """Say who knows after one, two, three hand-offs: the set first reached at each, until nobody new is reached.

    Whoever is in `start` tells; after that only relays pass the news on. Backwards: from whom news reaches `start`.

    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp", "gp => police"])
    >>> flows = flows_of(case)
    >>> [flows.ids_of(ring) for ring in rings(flows, flows.mask(["school"]))]
    [('gp',), ('police',)]
    """
    rows = flows.into if backwards else flows.out
    may_relay = flows.relays if relays is None else relays
    found: list[int] = []
    known = telling = start
    while telling:
        told = 0
        while telling:
            low = telling & -telling
            told |= rows[low.bit_length() - 1]
            telling ^= low
        told &= ~known
        if told:
            found.append(told)
        known |= told
        telling = told & may_relay
    return tuple(found)


def reach(flows: Flows, start: int, *, backwards: bool = False, relays: int | None = None) -> int:
    """Say whom news from `start` reaches at all (backwards: from whom it comes), not counting `start` itself."""
    rows = flows.into if backwards else flows.out
    may_relay = flows.relays if relays is None else relays
    known = telling = start
    while telling:
        low = telling & -telling
        told = rows[low.bit_length() - 1] & ~known
        known |= told
        telling ^= low | (told & may_relay)
    return known & ~start


def shortest_route(flows: Flows, start: int, goal: int, *, relays: int | None = None) -> tuple[str, ...]:
    """Return the ids along a route with the fewest hand-offs from one set of actors to another; empty if there is none.

    Among equally short routes the one whose ids come first in the alphabet is taken, so that the answer is always the same.

    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school => gp", "gp => police"])
    >>> flows = flows_of(case)
    >>> shortest_route(flows, flows.mask(["school"]), flows.mask(["police"]))
    ('school', 'gp', 'police')
    """
    may_relay = flows.relays if relays is None else relays
    levels = [goal, *rings(flows, goal, backwards=True, relays=relays)]
    far = next((far for far, level in enumerate(levels) if level & start), None)
    if far is None:
        return ()
    at = _first(flows, levels[far] & start)
    route = [at]
    for level in range(far - 1, -1, -1):
        at = _first(flows, flows.out[at] & levels[level] & (may_relay if level else goal))
        route.append(at)
    return tuple(flows.ids[at] for at in route)


def _first(flows: Flows, mask: int) -> int:
    return min(bits(mask), key=lambda at: flows.ids[at])
