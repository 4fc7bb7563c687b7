"""What a change brought and what it cost: the school's hearing, the loop, front doors, the single point, what is gone."""

from __future__ import annotations

from agencygraph.comparison import Block, Comparison
from agencygraph.conclusions.finders import Draft, View, change_finder, draft
from agencygraph.flows import shortest_route
from agencygraph.measures import readings
from agencygraph.measures.questions import Reading
from agencygraph.measures.wording import counted
from agencygraph.model import Tie

RELATIONS = "professional relationships"
ORGANISATION = "organisational issues"
TOGETHER = "joint working"
PRACTICE = "practice issues"
_SAID = 3


@change_finder("school hears", RELATIONS, 100)
def find_school_hears(change: Comparison, before: View, after: View) -> Draft | None:
    """From how many practitioners outside its own base the school hears, before and now."""
    for block in change.blocks:
        schools = [[id for id in ids if id in view.schools] for ids, view in ((block.before, before), (block.after, after))]
        if all(schools):
            then, now = (_about(view, "hears from", ids[0]) for view, ids in ((before, schools[0]), (after, schools[1])))
            if then.of and now.of and (then.count, then.of) != (now.count, now.of):
                school = after.words(schools[1][:1])
                return draft(f"{school} heard from {then.count} of {then.of} practitioners outside its own base before, and hears "
                             f"from {now.count} of {now.of} now.", f"What does {school} do with what it now hears?" if
                             now.count else f"How will {school} come to hear?", count=now.count or 0, of=now.of,
                             counted="practitioners outside its own base are heard now", ties=_ties_into(after, now), who=now.about)
    return None


@change_finder("loop before and now", RELATIONS, 90)
def find_loop(_: Comparison, before: View, after: View) -> Draft | None:
    """How many practitioners tell the lead and are told by the lead, before and now."""
    sides = [(len(view.with_status("in the loop")), len(view.followers)) for view in (before, after)]
    if before.case.leads == after.case.leads and sides[0] == sides[1]:
        return None
    parts = []
    for view, (count, of), then in zip((before, after), sides, (True, False), strict=True):
        when, verb = ("Before", "were") if then else ("Now", "are")
        parts.append(f"{when}, {count} of {of} other practitioners {verb} in the loop with {view.lead}" if view.case.leads else
                     f"{when}, nobody {'was' if then else 'is'} named as the lead")
    return draft(f"{parts[0]}. {parts[1]}.", "What must the lead hear from each of us, and each of us from the lead?",
                 count=sides[1][0], of=sides[1][1], counted="other practitioners are in the loop now",
                 who=after.with_status("in the loop"))


@change_finder("front doors before and now", PRACTICE, 75)
def find_doors(change: Comparison, before: View, after: View) -> Draft | None:
    """With how many practitioners the child has to deal, before and now."""
    for block in change.blocks:
        ends = [[id for id in ids if view.case.actor(id).kind == "child"]
                for ids, view in ((block.before, before), (block.after, after))]
        if all(ends):
            then, now = (_about(view, "front doors", ids[0]) for view, ids in ((before, ends[0]), (after, ends[1])))
            if then.count != now.count:
                child = after.words(ends[1][:1])
                met = counted(then.count or 0, "practitioner")
                return draft(f"{child} dealt with {met} before, and deals with {now.count} now.",
                             f"Whom would {child} miss, and who would {child} rather turn to?", count=now.count or 0,
                             of=now.of or 0, counted=f"practitioners have a tie with {child} now", ties=now.ties, who=now.who)
    return None


@change_finder("the price", ORGANISATION, 70)
def find_price(_: Comparison, before: View, after: View) -> Draft | None:
    """On whom the later map hangs most, and on whom the earlier one did."""
    then, now = (_hinge(view) for view in (before, after))
    if then is None and now is None:
        return None
    earlier = "no news passed between them at all, unless the family carried it"
    if then is not None:
        earlier = f"most hung on {before.words(then.about)} ({then.count} of {then.of} ways)"
    elif readings(before.case, "route split")[0].count:
        earlier = "no single person was needed"
    if now is None:
        return draft(f"No single person carries it all now; before, {earlier}.",
                     "What keeps news passing when somebody leaves?", count=0,
                     counted="practitioners are single points of failure now")
    who = after.words(now.about)
    return draft(f"The price: now most hangs on {who}; without it {now.count} of {now.of} ways from one of the others to another "
                 f"would be lost. Before, {earlier}.", f"Who stands in when {who} is away?", count=now.count or 0,
                 of=now.of or 0, counted=f"ways between the others hang on {who} now", ties=now.ties, who=now.about)


@change_finder("gone", PRACTICE, 60)
def find_gone(change: Comparison, before: View, _: View) -> Draft | None:
    """Which information no longer passes, and who is no longer on the map."""
    lost = len(change.lost)
    if not lost and not change.left:
        return None
    labels, later = change.before.labels(before.names), change.after.labels(before.names)
    ways = [one.words(labels, later).rstrip(".").replace(") (", "; ") for one in change.lost[:_SAID]]
    ways += [f"{lost - _SAID} more"] * (lost > _SAID)
    gone = counted(lost, "earlier link is", "earlier links are")
    sentences = [f"{gone} gone among those on both maps: {'; '.join(ways)}."] * bool(lost)
    if change.left:
        sentences.append(f"No longer on the map: {before.words(_earlier(change.left))}.")
    left = len(_earlier(change.left))
    what = f"earlier link{'s' * (lost != 1)} gone" if lost else f"actor{'s' * (left != 1)} no longer on the map"
    return draft(" ".join(sentences), "Which of the earlier links will be missed, and by whom?" if lost else
                 "Who will miss those no longer on the map?", count=lost or left, counted=what)


@change_finder("routes before and now", TOGETHER, 50)
def find_routes(_: Comparison, before: View, after: View) -> Draft | None:
    """In how many ways news passes from one practitioner to another without the family, before and now."""
    then, now = (readings(view.case, "route split")[0] for view in (before, after))
    if not then.of or not now.of or (then.count, then.of) == (now.count, now.of):
        return None
    return draft(f"Practitioners could reach each other without the family in {then.count} of {then.of} ways before, and can in "
                 f"{now.count} of {now.of} now.", "Which of the ways that exist now are used?", count=now.count or 0, of=now.of,
                 counted="ways from one practitioner to another exist now")


def _about(view: View, name: str, id: str) -> Reading:
    """Return the first reading of a measure that is about an actor or its unit."""
    return next(one for one in readings(view.case, name) if id in one.about)


def _hinge(view: View) -> Reading | None:
    """Return the single point on which most ways hang; None where every way has another."""
    points = [one for one in readings(view.case, "single points") if one.count]
    return max(points, key=lambda one: one.count or 0, default=None)


def _ties_into(view: View, one: Reading) -> tuple[Tie, ...]:
    """Return the ties of shortest routes by which news comes to a unit, each tie once."""
    goal = view.flows.mask(one.about)
    routes = [shortest_route(view.flows, view.flows.mask([id]), goal) for id in one.who]
    return tuple(dict.fromkeys(tie for route in routes for tie in view.flows.ties_along(route)))


def _earlier(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(id for block in blocks for id in block.before)
