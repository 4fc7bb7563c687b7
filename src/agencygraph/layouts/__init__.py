"""Places for the cards of a map: one set for all arrangements of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agencygraph.layouts.plan import Page, Piece, Plan, Scenario, Team
from agencygraph.scene import Point, Rect

__all__ = ["Page", "Piece", "Plan", "Scenario", "Team", "place"]


def place(
    pieces: Sequence[Piece],
    scenarios: Sequence[Scenario],
    *,
    page: Page = Page(),
    kept: Mapping[str, Point] | None = None,
) -> Plan:
    """Say where everybody stands, once for all maps of a case (first version: rows round the school)."""
    height = page.body_height or (350.0 if len(pieces) <= 9 else 400.0 if len(pieces) <= 15 else 430.0)
    held = dict(kept or {})
    family = [p for p in pieces if p.side == "family" and p.key not in held]
    schools = [p for p in pieces if p.side == "school" and p.key not in held]
    others = [p for p in pieces if p.side == "practitioner" and p.key not in held] + schools[1:]
    places: dict[str, Point] = dict(held)
    for piece in schools[:1]:
        places[piece.key] = (page.width / 2, height / 2)
    step = (height - 60) / max(1, len(family))
    for row, piece in enumerate(family):
        places[piece.key] = (70.0 + 60.0 * (row % 2), round(40 + step * (row + 0.5), 1))
    panel = Rect(0.0, 10.0, 200.0, height - 20.0) if family else None
    inside = {key for scenario in scenarios for team in scenario.teams for key in team.members}
    zone = [(453.0 + 120.0 * c, 75.0 + 90.0 * r) for r in range(5) for c in range(2) if not (c == 0 and r in (1, 2))]
    ring = [(260.0 + 120.0 * c, y) for y in (20.0, height - 20.0) for c in range(5)]
    ring += [(720.0, 80.0 + 50.0 * r) for r in range(6)] + [(260.0, 80.0), (260.0, height - 80.0)]
    for piece in others:
        spot = zone.pop(0) if piece.key in inside and zone else ring.pop(0) if ring else (720.0, height)
        places[piece.key] = spot
    sizes = {piece.key: piece for piece in pieces}
    corners: list[dict[str, tuple[Point, ...]]] = []
    for scenario in scenarios:
        boxes: dict[str, tuple[Point, ...]] = {}
        for team in scenario.teams:
            spots = [(places[k], sizes[k]) for k in team.members if k in places]
            west = min(x - p.width / 2 for (x, _), p in spots) - 12
            east = max(x + p.width / 2 for (x, _), p in spots) + 12
            top = min(y - p.height / 2 for (_, y), p in spots) - 40
            foot = max(y + p.height / 2 for (_, y), p in spots) + 14
            boxes[team.key] = ((west, top), (east, top), (east, foot), (west, foot))
        corners.append(boxes)
    return Plan(places, page.width, height, panel, tuple(corners))
