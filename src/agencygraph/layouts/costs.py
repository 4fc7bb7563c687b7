"""What it costs that an actor stands at a place: for all places at once, or for the one where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.layouts.board import ROOMY, WEIGHTS, Board, Room, Stage, around
from agencygraph.layouts.lattice import grow, overlap
from agencygraph.layouts.plan import Scenario
from agencygraph.layouts.rooms import PASSAGE, SHORTEST, Box
from agencygraph.layouts.sight import MARGIN, Block, Spot, far

UNIT = 40  # what a trouble of weight one costs; soft costs are counted in single points
CROSSING, HIT, TEAM_HIT, STRANGER, SHORT = 2, 4, 8, 16, 16
STRAY, CLOSE, DRIFT = 40, 6, 4  # the last for each point away from home
SOFT = 15000  # soft costs stay below this
LIKELY = 6  # places of a member that are weighed to the end


def weigh(board: Board, actor: int, own: int = -1) -> tuple[int, ...]:
    """What it costs that this actor, now off the board, stands at each of all places; the most where it may not stand, unless it
    is its own. For a member of a team only the likeliest places are open."""
    hard = soft = 0
    for stage in board.stages:
        if stage.present[actor]:
            troubles, length = _weigh_lines(board, stage, actor)
            hard += troubles * stage.weight
            soft += length
    soft += _weigh_company(board, actor)
    sight, ones = board.sight, board.sight.everywhere
    last = 8 * sight.field - 1
    shut = board.shut[actor] | (board.clash[board.kind[actor]] + (ones << last) - ones) >> last & ones
    if own >= 0:
        shut &= ~(1 << 8 * sight.field * own)
    # Where there are more troubles than a field can tell, the cost is the largest that is still open.
    heavy = (hard + (ones << last) - ones * ((sight.most - SOFT) // UNIT)) >> last & ones
    light = ~(heavy * sight.most)
    costs = sight.counts(((hard & light) * UNIT + soft) & light | heavy * (sight.most - 1) | shut * sight.most)
    mine = [(stage, room) for stage in board.stages for room in stage.rooms if actor in room.members and stage.present[actor]]
    return _weigh_boxes(board, mine, actor, costs, own) if mine else costs


def _weigh_lines(board: Board, stage: Stage, actor: int) -> tuple[int, int]:
    """What an actor costs in one scenario: crossings, cards and rooms in the way of its lines, its card in the way; length."""
    sight, at, half = board.sight, board.at, board.halves[actor]
    lines = tuple(stage.drawn.values())
    blocks = tuple([board.blocks[n] for n, spot in enumerate(at) if spot and stage.present[n]])
    crossed = hits = through = length = 0
    for link in stage.links[actor]:
        q = at[link.other] if link.team < 0 else None
        if q:
            crossed += sight.crossed(q, lines)
            hits += sight.shaded(q, blocks)  # the card of the other end is no obstacle: q stands in it
            length += sight.far(q, link.weight * stage.weight, 140)
            hits += SHORT // HIT * sight.within(around(grow(q, board.halves[link.other], 0), half, SHORTEST))
            if not link.free:
                through += sum(sight.shaded(q, room.box.parts) for room in stage.rooms if room.box)
        elif link.team >= 0 and (box := stage.rooms[link.team].box):
            hits += SHORT // HIT * sight.within(around(box.block, half, SHORTEST))
            for zone, door in box.doors:
                if zone:
                    whole = zone * sight.most
                    crossed += sight.crossed(door, lines) & whole
                    length += sight.far(door, link.weight * stage.weight, 140) & whole
    hits += stage.strips[board.kind[actor]]
    for room in stage.rooms:
        if room.box and actor not in room.members:
            hits += STRANGER // HIT * sight.within(around(room.box.block, half, PASSAGE))
    return CROSSING * crossed + HIT * hits + TEAM_HIT * through, length


def _weigh_company(board: Board, actor: int) -> int:
    """What neighbours, colleagues, the family's side and the balance of the page add."""
    mates, sight = board.mates[actor], board.sight
    cost = CLOSE * board.near[board.kind[actor]] + _tilt(board, True, board.sum_x) + _tilt(board, False, board.sum_y)
    if board.stray[actor]:
        cost += STRAY * board.ground.family_side
    home = board.home[actor]
    if home:
        cost += sight.far(home, DRIFT, 1)
    for mate in mates:
        spot = board.at[mate]
        if spot:
            cost += sight.far(spot, 1, 20 + 5 * len(mates))
    return cost


def _tilt(board: Board, across: bool, sums: int) -> int:
    """How far from the middle of the page everybody's middle would be, across or down."""
    found = board.tilts.get((across, sums))
    if found is None:
        sight, middle, found = board.sight, (board.ground.width if across else board.ground.height) // 2, 0
        for at, row in zip(sight.west_to_east if across else sight.heights, sight.columns if across else sight.levels, strict=True):
            found += (1 if across else 2) * (abs(sums + at - middle) // board.slack) * row
        board.tilts[across, sums] = found
    return found


def _weigh_boxes(board: Board, mine: list[tuple[Stage, Room]], actor: int, costs: tuple[int, ...], own: int) -> tuple[int, ...]:
    """The costs of a member's likeliest places, with what the boxes of its teams would cost then."""
    spots = board.sight.spots
    weight = sum(stage.weight for stage, _ in mine)
    room = mine[0][1]
    rough = sorted([(cost + board.box(room, actor, spots[n]).fault * weight, n)
                    for n, cost in enumerate(costs) if cost < board.sight.most])  # fmt: skip
    found, known = [board.sight.most] * len(costs), dict[tuple[Block, ...], int]()
    for n in [n for _, n in rough[:LIKELY]] + [own] * (own >= 0):
        boxes = [board.box(room, actor, spots[n]) for _, room in mine]
        blocks = tuple(box.block for box in boxes)
        if blocks not in known:
            known[blocks] = sum(_price(board, stage, room, box) for (stage, room), box in zip(mine, boxes, strict=True))
        found[n] = min(board.sight.most - 1, costs[n] + known[blocks])
    return tuple(found)


def _price(board: Board, stage: Stage, room: Room, box: Box) -> int:
    """What a box costs: the lines to it, the lines through it, strangers in it, and what is wrong with it."""
    troubles = length = 0
    for n, spot in enumerate(board.at):
        if spot and n not in room.members and stage.present[n] and not (room.hosted and n == board.centre):
            troubles += STRANGER * box.near(spot, board.halves[n], PASSAGE)
    to_it = {link.bond for link in room.links}
    others = [line for bond, line in stage.drawn.items() if bond not in to_it]
    for link in room.links:
        spot = board.at[link.other]
        if spot:
            door = box.door(spot)
            troubles += SHORT * box.near(spot, board.halves[link.other], SHORTEST)
            troubles += CROSSING * board.sight.meeting(board.sight.line(spot, door), others)
            length += far(spot, door) * link.weight * stage.weight // 140
    for bond, line in stage.drawn.items():
        if bond not in stage.free:
            troubles += TEAM_HIT * board.sight.touching(line, box.parts)
    for other in stage.rooms:
        if other is not room and other.box is not None and overlap(other.box.block, box.block):
            troubles += 4 * STRANGER
    return (UNIT * troubles + box.fault) * stage.weight + length


def cost_of(board: Board, actor: int) -> int:
    """What it costs that an actor stands where it stands: what `weigh` would say of its place."""
    spot = board.place_of(actor)
    if any(actor in room.members for stage in board.stages for room in stage.rooms):
        own = board.sight.number[board.lift(actor)]
        cost = weigh(board, actor, own)[own]
        board.put(actor, spot)
        return cost
    cost = _company_of(board, actor, spot)
    for stage in board.stages:
        if stage.present[actor]:
            cost += _lines_of(board, stage, actor, spot)
    return min(cost, board.sight.most - 1)


def _lines_of(board: Board, stage: Stage, actor: int, spot: Spot) -> int:
    """What an actor's lines and its card in the way of others cost in one scenario."""
    sight, half = board.sight, board.halves[actor]
    mine = {link.bond for link in stage.links[actor]}
    others = [line for bond, line in stage.drawn.items() if bond not in mine]
    blocks = [board.blocks[n] for n, other in enumerate(board.at) if other and stage.present[n]]
    troubles = length = 0
    for link in stage.links[actor]:
        line = stage.drawn.get(link.bond)
        if line is None:
            continue
        troubles += CROSSING * sight.meeting(line, others)
        a, b = sight.ends[line]
        length += far(a, b) * link.weight * stage.weight // 140
        if link.team >= 0:
            box = stage.rooms[link.team].box
            troubles += SHORT * (box is not None and box.near(spot, half, SHORTEST))
            continue
        troubles += HIT * sight.touching(line, blocks)
        q = b if a == spot else a
        troubles += SHORT * overlap(grow(spot, half, SHORTEST), grow(q, board.halves[link.other], 0))
        if not link.free:
            troubles += TEAM_HIT * sum(sight.touching(line, room.box.parts) for room in stage.rooms if room.box)
    own = (board.blocks[actor],)
    troubles += HIT * sum(sight.touching(line, own) for line in others)
    troubles += STRANGER * sum(room.box is not None and room.box.near(spot, half, PASSAGE) for room in stage.rooms)
    return UNIT * troubles * stage.weight + length


def _company_of(board: Board, actor: int, spot: Spot) -> int:
    """What an actor's neighbours, colleagues, the family's side and the balance of the page add."""
    # Every block on the board has a margin already.
    card, mates = grow(spot, board.halves[actor], ROOMY - MARGIN), board.mates[actor]
    cost = STRAY * (board.stray[actor] and board.ground.panel is not None and spot[0] < board.ground.panel[2])
    home = board.home[actor]
    if home:
        cost += far(spot, home) * DRIFT
    for n, other in enumerate(board.at):
        if other and n != actor:
            cost += CLOSE * overlap(card, board.blocks[n])
            if n in mates:
                cost += far(spot, other) // (20 + 5 * len(mates))
    return cost + abs(board.sum_x) // board.slack + 2 * (abs(board.sum_y) // board.slack)


def troubles(board: Board) -> int:
    """How many things stand as no map should have them: ties without room, strangers in containers, containers off the page."""
    count = 0
    for stage in board.stages:
        for actor, links in enumerate(stage.links):
            spot = board.at[actor]
            for link in links:
                other = board.at[link.other] if link.team < 0 and actor < link.other else None
                if spot and other:
                    count += overlap(grow(spot, board.halves[actor], SHORTEST), grow(other, board.halves[link.other], 0))
        for room in stage.rooms:
            box = room.box
            if box:
                count += box.is_bad + sum(
                    box.near(spot, board.halves[n], PASSAGE) for n, spot in enumerate(board.at)
                    if spot and n not in room.members and stage.present[n] and not (room.hosted and n == board.centre))  # fmt: skip
                count += sum(box.near(spot, board.halves[link.other], SHORTEST)
                             for link in room.links if (spot := board.at[link.other]))  # fmt: skip
    return count


def bytes_needed(scenarios: Sequence[Scenario]) -> int:
    """How many bytes a count of troubles needs at the most, for the one who has most lines."""
    most: dict[str, int] = {}
    for at, scenario in enumerate(scenarios):
        weight = WEIGHTS[at] if at < len(WEIGHTS) else 1
        each = weight * (CROSSING * len(scenario.bonds) + (HIT * len(scenario.pieces) + 3 * TEAM_HIT * len(scenario.teams) + SHORT))
        for bond in scenario.bonds:
            for key in (bond.source, bond.target):
                most[key] = most.get(key, 0) + each
    return 2 if max(most.values(), default=0) < 30000 else 4
