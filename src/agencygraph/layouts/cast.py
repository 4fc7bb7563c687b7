"""Who plays which part on a map: the school in the centre, the children, the relatives, the practitioners, the members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts.plan import Page, Piece, Scenario, Team

HEIGHTS = ((9, 350), (15, 400), (22, 430))  # a body of A4 landscape is as high as its number of actors needs


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts on a map. `centre` is "" without a school; `groups` are the sets of members that share one room."""

    pieces: tuple[Piece, ...]
    sizes: Mapping[str, Piece]
    centre: str
    child: str
    relatives: tuple[str, ...]
    workers: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    hosted: tuple[bool, ...]
    ties: Mapping[str, int]


def assign_parts(pieces: Sequence[Piece], scenarios: Sequence[Scenario]) -> Cast:
    """Say who stands where in principle; the first of several equals takes a part."""
    ties = {piece.key: 0 for piece in pieces}
    hosts: set[str] = set()
    for scenario in scenarios:
        hosts.update(team.host for team in scenario.teams)
        for bond in scenario.bonds:
            for key in (bond.source, bond.target):
                if key in ties:
                    ties[key] += 1
    schools = [piece.key for piece in pieces if piece.side == "school"]
    centre = max(schools, key=lambda key: (key in hosts, ties[key]), default="")
    family = [piece for piece in pieces if piece.side == "family"]
    child = next((piece.key for piece in family if piece.shape == "child"), "")
    workers = tuple(piece.key for piece in pieces if piece.side != "family" and piece.key != centre)
    groups, hosted = _group_members([team for s in scenarios for team in s.teams], frozenset(workers), centre)
    return Cast(tuple(pieces), {piece.key: piece for piece in pieces}, centre, child,
                tuple(piece.key for piece in family if piece.key != child), workers, groups, hosted, ties)  # fmt: skip


def _group_members(
    teams: Sequence[Team], workers: frozenset[str], centre: str
) -> tuple[tuple[tuple[str, ...], ...], tuple[bool, ...]]:
    """Teams that share a member share a room; the rooms in the order of their first team."""
    groups: list[list[str]] = []
    hosted: list[bool] = []
    for team in teams:
        members = [key for key in team.members if key in workers]
        if not members:
            continue
        here = bool(centre) and team.host == centre
        joined = [n for n, group in enumerate(groups) if any(key in group for key in members)]
        if not joined:
            groups.append(members)
            hosted.append(here)
            continue
        first = joined[0]
        for other in reversed(joined[1:]):
            groups[first] += groups.pop(other)
            hosted[first] |= hosted.pop(other)
        groups[first] += [key for key in members if key not in groups[first]]
        hosted[first] |= here
    return tuple(tuple(group) for group in groups), tuple(hosted)


def body_height(count: int, page: Page) -> int:
    """The height of the body for so many actors, unless the page says it."""
    if page.body_height is not None:
        return int(page.body_height)
    high = next((high for most, high in HEIGHTS if count <= most), 430 + 16 * (count - 22))
    if page.width < 774.0:  # a narrow page needs the same room in its height
        return int(high * 774 / page.width)
    return max(high, int(page.width * 2 / 5))
