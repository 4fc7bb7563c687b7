"""Sheet: a finished picture with the same facts in words and as rows, and the files that it can be saved as. Knows no case."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from agencygraph.errors import FileError, did_you_mean
from agencygraph.files import Where, replace_file
from agencygraph.renderers.roll import Roll
from agencygraph.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a picture that is printed on several, and the same in words."""

    svg: str = field(repr=False)
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A finished picture: the same facts as a drawing, in words, and as rows. Made by `matrix`, and inside every `Map`.

    Attributes
    ----------
    title
        Its heading.
    svg, text
        The drawing, and the same in words.
    rolls
        Who is there and who tells whom, one roll for each map on the sheet.
    scenes
        Where everybody stands; empty for a picture that is no map.
    as_grid
        True where the ties are better shown as a grid than as a list.
    leaves
        The pages on which it is printed, where one page would be too small.

    Examples
    --------
    >>> from agencygraph import cases
    >>> from agencygraph.matrices import matrix
    >>> matrix(cases.peter()).save("peter.html").name
    'peter.html'
    """

    title: str
    svg: str = field(repr=False)
    text: str = field(repr=False)
    rolls: tuple[Roll, ...] = field(repr=False)
    scenes: tuple[Scene, ...] = field(default=(), repr=False)
    as_grid: bool = False
    leaves: tuple[Leaf, ...] = ()

    def render(self, ending: str) -> bytes:
        """Return the bytes of a file of a kind, by its ending: ``.svg .png .pdf .html .txt .dot``.

        Raises
        ------
        FileError
            For another ending.
        MissingExtraError
            Where a part that draws ``.png`` or ``.pdf`` is not installed; the message says how to get it.
        """
        maker = _MAKERS.get(ending.lower())
        if maker is None:
            raise FileError(f"'{ending}' is no ending that a picture can be saved with. End the name in {_CHOICES}."
                            f"{did_you_mean(ending, _MAKERS) if len(ending) > 2 else ''}")  # fmt: skip
        made = maker(self)
        return made if isinstance(made, bytes) else made.encode("utf-8")

    def save(self, path: Where) -> Path:
        """Write the picture to a file whose ending says how, and return its path.

        The file is whole or not there; an older file of the name is replaced.

        Raises
        ------
        FileError
            For an unknown ending, a folder that does not exist, or a place that cannot be written to.
        MissingExtraError
            As `render`.
        """
        target = Path(path)
        if target.suffix.lower() not in _MAKERS:
            raise FileError(f"'{target.name}' does not say how to save the picture: end the name in {_CHOICES}."
                            f"{did_you_mean(target.suffix, _MAKERS) if len(target.suffix) > 2 else ''}")  # fmt: skip
        replace_file(target, self.render(target.suffix))
        return target

    def to_matplotlib(self, ax: Axes) -> Axes:
        """Draw the picture on axes of your own figure, and return them; see `renderers.canvas.paint`."""
        from agencygraph.renderers.canvas import paint

        return paint(self.svg, ax)

    def __repr__(self) -> str:
        return f"Sheet({self.title!r})"

    def __str__(self) -> str:
        return self.text

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, include: Collection[str] | None = None, exclude: Collection[str] | None = None) -> dict[str, str]:
        """Give notebooks the picture, and the words to those that show none."""
        bundle = {"image/svg+xml": self.svg, "text/plain": self.text}
        kept = [kind for kind in bundle if (not include or kind in include) and kind not in (exclude or ())]
        return {kind: bundle[kind] for kind in kept}


# ------------------------------------------------------------------------------------------------- one maker for each ending
def _png(sheet: Sheet) -> bytes:
    from agencygraph.renderers.png import write_png

    return write_png(sheet.svg, sheet.title, sheet.text)


def _pdf(sheet: Sheet) -> bytes:
    from agencygraph.renderers.pdf import write_pdf

    first, *more = sheet.leaves or (Leaf(sheet.svg, sheet.text),)
    return write_pdf(first.svg, sheet.title, first.text, tuple((leaf.svg, leaf.text) for leaf in more))


def _html(sheet: Sheet) -> str:
    from agencygraph.renderers.page import write_page

    if not sheet.rolls:  # no map: nobody's ties to list, and pages of its own where there are several
        return write_page([leaf.svg for leaf in sheet.leaves] or [sheet.svg], sheet.title, sheet.text)
    return write_page([sheet.svg], sheet.title, sheet.text, sheet.rolls, as_grid=sheet.as_grid)


def _dot(sheet: Sheet) -> str:
    from agencygraph.renderers.dot import write_dot

    if not sheet.rolls:
        raise FileError("a .dot file holds who tells whom, and this picture shows no ties: save it with another ending.")
    return write_dot(sheet.title, sheet.scenes, sheet.rolls)


_MAKERS: dict[str, Callable[[Sheet], bytes | str]] = {
    ".svg": lambda sheet: sheet.svg,
    ".png": _png,
    ".pdf": _pdf,
    ".html": _html,
    ".txt": lambda sheet: sheet.text,
    ".dot": _dot,
}
_CHOICES = (".svg (picture), .png (for Word and e-mail), .pdf (to print), .html (a page with words and table), .txt (in words) "
            "or .dot (for Graphviz)")  # fmt: skip
