"""A picture on matplotlib axes: our own drawing, shape by shape, for figures that hold a map beside charts. No pyplot."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import acos, atan2, ceil, cos, pi, sin, sqrt, tan
from typing import TYPE_CHECKING

from agencygraph.renderers.bundled import drawable, font_file
from agencygraph.renderers.pdf import size_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

Ink = Mapping[str, str]
Spots = list[tuple[float, float]]

_KEPT = ("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-size", "font-weight",
         "text-anchor")  # fmt: skip
_NUMBERS = ("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2")
_STEP = re.compile(r"([MLHVCAZmlhvcaz])|(-?\d*\.?\d+)")
_MOVE = re.compile(r"translate\((-?[\d.]+)[ ,]+(-?[\d.]+)\)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
_MOVETO, _LINETO, _CURVE4, _CLOSE = 1, 2, 4, 79  # matplotlib's codes of a path


def paint(svg: str, ax: Axes) -> Axes:
    """Draw a picture on axes of your own figure, to stand beside charts in a report; return the axes.

    The axes take the picture's units (points, downwards) and lose their frame. Lines are as thick as the axes' size in the
    figure asks for at the moment of drawing, so lay the figure out first. Each shape carries the key of its group as its `gid`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from agencygraph import cases, draw
    >>> ax = paint(draw(cases.peter()).svg, Figure(figsize=(11, 7)).add_subplot())
    >>> len(ax.patches) > 50
    True
    """
    import matplotlib as mpl

    width, height = size_of(svg)
    ax.set_xlim(0.0, width)
    ax.set_ylim(height, 0.0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    window, figure = ax.get_window_extent(), ax.get_figure(root=True)
    scale = min(window.width / width, window.height / height) * 72.0 / (figure.dpi if figure else 72.0)
    with mpl.rc_context({"lines.scale_dashes": True}):
        for item in _items(ET.fromstring(svg), {}, (0.0, 0.0), ""):  # noqa: S314 - the library wrote it itself
            patch = _patch(item, scale)
            if patch is not None:
                ax.add_patch(patch)
    return ax


@dataclass(frozen=True, slots=True)
class _Item:
    """A shape or a text of the picture with the ink that it inherits, its place, and the key of its group."""

    element: ET.Element
    ink: Ink
    shift: tuple[float, float]
    key: str


def _items(element: ET.Element, ink: Ink, shift: tuple[float, float], key: str) -> Iterator[_Item]:
    kind = element.tag.rpartition("}")[2]
    ink = {**ink, **{name: element.attrib[name] for name in _KEPT if name in element.attrib}}
    moved = _MOVE.search(element.get("transform", ""))
    if moved:
        shift = (shift[0] + float(moved[1]), shift[1] + float(moved[2]))
    ends = "-".join(element.get(name, "") for name in ("data-from", "data-to"))
    key = element.get("data-key") or ends.strip("-") or key
    if kind in ("svg", "g"):
        for child in element:
            yield from _items(child, ink, shift, key)
    elif kind not in ("title", "desc"):
        yield _Item(element, ink, shift, key)


def _patch(item: _Item, scale: float) -> PathPatch | None:
    """A shape as matplotlib draws it; None for a text without letters."""
    from matplotlib.patches import PathPatch

    is_text = item.element.tag.endswith("text")
    outline = _letters(item) if is_text else _outline(item)
    if outline is None:
        return None
    fill, stroke = item.ink.get("fill", "#000000"), "none" if is_text else item.ink.get("stroke", "none")
    width = float(item.ink.get("stroke-width", "1"))
    dash = [float(part) / width for part in item.ink.get("stroke-dasharray", "").replace(",", " ").split() if part != "none"]
    return PathPatch(outline, facecolor=fill, edgecolor=stroke, linewidth=width * scale if stroke != "none" else 0.0,
                     linestyle=(0, dash) if dash else "solid", joinstyle="round", capstyle="butt", gid=item.key or None,
                     alpha=float(item.ink.get("opacity", "1")))  # fmt: skip


def _letters(item: _Item) -> Outline | None:
    """Words as outlines, which grow and shrink with the picture."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    bold = item.ink.get("font-weight") == "bold"
    # Without the back-slash a pair of dollar signs in a label would be read as a formula.
    words = drawable(item.element.text or "", bold).replace("$", r"\$")
    if not words.strip():
        return None
    path = TextPath((0, 0), words, size=float(item.ink.get("font-size", "16")), prop=FontProperties(fname=font_file(bold)))
    wide = path.get_extents().x1
    start = {"middle": wide / 2, "end": wide}.get(item.ink.get("text-anchor", ""), 0.0)
    x, y = (float(item.element.get(name, "0")) + by for name, by in zip("xy", item.shift, strict=True))
    return Affine2D().scale(1, -1).translate(x - start, y).transform_path(path)


def _outline(item: _Item) -> Outline:
    from matplotlib.path import Path as Outline

    spots, codes = [], []
    for code, x, y in _steps(_data(item.element)):
        spots.append((x + item.shift[0], y + item.shift[1]))
        codes.append(code)
    return Outline(spots, codes)


def _data(element: ET.Element) -> str:
    """Any shape as path data."""
    kind = element.tag.rpartition("}")[2]
    number = {name: float(element.get(name, "0")) for name in _NUMBERS}
    if kind == "rect":
        return _box(number["x"], number["y"], number["width"], number["height"], number["rx"])
    if kind in ("ellipse", "circle"):
        across, down = (number["r"], number["r"]) if kind == "circle" else (number["rx"], number["ry"])
        x, y, turn = number["cx"], number["cy"], f"A{across} {down} 0 0 1 "
        return f"M{x - across} {y}{turn}{x + across} {y}{turn}{x - across} {y}Z"
    if kind == "line":
        return f"M{number['x1']} {number['y1']}L{number['x2']} {number['y2']}"
    if kind in ("polygon", "polyline"):
        return f"M{element.get('points', '').replace(',', ' ')}{'Z' if kind == 'polygon' else ''}"
    return element.get("d", "")


def _box(x: float, y: float, wide: float, high: float, radius: float) -> str:
    east, foot, r = x + wide, y + high, min(radius, wide / 2, high / 2)
    if not r:
        return f"M{x} {y}H{east}V{foot}H{x}Z"
    turn = f"A{r} {r} 0 0 1 "
    return (f"M{x + r} {y}H{east - r}{turn}{east} {y + r}V{foot - r}{turn}{east - r} {foot}"
            f"H{x + r}{turn}{x} {foot - r}V{y + r}{turn}{x + r} {y}Z")  # fmt: skip


# ------------------------------------------------------------------------------------------------------------------- path data
def _steps(data: str) -> Iterator[tuple[int, float, float]]:
    """Path data as matplotlib's codes and points."""
    x = y = first_x = first_y = 0.0
    for letter, values in _commands(data):
        name, (ox, oy) = letter.upper(), (x, y) if letter.islower() else (0.0, 0.0)
        if name == "Z":
            x, y = first_x, first_y
            yield _CLOSE, x, y
        elif name == "C":
            for at in (0, 2, 4):
                yield _CURVE4, ox + values[at], oy + values[at + 1]
            x, y = ox + values[4], oy + values[5]
        elif name == "A":
            end = (ox + values[5], oy + values[6])
            yield from ((_CURVE4, *spot) for spot in _arc((x, y), end, values))
            x, y = end
        else:
            x = x if name == "V" else ox + values[0]
            y = y if name == "H" else oy + values[-1]
            if name == "M":
                first_x, first_y = x, y
            yield _MOVETO if name == "M" else _LINETO, x, y


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """The commands of path data one by one; numbers that follow without a letter repeat the last one."""
    letter, values = "", list[float]()
    for found in _STEP.finditer(data):
        if found[1]:
            letter, values = found[1], []
        else:
            values.append(float(found[2]))
        if letter and len(values) == _COUNTS[letter.upper()]:
            yield letter, values
            values = []
            letter = {"M": "L", "m": "l", "Z": "", "z": ""}.get(letter, letter)


def _arc(start: tuple[float, float], end: tuple[float, float], values: list[float]) -> Spots:
    """An arc of an upright ellipse as cubic curves, each at most a quarter."""
    rx, ry, large, sweep = values[0], values[1], values[3] != 0, values[4] != 0
    if not rx or not ry or start == end:
        return [start, end, end]
    # Half the way from end to start, in a frame in which the ellipse is the unit circle.
    hx, hy = (start[0] - end[0]) / 2 / rx, (start[1] - end[1]) / 2 / ry
    far = hx * hx + hy * hy
    grow = sqrt(far) if far > 1 else 1.0
    rx, ry, hx, hy, far = rx * grow, ry * grow, hx / grow, hy / grow, min(far, 1.0)
    side = sqrt((1 - far) / far) * (-1 if large == sweep else 1)
    cx, cy = side * hy, -side * hx
    begin = atan2(hy - cy, hx - cx)
    turn = acos(max(-1.0, min(1.0, (hx - cx) * (-hx - cx) + (hy - cy) * (-hy - cy))))
    turn = 2 * pi - turn if large else turn
    count = max(1, ceil(turn / (pi / 2) - 1e-6))
    step = (turn if sweep else -turn) / count
    bend = 4 / 3 * tan(step / 4)
    mx, my = (start[0] + end[0]) / 2 + cx * rx, (start[1] + end[1]) / 2 + cy * ry
    spots: Spots = []
    for at in range(count):
        a, b = begin + at * step, begin + (at + 1) * step
        leave, reach = (cos(a) - bend * sin(a), sin(a) + bend * cos(a)), (cos(b) + bend * sin(b), sin(b) - bend * cos(b))
        spots += [(mx + x * rx, my + y * ry) for x, y in (leave, reach, (cos(b), sin(b)))]
    return spots
