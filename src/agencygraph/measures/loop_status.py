"""M3: who is out of the loop with the lead?"""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.flows import Flows, at_strength, levels, shortest_route
from agencygraph.measures.questions import NO_EVIDENCE, Evidence, Reading, question, quick_reading

STATUSES = ("absent", "no lead named", "lead", "in the loop", "tells, is not told", "told, is not heard", "cut off")


@question(
    id="M3", name="loop status", asks="Who is out of the loop with the lead?",
    definition="Whether professional routes run from the actor to a lead and from a lead to the actor. Thinly: in the loop, but "
               "not over firm ties alone; what is thin is named (heard, told).",
    about="actor", unit="status", span=None, better="",
    sentence="{about}: {words}.", undefined="there is never a number; without a lead the status says so",
    source="bow-tie position of Broder et al. 2000, anchored on the named lead",
)  # fmt: skip
def find_loop_status(flows: Flows) -> Iterator[Reading]:
    """Where each actor stands with the lead: in the loop, not told, not heard, cut off; with the routes that show it.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "ssd": {"kind": "agency", "lead": True}},
    ...                ties=["school => ssd", "ssd -> school"])
    >>> [(r.about, r.words) for r in find_loop_status(flows_of(case))]
    [(('school',), 'in the loop (thinly: told)'), (('ssd',), 'lead')]
    """
    for at, id in enumerate(flows.ids):
        words = status_of(flows, at)
        is_asked = words not in ("lead", "absent")
        yield quick_reading((id,), (None, None, None), words=words, behind=(_routes, flows, at) if is_asked else NO_EVIDENCE)


def _routes(flows: Flows, at: int) -> Evidence:
    """Name the leads, and the ties along a route to them and back."""
    told = shortest_route(flows, flows.leads & ~(1 << at), 1 << at)
    heard = shortest_route(flows, 1 << at, flows.leads & ~(1 << at))
    return flows.ids_of(flows.leads), (), tuple(dict.fromkeys(flows.ties_along(heard) + flows.ties_along(told)))


def status_of(flows: Flows, at: int) -> str:
    """Return where one actor stands with the lead, with what of it is thin."""
    words = standing_of(flows, at)
    if words != "in the loop":
        return words
    firmly = heard_and_told(at_strength(flows, True), at)
    thin = [part for part, holds in zip(("heard", "told"), firmly, strict=True) if not holds]
    return f"{words} (thinly: {', '.join(thin)})" if thin else words


def standing_of(flows: Flows, at: int) -> str:
    """Return where one actor stands with the lead, without saying on which ties it rests."""
    if not flows.out[at] | flows.into[at]:
        return "absent"
    if not flows.leads:
        return "no lead named"
    if flows.leads >> at & 1:
        return "lead"
    heard, told = heard_and_told(flows, at)
    if heard:
        return "in the loop" if told else "tells, is not told"
    return "told, is not heard" if told else "cut off"


def heard_and_told(flows: Flows, at: int) -> tuple[bool, bool]:
    """Say whether what an actor says comes to a lead, and whether what a lead says comes to it."""
    return bool(levels(flows)[-1][at] & flows.leads), bool(levels(flows, backwards=True)[-1][at] & flows.leads)
