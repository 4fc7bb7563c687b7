"""What a change map says in words: a sentence for each line, and what no line shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agencygraph import captions
from agencygraph.comparison import Comparison
from agencygraph.renderers.lettering import tidy
from agencygraph.staging.deltas import KINDS, Bundle, Delta, partners

_WITH = {"added": "new with", "strengthened": "stronger with", "two-way": "more two-way with", "mixed": "changed with",
         "weakened": "weaker with", "one-way": "less two-way with", "lost": "ended with",
         "unchanged": "as before with"}  # fmt: skip
COUNTED = {"added": "new", "strengthened": "stronger", "two-way": "more two-way", "mixed": "stronger and weaker",
           "weakened": "weaker", "one-way": "less two-way", "lost": "ended", "unchanged": "as before"}  # fmt: skip
_DOUBTS = {"disputed": " but disputed", "unknown": " but not known"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words for everybody: labels on the earlier and the later map by id, team names by key, who became whom by id."""

    earlier: Mapping[str, str]
    later: Mapping[str, str]
    teams: Mapping[str, str]
    became: Mapping[str, str]

    def ends(self, delta: Delta) -> tuple[str, str]:
        """Return who tells whom, as the map that has the flow calls them."""
        labels, pair = (self.later, delta.tells) if delta.tells else (self.earlier, delta.told or ("", ""))
        return labels[pair[0]], labels[pair[1]]

    def pair(self, delta: Delta) -> tuple[str, str]:
        """Return between whom a flow runs, whichever way: ids of the later map as far as there are any."""
        one, two = delta.tells or tuple(self.became.get(who, f"{who} ") for who in delta.told or ("", ""))
        return (one, two) if one < two else (two, one)


def line_words(bundle: Bundle, tongue: Tongue) -> str:
    """Return the sentence of a line, without its full stop."""
    pairs: dict[tuple[str, str], list[Delta]] = {}
    for delta in bundle.deltas:
        pairs.setdefault(tongue.pair(delta), []).append(delta)
    if len(pairs) == 1:
        return _pair_words(bundle.deltas, tongue)
    found: dict[str, list[str]] = {}
    for deltas in pairs.values():
        part = Bundle(bundle.source, bundle.target, tuple(deltas))
        ends = zip((deltas[0].source, deltas[0].target), tongue.ends(deltas[0]), strict=True)
        inner = [who for key, who in ends if key in tongue.teams]
        found.setdefault(part.kind, []).append(" and ".join(inner))
    name, other = _outside(bundle, tongue)
    told = [f"{_WITH[kind]} {captions.listed(list(dict.fromkeys(found[kind])))}" for kind in KINDS if kind in found]
    return f"{other} and {name}: {'; '.join(told)}"


def brief_words(bundle: Bundle, tongue: Tongue) -> str:
    """Return who a line joins, as shortly as a heading that names the change allows; else its sentence."""
    deltas = bundle.deltas
    sure = all(status in ("", "agreed") for delta in deltas for status in (delta.then_status, delta.now_status))
    both = len(deltas) == 2 and deltas[0].source != deltas[1].source
    alike = len({(delta.then, delta.now) for delta in deltas}) == 1 and (both or len(deltas) == 1)
    if not sure or not alike or len({tongue.pair(delta) for delta in deltas}) != 1:
        return line_words(bundle, tongue)
    (one, two), first = tongue.ends(deltas[0]), deltas[0]
    ends = f"{one} and {two}" if both else f"{one} to {two}"
    return f"{ends}: {first.now}, {first.then} before" if first.then and first.now else ends


def brief_others(comparison: Comparison, tongue: Tongue, inside: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield as headings and words what neither a line nor a plate on a card shows: ties inside a team, who became whom."""
    yield from (("Besides", words) for words in _team_words(comparison, tongue, inside))
    became = captions.passage_words([([tongue.earlier[id] for id in block.before], [tongue.later[id] for id in block.after])
                                     for block in comparison.blocks if block.before and block.after])  # fmt: skip
    if became:
        yield "Who became whom", f"{'; '.join(words.removesuffix('.') for words in became)}."


def _outside(bundle: Bundle, tongue: Tongue) -> tuple[str, str]:
    """The team at an end of a line, and whoever is at the other end."""
    if bundle.source in tongue.teams and bundle.target in tongue.teams:
        return tongue.teams[bundle.target], tongue.teams[bundle.source]
    at = 0 if bundle.source in tongue.teams else 1
    team = (bundle.source, bundle.target)[at]
    delta = bundle.shown[0]
    return tongue.teams.get(team, ""), tongue.ends(delta)[1 if delta.source == team else 0]


def _pair_words(deltas: tuple[Delta, ...], tongue: Tongue) -> str:
    """What became of the flows between two people."""
    one, two = tongue.ends(deltas[0])
    looks = {(d.then, d.then_status, d.now, d.now_status) for d in deltas}
    if len(deltas) != 2 or len(looks) != 1 or deltas[0].source == deltas[1].source:
        return "; ".join(_flow_words(delta, tongue) for delta in deltas)
    first = deltas[0]
    then, now = ink(first.then, first.then_status), ink(first.now, first.now_status)
    if not now:
        return f"{one} and {two} no longer tell each other ({then} before)"
    if not then:
        return f"{one} and {two} now tell each other ({now})"
    if then == now:
        return f"{one} and {two} still tell each other ({now})"
    return f"{one} and {two} tell each other: {now}, {then} before"


def _flow_words(delta: Delta, tongue: Tongue) -> str:
    one, two = tongue.ends(delta)
    then, now = ink(delta.then, delta.then_status), ink(delta.now, delta.now_status)
    if not now:
        return f"{one} no longer tells {two} ({then} before)"
    if not then:
        return f"{one} now tells {two} ({now})"
    return f"{one} still tells {two} ({now})" if then == now else f"{one} tells {two}: {now}, {then} before"


def ink(strength: str, status: str) -> str:
    """Return a strength in words, with a doubt about it."""
    return f"{strength}{_DOUBTS.get(status, '')}" if strength else ""


def other_words(comparison: Comparison, tongue: Tongue, inside: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield what no line shows: ties inside a team (earlier and now, by its key), who became whom, who is new, who is gone."""
    yield from _team_words(comparison, tongue, inside)
    yield from captions.passage_words([([tongue.earlier[id] for id in block.before], [tongue.later[id] for id in block.after])
                                       for block in comparison.blocks])  # fmt: skip


def _team_words(comparison: Comparison, tongue: Tongue, inside: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """What became of the ties inside a team, and of teams."""
    for key, (then, now) in inside.items():
        if then or now:
            earlier = f"; {captions.counted(then, 'earlier tie runs', 'earlier ties run')} inside it now" if then else ""
            yield f"Inside {tongue.teams[key]}: {captions.counted(now, 'tie')}, not drawn{earlier}."
    names = [{tidy(team.name) or "Team" for team in case.teams} for case in (comparison.before, comparison.after)]
    for team in comparison.before.teams:
        if (tidy(team.name) or "Team") not in names[1]:
            yield f"The team {tidy(team.name) or 'Team'} is no longer there."


def tongue_of(comparison: Comparison, labels: tuple[Mapping[str, str], ...], team_keys: Mapping[str, str]) -> Tongue:
    """Return the words for everybody on both maps of a comparison."""
    teams = {team_keys[team.name]: tidy(team.name) or "Team" for team in comparison.after.teams}
    return Tongue(labels[0], labels[1], teams, partners(comparison.blocks))
