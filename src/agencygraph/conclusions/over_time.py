"""What stands out in the dated events: what was passed on first and never came to the lead or to the school."""

from __future__ import annotations

from agencygraph.conclusions.finders import Draft, View, draft, finder
from agencygraph.measures.who_knew import WhoKnew, who_knew


@finder("never arrived", "joint working", 65)
def find_never_arrived(view: View) -> Draft | None:
    """Whether what was passed on first came to the lead, and to the school; not where vague dates leave it open.

    It rests on the dated events and on no tie, so that no tie could overturn it.
    """
    events = sorted(view.case.chronology.events, key=lambda event: (event.when.earliest, event.when.latest, event.seq))
    if not events:
        return None
    start = events[0].senders[0]
    found = who_knew(view.case, start, since=events[0].when, names=view.names)
    missed = tuple(id for id in dict.fromkeys((*view.case.leads, *view.schools)) if _is_missed(view, found, id))
    if not missed:
        return None
    others = len(found.surely) + len(found.perhaps) + len(found.never)
    return draft(f"What {view.words([start])} passed on from {events[0].when.words} on never came to {view.words(missed, 'or')}, "
                 "going by the dated events.",
                 f"What must {view.words(missed)} still be told of what {view.words([start])} passed on, and who will do so?",
                 count=len(found.surely), of=others,
                 counted="other practitioners surely came to know of it", who=(start, *missed))


def _is_missed(view: View, found: WhoKnew, id: str) -> bool:
    """Say whether neither an actor nor anybody at the same place or in the same team can have come to know, or knew it first."""
    unit = view.flows.ids_of(view.flows.units[view.flows.ids.index(id)])
    return found.start not in unit and not any(one.perhaps for one in found.heard if one.who in unit)
