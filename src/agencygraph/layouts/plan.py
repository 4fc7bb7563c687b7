"""What has to be placed, under which arrangements and on which page, and the places found. Knows no case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from agencygraph.scene import Bond, Point, Rect


@dataclass(frozen=True, slots=True)
class Piece:
    """One actor still without a place: how large its card is, which shape it has and where it belongs.

    `shape` is "child", "person", "school" or "card"; `side` is "family", "practitioner" or "school". Sizes are points.
    """

    key: str
    shape: str
    width: float
    height: float
    sector: str = ""
    side: str = "practitioner"


@dataclass(frozen=True, slots=True)
class Team:
    """A team to be drawn as a container: its members, and the school that hosts it ("" if none does)."""

    key: str
    members: tuple[str, ...]
    host: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One arrangement of the case (before, after): who is on its map, the bonds to draw, the teams.

    A bond may end on a team's key.
    """

    pieces: tuple[str, ...]
    bonds: tuple[Bond, ...] = ()
    teams: tuple[Team, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The room for the body of a map in points; without a height the number of actors decides it."""

    width: float = 774.0
    body_height: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everybody stands in all scenarios alike: centres by key, the body's size, the family's panel and whether its title
    stands at its foot.

    `team_corners` holds for each scenario, in the order given, the corners of its teams' outlines by key, clockwise.
    """

    places: Mapping[str, Point]
    width: float
    height: float
    panel: Rect | None
    team_corners: tuple[Mapping[str, tuple[Point, ...]], ...]
    title_below: bool = False
