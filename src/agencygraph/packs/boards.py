"""Pictures that are no maps on leaves of a pack: as large as they are, on as many pages as they take."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.boards import Look
from agencygraph.packs.document import PICTURES, Heading, Leaf, plain
from agencygraph.packs.pictures import HEADING_ROOM, picture_of
from agencygraph.renderers.sheet import Leaf as Page
from agencygraph.renderers.sheet import Sheet
from agencygraph.themes import Theme


def look_for(theme: Theme, title: str = "", *, names: bool = False) -> Look:
    """Return how a picture is drawn for a leaf across: without headings, which the leaf has, and no higher than it.

    >>> look_for(Theme(), "Panel").bare
    True
    """
    width, height = Leaf((), True, PICTURES).room
    # No higher than the page, so that letters stay as large as they are.
    return Look(theme, names, title, height=(height - HEADING_ROOM) * theme.page_width / width, bare=True)


def picture_leaves(sheet: Sheet, heading: str, level: int) -> Iterator[Leaf]:
    """Yield a leaf for each page of a picture, under a heading.

    >>> [leaf.blocks[0] for leaf in picture_leaves(Sheet("Team", "<svg/>", "", ()), "The team", 1)]
    [Heading(text='The team', level=1)]
    """
    width, height = Leaf((), True, PICTURES).room
    for number, page in enumerate(sheet.leaves or (Page(sheet.svg, sheet.text),)):
        again = ", continued" if number else ""
        picture = picture_of(page.svg, sheet.title, page.text, (width, height - HEADING_ROOM))
        yield Leaf((Heading(plain(heading) + again, level + bool(number)), picture), True, PICTURES)
