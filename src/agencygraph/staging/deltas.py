"""Deltas: the earlier map laid upon the later one, line by line, as data: what each line was and is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph.comparison import Block, Change, Comparison
from agencygraph.model import Tie
from agencygraph.scene import Bond

Keys = Mapping[str, str]

_RANK = {"": 0, "peripheral": 1, "critical": 2}
_STATUSES = ("agreed", "disputed", "unknown")

KINDS = ("added", "strengthened", "two-way", "mixed", "weakened", "one-way", "lost", "unchanged")


@dataclass(frozen=True, slots=True)
class Delta:
    """What became of one flow between two places of the later map: its ends (cards or teams), strength and status then and now.

    `told` and `tells` are the ids of the two actors on the earlier and on the later map; None where that map has no such flow.
    """

    source: str
    target: str
    then: str
    now: str
    then_status: str
    now_status: str
    told: tuple[str, str] | None
    tells: tuple[str, str] | None

    @property
    def step(self) -> int:
        """How much stronger the flow is: below nothing where it is weaker."""
        return _RANK[self.now] - _RANK[self.then]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All flows that one line of a change map stands for, from `source` to `target` and, where it runs both ways, back."""

    source: str
    target: str
    deltas: tuple[Delta, ...]

    @property
    def is_lost(self) -> bool:
        """Whether nothing of it is left."""
        return not any(delta.now for delta in self.deltas)

    @property
    def shown(self) -> tuple[Delta, ...]:
        """The flows that decide how the line looks: those of now, or all where nothing is left."""
        return tuple(delta for delta in self.deltas if delta.now) or self.deltas

    @property
    def two_way(self) -> bool:
        """Whether the line has two heads."""
        return len({delta.source for delta in self.shown}) == 2

    @property
    def critical(self) -> bool:
        """Whether the line is bold."""
        return any((delta.now or delta.then) == "critical" for delta in self.shown)

    @property
    def bond(self) -> Bond:
        """The line still to be drawn."""
        return Bond(self.source, self.target, self.critical, self.two_way)

    @property
    def status(self) -> str:
        """How sure the line is: as sure as the surest of its strongest flows."""
        strength = "critical" if self.critical else "peripheral"
        alike = [delta for delta in self.shown if (delta.now or delta.then) == strength]
        return min((delta.now_status or delta.then_status for delta in alike), key=_STATUSES.index)

    @property
    def kind(self) -> str:
        """The kind of change, in the words of the picture's data."""
        steps = [delta.step for delta in self.deltas]
        if not any(delta.then for delta in self.deltas):
            return "added"
        if self.is_lost:
            return "lost"
        up, down = any(step > 0 for step in steps), any(step < 0 for step in steps)
        if up and down:
            return "mixed"
        stronger = any(delta.step and delta.then and delta.now for delta in self.deltas)
        if up:
            return "strengthened" if stronger or not self._turned() else "two-way"
        if down:
            return "weakened" if stronger or not self._turned() else "one-way"
        return "unchanged"

    def _turned(self) -> bool:
        """Whether the line ran another number of ways on the earlier map."""
        return len({d.source for d in self.deltas if d.then}) != len({d.source for d in self.deltas if d.now})


@dataclass(frozen=True, slots=True)
class Overlay:
    """The earlier map laid upon the later one: its lines in reading order, and what is inside a card or a team on the later map.

    `inside` holds for each such key how many ties of the earlier map run inside it now.
    """

    bundles: tuple[Bundle, ...]
    inside: Mapping[str, int]


def overlay(comparison: Comparison, keys: Sequence[Keys], team_keys: Keys) -> Overlay:
    """Lay the earlier map upon the later one: whoever became somebody else stands at the place of that one, or of their team.

    `keys` are those of the actors of each map by id, `team_keys` those of the teams by name.
    """
    homes = _homes(comparison, keys, team_keys)
    found = [delta for change in comparison.changes for delta in _deltas(comparison, change, homes)]
    groups: dict[tuple[str, str], list[Delta]] = {}
    for delta in found:
        if delta.source != delta.target:
            ends = (delta.source, delta.target) if _rank(delta.source) < _rank(delta.target) else (delta.target, delta.source)
            groups.setdefault(ends, []).append(delta)
    teams = set(team_keys.values())
    bundles = [bundle for ends in sorted(groups, key=lambda ends: (_rank(ends[0]), _rank(ends[1])))
               for bundle in _bundles(ends, groups[ends], bool(teams & {*ends}))]  # fmt: skip
    inside: dict[str, int] = {}
    for tie in comparison.before.ties:
        one, two = homes[0][tie.source], homes[0][tie.target]
        if one == two:
            inside[one] = inside.get(one, 0) + 1
    return Overlay(tuple(bundles), inside)


def _rank(key: str) -> int:
    return int(key[1:])


def _homes(comparison: Comparison, keys: Sequence[Keys], team_keys: Keys) -> tuple[Keys, Keys]:
    """Where the flows of everybody end on the change map, for the ids of the earlier and of the later map."""
    team_of = {who: team_keys[team.name] for team in comparison.after.teams for who in team.members}
    later = {id: team_of.get(id, key) for id, key in keys[1].items()}
    partner = partners(comparison.blocks)
    earlier = {id: later[partner[id]] if id in partner else key for id, key in keys[0].items()}
    return earlier, later


def partners(blocks: Sequence[Block]) -> dict[str, str]:
    """Return who of the later map stands for each of the earlier one: the one in the same place of the block, else its last."""
    return {who: block.after[min(at, len(block.after) - 1)] for block in blocks if block.after
            for at, who in enumerate(block.before)}  # fmt: skip


def _deltas(comparison: Comparison, change: Change, homes: tuple[Keys, Keys]) -> list[Delta]:
    """The flows of a change: one for each flow of now, else one for each earlier one."""
    then, now = (_ties(case.ties) for case in (comparison.before, comparison.after))
    told = change.before_flows[0] if change.before_flows else None
    if change.after_flows:
        return [Delta(homes[1][a], homes[1][b], change.before_strength, now[a, b].strength, change.before_status,
                      now[a, b].status, told, (a, b)) for a, b in change.after_flows]  # fmt: skip
    return [Delta(homes[0][a], homes[0][b], then[a, b].strength, "", then[a, b].status, "", (a, b), None)
            for a, b in change.before_flows]  # fmt: skip


def _ties(ties: Sequence[Tie]) -> dict[tuple[str, str], Tie]:
    return {flow: tie for tie in ties for flow in tie.flows}


def _bundles(ends: tuple[str, str], deltas: Sequence[Delta], has_team: bool) -> list[Bundle]:
    """The lines between two ends: one, or two where the two ways of now differ in strength or in how sure they are."""
    whole = Bundle(*ends, tuple(deltas))
    looks = {(d.now or d.then, d.now_status or d.then_status) for d in whole.shown}
    if has_team or not whole.two_way or len(looks) == 1:
        return [whole if any(d.source == ends[0] for d in whole.shown) else Bundle(ends[1], ends[0], tuple(deltas))]
    return [Bundle(a, b, tuple(d for d in deltas if d.source == a)) for a, b in (ends, ends[::-1])]
