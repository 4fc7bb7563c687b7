"""A map as SVG, written by hand: the same scenes give the same bytes on every machine. Knows no case.

Every drawn thing is named for machines (classes, neutral keys, flows as data) and for people (titles that screen readers say
and browsers show). There is nothing but plain attributes in it: no script, style sheet, reference, comment, date or version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.renderers import legend, shapes
from agencygraph.renderers.changes import draw_badge, draw_remarks, draw_topics
from agencygraph.renderers.emphasis import draw_gap, draw_line_halos
from agencygraph.renderers.lettering import tidy, width_of, wrap
from agencygraph.renderers.markup import draw_box, element, escape, num, words_at
from agencygraph.scene import Rect, Scene
from agencygraph.themes import Size, Theme

STRIP = 36.0
COLUMN, LEAST_COLUMN = 16.0, 150.0  # between a map and the list beside it; how wide the list is at least
MOST_BLANK = 80.0  # how much of a page may stay empty so that what follows begins on the next
MARKING_SIZE = 9.0


@dataclass(frozen=True, slots=True)
class Heading:
    """The words round a map: title, subtitle, protective marking, and the whole map in words for those who cannot see it."""

    title: str
    subtitle: str = ""
    marking: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A finished drawing, the height of its page, and what is to be printed on pages of its own where it does not fit one."""

    svg: str
    height: float
    leaves: tuple[str, ...] = ()


def write_svg(scenes: Sequence[Scene], heading: Heading, theme: Theme) -> str:
    """Return one SVG with the scenes under one heading and over one key: side by side where the page has room, else stacked."""
    return lay_out(scenes, heading, theme).svg


def lay_out(scenes: Sequence[Scene], heading: Heading, theme: Theme) -> Laid:
    """Return the drawing of scenes under one heading and over one key.

    The list of a scene stands beside a map that leaves room for it; else it follows the key. Where it then does not fit the
    page, it is said to be continued, and map and list are leaves of their own.
    """
    width = max(scenes[0].width, theme.page_width - 2 * theme.margin)
    head, top = draw_head(heading, width, theme)
    parts = [element("g", [("transform", f"translate({num(theme.margin)} 0)")], head)]
    maps, high = _maps(scenes, width, top, theme)
    lists = [scene for scene in scenes if scene.listed and scene.remarks]
    if len(scenes) == len(lists) == 1 and has_column(scenes[0], theme):
        parts += maps
        foot = _add_column(parts, scenes[0], (width, top + high), top, theme)
        return Laid(_document(heading, width, foot, parts, theme), foot)
    key, key_height = legend.draw_key(scenes, width, theme)
    parts += [*maps, _moved(theme, top + high, "", key)]
    return _with_lists(lists, heading, (width, top + high + key_height), parts, theme)


def _add_column(parts: list[str], scene: Scene, size: Size, top: float, theme: Theme) -> float:
    """Add the list beside a map, and the key below the map or, where that is lower, below both; return where all this ends."""
    (width, foot), left = size, scene.width + COLUMN
    words, words_height = draw_topics(scene.remarks_title, scene.topics, width - left, theme)
    (short, short_height), (long, long_height) = (legend.draw_key((scene,), room, theme) for room in (scene.width, width))
    ends = (max(foot + short_height, top + words_height), max(foot, top + words_height) + long_height)
    below = short if ends[0] <= ends[1] else long
    parts += [_moved(theme, foot if below is short else ends[1] - long_height, "", below), _moved(theme, top, "", words, left)]
    return min(ends)


def _with_lists(lists: Sequence[Scene], heading: Heading, size: Size, parts: list[str], theme: Theme) -> Laid:
    """The drawing with its lists below it."""
    (width, foot), leaves = size, [_document(heading, size[0], size[1], parts, theme)]
    for scene in lists:
        remarks, high = draw_remarks(scene.remarks_title, scene.remarks, width, theme)
        if foot + high > theme.page_height:
            title = f"{scene.remarks_title} (continued from the map)"
            remarks, high = draw_remarks(title, scene.remarks, width, theme)
            foot = theme.page_height if theme.page_height - MOST_BLANK < foot < theme.page_height else foot
            head, top = draw_head(heading, width, theme)
            alone = [element("g", [("transform", f"translate({num(theme.margin)} 0)")], head), _moved(theme, top, "", remarks)]
            leaves.append(_document(heading, width, top + high, alone, theme))
        parts = [*parts, _moved(theme, foot, "", remarks)]
        foot += high
    return Laid(_document(heading, width, foot, parts, theme), foot, tuple(leaves) if len(leaves) > 1 else ())


def has_column(scene: Scene, theme: Theme) -> bool:
    """Say whether a map leaves room for a list beside it."""
    return bool(scene.topics) and theme.page_width - 2 * theme.margin - scene.width >= COLUMN + LEAST_COLUMN


def fits_beside(scene: Scene, heading: Heading, theme: Theme) -> bool:
    """Say whether a map, its list beside it and the key fit a page."""
    width = theme.page_width - 2 * theme.margin
    _, top = draw_head(heading, width, theme)
    return has_column(scene, theme) and _add_column([], scene, (width, top + scene.height), top, theme) <= theme.page_height


def _document(heading: Heading, width: float, height: float, parts: Sequence[str], theme: Theme) -> str:
    return write_document(heading, (width + 2 * theme.margin, height), "".join(parts), theme)


def _maps(scenes: Sequence[Scene], width: float, top: float, theme: Theme) -> tuple[list[str], float]:
    """The scenes with their headings, and the height they take together."""
    beside = len(scenes) > 1 and sum(scene.width for scene in scenes) <= width
    parts: list[str] = []
    left = down = 0.0
    for scene in scenes:
        y = top + down
        if len(scenes) > 1:
            parts.append(_moved(theme, y, "panel-title", _strip(scene, theme), left))
            y += STRIP * theme.scale
        parts.append(_moved(theme, y, "map", _body(scene, theme), left))
        if beside:
            left = width - scene.width
        else:
            down = y + scene.height - top
    strip = STRIP * theme.scale if beside else 0.0
    return parts, max(scene.height for scene in scenes) + strip if beside else down


def _moved(theme: Theme, top: float, kind: str, inside: str, left: float = 0.0) -> str:
    """A part of the page at its height, inside the margin."""
    name: list[tuple[str, str | float]] = [("class", kind)] if kind else []
    return element("g", [*name, ("transform", f"translate({num(theme.margin + left)} {num(top)})")], inside)


def write_document(heading: Heading, size: Size, inside: str, theme: Theme) -> str:
    """Return a whole SVG round what is drawn: it says what the file is, how large, and everything in words."""
    (width, height), (up, down) = size, theme.pixels_per_point
    root: list[tuple[str, str | float]] = [("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", f"0 0 {num(width)} {num(height)}"),
                                           ("xml:lang", "en-GB")]
    root += [("width", width * up / down), ("height", height * up / down), ("role", "graphics-document")]
    root += [("font-family", theme.font), ("stroke-linejoin", "round")]
    said = element("title", (), escape(tidy(heading.title))) + element("desc", (), escape(heading.description))
    paper = element("rect", [("class", "paper"), ("width", width), ("height", height), ("fill", theme.paper)])
    return element("svg", root, said + paper + inside) + "\n"


def draw_head(heading: Heading, width: float, theme: Theme) -> tuple[str, float]:
    """Return title, subtitle and marking, and how much height they take: 46, or more where they need more lines."""
    marking, wide, marking_height = _marking(heading.marking, width, theme)
    room = width - (wide + 16.0 if wide else 0.0)
    titles = wrap(tidy(heading.title), room, theme.title_size, True)
    notes = wrap(tidy(heading.subtitle), room, theme.subtitle_size)
    parts: list[str] = []
    y = 0.0
    for line in titles:
        y += (19.0 if parts else 17.0) * theme.scale
        parts.append(words_at((0.0, y), line, theme.title_size, theme.ink, bold=True))
    for number, line in enumerate(notes):
        y += (13.0 if number else 16.0) * theme.scale
        parts.append(words_at((0.0, y), line, theme.subtitle_size, theme.soft_ink))
    height = max(theme.head_height, y + 13.0, marking_height + 13.0)
    return element("g", [("class", "head-words"), ("aria-hidden", "true")], "".join(parts)) + marking, height


def _marking(words: str, width: float, theme: Theme) -> tuple[str, float, float]:
    """The protective marking in its box at the top right, its width and its height; it is never cut."""
    if not words:
        return "", 0.0, 0.0
    size, step = MARKING_SIZE * theme.scale, 12.0 * theme.scale
    lines = wrap(tidy(words), width / 2 - 20.0, size, True, most=20)
    wide = max(width_of(line, size, True) for line in lines) + 20.0
    high = step * len(lines) + 6.0
    left = width - wide - 0.6
    ink = (("fill", theme.paper), ("stroke", theme.ink), ("stroke-width", "1.2"))
    box = draw_box(Rect(left, 2.0, wide, high), 0.0, ink)
    text = [words_at((left + wide / 2, 2.2 + step * (row + 1)), line, size, theme.ink, bold=True, anchor="middle")
            for row, line in enumerate(lines)]  # fmt: skip
    return element("g", [("class", "marking")], box + "".join(text)), wide, high


def _strip(scene: Scene, theme: Theme) -> str:
    """The heading of one of several maps."""
    words = wrap(tidy(scene.title), scene.width, theme.panel_title_size, True, most=1)
    rule = element("path", [("d", f"M0 6H{num(scene.width)}"), ("stroke", theme.rule), ("stroke-width", "0.8")])
    return rule + "".join(words_at((0.0, 24.0 * theme.scale), line, theme.panel_title_size, theme.ink, bold=True) for line in words)


def _body(scene: Scene, theme: Theme) -> str:
    """Panel, cards and teams in reading order, then the lines over them."""
    front = [card for card in scene.cards if card.shape != "card"]
    rest = [card for card in scene.cards if card.shape == "card"]
    parts = [shapes.draw_panel(scene, theme), draw_line_halos(scene.lines, theme)]
    parts += [shapes.draw_card(card, scene, theme) for card in front]
    parts += [shapes.draw_team(team, theme) for team in scene.teams]
    parts += [shapes.draw_card(card, scene, theme) for card in rest]
    parts += [shapes.draw_line(line, scene, theme) for line in scene.lines]
    parts += [draw_badge(line, theme) for line in scene.lines]
    parts += [draw_gap(gap, theme) for gap in scene.gaps]
    return "".join(parts)
