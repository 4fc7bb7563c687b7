"""What may be asked of a picture that is no map, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agencygraph.errors import InvalidError, did_you_mean
from agencygraph.renderers.leaves import Frame
from agencygraph.renderers.svg import Heading
from agencygraph.themes import PRINT, Theme, on_page, theme_of

_TAKEN = ("names", "title", "subtitle", "marking")
_WHY = {"layout": "layout says where people stand, and on this picture nobody has a place of their own",
        "only": "only leaves ties out, and this picture shows none",
        "show": "show brings forward somebody on a map, and this picture is none"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks: its theme, headings of the caller's own, whether private names are shown, how high a page may be.

    A `bare` picture has no headings above it, because it goes onto a page that has its own; in the file they stand.
    """

    theme: Theme = PRINT
    names: bool = False
    title: str = ""
    subtitle: str = ""
    marking: str = ""
    height: float = 0.0  # as high as the theme's page
    bare: bool = False

    def frame(self, title: str, subtitle: str, described: str, key: tuple[tuple[str, str], ...]) -> Frame:
        """Return the pages' frame: the caller's own headings where there are any."""
        heading = Heading(self.title or title, self.subtitle or subtitle, self.marking, described)
        return Frame(heading, key, self.theme, self.height or self.theme.page_height, self.bare)

    def words(self, title: str, subtitle: str, lines: list[str]) -> str:
        """Return the whole picture in words: marking, title and subtitle above its lines."""
        head = [line for line in (self.marking, self.title or title, self.subtitle or subtitle) if line]
        return "\n".join([*head, *lines]) + "\n"


def look_of(theme: Theme | str, words: Mapping[str, Any]) -> Look:
    """Return what was asked for.

    Raises
    ------
    InvalidError
        For what only a map can be asked.
    UnknownNameError
        For a page or a theme that does not exist.
    TypeError
        For a word that nothing can be asked by.

    Examples
    --------
    >>> look_of("print", {"title": "Panel of May"}).title
    'Panel of May'
    """
    for word, value in words.items():
        if value and word in _WHY:
            raise InvalidError(f"{_WHY[word]}: leave {word}={value!r} out.")
        if word not in (*_TAKEN, *_WHY, "page"):
            raise TypeError(f"draw() got an unexpected keyword argument '{word}'.{did_you_mean(word, (*_TAKEN, 'page'))}")
    return Look(on_page(theme_of(theme), words.get("page", "")), **{word: words[word] for word in _TAKEN if word in words})
