"""A bare SVG of places and lines, without themes or renderers, so that layouts and router can be checked by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts import Piece, Plan, Scenario, place
from agencygraph.routing import Strokes, outline, route
from agencygraph.scene import Bond, Card, Course, Point, Rect, TeamBox

STROKES = Strokes()
KINDS = {"child": "child", "person": "parent", "school": "school", "card": "agency"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One map before ink: cards, teams, bonds and how they run."""

    plan: Plan
    cards: tuple[Card, ...]
    teams: tuple[TeamBox, ...]
    bonds: tuple[Bond, ...]
    courses: tuple[Course, ...]
    avoid: tuple[Rect, ...]


def drawn_map(pieces: Sequence[Piece], scenarios: Sequence[Scenario], index: int, plan: Plan | None = None,
              labels: Mapping[str, str] | None = None) -> Drawn:  # fmt: skip
    """Place the pieces (or take a plan), and route one of the arrangements."""
    plan = plan or place(pieces, scenarios)
    scenario, words = scenarios[index], labels or {}
    members = [key for team in scenario.teams for key in team.members[:1]]
    cards = tuple(
        Card(p.key, KINDS[p.shape], p.shape, *plan.places[p.key], p.width, p.height, tuple(words.get(p.key, p.key).split(" ", 1)),
             words.get(p.key, p.key), sector=p.sector, lead=p.key in members)
        for p in pieces if p.key in scenario.pieces)  # fmt: skip
    teams = tuple(
        TeamBox(t.key, "School-based team", t.members, t.host, plan.team_corners[index][t.key], "Team") for t in scenario.teams
    )
    avoid = tuple(text_boxes(plan, cards, teams))
    bounds = Rect(0.0, 0.0, plan.width, plan.height)
    return Drawn(
        plan, cards, teams, scenario.bonds, route(cards, teams, scenario.bonds, avoid=avoid, bounds=bounds, strokes=STROKES), avoid
    )


def text_boxes(plan: Plan, cards: Sequence[Card], teams: Sequence[TeamBox]) -> Iterator[Rect]:
    """Where words stand outside the cards: the panel's title, the teams' titles, the pills of the leads."""
    if plan.panel:
        yield Rect(plan.panel.x + 8.0, _title_line(plan.panel, plan.title_below) - 8.0, 84.0, 10.0)
    for team in teams:
        x, y = team_title(team)
        yield Rect(x - 52.0, y + 4.0, 104.0, 12.0)
    for card in cards:
        if card.lead:
            yield Rect(card.x - 40.0, card.y - card.height / 2 - 7.0, 80.0, 12.0)


def _title_line(panel: Rect, below: bool) -> float:
    """The base line of the title of the family's panel."""
    return panel.y + (panel.height - 5.0 if below else 14.0)


def team_title(team: TeamBox) -> Point:
    """The middle of the top edge of a team."""
    top = min(y for _, y in team.corners)
    edge = sorted(x for x, y in team.corners if y == top)
    west, east = max(zip(edge[::2], edge[1::2], strict=True), key=lambda pair: pair[1] - pair[0])
    return (west + east) / 2, top


def svg(drawn: Drawn) -> bytes:
    """The map as a bare SVG that keeps the contract."""
    plan = drawn.plan
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width:g} {plan.height + 40:g}"'
             f' width="{plan.width * 4 / 3:.0f}" height="{(plan.height + 40) * 4 / 3:.0f}" role="graphics-document">'
             '<title>Map</title><desc>A plain map</desc>']  # fmt: skip
    parts.append(f'<rect class="page" width="{plan.width:g}" height="{plan.height + 40:g}" fill="#fff"/>')
    if plan.panel:
        p = plan.panel
        parts.append(f'<rect x="{p.x}" y="{p.y}" width="{p.width}" height="{p.height}" rx="11" fill="#F7F4EC"/>')
        parts.append(_words(p.x + 10, _title_line(p, plan.title_below), "Family and carers", 8.5, "start", "#6B5900"))
    parts += [_team(team) for team in drawn.teams]
    parts += [_card(card) for card in drawn.cards]
    parts += [_tie(bond, course) for bond, course in zip(drawn.bonds, drawn.courses, strict=True)]
    parts += [_words(c.x, c.y - c.height / 2 + 2, "Lead practitioner", 8, "middle", "#a00") for c in drawn.cards if c.lead]
    parts.append(_key(plan.height + 20))
    return "".join([*parts, "</svg>"]).encode()


def _words(x: float, y: float, words: str, size: float, anchor: str, ink: str = "#111") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{ink}">{words}</text>'


def _card(card: Card) -> str:
    box, radius = outline(card)
    fill = {"child": "#FFF3A8", "school": "#1F2A37"}.get(card.shape, "#fff")
    ink = "#fff" if card.shape == "school" else "#111"
    size = 9.5 if len(card.lines) > 1 else 10
    lines = "".join(
        _words(card.x, card.y + 3.5 + 11 * (row - (len(card.lines) - 1) / 2), line, size, "middle", ink)
        for row, line in enumerate(card.lines))  # fmt: skip
    return (f'<g class="actor" data-key="{card.key}" data-kind="{card.kind}" role="img" aria-label="{card.words}">'
            f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="{radius}"'
            f' fill="{fill}" stroke="#334"/>{lines}</g>')  # fmt: skip


def _team(team: TeamBox) -> str:
    path = rounded(team.corners, 9.0)
    x, y = team_title(team)
    host = f' data-host="{team.host}"'
    return (f'<g class="team" data-key="{team.key}" data-members="{" ".join(team.members)}"{host} role="img" aria-label="Team">'
            f'<path d="{path}" fill="#E6ECF2" stroke="#1A1A1A" stroke-width="2"/>'
            f'{_words(x, y + 14, team.title, 9.5, "middle")}</g>')  # fmt: skip


def rounded(corners: Sequence[Point], radius: float) -> str:
    """Path data of an outline with right angles, its corners rounded."""
    parts: list[str] = []
    ring = list(corners)
    for before, at, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
        start, end = _towards(at, before, radius), _towards(at, after, radius)
        parts.append(f"{'L' if parts else 'M'}{start[0]:.1f} {start[1]:.1f}Q{at[0]:.1f} {at[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    return "".join(parts) + "Z"


def _towards(at: Point, other: Point, far: float) -> Point:
    long = abs(other[0] - at[0]) + abs(other[1] - at[1])
    far = min(far, long / 2)
    return at[0] + (other[0] - at[0]) / long * far, at[1] + (other[1] - at[1]) / long * far


def path_data(points: Sequence[Point]) -> str:
    """A chain of cubic curves as path data."""
    return f"M{points[0][0]} {points[0][1]}C" + " ".join(f"{x} {y}" for x, y in points[1:])


def _tie(bond: Bond, course: Course) -> str:
    strength = "critical" if bond.critical else "peripheral"
    width = STROKES.critical_width if bond.critical else STROKES.peripheral_width
    dash = "" if bond.critical else f' stroke-dasharray="{STROKES.dash[0]} {STROKES.dash[1]}"'
    covers = "".join(
        f'<path class="cover" d="{path_data(c)}" fill="none" stroke="#fff" stroke-width="{width + 4}"/>' for c in course.covers
    )
    heads = "".join(
        f'<polygon class="head" points="{" ".join(f"{x},{y}" for x, y in head)}" fill="#1A1A1A"/>' for head in course.heads
    )
    return (f'<g class="tie" data-from="{bond.source}" data-to="{bond.target}" data-strength="{strength}"'
            f' data-two-way="{str(bond.two_way).lower()}" role="img" aria-label="Tie">{covers}'
            f'<path class="line" d="{path_data(course.curve)}"'
            f' fill="none" stroke="#1A1A1A" stroke-width="{width}"{dash}/>{heads}</g>')  # fmt: skip


def _key(y: float) -> str:
    parts = []
    for column, (critical, two_way) in enumerate(((True, True), (True, False), (False, True), (False, False))):
        x = 10.0 + 120 * column
        heads = [((x + 40, y), (x + 31, y - 4), (x + 31, y + 4))] + [((x, y), (x + 9, y - 4), (x + 9, y + 4))] * two_way
        course = Course(((x + 5 * two_way, y), (x + 15, y), (x + 25, y), (x + 35, y)), tuple(heads))
        sample = _tie(Bond("", "", critical, two_way), course).replace('class="tie" ', "")
        parts.append(sample.replace("</g>", _words(x + 45, y + 3, "sample", 8.5, "start") + "</g>"))
    return f'<g class="key">{"".join(parts)}</g>'
