"""The rules that a case keeps as a whole: who may be named where, and what may stand only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agencygraph.errors import Path, Problem, did_you_mean
from agencygraph.model.actor import Actor
from agencygraph.model.chronology import Chronology
from agencygraph.model.team import Lineage, Team
from agencygraph.model.tie import Gap, Tie


def check(actors: Sequence[Actor], ties: Sequence[Tie], gaps: Sequence[Gap], teams: Sequence[Team],
          also_known: Iterable[str] = ()) -> list[Problem]:
    """Return every rule that these parts break together.

    `also_known` are ids of actors that are themselves wrong: to name one is not a second fault.
    """
    known = _Roll([*(actor.id for actor in actors), *also_known])
    return [*_twice(actors), *_bases(actors, known), *_unknown_ends(ties, gaps, known), *_flows(ties), *_gaps(ties, gaps),
            *_teams(teams, known)]


class _Roll:
    """Who is in the case. It suggests a name in place of the first few unknown ones only: to compare thousands takes minutes."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = dict.fromkeys(ids)
        self.suggestions = 50

    def __contains__(self, who: str) -> bool:
        return who in self.ids

    def missing(self, who: str) -> str:
        self.suggestions -= 1
        return f"names '{who}', who is not in the case.{did_you_mean(who, self.ids) if self.suggestions >= 0 else ''}"


def _twice(actors: Sequence[Actor]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, actor in enumerate(actors):
        if actor.id in seen:
            yield Problem(f"'{actor.id}' stands for two actors; give each its own id.", ("actors", at))
        seen.add(actor.id)


def _bases(actors: Sequence[Actor], known: _Roll) -> Iterator[Problem]:
    based = {actor.id: actor.based_at for actor in actors}
    for at, actor in enumerate(actors):
        path = ("actors", at, "based_at")
        if actor.based_at and actor.based_at not in known:
            yield Problem(f"based_at of '{actor.id}' {known.missing(actor.based_at)}", path)
        elif actor.based_at == actor.id:
            yield Problem(f"'{actor.id}' is based at itself; leave based_at out.", path)
        elif actor.based_at and based.get(actor.based_at):
            yield Problem(f"'{actor.id}' is based at '{actor.based_at}', who is based elsewhere; name the place itself.", path)


def _unknown_ends(ties: Sequence[Tie], gaps: Sequence[Gap], known: _Roll) -> Iterator[Problem]:
    parts: tuple[tuple[str, str, Sequence[Tie | Gap]], ...] = (("ties", "tie", ties), ("gaps", "gap", gaps))
    for field, what, things in parts:
        for at, thing in enumerate(things):
            for end in (thing.source, thing.target):
                if end not in known:
                    yield Problem(f"the {what} '{thing.sentence}' {known.missing(end)}", (field, at))


def _flows(ties: Sequence[Tie]) -> Iterator[Problem]:
    """At most one flow from one actor to another: a pair holds one two-way tie, or up to two one-way ties."""
    first: dict[tuple[str, str], Tie] = {}
    for at, tie in enumerate(ties):
        clash = next((first[flow] for flow in tie.flows if flow in first), None)
        if clash is not None:
            yield Problem(f"the ties '{clash.sentence}' and '{tie.sentence}' say the same flow twice; keep one.",
                          ("ties", at))
        elif not tie.two_way and (back := first.get((tie.target, tie.source))) and _same_ink(back, tie):
            yield Problem(f"the ties '{back.sentence}' and '{tie.sentence}' are one two-way tie; write "
                          f"'{Tie(back.source, back.target, back.strength, True, back.status).sentence}'.", ("ties", at))
        for flow in tie.flows:
            first.setdefault(flow, tie)


def _same_ink(one: Tie, two: Tie) -> bool:
    """Say whether two one-way ties differ only in direction, so that they are one two-way tie."""
    same = [(t.strength, t.status, t.basis, t.note, t.evidence, t.reported_by, t.layer) for t in (one, two)]
    return same[0] == same[1]


def _gaps(ties: Sequence[Tie], gaps: Sequence[Gap]) -> Iterator[Problem]:
    flows = {flow for tie in ties for flow in tie.flows}
    seen: set[tuple[str, str]] = set()
    for at, gap in enumerate(gaps):
        if (gap.source, gap.target) in flows:
            yield Problem(f"the gap '{gap.sentence}' denies what a tie says; keep one.", ("gaps", at))
        if (gap.source, gap.target) in seen:
            yield Problem(f"the gap '{gap.sentence}' stands twice; keep one.", ("gaps", at))
        seen.add((gap.source, gap.target))


def _teams(teams: Sequence[Team], known: _Roll) -> Iterator[Problem]:
    team_of: dict[str, str] = {}
    for at, team in enumerate(teams):
        if team.name in [other.name for other in teams[:at]]:
            yield Problem(f"two teams are called '{team.name}'; give each its own name.", ("teams", at))
        for who in dict.fromkeys((*team.members, *([team.host] if team.host else []))):
            if who not in known:
                yield Problem(f"the team '{team.name}' {known.missing(who)}", ("teams", at))
        for who in team.members:
            if who in team_of:
                yield Problem(f"'{who}' is in two teams, '{team_of[who]}' and '{team.name}'; keep one.", ("teams", at))
            team_of.setdefault(who, team.name)


def check_references(chronology: Chronology, lineage: Lineage | None, ids: Iterable[str]) -> list[Problem]:
    """Return what the chronology and the lineage name that the case does not hold; nothing of either that is no such value."""
    known = _Roll(ids)
    events = chronology.events if isinstance(chronology, Chronology) else ()
    problems = [Problem(f"the event of {event.when} {known.missing(who)}", ("chronology", at))
                for at, event in enumerate(events) for who in event.parties if who not in known]
    if isinstance(lineage, Lineage):
        later: list[tuple[Path, str]] = [(("lineage", "became", a), b) for a, b in lineage.became]
        later += [(("lineage", "joined", at), who) for at, who in enumerate(lineage.joined)]
        problems += [Problem(f"the lineage {known.missing(who)}", path) for path, who in later if who not in known]
    return problems
