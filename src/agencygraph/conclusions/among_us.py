"""What stands out among practitioners: news that only the family carries, one hinge, schools apart, separate groups."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from agencygraph.conclusions.finders import Draft, View, draft, finder
from agencygraph.flows import Flows, bits, flows_of, reach
from agencygraph.measures import readings
from agencygraph.measures.islands import islands_of
from agencygraph.measures.questions import Pair, Reading
from agencygraph.model import Case

TOGETHER = "joint working"
ORGANISATION = "organisational issues"
# A quarter: below it, what is left to the family or to one person is one way among many.
WORTH_SAYING = 0.25
_FEWEST = 2


@finder("only through the family", TOGETHER, 95)
def find_only_through_family(view: View) -> Draft | None:
    """Whether no news passes between any two practitioners unless the child or the family carries it."""
    messengers = readings(view.case, "messenger share")[0]
    if not messengers.of or messengers.count != messengers.of:
        return None
    talking = readings(view.case, "pairs talking")[0]
    carriers = _carriers(view.flows, messengers.pairs)
    who = _carrier_words(view, carriers)
    return draft(f"No two practitioners exchange anything except through {who}.",
                 f"Which two of us should talk first, so that {who} need not carry our messages?",
                 count=talking.count or 0, of=talking.of or 0, counted="pairs of practitioners talk",
                 ties=view.flows.ties_joining(view.flows.mask(carriers), view.flows.practitioners), who=carriers,
                 holds=_only_family_carries)


@finder("some through the family", TOGETHER, 45)
def find_some_through_family(view: View) -> Draft | None:
    """Which news between practitioners passes only where the child or the family carries it."""
    messengers = readings(view.case, "messenger share")[0]
    if messengers.value is None or not WORTH_SAYING <= messengers.value < 1:
        return None
    carriers = _carriers(view.flows, messengers.pairs)
    who = _carrier_words(view, carriers)
    return draft(f"Some news passes between practitioners only if {who} carries it, such as from "
                 f"{view.way(_telling_pair(view, messengers))}.",
                 f"Which messages among us should not be left to {who}?", count=messengers.count or 0,
                 of=messengers.of or 0, counted="ways from one practitioner to another run only through the family",
                 ties=view.flows.ties_joining(view.flows.mask(carriers), view.flows.practitioners), who=carriers,
                 holds=_much_through_family)


@finder("single point", ORGANISATION, 70)
def find_single_point(view: View) -> Draft | None:
    """Who is the only way between others; where that is the lead of a team, it is the price of the team."""
    points = sorted((one for one in readings(view.case, "single points") if _is_point(one)), key=lambda one: -(one.count or 0))
    if not points:
        return None
    top, *others = points
    who = view.words(top.about)
    price = "The price: the" if _is_team_lead(view.case, top.about[0]) else "The"
    sentence = (f"{price} single point of failure is {who}, the only way from {view.way(_telling_pair(view, top))}: without it "
                f"{top.count} of {top.of} ways from one of the others to another would be lost.")
    if others:
        listed = [f"{view.words(one.about)} ({one.count} of {one.of})" for one in others[:2]]
        sentence += f" Next: {' and '.join(listed)}."
    return draft(sentence, f"Who stands in when {who} is away, and which second link would help most?", count=top.count or 0,
                 of=top.of or 0, counted=f"ways between the others hang on {who}", ties=top.ties, who=top.about,
                 holds=_point(top.about[0]))


@finder("schools apart", TOGETHER, 80)
def find_schools_apart(view: View) -> Draft | None:
    """Which schools of the child have no link, so that nothing is handed over between them."""
    apart = [pair for pair in combinations(view.schools, 2) if _are_apart(view.case, pair)]
    if not apart:
        return None
    pairs = "; ".join(f"{view.words(pair)}" for pair in apart)
    return draft(f"{pairs} have no link, directly or through other practitioners.",
                 "Who will hand over what one school knows to the other?", count=0, of=2 * len(apart),
                 counted="ways between these schools exist", who=tuple(dict.fromkeys(id for pair in apart for id in pair)),
                 holds=lambda case: all(_are_apart(case, pair) for pair in apart))


@finder("separate groups", TOGETHER, 75)
def find_separate_groups(view: View) -> Draft | None:
    """Which groups of practitioners work side by side without any link."""
    groups = [view.flows.ids_of(group) for group in islands_of(view.flows) if group.bit_count() > 1]
    if len(groups) < 2:
        return None
    said = "; ".join(view.words(group) for group in groups)
    return draft(f"The practitioners work in {len(groups)} groups that have no link with each other: {said}.",
                 "Which link between the groups would help most?", count=len(groups), counted="groups without a link",
                 ties=view.flows.ties_joining(view.flows.practitioners, view.flows.practitioners),
                 who=tuple(id for group in groups for id in group), holds=_has_groups)


def _carriers(flows: Flows, pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Return who of the family must carry news between these pairs: those alone who can, else the family as a whole."""
    for size in (1, flows.family.bit_count()):
        for family in combinations(bits(flows.family), size):
            relays = flows.practitioners | sum(1 << at for at in family)
            if all(reach(flows, flows.mask([a]), relays=relays) & flows.mask([b]) for a, b in pairs):
                return tuple(flows.ids[at] for at in family)
    return flows.ids_of(flows.family)


def _carrier_words(view: View, carriers: tuple[str, ...]) -> str:
    return view.words(carriers) if len(carriers) == 1 else "the child or the family"


def _telling_pair(view: View, one: Reading) -> Pair:
    """Return the pair to be named as an example: one that ends with a lead, one with a school, else the first."""
    goals = [pair for pair in one.pairs if pair[1] in view.case.leads]
    schools = [pair for pair in one.pairs if pair[1] in view.schools or pair[0] in view.schools]
    return (goals or schools or list(one.pairs))[0]


def _is_point(one: Reading) -> bool:
    return one.value is not None and (one.count or 0) >= _FEWEST and one.value >= WORTH_SAYING


def _is_team_lead(case: Case, id: str) -> bool:
    return id in case.leads and (case.arrangement == "integration" or any(id == team.lead for team in case.teams))


def _point(id: str) -> Callable[[Case], bool]:
    """Return the statement that so much hangs on one actor."""
    return lambda case: any(one.about == (id,) and _is_point(one) for one in readings(case, "single points"))


def _only_family_carries(case: Case) -> bool:
    messengers = readings(case, "messenger share")[0]
    return bool(messengers.of) and messengers.count == messengers.of


def _much_through_family(case: Case) -> bool:
    value = readings(case, "messenger share")[0].value
    return value is not None and value >= WORTH_SAYING


def _are_apart(case: Case, pair: Pair) -> bool:
    if not {*pair} <= {*case.ids}:
        return False
    flows = flows_of(case)
    one, other = (flows.mask([id]) for id in pair)
    return not (reach(flows, one) & other or reach(flows, other) & one)


def _has_groups(case: Case) -> bool:
    return sum(group.bit_count() > 1 for group in islands_of(flows_of(case))) > 1
