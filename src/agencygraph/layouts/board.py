"""The board of the search: actors on places, and all that changes when one is put there or lifted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.lattice import Ground, grow, round_all
from agencygraph.layouts.plan import Scenario
from agencygraph.layouts.rooms import Box, survey_box
from agencygraph.layouts.sight import MARGIN, Block, Half, Sight, Spot

WEIGHTS = (2, 2)  # of the first arrangements: those that are drawn most; of any later one 1
GAP, ROOMY = 12, 26


@dataclass(frozen=True, slots=True)
class Link:
    """A bond as one of its ends sees it: the actor at the other end or else the team, its weight, whether a member's."""

    bond: int
    other: int
    team: int
    weight: int
    free: bool


@dataclass(slots=True)
class Room:
    """A team during the search: its members, its bonds (seen from the team), its present box."""

    members: frozenset[int]
    hosted: bool
    links: list[Link] = field(default_factory=list)
    box: Box | None = None
    cards: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Stage:
    """One scenario during the search: who is linked to whom, the lines that are drawn by bond."""

    weight: int
    links: list[list[Link]]
    present: list[bool]
    rooms: list[Room]
    free: set[int]
    drawn: dict[int, int] = field(default_factory=dict)
    strips: list[int] = field(default_factory=list)  # for each size of card where it would stand in the way of how many lines


@dataclass(frozen=True, slots=True)
class Kept:
    """A board as it was once."""

    at: list[Spot | None]
    near: list[int]
    clash: list[int]
    blocks: list[Block]
    sums: tuple[int, int]
    stages: list[tuple[dict[int, int], list[int], list[tuple[Box | None, list[Block]]]]]


class Board:
    """Actors on places, with the lines drawn between them."""

    def __init__(self, cast: Cast, ground: Ground, scenarios: Sequence[Scenario]) -> None:
        self.ground = ground
        self.sight: Sight = ground.sight
        self.keys = [piece.key for piece in cast.pieces]
        self.number = {key: n for n, key in enumerate(self.keys)}
        self.halves: list[Half] = [(int(p.width + 1) // 2, int(p.height + 1) // 2) for p in cast.pieces]
        self.centre = self.number.get(cast.centre, -1)
        kinds = sorted({self.halves[n] for n, key in enumerate(self.keys) if key in ground.allowed})
        self.kinds: list[Half] = kinds
        self.kind = [kinds.index(half) if half in kinds else -1 for half in self.halves]
        self.near = [0] * len(kinds)  # for each size of card how many others would be near to it
        self.clash = [0] * len(kinds)  # and too near
        self.open = [len(ground.allowed.get(key, ())) for key in self.keys]
        self.shut = [self.sight.everywhere ^ self.sight.set_of(ground.allowed.get(key, ())) for key in self.keys]
        self.tilts: dict[tuple[bool, int], int] = {}
        self.spreads: dict[tuple[Spot, Half], tuple[tuple[int, int], ...]] = {}
        self.blocks: list[Block] = [(0, 0, 0, 0)] * len(self.keys)
        self.at: list[Spot | None] = [None] * len(self.keys)
        self.stages = [self._stage(cast, scenario, n) for n, scenario in enumerate(scenarios)]
        self.boxes: dict[tuple[bool, Block], Box] = {}
        self.mates = self._mates(cast)
        self.home = [ground.homes.get(key) for key in self.keys]
        self.stray = self._strays(cast, scenarios)
        self.sum_x = self.sum_y = 0
        self.slack = max(6, len(self.keys) * len(self.keys) // 12)  # a small map shows at once that it leans to one side

    def _stage(self, cast: Cast, scenario: Scenario, place: int) -> Stage:
        """A scenario in numbers; the bonds of a pair count as one line, that of a host to its team as none."""
        teams = {team.key: n for n, team in enumerate(scenario.teams)}
        rooms = [Room(frozenset(self.number[key] for key in team.members if key in self.number), team.host == cast.centre != "")
                 for team in scenario.teams]  # fmt: skip
        members = {key for team in scenario.teams for key in team.members}
        hosts = {pair for team in scenario.teams for pair in ((team.host, team.key), (team.key, team.host))}
        links: list[list[Link]] = [[] for _ in self.keys]
        seen: set[tuple[str, str]] = set()
        loose: set[int] = set()
        for bond in scenario.bonds:
            pair = (min(bond.source, bond.target), max(bond.source, bond.target))
            if pair in seen or pair in hosts:
                continue
            seen.add(pair)
            free = bool(members & {*pair} or teams.keys() & {*pair})
            if free:
                loose.add(len(seen))
            for key, other in (pair, pair[::-1]):
                link = Link(len(seen), self.number.get(other, -1), teams.get(other, -1), 3 if bond.critical else 2, free)
                if key in self.number and (link.other >= 0 or link.team >= 0):
                    links[self.number[key]].append(link)
                elif key in teams and link.other >= 0:
                    rooms[teams[key]].links.append(link)
        weight = WEIGHTS[place] if place < len(WEIGHTS) else 1
        return Stage(weight, links, [key in scenario.pieces for key in self.keys], rooms, loose, strips=[0] * len(self.kinds))

    def _mates(self, cast: Cast) -> list[list[int]]:
        """For each practitioner the others of the same sector."""
        sector = {key: cast.sizes[key].sector for key in cast.workers}
        return [[self.number[k] for k in cast.workers if sector.get(key) and k != key and sector[k] == sector[key]]
                for key in self.keys]  # fmt: skip

    def _strays(self, cast: Cast, scenarios: Sequence[Scenario]) -> list[bool]:
        """Who has nothing to do with the family, and should not stand on its side."""
        family = {*cast.relatives, cast.child}
        tied = {key for s in scenarios for b in s.bonds for key in (b.source, b.target) if family & {b.source, b.target}}
        return [key in cast.workers and key not in tied and self.ground.panel is not None for key in self.keys]

    def put(self, actor: int, spot: Spot) -> None:
        """Stand an actor on a place and draw its lines."""
        self.at[actor] = spot
        self._count(actor, spot, 1)
        for stage in self.stages:
            if stage.present[actor]:
                for link in stage.links[actor]:
                    other = self.at[link.other] if link.team < 0 else None
                    if other:
                        self._draw(stage, link.bond, self.sight.line(spot, other))
                self._rehouse(stage, actor)

    def place_of(self, actor: int) -> Spot:
        """Where an actor on the board stands."""
        x, y, _, _ = self.blocks[actor]
        half = self.halves[actor]
        return x + half[0] + MARGIN, y + half[1] + MARGIN

    def lift(self, actor: int) -> Spot:
        """Take an actor and its lines off the board, and give its place."""
        spot = self.place_of(actor)
        self.at[actor] = None
        self._count(actor, spot, -1)
        for stage in self.stages:
            if stage.present[actor]:
                for link in stage.links[actor]:
                    self._wipe(stage, link.bond)
                self._rehouse(stage, actor)
        return spot

    def _count(self, actor: int, spot: Spot, sign: int) -> None:
        """Count a card in, or out, among those who stand near to others and draw the page to their side."""
        half = self.halves[actor]
        self.sum_x += sign * (spot[0] - self.ground.width // 2)
        self.sum_y += sign * (spot[1] - self.ground.height // 2)
        self.blocks[actor] = grow(spot, half, MARGIN)
        spread = self.spreads.get((spot, half))
        if spread is None:
            card, within = grow(spot, half, 0), self.sight.within
            spread = tuple((within(around(card, kind, ROOMY)), within(around(card, _roomy(kind), GAP))) for kind in self.kinds)
            self.spreads[spot, half] = spread
        for kind, (near, clash) in enumerate(spread):
            self.near[kind] += sign * near
            self.clash[kind] += sign * clash

    def _draw(self, stage: Stage, bond: int, line: int) -> None:
        """Draw the line of a bond."""
        stage.drawn[bond] = line
        for kind, half in enumerate(self.kinds):
            stage.strips[kind] += self.sight.strip(line, half)

    def _wipe(self, stage: Stage, bond: int) -> None:
        """Wipe out the line of a bond where it is drawn."""
        line = stage.drawn.pop(bond, None)
        if line is not None:
            for kind, half in enumerate(self.kinds):
                stage.strips[kind] -= self.sight.strip(line, half)

    def _rehouse(self, stage: Stage, actor: int) -> None:
        """Draw the lines to teams anew where this actor is a member or tied to one."""
        for room in stage.rooms:
            member = actor in room.members
            if member:
                room.cards = [grow(spot, self.halves[m], 0) for m in sorted(room.members) if (spot := self.at[m])]
                room.box = self.box(room) if room.cards else None
            for link in room.links:
                if member or link.other == actor:
                    end = self.at[link.other]
                    self._wipe(stage, link.bond)
                    if end and room.box:
                        self._draw(stage, link.bond, self.sight.line(end, room.box.door(end)))

    def box(self, room: Room, extra: int = -1, spot: Spot | None = None) -> Box:
        """The box of a team as its members stand, one more at a place perhaps."""
        cards = room.cards if spot is None else [*room.cards, grow(spot, self.halves[extra], 0)]
        key = room.hosted, round_all(cards)
        if key not in self.boxes:
            self.boxes[key] = survey_box(key[1], self.ground, room.hosted)
        return self.boxes[key]

    def keep(self) -> Kept:
        """All that moves, to be brought back by `restore`."""
        stages = [(dict(s.drawn), list(s.strips), [(room.box, room.cards) for room in s.rooms]) for s in self.stages]
        return Kept(list(self.at), list(self.near), list(self.clash), list(self.blocks), (self.sum_x, self.sum_y), stages)

    def restore(self, kept: Kept) -> None:
        """Bring everything back to how it was."""
        self.at, self.near, self.clash, self.blocks = list(kept.at), list(kept.near), list(kept.clash), list(kept.blocks)
        self.sum_x, self.sum_y = kept.sums
        for stage, (drawn, strips, rooms) in zip(self.stages, kept.stages, strict=True):
            stage.drawn, stage.strips = dict(drawn), list(strips)
            for room, (box, cards) in zip(stage.rooms, rooms, strict=True):
                room.box, room.cards = box, cards


def _roomy(half: Half) -> Half:
    """Half the size of a card with the room that a plate below it takes, more or less."""
    return half[0], half[1] + max(0, half[1] - 1 - GAP)


def around(block: Block, half: Half, gap: int) -> Block:
    """Where the centre of a card would be if it stood nearer to a block than a gap."""
    return block[0] - half[0] - gap, block[1] - half[1] - gap, block[2] + half[0] + gap, block[3] + half[1] + gap
