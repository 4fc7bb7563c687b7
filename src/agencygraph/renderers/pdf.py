"""A picture as PDF: set by typst, tagged for screen readers (PDF/UA-1), the same bytes on every computer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agencygraph.errors import MissingExtraError
from agencygraph.renderers.bundled import font_file, spell

A4, A3 = (595.276, 841.89), (841.89, 1190.551)
MARGIN = 24.0
LEAST_SCALE = 0.85  # a picture that would shrink more than this gets a page of its own size
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PIXELS = re.compile(r'<svg [^>]*? width="([\d.]+)"')
_HEAD = """\
#set document(title: sys.inputs.title, date: none)
#set text(lang: "en", region: "GB", font: "DejaVu Sans")
#set align(center + horizon)
"""
_PAGE = """\
#page(width: {width}pt, height: {height}pt, margin: {margin}pt)[
  #image(bytes(sys.inputs.svg{at}), format: "svg", alt: sys.inputs.text{at}, width: {wide}pt, height: {high}pt)
]
"""


@lru_cache(maxsize=16)
def write_pdf(svg: str, title: str, text: str, more: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return a picture as a PDF with its title, its language, and the same in words for screen readers.

    Each of `more`, a picture and its words, has a page after it. A page is A4, or A3 for a picture that asks for it, upright or
    across as the picture is; a picture too large for it gets a page of its own size.

    Raises
    ------
    MissingExtraError
        Where typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError.of("a .pdf", "typst", "pack",
                                   "A map as .html prints to PDF from any browser and needs nothing more.") from None
    folder = font_file(False).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    leaves, inputs = ((svg, text), *more), {"title": title}
    for at, (picture, words) in enumerate(leaves):
        inputs |= {f"svg{at}": spell(picture), f"text{at}": words}
    compiler = typst.Compiler(_pages([picture for picture, _ in leaves]).encode("utf-8"), root=str(folder), font_paths=fonts,
                              sys_inputs=inputs)  # fmt: skip
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    return made if isinstance(made, bytes) else b"".join(made or ())


def _pages(svgs: Sequence[str]) -> str:
    """The pages as typst sets them."""
    return _HEAD + "".join(_page(svg, at) for at, svg in enumerate(svgs))


def _page(svg: str, at: int) -> str:
    """A page: with the picture as large as it is, or somewhat smaller; else a page round the picture."""
    (width, height), zoom = size_of(svg), _zoom_of(svg)
    width, height = width * zoom, height * zoom
    upright = A4 if zoom == 1.0 else A3
    margin = MARGIN * zoom
    sheet = upright[::-1] if is_across(svg) else upright
    scale = min(1.0, (sheet[0] - 2 * margin) / width, (sheet[1] - 2 * margin) / height)
    if scale < LEAST_SCALE:
        scale, sheet = 1.0, (width + 2 * margin, height + 2 * margin)
    lengths = {"width": sheet[0], "height": sheet[1], "wide": width * scale, "high": height * scale}
    written = {name: f"{length:.3f}" for name, length in lengths.items()}
    return _PAGE.format(**written, margin=f"{margin - 0.01:.2f}", at=at)


def is_across(svg: str) -> bool:
    """Return whether a picture is for a page across; one as wide as an upright page was drawn for such a page, however low it is.

    Examples
    --------
    >>> is_across('<svg viewBox="0 0 774 496">'), is_across('<svg viewBox="0 0 547 496">')
    (True, False)
    """
    width, height = size_of(svg)
    return width > height and abs(width - A4[0] + 2 * MARGIN) >= 1.0


def _zoom_of(svg: str) -> float:
    """How many times larger than on A4 a picture is to be printed: it says so by its width in pixels."""
    found = _PIXELS.search(svg)
    zoom = float(found[1]) * 0.75 / size_of(svg)[0] if found else 1.0
    return zoom if zoom > 1.1 else 1.0


def size_of(svg: str) -> tuple[float, float]:
    """Return how wide and high a picture is, in points.

    Examples
    --------
    >>> size_of('<svg viewBox="0 0 774 496">')
    (774.0, 496.0)
    """
    found = _VIEW.search(svg)
    return (float(found[1]), float(found[2])) if found else A4[::-1]
