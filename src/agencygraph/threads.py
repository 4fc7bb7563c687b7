"""From the ties of a case to the lines of its map: what becomes one line, and what is counted inside a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph import captions
from agencygraph.model import Case, Tie
from agencygraph.renderers.lettering import tidy
from agencygraph.scene import Bond

# From the surest to the least sure.
_STATUSES = ("agreed", "disputed", "unknown")


@dataclass(frozen=True, slots=True)
class Thread:
    """A line still to be routed: its bond, how sure it is, its words, and every flow that it stands for."""

    bond: Bond
    status: str
    words: str
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weave:
    """All lines of a case in reading order, and for each team (by key) the flows inside it and how many ties they are."""

    threads: tuple[Thread, ...]
    inside: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]


def weave(case: Case, keys: Mapping[str, str], team_keys: Mapping[str, str], labels: Mapping[str, str]) -> Weave:
    """Say which lines a case's map has.

    `keys` gives each actor's key, `team_keys` each team's by its name. Ties between members of one team are not drawn; a tie
    with a member runs to the team, and several of an outsider become one line: the strongest strength, both their ways.
    """
    home = {who: team_keys[team.name] for team in case.teams for who in team.members}
    inside: dict[str, list[Tie]] = {key: [] for key in team_keys.values()}
    bundles: dict[tuple[str, str], list[Tie]] = {}
    for tie in case.ties:
        one, two = home.get(tie.source, keys[tie.source]), home.get(tie.target, keys[tie.target])
        if one == two:
            inside[one].append(tie)
        else:
            bundles.setdefault((one, two) if _rank(one) < _rank(two) else (two, one), []).append(tie)
    names = {team_keys[team.name]: tidy(team.name) or "Team" for team in case.teams}
    threads: list[Thread] = []
    for ends in sorted(bundles, key=lambda pair: (_rank(pair[0]), _rank(pair[1]))):
        threads += _threads(ends, bundles[ends], keys, (home, names, labels))
    flows = {key: tuple(word for tie in ties for word in _flow_words(tie, keys)) for key, ties in inside.items()}
    return Weave(tuple(threads), flows, {key: len(ties) for key, ties in inside.items()})


_Words = tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]


def _rank(key: str) -> int:
    """The place of a key in reading order."""
    return int(key[1:])


def _flow_words(tie: Tie, keys: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(captions.flow_word(keys[a], keys[b], tie) for a, b in tie.flows)


def _threads(ends: tuple[str, str], ties: Sequence[Tie], keys: Mapping[str, str], words: _Words) -> list[Thread]:
    """The lines between two ends: one, or two where a pair's two ways differ in strength or in how sure they are."""
    home, names, _ = words
    forth = [tie for tie in ties for a, _ in tie.flows if home.get(a, keys[a]) == ends[0]]
    back = [tie for tie in ties for a, _ in tie.flows if home.get(a, keys[a]) == ends[1]]
    alike = len({(tie.strength, tie.status) for tie in ties}) == 1
    if ends[0] in names or ends[1] in names or alike:
        if forth and back:
            return [_thread(ends, ties, True, False, keys, words)]
        return [_thread(ends if forth else ends[::-1], ties, False, False, keys, words)]
    return [_thread(ends, forth, False, True, keys, words), _thread(ends[::-1], back, False, True, keys, words)]


def _thread(ends: tuple[str, str], ties: Sequence[Tie], two_way: bool, answered: bool,
            keys: Mapping[str, str], words: _Words) -> Thread:  # fmt: skip
    critical = any(tie.is_critical for tie in ties)
    status = min((tie.status for tie in ties if tie.is_critical == critical), key=_STATUSES.index)
    said = (_end_words(ends[0], ties, keys, words), _end_words(ends[1], ties, keys, words))
    flows = tuple(word for tie in ties for word in _flow_words(tie, keys))
    sentence = captions.pair_words(said, critical, two_way, status, answered)
    if len({(tie.strength, tie.status, tie.two_way, words[0].get(tie.source)) for tie in ties}) > 1:
        sentence += f": {'; '.join(_tie_words(tie, words[2]) for tie in ties)}"
    return Thread(Bond(ends[0], ends[1], critical, two_way), status, sentence, flows)


def _tie_words(tie: Tie, labels: Mapping[str, str]) -> str:
    """One tie of several that a line stands for."""
    return captions.pair_words((labels[tie.source], labels[tie.target]), tie.is_critical, tie.two_way, tie.status, True)


def _end_words(end: str, ties: Sequence[Tie], keys: Mapping[str, str], words: _Words) -> str:
    """Who stands at an end: a label, or a team with those of its members who have the ties."""
    home, names, labels = words
    tied = dict.fromkeys(who for tie in ties for who in (tie.source, tie.target) if home.get(who, keys[who]) == end)
    who = captions.listed([labels[id] for id in tied])
    return f"{names[end]} ({who})" if end in names else who
