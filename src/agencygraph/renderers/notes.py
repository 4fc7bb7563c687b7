"""Notes: boxes with words in several sizes, signs with their words, and nothing cut that a page can hold. Knows no case."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.renderers.changes import draw_sign
from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import tidy, width_of, wrap
from agencygraph.renderers.markup import draw_box, element, num, points, words_at
from agencygraph.renderers.shapes import named
from agencygraph.scene import Point, Rect
from agencygraph.themes import Theme

LEADING, PAD, SIDE = 1.22, 4.5, 6.0  # from line to line; above and below the words; at their sides
CHIP_GAP = 10.0
REST = "… the rest stands in the words of this picture"
_JOINED = "\u200d\ufe0f"  # what is joined by it, or follows it, belongs to the letter before


@dataclass(frozen=True, slots=True)
class Para:
    """Words of one size over as many lines as they need, behind a sign if there is one; `large` is the size of labels."""

    words: str
    large: bool = False
    bold: bool = False
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a box says: to screen readers, in paragraphs, in signs with their words; its border heavy or broken."""

    words: str
    paras: tuple[Para, ...]
    chips: tuple[tuple[str, str], ...] = ()
    heavy: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line in a box: words of a size, moved in where they stand behind a sign, or signs with words; how high it is."""

    height: float
    words: str = ""
    size: float = 0.0
    bold: bool = False
    chips: tuple[tuple[str, str], ...] = ()
    sign: str = ""
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Laid:
    """A note in lines, in a box of a width."""

    note: Note
    width: float
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        """How high the box is."""
        return round(2 * PAD + added([row.height for row in self.rows]), 1)


def added(lengths: Sequence[float]) -> float:
    """Return lengths added one after the other, so that every Python rounds alike."""
    total = 0.0
    for length in lengths:
        total += length
    return total


def flow(words: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Return words line by line; a word that is wider than the room goes on in the next line.

    >>> flow("One two", 30.0, 10.0)
    ('One', 'two')
    """
    parts = [part for word in tidy(words).split(" ") for part in _pieces(word, room, size, bold)]
    return wrap(" ".join(parts), room, size, bold, most=len(parts) + 1)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word as it is, or in pieces that fit the room; marks stay with their letter."""
    if width_of(word, size, bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        stays = unicodedata.combining(letter) or letter in _JOINED or pieces[-1][-1:] == _JOINED[0]
        if pieces[-1] and not stays and width_of(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def lay(note: Note, width: float, most: float, theme: Theme) -> Laid:
    """Return a note in lines that take no more than a height; what passes it is said to stand in the words."""
    room = width - 2 * SIDE
    rows: list[Row] = []
    for para in note.paras:
        size = theme.second_size if para.large else theme.small_size
        indent = 1.5 * size if para.sign else 0.0
        rows += [Row(size * LEADING, line, size, para.bold, sign="" if at else para.sign, indent=indent)
                 for at, line in enumerate(flow(para.words, room - indent, size, para.bold))]  # fmt: skip
    chips = _chip_rows(note.chips, room, theme)
    size = theme.small_size
    spare = most - 2 * PAD - added([row.height for row in chips])
    if added([row.height for row in rows]) > spare:
        rest = [Row(size * LEADING, line, size) for line in flow(REST, room, size)]
        while len(rows) > 1 and added([row.height for row in (*rows, *rest)]) > spare:
            rows.pop()
        rows += rest
    return Laid(note, width, (*rows, *chips))


def _chip_rows(chips: Sequence[tuple[str, str]], room: float, theme: Theme) -> list[Row]:
    """Signs with their words, as many in a line as there is room for."""
    lines: list[list[tuple[str, str]]] = []
    used = 0.0
    for chip in chips:
        wide = chip_width(chip, theme)
        if lines and used + CHIP_GAP + wide <= room:
            lines[-1].append(chip)
            used += CHIP_GAP + wide
        else:
            lines.append([chip])
            used = wide
    return [Row(theme.small_size * 1.55, chips=tuple(line)) for line in lines]


def chip_width(chip: tuple[str, str], theme: Theme) -> float:
    """Return how wide a sign with its words is."""
    return 1.5 * theme.small_size + width_of(tidy(chip[1]), theme.small_size, True)


def draw_note(laid: Laid, spot: Point, key: str, kind: str, theme: Theme) -> str:
    """Return a note whose box has its left upper corner at a point; it can be reached with the tab key."""
    (x, y), note = spot, laid.note
    ink: list[tuple[str, str | float]] = [("fill", theme.paper), ("stroke", theme.ink if note.heavy else theme.soft_ink)]
    ink += [("stroke-width", "2" if note.heavy else "1")] + ([("stroke-dasharray", "4 3")] if note.broken else [])
    inside = draw_box(Rect(x, y, laid.width, laid.height), 4.0, ink) + draw_rows(laid.rows, (x + SIDE, y + PAD), theme)
    return named(kind, [("data-key", key), ("tabindex", "0")], note.words, inside)


def draw_rows(rows: Sequence[Row], spot: Point, theme: Theme) -> str:
    """Return lines one below the other from a point on."""
    x, y = spot
    parts: list[str] = []
    for row in rows:
        middle = y + row.height / 2
        if row.chips:
            left = x
            for chip in row.chips:
                parts.append(draw_chip(chip, (left, middle), theme))
                left += chip_width(chip, theme) + CHIP_GAP
        else:
            parts += [draw_mark(row.sign, (x + 0.55 * row.size, middle), 0.9 * row.size, theme)] if row.sign else []
            parts.append(words_at((x + row.indent, middle + BASE * row.size), row.words, row.size, theme.ink, bold=row.bold))
        y += row.height
    return "".join(parts)


def draw_chip(chip: tuple[str, str], spot: Point, theme: Theme) -> str:
    """Return a sign and its words, from the middle of the left edge on."""
    (x, y), size = spot, theme.small_size
    words = words_at((x + 1.5 * size, y + BASE * size), chip[1], size, theme.ink, bold=True)
    return draw_mark(chip[0], (x + 0.55 * size, y), size, theme) + words


def draw_mark(sign: str, spot: Point, size: float, theme: Theme) -> str:
    """Return a sign round its middle: each has a shape of its own, and its words stand beside it or in the key."""
    (x, y), r, ink = spot, 0.45 * size, theme.ink
    thin: list[tuple[str, str | float]] = [("fill", "none"), ("stroke", ink), ("stroke-width", "1.5")]
    if sign in ("plus", "cross", "up", "down"):
        return draw_sign(spot, sign, ink, size / 8.5)
    if sign == "complex":
        return element("polygon", [("points", points([(x, y - r), (x + r, y), (x, y + r), (x - r, y)])), ("fill", ink)])
    if sign in ("open", "suggested"):
        look = [*thin, ("stroke-dasharray", "1.8 1.4")] if sign == "suggested" else thin
        return element("circle", [("cx", x), ("cy", y), ("r", 0.36 * size), *look])
    shape = _SIGNS[sign]
    data = "".join(f"{pen}{num(x + a * r)} {num(y + b * r)}" for pen, a, b in shape)
    return element("path", [("d", data), *thin])


_SIGNS: dict[str, tuple[tuple[str, float, float], ...]] = {
    "ready": (("M", -0.9, 0.1), ("L", -0.25, 0.8), ("L", 0.95, -0.75)),  # a tick
    "concern": (("M", 0.0, -1.0), ("L", 0.0, 0.35), ("M", 0.0, 0.75), ("L", 0.0, 1.0)),  # an exclamation mark
    "form": (("M", -0.7, -1.0), ("L", 0.7, -1.0), ("L", 0.7, 1.0), ("L", -0.7, 1.0), ("L", -0.7, -1.0),
             ("M", -0.35, -0.3), ("L", 0.35, -0.3), ("M", -0.35, 0.3), ("L", 0.35, 0.3)),  # a sheet
    "refers": (("M", -1.0, 0.0), ("L", 0.9, 0.0), ("M", 0.3, -0.6), ("L", 0.95, 0.0), ("L", 0.3, 0.6)),  # an arrow
    "tells": (("M", -1.0, -0.8), ("L", 1.0, -0.8), ("L", 1.0, 0.35), ("L", -0.2, 0.35), ("L", -0.7, 1.0), ("L", -0.7, 0.35),
              ("L", -1.0, 0.35), ("L", -1.0, -0.8)),  # a speech bubble
    "chases": (("M", -1.0, -0.7), ("L", -0.3, 0.0), ("L", -1.0, 0.7), ("M", 0.0, -0.7), ("L", 0.7, 0.0), ("L", 0.0, 0.7)),
    "reports": (("M", 1.0, 0.0), ("L", -0.9, 0.0), ("M", -0.3, -0.6), ("L", -0.95, 0.0), ("L", -0.3, 0.6)),  # an arrow back
}  # fmt: skip
