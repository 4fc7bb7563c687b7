"""What stands out between the lead and the others: not told, told thinly, not heard, cut off, no lead, all in the loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from agencygraph.conclusions.finders import Draft, View, draft, finder
from agencygraph.flows import Flows, shortest_route
from agencygraph.measures import readings
from agencygraph.model import Case, Tie

RELATIONS = "professional relationships"
ORGANISATION = "organisational issues"


@finder("not told", RELATIONS, 100)
def find_not_told(view: View) -> Draft | None:
    """Who tells the lead and is not told: the schools first, because the map is drawn round the school."""
    affected = view.with_status("tells, is not told")
    if not affected:
        return None
    focus = view.focus(affected)
    others = [id for id in affected if id not in focus]
    sentence = f"News from {view.words(focus)} comes to {view.lead}, and none comes back."
    if others:
        sentence += f" The same is true of {view.words(others)}."
    return draft(sentence, f"What does {view.words(focus, 'or')} need to hear back, and who will pass it on?",
                 count=len(affected), of=len(view.followers), counted="other practitioners tell the lead and are not told",
                 ties=_routes(view.flows, focus, to_lead=True), who=affected, holds=_all_are(focus, "tells, is not told"))


@finder("no return", RELATIONS, 88)
def find_no_return(view: View) -> Draft | None:
    """Whom a school tells without being told back, where there is no lead to measure it against."""
    if view.case.leads:
        return None
    for one in readings(view.case, "no return"):
        if any(id in view.schools for id in one.about) and one.value is not None and one.value > 0.5:
            school = view.words([id for id in one.about if id in view.schools][:1])
            return draft(f"News from {school} comes to {view.words(one.who)}, and none comes back from there at first hand.",
                         f"What does {school} need to hear back, and who will pass it on?", count=one.count or 0, of=one.of or 0,
                         counted=f"of those whom {school} tells outside do not tell it back", ties=one.ties, who=one.about,
                         holds=_is_not_told_back(one.about, one.who))
    return None


@finder("told thinly", RELATIONS, 85)
def find_told_thinly(view: View) -> Draft | None:
    """Which schools hear from the lead by peripheral ties only."""
    affected = tuple(id for id in view.with_status("in the loop (thinly") if "told" in view.status(id))
    schools = tuple(id for id in affected if id in view.schools)
    if not schools:
        return None
    firmly = [id for id in view.followers if shortest_route(view.firm, view.firm.leads, view.firm.mask([id]))]
    return draft(f"{view.words(schools)} hears only thinly from {view.lead}: critical ties alone bring nothing."
                 if len(schools) == 1 else
                 f"What {view.words(schools)} hear from {view.lead}, is thin: critical ties alone bring nothing.",
                 f"What must {view.words(schools, 'or')} be able to count on hearing, and how often?",
                 count=len(firmly), of=len(view.followers), counted="other practitioners hear from the lead over critical ties",
                 ties=_routes(view.flows, schools, to_lead=False), who=schools, holds=_all_are(schools, "in the loop", "told"))


@finder("not heard", RELATIONS, 60)
def find_not_heard(view: View) -> Draft | None:
    """Who is told by the lead, and whose own news never comes to the lead."""
    affected = view.with_status("told, is not heard")
    if not affected:
        return None
    return draft(f"News from {view.lead}, comes to {view.words(affected)}, and none comes back to the lead.",
                 f"What do {view.words(affected)} know that the lead should hear?" if len(affected) > 1 else
                 f"What does {view.words(affected)} know that the lead should hear?",
                 count=len(affected), of=len(view.followers), counted="other practitioners are told and are not heard",
                 ties=_routes(view.flows, affected, to_lead=False), who=affected, holds=_all_are(affected, "told, is not heard"))


@finder("cut off", RELATIONS, 55)
def find_cut_off(view: View) -> Draft | None:
    """Between whom and the lead no news passes either way, although they are at work."""
    affected = view.with_status("cut off")
    if not affected:
        return None
    return draft(f"No news passes between {view.words(affected)} and {view.lead}, directly or through other practitioners.",
                 f"Who could link {view.words(affected, 'or')} with the lead?", count=len(affected), of=len(view.followers),
                 counted="other practitioners are cut off from the lead", who=affected, holds=_all_are(affected, "cut off"))


@finder("no lead", ORGANISATION, 90)
def find_no_lead(view: View) -> Draft | None:
    """Whether nobody answers for the case."""
    size = len(view.practitioners)
    if view.case.leads or size < 2:
        return None
    return draft("Nobody is named as the lead practitioner.", "Who will answer for this case and keep it together?",
                 count=0, of=size, counted="practitioners are named as lead", holds=_has_no_lead)


@finder("in the loop", ORGANISATION, 72, is_reassuring=True)
def find_in_the_loop(view: View) -> Draft | None:
    """Whether every practitioner tells the lead and is told by the lead."""
    followers = view.followers
    if not view.case.leads or len(followers) < 2 or view.with_status("in the loop") != followers:
        return None
    return draft(f"Everyone is in the loop: news passes both ways between {view.lead}, and every other practitioner.",
                 "What will keep everyone in the loop when somebody leaves or another service joins?", count=len(followers),
                 of=len(followers), counted="other practitioners tell the lead and are told",
                 ties=_routes(view.flows, followers, to_lead=True),
                 who=followers, holds=_all_are(followers, "in the loop"))


def _all_are(ids: Iterable[str], *words: str) -> Callable[[Case], bool]:
    """Return the statement that all of these stand so with the lead; the status begins with the first word and has the rest."""

    def holds(case: Case) -> bool:
        statuses = [View(case).status(id) for id in ids]
        return all(status.startswith(words[0]) and all(word in status for word in words) for status in statuses)

    return holds


def _is_not_told_back(unit: tuple[str, ...], silent: tuple[str, ...]) -> Callable[[Case], bool]:
    """Return the statement that a unit tells all of these and none of them tells it back."""
    return lambda case: any(one.about == unit and {*silent} <= {*one.who} for one in readings(case, "no return"))


def _has_no_lead(case: Case) -> bool:
    return not case.leads


def _routes(flows: Flows, ids: Iterable[str], *, to_lead: bool) -> tuple[Tie, ...]:
    """Return the ties of shortest routes between each of some actors and a lead, each tie once."""
    ties: dict[Tie, None] = {}
    for id in ids:
        ends = (flows.mask([id]), flows.leads & ~flows.mask([id]))
        ties |= dict.fromkeys(flows.ties_along(shortest_route(flows, *(ends if to_lead else ends[::-1]))))
    return tuple(ties)
