"""What a map says in words: the name of each card, the sentence of each line, the headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencygraph.model import Actor, Case, Team, Tie
from agencygraph.renderers.lettering import tidy

ARRANGEMENTS = {"collaboration": "separate agencies", "integration": "one team"}


def counted(number: int, thing: str, things: str = "") -> str:
    """Return a number and its thing: "1 tie", "6 ties"."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def arrangement_of(case: Case) -> str:
    """Return how the services of a case work, for a heading: "separate agencies", "one school-based team"."""
    schools = {actor.id for actor in case.actors if actor.kind == "school"}
    if case.arrangement == "integration" and len(case.teams) == 1 and case.teams[0].host in schools:
        return "one school-based team"
    if len(case.teams) > 1:
        return f"{len(case.teams)} teams"
    return "one team" if case.teams else ARRANGEMENTS[case.arrangement]


def moments_of(*cases: Case) -> tuple[str, ...]:
    """Return what the maps before and after are called: "Before: separate agencies"; where both work alike, that is left out."""
    told = [arrangement_of(case) for case in cases]
    differ = len(set(told)) > 1
    return tuple(f"{moment}: {how}" if differ else moment for moment, how in zip(("Before", "After"), told, strict=False))


def card_words(actor: Actor, label: str, second_line: str, lead: str) -> str:
    """Return what a screen reader says of a card: "SENCO, practitioner, education"."""
    sector = "" if actor.kind in ("child", "parent", "carer", "family", "school") else tidy(actor.sector)
    parts = [label, "" if actor.kind.lower() == label.lower() else actor.kind, sector, second_line, lead.lower()]
    return ", ".join(part for part in parts if part)


def team_words(team: Team, labels: Mapping[str, str], inside: int) -> str:
    """Return what a screen reader says of a team."""
    host = f", hosted by {labels[team.host]}" if team.host else ""
    lead = f", lead practitioner: {labels[team.lead]}" if team.lead else ""
    members = listed([labels[who] for who in team.members])
    return f"{tidy(team.name) or 'Team'}{host}{lead}; members: {members}; {counted(inside, 'tie')} inside the team"


def pair_words(ends: tuple[str, str], critical: bool, two_way: bool, status: str, answered: bool) -> str:
    """Return the sentence of a line between two ends, without its full stop.

    `answered` says that another line runs back the other way.
    """
    one, two = ends
    strength = "critical" if critical else "peripheral"
    if two_way:
        said, weight = f"{one} and {two} tell each other", strength
    else:
        said, weight = f"{one} tells {two}", f"{strength}, one way"
    if status == "unknown":
        return f"It is not known whether {said} ({weight})"
    doubt = "; the group does not agree on this" if status == "disputed" else ""
    nothing = "" if two_way or answered or doubt else "; nothing comes back"
    return f"{said} ({weight}){nothing}{doubt}"


def map_words(case: Case, isolated: Sequence[str]) -> str:
    """Return the map in one sentence: how many are there, how many ties of which strength."""
    critical = sum(tie.is_critical for tie in case.ties)
    ties = counted(len(case.ties), "tie")
    if case.ties:
        ties += f" ({critical} critical, {len(case.ties) - critical} peripheral)"
    teams = f", {counted(len(case.teams), 'team')}" if case.teams else ""
    alone = f"; without any tie: {listed(list(isolated))}" if isolated and case.ties else ""
    return f"{counted(len(case.actors), 'person or agency', 'people and agencies')}, {ties}{teams}{alone}."


def passage_words(blocks: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[str, ...]:
    """Return who became whom from the labels on both maps, in sentences: who is somebody else now, who joined, who left."""
    both = [(before, after) for before, after in blocks if before and after and tuple(before) != tuple(after)]
    became = [f"{listed(before)} became {listed(after)}" for before, after in both]
    joined = [label for before, after in blocks if not before for label in after]
    left = [label for before, after in blocks if not after for label in before]
    said = [f"{sentence}." for sentence in became]
    said += [f"On the later map only: {listed(joined)}."] if joined else []
    said += [f"On the earlier map only: {listed(left)}."] if left else []
    return tuple(said)


def flow_word(source: str, target: str, tie: Tie) -> str:
    """Return a flow as data that a reader can take back: "n3>n5:critical", "n3>n5:critical:unknown"."""
    return f"{source}>{target}:{tie.strength}" + ("" if tie.status == "agreed" else f":{tie.status}")
