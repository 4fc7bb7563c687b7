"""Where the words stand that belong to no card: titles of the panel and of teams, notes, pills. The router keeps clear of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.renderers.fitting import FALL, RISE
from agencygraph.renderers.lettering import width_of
from agencygraph.scene import Card, Point, Rect, TeamBox
from agencygraph.themes import Theme

PILL_HEIGHT = 13.0
PANEL_TITLE = (11.0, 15.0)  # from the panel's corner to the start of the title's base line
NOTE_RISE = 4.5  # from a team's lower edge up to the base line of its note


def text_box(start: Point, words: str, size: float, bold: bool = False, anchor: str = "start") -> Rect:
    """Return the box round words whose base line starts (or has its middle, or ends) at a point."""
    wide = width_of(words, size, bold)
    left = start[0] - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return Rect(left, start[1] - RISE * size, wide, (RISE + FALL) * size)


def pill_box(card: Card, theme: Theme) -> Rect:
    """Return the pill on the upper edge of a lead's card."""
    wide = width_of(card.pill, theme.pill_size, True) + 12.0
    return Rect(card.x - wide / 2, card.y - card.height / 2 - PILL_HEIGHT / 2, wide, PILL_HEIGHT)


def level_edge(team: TeamBox, *, top: bool) -> tuple[float, float, float]:
    """Return the longest of a team's uppermost (or lowest) edges: west, east, and its height on the page."""
    level = (min if top else max)(y for _, y in team.corners)
    ends = zip(team.corners, (*team.corners[1:], team.corners[0]), strict=True)
    spans = [(min(a, b), max(a, b)) for (a, y), (b, z) in ends if y == z == level]
    west, east = max(spans, key=lambda span: (span[1] - span[0], -span[0]))
    return west, east, level


def title_place(team: TeamBox, theme: Theme) -> Point:
    """Return the middle of the base line of a team's title."""
    west, east, top = level_edge(team, top=True)
    return (west + east) / 2, top + theme.team_bar / 2 + 0.355 * 9.5


def note_place(team: TeamBox) -> Point:
    """Return the middle of the base line of a team's note."""
    west, east, foot = level_edge(team, top=False)
    return (west + east) / 2, foot - NOTE_RISE


def boxes(cards: Sequence[Card], teams: Sequence[TeamBox], panel: Rect | None, panel_title: str, theme: Theme) -> Iterator[Rect]:
    """Return all boxes of words outside the cards that no line may touch."""
    if panel and panel_title:
        start = (panel.x + PANEL_TITLE[0], panel.y + PANEL_TITLE[1])
        yield text_box(start, panel_title, theme.small_size, True)
    for team in teams:
        west, east, top = level_edge(team, top=True)
        yield Rect(west, top, east - west, theme.team_bar)
        if team.note:
            yield text_box(note_place(team), team.note, theme.pill_size, False, "middle")
    for card in cards:
        if card.pill:
            yield pill_box(card, theme)
