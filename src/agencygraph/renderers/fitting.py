"""How large a card must be for its words, and how the words stand in it. Knows no case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from agencygraph.renderers.lettering import break_words, shorten, tidy
from agencygraph.themes import CardStyle, Size, Theme

MOST_LINES = 3
RISE, FALL = 0.74, 0.21  # how far letters reach above and below their base line, in parts of their size
TOP_SHIFT = 2.5  # how far words move down under a pill on the card's upper edge
BASE = 0.355  # from the middle of a line of letters down to its base line


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are to stand on a card: the label, the smaller line under it; is there a band at the left, a pill at the top?"""

    label: str
    second_line: str = ""
    banded: bool = False
    topped: bool = False


@dataclass(frozen=True, slots=True)
class Lettering:
    """How words stand: the size of the label's letters and its lines."""

    letters: float
    lines: tuple[str, ...]


@lru_cache(maxsize=512)
def fit(wording: Wording, shape: str, theme: Theme) -> Size:
    """Return the smallest card that shows the words whole in full letters, else the largest card there is."""
    style = theme.style(shape)
    for size in _sizes(style):
        if _whole(wording, style, size, style.sizes[:1], theme, hyphens=False):
            return size
    return style.most


@lru_cache(maxsize=512)
def letter(wording: Wording, shape: str, size: Size, theme: Theme) -> Lettering:
    """Return how the words stand on a card of a size: in the largest letters that fit, cut only as the last way out."""
    style = theme.style(shape)
    for hyphens in (False, True):
        whole = _whole(wording, style, size, style.sizes, theme, hyphens=hyphens)
        if whole:
            return whole
    letters = style.sizes[-1]
    words = tidy(wording.label)
    best = Lettering(letters, (shorten(words, _rooms(wording, style, size, letters, 1, theme)[0], letters, style.bold),))
    for count in range(2, MOST_LINES + 1):
        rooms = _rooms(wording, style, size, letters, count, theme)
        lines = _fill(words, rooms, letters, style.bold) if rooms else ()
        if sum(map(len, lines)) > sum(map(len, best.lines)):
            best = Lettering(letters, lines)
    return best


def _sizes(style: CardStyle) -> list[Size]:
    """All sizes of a card, the smallest area first."""
    widths, heights = _steps(style.least[0], style.most[0]), _steps(style.least[1], style.most[1])
    return sorted(((w, h) for w in widths for h in heights), key=lambda size: (size[0] * size[1], size))


def _steps(least: float, most: float) -> Iterator[float]:
    while least <= most:
        yield least
        least += 4.0


def _whole(wording: Wording, style: CardStyle, size: Size, choices: Sequence[float], theme: Theme,
           *, hyphens: bool) -> Lettering | None:  # fmt: skip
    """The words in the largest letters and the fewest lines in which they stand whole."""
    words = tidy(wording.label)
    for letters in choices:
        for count in range(1, MOST_LINES + 1):
            rooms = _rooms(wording, style, size, letters, count, theme)
            lines = break_words(words, rooms, letters, style.bold, hyphens=hyphens) if rooms else None
            if lines:
                return Lettering(letters, lines)
    return None


def _rooms(wording: Wording, style: CardStyle, size: Size, letters: float, count: int, theme: Theme) -> tuple[float, ...]:
    """The width each of so many lines has on a card; none if they do not fit in its height."""
    width, height = size
    middles = line_middles(count, letters, theme, second=bool(wording.second_line))[:count]
    reach = max(abs(middles[0]), abs(line_middles(count, letters, theme, second=bool(wording.second_line))[-1]))
    if 2 * reach + letters + 5.0 + (2 * TOP_SHIFT if wording.topped else 0.0) > height:
        return ()
    if style.radius is not None:
        band = theme.band_width if wording.banded else 0.0
        return (width - band - 2 * style.margin,) * count
    radius = height / 2
    outer = (min(abs(middle) + 0.4 * letters, radius) for middle in middles)
    return tuple(width - 2 * radius + 2 * sqrt(radius * radius - y * y) - 2 * style.margin for y in outer)


def line_middles(count: int, letters: float, theme: Theme, *, second: bool) -> tuple[float, ...]:
    """How far below the card's centre the middle of each line stands; the smaller second line is the last."""
    step = letters * theme.leading
    rows = [step * row for row in range(count)]
    if second:
        rows.append(rows[-1] + (letters + theme.second_size) / 2 * theme.leading + 1.0)
    middle = rows[-1] / 2
    return tuple(row - middle for row in rows)


def _fill(words: str, rooms: Sequence[float], letters: float, bold: bool) -> tuple[str, ...]:
    """Words poured into lines, each as full as it can be; the last is cut."""
    left, lines = words.split(" "), []
    for room in rooms[:-1]:
        count = max((n for n in range(1, len(left) + 1) if shorten(" ".join(left[:n]), room, letters, bold) == " ".join(left[:n])),
                    default=1)  # fmt: skip
        lines.append(shorten(" ".join(left[:count]), room, letters, bold))
        left = left[count:]
        if not left:
            break
    if left:
        lines.append(shorten(" ".join(left), rooms[-1], letters, bold))
    return tuple(lines) if len(lines) == len(rooms) else ()
