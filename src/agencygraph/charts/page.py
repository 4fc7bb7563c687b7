"""Page: a chart as bars, rules and words at their places, in points from the top left. Knows no case and no drawing library."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from agencygraph.renderers.lettering import tidy, width_of
from agencygraph.themes import Theme

WIDTH = 470.0  # with its edges what an upright A4 page leaves between margins of 2 cm
TEXT = 9.5
SMALL = 9.0
LINE = 11.5
_JOINERS = "\u200c\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its top left corner; without `fill` the paper shows through, without `edge` it has no border."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    edge: str = ""
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words; `y` is the line on which the letters stand, `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    ink: str
    size: float = TEXT
    bold: bool = False
    anchor: str = "start"


Mark = Box | Rule | Words


@dataclass(frozen=True, slots=True)
class Page:
    """A finished chart: its marks in the order of painting, and what it says in words."""

    width: float
    height: float
    paper: str
    title: str
    alt: str
    marks: tuple[Mark, ...]


def swatch(style: str, theme: Theme) -> tuple[str, str, str]:
    """Return fill, border and hatch of a kind of bar. They differ in lightness and hatch, so that a grey copy can be read."""
    return {
        "strong": (theme.school.fill, theme.school.fill, ""),
        "light": (theme.team_fill, theme.school.fill, "////"),
        "plain": (theme.team_fill, theme.school.fill, ""),
        "open": (theme.paper, theme.school.fill, ".."),
        "question": (theme.paper, theme.rule, "////"),
    }[style]


def bar(x: float, y: float, width: float, height: float, look: tuple[str, str, str]) -> Box:
    """Return a bar with the look of a swatch."""
    return Box(x, y, width, height, *look)


def wrap(text: str, room: float, size: float = TEXT, bold: bool = False) -> tuple[str, ...]:
    """Break words into lines that fit a room; a word that is too wide by itself is cut.

    >>> wrap("Education welfare officer", 60)
    ('Education', 'welfare', 'officer')
    """
    lines: list[str] = []
    for word in tidy(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, bold) <= room:
            lines[-1] = joined
        else:
            lines += _cut(word, room, size, bold)
    return tuple(lines)


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Cut a word into pieces that fit; never between a letter and its accent, nor inside an emoji of several parts."""
    pieces = [""]
    for part in _clusters(word):
        if pieces[-1] and width_of(pieces[-1] + part, size, bold) > room:
            pieces.append("")
        pieces[-1] += part
    return pieces


def _clusters(word: str) -> Iterable[str]:
    found: list[str] = []
    for letter in word:
        is_tied = unicodedata.category(letter) in ("Mn", "Me") or letter in _JOINERS or ord(letter) in _SKIN_TONES
        if found and (is_tied or found[-1][-1] in _JOINERS):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def set_lines(lines: Iterable[str], first: Words, leading: float = LINE) -> tuple[Words, ...]:
    """Return lines below each other, each like the first in all but its words and its height on the page."""
    return tuple(replace(first, text=line, y=first.y + number * leading) for number, line in enumerate(lines))


def move(marks: Iterable[Mark], right: float, down: float) -> tuple[Mark, ...]:
    """Return the marks moved across the page, at places rounded to a tenth of a point."""
    return tuple(_moved(mark, right, down) for mark in marks)


def _moved(mark: Mark, right: float, down: float) -> Mark:
    if isinstance(mark, Rule):
        return replace(mark, x1=round(mark.x1 + right, 1), x2=round(mark.x2 + right, 1),
                       y1=round(mark.y1 + down, 1), y2=round(mark.y2 + down, 1))  # fmt: skip
    moved = replace(mark, x=round(mark.x + right, 1), y=round(mark.y + down, 1))
    return replace(moved, width=round(moved.width, 1), height=round(moved.height, 1)) if isinstance(moved, Box) else moved
