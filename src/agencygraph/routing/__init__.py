"""Lines between cards: how each bond runs, with its arrow heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agencygraph.routing.choice import Options, choose
from agencygraph.routing.detours import OFF, TIGHT, Web, detours, relaxed, weave
from agencygraph.routing.fields import Floats
from agencygraph.routing.ink import courses
from agencygraph.routing.outlines import Shape, card_shape, ideal_places, outline, team_shape, without_ports
from agencygraph.routing.plane import Area
from agencygraph.routing.tracks import SHORTEST, SOFT, Ends, Obstacle, Track, curved_tracks, straight_tracks
from agencygraph.scene import Bond, Card, Course, Point, Rect, TeamBox

__all__ = ["Strokes", "outline", "route"]

UNDER = 0.6  # a line ends under this share of its head
TEAM_CLEARANCE = 2.8  # more than from a card, as inner corners of a team are rounded
TEXT_CLEARANCE = 2.5
OWN = 1.5
LESS = (0.4, 0.7, 2.5, 100.0)  # points of clearance to go without where there is no other way
BOTH = 2  # ends of a bond in the same team
Webs = dict[tuple[tuple[Obstacle, ...], float], Web]
EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)


@dataclass(frozen=True, slots=True)
class Strokes:
    """The sizes of ink that decide how much room a line needs; all in points. A head is (length, width)."""

    critical_width: float = 2.6
    peripheral_width: float = 1.3
    critical_head: tuple[float, float] = (9.5, 8.8)
    peripheral_head: tuple[float, float] = (8.0, 6.6)
    dash: tuple[float, float] = (5.0, 3.2)
    clearance: float = 5.0
    gap: float = 1.8
    port_pitch: float = 13.0

    def head(self, bond: Bond) -> tuple[float, float]:
        """The length and width of a bond's heads."""
        return self.critical_head if bond.critical else self.peripheral_head


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all bonds of a map share: the shapes by key, the teams, the words to keep clear of, the page."""

    shapes: Mapping[str, Shape]
    teams: Mapping[str, TeamBox]
    avoid: tuple[Obstacle, ...]
    page: Area
    strokes: Strokes


def route(
    cards: Sequence[Card],
    teams: Sequence[TeamBox],
    bonds: Sequence[Bond],
    *,
    avoid: Sequence[Rect] = (),
    bounds: Rect | None = None,
    strokes: Strokes = Strokes(),
) -> tuple[Course, ...]:
    """Say how each bond runs: as straight as it can, round whoever is in the way, with few crossings and free arrow tips.

    A bond ends just off the outline of a card, or of a team where its key is a team's; the bond of a member to somebody
    outside leaves the container once. A later bond lies above an earlier one and carries short gaps where it crosses it.

    Parameters
    ----------
    cards, teams
        What stands on the map; the outlines that count are those of `outline` and of the teams' corners.
    bonds
        The lines to draw. Two one-way bonds may join the same pair.
    avoid
        Boxes of words that no line may touch, such as titles.
    bounds
        The page that no line may leave; None for an endless one.
    strokes
        The sizes of ink in points.

    Returns
    -------
    tuple of Course
        One for each bond, in the same order; all points rounded to 0.1.

    >>> left = Card("n1", "agency", "card", 60.0, 50.0, 100.0, 38.0, ("GP",), "GP")
    >>> right = Card("n2", "agency", "card", 260.0, 50.0, 100.0, 38.0, ("Police",), "Police")
    >>> route([left, right], [], [Bond("n1", "n2", critical=True, two_way=False)])[0].heads[0][0]
    (208.2, 50.0)
    """
    drawn = [team for team in teams if team.corners]
    shapes = {card.key: card_shape(card, strokes.gap) for card in cards}
    shapes.update((team.key, team_shape(team, strokes.gap)) for team in drawn)
    page = _inset(bounds, 1.5) if bounds else EVERYWHERE
    off_words = max(TEXT_CLEARANCE, strokes.critical_head[1] / 2.0)  # nor may a head touch them
    words = tuple(Obstacle(_inset(box, 0.0), off_words, off_words + 3.0) for box in avoid)
    ground = _Ground(shapes, {team.key: team for team in drawn}, words, page, strokes)
    ideal = _ideal_ends(bonds, shapes, strokes.port_pitch)
    webs: Webs = {}
    options = [_options(ground, bond, ideal[n], webs) for n, bond in enumerate(bonds)]
    tracks = choose(options)
    return courses(tracks, bonds, [strokes.head(bond) for bond in bonds])


def _inset(box: Rect, by: float) -> Area:
    """A rectangle by its four sides, each moved in so far."""
    return box.x + by, box.y + by, box.x + box.width - by, box.y + box.height - by


def _ideal_ends(bonds: Sequence[Bond], shapes: Mapping[str, Shape], pitch: float) -> list[tuple[float, float]]:
    """Where along the outlines each bond would best begin and end."""
    at: dict[tuple[int, str], float] = {}
    for key, shape in shapes.items():
        mine = [(n, b.target if b.source == key else b.source) for n, b in enumerate(bonds) if key in (b.source, b.target)]
        aims = [(shapes[other].x, shapes[other].y) for _, other in mine]
        for (n, _), place in zip(mine, ideal_places(shape, aims, pitch), strict=True):
            at[n, key] = place
    return [(at[n, bond.source], at[n, bond.target]) for n, bond in enumerate(bonds)]


def _ends(ground: _Ground, bond: Bond, ideal: tuple[float, float]) -> Ends:
    """A bond with all that it has to keep clear of."""
    strokes, pair = ground.strokes, (bond.source, bond.target)
    obstacles: list[Obstacle] = []
    fence: list[Obstacle] = []
    through: tuple[Area, ...] = ()
    ends = [ground.shapes[key] for key in pair]
    for key, shape in ground.shapes.items():
        team = ground.teams.get(key)
        inside = sum(end in team.members for end in pair) if team else 0
        full = hard = shape.radius + strokes.clearance + (TEAM_CLEARANCE if team and inside < BOTH else 0.0)
        soft = hard + SOFT
        if key in pair:
            hard = soft = shape.radius + OWN
            if team and inside:
                ends[pair.index(key)] = team_shape(team, strokes.gap, inward=True)
        elif team and inside == 1:
            through = shape.cores
            continue
        obstacles += [Obstacle(core, hard, soft) for core in shape.cores]
        fence += [Obstacle(core, full, full) for core in shape.cores]
    cover = strokes.head(bond)[0] * UNDER
    dashes = 2 * strokes.dash[0] + strokes.dash[1] + strokes.head(bond)[0] * (1 + bond.two_way) + 1.0
    solid = SHORTEST if bond.critical else max(SHORTEST, dashes)
    way = (*obstacles, *ground.avoid)
    covers = (cover if bond.two_way else 0.0, cover)
    return Ends(ends[0], ends[1], covers, ideal, way, (*fence, *ground.avoid), through, ground.page, solid)


def _options(ground: _Ground, bond: Bond, ideal: tuple[float, float], webs: Webs) -> Options:
    """A bond with the ways found for it, the cheapest first; with less room where there is none at all."""
    ends = _ends(ground, bond, ideal)
    tracks = straight_tracks(ends)

    straight = len(tracks)

    def more(busy: Sequence[Point]) -> list[Track]:
        """Ways that bend, and straight ones between other ports; none that ends near some points."""
        if busy:
            free = replace(ends, source=without_ports(ends.source, busy), target=without_ports(ends.target, busy))
            return [*straight_tracks(free, 60), *curved_tracks(free), *_ways_round(free, webs)]
        return [*straight_tracks(ends, 60)[straight:], *curved_tracks(ends), *_ways_round(ends, webs)]

    if not tracks:
        tracks = curved_tracks(ends)
        if len(tracks) < 4:
            tracks += _ways_round(ends, webs)
    for less in LESS:
        if tracks:
            break
        loose = relaxed(ends, less)
        tracks = [*straight_tracks(loose), *curved_tracks(loose), *_ways_round(loose, webs)]
    if not tracks:
        tracks = _any_way(ends)
    return Options(bond, sorted(tracks, key=lambda track: track.cost), more, lambda lines: _ways_round(ends, webs, lines))


def _ways_round(ends: Ends, webs: Webs, across: Floats | None = None) -> list[Track]:
    """Detours, on a web that bonds with the same obstacles share; past the lines of others, where those are given."""
    for beyond in (OFF, TIGHT):
        known = ends.fence, beyond
        if known not in webs:
            webs[known] = weave(ends.fence, ends.page, beyond)
        tracks = detours(ends, webs[known], across)
        if tracks:
            return tracks
    return []


def _any_way(ends: Ends) -> list[Track]:
    """The straight way whatever stands in it, where a map is so full that nothing else is left."""
    blind = Ends(ends.source, ends.target, ends.cover, ends.ideal, (), (), (), EVERYWHERE, 1.0)
    return straight_tracks(blind) or curved_tracks(blind)
