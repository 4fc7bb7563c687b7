"""A cycle of four stages as SVG, clockwise from the upper left, each with its count and a sign for each thing. Knows no case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.leaves import Body
from agencygraph.renderers.lettering import tidy, width_of, wrap
from agencygraph.renderers.markup import draw_box, element, num, points, words_at
from agencygraph.renderers.notes import draw_mark, flow
from agencygraph.renderers.shapes import named
from agencygraph.scene import Point, Rect
from agencygraph.themes import Size, Theme

MOST_MARKS = 80  # of more the count alone is shown
BETWEEN = 56.0  # room for the arrow from one stage to the next and its word
AGAIN = "round again"
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its title and ink, its count in words, what else is told, a sign for each thing, and all of it in words."""

    title: str
    ink: str
    count: str
    told: tuple[str, ...]
    marks: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A stage with the lines under its count, and where it stands."""

    stage: Stage
    lines: tuple[str, ...]
    box: Rect


def write_cycle(middle: tuple[str, str], stages: Sequence[Stage], size: Size, theme: Theme) -> Body:
    """Return the cycle on one page: four boxes, arrows from each to the next, the case in the middle with how many there are."""
    (centre, total), (width, room) = middle, size
    wide = min(292.0, 250.0 * theme.scale, round((width - BETWEEN * theme.scale) / 2, 1))
    lines = [tuple(line for told in stage.told for line in flow(told, wide - 20.0, theme.second_size)) for stage in stages]
    high = max(_height(stage, told, wide, theme) for stage, told in zip(stages, lines, strict=True))
    between = max(74.0 * theme.scale, min(96.0 * theme.scale, room - 2 * high))
    east = width - wide
    boxes = [_Box(stage, told, Rect(east * right, (high + between) * low, wide, high))
             for (stage, told), (right, low) in zip(zip(stages, lines, strict=True), _CORNERS, strict=True)]  # fmt: skip
    height = 2 * high + between
    parts = [element("g", [("class", "lines"), ("aria-hidden", "true")], "".join(_arrows(boxes, width, theme)))]
    parts.append(_centre(tidy(centre), total, (width, height), theme))
    parts += [_draw(one, number, theme) for number, one in enumerate(boxes, 1)]
    return Body(element("g", [("class", "cycle")], "".join(parts)), round(height, 1), "\n".join(stage.words for stage in stages))


def _step(theme: Theme) -> float:
    return 13.0 * theme.scale


def _across(wide: float, theme: Theme) -> int:
    return int((wide - 20.0) / _step(theme))


def _mark_rows(stage: Stage, wide: float, theme: Theme) -> int:
    return -(-len(stage.marks) // _across(wide, theme)) if len(stage.marks) <= MOST_MARKS else 0


def _height(stage: Stage, told: Sequence[str], wide: float, theme: Theme) -> float:
    """The bar, the count, the lines under it and the rows of signs."""
    rows = _mark_rows(stage, wide, theme) * _step(theme)
    return round((24.0 + 28.0) * theme.scale + len(told) * 1.25 * theme.second_size + rows + 16.0, 1)


def _draw(one: _Box, number: int, theme: Theme) -> str:
    box, stage, scale = one.box, one.stage, theme.scale
    x, title = box.x + 10.0, f"{number}  {stage.title}"
    size = min(theme.second_size * 1.1, int(10 * theme.second_size * 1.1 * (box.width - 20.0)
                                            / width_of(title, theme.second_size * 1.1, True)) / 10)  # fmt: skip
    parts = [draw_box(box, 6.0, [("fill", theme.paper), ("stroke", stage.ink), ("stroke-width", "1.8")]),
             draw_box(Rect(box.x, box.y, box.width, 24.0 * scale), 6.0, [("fill", stage.ink)]),
             words_at((x, box.y + 12.0 * scale + BASE * size), title, size, theme.paper, bold=True)]
    y = box.y + (24.0 + 22.0) * scale
    parts.append(words_at((x, y), stage.count, theme.title_size, theme.ink, bold=True))
    y += 6.0 * scale
    for line in one.lines:
        y += 1.25 * theme.second_size
        parts.append(words_at((x, y), line, theme.second_size, theme.ink))
    y += 8.0
    if len(stage.marks) <= MOST_MARKS:
        step, across = _step(theme), _across(box.width, theme)
        parts += [draw_mark(sign, (x + (at % across + 0.5) * step, y + (at // across + 0.5) * step), theme.second_size, theme)
                  for at, sign in enumerate(stage.marks)]  # fmt: skip
    return named("stage", [("data-key", f"n{number + 1}"), ("tabindex", "0")], stage.words, "".join(parts))


def _hub_width(theme: Theme) -> float:
    return min(210.0 * theme.scale, 250.0)


def _centre(centre: str, total: str, size: tuple[float, float], theme: Theme) -> str:
    """The case and how many questions there are."""
    letters = 11.0 * theme.scale
    wide = _hub_width(theme)
    lines = wrap(centre, wide - 20.0, letters, True, most=2)
    high = 16.0 + 1.25 * letters * (len(lines) + 1)
    hub = Rect(round((size[0] - wide) / 2, 1), round((size[1] - high) / 2, 1), wide, round(high, 1))
    ink = [("fill", theme.child.fill), ("stroke", theme.child.border)]
    shape = draw_box(hub, 18.0, [*ink, ("stroke-width", theme.child.border_width)])
    middle = hub.y + 8.0 + 0.625 * letters
    words = [words_at((size[0] / 2, middle + 1.25 * letters * at + BASE * letters), line, letters, theme.child.ink,
                      bold=at < len(lines), anchor="middle") for at, line in enumerate((*lines, total))]  # fmt: skip
    return named("centre", [("data-key", "n1"), ("tabindex", "0")], f"{centre}: {total}", shape + "".join(words))


def _arrows(boxes: Sequence[_Box], width: float, theme: Theme) -> list[str]:
    """From each stage to the next, and round again; the words stand at the arrows, on the outer side where the middle is near."""
    one, two, three, four = (box.box for box in boxes)
    upper, lower = one.y + one.height / 2, three.y + three.height / 2
    east, west = two.x + two.width / 2, one.x + one.width / 2
    ways = [((one.x + one.width, upper), (two.x, upper)), ((east, two.y + two.height), (east, three.y)),
            ((three.x, lower), (four.x + four.width, lower)), ((west, four.y), (west, one.y + one.height))]  # fmt: skip
    outside = west + 9.0 + width_of(AGAIN, theme.second_size) + 6.0 > (width - _hub_width(theme)) / 2
    return [_arrow(start, end, AGAIN if at == 3 else "then", theme, to_left=outside and at == 3)
            for at, (start, end) in enumerate(ways)]  # fmt: skip


def _arrow(start: Point, end: Point, words: str, theme: Theme, *, to_left: bool = False) -> str:
    (ax, ay), (bx, by) = start, end
    level = ay == by
    sign = 1.0 if bx + by > ax + ay else -1.0
    long, half = 11.0, 5.5
    if level:
        tip, base, head = bx - 2.0 * sign, bx - (2.0 + long) * sign, [(by - half), (by + half)]
        shape = [(tip, by), (base, head[0]), (base, head[1])]
        line, spot = f"M{num(ax + 2.0 * sign)} {num(ay)}H{num(base)}", ((ax + bx) / 2, ay - 7.0)
        anchor = "middle"
    else:
        tip, base = by - 2.0 * sign, by - (2.0 + long) * sign
        shape = [(bx, tip), (bx - half, base), (bx + half, base)]
        line, aside = f"M{num(ax)} {num(ay + 2.0 * sign)}V{num(base)}", -9.0 if to_left else 9.0
        spot, anchor = (ax + aside, (ay + by) / 2 + BASE * theme.second_size), "end" if to_left else "start"
    look = [("fill", "none"), ("stroke", theme.ink), ("stroke-width", "2.6")]
    drawn = element("path", [("d", line), *look]) + element("polygon", [("points", points(shape)), ("fill", theme.ink)])
    return drawn + words_at(spot, words, theme.second_size, theme.ink, anchor=anchor)
