"""M10: how does a message get from one actor to another, and is there another way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from agencygraph.errors import InvalidError
from agencygraph.flows import Flows, at_strength, bits, flows_of, reach, shortest_route
from agencygraph.measures.wording import HAND_OFFS, counted, listed, paragraphs
from agencygraph.model import Case, Tie


@dataclass(frozen=True, slots=True, repr=False)
class Route:
    """How a message gets from one actor to another, said in sentences by `print`; made by `route`.

    Attributes
    ----------
    case, start, goal, firm, relay, names
        What was asked.
    path
        Ids along one route with the fewest hand-offs, both ends included; empty where there is none.
    firm_steps
        Fewest hand-offs over critical ties alone; None where critical ties give no route.
    essential
        Ids of the go-betweens whom every route passes, in the order of the path.
    independent
        How many routes there are that share no go-between; a direct tie is one of them.
    heard_by
        Where there is no route: ids of those to whom the message comes before it stops.
    hears_from
        Where there is no route: ids of those whose news does come to the goal.
    family_path
        Where there is no route: ids along one that the child or the family would have to carry; empty where none is.
    """

    case: Case
    start: str
    goal: str
    firm: bool
    relay: str
    names: bool
    path: tuple[str, ...]
    firm_steps: int | None
    essential: tuple[str, ...]
    independent: int
    heard_by: tuple[str, ...]
    hears_from: tuple[str, ...]
    family_path: tuple[str, ...]

    @property
    def steps(self) -> int | None:
        """Fewest hand-offs; None where there is no route."""
        return len(self.path) - 1 if self.path else None

    @property
    def is_firm(self) -> bool:
        """True where critical ties alone give a route."""
        return self.firm_steps is not None

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties along the path."""
        return flows_of(self.case, firm=self.firm, relay=self.relay).ties_along(self.path)

    @property
    def reason(self) -> str:
        """Why there is no route, under public labels; empty where there is one."""
        if self.path:
            return ""
        start, goal = self._words(self.start), self._words(self.goal)
        if not self.heard_by:
            return f"{start} tells nobody"
        return f"nobody who hears of it tells {goal}" if self.hears_from else f"nobody tells {goal}"

    def _words(self, *ids: str) -> str:
        labels = self.case.labels(self.names)
        return listed([labels[id] for id in ids])

    def _arrows(self, path: tuple[str, ...]) -> str:
        return " → ".join(self._words(id) for id in path)

    def _lines(self) -> Iterator[str]:
        ends = f"{self._words(self.start)} to {self._words(self.goal)} ({HAND_OFFS[self.firm]})"
        if not self.path:
            yield f"{ends}: no route."
            yield from self._stops()
            return
        yield f"{ends}: {counted(len(self.path) - 1, 'hand-off')}, {self._arrows(self.path)}."
        if not self.firm:
            yield self._firmness()
        if self.essential:
            yield f"There is no way round {self._words(*self.essential)}."
        yield ("There is no second, independent route." if self.independent == 1 else
               f"There are {self.independent} independent routes, which share no go-between.")

    def _firmness(self) -> str:
        if self.firm_steps is None:
            return "Critical ties alone give no route: it hangs on peripheral ones."
        return f"Critical ties alone give a route of {counted(self.firm_steps, 'hand-off')}."

    def _stops(self) -> Iterator[str]:
        start, goal = self._words(self.start), self._words(self.goal)
        yield f"The message comes to {self._words(*self.heard_by)}, and stops there." if self.heard_by else f"{start} tells nobody."
        yield f"What comes to {goal} comes from {self._words(*self.hears_from)}." if self.hears_from else f"Nobody tells {goal}."
        if self.family_path:
            yield f"Only the child or the family could carry it: {self._arrows(self.family_path)}."

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        steps = "no route" if self.steps is None else counted(self.steps, "hand-off")
        return f"Route({self._words(self.start)} to {self._words(self.goal)}: {steps})"

    def _repr_html_(self) -> str:
        """The sentences as a notebook shows them."""
        return paragraphs(self._lines())


def route(case: Case, a: str, b: str, *, firm: bool = False, relay: str = "practitioners", names: bool = False) -> Route:
    """Say how a message gets from one actor to another, who is needed for it, and whether there is another way.

    Parameters
    ----------
    case
        The case; ties that nobody could confirm do not count.
    a, b
        Ids of the sender and of the receiver; both may be of the family.
    firm
        True to count critical ties only.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    names
        True to show private names in place of public labels.

    Returns
    -------
    Route
        Its `steps` is None where there is no route; it then says where the message stops.

    Raises
    ------
    UnknownNameError
        Where one of the two is not in the case.
    InvalidError
        Where both are the same.

    Source: Menger 1927 for independent routes; dominators of a flow graph (Lengauer & Tarjan 1979) for essential go-betweens.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": {"kind": "agency", "label": "GP"}, "ssd": {"kind": "agency",
    ...                "label": "Social services"}}, ties=["school => ssd", "ssd -> gp"])
    >>> print(route(case, "school", "gp"))
    School to GP (any tie): 2 hand-offs, School → Social services → GP.
    Critical ties alone give no route: it hangs on peripheral ones.
    There is no way round Social services.
    There is no second, independent route.
    >>> route(case, "gp", "school").steps is None
    True
    """
    flows = flows_of(case, firm=firm, relay=relay)
    flows.mask([a, b])
    if a == b:
        raise InvalidError(f"'{a}' is both ends of the route; name two different actors.")
    return _found(flows, a, b, bool(names))


def _found(flows: Flows, a: str, b: str, names: bool) -> Route:
    start, goal = flows.mask([a]), flows.mask([b])
    path = shortest_route(flows, start, goal)
    firmly = shortest_route(at_strength(flows, True), start, goal)
    return Route(flows.case, a, b, flows.firm, flows.relay, names, path, len(firmly) - 1 if firmly else None,
                 essential_between(flows, path), count_independent(flows, a, b),
                 () if path else flows.ids_of(reach(flows, start)),
                 () if path else flows.ids_of(reach(flows, goal, backwards=True)),
                 () if path else shortest_route(flows, start, goal, relays=flows.everyone))


def essential_between(flows: Flows, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return those inside a shortest route whom every route between its ends passes, in the order of the route."""
    if len(path) < 3:
        return ()
    start, goal = flows.mask(path[:1]), flows.mask(path[-1:])
    return tuple(id for id in path[1:-1] if not reach(flows, start, relays=flows.relays & ~flows.mask([id])) & goal)


def count_independent(flows: Flows, a: str, b: str) -> int:
    """Count the routes between two actors that share no go-between; a direct tie is one of them.

    Each go-between is split into a way in and a way out that one message may pass (Menger's theorem as a flow of whole
    messages): 2k is the way in of actor k, 2k + 1 its way out.
    """
    start, goal = flows.ids.index(a), flows.ids.index(b)
    between = flows.relays & ~(1 << start | 1 << goal)
    left = [0] * (2 * len(flows.ids))
    for at in bits(between | 1 << start):
        left[2 * at] = 1 << 2 * at + 1
        left[2 * at + 1] = sum(1 << 2 * to for to in bits(flows.out[at] & (between | 1 << goal)))
    found = 0
    while path := _augmenting(left, 2 * start + 1, 2 * goal):
        found += 1
        for here, there in pairwise(path):
            left[here] &= ~(1 << there)
            left[there] |= 1 << here
    return found


def _augmenting(left: list[int], start: int, goal: int) -> list[int]:
    """Return a shortest way through what is left of the network, or nothing."""
    came_from, waiting = {start: start}, [start]
    for here in waiting:
        for there in bits(left[here]):
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if goal not in came_from:
        return []
    path = [goal]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
