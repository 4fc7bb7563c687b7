"""From one case, or two that share their places, to scenes: who sits where, which cards, which lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agencygraph import captions
from agencygraph.layouts import Page, Piece, Plan, Scenario, place
from agencygraph.layouts import Team as Container
from agencygraph.model import Actor, Case, Team
from agencygraph.renderers import boxes, signs
from agencygraph.renderers.fitting import Wording, fit, letter
from agencygraph.renderers.lettering import tidy
from agencygraph.routing import Strokes, route
from agencygraph.scene import Bond, Card, Course, Line, Rect, Scene, TeamBox
from agencygraph.themes import Theme
from agencygraph.threads import Thread, Weave, weave
from agencygraph.trimming import trim

PANEL_TITLE = "Family and carers"
_GROUPS = {"child": 0, "parent": 1, "family": 1, "carer": 1}
_SHAPES = {"child": "child", "parent": "person", "family": "person", "carer": "person"}


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the maps: its key, its shape, and who sits there in each case (None: nobody)."""

    key: str
    shape: str
    sitters: tuple[Actor | None, ...]

    @property
    def sector(self) -> str:
        """The sector of whoever sits here first."""
        return next(sector_of(sitter) for sitter in self.sitters if sitter)


def sector_of(actor: Actor) -> str:
    """Return the sector that decides a card's ink; a school without one belongs to education."""
    return tidy(actor.sector) or ("education" if actor.kind == "school" else "")


def labels_of(case: Case, names: bool) -> dict[str, str]:
    """Return the words on each card by id, as they are drawn; a label that nobody can see gives way to the kind."""
    kinds = {actor.id: actor.kind.capitalize() for actor in case.actors}
    return {id: tidy(label) or kinds[id] for id, label in case.labels(names).items()}


def stage(cases: tuple[Case, ...], pairs: Sequence[tuple[str, str]], names: bool, theme: Theme) -> tuple[Scene, ...]:
    """Return one scene for each case, all with the same places.

    `pairs` says who of the first case sits where whom of the second sat: (earlier id, later id), each id once at most.
    """
    schools = _central_schools(cases, pairs)
    seats, team_keys = _number(_seats(cases, pairs, schools), cases)
    keys = [{sitter.id: seat.key for seat in seats if (sitter := seat.sitters[at])} for at in range(len(cases))]
    labels = [labels_of(case, names) for case in cases]
    weaves = [weave(case, keys[at], team_keys, labels[at]) for at, case in enumerate(cases)]
    pieces = tuple(_piece(seat, cases, labels, weaves, theme) for seat in seats)
    scenarios = tuple(_scenario(case, keys[at], team_keys, weaves[at], schools[at]) for at, case in enumerate(cases))
    plan = _placed(pieces, scenarios, theme.page_width - 2 * theme.margin)
    sectors = tuple(dict.fromkeys(sector_of(sitter) for seat in seats if seat.shape == "card" for sitter in seat.sitters if sitter))
    setting = Setting(seats, pieces, plan, team_keys, tuple(sector for sector in sectors if sector), theme)
    return tuple(_scene(setting, case, at, labels[at], weaves[at]) for at, case in enumerate(cases))


@dataclass(frozen=True, slots=True)
class Setting:
    """What all scenes of a case share."""

    seats: tuple[Seat, ...]
    pieces: tuple[Piece, ...]
    plan: Plan
    team_keys: Mapping[str, str]
    sectors: tuple[str, ...]
    theme: Theme


@lru_cache(maxsize=64)
def _placed(pieces: tuple[Piece, ...], scenarios: tuple[Scenario, ...], width: float) -> Plan:
    """The places; a second map of the same case costs no search."""
    return place(pieces, scenarios, page=Page(width=width))


@lru_cache(maxsize=64)
def _routed(cards: tuple[Card, ...], teams: tuple[TeamBox, ...], bonds: tuple[Bond, ...],
            avoid: tuple[Rect, ...], bounds: Rect, strokes: Strokes) -> tuple[Course, ...]:  # fmt: skip
    return route(cards, teams, bonds, avoid=avoid, bounds=bounds, strokes=strokes)


# ------------------------------------------------------------------------------------------------------------- who sits where
def _central_schools(cases: tuple[Case, ...], pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The id of the school in the centre for each case: the most tied over all cases, the first where they are alike."""
    earlier = {later: before for before, later in pairs}
    ties: dict[str, int] = {}
    for at, case in enumerate(cases):
        for actor in case.actors:
            if actor.kind == "school":
                who = earlier.get(actor.id, f" {actor.id}") if at else actor.id
                ties[who] = ties.get(who, 0) + sum(actor.id in (tie.source, tie.target) for tie in case.ties)
    if not ties:
        return ("",) * len(cases)
    chosen = max(ties, key=lambda who: ties[who])
    became = next((after for before, after in pairs if before == chosen), "")
    return (chosen.strip(), became or chosen.strip())[: len(cases)] if not chosen.startswith(" ") else ("", chosen.strip())


def _shape(actor: Actor, central: str) -> str:
    if actor.kind == "school":
        return "school" if actor.id == central else "card"
    return _SHAPES.get(actor.kind, "card")


def _seats(cases: tuple[Case, ...], pairs: Sequence[tuple[str, str]], schools: Sequence[str]) -> list[Seat]:
    """All places without keys, in the order of the cases; who differs in shape does not share one."""
    later = dict(pairs)
    taken: list[str] = []
    seats: list[Seat] = []
    for actor in cases[0].actors:
        shape, after = _shape(actor, schools[0]), None
        if len(cases) == 2 and actor.id in later:
            candidate = cases[1].actor(later[actor.id])
            after = candidate if _shape(candidate, schools[1]) == shape else None
        taken += [after.id] if after else []
        seats.append(Seat("", shape, (actor, after)[: len(cases)]))
    if len(cases) == 2:
        seats += [Seat("", _shape(actor, schools[1]), (None, actor)) for actor in cases[1].actors if actor.id not in taken]
    return seats


def _number(seats: list[Seat], cases: tuple[Case, ...]) -> tuple[tuple[Seat, ...], dict[str, str]]:
    """Seats and teams with neutral keys in reading order: child, family, school, teams, practitioners by sector."""
    known = ["education", "social care", "health", "police and justice", "community"]
    sectors = [*known, *(s for s in dict.fromkeys(seat.sector for seat in seats) if s not in known)]

    def rank(seat: Seat) -> tuple[int, int]:
        if seat.shape == "card":
            return 4, sectors.index(seat.sector) if seat.sector else len(sectors)
        return {"child": 0, "person": 1, "school": 2}[seat.shape], 0

    ordered = sorted(seats, key=rank)
    first = sum(seat.shape != "card" for seat in ordered)
    teams = list(dict.fromkeys(team.name for case in cases for team in case.teams))
    keyed = [replace(seat, key=f"n{at + 1 + (len(teams) if at >= first else 0)}") for at, seat in enumerate(ordered)]
    return tuple(keyed), {name: f"n{first + 1 + at}" for at, name in enumerate(teams)}


# -------------------------------------------------------------------------------------------------------- what is to be placed
def _second_line(actor: Actor, case: Case) -> str:
    """The age on the child's card, where the case has one child."""
    children = [other for other in case.actors if other.kind == "child"]
    return f"age {case.age}" if actor.kind == "child" and len(children) == 1 and case.age is not None else ""


def _wording(actor: Actor, case: Case, label: str, shape: str) -> Wording:
    return Wording(label, _second_line(actor, case), shape == "card" and bool(sector_of(actor)), actor.id in case.leads)


def _piece(seat: Seat, cases: tuple[Case, ...], labels: Sequence[Mapping[str, str]],
           weaves: Sequence[Weave], theme: Theme) -> Piece:  # fmt: skip
    """The card that a seat needs: large enough for everybody who ever sits there, and for the ties."""
    width, height, ties = 0.0, 0.0, 0
    for at, sitter in enumerate(seat.sitters):
        if sitter:
            wide, high = fit(_wording(sitter, cases[at], labels[at][sitter.id], seat.shape), seat.shape, theme)
            width, height = max(width, wide), max(height, high)
            ties = max(ties, sum(seat.key in (t.bond.source, t.bond.target) for t in weaves[at].threads))
    if seat.shape == "card":
        height += theme.growth_per_tie * max(0, ties - theme.ties_before_growth)
    side = {"card": "practitioner", "school": "school"}.get(seat.shape, "family")
    return Piece(seat.key, seat.shape, width, height, seat.sector if seat.shape == "card" else "", side)


def _scenario(case: Case, keys: Mapping[str, str], team_keys: Mapping[str, str], woven: Weave, school: str) -> Scenario:
    """One arrangement for the layout: only the school in the centre hosts a team there."""
    hosts = {school: keys[school]} if school else {}
    teams = tuple(Container(team_keys[team.name], tuple(keys[who] for who in team.members), hosts.get(team.host, ""))
                  for team in case.teams)  # fmt: skip
    return Scenario(tuple(keys[actor.id] for actor in case.actors), tuple(thread.bond for thread in woven.threads), teams)


# ------------------------------------------------------------------------------------------------------------------- one scene
def _scene(setting: Setting, case: Case, at: int, labels: Mapping[str, str], woven: Weave) -> Scene:
    plan, theme = setting.plan, setting.theme
    sizes = {piece.key: (piece.width, piece.height) for piece in setting.pieces}
    cards = tuple(_card(setting, case, seat, sitter, sizes[seat.key], labels[sitter.id])
                  for seat in setting.seats if (sitter := seat.sitters[at]))  # fmt: skip
    keys = {sitter.id: seat.key for seat in setting.seats if (sitter := seat.sitters[at])}
    teams = tuple(_team_box(setting, team, plan.team_corners[at][setting.team_keys[team.name]], keys, labels, woven)
                  for team in case.teams)  # fmt: skip
    title = PANEL_TITLE if plan.panel else ""
    avoid = tuple(boxes.boxes(cards, teams, plan.panel, title, theme))
    bounds = Rect(0.0, 0.0, plan.width, plan.height)
    strokes = Strokes(theme.critical.width, theme.peripheral.width, theme.critical.head, theme.peripheral.head,
                      (theme.peripheral.dash[0], theme.peripheral.dash[1]), gap=theme.line_gap)  # fmt: skip
    courses = _routed(cards, teams, tuple(thread.bond for thread in woven.threads), avoid, bounds, strokes)
    lines = tuple(_line(thread, courses, number, cards) for number, thread in enumerate(woven.threads))
    tied = {end for tie in case.ties for end in (tie.source, tie.target)}
    alone = [labels[seat_holder.id] for seat_holder in case.actors if seat_holder.id not in tied]
    return Scene(plan.width, plan.height, "", "", captions.map_words(case, alone), cards, lines, teams, plan.panel, title,
                 sectors=setting.sectors)  # fmt: skip


def _card(setting: Setting, case: Case, seat: Seat, actor: Actor, size: tuple[float, float], label: str) -> Card:
    theme = setting.theme
    x, y = setting.plan.places[seat.key]
    wording = _wording(actor, case, label, seat.shape)
    lettering = letter(wording, seat.shape, size, theme)
    in_team = any(actor.id in team.members for team in case.teams)
    pill = "" if actor.id not in case.leads else "Lead practitioner" if in_team else "Lead"
    words = captions.card_words(actor, label, wording.second_line, pill)
    sector = sector_of(actor) if seat.shape == "card" else ""
    return Card(seat.key, actor.kind, seat.shape, x, y, *size, lettering.lines, words, wording.second_line, sector, bool(pill),
                label, lettering.letters, pill)  # fmt: skip


def _team_box(setting: Setting, team: Team, corners: tuple[tuple[float, float], ...], keys: Mapping[str, str],
              labels: Mapping[str, str], woven: Weave) -> TeamBox:  # fmt: skip
    key = setting.team_keys[team.name]
    inside = woven.counts[key]
    note = f"{captions.counted(inside, 'tie')} inside the team" if inside else ""
    members = tuple(keys[who] for who in team.members)
    words = captions.team_words(team, labels, inside)
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
    return replace(scene, cards=cards, lines=tuple(map(line, scene.lines)), teams=teams)
