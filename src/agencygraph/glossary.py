"""What the words of the field mean here, one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from agencygraph.errors import UnknownNameError, did_you_mean

WORDS: Mapping[str, str] = MappingProxyType({
    "absent": "Said of an actor who stands on the map without any tie.",
    "actor": "Anybody on the map: the child, a member of the family, a school, an agency or a practitioner.",
    "agency": "An organisation that works for children, such as social services, the police or a clinic.",
    "agreed": "Said of a tie that everybody in the room accepts.",
    "any tie": "A way of counting in which critical and peripheral ties count alike.",
    "arrangement": "How services stand round a child: collaboration of separate agencies, or integration in one team.",
    "base": "The place where a practitioner works, such as the school at which a nurse is based.",
    "betweenness": "How many of the shortest routes between others run through an actor.",
    "bridge": "A tie without which some actors could no longer reach each other.",
    "broker": "An actor through whom news must pass between two others who do not talk to each other.",
    "carer": "A foster or residential carer; counted with the practitioners, because carers take part in the work.",
    "case": "One child's map under one arrangement, as a group agreed it at a date.",
    "caseload": "Many cases looked at together.",
    "child": "The child or young person in whose interest the map is drawn.",
    "chronology": "What was passed on by whom to whom, in the order of time.",
    "collaboration": "An arrangement in which separate agencies each work with the child and link up with one another.",
    "comparison": "Two maps side by side, actor for actor and tie for tie, before and after a change.",
    "complexity": "How much a case demands of services; the study speaks of modest, significant and complex cases.",
    "connectedness": "The share of pairs of practitioners who are linked at all, directly or through other practitioners.",
    "critical": "Said of a tie on which the work depends; drawn bold.",
    "cut off": "Said of an actor from whom nothing comes to the lead, and to whom nothing comes from the lead.",
    "cut-point": "An actor without whom the map would fall into more pieces.",
    "density": "The share of all possible ties that exist.",
    "disputed": "Said of a tie on which the group does not agree; it is counted and marked.",
    "event": "Something passed on at a date: by some to others, both ways, or among all in a meeting.",
    "expected audience": "How many practitioners learn some news on average, if ties sometimes fail.",
    "family": "The child, the parents and other relatives; they tell and are told but are never asked to pass news on.",
    "finding": "A sentence about a map together with the ties that prove it.",
    "firm": "A way of counting in which only critical ties count.",
    "flow": "Information passing one way from one actor to another.",
    "front doors": "The practitioners with whom one member of the family has to deal.",
    "gap": "A link that the group says is missing and should exist.",
    "go-between": "An actor inside a route; essential where every route from one end to the other passes through it.",
    "hand-off": "One step of a route: one actor passes the news to the next.",
    "heard by": "Those outside a unit to whom its news comes, at first hand or through others.",
    "hears from": "Those outside a unit whose news comes to it, at first hand or through others.",
    "host": "The actor at whose place a team sits, usually the school; it is not itself a member.",
    "importance": "What the result would gain if a flow always worked, against its never working.",
    "in the loop": "Said of an actor whose news comes to the lead and who is told by the lead, directly or through practitioners.",
    "independent routes": "Routes from one actor to another that share no go-between.",
    "integration": "An arrangement in which practitioners of several services work as one team, here hosted by a school.",
    "internalised": "Said of a tie whose two ends now belong to one team.",
    "island": "A group of practitioners who are linked among themselves and to no other practitioner.",
    "isolate": "An actor without any tie.",
    "isolation": "How cut off a unit is from practitioners outside it: 0 if it hears all at first hand, 1 if it hears from nobody.",
    "label": "The public words that stand for an actor on a map.",
    "layer": "The account of a case to which an actor or tie belongs, such as a figure or the narrative.",
    "lead practitioner": "The practitioner or agency that answers for the case and keeps it together.",
    "lineage": "Who of an earlier map became whom on a later one.",
    "messenger share": "How far practitioners reach each other only through the child or the family.",
    "no return": "Those whom a unit tells and who never tell it back.",
    "one-way": "Said of a tie along which information passes in one direction only.",
    "pairs talking": "Pairs of practitioners of whom at least one tells the other.",
    "parent": "A mother, father or other person with parental responsibility.",
    "perhaps": "Said of news that passes only if dates known to a month or a year fell so as to let it.",
    "peripheral": "Said of a tie that is occasional, limited or not depended on; drawn broken.",
    "practitioner": "Anybody who works with the child for a service; here also agencies, schools and carers.",
    "professional route": "A route on which everybody between the first and the last actor is a practitioner, agency or school.",
    "reach": "Everybody to whom an actor's news comes, directly or through others.",
    "reading": "One way to take the ties that are disputed or not known: each of them is there or is not.",
    "reciprocity": "The share of ties that run both ways.",
    "relay": "An actor who passes on what others told it; by default everybody outside the family.",
    "route": "A chain of flows along which news passes from one actor to another.",
    "school": "The school or other setting that the child attends.",
    "sector": "The part of public service to which an actor belongs, such as education, health or social care.",
    "SENCO": "The special educational needs co-ordinator of a school.",
    "single point of failure": "An actor or tie without which practitioners lose routes to each other.",
    "situation": "How a case presses: the study speaks of crisis, ticking clock and dripping tap.",
    "strength": "Whether a tie is critical or peripheral.",
    "surely": "Said of news that passes by events each of which surely came before the next, whatever the vague dates were.",
    "team": "Practitioners who work as one body under a lead.",
    "thin return": "Those who tell a unit back by a peripheral tie only, although it tells them by a critical one.",
    "tie": "A relationship through which information passes between two actors.",
    "time to inform": "After how many hand-offs all practitioners know what one actor learned.",
    "two-way": "Said of a tie along which information passes in both directions.",
    "unit": "Actors who count as one body: a team, else those based at one place, else the actor alone.",
    "unknown": "Said of a tie of which nobody in the room could say whether it exists; it is left out of the counts.",
    "voice": "How well practitioners outside a unit hear it: 1 if all hear it at first hand, 0 if nobody hears it.",
})  # fmt: skip

ALSO: Mapping[str, str] = MappingProxyType({
    "professional": "practitioner", "lead": "lead practitioner", "lead professional": "lead practitioner",
    "no lead named": "lead practitioner", "foster carer": "carer", "link": "tie", "relationship": "tie", "arrow": "flow",
    "bold": "critical", "broken": "peripheral", "dotted": "peripheral", "reciprocal": "two-way",
    "single point": "single point of failure", "component": "island", "integrated team": "integration",
    "before and after": "comparison",
})  # fmt: skip


def explain(word: str) -> str:
    """Say in one sentence what a word on a map, in a table or in the guide means.

    Parameters
    ----------
    word
        A word of the glossary, or another word for the same; capitals, hyphens and a plural s make no difference.

    Returns
    -------
    str
        One sentence.

    Raises
    ------
    UnknownNameError
        For a word that the glossary does not hold; the nearest one is suggested.

    Examples
    --------
    >>> explain("isolate")
    'An actor without any tie.'
    >>> explain("Links") == explain("tie")
    True
    """
    wanted = _plain(word)
    for known, meaning in WORDS.items():
        if wanted in (_plain(known), f"{_plain(known)}s"):
            return meaning
    for other, known in ALSO.items():
        if wanted in (_plain(other), f"{_plain(other)}s"):
            return WORDS[known]
    raise UnknownNameError(f"the glossary does not hold '{word}'.{did_you_mean(str(word), [*WORDS, *ALSO])}")


def _plain(word: str) -> str:
    return " ".join(str(word).replace("-", " ").replace("_", " ").lower().split())
