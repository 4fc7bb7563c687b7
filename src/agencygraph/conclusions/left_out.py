"""Who and what is left out: services without a tie, the parent, links that the group itself misses, many front doors."""

from __future__ import annotations

from collections.abc import Callable

from agencygraph.conclusions.finders import Draft, View, draft, finder
from agencygraph.flows import bits, flows_of
from agencygraph.measures import readings
from agencygraph.measures.wording import counted
from agencygraph.model import Case

TOGETHER = "joint working"
PRACTICE = "practice issues"
_GAPS_SAID = 3
_MANY_UNITS = 5


@finder("parent apart", PRACTICE, 65)
def find_parent_apart(view: View) -> Draft | None:
    """Which parent has no tie with any practitioner."""
    parents = tuple(actor.id for actor in view.case.actors if actor.kind == "parent")
    apart = tuple(id for id in parents if not view.row(id) & view.flows.practitioners and not view.is_open(id))
    if not apart or not view.practitioners:
        return None
    absent = not any(view.row(id) for id in apart)
    words = view.words(apart, "or")
    sentence = f"No tie on the map leads to or from {words}." if absent else f"No practitioner has a tie with {words}."
    return draft(sentence, f"Who speaks with {words}, and what would {words} say of all this?", count=len(parents) - len(apart),
                 of=len(parents), counted=f"{'parent has' if len(parents) == 1 else 'parents have'} a tie with a practitioner",
                 who=apart, holds=lambda case: all(_is_apart(case, id) for id in apart))


@finder("no tie", PRACTICE, 50)
def find_no_tie(view: View) -> Draft | None:
    """Which services stand on the map and are used by nobody."""
    unused = tuple(id for id in view.practitioners if not view.row(id) and not view.is_open(id))
    if not unused:
        return None
    return draft(f"Nobody on the map has a tie with {view.words(unused, 'or')}: nothing shows that the child is helped there.",
                 f"Could {view.words(unused, 'or')} help, and who would open the door?", count=len(unused),
                 of=len(view.practitioners), counted="practitioners and services have no tie at all", who=unused,
                 holds=_without_tie(unused))


@finder("gaps named", TOGETHER, 40)
def find_gaps(view: View) -> Draft | None:
    """Which links the group itself said are missing."""
    gaps = view.case.gaps
    if not gaps:
        return None
    said = [view.way((gap.source, gap.target)) for gap in gaps[:_GAPS_SAID]]
    said += [f"{len(gaps) - _GAPS_SAID} more"] * (len(gaps) > _GAPS_SAID)
    return draft(f"The group itself named {counted(len(gaps), 'link that is', 'links that are')} missing: {'; '.join(said)}.",
                 "Which missing link comes first, and who will make it?" if len(gaps) > 1 else
                 f"Who will make the missing link from {said[0]}?", count=len(gaps),
                 counted="link is missing" if len(gaps) == 1 else "links are missing",
                 who=tuple(dict.fromkeys(id for gap in gaps for id in (gap.source, gap.target))),
                 holds=_lacks(tuple((gap.source, gap.target) for gap in gaps)))


@finder("many front doors", PRACTICE, 30)
def find_many_front_doors(view: View) -> Draft | None:
    """With how many services a child has to deal."""
    children = {actor.id for actor in view.case.actors if actor.kind == "child"}
    doors = [one for one in readings(view.case, "front doors") if one.about[0] in children]
    units = {one.about[0]: one.count or 0 for one in doors if one.detail == "units"}
    if not units or max(units.values()) < _MANY_UNITS:
        return None
    id = max(units, key=lambda one: units[one])
    met = next(one for one in doors if one.about == (id,) and one.detail == "practitioners")
    child = view.words([id])
    return draft(f"{child} has to deal with {counted(units[id], 'service')}.",
                 f"Who could be the first person for {child} to turn to?",
                 count=met.count or 0, of=met.of or 0, counted=f"practitioners have a tie with {child}", ties=met.ties, who=met.who,
                 holds=_deals_with_many(id))


def _is_apart(case: Case, id: str) -> bool:
    return id in case.ids and not View(case).row(id) & flows_of(case).practitioners


def _without_tie(ids: tuple[str, ...]) -> Callable[[Case], bool]:
    """Return the statement that none of these has a tie."""
    return lambda case: all(id in case.ids and not View(case).row(id) for id in ids)


def _lacks(pairs: tuple[tuple[str, str], ...]) -> Callable[[Case], bool]:
    """Return the statement that none of these flows is there."""

    def holds(case: Case) -> bool:
        flows = flows_of(case)
        there = {(flows.ids[at], flows.ids[to]) for at, row in enumerate(flows.out) for to in bits(row)}
        return not any(pair in there for pair in pairs)

    return holds


def _deals_with_many(id: str) -> Callable[[Case], bool]:
    """Return the statement that one child deals with many services."""
    return lambda case: any(one.about == (id,) and one.detail == "units" and (one.count or 0) >= _MANY_UNITS
                            for one in readings(case, "front doors"))
