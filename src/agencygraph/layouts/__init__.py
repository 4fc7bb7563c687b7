"""Places for the cards of a map: one set for all arrangements of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencygraph.layouts.board import Board
from agencygraph.layouts.cast import Cast, assign_parts, body_height
from agencygraph.layouts.containers import Site, enclose_all
from agencygraph.layouts.lattice import PANEL_PAD, PANEL_TITLE, RIM, Ground, lay_ground
from agencygraph.layouts.plan import Page, Piece, Plan, Scenario, Team
from agencygraph.layouts.search import find_places
from agencygraph.layouts.settle import settle
from agencygraph.layouts.sight import Spot, survey
from agencygraph.scene import Bond, Point, Rect

__all__ = ["Bond", "Page", "Piece", "Plan", "Scenario", "Team", "place"]

A4 = Page()
TRIES, STEP, FULL = 6, 30, 2  # heights to try, and with how many troubles a height is given up at once
STEPS, SEEDS = 180, (20040701, 20051130, 20060310)


def place(
    pieces: Sequence[Piece],
    scenarios: Sequence[Scenario],
    *,
    page: Page = A4,
    kept: Mapping[str, Point] | None = None,
) -> Plan:
    """Say where everybody stands, once for all maps of a case, so that before and after can be laid side by side.

    The school stands in the exact centre, the family in a panel in the west, practitioners round the school with those of
    a sector together; the members of a team stand so that a container can hold them and nobody else. Few lines cross, few
    run into cards. The same pieces give the same places on every machine.

    Parameters
    ----------
    pieces
        Everybody who is on any of the maps, with the size of their cards in points.
    scenarios
        The arrangements that share the places: who is on each map, the bonds, the teams.
    page
        The room for the body. Without a height it is as high as the actors need (350 for 9 on A4 landscape); a height that
        is given is only passed where not everybody would have room.
    kept
        Places that are taken over to the point, by key; only the others are searched. An outline then goes round members
        wherever they stand, by way of corridors if need be.

    Returns
    -------
    Plan
        Centres by key, in points from the top left of the body; its size; the family's panel (None without family); the
        corners of the teams' outlines for each scenario.

    >>> pieces = [Piece("n1", "child", 78, 54, side="family"), Piece("n2", "school", 108, 56, side="school")]
    >>> plan = place(pieces, [Scenario(("n1", "n2"), (Bond("n1", "n2", critical=True, two_way=True),))])
    >>> plan.places["n2"], plan.places["n1"][1]
    ((387.0, 175.0), 175.0)
    """
    cast = assign_parts(pieces, scenarios)
    held = {key: spot for key, spot in (kept or {}).items() if key in cast.sizes}
    height = _height_for(cast, page, held)
    found, size = _find_height(cast, scenarios, (int(page.width), height), held, page.body_height is None)
    places = {key: held.get(key, found[key]) for key in cast.sizes}
    panel = _frame_family(cast, places)
    site = Site(cast, places, size, panel)
    corners = tuple(enclose_all([team for team in scenario.teams if team.members], site) for scenario in scenarios)
    return Plan(places, page.width, float(size[1]), panel, corners)


def _height_for(cast: Cast, page: Page, held: Mapping[str, Point]) -> int:
    """The height to begin with: enough for those who are kept, with a school that is kept in the centre."""
    height = body_height(len(cast.pieces), page)
    if page.body_height is None and cast.centre in held:
        height = int(2 * held[cast.centre][1])
    feet = [int(y + cast.sizes[key].height / 2) + RIM for key, (_, y) in held.items()]
    return max([height, *feet])


def _find_height(
    cast: Cast, scenarios: Sequence[Scenario], size: tuple[int, int], held: Mapping[str, Point], free: bool
) -> tuple[dict[str, Point], tuple[int, int]]:
    """Search for places, on a higher body where there is no room or, if the height is free, too little room."""
    best: tuple[int, dict[str, Point], tuple[int, int]] | None = None
    tries = 0
    while True:
        found = _seat(cast, scenarios, lay_ground(cast, *size, held))
        tries += 1
        if found is not None and (best is None or found[0] < best[0]):
            best = (*found, size)
        if best is not None and (best[0] == 0 or not free or tries >= TRIES or len(held) == len(cast.sizes)):
            return best[1], best[2]
        size = size[0], size[1] + STEP


def _seat(cast: Cast, scenarios: Sequence[Scenario], ground: Ground) -> tuple[int, dict[str, Point]] | None:
    """The best places found, after the number of things that are wrong with them; None where there is no room for everybody."""
    sight = survey(ground.spots, ground.halves)
    best: tuple[int, int] | None = None
    places: dict[str, Spot] = {}
    for seed in SEEDS:
        board = Board(cast, ground, sight, scenarios)
        for key, p in ground.pinned.items():
            board.put(board.number[key], p)
        movable = [actor for actor, key in enumerate(board.keys) if key not in ground.pinned]
        cost = find_places(board, movable, STEPS * len(movable), seed)
        if cost >= 0 and (best is None or (board.troubles(), cost) < best):
            best = board.troubles(), cost
            places = {key: ground.spots[p] for key, p in zip(board.keys, board.at, strict=True)}
        if best is None or best[0] > FULL:
            break
    if best is None:
        return None
    settled = settle(cast, ground, scenarios, places)
    return best[0], {key: (float(x), float(y)) for key, (x, y) in settled.items()}


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
