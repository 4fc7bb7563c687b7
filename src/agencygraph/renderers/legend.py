"""The key of a map: one sample of whatever occurs on it, and nothing else. Knows no case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import width_of
from agencygraph.renderers.markup import element, num
from agencygraph.renderers.shapes import draw_band, draw_box, draw_question, draw_stroke, words_at
from agencygraph.scene import Point, Rect, Scene
from agencygraph.themes import Theme

ROW, SAMPLE = 17.0, 38.0
WIDE, NARROW = 22.0, 9.0  # between columns


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the key: the width of its sample, its words, and how the sample is drawn at a spot (its left middle)."""

    width: float
    words: str
    draw: Callable[[Point, str], str]


def entries(scenes: Sequence[Scene], theme: Theme) -> tuple[tuple[Entry, ...], ...]:
    """Return the columns of the key, each of one or two entries."""
    lines = [line for scene in scenes for line in scene.lines]
    drawn = {(line.bond.critical, line.bond.two_way) for line in lines}
    columns = [tuple(_tie_entry(critical, two_way, theme) for critical in (True, False) if (critical, two_way) in drawn)
               for two_way in (False, True)]  # fmt: skip
    statuses = {line.status for line in lines}
    columns.append(tuple(_status_entry(status, theme) for status in ("disputed", "unknown") if status in statuses))
    present = {card.sector for scene in scenes for card in scene.cards if card.sector}
    order = [name for name, _ in theme.sectors] + [name for name in scenes[0].sectors if name not in dict(theme.sectors)]
    sectors = [_sector_entry(name, scenes[0].sectors, theme) for name in order if name in present]
    columns += [tuple(sectors[at : at + 2]) for at in range(0, len(sectors), 2)]
    return tuple(column for column in columns if column)


def draw_key(scenes: Sequence[Scene], width: float, theme: Theme) -> tuple[str, float]:
    """Return the key as markup whose top is at 0, and its height: 50, or more where the columns pass the page's width."""
    x, top, parts = 0.0, 0.0, []
    columns = entries(scenes, theme)
    widths = [max(entry.width + 6.0 + width_of(entry.words, theme.small_size) for entry in column) for column in columns]
    # Columns move closer together before they go to another row.
    spare = (width - fsum(widths)) / max(1, len(columns) - 1)
    space = min(WIDE, spare) if spare >= NARROW else WIDE
    for column, wide in zip(columns, widths, strict=True):
        if x > 0 and x + wide > width + 0.1:
            x, top = 0.0, top + 2 * ROW + 4.0
        for row, entry in enumerate(column):
            y = top + 21.0 + ROW * row
            spot = (x + max(e.width for e in column) + 6.0, y + BASE * theme.small_size)
            text = words_at(spot, entry.words, theme.small_size, theme.ink)
            parts.append(entry.draw((x, y), text))
        x += wide + space
    rule = element("path", [("d", f"M0 6H{num(width)}"), ("stroke", theme.rule), ("stroke-width", "0.8")])
    return element("g", [("class", "key"), ("aria-hidden", "true")], rule + "".join(parts)), theme.key_height + top


def _tie_entry(critical: bool, two_way: bool, theme: Theme) -> Entry:
    words = f"{'Critical' if critical else 'Peripheral'}, {'both ways' if two_way else 'one way'}"

    def draw(spot: Point, text: str) -> str:
        marks = [("data-strength", "critical" if critical else "peripheral"), ("data-two-way", "true" if two_way else "false")]
        return element("g", marks, _sample(spot, critical, two_way, "agreed", theme) + text)

    return Entry(SAMPLE, words, draw)


def _sample(spot: Point, critical: bool, two_way: bool, status: str, theme: Theme) -> str:
    """A level line with its heads."""
    stroke = theme.stroke(critical)
    (x, y), (long, wide) = spot, stroke.head
    east = x + SAMPLE
    heads = [((east, y), (east - long, y - wide / 2), (east - long, y + wide / 2))]
    heads += [((x, y), (x + long, y - wide / 2), (x + long, y + wide / 2))] if two_way else []
    start, end = x + (0.7 * long if two_way else 0.0), east - 0.7 * long
    return draw_stroke(((start, y), (start, y), (end, y), (end, y)), heads, stroke, status=status, theme=theme)


def _status_entry(status: str, theme: Theme) -> Entry:
    words = {"disputed": "The group does not agree", "unknown": "Not known to the group"}[status]

    def draw(spot: Point, text: str) -> str:
        sample = _sample(spot, False, False, status, theme) if status == "unknown" else ""
        return element("g", [], sample + draw_question((spot[0] + SAMPLE / 2 - 2.0, spot[1]), theme) + text)

    return Entry(SAMPLE, words, draw)


def _sector_entry(name: str, sectors: tuple[str, ...], theme: Theme) -> Entry:
    sector = theme.sector(name, sectors)
    words = sector.words if sector else name

    def draw(spot: Point, text: str) -> str:
        if sector is None:
            return text
        box = Rect(spot[0] + 0.6, spot[1] - 6.0, 16.0, 12.0)
        card = draw_box(box, 2.5, [("fill", theme.paper), ("stroke", sector.ink), ("stroke-width", "1.1")])
        return element("g", [], card + draw_band(Rect(box.x, box.y, theme.band_width, box.height), sector, 2.5, 1.1) + text)

    return Entry(17.2, words, draw)
