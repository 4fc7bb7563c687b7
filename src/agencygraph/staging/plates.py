"""Where plates hang on their cards, and where the sign of a missing link stands: clear of cards, words and the edges of teams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

from agencygraph.renderers.lettering import width_of, wrap
from agencygraph.scene import Card, Gap, Plate, Point, Rect, TeamBox
from agencygraph.staging.view import Note
from agencygraph.themes import Theme

WAY = 44.0  # what it costs to stand in the straight way of a tie
CLEAR = 40.0  # below this nothing much is in the way
ROUNDS = 3
Way = tuple[Point, Point]

INSET = 2.0  # how far a plate reaches over the edge of its card
PAD = 5.0
NO_LINK = "no link"
STUB = 12.0
_TRIED = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)


@dataclass(frozen=True, slots=True)
class Room:
    """What plates keep clear of besides the cards: boxes of words, the edges of teams, the edge of the page, the straight ways
    of the ties."""

    words: tuple[Rect, ...]
    edges: tuple[Rect, ...]
    page: Rect
    ways: tuple[Way, ...] = ()


def room_for(words: Sequence[Rect], teams: Sequence[TeamBox], page: Rect, ways: Sequence[Way] = ()) -> Room:
    """Return what plates keep clear of."""
    edges = [_edge(team.corners[at - 1], corner) for team in teams for at, corner in enumerate(team.corners)]
    return Room(tuple(words), tuple(edges), page, tuple(ways))


def _edge(one: Point, two: Point) -> Rect:
    """A wall of a team's outline, with a little breadth."""
    west, north = min(one[0], two[0]) - 2.0, min(one[1], two[1]) - 2.0
    return Rect(west, north, max(one[0], two[0]) + 2.0 - west, max(one[1], two[1]) + 2.0 - north)


def hang(cards: Sequence[Card], notes: Sequence[Note], room: Room, theme: Theme) -> tuple[Card, ...]:
    """Return the cards with their plates: below, else above, else beside, wherever there is most room.

    Whoever has least choice comes first; then all choose again, as the others' plates are known now.
    """
    by_key = {card.key: card for card in cards}
    notes = [note for note in notes if note.key in by_key]
    plates = [list(_plates(by_key[note.key], note, theme)) for note in notes]
    costs: list[list[float]] = []
    for note, mine in zip(notes, plates, strict=True):
        taken = [*(box_of(card, 3.0) for card in cards if card.key != note.key), *room.words, *room.edges]
        costs.append([8.0 * rank + _cost(plate.box, taken, room) for rank, plate in mine])
    order = sorted(range(len(notes)), key=lambda n: (sum(cost < CLEAR for cost in costs[n]), n))
    hung: dict[int, Plate] = {}
    for n in order * ROUNDS:
        others = [plate.box for m, plate in hung.items() if m != n]
        whole = [cost + _covered(plate.box, others) for cost, (_, plate) in zip(costs[n], plates[n], strict=True)]
        hung[n] = plates[n][whole.index(min(whole))][1]
    return tuple(replace(card, plates=(*card.plates, *(hung[n] for n, note in enumerate(notes) if note.key == card.key)))
                 for card in cards)  # fmt: skip


def box_of(card: Card, by: float = 0.0) -> Rect:
    """Return the box of a card, grown on every side."""
    return Rect(card.x - card.width / 2 - by, card.y - card.height / 2 - by, card.width + 2 * by, card.height + 2 * by)


def _plates(card: Card, note: Note, theme: Theme) -> Iterator[tuple[int, Plate]]:
    """The plates to choose from, the best first: rather wide ones, then those that are no wider than the card."""
    size = theme.pill_size
    rooms = (card.width + 32.0 * theme.scale, card.width - 2 * PAD)
    shapes = dict.fromkeys((note.words,) if note.is_round else tuple(wrap(note.words, room, size, note.strong)) for room in rooms)
    for more, lines in enumerate(shapes):
        wide = max(width_of(line, size, note.strong) for line in lines) + 2 * PAD
        high = len(lines) * size * theme.leading + 0.45 * size
        if note.is_round:
            high = wide = max(wide - PAD, high + 2.0)
        for rank, (x, y) in enumerate(_spots(card, (wide, high), note.is_round)):
            yield rank + more, Plate(Rect(round(x, 1), round(y, 1), wide, high), lines, note.strong, note.is_round)


def _spots(card: Card, size: tuple[float, float], is_round: bool) -> list[Point]:
    """Upper left corners of a plate on a card."""
    wide, high = size
    box = box_of(card)
    east, foot = box.x + box.width, box.y + box.height
    if is_round:
        left, right, over, under = box.x - 0.4 * wide, east - 0.6 * wide, box.y - 0.5 * high, foot - 0.5 * high
        return [(right, over), (right, under), (left, over), (left, under)]
    middle, over, under = card.x - wide / 2, box.y - high + INSET, foot - INSET
    found = [(middle, under), (middle, over)]
    if card.shape != "child":
        found += [(east - wide, under), (box.x, under), (east - wide, over), (box.x, over)]
    return [*found, (east - INSET, card.y - high / 2), (box.x - wide + INSET, card.y - high / 2)]


def _cost(box: Rect, taken: Sequence[Rect], room: Room) -> float:
    """How much a box covers of what is taken, how far it leaves the page, and how many ties would have to go round it."""
    page = room.page
    out = max(0.0, page.x + 1 - box.x) + max(0.0, box.x + box.width - page.x - page.width + 1)
    out += max(0.0, page.y + 1 - box.y) + max(0.0, box.y + box.height - page.y - page.height + 1)
    return 60.0 * out + _covered(box, taken) + WAY * sum(_in_way(box, way) for way in room.ways)


def _covered(box: Rect, taken: Sequence[Rect]) -> float:
    """What it costs that a box covers others."""
    return fsum(20.0 + 2.0 * shared(box, other) for other in taken if shared(box, other))


def _in_way(box: Rect, way: Way) -> bool:
    """Whether a straight way runs through a box."""
    (ax, ay), (bx, by) = way
    if max(ax, bx) <= box.x or min(ax, bx) >= box.x + box.width or max(ay, by) <= box.y or min(ay, by) >= box.y + box.height:
        return False
    across, down = bx - ax, by - ay
    off = across * (box.y + box.height / 2 - ay) - down * (box.x + box.width / 2 - ax)
    return abs(off) * 2 < abs(across) * box.height + abs(down) * box.width


def holds(box: Rect, spot: Point) -> bool:
    """Whether a point lies in a box."""
    return box.x < spot[0] < box.x + box.width and box.y < spot[1] < box.y + box.height


def shared(one: Rect, two: Rect) -> float:
    """Return the area that two boxes share."""
    wide = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
    high = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
    return wide * high if wide > 0 and high > 0 else 0.0


def set_gaps(cards: Sequence[Card], gaps: Sequence[tuple[str, str, str]], room: Room, theme: Theme) -> tuple[Gap, ...]:
    """Return the signs of missing links: on the straight way between two cards, else as near to it as there is room."""
    by_key = {card.key: card for card in cards}
    taken = [*room.words, *room.edges, *(box_of(card, 4.0) for card in cards), *(p.box for card in cards for p in card.plates)]
    wide, high = width_of(NO_LINK, theme.pill_size, True) + 15.0, theme.pill_size + 6.0
    found = []
    for source, target, words in gaps:
        spots = [Rect(round(x - wide / 2, 1), round(y - high / 2, 1), wide, high)
                 for x, y in _between(by_key[source], by_key[target])]  # fmt: skip
        costs = [_cost(box, taken, room) + 4.0 * rank for rank, box in enumerate(spots)]
        box = spots[costs.index(min(costs))]
        taken.append(box)
        found.append(Gap(source, target, box, words, _stubs(box, (by_key[source], by_key[target]), taken[:-1])))
    return tuple(found)


def _stubs(box: Rect, pair: tuple[Card, Card], taken: Sequence[Rect]) -> tuple[tuple[Point, Point], ...]:
    """Short strokes from the sign toward the two whom the link would join, as far as nothing is in the way."""
    one, two = pair
    x, y = box.x + box.width / 2, box.y + box.height / 2
    level = abs(two.x - one.x) * box.height >= abs(two.y - one.y) * box.width * 0.6
    found = []
    for card in pair:
        if level:
            start = (box.x if card.x < x else box.x + box.width, y)
        else:
            start = (x, box.y if card.y < y else box.y + box.height)
        across, down = card.x - start[0], card.y - start[1]
        far = sqrt(across * across + down * down) or 1.0
        ends = [(round(start[0] + long * across / far, 1), round(start[1] + long * down / far, 1))
                for long in (STUB, 8.0, 5.0, 0.0)]  # fmt: skip
        free = [end for end in ends if not any(holds(other, end) for other in taken)]
        found.append((start, free[0] if free else start))
    return tuple(found)


def _between(one: Card, two: Card) -> Iterator[Point]:
    """Points between two cards: along the straight way, then beside it."""
    across, down = two.x - one.x, two.y - one.y
    far = sqrt(across * across + down * down) or 1.0
    for aside in (0.0, 14.0, -14.0, 28.0, -28.0, 42.0, -42.0):
        for share in _TRIED:
            yield one.x + across * share - down / far * aside, one.y + down * share + across / far * aside
