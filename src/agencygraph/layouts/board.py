"""The board of the search: actors on places, and what everything costs that depends on where one actor stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.lattice import Block, Ground, bits_of, embrace, grow, holds, overlap, team_block
from agencygraph.layouts.plan import Scenario
from agencygraph.layouts.sight import Sight

CROSSING, HIT, TEAM_HIT, STRANGER, STRAY = 50, 100, 200, 350, 60
CLASH, CLOSE, SHORT, SHORTEST = 500, 6, 400, 36
GAP, ROOMY, PASSAGE = 12, 26, 15  # a line can pass between a card and a container


@dataclass(frozen=True, slots=True)
class Link:
    """A bond as one of its ends sees it: the actor at the other end or else the team, its weight, whether a member's."""

    bond: int
    other: int
    team: int
    weight: int
    free: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The ground of a team: places inside, places at which a card would stand in its way
    or too near for a tie, and what is wrong with it."""

    block: Block
    core: int
    closed: int
    tight: int
    fault: int
    doors: list[int]


@dataclass(slots=True)
class Room:
    """A team during the search: its members, its bonds, its present box and the lines drawn to it."""

    members: tuple[int, ...]
    hosted: bool
    links: list[Link] = field(default_factory=list)
    box: Box | None = None
    lines: int = 0
    price: int = 0
    priced: int = -1  # the state of the board for which the price holds


@dataclass(slots=True)
class Stage:
    """One scenario during the search: who is linked to whom, the lines that are drawn, the places that are taken."""

    links: list[list[Link]]
    present: list[bool]
    rooms: list[Room]
    outside: list[int]
    hits: list[int]
    drawn: int = 0
    taken: int = 0


class Board:
    """Actors on places. `weigh` is exact: it is the difference that one more actor makes to the whole cost."""

    def __init__(self, cast: Cast, ground: Ground, sight: Sight, scenarios: Sequence[Scenario]) -> None:
        self.ground, self.sight = ground, sight
        self.keys = [piece.key for piece in cast.pieces]
        self.number = {key: n for n, key in enumerate(self.keys)}
        self.at = [-1] * len(self.keys)
        self.taken = 0
        self.boxes: dict[tuple[int, ...], Box] = {}
        self.stages = [self._stage(cast, scenario) for scenario in scenarios]
        self.clash = [self._near(p, GAP, GAP + ground.spare) for p in range(len(ground.spots))]
        self.close = [self._near(p, ROOMY, ROOMY) & ~self.clash[p] for p in range(len(ground.spots))]
        self.short = [self._near(p, SHORTEST, SHORTEST) for p in range(len(ground.spots))]
        self.mates = self._mates(cast)
        self.stray = self._strays(cast, scenarios)
        self.sum_x = self.sum_y = self.state = 0
        self.slack = max(6, len(self.keys) * len(self.keys) // 12)  # a small map shows at once that it leans to one side

    def _stage(self, cast: Cast, scenario: Scenario) -> Stage:
        """A scenario in numbers; the bonds of a pair count as one line, that of a host to its team as none."""
        teams = {team.key: n for n, team in enumerate(scenario.teams)}
        rooms = [Room(tuple(self.number[key] for key in team.members if key in self.number), team.host == cast.centre != "")
                 for team in scenario.teams]  # fmt: skip
        members = {key for team in scenario.teams for key in team.members}
        hosts = {pair for team in scenario.teams for pair in ((team.host, team.key), (team.key, team.host))}
        links: list[list[Link]] = [[] for _ in self.keys]
        seen: dict[tuple[str, str], int] = {}
        outside: list[int] = []
        for bond in scenario.bonds:
            pair = (min(bond.source, bond.target), max(bond.source, bond.target))
            if pair in seen or pair in hosts:
                continue
            seen[pair] = bond_number = len(seen)
            free = bool(members & {*pair})
            if not free and not teams.keys() & {*pair}:
                outside.append(bond_number)
            for key, other in (pair, pair[::-1]):
                link = Link(bond_number, self.number.get(other, -1), teams.get(other, -1), 3 if bond.critical else 2, free)
                if key in self.number and (link.other >= 0 or link.team >= 0):
                    links[self.number[key]].append(link)
                elif key in teams and link.other >= 0:
                    rooms[teams[key]].links.append(link)
        return Stage(links, [key in scenario.pieces for key in self.keys], rooms, outside, [0] * len(seen))

    def _near(self, p: int, gap_x: int, gap_y: int) -> int:
        """The places whose card would stand nearer than a gap to the card at this place."""
        (x, y), (half_x, half_y) = self.ground.spots[p], self.ground.halves[p]
        return sum(
            1 << q
            for q, ((u, v), (wide, high)) in enumerate(zip(self.ground.spots, self.ground.halves, strict=True))
            if abs(x - u) < half_x + wide + gap_x and abs(y - v) < half_y + high + gap_y and q != p
        )

    def _mates(self, cast: Cast) -> list[list[int]]:
        """For each practitioner the others of the same sector."""
        sector = {key: cast.sizes[key].sector for key in cast.workers}
        return [[self.number[k] for k in cast.workers if sector.get(key) and k != key and sector[k] == sector[key]]
                for key in self.keys]  # fmt: skip

    def _strays(self, cast: Cast, scenarios: Sequence[Scenario]) -> list[int]:
        """The places on the family's side, for those who have nothing to do with the family; none for others."""
        family = {*cast.relatives, cast.child}
        tied = {key for s in scenarios for b in s.bonds for key in (b.source, b.target) if family & {b.source, b.target}}
        edge = self.ground.panel[2] if self.ground.panel else 0
        west = sum(1 << p for p, (x, _) in enumerate(self.ground.spots) if x < edge)
        return [west if key in cast.workers and key not in tied else 0 for key in self.keys]

    def weigh(self, actor: int, p: int) -> int:
        """What it costs that this actor, now off the board, stands at a place."""
        cost, spot, ground, lengths = 0, 1 << p, self.ground, self.sight.lengths[p]
        for stage in self.stages:
            if stage.present[actor]:
                cost += self._weigh_lines(stage, actor, p)
                cost += HIT * sum(on & spot != 0 for on in stage.hits)
                for room in stage.rooms:
                    if actor in room.members:
                        cost += self._price(stage, room, self._box(room, actor, p)) - self._present_price(stage, room)
                    elif room.box and room.box.closed & spot:
                        cost += STRANGER
        cost += CLOSE * (self.close[p] & self.taken).bit_count() + CLASH * (self.clash[p] & self.taken).bit_count()
        if self.stray[actor] & spot:
            cost += STRAY
        x, y = ground.spots[p]
        cost += (abs(self.sum_x + x - ground.width // 2) + 2 * abs(self.sum_y + y - ground.height // 2)) // self.slack
        mates = [lengths[self.at[mate]] for mate in self.mates[actor] if self.at[mate] >= 0]
        return cost + (sum(mates) // (20 + 5 * len(mates)) if mates else 0)

    def _weigh_lines(self, stage: Stage, actor: int, p: int) -> int:
        """What the lines of an actor at a place cost in one scenario: crossings, cards and rooms in their way, length."""
        cost, spot, at, drawn, taken = 0, 1 << p, self.at, stage.drawn, stage.taken
        crossed, hits = self.sight.crossed, self.sight.hits
        lengths, numbers = self.sight.lengths[p], self.sight.numbers[p]
        for link in stage.links[actor]:
            box = stage.rooms[link.team].box if link.team >= 0 else None
            q = at[link.other] if link.team < 0 else self._door(box, p) if box else -1
            if q < 0 or q == p:
                continue
            number = numbers[q]
            if crossed[number] < 0:
                self.sight.look(p, q)
            cost += CROSSING * (crossed[number] & drawn).bit_count() + lengths[q] * link.weight // 70
            if box is not None:
                cost += SHORT if box.tight & spot else 0
                continue
            on = hits[number]
            cost += HIT * (on & taken).bit_count() + (SHORT if self.short[p] >> q & 1 else 0)
            if not link.free:
                cost += TEAM_HIT * sum(room.box is not None and on & room.box.core != 0 for room in stage.rooms)
        return cost

    def _box(self, room: Room, extra: int = -1, p: int = -1) -> Box | None:
        """The box of a team as its members stand, one more at a place perhaps; None without any."""
        stand = sorted({self.at[m] for m in room.members if self.at[m] >= 0} | ({p} if extra >= 0 else set()))
        if not stand:
            return None
        known = (room.hosted, *stand)
        if known not in self.boxes:
            spots, halves = self.ground.spots, self.ground.halves
            spare = self.ground.spare
            block = team_block([grow(spots[q], (halves[q][0], halves[q][1] + spare), 0) for q in stand])
            if room.hosted and self.ground.host:
                block = embrace(block, self.ground.host)
            self.boxes[known] = self._survey_box(block, self.ground.host if room.hosted else None)
        return self.boxes[known]

    def _survey_box(self, block: Block, host: Block | None) -> Box:
        """What lies in a block, what would stand in its way, and whether it leaves the page or meets the family."""
        core = closed = tight = fault = 0
        ground = self.ground
        for p, (spot, half) in enumerate(zip(ground.spots, ground.halves, strict=True)):
            card = grow(spot, half, 0)
            if card == host or not overlap(grow(spot, half, SHORTEST), block):
                continue
            tight |= 1 << p
            if not overlap(grow(spot, half, PASSAGE), block):
                continue
            closed |= 1 << p
            if holds(block, card) and not (host and overlap(card, host)):
                core |= 1 << p
        if not holds((1, 1, ground.width - 1, ground.height - 1), block):
            fault += STRANGER
        if ground.panel and overlap(block, ground.panel):
            fault += STRANGER
        return Box(block, core, closed, tight, fault + (block[2] - block[0] + block[3] - block[1]) // 30, [-1] * len(ground.spots))

    def _door(self, box: Box, p: int) -> int:
        """The place within a box that is nearest to a place: near enough to where a tie would end on its outline."""
        if box.doors[p] < 0:
            lengths = self.sight.lengths[p]
            box.doors[p] = min(bits_of(box.core), key=lambda q: (lengths[q], q), default=p)
        return box.doors[p]

    def _present_price(self, stage: Stage, room: Room) -> int:
        """What the box of a team costs as everybody stands now."""
        if room.priced != self.state:
            room.price, room.priced = self._price(stage, room, room.box), self.state
        return room.price

    def _price(self, stage: Stage, room: Room, box: Box | None) -> int:
        """What a box costs: the lines to it, the lines through it, strangers in it, and what is wrong with it."""
        if box is None:
            return 0
        cost, drawn, sight = box.fault, stage.drawn ^ room.lines, self.sight
        others = self.taken
        for member in room.members:  # who are no strangers
            if self.at[member] >= 0:
                others &= ~(1 << self.at[member])
        cost += STRANGER * (box.closed & others).bit_count()
        for link in room.links:
            p = self.at[link.other]
            if p >= 0:
                cost += SHORT if box.tight >> p & 1 else 0
                q = self._door(box, p)
                if q != p:
                    number = sight.look(p, q)
                    cost += CROSSING * (sight.crossed[number] & drawn).bit_count() + sight.lengths[p][q] * link.weight // 70
        for other in stage.rooms:
            if other is not room and other.box is not None and overlap(box.block, other.box.block):
                cost += 4 * STRANGER
        for bond in stage.outside:
            if stage.hits[bond] & box.core:
                cost += TEAM_HIT
        return cost

    def put(self, actor: int, p: int) -> None:
        """Stand an actor on a place and draw its lines."""
        self.state += 1
        self._turn(actor, p)
        self.at[actor] = p
        self._rehouse(actor)
        self.taken |= 1 << p
        self.sum_x += self.ground.spots[p][0] - self.ground.width // 2
        self.sum_y += self.ground.spots[p][1] - self.ground.height // 2

    def lift(self, actor: int) -> int:
        """Take an actor and its lines off the board, and give its place."""
        p = self.at[actor]
        self.at[actor] = -1
        self.state += 1
        self._turn(actor, p)
        self._rehouse(actor)
        self.taken &= ~(1 << p)
        self.sum_x -= self.ground.spots[p][0] - self.ground.width // 2
        self.sum_y -= self.ground.spots[p][1] - self.ground.height // 2
        return p

    def _turn(self, actor: int, p: int) -> None:
        """Draw or wipe out the lines of an actor at a place, and its card."""
        for stage in self.stages:
            if not stage.present[actor]:
                continue
            stage.taken ^= 1 << p
            for link in stage.links[actor]:
                if link.team < 0 and self.at[link.other] >= 0:
                    number = self.sight.look(p, self.at[link.other])
                    stage.drawn ^= 1 << number
                    stage.hits[link.bond] ^= self.sight.hits[number]

    def _rehouse(self, actor: int) -> None:
        """Draw the lines to teams anew where this actor is a member or tied to one."""
        for stage in self.stages:
            for number, room in enumerate(stage.rooms):
                member = actor in room.members
                if not member and not any(link.team == number for link in stage.links[actor]):
                    continue
                if member:
                    room.box = self._box(room)
                lines = 0
                for link in room.links:
                    p = self.at[link.other]
                    if p >= 0 and room.box:
                        q = self._door(room.box, p)
                        if q != p:
                            lines |= 1 << self.sight.look(p, q)
                stage.drawn ^= room.lines ^ lines
                room.lines = lines

    def free(self, actor: int) -> list[int]:
        """The places where an actor may stand now; where all are too near to others, those that are not taken."""
        blocked = self.taken
        for p in self.at:
            if p >= 0:
                blocked |= self.clash[p]
        allowed = self.ground.allowed[self.keys[actor]]
        return list(bits_of(allowed & ~blocked or allowed & ~self.taken))

    def troubles(self) -> int:
        """How many things stand as no map should have them: ties without room, strangers in containers, containers off the page."""
        count = 0
        for stage in self.stages:
            for actor, links in enumerate(stage.links):
                for link in links:
                    if link.team < 0 and actor < link.other and min(self.at[actor], self.at[link.other]) >= 0:
                        count += self.short[self.at[actor]] >> self.at[link.other] & 1
            for room in stage.rooms:
                if room.box is not None:
                    members = sum(1 << self.at[m] for m in room.members if self.at[m] >= 0)
                    count += (room.box.closed & self.taken & ~members).bit_count() + (room.box.fault >= STRANGER)
                    count += sum(room.box.tight >> self.at[link.other] & 1 for link in room.links if self.at[link.other] >= 0)
        return count

    def clashes(self) -> bool:
        """Whether any two cards stand too near to each other, but for those that were kept so."""
        held = set(self.ground.pinned)
        return any(self.clash[p] & self.taken for p, key in zip(self.at, self.keys, strict=True) if p >= 0 and key not in held)
