"""Places for the cards of a map: one set for all arrangements of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts.board import Board
from agencygraph.layouts.cast import Cast, assign_parts, body_height
from agencygraph.layouts.containers import Site, enclose_all
from agencygraph.layouts.costs import bytes_needed, troubles
from agencygraph.layouts.lattice import LANE, PANEL_PAD, RIM, TITLE_ROOM, Ground, grow, half_of, lay_ground, overlap, widen
from agencygraph.layouts.plan import Page, Piece, Plan, Scenario, Team
from agencygraph.layouts.search import find_places
from agencygraph.layouts.settle import settle
from agencygraph.layouts.sight import Spot, runs_through
from agencygraph.scene import Bond, Point, Rect

__all__ = ["Bond", "Page", "Piece", "Plan", "Scenario", "Team", "place"]

A4 = Page()
FOOT_ROOM = 15  # room for the title of the family at the foot of its panel, below a plate that hangs from a card
CROWD = 12  # among so many practitioners somebody always has a line that is best led west of the family
TRIES, STEP = 6, 30  # heights to try
# How often some are seated anew, shared by the scenarios; for each of them so often, but at least; so many times less in haste.
STEPS, SWEEPS, LEAST, HASTE = 1600, 45, 400, 5


@dataclass(frozen=True, slots=True)
class _Seating:
    """Places found on a ground, with the number of things that are wrong with them, after so many steps."""

    ground: Ground
    places: Mapping[str, Spot]
    troubles: int
    steps: int


def place(
    pieces: Sequence[Piece],
    scenarios: Sequence[Scenario],
    *,
    page: Page = A4,
    kept: Mapping[str, Point] | None = None,
    near: Mapping[str, Point] | None = None,
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
    near
        Where everybody would best stand, by key, as on a wider page: they go no further from there than it gains.

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
    found, size = _find_height(cast, scenarios, (int(page.width), height), held, page.body_height is None, near or {})
    places = {key: held.get(key, found[key]) for key in cast.sizes}
    panel, title_below = _frame_family(cast, scenarios, places)
    site = Site(cast, places, size, panel)
    corners = tuple(enclose_all([team for team in scenario.teams if team.members], site) for scenario in scenarios)
    return Plan(places, page.width, float(size[1]), panel, corners, title_below)


def _height_for(cast: Cast, page: Page, held: Mapping[str, Point]) -> int:
    """The height to begin with: enough for those who are kept, with a school that is kept in the centre."""
    height = body_height(len(cast.pieces), page)
    if page.body_height is None and cast.centre in held:
        height = int(2 * held[cast.centre][1])
    feet = [int(y + cast.sizes[key].height / 2) + RIM for key, (_, y) in held.items()]
    return max([height, *feet])


def _find_height(
    cast: Cast,
    scenarios: Sequence[Scenario],
    size: tuple[int, int],
    held: Mapping[str, Point],
    free: bool,
    near: Mapping[str, Point],
) -> tuple[dict[str, Point], tuple[int, int]]:
    """Search for places, on a higher body where there is no room or, if the height is free, too little room.

    Higher bodies are tried in haste at first; the search is done with more care on the first that is free of troubles.
    """
    field, tries = bytes_needed(scenarios), 0
    full = steps = min(STEPS // (1 + len(scenarios)), max(LEAST, SWEEPS * len(cast.sizes)))
    lane = _lane_for(cast, held) if held or not near else 0
    best: _Seating | None = None
    while True:
        ground = lay_ground(cast, size, held, field, near=near, lane=lane)
        found = _seat(cast, scenarios, ground, steps)
        tries += 1
        if found is not None and (best is None or found.troubles < best.troubles):
            best = found
        if best is not None and (best.troubles == 0 or not free or tries >= TRIES or len(held) == len(cast.sizes)):
            break
        size, steps = (size[0], size[1] + STEP), full // HASTE
    if best.steps < full:
        best = _improved(best, _seat(cast, scenarios, best.ground, full // 2))
    if not lane and not held and _passes_family(cast, scenarios, best):
        aside = lay_ground(cast, (best.ground.width, best.ground.height), held, field, near=near, lane=LANE)
        best = _improved(best, _seat(cast, scenarios, aside, 2 * full // 3))
    settled = settle(cast, best.ground, scenarios, best.places)
    places = {key: (float(x), float(y)) for key, (x, y) in settled.items()}
    return places, (best.ground.width, best.ground.height)


def _lane_for(cast: Cast, held: Mapping[str, Point]) -> int:
    """The lane west of the family to begin with: the one that those who are kept leave, or that of a crowd."""
    kept = [held[key][0] - cast.sizes[key].width / 2 for key in (*cast.relatives, cast.child) if key in held]
    if kept:
        return LANE if min(kept) >= PANEL_PAD + LANE else 0
    return LANE if len(cast.workers) >= CROWD else 0


def _passes_family(cast: Cast, scenarios: Sequence[Scenario], found: _Seating) -> bool:
    """Whether a line has somebody of the family in its way, so that it had better pass west of them."""
    at = found.places
    family = {p.key: grow(at[p.key], half_of(cast, p.key), 0) for p in cast.pieces if p.side == "family"}
    pairs = {(bond.source, bond.target) for s in scenarios for bond in s.bonds if bond.source in at and bond.target in at}
    return any(runs_through((at[a], at[b]), card) for a, b in pairs for key, card in family.items() if key not in (a, b))


def _improved(best: _Seating, again: _Seating | None) -> _Seating:
    """A later search, unless it found no room or more troubles."""
    return best if again is None or again.troubles > best.troubles else again


def _seat(cast: Cast, scenarios: Sequence[Scenario], ground: Ground, steps: int) -> _Seating | None:
    """Search for places on a ground; None where there is no room for everybody."""
    board = Board(cast, ground, scenarios)
    for key, spot in ground.pinned.items():
        board.put(board.number[key], spot)
    movable = [actor for actor, key in enumerate(board.keys) if key not in ground.pinned]
    if not find_places(board, movable, steps):
        return None
    places = {key: spot for key, spot in zip(board.keys, board.at, strict=True) if spot}
    return _Seating(ground, places, troubles(board), steps)


def _frame_family(cast: Cast, scenarios: Sequence[Scenario], places: Mapping[str, Point]) -> tuple[Rect | None, bool]:
    """The panel round the family as it stands, with room for its title: at its foot where it is in the way of fewer lines there."""
    family = [piece for piece in cast.pieces if piece.side == "family"]
    if not family:
        return None, False
    west = min(places[p.key][0] - p.width / 2 for p in family) - PANEL_PAD
    east = max(places[p.key][0] + p.width / 2 for p in family) + PANEL_PAD
    north = min(places[p.key][1] - p.height / 2 for p in family) - PANEL_PAD
    south = max(places[p.key][1] + p.height / 2 for p in family) + PANEL_PAD
    at = {key: (int(x), int(y)) for key, (x, y) in places.items()}
    bonds = {(b.source, b.target) for scenario in scenarios for b in scenario.bonds if b.source in at and b.target in at}
    head = (int(west), int(north) - TITLE_ROOM, int(east), int(north))
    foot = (int(west), int(south), int(east), int(south) + FOOT_ROOM)
    above, below = (sum(runs_through((at[one], at[two]), strip) for one, two in bonds) for strip in (head, foot))
    shut = any(overlap(widen(foot, TITLE_ROOM), grow(at[key], half_of(cast, key), 0)) for key in cast.workers)
    if below < above and not shut:
        return Rect(west, north, east - west, south + FOOT_ROOM - north), True
    return Rect(west, north - TITLE_ROOM, east - west, south + TITLE_ROOM - north), False
