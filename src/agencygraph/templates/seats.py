"""Who of a case takes which role of a template: found where that is plain, asked for where it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agencygraph.errors import InvalidError, Problem, did_you_mean
from agencygraph.model import Actor, Case, Team
from agencygraph.templates.template import Role, Template

# Neither can be an id, so neither can be taken for an actor.
JOINS = "(joins)"
VACANT = "(vacant)"
_OUTSIDE = ("child", "parent", "family", "carer", "school")


def seat(case: Case, template: Template, host: str = "", roles: Mapping[str, str] | None = None) -> tuple[Case, Team]:
    """Find for each role of a template the actor of a case who would take it, and say whom nobody can know.

    An actor whose label is that of the role takes it; else the only one of its sector, if no other role could be
    theirs. Children, family, carers and schools take no role.

    Parameters
    ----------
    case
        The case as it is now.
    template
        The team as roles.
    host
        At whose place the team sits; left out, the only actor of the kind that the template names.
    roles
        Your own choice, by role: an actor's id; `JOINS` for a new member from outside; `VACANT` for nobody.

    Returns
    -------
    tuple
        The case, new members behind its actors, and the team.

    Raises
    ------
    InvalidError
        With every role that must be asked for, and what to write.

    Examples
    --------
    >>> from agencygraph.templates import load
    >>> case = Case.of(actors={"school": "school", "nurse": {"kind": "practitioner", "label": "School nurse"},
    ...                        "ssd": {"kind": "agency", "label": "Social services"}, "gp": {"kind": "agency", "label": "GP"}})
    >>> chosen = {"health": "nurse", "police": JOINS, "education": VACANT}
    >>> seat(case, load("macpt_2026"), roles=chosen)[1].members
    ('ssd', 'police', 'nurse')
    """
    chosen = dict(roles or {})
    problems = _check_choice(case, template, chosen)
    found, doubts = _search(case, template, chosen)
    host, no_host = _host(case, template, host)
    if problems or doubts or no_host:
        raise InvalidError([*problems, *doubts, *no_host])
    new = {role.id: _free_id(role.id, case.ids) for role in template.roles if found[role.id] == JOINS}
    joined = tuple(Actor(new[role.id], "practitioner", role.label, agency=role.agency, sector=role.sector)
                   for role in template.roles if role.id in new)
    seats = {role: new.get(role, who) for role, who in found.items() if who != VACANT}
    if not seats:
        raise InvalidError(f"nobody is left in the team '{template.team}': every role is vacant.")
    team = Team(template.team, tuple(seats.values()), seats.get(template.lead, ""), host)
    return case.replace(actors=(*case.actors, *joined)), team


def _check_choice(case: Case, template: Template, chosen: Mapping[str, str]) -> list[Problem]:
    known = tuple(role.id for role in template.roles)
    problems = [Problem(f"'{role}' is no role of '{template.name}'.{did_you_mean(str(role), known)} There are: {', '.join(known)}.",
                        ("roles", role)) for role in chosen if role not in known]
    problems += [Problem(f"the role '{role}' names '{who}', who is not in the case.{did_you_mean(str(who), case.ids)}",
                         ("roles", role)) for role, who in chosen.items() if who not in (*case.ids, JOINS, VACANT)]
    picks = list(chosen.values())
    return problems + [Problem(f"'{who}' has two roles; keep one, and leave the other vacant.", ("roles", role))
                       for at, (role, who) in enumerate(chosen.items()) if who not in (JOINS, VACANT) and who in picks[:at]]


def _search(case: Case, template: Template, chosen: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Return who takes each role, and a problem for each that must be asked."""
    free = [actor for actor in case.actors if actor.kind not in _OUTSIDE and actor.id not in chosen.values()]
    asked = [role for role in template.roles if role.id not in chosen]
    by_label = {role.id: [actor for actor in free if _fits(case, actor, role)] for role in asked}
    found = dict(chosen)
    for role in asked:
        rivals = [other for other in asked if other is not role and by_label[role.id][:1] == by_label[other.id][:1]]
        if len(by_label[role.id]) == 1 and not rivals:
            found[role.id] = by_label[role.id][0].id
    rest = [actor for actor in free if actor.id not in found.values()]
    open_roles = [role for role in asked if role.id not in found]
    problems: list[Problem] = []
    for role in open_roles:
        near = by_label[role.id] or [actor for actor in rest if actor.sector and actor.sector == role.sector]
        rivals = [other for other in open_roles if other is not role and other.sector == role.sector]
        if role.joins and not by_label[role.id]:
            found[role.id] = JOINS
        elif len(near) == 1 and not rivals:
            found[role.id] = near[0].id
        else:
            problems.append(_question(case, role, near, rest))
    return {role.id: found.get(role.id, VACANT) for role in template.roles}, problems


def _question(case: Case, role: Role, near: Sequence[Actor], rest: Sequence[Actor]) -> Problem:
    """Return the question who takes a role, with those who fit it, else with those who are left."""
    labels = case.replace(names_published=False).labels()
    who = ", ".join(f"'{actor.id}' ({labels[actor.id]})" for actor in (near or rest)[:6])
    could = f"It could be {who}." if near else "Nobody in the case has its label or sector" + (f"; left are {who}." if who else ".")
    example = near[0].id if near else JOINS
    how = f"Say so: roles={{'{role.id}': '{example}'}}. '{JOINS}' brings in a new member, '{VACANT}' leaves it empty."
    return Problem(f"who takes the role '{role.id}' ({role.label})? {could} {how}", ("roles", role.id))


def _fits(case: Case, actor: Actor, role: Role) -> bool:
    """Say whether an actor's public words are the role's, or hold them whole."""
    said = f" {_plain(case.replace(names_published=False).labels()[actor.id])} "
    return any(f" {_plain(label)} " in said for label in (role.label, *role.also))


def _plain(label: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", label.casefold()))


def _host(case: Case, template: Template, host: str) -> tuple[str, list[Problem]]:
    if host:
        unknown = f"the host '{host}' is not in the case.{did_you_mean(host, case.ids)}"
        return host, [] if host in case.ids else [Problem(unknown, ("host",))]
    if not template.hosted_by:
        return "", []
    places = [actor.id for actor in case.actors if actor.kind == template.hosted_by]
    if len(places) == 1:
        return places[0], []
    could = f"It could be {', '.join(places)}." if places else f"The case has no {template.hosted_by}."
    how = f"Say so: host='{places[0] if places else 'school'}'."
    return "", [Problem(f"at whose place does the team sit? {could} {how}", ("host",))]


def _free_id(id: str, taken: Sequence[str]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}_{number}"
    return free
