"""The ink of what a map puts forward: halos, plates of words on cards, the sign of a missing link. Knows no case."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import tidy, width_of
from agencygraph.renderers.markup import curve, draw_box, element, escape, num, words_at
from agencygraph.scene import Card, Gap, Line, Plate, Point, Rect
from agencygraph.themes import Theme

NO_LINK = "no link"


def draw_halo(box: Rect, radius: float, theme: Theme) -> str:
    """Return the halo behind a card that comes forward."""
    reach = theme.halo_reach
    wide = Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach)
    return element("g", [("class", "halo"), ("aria-hidden", "true")], draw_box(wide, radius + reach, [("fill", theme.halo)]))


def line_halo(spots: Sequence[Point], width: float, theme: Theme) -> str:
    """Return the halo under a line that comes forward."""
    return element("path", [("class", "halo"), ("d", curve(spots)), ("fill", "none"), ("stroke", theme.halo),
                            ("stroke-width", num(width + 1.6 * theme.halo_reach))])  # fmt: skip


def draw_line_halos(lines: Sequence[Line], theme: Theme) -> str:
    """Return the halos of all lines that come forward; they lie under every line and card."""
    drawn = [line_halo(line.course.curve, theme.stroke(line.bond.critical).width, theme) for line in lines if line.tone == "strong"]
    return element("g", [("class", "halos"), ("aria-hidden", "true")], "".join(drawn)) if drawn else ""


def draw_plate(plate: Plate, card: Card, theme: Theme) -> str:
    """Return a plate of words on a card's edge; its words are part of the card's name already."""
    box, size = plate.box, theme.pill_size
    radius = box.height / 2 if plate.is_round else 3.0
    fill, ink = (theme.ink, theme.paper) if plate.strong else (theme.paper, theme.ink)
    border = theme.soft_ink if plate.strong or card.tone != "strong" else theme.ink
    shape = draw_box(box, radius, [("fill", fill), ("stroke", border), ("stroke-width", "1")])
    step = size * theme.leading
    first = box.y + box.height / 2 - step * (len(plate.lines) - 1) / 2 + BASE * size
    bold, middle = plate.strong or plate.is_round, box.x + box.width / 2
    rows = [words_at((middle, first + step * row), words, size, ink, bold=bold, anchor="middle")
            for row, words in enumerate(plate.lines)]  # fmt: skip
    return element("g", [("class", "plate"), ("aria-hidden", "true")], shape + "".join(rows))


def draw_gap(gap: Gap, theme: Theme) -> str:
    """Return the sign of a link that should be there: its words between two brackets that face each other."""
    data = "".join(f"M{num(a)} {num(b)}L{num(c)} {num(d)}" for (a, b), (c, d) in gap.stubs)
    stubs = element("path", [("d", data), ("fill", "none"), ("stroke", theme.ink), ("stroke-width", "1.6")]) if data else ""
    upright = any(start[1] != gap.box.y + gap.box.height / 2 for start, _ in gap.stubs)
    inside = element("title", (), escape(tidy(gap.words))) + stubs + gap_sign(gap.box, theme, upright=upright)
    return element("g", [("class", "gap"), ("data-from", gap.source), ("data-to", gap.target), ("role", "img"),
                         ("aria-label", tidy(gap.words))], inside)  # fmt: skip


def gap_sign(box: Rect, theme: Theme, *, upright: bool = False) -> str:
    """Return two facing brackets with "no link" between them; upright ones lie above and below the words."""
    west, north, east, foot, hook = box.x, box.y, box.x + box.width, box.y + box.height, 4.0
    plain = draw_box(box, 0.0, [("fill", theme.paper)])
    data = (f"M{num(west + hook)} {num(north)}H{num(west)}V{num(foot)}H{num(west + hook)}"
            f"M{num(east - hook)} {num(north)}H{num(east)}V{num(foot)}H{num(east - hook)}")  # fmt: skip
    if upright:
        data = (f"M{num(west)} {num(north + hook)}V{num(north)}H{num(east)}V{num(north + hook)}"
                f"M{num(west)} {num(foot - hook)}V{num(foot)}H{num(east)}V{num(foot - hook)}")  # fmt: skip
    brackets = element("path", [("d", data), ("fill", "none"), ("stroke", theme.ink), ("stroke-width", "2")])
    base = box.y + box.height / 2 + BASE * theme.pill_size
    words = words_at((box.x + box.width / 2, base), NO_LINK, theme.pill_size, theme.ink, bold=True, anchor="middle")
    return plain + brackets + words


def gap_size(theme: Theme) -> tuple[float, float]:
    """Return the width and height of the sign of a missing link."""
    return width_of(NO_LINK, theme.pill_size, True) + 15.0, theme.pill_size + 6.0
