"""One map of a setting: its cards, teams and lines with their words, seen through a view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from agencygraph import captions
from agencygraph.model import Actor, Team
from agencygraph.renderers import boxes, signs
from agencygraph.renderers.fitting import letter
from agencygraph.renderers.lettering import tidy, width_of
from agencygraph.routing import Strokes, route
from agencygraph.scene import Bond, Card, Course, Gap, Line, Panel, Rect, Scene, TeamBox
from agencygraph.staging import plates
from agencygraph.staging.seats import Seat, sector_of
from agencygraph.staging.setting import Setting, wording_of
from agencygraph.staging.view import View
from agencygraph.themes import Theme
from agencygraph.threads import Thread, Weave, weave
from agencygraph.trimming import trim

PANEL_TITLE = "Family and carers"
MORE = 14.0
FROM_WALL = 4.0  # from a card to the outline of a team


def scene_of(setting: Setting, at: int, view: View | None = None, *, only_critical: bool = False) -> Scene:
    """Return one map of a setting: the case at a place of its cases, seen through a view, with all ties or critical ones only."""
    case, labels, woven = setting.cases[at], setting.labels[at], setting.weaves[at]
    if only_critical:
        firm = case.replace(ties=tuple(tie for tie in case.ties if tie.is_critical))
        woven = weave(firm, setting.keys[at], setting.team_keys, labels)
    cards, teams = cards_of(setting, at), teams_of(setting, at, woven)
    if view:
        cards, teams = view.weigh_cards(cards), view.weigh_teams(teams)
    bonds = tuple(thread.bond for thread in woven.threads)
    ground = settle(setting, cards, teams, bonds, view)
    courses = lay_lines(setting, ground, bonds)
    lines = tuple(_line(thread, courses, number, ground.cards) for number, thread in enumerate(woven.threads))
    tied = {end for tie in case.ties for end in (tie.source, tie.target)}
    alone = [labels[actor.id] for actor in case.actors if actor.id not in tied]
    words = captions.map_words(case, alone)
    left_out = sum(not tie.is_critical for tie in case.ties) if only_critical else 0
    words += f" Only critical ties are drawn; {captions.counted(left_out, 'peripheral tie')} left out." if only_critical else ""
    found = replace(ground, words=words, lines=view.weigh_lines(lines) if view else lines, is_partial=only_critical)
    if view is None:
        return found
    return replace(found, remarks=view.remarks, remarks_title=view.title, legend=view.legend)


def settle(setting: Setting, cards: tuple[Card, ...], teams: tuple[TeamBox, ...], bonds: Iterable[Bond],
           view: View | None = None) -> Scene:  # fmt: skip
    """Return a scene without lines: cards and teams in their places, with the plates and signs that a view hangs there, out of
    the way of the bonds that will be drawn."""
    plan, theme = setting.plan, setting.theme
    panel = _panel(setting, cards)
    gaps: tuple[Gap, ...] = ()
    height = plan.height
    if view:
        # A plate may hang below the lowest cards: then the page of the map grows a little.
        page = Rect(0.0, 0.0, plan.width, height + MORE * theme.scale)
        spots = {card.key: (card.x, card.y) for card in cards}
        ways = [(spots[b.source], spots[b.target]) for b in bonds if b.source in spots and b.target in spots]
        room = plates.room_for(tuple(boxes.boxes(cards, teams, panel, theme)), teams, page, ways)
        cards = plates.hang(cards, view.notes, room, theme)
        gaps = plates.set_gaps(cards, view.gaps, room, theme)
        lowest = max((plate.box.y + plate.box.height for card in cards for plate in card.plates), default=0.0)
        height = page.height if lowest > height else height
    return Scene(plan.width, height, "", "", "", cards, (), teams, panel, sectors=setting.sectors, gaps=gaps)


def _panel(setting: Setting, cards: Sequence[Card]) -> Panel | None:
    """The panel of the family, no higher than those on this map need; its sides are those of all maps."""
    whole = setting.plan.panel
    family = {piece.key: piece.height / 2 for piece in setting.pieces if piece.side == "family"}
    ends = [(card.y - family[card.key], card.y + family[card.key]) for card in cards if card.key in family]
    if whole is None or not ends:
        return None
    all_ends = [(y - family[key], y + family[key]) for key, (_, y) in setting.plan.places.items() if key in family]
    north = whole.y + min(top for top, _ in ends) - min(top for top, _ in all_ends)
    south = whole.y + whole.height + max(foot for _, foot in ends) - max(foot for _, foot in all_ends)
    box = Rect(whole.x, round(north, 1), whole.width, round(south - north, 1))
    return Panel(box, PANEL_TITLE, setting.plan.title_below)


def lay_lines(setting: Setting, ground: Scene, bonds: tuple[Bond, ...]) -> tuple[Course, ...]:
    """Return how lines run over a scene, clear of everything that stands on it."""
    theme = setting.theme
    avoid = tuple(boxes.boxes(ground.cards, ground.teams, ground.panel, theme)) + tuple(
        gap.box for gap in ground.gaps)  # fmt: skip
    strokes = Strokes(theme.critical.width, theme.peripheral.width, theme.critical.head, theme.peripheral.head,
                      (theme.peripheral.dash[0], theme.peripheral.dash[1]), gap=theme.line_gap)  # fmt: skip
    bare = tuple(_bare(card) for card in ground.cards)
    return _routed(bare, ground.teams, bonds, avoid, Rect(0.0, 0.0, ground.width, ground.height), strokes)


def _bare(card: Card) -> Card:
    """A card as the router knows it: whatever is said on it changes no line."""
    return replace(card, words="", lines=(), tone="", label="", second_line="", plates=())


@lru_cache(maxsize=64)
def _routed(cards: tuple[Card, ...], teams: tuple[TeamBox, ...], bonds: tuple[Bond, ...],
            avoid: tuple[Rect, ...], bounds: Rect, strokes: Strokes) -> tuple[Course, ...]:  # fmt: skip
    return route(cards, teams, bonds, avoid=avoid, bounds=bounds, strokes=strokes)


def is_clear(scene: Scene, theme: Theme) -> bool:
    """Say whether no line of a scene comes too near a card that it does not end at, or to words, and no team too near a card."""
    for team in scene.teams:
        walls = [Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) + 0.1, abs(a[1] - b[1]) + 0.1)
                 for a, b in pairwise((*team.corners, team.corners[0]))]  # fmt: skip
        if any(plates.shared(plates.box_of(card, FROM_WALL), wall) for card in scene.cards for wall in walls):
            return False
    words = [*boxes.boxes(scene.cards, scene.teams, scene.panel, theme), *(gap.box for gap in scene.gaps)]
    for line in scene.lines:
        shut = [plates.box_of(card, 4.2) for card in scene.cards if card.key not in (line.bond.source, line.bond.target)]
        for x, y in signs.samples(line.course.curve):
            if any(b.x < x < b.x + b.width and b.y < y < b.y + b.height for b in (*shut, *words)):
                return False
    return all(width_of(team.title, boxes.TITLE_SIZE * theme.scale, True) + 12.0 <= edge.east - edge.west
               for team in scene.teams if (edge := boxes.title_edge(team, theme)))  # fmt: skip


def cards_of(setting: Setting, at: int) -> tuple[Card, ...]:
    """Return the cards of everybody in a case."""
    return tuple(_card(setting, at, seat, sitter) for seat in setting.seats if (sitter := seat.sitters[at]))


def _card(setting: Setting, at: int, seat: Seat, actor: Actor) -> Card:
    case, label, size = setting.cases[at], setting.labels[at][actor.id], setting.sizes[seat.key]
    x, y = setting.plan.places[seat.key]
    wording = wording_of(actor, case, label, seat.shape)
    lettering = letter(wording, seat.shape, size, setting.theme)
    in_team = any(actor.id in team.members for team in case.teams)
    pill = "" if actor.id not in case.leads else "Lead practitioner" if in_team else "Lead"
    words = captions.card_words(actor, label, wording.second_line, pill)
    sector = sector_of(actor) if seat.shape == "card" else ""
    return Card(seat.key, actor.kind, seat.shape, x, y, *size, lettering.lines, words, wording.second_line, sector, bool(pill),
                label, lettering.letters, pill)  # fmt: skip


def teams_of(setting: Setting, at: int, woven: Weave) -> tuple[TeamBox, ...]:
    """Return the teams of a case as containers."""
    corners = setting.plan.team_corners[at]
    return tuple(_team_box(setting, at, team, corners[setting.team_keys[team.name]], woven) for team in setting.cases[at].teams)


def _team_box(setting: Setting, at: int, team: Team, corners: tuple[tuple[float, float], ...], woven: Weave) -> TeamBox:
    key, keys = setting.team_keys[team.name], setting.keys[at]
    inside = woven.counts[key]
    note = f"{captions.counted(inside, 'tie')} inside the team" if inside else ""
    members = tuple(keys[who] for who in team.members)
    words = captions.team_words(team, setting.labels[at], inside)
    return TeamBox(key, tidy(team.name) or "Team", members, keys.get(team.host, ""), trim(corners), words, note, woven.inside[key])


def _line(thread: Thread, courses: Sequence[Course], number: int, cards: Sequence[Card]) -> Line:
    pill = None if thread.status == "agreed" else signs.place_for(number, courses, cards)
    return Line(thread.bond, courses[number], thread.words, thread.status, flows=thread.flows, pill=pill)


def renumber(scene: Scene, by: int) -> Scene:
    """Return the same scene with keys that count on, for a second map on one sheet."""

    def moved(key: str) -> str:
        return f"n{int(key[1:]) + by}" if key else key

    def flow(word: str) -> str:
        ends, _, rest = word.partition(":")
        one, _, two = ends.partition(">")
        return f"{moved(one)}>{moved(two)}:{rest}"

    def line(old: Line) -> Line:
        bond = replace(old.bond, source=moved(old.bond.source), target=moved(old.bond.target))
        return replace(old, bond=bond, flows=tuple(map(flow, old.flows)))

    teams = tuple(replace(team, key=moved(team.key), members=tuple(map(moved, team.members)), host=moved(team.host),
                          flows=tuple(map(flow, team.flows))) for team in scene.teams)  # fmt: skip
    cards = tuple(replace(card, key=moved(card.key)) for card in scene.cards)
    gaps = tuple(replace(gap, source=moved(gap.source), target=moved(gap.target)) for gap in scene.gaps)
    return replace(scene, cards=cards, lines=tuple(map(line, scene.lines)), teams=teams, gaps=gaps)
