"""The outline of a team: a container with right angles that holds its members and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agencygraph.layouts.cast import Cast
from agencygraph.layouts.lattice import NOTCH, TEAM_FOOT, TEAM_PAD
from agencygraph.layouts.plan import Piece, Team
from agencygraph.scene import Point, Rect

Area = tuple[float, float, float, float]  # west, north, east, south
Cell = tuple[int, int]
APART = 10.0  # between a team and those who do not belong to it
ARM = 24.0  # how far a container reaches beyond the notch of its host
SPIKE = 16.0  # what is narrower looks like a mistake


@dataclass(frozen=True, slots=True)
class Site:
    """What all containers of a map share: who stands where, the size of the body, the family's panel."""

    cast: Cast
    places: Mapping[str, Point]
    size: tuple[int, int]
    panel: Rect | None


def enclose_all(teams: Sequence[Team], site: Site) -> dict[str, tuple[Point, ...]]:
    """The corners of the teams' outlines, clockwise from the north-west; members in, all others and other teams out."""
    found: dict[str, tuple[Point, ...]] = {}
    taken: list[Area] = []
    for team in teams:
        rivals = {key for other in teams if other is not team for key in other.members}
        region = _enclose(team, site, rivals, taken)
        found[team.key] = _trace(region) if region else ()
        taken += [_grow(area, APART) for area in region]
    return found


def _enclose(team: Team, site: Site, rivals: set[str], taken: Sequence[Area]) -> list[Area]:
    """The ground of one team, clear of that of others."""
    cast, places, panel = site.cast, site.places, site.panel
    inner = [_area(cast.sizes[key], places) for key in team.members if key in places]
    if not inner:
        return []
    grown = [(w - TEAM_PAD, n - TEAM_PAD - 7, e + TEAM_PAD, s + TEAM_PAD) for w, n, e, s in inner]
    west, north, east, south = _round_all(grown)
    strangers = [p for p in cast.pieces if p.key not in team.members and p.key != team.host]
    walls = [_grow(_area(p, places), APART + (TEAM_PAD if p.key in rivals else 0)) for p in strangers] + list(taken)
    if panel:
        walls.append(_grow((panel.x, panel.y, panel.x + panel.width, panel.y + panel.height), APART))
    hull = (west, north - 20.0, east, south + TEAM_FOOT - TEAM_PAD)
    if team.host in places:
        host = _area(cast.sizes[team.host], places)
        if team.host == cast.centre:
            hull = _embrace(hull, host, walls)
        walls.append(_grow(host, NOTCH))
    page = (0.3, 0.3, site.size[0] - 0.3, site.size[1] - 0.3)
    hull = (max(hull[0], page[0]), max(hull[1], page[1]), min(hull[2], page[2]), min(hull[3], page[3]))
    must = [(max(w, hull[0]), max(n, hull[1]), min(e, hull[2]), min(s, hull[3])) for w, n, e, s in grown]
    return _Cells(hull, must, walls, inner).region()


def _embrace(hull: Area, host: Area, others: Sequence[Area]) -> Area:
    """Let a container reach round the east of its host, so that the host sits in a notch, where nobody is in the way."""
    middle = (host[0] + host[2]) / 2
    if hull[0] < host[0] or hull[2] < host[2] + NOTCH:
        return hull
    wide = (min(hull[0], middle), min(hull[1], host[1] - NOTCH - ARM - 20), hull[2], max(hull[3], host[3] + NOTCH + ARM))
    return hull if any(_overlap(wide, other) for other in others) else wide


def _area(piece: Piece, places: Mapping[str, Point]) -> Area:
    """The ground that a card covers."""
    x, y = places[piece.key]
    return x - piece.width / 2, y - piece.height / 2, x + piece.width / 2, y + piece.height / 2


def _grow(area: Area, by: float) -> Area:
    """An area with a margin round it."""
    return area[0] - by, area[1] - by, area[2] + by, area[3] + by


def _overlap(one: Area, two: Area) -> bool:
    """Whether two areas share ground."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _round_all(areas: Sequence[Area]) -> Area:
    """The smallest area round some."""
    return min(a[0] for a in areas), min(a[1] for a in areas), max(a[2] for a in areas), max(a[3] for a in areas)


class _Cells:
    """The ground between all edges that matter, cut into cells, of which a region without holes is chosen."""

    def __init__(self, hull: Area, must: Sequence[Area], walls: Sequence[Area], inner: Sequence[Area]) -> None:
        reach = _grow(hull, 200.0)
        areas = [hull, *must, *inner, *walls]
        self.xs = sorted({x for a in areas for x in (a[0], a[2]) if reach[0] <= x <= reach[2]})
        self.ys = sorted({y for a in areas for y in (a[1], a[3]) if reach[1] <= y <= reach[3]})
        self.hull = self._covered([hull])
        self.walls = self._covered(walls)
        self.cards = self._covered(inner)
        self.must = (self._covered(must) - self.walls) | self.cards

    def _covered(self, areas: Sequence[Area]) -> set[Cell]:
        """The cells that lie in any of some areas."""
        return {
            (i, j)
            for i, (w, e) in enumerate(pairwise(self.xs))
            for j, (n, s) in enumerate(pairwise(self.ys))
            if any(a[0] <= w and e <= a[2] and a[1] <= n and s <= a[3] for a in areas)
        }

    def region(self) -> list[Area]:
        """The cells of the container as areas: the hull without what reaches in from outside, else a net of corridors."""
        open_ground = self.hull - self.walls | self.cards
        chosen = self._notch(open_ground)
        if chosen is None or not self.must <= chosen:
            chosen = self._corridors()
        return [(self.xs[i], self.ys[j], self.xs[i + 1], self.ys[j + 1]) for i, j in sorted(chosen)]

    def _notch(self, ground: set[Cell]) -> set[Cell] | None:
        """The hull less the walls, each hole opened to the nearest side; None where the members would come apart."""
        chosen = set(ground)
        for hole in self._holes(chosen):
            cuts: list[set[Cell]] = [cut for cut in self._cuts(hole) if not cut & self.cards and _joined(chosen - cut)]
            if not cuts:
                return None
            least: set[Cell] = min(cuts, key=self._loss)
            chosen -= least
        parts = [part for part in _parts(chosen) if part & self.cards]
        if len(parts) != 1 or self._holes(parts[0]):
            return None
        slim = [part for part in _parts({cell for cell in parts[0] if self._wide(cell, parts[0])}) if part & self.cards]
        return slim[0] if len(slim) == 1 and not self._holes(slim[0]) else parts[0]

    def _wide(self, cell: Cell, region: set[Cell]) -> bool:
        """Whether a cell is needed, or lies where the region is wide enough to be seen as a room and not as a spike."""
        if cell in self.must:
            return True
        for dx, dy, lines in ((1, 0, self.xs), (0, 1, self.ys)):
            low = high = cell
            while (low[0] - dx, low[1] - dy) in region:
                low = (low[0] - dx, low[1] - dy)
            while (high[0] + dx, high[1] + dy) in region:
                high = (high[0] + dx, high[1] + dy)
            if lines[high[0] * dx + high[1] * dy + 1] - lines[low[0] * dx + low[1] * dy] < SPIKE:
                return False
        return True

    def _loss(self, cut: set[Cell]) -> tuple[int, float, list[Cell]]:
        """What a cut would cost: cells near members, ground."""
        ground = sum((self.xs[i + 1] - self.xs[i]) * (self.ys[j + 1] - self.ys[j]) for i, j in sorted(cut))
        return len(cut & self.must), ground, sorted(cut)

    def _holes(self, chosen: set[Cell]) -> list[set[Cell]]:
        """The gaps in a region that are shut in on all sides."""
        everywhere = {(i, j) for i in range(-1, len(self.xs)) for j in range(-1, len(self.ys))}
        return [part for part in _parts(everywhere - chosen, corners=True) if (-1, -1) not in part]

    def _cuts(self, hole: set[Cell]) -> list[set[Cell]]:
        """Four ways from a hole straight to the outside."""
        west, east = min(i for i, _ in hole), max(i for i, _ in hole)
        north, south = min(j for _, j in hole), max(j for _, j in hole)
        columns, rows = range(len(self.xs) - 1), range(len(self.ys) - 1)
        return [
            {(i, j) for i in columns if i <= east for j in range(north, south + 1)},
            {(i, j) for i in columns if i >= west for j in range(north, south + 1)},
            {(i, j) for i in range(west, east + 1) for j in rows if j <= south},
            {(i, j) for i in range(west, east + 1) for j in rows if j >= north},
        ]

    def _corridors(self) -> set[Cell]:
        """The members' own ground, joined by the shortest free ways; holes without a stranger are filled."""
        everywhere = {(i, j) for i in range(len(self.xs) - 1) for j in range(len(self.ys) - 1)}
        parts = sorted(_parts(self.must), key=min)
        chosen = set(parts[0]) if parts else set()
        for part in parts[1:]:
            if not part <= chosen:
                chosen |= part | self._way(chosen, part, everywhere - self.walls | self.must)
        for hole in self._holes(chosen):
            if not hole & self.walls:
                chosen |= hole
        return chosen

    def _way(self, start: set[Cell], goal: set[Cell], free: set[Cell]) -> set[Cell]:
        """The cells of a way with the fewest cells between two parts; through strangers only if there is no other."""
        for ground in (free, {(i, j) for i in range(len(self.xs) - 1) for j in range(len(self.ys) - 1)}):
            come: dict[Cell, Cell | None] = dict.fromkeys(sorted(start))
            edge = list(come)
            while edge:
                ahead: list[Cell] = []
                for cell in edge:
                    for other in _beside(cell):
                        if other in ground and other not in come:
                            come[other] = cell
                            ahead.append(other)
                reached = [cell for cell in ahead if cell in goal]
                if reached:
                    way, at = set(), min(reached)
                    step: Cell | None = at
                    while step is not None:
                        way.add(step)
                        step = come[step]
                    return way
                edge = ahead
        return set()


def _beside(cell: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    """The four cells that share an edge with a cell."""
    i, j = cell
    return (i, j - 1), (i + 1, j), (i, j + 1), (i - 1, j)


def _parts(cells: set[Cell], corners: bool = False) -> list[set[Cell]]:
    """The connected parts of some cells, in the order of their first cell."""
    left, parts = set(cells), []
    for first in sorted(cells):
        if first not in left:
            continue
        left.discard(first)
        part, edge = {first}, [first]
        while edge:
            i, j = edge.pop()
            near = list(_beside((i, j)))
            if corners:
                near += [(i - 1, j - 1), (i + 1, j - 1), (i - 1, j + 1), (i + 1, j + 1)]
            for other in near:
                if other in left:
                    left.discard(other)
                    part.add(other)
                    edge.append(other)
        parts.append(part)
    return parts


def _joined(cells: set[Cell]) -> bool:
    """Whether some cells hang together."""
    return len(_parts(cells)) == 1


def _trace(areas: Sequence[Area]) -> tuple[Point, ...]:
    """The corners of the outline of a region made of areas that meet edge to edge, clockwise."""
    edges: dict[tuple[Point, Point], None] = {}
    for west, north, east, south in areas:
        ring = [(west, north), (east, north), (east, south), (west, south)]
        for one, two in zip(ring, ring[1:] + ring[:1], strict=True):
            if (two, one) in edges:
                del edges[two, one]
            else:
                edges[one, two] = None
    onward: dict[Point, list[Point]] = {}
    for one, two in sorted(edges):
        onward.setdefault(one, []).append(two)
    start = min(onward, key=lambda p: (p[1], p[0]))
    ring, before = [start], (start[0], start[1] + 1)
    while True:
        at = ring[-1]
        choices = onward[at]
        step = choices[0] if len(choices) == 1 else max(choices, key=lambda p: _turn(before, at, p))
        choices.remove(step)
        if step == start:
            break
        before = at
        ring.append(step)
    corners = [at for before, at, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True)
               if _turn(before, at, after) != 0]  # fmt: skip
    return tuple((round(x, 1), round(y, 1)) for x, y in corners)


def _turn(before: Point, at: Point, after: Point) -> float:
    """More than nothing for a turn clockwise on the page, less for one the other way."""
    return (at[0] - before[0]) * (after[1] - at[1]) - (at[1] - before[1]) * (after[0] - at[0])
