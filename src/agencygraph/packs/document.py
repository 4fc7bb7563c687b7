"""Document: a pack of papers as headings, paragraphs, lists, tables and pictures on leaves. Every kind of file is written from it.

Knows no case. Lengths are points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agencygraph.renderers.lettering import tidy

A4 = (595.276, 841.89)
Margins = tuple[float, float, float]  # at each side, above (room for the marking), below (room for title and page number)
WORDS: Margins = (40.0, 46.0, 42.0)
SUMMARY: Margins = (28.0, 40.0, 36.0)
PICTURES: Margins = (33.9, 36.0, 32.0)  # a map 774 wide comes as large as it is
SHORT = 15  # a table of so many rows stays on one page
TOGETHER, ROW = 5, 16.0  # of a longer one so many rows with the head, each as high as this, so that no page ends with a row alone
KEPT = 2000  # words at the end of a leaf with so many letters stay on one page
_NOT_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(words: str) -> str:
    """Return words that every kind of file can hold: on one line, without characters that nobody sees.

    >>> plain("A boy\\nof nine")
    'A boy of nine'
    """
    return _NOT_XML.sub("", tidy(words))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; those of the first level stand directly below the title of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; `look` is empty, "lead" (larger), "small", or "note" (set apart by a rule)."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its text, and what there is to say of it, each under its word; `strong` where it is a headline."""

    text: str
    details: tuple[tuple[str, str], ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, with numbers where `numbered`."""

    entries: tuple[Entry, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a row of heads, and rows whose first cell names the row; `widths` says how the columns share the page.

    `ruled` draws every cell, for tables with cells to fill in by hand.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    widths: tuple[float, ...] = ()
    ruled: bool = False

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the page that each column takes; they add up to one."""
        widths = self.widths or (1.0,) * len(self.columns)
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, with the same in words for those who cannot see it, and how wide and high it is shown."""

    svg: str
    title: str
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of the first level, to find one's way; nothing is held here, as every writer knows the headings."""


Block = Heading | Paragraph | Listing | Grid | Picture | Columns | Contents


@dataclass(frozen=True, slots=True)
class Leaf:
    """Blocks that begin on a page of their own, upright or `across`."""

    blocks: tuple[Block, ...]
    across: bool = False
    margins: Margins = WORDS

    @property
    def room(self) -> tuple[float, float]:
        """How wide and high the page is between its margins."""
        width, height = A4[::-1] if self.across else A4
        side, top, bottom = self.margins
        return width - 2 * side, height - top - bottom


def kept_of(leaf: Leaf) -> int:
    """Return how many of a leaf's last blocks stay together, so that no page holds a line alone: a list, or two paragraphs.

    >>> kept_of(Leaf((Heading("Story"), Paragraph("One."), Paragraph("Two.")))), kept_of(Leaf((Paragraph("a" * 3000),)))
    (2, 0)
    """
    count = 0
    letters = 0
    for block in reversed(leaf.blocks[-2:]):
        if not isinstance(block, (Paragraph, Listing)) or (count and isinstance(leaf.blocks[-1], Listing)):
            break
        letters += len(block.text) if isinstance(block, Paragraph) else sum(_letters(entry) for entry in block.entries)
        if letters > KEPT:
            break
        count += 1
    return count


def _letters(entry: Entry) -> int:
    return len(entry.text) + sum(len(head) + len(said) for head, said in entry.details)


@dataclass(frozen=True, slots=True)
class Document:
    """Papers under one title: `lines` stand below the title, `marking` on every page.

    `compact` sets everything smaller, with the title in the file but on no page where `hides_title`.
    """

    title: str
    leaves: tuple[Leaf, ...]
    lines: tuple[str, ...] = ()
    marking: str = ""
    compact: bool = False
    hides_title: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings, in their order."""
        return tuple(block for leaf in self.leaves for block in walk(leaf.blocks) if isinstance(block, Heading))


def walk(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks in reading order, those of columns one column after the other.

    >>> walk((Columns((Paragraph("a"),), (Paragraph("b"),)),))[1:]
    (Paragraph(text='a', look=''), Paragraph(text='b', look=''))
    """
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Columns):
            found += [*walk(block.left), *walk(block.right)]
    return tuple(found)


def paragraphs(text: str, look: str = "") -> tuple[Paragraph, ...]:
    """Return a text as its paragraphs, which empty lines part.

    >>> [part.text for part in paragraphs("One\\nline.\\n\\nTwo.")]
    ['One line.', 'Two.']
    """
    return tuple(Paragraph(plain(part), look) for part in re.split(r"\n\s*\n", text) if part.strip())
