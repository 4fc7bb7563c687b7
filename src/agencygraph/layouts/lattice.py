"""The places that a page offers: a staggered lattice round the school, the family's panel, rooms for teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.sight import Half, Spot
from agencygraph.scene import Point

ARM = 24  # how far a container reaches beyond the notch of its host
EDGE = 1  # room for the border of a card at the edge of the page
RIM = 8  # room for the container of a team, or for a line, between a card and the edge of the page
NOTCH = 34  # from the host school to the wall of its notch: the shortest tie that reads well
PANEL_PAD, PANEL_TITLE = 10, 18
TEAM_PAD, TEAM_TOP, TEAM_FOOT = 12, 39, 22  # round the members; above them a title bar and a pill, below them a note

Block = tuple[int, int, int, int]  # west, north, east, south


@dataclass(frozen=True, slots=True)
class Ground:
    """All places with the half sizes of the cards they suit, and who may stand where: places as bits."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    halves: tuple[Half, ...]
    allowed: Mapping[str, int]
    pinned: Mapping[str, int]
    panel: Block | None
    host: Block | None
    spare: int  # how much higher than its place's half size a card may be, on either side


def lay_ground(cast: Cast, width: int, height: int, kept: Mapping[str, Point]) -> Ground:
    """Work out the places of a page for a cast; those who are kept stand on places of their own."""
    middle = (width // 2, height // 2)
    wide, high = _largest(cast, cast.workers, (50, 19))
    card, person = (wide, min(high, 21)), _largest(cast, cast.relatives, (42, 17))
    spots: list[Spot] = []
    halves: list[Half] = []

    def offer(places: Sequence[Spot], half: Half) -> int:
        """Add places, and give them as bits."""
        start = len(spots)
        spots.extend(places)
        halves.extend([half] * len(places))
        return (1 << len(spots)) - (1 << start)

    allowed: dict[str, int] = {}
    if cast.centre:
        allowed[cast.centre] = offer([middle], _half(cast, cast.centre))
    child_spot, seats = _family_seats(cast, width, height, person)
    panel = _panel(cast, seats, child_spot, person)
    if cast.child:
        allowed[cast.child] = offer([child_spot], _half(cast, cast.child))
    family = offer(seats, person)
    allowed.update((key, family) for key in cast.relatives)
    school = grow(middle, _half(cast, cast.centre), 0) if cast.centre else None
    closed = [block for block in (panel, school and _widen(school, 12)) if block]
    lattice = [s for s in _lattice(width, height, card) if not any(overlap(grow(s, card, 8), wall) for wall in closed)]
    start, outside = len(spots), offer(lattice, card)
    for number, group in enumerate(cast.groups):
        for inner in _rooms(lattice, (wide, high), school if cast.hosted[number] else None, (width, height)):
            allowed.update((key, inner << start) for key in group)
            if inner.bit_count() >= 2 * len(group):
                break
    for key in cast.workers:
        allowed.setdefault(key, outside)
    pinned = {key: first_of(offer([(int(x), int(y))], _half(cast, key))) for key, (x, y) in sorted(kept.items())}
    return Ground(width, height, tuple(spots), tuple(halves), allowed, pinned, panel, school, high - card[1])


def _rooms(lattice: Sequence[Spot], half: Half, host: Block | None, size: tuple[int, int]) -> Iterator[int]:
    """The places for the members of a team as bits, the best choice first: on the page with their container, clear of
    the notch of the host and east of it; then anywhere clear of it; then anywhere on the page."""
    notch, page = host and _widen(host, NOTCH + 8), (1, 1, size[0] - 1, size[1] - 1)
    fits = [holds(page, team_block([grow(spot, half, 0)])) for spot in lattice]
    clear = [fit and not (notch and overlap(grow(spot, half, 0), notch)) for fit, spot in zip(fits, lattice, strict=True)]
    if host:
        yield sum(1 << n for n, (x, _) in enumerate(lattice) if clear[n] and x > size[0] // 2)
    yield sum(1 << n for n, good in enumerate(clear) if good)
    yield sum(1 << n for n, good in enumerate(fits) if good)


def team_block(cards: Sequence[Block]) -> Block:
    """The block round the cards of a team, with its title bar, the pill of its lead and the space for a note."""
    west, north, east, south = round_all(cards)
    return west - TEAM_PAD, north - TEAM_TOP, east + TEAM_PAD, south + TEAM_FOOT


def embrace(block: Block, host: Block) -> Block:
    """Let the block of a team reach round the east of its host, so that the host sits in a notch."""
    _, north, east, south = _widen(host, NOTCH + ARM)
    middle = (host[0] + host[2]) // 2
    return min(block[0], middle), min(block[1], north - 20), max(block[2], east), max(block[3], south)


def _half(cast: Cast, key: str) -> Half:
    """Half the size of a card, rounded up."""
    piece = cast.sizes[key]
    return int(piece.width + 1) // 2, int(piece.height + 1) // 2


def _largest(cast: Cast, keys: Sequence[str], least: Half) -> Half:
    """Half the size of the widest and of the highest card among some."""
    halves = [least, *(_half(cast, key) for key in keys)]
    return max(x for x, _ in halves), max(y for _, y in halves)


def _lattice(width: int, height: int, half: Half) -> list[Spot]:
    """A staggered lattice with a place in the centre of the page: neighbours in a row or a column leave room for a tie."""
    reach_x, reach_y = width // 2 - half[0] - EDGE, height // 2 - half[1] - RIM
    columns = max(1, reach_x * 2 // (half[0] * 2 + 12))
    if (reach_x - RIM - 4) * 2 >= columns * (half[0] * 2 + 12):  # no column is lost by staying off the edge
        reach_x -= RIM + 4
    rows = max(1, reach_y // (half[1] + 15))
    return [
        (width // 2 + i * reach_x // columns, height // 2 + j * reach_y // rows)
        for j in range(-rows, rows + 1)
        for i in range(-columns, columns + 1)
        if (i + j) % 2 == 0
    ]


def _family_seats(cast: Cast, width: int, height: int, half: Half) -> tuple[Spot, list[Spot]]:
    """The child's place, on the level of the school, and seats for its relatives round it (rather more than needed)."""
    level, count = height // 2, len(cast.relatives)
    child = _half(cast, cast.child) if cast.child else half
    west = max(half[0], child[0]) + PANEL_PAD
    room = width // 2 - 54 - 2 * NOTCH
    two = count >= 3 and room >= 2 * (half[0] + child[0] + PANEL_PAD) + 34
    column = 2 * half[0] + child[0] + PANEL_PAD + 34 if two else west
    first = child[1] + half[1] + 40
    step = 2 * half[1] + 30
    seats: list[Spot] = [] if cast.child else [(column, level)]
    for row in range((count + 1) // (3 if two else 1) + 1):
        if row < max(1, (count + 1) // 2 if not two else (count - 1) // 3):
            seats += [(column, level - first - row * step), (column, level + first + row * step)]
        if two:
            seats += [(half[0] + PANEL_PAD, level - 29 - row * 62), (half[0] + PANEL_PAD, level + 29 + row * 62)]
            if row == 0 and count <= 4:
                seats += [(half[0] + PANEL_PAD, level)]
    return (column, level), [s for s in seats if half[1] + EDGE <= s[1] <= height - half[1] - EDGE]


def _panel(cast: Cast, seats: Sequence[Spot], child: Spot, half: Half) -> Block | None:
    """The block to keep free for the family."""
    blocks = [grow(seat, half, PANEL_PAD) for seat in seats] if cast.relatives else []
    if cast.child:
        blocks.append(grow(child, _half(cast, cast.child), PANEL_PAD))
    if not blocks:
        return None
    west, north, east, south = round_all(blocks)
    return west, north - PANEL_TITLE + 6, east, south


def grow(spot: Spot, half: Half, by: int) -> Block:
    """The block that a card covers, and so much more on every side."""
    return spot[0] - half[0] - by, spot[1] - half[1] - by, spot[0] + half[0] + by, spot[1] + half[1] + by


def _widen(block: Block, by: int) -> Block:
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


def first_of(bits: int) -> int:
    """The number of the lowest bit."""
    return (bits & -bits).bit_length() - 1


def bits_of(bits: int) -> Iterator[int]:
    """The numbers of all bits that are set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
