"""Team and Lineage: who works as one body, and who became whom."""

from __future__ import annotations

from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words


@dataclass(frozen=True, slots=True, repr=False)
class Team:
    """One body of practitioners with a lead, hosted by a school or by nobody.

    Parameters
    ----------
    name
        Public words on the map, such as "Practitioner team".
    members
        Ids of the actors who work in it, at least one; in the order in which they are read out.
    lead
        The member who is the lead practitioner; empty where none is named.
    host
        The actor at whose place the team sits, usually the school; not itself a member.

    Examples
    --------
    >>> Team("Practitioner team", members=("senco", "nurse"), lead="senco", host="school")
    Team('Practitioner team', 2 members)
    """

    name: str
    members: tuple[str, ...] = ()
    lead: str = ""
    host: str = ""

    def __post_init__(self) -> None:
        problems = words.check_text(self.name, "name")
        if not problems and not self.name.strip():
            problems.append(Problem("a team needs a name, such as 'Practitioner team'.", ("name",)))
        problems += self._take_members()
        for field in ("lead", "host"):
            if getattr(self, field) != "":
                problems += words.check_id(getattr(self, field), field)
        if not problems:
            problems += self._check_roles()
        if problems:
            raise InvalidError(problems)

    def _take_members(self) -> list[Problem]:
        if isinstance(self.members, str) or not isinstance(self.members, (list, tuple)):
            return [Problem("members must be a list of actors.", ("members",))]
        object.__setattr__(self, "members", tuple(self.members))
        problems = [Problem(p.message, ("members", at)) for at, who in enumerate(self.members)
                    for p in words.check_id(who, "members")]
        if not self.members:
            problems.append(Problem(f"the team '{self.name}' has no members.", ("members",)))
        return problems

    def _check_roles(self) -> list[Problem]:
        problems = []
        twice = [m for at, m in enumerate(self.members) if m in self.members[:at]]
        if twice:
            problems.append(Problem(f"the team '{self.name}' lists '{twice[0]}' twice.", ("members",)))
        if self.lead and self.lead not in self.members:
            problems.append(Problem(f"'{self.lead}' leads the team '{self.name}' but is not among its members. Add it to members.",
                                    ("lead",)))
        if self.host and self.host in self.members:
            problems.append(Problem(f"'{self.host}' hosts the team '{self.name}' and is also a member: a host is not a member.",
                                    ("host",)))
        return problems

    def __repr__(self) -> str:
        return f"Team({self.name!r}, {len(self.members)} member{'s' * (len(self.members) != 1)})"


@dataclass(frozen=True, slots=True, repr=False)
class Lineage:
    """Who of an earlier map became whom on this one: many to many, so that actors may merge, split and regroup.

    Actors with the same id on both maps are taken to be the same unless they are named here.

    Parameters
    ----------
    became
        Pairs (earlier id, later id).
    joined
        Later ids that nobody became.
    left
        Earlier ids that became nobody.

    Examples
    --------
    >>> Lineage(became=(("senco", "behaviour_support"),), left=("nspcc",))
    Lineage(1 became, 0 joined, 1 left)
    """

    became: tuple[tuple[str, str], ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        for field in ("became", "joined", "left"):
            if isinstance(getattr(self, field), str) or not isinstance(getattr(self, field), (list, tuple)):
                raise InvalidError([Problem(f"{field} must be a list.", (field,))])
        for at, pair in enumerate(self.became):
            if isinstance(pair, str) or not isinstance(pair, (list, tuple)) or len(pair) != 2:
                message = f"became holds pairs (earlier id, later id), not {words.quote(pair)}."
                raise InvalidError([Problem(message, ("became", at))])
            problems += [Problem(p.message, ("became", at)) for end in pair for p in words.check_id(end, "became")]
        for field in ("joined", "left"):
            problems += [Problem(p.message, (field, at)) for at, who in enumerate(getattr(self, field))
                         for p in words.check_id(who, field)]
        object.__setattr__(self, "became", tuple((a, b) for a, b in self.became))
        object.__setattr__(self, "joined", tuple(self.joined))
        object.__setattr__(self, "left", tuple(self.left))
        if not problems:
            earlier, later = {a for a, _ in self.became}, {b for _, b in self.became}
            problems += [Problem(f"'{who}' is said to have joined and also to have been somebody; keep one.", ("joined", at))
                         for at, who in enumerate(self.joined) if who in later]
            problems += [Problem(f"'{who}' is said to have left and also to have become somebody; keep one.", ("left", at))
                         for at, who in enumerate(self.left) if who in earlier]
        if problems:
            raise InvalidError(problems)

    def __repr__(self) -> str:
        return f"Lineage({len(self.became)} became, {len(self.joined)} joined, {len(self.left)} left)"
