"""The ink of changes: numbered pills with drawn signs on the map, and the list of changes beside it. Knows no case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import tidy, wrap
from agencygraph.renderers.markup import draw_box, element, num, points, words_at
from agencygraph.renderers.signs import badge_size
from agencygraph.scene import Line, Point, Rect, Remark, Topic
from agencygraph.themes import Theme

COLUMN_GAP = 18.0
LEADING = 1.25
LIST = 0.94  # how large the letters of a list beside a map are, to those of the key


def draw_badge(line: Line, theme: Theme) -> str:
    """Return the numbered pill of a line that changed; what it says is part of the line's name already."""
    if line.badge is None or line.number is None:
        return ""
    return element("g", [("class", "badge"), ("data-number", str(line.number)), ("aria-hidden", "true")],
                   pill(line.badge, line.number, line.change, theme))  # fmt: skip


def pill(box: Rect, number: int | None, change: str, theme: Theme) -> str:
    """Return a pill with the sign of a change, and its number if it has one."""
    ink, size = theme.change(change), theme.small_size
    shape = draw_box(box, box.height / 2, [("fill", theme.paper), ("stroke", ink.ink), ("stroke-width", "1.4")])
    middle = box.y + box.height / 2
    x = box.x + (0.85 * size if number is not None else box.width / 2)
    words = "" if number is None else words_at((box.x + 1.4 * size, middle + BASE * size), str(number), size, ink.ink, bold=True)
    return shape + draw_sign((x, middle), ink.sign, ink.ink, size / 8.5) + words


def draw_sign(spot: Point, sign: str, ink: str, scale: float) -> str:
    """Return the sign of a change, drawn: a plus, a cross, a triangle up or down, or both triangles."""
    (x, y), r = spot, 3.1 * scale
    if sign in ("plus", "cross"):
        d = 0.8 * r
        strokes = [(x - r, y, x + r, y), (x, y - r, x, y + r)]
        if sign == "cross":
            strokes = [(x - d, y - d, x + d, y + d), (x - d, y + d, x + d, y - d)]
        data = "".join(f"M{num(a)} {num(b)}L{num(c)} {num(d)}" for a, b, c, d in strokes)
        look = [("fill", "none"), ("stroke", ink), ("stroke-width", num(1.8 * scale))]
        return element("path", [("class", "sign"), ("d", data), *look])
    up, down = ((x, y - r), (x + 1.05 * r, y + 0.8 * r), (x - 1.05 * r, y + 0.8 * r)), (
        (x, y + r), (x + 1.05 * r, y - 0.8 * r), (x - 1.05 * r, y - 0.8 * r))  # fmt: skip
    if sign == "both":
        up, down = ((x, y - 1.25 * r), (x + r, y - 0.2 * r), (x - r, y - 0.2 * r)), (
            (x, y + 1.25 * r), (x + r, y + 0.2 * r), (x - r, y + 0.2 * r))  # fmt: skip
    chosen = {"up": (up,), "down": (down,), "both": (up, down)}.get(sign, ())
    return "".join(element("polygon", [("class", "sign"), ("points", points(shape)), ("fill", ink)]) for shape in chosen)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A remark in lines, with the height it takes."""

    remark: Remark
    lines: tuple[str, ...]
    height: float


def draw_remarks(title: str, remarks: Sequence[Remark], width: float, theme: Theme) -> tuple[str, float]:
    """Return the list of changes in two columns, its top at 0, and its height; nothing is cut."""
    size, room = theme.small_size, (width - COLUMN_GAP) / 2
    indent = _indent(remarks, theme)
    rows = [_entry(remark, room - indent, theme, size) for remark in remarks]
    first = _half(rows)
    head = 1.6 * theme.small_size + 10.0
    parts = [element("path", [("d", f"M0 2H{num(width)}"), ("stroke", theme.rule), ("stroke-width", "0.8")])]
    parts.append(words_at((0.0, head - 5.0), title, size * 1.18, theme.ink, bold=True))
    height = 0.0
    for left, entries in ((0.0, rows[:first]), (room + COLUMN_GAP, rows[first:])):
        y = head
        for entry in entries:
            parts.append(_draw_entry(entry, (left, y), indent, theme, size))
            y += entry.height
        height = max(height, y)
    return element("g", [("class", "remarks"), ("aria-hidden", "true")], "".join(parts)), height + 4.0


def draw_topics(title: str, topics: Sequence[Topic], width: float, theme: Theme) -> tuple[str, float]:
    """Return the list of changes in one column, heading by heading, its top at 0, and its height; nothing is cut."""
    size = LIST * theme.small_size
    indent = _indent([remark for topic in topics for remark in topic.remarks], theme) - 2.0
    y = 1.1 * theme.small_size
    parts = [words_at((0.0, y), title, 1.18 * theme.small_size, theme.ink, bold=True)]
    y += 0.4 * size
    for topic in topics:
        for line in wrap(tidy(topic.title), width, size, True, most=3):
            y += 1.3 * size
            parts.append(words_at((0.0, y), line, size, theme.ink, bold=True))
        y += 0.35 * size
        for remark in topic.remarks:
            inset = indent if remark.number is not None else 0.0
            entry = _entry(remark, width - inset, theme, size)
            parts.append(_draw_entry(entry, (0.0, y), inset, theme, size))
            y += entry.height
    return element("g", [("class", "remarks"), ("aria-hidden", "true")], "".join(parts)), y + 2.0


def _indent(remarks: Sequence[Remark], theme: Theme) -> float:
    """How far words stand behind the widest pill."""
    numbered = [remark.number for remark in remarks if remark.number is not None]
    return max((badge_size(number, theme)[0] for number in numbered), default=0.0) + 6.0


def _entry(remark: Remark, room: float, theme: Theme, size: float) -> _Entry:
    lines = wrap(tidy(remark.words), room, size, most=40)
    air = 3.0 if size == theme.small_size else 2.0
    least = badge_size(remark.number, theme)[1] + air - 0.6 if remark.number is not None else 0.0
    return _Entry(remark, lines, max(least, len(lines) * LEADING * size + air))


def _half(rows: Sequence[_Entry]) -> int:
    """After how many rows the second column begins, so that the higher of both is as low as can be."""
    total = [fsum(row.height for row in rows[:at]) for at in range(len(rows) + 1)]
    return min(range(len(rows) + 1), key=lambda at: (max(total[at], total[-1] - total[at]), -at))


def _draw_entry(entry: _Entry, spot: Point, indent: float, theme: Theme, size: float) -> str:
    x, y = spot
    number, top, remark = "", y + 0.3, entry.remark
    if remark.number is not None:
        box = Rect(x + 1.0, top, *badge_size(remark.number, theme))
        number = element("g", [("class", "number")], pill(box, remark.number, remark.change, theme))
    base = top + (0.5 * badge_size(1, theme)[1] if number else 0.8 * size) + BASE * size
    return number + "".join(words_at((x + indent, base + LEADING * size * row), words, size, theme.ink)
                            for row, words in enumerate(entry.lines))  # fmt: skip
