"""Printing: a page as SVG and as PNG. The only module that knows matplotlib, which is loaded when it is first needed."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from agencygraph.charts.page import Box, Page, Rule, Words
from agencygraph.renderers.bundled import drawable, font_file
from agencygraph.renderers.markup import element, escape, num

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.transforms import Transform

PIXELS_PER_INCH = 200
_ALIGN: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
# Comments repeat every word, numbered ids would stand twice on a notebook's page, and a style would reach all of that page.
_NEEDLESS = re.compile(r'\s*<!--.*?-->|\s*<style.*?</style>|\s*<metadata>.*?</metadata>| id="(?:figure|patch|text|line2d)_\d+"',
                       re.DOTALL)


@lru_cache(maxsize=32)
def print_svg(page: Page) -> str:
    """Return a page as SVG. Letters are outlines, so that it looks alike everywhere; its words stand in its description."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    file = io.StringIO()
    with _settings_of_its_own():
        canvas = FigureCanvasSVG(_draw(page, 72))
        nothing_more = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        canvas.print_svg(file, metadata=nothing_more)  # type: ignore[no-untyped-call]  # matplotlib gives it no types
    drawn = _NEEDLESS.sub("", file.getvalue().partition("<svg")[2].partition(">")[2].rpartition("</svg>")[0]).strip()
    key = hashlib.sha256(f"{page.title}\n{page.alt}".encode()).hexdigest()[:12]
    said = element("title", [("id", f"t{key}")], escape(page.title)) + element("desc", [("id", f"d{key}")], escape(page.alt))
    group = element("g", [("aria-hidden", "true"), ("stroke-linejoin", "round"), ("stroke-linecap", "butt")], drawn)
    return element("svg", [
        ("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
        ("width", f"{num(page.width)}pt"), ("height", f"{num(page.height)}pt"),
        ("viewBox", f"0 0 {num(page.width)} {num(page.height)}"), ("role", "img"), ("aria-labelledby", f"t{key} d{key}"),
    ], f"{said}{group}") + "\n"  # fmt: skip


@lru_cache(maxsize=32)
def print_png(page: Page) -> bytes:
    """Return a page as PNG with 200 pixels to the inch, with its title and its words inside as text."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = io.BytesIO()
    with _settings_of_its_own():
        canvas = FigureCanvasAgg(_draw(page, PIXELS_PER_INCH))
        said = {"Software": None, "Title": page.title, "Description": page.alt}
        canvas.print_png(file, metadata=said)  # type: ignore[no-untyped-call]  # matplotlib gives it no types
    return file.getvalue()


@contextmanager
def _settings_of_its_own() -> Iterator[None]:
    """Draw with the settings that matplotlib comes with, whatever the user's are, and leave the user's as they were."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update({"svg.hashsalt": "agencygraph", "svg.fonttype": "path", "hatch.linewidth": 0.7})
        yield


def _draw(page: Page, dots_per_inch: int) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    figure = Figure(figsize=(page.width / 72, page.height / 72), dpi=dots_per_inch, facecolor=page.paper)
    points = Affine2D().scale(1 / 72, -1 / 72).translate(0, page.height / 72) + figure.dpi_scale_trans
    for order, mark in enumerate(page.marks):
        artist = _artist(mark, points)
        artist.set_zorder(order)
        figure.add_artist(artist)
    return figure


def _artist(mark: Box | Rule | Words, points: Transform) -> Artist:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    if isinstance(mark, Box):
        return Rectangle((mark.x, mark.y), mark.width, mark.height, facecolor=mark.fill or "none", edgecolor=mark.edge or "none",
                         linewidth=0.8, hatch=mark.hatch or None, transform=points)
    if isinstance(mark, Rule):
        return Line2D((mark.x1, mark.x2), (mark.y1, mark.y2), color=mark.ink, linewidth=mark.width, transform=points)
    # Without this a pair of dollar signs in a label would be read as a formula.
    return Text(mark.x, mark.y, drawable(mark.text, mark.bold), color=mark.ink, fontproperties=_font(mark.size, mark.bold),
                horizontalalignment=_ALIGN[mark.anchor], verticalalignment="baseline", parse_math=False, transform=points)


def _font(size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=font_file(bold), size=size)
