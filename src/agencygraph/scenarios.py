"""What if the case were arranged otherwise? Each verb returns a new case; the one given never changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agencygraph.errors import InvalidError, Problem, did_you_mean
from agencygraph.model import Case, Chronology, Event, Gap, Lineage, Team, Tie
from agencygraph.templates import Template, seat

INSIDE_NOTE = "What-if: in one team every member tells every other."
LEAD_NOTE = "What-if: the team's lead is the first point of contact for the child, for parent and carer, and for the host."
ADDED_NOTE = "What-if: a tie that the map does not have."
TWO_WAY_NOTE = "What-if: the tie made two-way."
FRONT_DOOR_KINDS = ("child", "parent", "carer")
SOURCE_MARK = "What-if"


def integrate(case: Case, team: Team | Template, *, host: str = "", roles: Mapping[str, str] | None = None) -> Case:
    """Say what this very case would look like if a team with one lead took it on.

    Every two members tell each other, both ways and critically; so do the team's lead and the child, parents and carers, and
    the host. One tie stands for each of these pairs; gaps that it closes go. All other ties stay. What is added or changed is
    marked as inferred, with a note. It is what the arrangement intends, not what a meeting has seen or agreed.

    Parameters
    ----------
    case
        The case as it is now.
    team
        Its members and host are actors of the case. Where no lead is named, no front door is drawn and the old lead stays;
        otherwise its lead is the only one, but for leads of other teams. Or a template: a team as roles (`templates.seat`).
    host, roles
        For a template: the id at whose place the team sits; who takes which role, ids by role, None where labels say it.

    Returns
    -------
    Case
        The case under integration; its lineage says that equal ids are the same actors.

    Raises
    ------
    InvalidError
        Where the team names somebody who is not in the case, or someone of another team, or has a name that is taken; where
        it is not plain who takes a role of a template.

    Source: Johnson's practitioner team with its lead professional, Figures 14 and 15.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"child": "child", "school": "school", "senco": "practitioner", "gp": "agency"},
    ...                ties=["senco -> gp", "child <-> senco"])
    >>> team = Team("Practitioner team", members=("senco", "gp"), lead="gp", host="school")
    >>> [tie.sentence for tie in integrate(case, team).ties]
    ['senco <=> gp', 'child <-> senco', 'gp <=> child', 'gp <=> school']
    """
    if isinstance(team, Template):
        case, team = seat(case, team, host, roles)
    elif host or roles:
        raise InvalidError("host and roles go with a template; a Team names its host and its members itself.")
    _check_team(case, team)
    ties = _ties_of_team(case, team)
    actors = [dataclasses.replace(actor, lead=False) if team.lead and actor.lead and actor.id != team.lead else actor
              for actor in case.actors]
    drawn = _overlaid(case.ties, ties)
    return _what_if(case, actors=tuple(actors), ties=drawn, gaps=_open_gaps(case.gaps, drawn), teams=(*case.teams, team),
                    arrangement="integration")


def remove(case: Case, actor: str) -> Case:
    """Say what is left of the map when one actor is gone, with all its ties.

    Its ties, gaps and places in teams go; those based at its place are based nowhere; what was passed on to it or by it
    goes from the chronology. A team that loses its last member goes too.

    Parameters
    ----------
    case
        The case as it is now.
    actor
        The id of whoever goes.

    Returns
    -------
    Case
        The case without the actor.

    Raises
    ------
    UnknownNameError
        Where the actor is not in the case.

    Examples
    --------
    >>> case = Case.of(actors={"child": "child", "school": "school", "gp": "agency"}, ties=["school => gp", "child <=> school"])
    >>> [tie.sentence for tie in remove(case, "gp").ties]
    ['child <=> school']
    """
    case.actor(actor)
    actors = [dataclasses.replace(other, based_at="") if other.based_at == actor else other
              for other in case.actors if other.id != actor]
    ties = tuple(tie for tie in case.ties if actor not in (tie.source, tie.target))
    gaps = tuple(gap for gap in case.gaps if actor not in (gap.source, gap.target))
    events = [_event_without(event, actor) for event in case.chronology.events]
    return _what_if(case, actors=tuple(actors), ties=ties, gaps=gaps, teams=tuple(_teams_without(case.teams, actor)),
                    chronology=Chronology(tuple(event for event in events if event is not None)))


def add_tie(case: Case, tie: Tie | str) -> Case:
    """Say what the map would be with one more tie, given as a `Tie` or as its sentence.

    With a tie back of the same strength and status it makes one two-way tie, unless it says more than its sentence. A gap
    that it closes goes. It is marked as inferred unless it says how it is known.

    Parameters
    ----------
    case
        The case as it is now.
    tie
        Such as "gp => school".

    Returns
    -------
    Case
        The case with the tie.

    Raises
    ------
    InvalidError
        Where it names somebody who is not in the case, or says a flow that the map already has.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp"], gaps=["gp !> school"])
    >>> [tie.sentence for tie in add_tie(case, "gp => school").ties]
    ['school <=> gp']
    """
    made = Tie.parse(tie) if isinstance(tie, str) else tie
    back = next((other for other in case.ties if other.flows == ((made.target, made.source),)), None)
    is_plain = made == Tie.parse(made.sentence)
    if back and is_plain and (back.strength, back.status, made.two_way) == (made.strength, made.status, False):
        return make_two_way(case, made.source, made.target)
    if not made.basis:
        made = dataclasses.replace(made, basis="inferred", note=made.note or ADDED_NOTE)
    ties = (*case.ties, made)
    return _what_if(case, ties=ties, gaps=_open_gaps(case.gaps, ties))


def make_two_way(case: Case, a: str, b: str) -> Case:
    """Say what the map would be if what runs one way between two actors ran both ways, at the same strength.

    Where both ways are there already, the ties stay as they are.

    Parameters
    ----------
    case
        The case as it is now.
    a, b
        Ids of two actors who have a tie.

    Returns
    -------
    Case
        The case with that tie both ways.

    Raises
    ------
    UnknownNameError
        Where one of the two is not in the case.
    InvalidError
        Where they have no tie at all.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp"])
    >>> [tie.sentence for tie in make_two_way(case, "school", "gp").ties]
    ['school <=> gp']
    """
    pair = {case.actor(a).id, case.actor(b).id}
    found = [tie for tie in case.ties if {tie.source, tie.target} == pair]
    if not found:
        raise InvalidError(f"'{a}' and '{b}' have no tie that could be made two-way; add one with add_tie.")
    if len(found) == 2 or found[0].two_way:
        return _what_if(case)
    both = dataclasses.replace(found[0], two_way=True, basis="inferred", note=TWO_WAY_NOTE)
    ties = tuple(both if tie == found[0] else tie for tie in case.ties)
    return _what_if(case, ties=ties, gaps=_open_gaps(case.gaps, ties))


def _what_if(case: Case, **changes: object) -> Case:
    """Return the changed case as something that nobody has agreed yet, in which equal ids are the same actors."""
    source = case.source
    if not source.startswith(SOURCE_MARK):
        source = f"{SOURCE_MARK}, made from: {source}" if source else SOURCE_MARK
    return case.replace(**{"source": source, "agreed_on": None, "informants": (), "lineage": Lineage(), **changes})


def _check_team(case: Case, team: Team) -> None:
    if not isinstance(team, Team):
        raise InvalidError(f"integrate takes a Team, not a {type(team).__name__}: Team(name, members=(...), lead=..., host=...).")
    problems = []
    if team.name in [other.name for other in case.teams]:
        problems.append(Problem(f"the case already has a team '{team.name}'; give the new one another name.", ("name",)))
    named = [("members", who) for who in team.members] + ([("host", team.host)] if team.host else [])
    problems += [Problem(f"the team '{team.name}' names '{who}', who is not in the case.{did_you_mean(who, case.ids)}", (field,))
                 for field, who in named if who not in case.ids]
    problems += [Problem(f"'{who}' already works in the team '{other.name}'; nobody is in two teams.", ("members",))
                 for other in case.teams for who in team.members if who in other.members]
    if problems:
        raise InvalidError(problems)


def _ties_of_team(case: Case, team: Team) -> list[Tie]:
    """Return what a team asks for: every two members tied, and its lead with the child, parents, carers and the host."""
    inside = [(a, b) for at, a in enumerate(team.members) for b in team.members[at + 1:]]
    family = [actor.id for actor in case.actors if actor.kind in FRONT_DOOR_KINDS]
    doors = [(team.lead, who) for who in dict.fromkeys((*family, team.host)) if who and who not in team.members]
    return [*_full_ties(inside, INSIDE_NOTE), *(_full_ties(doors, LEAD_NOTE) if team.lead else ())]


def _full_ties(pairs: Iterable[tuple[str, str]], note: str) -> Iterator[Tie]:
    return (Tie(a, b, "critical", two_way=True, basis="inferred", note=note) for a, b in pairs)


def _overlaid(drawn: Sequence[Tie], wanted: Sequence[Tie]) -> tuple[Tie, ...]:
    """Return the ties that were drawn, each wanted tie in the place of whatever its pair had, or at the end."""
    left = {frozenset((tie.source, tie.target)): tie for tie in wanted}
    done: set[frozenset[str]] = set()
    ties = []
    for tie in drawn:
        pair = frozenset((tie.source, tie.target))
        if pair not in left:
            ties.append(tie)
        elif pair not in done:
            done.add(pair)
            ties.append(tie if _is_full(tie) else dataclasses.replace(left[pair], source=tie.source, target=tie.target))
    return (*ties, *(tie for pair, tie in left.items() if pair not in done))


def _is_full(tie: Tie) -> bool:
    """Say whether a tie already is all that integration asks of it."""
    return tie.is_critical and tie.two_way and tie.status == "agreed"


def _open_gaps(gaps: Iterable[Gap], ties: Iterable[Tie]) -> tuple[Gap, ...]:
    flows = {flow for tie in ties for flow in tie.flows}
    return tuple(gap for gap in gaps if (gap.source, gap.target) not in flows)


def _teams_without(teams: Iterable[Team], actor: str) -> Iterator[Team]:
    for team in teams:
        members = tuple(who for who in team.members if who != actor)
        if members:
            yield Team(team.name, members, *("" if who == actor else who for who in (team.lead, team.host)))


def _event_without(event: Event, actor: str) -> Event | None:
    """Return what of an event does not involve an actor; None where nothing was then passed on."""
    senders, receivers = ([who for who in part if who != actor] for part in (event.senders, event.receivers))
    parties = len(dict.fromkeys([*senders, *receivers]))
    if (event.way == "meeting" and parties < 2) or (event.way != "meeting" and not (senders and receivers)):
        return None
    return dataclasses.replace(event, senders=tuple(senders), receivers=tuple(receivers))

