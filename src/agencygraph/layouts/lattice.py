"""The places that a page offers: a staggered lattice round the school, the family's panel, rooms for teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.sight import Block, Half, Sight, Spot
from agencygraph.scene import Point

ARM = 24  # how far a container reaches beyond the notch of its host
EDGE = 1  # room for the border of a card at the edge of the page
RIM = 8  # room for the container of a team, or for a line, between a card and the edge of the page
NOTCH = 34  # from the host school to the wall of its notch: the shortest tie that reads well
PANEL_PAD, TITLE_ROOM = 10, 12
LANE = 14  # room for a line between the family's panel and the edge of the page, where one has to pass there
TEAM_PAD, TEAM_TOP, TEAM_FOOT = 12, 39, 22  # round the members; above them a title bar and a pill, below them a note
FINE = (38, 24)  # about how far apart places are
ROOMS = 8000  # the ground that a member of a team has to choose from, at least


@dataclass(frozen=True, slots=True)
class Ground:
    """All places of a page, who may stand on which (by number), and who stands where in any case."""

    width: int
    height: int
    sight: Sight
    allowed: Mapping[str, tuple[int, ...]]
    pinned: Mapping[str, Spot]
    panel: Block | None
    host: Block | None
    homes: Mapping[str, Spot]  # where those who have a home would stand best
    family_side: int  # the places west of the panel's east edge, as a set


def lay_ground(
    cast: Cast,
    size: tuple[int, int],
    kept: Mapping[str, Point],
    field: int = 2,
    *,
    near: Mapping[str, Point] | None = None,
    lane: int = 0,
) -> Ground:
    """Work out the places of a page for a cast; those who are kept stand on places of their own, the rest best `near` somewhere.

    A lane is room for lines west of the family.
    """
    width, height = size
    middle = (width // 2, height // 2)
    card, person = _largest(cast, cast.workers, (50, 19)), _largest(cast, cast.relatives, (42, 17))
    card = card[0], min(card[1], 21)
    child_spot, seats = _family_seats(cast, size, person, lane)
    panel = _panel(cast, seats, child_spot, person)
    school = grow(middle, half_of(cast, cast.centre), 0) if cast.centre else None
    closed = [block for block in (panel, school and widen(school, 12)) if block]
    lattice = [s for s in _lattice(width, height, card) if not any(overlap(grow(s, card, 8), wall) for wall in closed)]
    sight = Sight((*lattice, *seats), field)
    pinned = {cast.centre: middle} if cast.centre else {}
    if cast.child:
        pinned[cast.child] = child_spot
    pinned.update((key, (int(x), int(y))) for key, (x, y) in sorted(kept.items()))
    allowed = {key: tuple(sight.number[seat] for seat in seats) for key in cast.relatives}
    page, homes = (EDGE, EDGE, width - EDGE, height - EDGE), dict.fromkeys(cast.workers, lattice)
    for number, group in enumerate(cast.groups):
        for inner in _rooms(lattice, card, school if cast.hosted[number] else None, (width, height)):
            homes.update((key, inner) for key in group)
            if len(inner) * FINE[0] * FINE[1] >= ROOMS * len(group):
                break
    for key, home in homes.items():
        allowed[key] = tuple(sight.number[spot] for spot in home if holds(page, grow(spot, half_of(cast, key), 0)))
    family_side = sight.within((-1, -1, panel[2], height)) if panel else 0
    best = {key: (int(x), int(y)) for key, (x, y) in (near or {}).items()}
    return Ground(width, height, sight, allowed, pinned, panel, school, best, family_side)


def _rooms(lattice: Sequence[Spot], half: Half, host: Block | None, size: tuple[int, int]) -> Iterator[list[Spot]]:
    """The places for the members of a team, the best choice first: on the page with their container, clear of the notch of the
    host and east of it; then anywhere clear of it and of the way to it from the west; then anywhere clear of it; then anywhere on
    the page."""
    notch, page = host and widen(host, NOTCH + 8), (1, 1, size[0] - 1, size[1] - 1)
    fits = [spot for spot in lattice if holds(page, team_block([grow(spot, half, 0)]))]
    clear = [spot for spot in fits if not (notch and overlap(grow(spot, half, 0), notch))]
    if notch:
        yield [spot for spot in clear if spot[0] > size[0] // 2]
        yield [spot for spot in clear if not overlap(grow(spot, half, 0), mouth_of(notch))]
    yield clear
    yield fits


def mouth_of(notch: Block) -> Block:
    """The notch of a host with the way to it from the west, by which the family tells the school."""
    return 0, notch[1], notch[2], notch[3]


def team_block(cards: Sequence[Block]) -> Block:
    """The block round the cards of a team, with its title bar, the pill of its lead and the space for a note."""
    west, north, east, south = round_all(cards)
    return west - TEAM_PAD, north - TEAM_TOP, east + TEAM_PAD, south + TEAM_FOOT


def embrace(block: Block, host: Block) -> Block:
    """Let the block of a team reach round the east of its host, so that the host sits in a notch."""
    _, north, east, south = widen(host, NOTCH + ARM)
    middle = (host[0] + host[2]) // 2
    return min(block[0], middle), min(block[1], north - 20), max(block[2], east), max(block[3], south)


def half_of(cast: Cast, key: str) -> Half:
    """Half the size of a card, rounded up."""
    piece = cast.sizes[key]
    return int(piece.width + 1) // 2, int(piece.height + 1) // 2


def _largest(cast: Cast, keys: Sequence[str], least: Half) -> Half:
    """Half the size of the widest and of the highest card among some."""
    halves = [least, *(half_of(cast, key) for key in keys)]
    return max(x for x, _ in halves), max(y for _, y in halves)


def _lattice(width: int, height: int, half: Half) -> list[Spot]:
    """A fine lattice about the centre of the page, as wide and high as cards may stand."""
    reach_x, reach_y = width // 2 - half[0] - EDGE, height // 2 - half[1] - RIM
    columns, rows = max(1, reach_x // FINE[0]), max(1, reach_y // FINE[1])
    return [
        (width // 2 + i * reach_x // columns, height // 2 + j * reach_y // rows)
        for j in range(-rows, rows + 1)
        for i in range(-columns, columns + 1)
    ]


def _family_seats(cast: Cast, size: tuple[int, int], half: Half, lane: int) -> tuple[Spot, list[Spot]]:
    """The child's place, on the level of the school, and seats for its relatives round it (rather more than needed)."""
    (width, height), count = size, len(cast.relatives)
    level, west = height // 2, half[0] + PANEL_PAD + lane
    child = half_of(cast, cast.child) if cast.child else half
    room = width // 2 - 54 - 2 * NOTCH
    two = count >= 3 and room >= 2 * (half[0] + child[0] + PANEL_PAD) + 34
    column = 2 * half[0] + child[0] + PANEL_PAD + lane + 34 if two else max(half[0], child[0]) + PANEL_PAD + lane
    first = child[1] + half[1] + 40
    step = 2 * half[1] + 30
    seats: list[Spot] = [] if cast.child else [(column, level)]
    for row in range((count + 1) // (3 if two else 1) + 1):
        if row < max(1, (count + 1) // 2 if not two else (count - 1) // 3):
            seats += [(column, level - first - row * step), (column, level + first + row * step)]
        if two:
            seats += [(west, level - 29 - row * 62), (west, level + 29 + row * 62)]
            if row == 0 and count <= 4:
                seats += [(west, level)]
    return (column, level), [s for s in seats if half[1] + EDGE <= s[1] <= height - half[1] - EDGE]


def _panel(cast: Cast, seats: Sequence[Spot], child: Spot, half: Half) -> Block | None:
    """The block to keep free for the family."""
    blocks = [grow(seat, half, PANEL_PAD) for seat in seats] if cast.relatives else []
    if cast.child:
        blocks.append(grow(child, half_of(cast, cast.child), PANEL_PAD))
    if not blocks:
        return None
    west, north, east, south = round_all(blocks)
    return west, north - TITLE_ROOM, east, south


def grow(spot: Spot, half: Half, by: int) -> Block:
    """The block that a card covers, and so much more on every side."""
    return spot[0] - half[0] - by, spot[1] - half[1] - by, spot[0] + half[0] + by, spot[1] + half[1] + by


def widen(block: Block, by: int) -> Block:
    """A block with a margin round it."""
    return block[0] - by, block[1] - by, block[2] + by, block[3] + by


def holds(outer: Block, inner: Block) -> bool:
    """Whether a block lies within another."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def overlap(one: Block, two: Block) -> bool:
    """Whether two blocks share ground."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def round_all(blocks: Sequence[Block]) -> Block:
    """The smallest block round some."""
    return min(b[0] for b in blocks), min(b[1] for b in blocks), max(b[2] for b in blocks), max(b[3] for b in blocks)
