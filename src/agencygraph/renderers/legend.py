"""The key of a map: one sample of whatever occurs on it, and nothing else. Knows no case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from agencygraph.renderers.changes import pill
from agencygraph.renderers.emphasis import draw_halo, gap_sign, gap_size, line_halo
from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import width_of
from agencygraph.renderers.markup import draw_box, element, num, words_at
from agencygraph.renderers.shapes import draw_band, draw_question, draw_stroke
from agencygraph.renderers.signs import badge_size
from agencygraph.scene import Line, Point, Rect, Scene
from agencygraph.themes import Stroke, Theme

ROW, SAMPLE = 17.0, 38.0
LOW_ROW, MOST_ROWS = 14.5, 6  # where there are more than two rows
WIDE, NARROW = 22.0, 9.0  # between columns


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the key: the width of its sample, its words, and how the sample is drawn at a spot (its left middle)."""

    width: float
    words: str
    draw: Callable[[Point, str], str]


def entries(scenes: Sequence[Scene], theme: Theme, deep: int = 2) -> tuple[tuple[Entry, ...], ...]:
    """Return the columns of the key, each of so many entries at most."""
    lines = [line for scene in scenes for line in scene.lines]
    drawn = {(line.bond.critical, line.bond.two_way) for line in lines}
    columns = [tuple(_tie_entry(critical, two_way, theme) for critical in (True, False) if (critical, two_way) in drawn)
               for two_way in (False, True)]  # fmt: skip
    doubts = {status: [line for line in lines if line.status == status] for status in ("disputed", "unknown")}
    columns.append(tuple(_status_entry(status, some, theme) for status, some in doubts.items() if some))
    columns += _in_columns(_change_entries([line.change for line in lines if line.change], theme), deep)
    extra = dict.fromkeys(entry for scene in scenes for entry in scene.legend)
    columns += _in_columns([_extra_entry(sample, words, theme) for sample, words in extra], deep)
    present = {card.sector for scene in scenes for card in scene.cards if card.sector}
    order = [name for name, _ in theme.sectors] + [name for name in scenes[0].sectors if name not in dict(theme.sectors)]
    sectors = [_sector_entry(name, scenes[0].sectors, theme) for name in order if name in present]
    columns += _in_columns(sectors, deep)
    if deep > 2:
        columns = _in_columns([entry for column in columns for entry in column], deep)
    return tuple(column for column in columns if column)


def _in_columns(found: Sequence[Entry], deep: int) -> list[tuple[Entry, ...]]:
    return [tuple(found[at : at + deep]) for at in range(0, len(found), deep)]


def _widths(columns: Sequence[Sequence[Entry]], theme: Theme) -> list[float]:
    return [max(entry.width for entry in column) + 6.0 + max(width_of(entry.words, theme.small_size) for entry in column)
            for column in columns]  # fmt: skip


def draw_key(scenes: Sequence[Scene], width: float, theme: Theme) -> tuple[str, float]:
    """Return the key as markup whose top is at 0, and its height: 50, or more where the columns pass the page's width."""
    columns, deep = entries(scenes, theme), 2
    while deep < MOST_ROWS and fsum(_widths(columns, theme)) + NARROW * (len(columns) - 1) > width:
        deep += 1
        columns = entries(scenes, theme, deep)
    x, top, row_height, parts = 0.0, 0.0, (ROW if deep == 2 else LOW_ROW) * theme.scale, []
    widths = _widths(columns, theme)
    # Columns move closer together before they go to another row.
    spare = (width - fsum(widths)) / max(1, len(columns) - 1)
    space = min(WIDE, spare) if spare >= NARROW else WIDE
    for column, wide in zip(columns, widths, strict=True):
        if x > 0 and x + wide > width + 0.1:
            x, top = 0.0, top + deep * row_height + 4.0
        for row, entry in enumerate(column):
            y = top + 4.0 * theme.scale + row_height * (row + 1)
            spot = (x + max(e.width for e in column) + 6.0, y + BASE * theme.small_size)
            text = words_at(spot, entry.words, theme.small_size, theme.ink)
            parts.append(entry.draw((x, y), text))
        x += wide + space
    rule = element("path", [("d", f"M0 6H{num(width)}"), ("stroke", theme.rule), ("stroke-width", "0.8")])
    height = theme.key_height + top + deep * row_height - 2 * ROW * theme.scale
    return element("g", [("class", "key"), ("aria-hidden", "true")], rule + "".join(parts)), height


def _tie_entry(critical: bool, two_way: bool, theme: Theme) -> Entry:
    words = f"{'Critical' if critical else 'Peripheral'}, {'both ways' if two_way else 'one way'}"

    def draw(spot: Point, text: str) -> str:
        marks = [("data-strength", "critical" if critical else "peripheral"), ("data-two-way", "true" if two_way else "false")]
        return element("g", marks, _sample(spot, critical, two_way, theme) + text)

    return Entry(SAMPLE, words, draw)


def _sample(spot: Point, critical: bool, two_way: bool, theme: Theme) -> str:
    """A level line with its heads."""
    return _level(spot, theme.stroke(critical), two_way)


def _level(spot: Point, stroke: Stroke, two_way: bool) -> str:
    (x, y), (long, wide) = spot, stroke.head
    east = x + SAMPLE
    heads = [((east, y), (east - long, y - wide / 2), (east - long, y + wide / 2))]
    heads += [((x, y), (x + long, y - wide / 2), (x + long, y + wide / 2))] if two_way else []
    start, end = x + (0.7 * long if two_way else 0.0), east - 0.7 * long
    return draw_stroke(((start, y), (start, y), (end, y), (end, y)), heads, stroke)


def _status_entry(status: str, lines: Sequence[Line], theme: Theme) -> Entry:
    """How a doubtful tie looks: thin and dotted where it is not known, or bold where only critical ones are not."""
    words = {"disputed": "The group does not agree", "unknown": "Not known to the group"}[status]
    thin = replace(theme.peripheral, dash=theme.unknown_dash)
    stroke = replace(theme.critical if all(line.bond.critical for line in lines) else thin, ink=theme.unknown_ink)

    def draw(spot: Point, text: str) -> str:
        sample = _level(spot, stroke, False) if status == "unknown" else ""
        return element("g", [], sample + draw_question((spot[0] + SAMPLE / 2 - 2.0, spot[1]), theme) + text)

    return Entry(SAMPLE, words, draw)


def _change_entries(kinds: Sequence[str], theme: Theme) -> list[Entry]:
    """What each colour and sign of a change map means; kinds that look alike stand once."""
    looks = {ink.words: kind for kind, ink in reversed(theme.changes) if kind in kinds}
    order = dict.fromkeys(ink.words for _, ink in theme.changes)
    return [_change_entry(looks[words], words, theme) for words in order if words in looks]


def _change_entry(kind: str, words: str, theme: Theme) -> Entry:
    ink = theme.change(kind)
    dash = theme.lost_dash if kind == "lost" else ()
    width = theme.critical.width if ink.sign else theme.unchanged_widths[0]
    stroke = replace(theme.critical, ink=ink.ink, dash=dash, width=width)

    def draw(spot: Point, text: str) -> str:
        sample = _level(spot, stroke, False)
        if ink.sign:
            high = badge_size(1, theme)[1]
            sample += pill(Rect(spot[0] + 5.0, spot[1] - high / 2, 1.5 * high, high), None, kind, theme)
        return element("g", [], sample + text)

    return Entry(SAMPLE, words, draw)


def _extra_entry(sample: str, words: str, theme: Theme) -> Entry:
    """What a view puts on its map: a card or a line with its halo, what steps back, a numbered disc, a missing link."""

    def draw(spot: Point, text: str) -> str:
        x, y = spot
        box = Rect(x + 4.6, y - 6.0, 24.0, 12.0)
        if sample == "gap":
            wide, high = gap_size(theme)
            return element("g", [], gap_sign(Rect(x + 1.0, y - high / 2, wide, high), theme) + text)
        if sample == "number":
            shape = draw_box(Rect(x + 8.0, y - 7.0, 14.0, 14.0), 7.0, [("fill", theme.ink)])
            digit = words_at((x + 15.0, y + BASE * theme.pill_size), "1", theme.pill_size, theme.paper, bold=True, anchor="middle")
            return element("g", [], shape + digit + text)
        if sample == "line":
            level = ((x, y), (x, y), (x + SAMPLE - 6.0, y), (x + SAMPLE - 6.0, y))
            return element("g", [], line_halo(level, theme.critical.width, theme) + _level(spot, theme.critical, False) + text)
        strong = sample == "card"
        ink = [("fill", theme.paper), ("stroke", theme.ink if strong else theme.faint_ink)]
        border = theme.strong_border_width if strong else theme.card.border_width
        shape = draw_box(box, 2.5, [*ink, ("stroke-width", border)])
        return element("g", [], (draw_halo(box, 2.5, theme) if strong else "") + shape + text)

    return Entry(gap_size(theme)[0] + 2.0 if sample == "gap" else SAMPLE, words, draw)


def _sector_entry(name: str, sectors: tuple[str, ...], theme: Theme) -> Entry:
    sector = theme.sector(name, sectors)
    words = sector.words if sector else name

    def draw(spot: Point, text: str) -> str:
        if sector is None:
            return text
        box = Rect(spot[0] + 0.6, spot[1] - 6.0 * theme.scale, 16.0 * theme.scale, 12.0 * theme.scale)
        card = draw_box(box, 2.5, [("fill", theme.paper), ("stroke", sector.ink), ("stroke-width", "1.1")])
        return element("g", [], card + draw_band(Rect(box.x, box.y, theme.band_width, box.height), sector, 2.5, 1.1) + text)

    return Entry(1.2 + 16.0 * theme.scale, words, draw)
