"""Where the words stand that belong to no card: titles of the panel and of teams, notes, pills. The router keeps clear of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.renderers.fitting import BASE, FALL, RISE
from agencygraph.renderers.lettering import width_of
from agencygraph.scene import Card, Panel, Point, Rect, TeamBox
from agencygraph.themes import Theme

PILL_HEIGHT = 13.0
TITLE_SIZE = 9.5
PANEL_TITLE = (11.0, 15.0, 5.0)  # from the panel's west, north and south to the start of the title's base line
NOTE_RISE = 4.5  # from a team's lower edge up to the base line of its note


def text_box(start: Point, words: str, size: float, bold: bool = False, anchor: str = "start") -> Rect:
    """Return the box round words whose base line starts (or has its middle, or ends) at a point."""
    wide = width_of(words, size, bold)
    left = start[0] - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return Rect(left, start[1] - RISE * size, wide, (RISE + FALL) * size)


def pill_box(card: Card, theme: Theme) -> Rect:
    """Return the pill on the upper edge of a lead's card."""
    wide, high = width_of(card.pill, theme.pill_size, True) + 12.0, PILL_HEIGHT * theme.scale
    return Rect(card.x - wide / 2, card.y - card.height / 2 - high / 2, wide, high)


@dataclass(frozen=True, slots=True)
class Edge:
    """A level piece of a team's outline: its west and east end, its height on the page, and which ends stick out as corners."""

    west: float
    east: float
    y: float
    west_corner: bool
    east_corner: bool


def level_edge(team: TeamBox, room: float, *, top: bool) -> Edge:
    """Return the uppermost (or lowest) level edge of a team that has room for words, else its widest."""
    corners = team.corners
    found = []
    for at, (x, y) in enumerate(corners):
        before, after, beyond = corners[at - 1], corners[(at + 1) % len(corners)], corners[(at + 2) % len(corners)]
        # The outline runs clockwise: eastward along its upper edges, westward along its lower ones.
        if after[1] == y and (after[0] > x) == top:
            ends = ((before[1] > y) == top, (beyond[1] > y) == top)
            found.append(Edge(x, after[0], y, *ends) if top else Edge(after[0], x, y, ends[1], ends[0]))
    wide = [edge for edge in found if edge.east - edge.west >= room]
    if wide:
        return min(wide, key=lambda edge: (edge.y if top else -edge.y, edge.west))
    return max(found, key=lambda edge: (edge.east - edge.west, -edge.west))


def title_edge(team: TeamBox, theme: Theme) -> Edge:
    """Return the edge under which a team's title bar runs."""
    return level_edge(team, width_of(team.title, TITLE_SIZE * theme.scale, True) + 18.0, top=True)


def title_place(team: TeamBox, theme: Theme) -> Point:
    """Return the middle of the base line of a team's title."""
    edge = title_edge(team, theme)
    return (edge.west + edge.east) / 2, edge.y + theme.team_bar / 2 + BASE * TITLE_SIZE * theme.scale


def note_place(team: TeamBox, theme: Theme) -> Point:
    """Return the middle of the base line of a team's note."""
    edge = level_edge(team, width_of(team.note, theme.pill_size) + 8.0, top=False)
    return (edge.west + edge.east) / 2, edge.y - NOTE_RISE


def panel_title_place(panel: Panel) -> Point:
    """Return the start of the base line of the title of the family's panel."""
    west, north, south = PANEL_TITLE
    return panel.box.x + west, panel.box.y + (panel.box.height - south if panel.title_below else north)


def boxes(cards: Sequence[Card], teams: Sequence[TeamBox], panel: Panel | None, theme: Theme) -> Iterator[Rect]:
    """Return all boxes of words outside the cards that no line may touch."""
    if panel:
        yield text_box(panel_title_place(panel), panel.title, theme.small_size, True)
    for team in teams:
        edge = title_edge(team, theme)
        yield Rect(edge.west, edge.y, edge.east - edge.west, theme.team_bar)
        if team.note:
            yield text_box(note_place(team, theme), team.note, theme.pill_size, False, "middle")
    for card in cards:
        if card.pill:
            yield pill_box(card, theme)
        yield from (plate.box for plate in card.plates)
