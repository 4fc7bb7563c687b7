"""Writing SVG by hand: numbers as short as they go, every word escaped, always in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agencygraph.renderers.lettering import tidy
from agencygraph.scene import Point, Rect

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}


def num(value: float) -> str:
    """Return a length to a tenth of a point, without needless figures: 2.0 is "2", -0.04 is "0"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def escape(words: str) -> str:
    """Return words that can stand in any place of an XML file; characters that XML forbids are left out."""
    return _NOT_XML.sub("", words).translate(_ESCAPES)


def element(name: str, attributes: Sequence[tuple[str, str | float]], inside: str | None = None) -> str:
    """Return an element; numbers are shortened and words escaped, `inside` is markup already."""
    written = "".join(f' {key}="{escape(value) if isinstance(value, str) else num(value)}"' for key, value in attributes)
    return f"<{name}{written}/>" if inside is None else f"<{name}{written}>{inside}</{name}>"


def words_at(spot: Point, words: str, size: float, ink: str, *, bold: bool = False, anchor: str = "start") -> str:
    """Return a text whose base line starts at a point (or has its middle or its end there)."""
    attributes: list[tuple[str, str | float]] = [("x", spot[0]), ("y", spot[1]), ("font-size", size), ("fill", ink)]
    attributes += [("font-weight", "bold")] if bold else []
    attributes += [("text-anchor", anchor)] if anchor != "start" else []
    return element("text", attributes, escape(tidy(words)))


def draw_box(box: Rect, radius: float, ink: Sequence[tuple[str, str | float]]) -> str:
    """Return a rectangle with rounded corners."""
    sides: list[tuple[str, str | float]] = [("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)]
    return element("rect", [*sides, *([("rx", radius)] if radius else []), *ink])


def disc(x: float, y: float, radius: float) -> str:
    """Return path data of a disc."""
    turn = f"A{num(radius)} {num(radius)} 0 0 1 "
    return f"M{num(x - radius)} {num(y)}{turn}{num(x + radius)} {num(y)}{turn}{num(x - radius)} {num(y)}Z"


def points(spots: Iterable[Point]) -> str:
    """Return points for a polygon."""
    return " ".join(f"{num(x)},{num(y)}" for x, y in spots)


def curve(spots: Sequence[Point]) -> str:
    """Return path data of a chain of cubic curves; one that is straight is written as straight lines."""
    first = f"M{num(spots[0][0])} {num(spots[0][1])}"
    pieces = [spots[at : at + 4] for at in range(0, len(spots) - 1, 3)]
    return first + "".join(_piece(piece) for piece in pieces)


def _piece(piece: Sequence[Point]) -> str:
    if _is_straight(piece):
        return f"L{num(piece[3][0])} {num(piece[3][1])}"
    return "C" + " ".join(f"{num(x)} {num(y)}" for x, y in piece[1:])


def _is_straight(piece: Sequence[Point]) -> bool:
    """Say whether the control points lie on the chord, give or take the rounding."""
    (ax, ay), (dx, dy) = piece[0], piece[3]
    reach = abs(dx - ax) + abs(dy - ay)
    return all(abs((x - ax) * (dy - ay) - (y - ay) * (dx - ax)) <= 0.1 * reach for x, y in piece[1:3])


def rounded(corners: Sequence[Point], radius: float) -> str:
    """Return path data of an outline with right angles (corners in order), each corner rounded by an arc."""
    parts: list[str] = []
    for at, (x, y) in enumerate(corners):
        before, after = corners[at - 1], corners[(at + 1) % len(corners)]
        bend = min(radius, *((abs(other[0] - x) + abs(other[1] - y)) / 2 for other in (before, after)))
        start, end = _toward((x, y), before, bend), _toward((x, y), after, bend)
        turn = (start[0] - x) * (end[1] - y) - (start[1] - y) * (end[0] - x)
        sweep = "0" if turn > 0 else "1"
        parts.append(f"{'L' if parts else 'M'}{num(start[0])} {num(start[1])}"
                     f"A{num(bend)} {num(bend)} 0 0 {sweep} {num(end[0])} {num(end[1])}")
    return "".join(parts) + "Z"


def _toward(corner: Point, other: Point, bend: float) -> Point:
    """The point on the way to the next corner at which the rounding ends."""
    far = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = bend / far if far else 0.0
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share
