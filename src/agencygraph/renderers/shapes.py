"""The ink of each thing on a map: cards, teams, lines, the family's panel, signs. Knows no case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from agencygraph.renderers import boxes
from agencygraph.renderers.emphasis import draw_halo, draw_plate
from agencygraph.renderers.fitting import BASE, TOP_SHIFT, line_middles
from agencygraph.renderers.lettering import shorten, tidy
from agencygraph.renderers.markup import curve, disc, draw_box, element, escape, num, points, rounded, words_at
from agencygraph.renderers.signs import RADIUS
from agencygraph.scene import Card, Line, Point, Rect, Scene, TeamBox
from agencygraph.themes import SectorInk, Stroke, Theme

__all__ = ["draw_band", "draw_box", "draw_card", "draw_line", "draw_panel", "draw_question", "draw_stroke", "draw_team", "named",
           "words_at"]


def named(kind: str, attributes: Sequence[tuple[str, str | float]], words: str, inside: str) -> str:
    """Return a group that machines and people can name: its class, its data, and what a screen reader says of it."""
    marks: list[tuple[str, str | float]] = [("class", kind), *attributes, ("role", "img"), ("aria-label", tidy(words))]
    return element("g", marks, element("title", (), escape(tidy(words))) + inside)


# --------------------------------------------------------------------------------------------------------------------- cards
def draw_card(card: Card, scene: Scene, theme: Theme) -> str:
    """Return one actor: outline, sector band, label, the pill of a lead, and the plates that hang on the card."""
    style, sector = theme.style(card.shape), theme.sector(card.sector, scene.sectors)
    left, top = card.x - card.width / 2, card.y - card.height / 2
    radius = style.radius if style.radius is not None else min(card.width, card.height) / 2
    strokes = _border(card, sector, theme)
    box = Rect(left, top, card.width, card.height)
    outline = draw_box(box, radius, strokes)
    width = float(dict(strokes)["stroke-width"])
    band = draw_band(Rect(left, top, theme.band_width, card.height), sector, radius, width) if sector and not card.gone else ""
    middle = card.x + (theme.band_width / 2 if sector and not card.gone else 0.0)
    attributes = [("data-key", card.key), ("data-kind", card.kind), ("tabindex", "0")]
    attributes += [("data-lead", "true")] if card.lead else []
    attributes += [("data-gone", "true")] if card.gone else []
    halo = draw_halo(box, radius, theme) if card.tone == "strong" else ""
    drawn = named("actor", attributes, card.words, outline + band + _label(card, middle, theme))
    return halo + drawn + _pill(card, theme) + "".join(draw_plate(plate, card, theme) for plate in card.plates)


def _border(card: Card, sector: SectorInk | None, theme: Theme) -> tuple[tuple[str, str | float], ...]:
    """The fill and border of a card: heavier where it comes forward, grey where it steps back, broken where it is gone."""
    style = theme.style(card.shape)
    fill, ink, width = style.fill, sector.ink if sector else style.border, style.border_width
    width = max(width, theme.lead_border_width) if card.lead else width
    if card.tone == "strong":
        width = max(width, theme.strong_border_width)
    elif card.tone == "faint":
        ink = theme.faint_ink
        fill = theme.faint_fill if card.shape == "school" else fill
    if card.gone:
        return ("fill", theme.paper), ("stroke", theme.soft_ink), ("stroke-width", 1.3), ("stroke-dasharray", "4 3")
    return ("fill", fill), ("stroke", ink), ("stroke-width", width)


def _label(card: Card, middle: float, theme: Theme) -> str:
    style = theme.style(card.shape)
    ink = theme.soft_ink if card.gone else theme.faint_words if card.tone == "faint" and card.shape != "school" else style.ink
    rows = line_middles(len(card.lines), card.letters, theme, second=bool(card.second_line))
    # A pill on the upper edge takes a little room from the words.
    shift = TOP_SHIFT if card.pill else 0.0
    lines = [words_at((middle, card.y + row + BASE * card.letters + shift), words, card.letters, ink, bold=style.bold,
                      anchor="middle") for row, words in zip(rows, card.lines, strict=False)]  # fmt: skip
    if card.second_line:
        base = card.y + rows[-1] + BASE * theme.second_size + shift
        lines.append(words_at((middle, base), card.second_line, theme.second_size, ink, anchor="middle"))
    return "".join(lines)


def _pill(card: Card, theme: Theme) -> str:
    """The pill of a lead, over the card's upper edge; its words are part of the card's name already."""
    if not card.pill:
        return ""
    box = boxes.pill_box(card, theme)
    shape = draw_box(box, box.height / 2, [("fill", theme.pill_fill)])
    base = box.y + box.height / 2 + BASE * theme.pill_size
    words = words_at((card.x, base), card.pill, theme.pill_size, theme.pill_ink, bold=True, anchor="middle")
    return element("g", [("class", "pill"), ("aria-hidden", "true")], shape + words)


def draw_band(box: Rect, sector: SectorInk, radius: float, border: float) -> str:
    """Return the band at the left of a card with the sector's mark, inside the border."""
    x, y, foot = box.x + border / 2, box.y + border / 2, box.y + box.height - border / 2
    inner, east = max(0.0, radius - border / 2), box.x + box.width
    turn = f"A{num(inner)} {num(inner)} 0 0 1 "
    outline = (f"M{num(east)} {num(y)}V{num(foot)}H{num(x + inner)}{turn}{num(x)} {num(foot - inner)}"
               f"V{num(y + inner)}{turn}{num(x + inner)} {num(y)}Z")  # fmt: skip
    return element("path", [("d", outline), ("fill", sector.band)]) + _marks(box, sector)


def _marks(box: Rect, sector: SectorInk) -> str:
    """The marks down a band: drawn shapes, as some readers lose patterns."""
    draw, filled = _MARKS.get(sector.mark, (None, False))
    if draw is None:
        return ""
    count = max(1, int((box.height - 5.0) / 7.0))
    step = box.height / count
    middle = box.x + box.width / 2 + 0.3
    data = "".join(draw(middle, box.y + step * (row + 0.5)) for row in range(count))
    if filled:
        return element("path", [("d", data), ("fill", sector.mark_ink)])
    return element("path", [("d", data), ("fill", "none"), ("stroke", sector.mark_ink), ("stroke-width", "1.4")])


def _path(*spots: Point, shut: bool = False) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in spots) + ("Z" if shut else "")


_MARKS: dict[str, tuple[Callable[[float, float], str], bool]] = {
    "strokes": (lambda x, y: _path((x - 2.4, y + 1.6), (x + 2.4, y - 1.6)), False),
    "dots": (lambda x, y: disc(x, y, 1.4), True),
    "plus": (lambda x, y: _path((x - 2.1, y), (x + 2.1, y)) + _path((x, y - 2.1), (x, y + 2.1)), False),
    "bars": (lambda x, y: _path((x - 3.1, y - 1.1), (x + 3.1, y - 1.1), (x + 3.1, y + 1.1), (x - 3.1, y + 1.1), shut=True), True),
    "rings": (lambda x, y: disc(x, y, 1.8), False),
    "chevrons": (lambda x, y: _path((x - 2.1, y + 1.2), (x, y - 1.2), (x + 2.1, y + 1.2)), False),
    "crosses": (lambda x, y: _path((x - 1.7, y - 1.7), (x + 1.7, y + 1.7)) + _path((x - 1.7, y + 1.7), (x + 1.7, y - 1.7)), False),
    "squares": (lambda x, y: f"M{num(x - 1.6)} {num(y - 1.6)}h3.2v3.2h-3.2Z", True),
}


# --------------------------------------------------------------------------------------------------------- family panel and teams
def draw_panel(scene: Scene, theme: Theme) -> str:
    """Return the family's panel, which stands behind the family's cards."""
    panel = scene.panel
    if panel is None:
        return ""
    ink = (("fill", theme.family_fill), ("stroke", theme.family_border), ("stroke-width", "0.9"))
    shape = draw_box(panel.box, theme.family_radius, ink)
    title = words_at(boxes.panel_title_place(panel), panel.title, theme.small_size, theme.family_ink, bold=True)
    return element("g", [("class", "panel")], shape + title)


def draw_team(team: TeamBox, theme: Theme) -> str:
    """Return a team as a container: outline, title bar, note. Its members are drawn after it."""
    outline = element("path", [("d", rounded(team.corners, theme.team_radius)), ("fill", theme.team_fill),
                               ("stroke", theme.team_border), ("stroke-width", theme.team_border_width)])  # fmt: skip
    edge, size = boxes.title_edge(team, theme), boxes.TITLE_SIZE * theme.scale
    title = shorten(tidy(team.title), edge.east - edge.west - 12.0, size, True)
    inside = outline + element("path", [("d", _bar(edge, theme)), ("fill", theme.team_border)])
    inside += words_at(boxes.title_place(team, theme), title, size, theme.pill_ink, bold=True, anchor="middle")
    if team.note:
        note = words_at(boxes.note_place(team, theme), team.note, theme.pill_size, theme.soft_ink, anchor="middle")
        inside += element("g", [("class", "note")], note)
    attributes = [("data-key", team.key), ("data-members", " ".join(team.members)), ("data-host", team.host)]
    attributes = [pair for pair in attributes if pair[1]] + [("data-flows", " ".join(team.flows)), ("tabindex", "0")]
    return named("team", attributes, team.words, inside)


def _bar(edge: boxes.Edge, theme: Theme) -> str:
    """The title bar under an upper edge, rounded where the outline is."""
    foot, radius = edge.y + theme.team_bar, min(theme.team_radius, (edge.east - edge.west) / 2)
    turn = f"A{num(radius)} {num(radius)} 0 0 1 "
    left, right = f"V{num(edge.y)}", f"H{num(edge.east)}"
    if edge.west_corner:
        left = f"V{num(edge.y + radius)}{turn}{num(edge.west + radius)} {num(edge.y)}"
    if edge.east_corner:
        right = f"H{num(edge.east - radius)}{turn}{num(edge.east)} {num(edge.y + radius)}"
    return f"M{num(edge.west)} {num(foot)}{left}{right}V{num(foot)}Z"


# --------------------------------------------------------------------------------------------------------------------- lines
def draw_line(line: Line, scene: Scene, theme: Theme) -> str:
    """Return one tie: the gaps it lays over lines below, the line itself, its heads, and a sign where it needs one."""
    bond, stroke = line.bond, stroke_of(line, theme)
    inside = "".join(_cover(cover, scene, stroke, theme) for cover in line.course.covers)
    inside += draw_stroke(line.course.curve, line.course.heads, stroke)
    if line.pill:
        inside += draw_question(line.pill, theme, strong=line.tone == "strong")
    attributes = [("data-from", bond.source), ("data-to", bond.target)]
    attributes += [("data-strength", "critical" if bond.critical else "peripheral")]
    attributes += [("data-two-way", "true" if bond.two_way else "false"), ("data-flows", " ".join(line.flows))]
    attributes += [("data-status", line.status)] if line.status != "agreed" else []
    attributes += [("data-change", line.change)] if line.change else []
    attributes += [("data-number", str(line.number))] if line.number else []
    return named("tie", attributes, line.words, inside)


def stroke_of(line: Line, theme: Theme) -> Stroke:
    """Return how a line looks: by its strength, by what became of it, by its weight; one that nobody could vouch for is grey."""
    stroke = theme.stroke(line.bond.critical)
    if line.change:
        stroke = replace(stroke, ink=theme.change(line.change).ink)
        if line.change == "unchanged":
            stroke = replace(stroke, width=theme.unchanged_widths[0 if line.bond.critical else 1])
        elif line.change == "lost":
            stroke = replace(stroke, dash=theme.lost_dash)
    if line.status == "unknown":
        ink = stroke.ink if line.change else theme.unknown_ink
        stroke = replace(stroke, ink=ink, dash=theme.unknown_dash if stroke.dash else ())
    if line.tone:
        stroke = replace(stroke, ink=theme.faint_ink if line.tone == "faint" else theme.stroke(line.bond.critical).ink)
    return stroke


def draw_stroke(spots: Sequence[Point], heads: Sequence[Sequence[Point]], stroke: Stroke) -> str:
    """Return a line with its heads."""
    attributes = [("class", "line"), ("d", curve(spots)), ("fill", "none"), ("stroke", stroke.ink)]
    attributes += [("stroke-width", num(stroke.width))]
    attributes += [("stroke-dasharray", " ".join(num(part) for part in stroke.dash))] if stroke.dash else []
    drawn = element("path", attributes)
    return drawn + "".join(element("polygon", [("class", "head"), ("points", points(head)), ("fill", stroke.ink)])
                           for head in heads)  # fmt: skip


def _cover(cover: Sequence[Point], scene: Scene, stroke: Stroke, theme: Theme) -> str:
    """The short gap that a line lays over a line below it, in the colour of the ground there."""
    x, y = cover[0][0] / 2 + cover[-1][0] / 2, cover[0][1] / 2 + cover[-1][1] / 2
    box = scene.panel.box if scene.panel else None
    family = box is not None and box.x < x < box.x + box.width and box.y < y < box.y + box.height
    ground = theme.family_fill if family else theme.paper
    return element("path", [("class", "cover"), ("d", curve(cover)), ("fill", "none"), ("stroke", ground),
                            ("stroke-width", num(stroke.width + theme.cover_extra))])  # fmt: skip


def draw_question(spot: Point, theme: Theme, *, strong: bool = False) -> str:
    """Return a drawn question mark in a round pill; being no text, it can stand on its line."""
    x, y = spot
    fill, width = (theme.halo, "1.6") if strong else (theme.paper, "1.2")
    ink = (("fill", fill), ("stroke", theme.soft_ink), ("stroke-width", width))
    ring = element("ellipse", [("cx", x), ("cy", y), ("rx", RADIUS), ("ry", RADIUS), *ink])
    hook = (f"M{num(x - 2.1)} {num(y - 1.5)}"
            f"C{num(x - 2.1)} {num(y - 4.6)} {num(x + 2.3)} {num(y - 4.6)} {num(x + 2.1)} {num(y - 1.6)}"
            f"C{num(x + 2.0)} {num(y - 0.2)} {num(x)} {num(y - 0.3)} {num(x)} {num(y + 1.5)}")  # fmt: skip
    mark = element("path", [("d", hook), ("fill", "none"), ("stroke", theme.ink), ("stroke-width", "1.4")])
    dot = element("path", [("d", disc(x, y + 3.5, 0.9)), ("fill", theme.ink)])
    return element("g", [("class", "sign"), ("aria-hidden", "true")], ring + mark + dot)
