"""A picture as PDF: set by typst on one page, tagged for screen readers (PDF/UA-1), the same bytes on every computer."""

from __future__ import annotations

import re
from functools import lru_cache

from agencygraph.errors import MissingExtraError
from agencygraph.renderers.bundled import font_file, spell

A4 = (595.276, 841.89)
MARGIN = 28.0
LEAST_SCALE = 0.85  # a picture that would shrink more than this gets a page of its own size
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PAGE = """\
#set document(title: sys.inputs.title, date: none)
#set text(lang: "en", region: "GB", font: "DejaVu Sans")
#set page(width: {width}pt, height: {height}pt, margin: {margin}pt)
#set align(center + horizon)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.text, width: {wide}pt, height: {high}pt)
"""


@lru_cache(maxsize=16)
def write_pdf(svg: str, title: str, text: str) -> bytes:
    """Return a picture as a PDF of one page, with its title, its language, and the same in words for screen readers.

    The page is A4, upright or across as the picture is; a picture too large for it gets a page of its own size.

    Raises
    ------
    MissingExtraError
        Where typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("a .pdf needs typst, which is not installed: pip install 'agencygraph[pack]'. "
                                "A map as .html prints to PDF from any browser and needs nothing more.") from None
    folder = font_file(False).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    compiler = typst.Compiler(_page(svg).encode("utf-8"), root=str(folder), font_paths=fonts,
                              sys_inputs={"svg": spell(svg), "title": title, "text": text})  # fmt: skip
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    return made if isinstance(made, bytes) else b"".join(made or ())


def _page(svg: str) -> str:
    """The page as typst sets it: A4 with the picture as large as it is, or somewhat smaller; else a page round the picture."""
    width, height = size_of(svg)
    across = width > height
    sheet = A4[::-1] if across else A4
    scale = min(1.0, (sheet[0] - 2 * MARGIN) / width, (sheet[1] - 2 * MARGIN) / height)
    if scale < LEAST_SCALE:
        scale, sheet = 1.0, (width + 2 * MARGIN, height + 2 * MARGIN)
    wide, high = (f"{side * scale:.3f}" for side in (width, height))
    return _PAGE.format(width=f"{sheet[0]:.3f}", height=f"{sheet[1]:.3f}", margin=MARGIN - 0.01, wide=wide, high=high)


def size_of(svg: str) -> tuple[float, float]:
    """Return how wide and high a picture is, in points.

    Examples
    --------
    >>> size_of('<svg viewBox="0 0 774 496">')
    (774.0, 496.0)
    """
    found = _VIEW.search(svg)
    return (float(found[1]), float(found[2])) if found else A4[::-1]
