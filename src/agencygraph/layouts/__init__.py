"""Places for the cards of a map: one set for all arrangements of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencygraph.layouts.board import Board
from agencygraph.layouts.cast import Cast, assign_parts, body_height
from agencygraph.layouts.containers import enclose
from agencygraph.layouts.lattice import PANEL_PAD, PANEL_TITLE, Ground, lay_ground
from agencygraph.layouts.plan import Page, Piece, Plan, Scenario, Team
from agencygraph.layouts.search import find_places
from agencygraph.layouts.settle import settle
from agencygraph.layouts.sight import Spot, survey
from agencygraph.scene import Point, Rect

__all__ = ["Page", "Piece", "Plan", "Scenario", "Team", "place"]

A4 = Page()
STEPS, SEEDS = 180, (20040701, 20051130, 20060310)


def place(
    pieces: Sequence[Piece],
    scenarios: Sequence[Scenario],
    *,
    page: Page = A4,
    kept: Mapping[str, Point] | None = None,
) -> Plan:
    """Say where everybody stands, once for all maps of a case."""
    cast = assign_parts(pieces, scenarios)
    held = {key: spot for key, spot in (kept or {}).items() if key in cast.sizes}
    height = body_height(len(pieces), page)
    while True:
        found = _seat(cast, scenarios, lay_ground(cast, int(page.width), height, held))
        if found is not None:
            break
        height += 40
    places = {key: held.get(key, found[key]) for key in cast.sizes}
    panel = _frame_family(cast, places)
    corners = tuple(
        {team.key: enclose(team, cast, places, (int(page.width), height), panel) for team in scenario.teams if team.members}
        for scenario in scenarios
    )
    return Plan(places, page.width, float(height), panel, corners)


def _seat(cast: Cast, scenarios: Sequence[Scenario], ground: Ground) -> dict[str, Point] | None:
    """Search for places; None where there is no room for everybody."""
    sight = survey(ground.spots, ground.halves)
    best = -1
    places: dict[str, Spot] = {}
    for seed in SEEDS:
        board = Board(cast, ground, sight, scenarios)
        for key, p in ground.pinned.items():
            board.put(board.number[key], p)
        movable = [actor for actor, key in enumerate(board.keys) if key not in ground.pinned]
        cost = find_places(board, movable, STEPS * len(movable), seed)
        if cost >= 0 and (best < 0 or cost < best):
            best = cost
            places = {key: ground.spots[p] for key, p in zip(board.keys, board.at, strict=True)}
    if best < 0:
        return None
    return {key: (float(x), float(y)) for key, (x, y) in settle(cast, ground, scenarios, places).items()}


def _frame_family(cast: Cast, places: Mapping[str, Point]) -> Rect | None:
    """The panel round the family as it stands, with room for its title."""
    family = [piece for piece in cast.pieces if piece.side == "family"]
    if not family:
        return None
    west = min(places[p.key][0] - p.width / 2 for p in family) - PANEL_PAD
    east = max(places[p.key][0] + p.width / 2 for p in family) + PANEL_PAD
    north = min(places[p.key][1] - p.height / 2 for p in family) - PANEL_PAD - PANEL_TITLE + 6
    south = max(places[p.key][1] + p.height / 2 for p in family) + PANEL_PAD
    return Rect(west, north, east - west, south - north)
