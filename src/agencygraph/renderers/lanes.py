"""Pathways as lanes: numbered steps one below the other, two lanes side by side, what each takes at its foot. Knows no case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.leaves import Body
from agencygraph.renderers.lettering import tidy, width_of, wrap
from agencygraph.renderers.markup import draw_box, element, num, points, words_at
from agencygraph.renderers.notes import Laid, Note, draw_note, lay
from agencygraph.renderers.shapes import named
from agencygraph.scene import Point, Rect
from agencygraph.themes import Theme

BETWEEN, ARROW = 20.0, 13.0  # between the lanes; from a step to the next


@dataclass(frozen=True, slots=True)
class Lane:
    """A pathway: its title, its steps in their order, and what it takes."""

    title: str
    steps: tuple[Note, ...]
    figures: Note


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in one column of one page: steps by number, and the figures where they come last."""

    lane: int
    first: int
    steps: tuple[Laid, ...]
    figures: Laid | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    """The width of a column, how high it may be, and the theme."""

    width: float
    room: float
    theme: Theme

    @property
    def bar(self) -> float:
        """How high the bar with a lane's title is."""
        return 24.0 * self.theme.scale

    @property
    def numbers(self) -> float:
        """How much room the discs with the numbers take."""
        return 26.0 * self.theme.scale

    def height(self, part: _Part) -> float:
        """How high a column is."""
        total = self.bar + 8.0
        for at, step in enumerate(part.steps):
            total += step.height + (ARROW if at else 0.0)
        return total + (part.figures.height + (14.0 if part.steps else 0.0) if part.figures else 0.0)


def write_lanes(lanes: Sequence[Lane], size: tuple[float, float], theme: Theme) -> tuple[Body, ...]:
    """Return the pages of one lane, which goes on in the next column, or of two, each in a column of its own."""
    paper = _Paper((size[0] - BETWEEN) / 2, size[1], theme)
    columns = [_columns(lane, at, paper, alone=len(lanes) == 1) for at, lane in enumerate(lanes)]
    if len(lanes) == 1:
        (only,) = columns
        pages = [tuple(only[at : at + 2]) for at in range(0, len(only), 2)]
    else:
        pages = [tuple(part for part in row if part) for row in zip_longest(*columns)]
    key, bodies = 1, []
    for page in pages:
        body, key = _page(lanes, page, paper, key)
        bodies.append(body)
    return tuple(bodies)


def _columns(lane: Lane, number: int, paper: _Paper, *, alone: bool) -> list[_Part]:
    """A lane in as many columns as it needs; what it takes stands in the last, for a single lane beside its steps."""
    most = paper.room - paper.bar - 8.0
    steps = [lay(step, paper.width - paper.numbers, most, paper.theme) for step in lane.steps]
    figures = lay(lane.figures, paper.width, most, paper.theme)
    found = [_Part(number, 0, ())]
    for at, step in enumerate(steps):
        longer = replace(found[-1], steps=(*found[-1].steps, step))
        if paper.height(longer) <= paper.room or not found[-1].steps:
            found[-1] = longer
        else:
            found.append(_Part(number, at, (step,)))
    last = replace(found[-1], figures=figures)
    if paper.height(last) <= paper.room and not (alone and len(found) == 1):
        found[-1] = last
    else:
        found.append(_Part(number, len(steps), (), figures))
    return found


def _page(lanes: Sequence[Lane], page: Sequence[_Part], paper: _Paper, key: int) -> tuple[Body, int]:
    """One page; where both lanes end on it, what they take stands at one height."""
    steps = [paper.height(replace(part, figures=None)) for part in page]
    ends = [part for part in page if part.figures and part.steps]
    foot = max((high for part, high in zip(page, steps, strict=True) if part in ends), default=0.0) + 14.0
    level = all(foot + part.figures.height <= paper.room for part in ends if part.figures)
    parts, said, height = [], [], 0.0
    for at, part in enumerate(page):
        x = (paper.width + BETWEEN) * (part.lane if len(lanes) > 1 else at)
        below = paper.bar + 8.0 if not part.steps else foot if level else steps[at] + 14.0
        markup, key = _draw(lanes[part.lane], part, paper, (x, below, key))
        parts.append(markup)
        said += [lanes[part.lane].title, *(f"{step.note.words}" for step in part.steps)]
        said += [part.figures.note.words] if part.figures else []
        height = max(height, steps[at], below + part.figures.height if part.figures else 0.0)
    return Body(element("g", [("class", "lanes")], "".join(parts)), round(height, 1), "\n".join(said)), key


def _draw(lane: Lane, part: _Part, paper: _Paper, place: tuple[float, float, int]) -> tuple[str, int]:
    """A lane's title, its steps with their numbers and arrows, what it takes; and the key that follows."""
    x, below, key = place
    theme = paper.theme
    parts = [_title(lane, part, paper, (x, key))]
    key += 1
    y = paper.bar + 8.0
    arrows = ""
    for at, step in enumerate(part.steps):
        arrows += _arrow((x + paper.numbers + 16.0, y - ARROW), theme) if at else ""
        parts += [draw_note(step, (x + paper.numbers, round(y, 1)), f"n{key}", "step", theme),
                  _number(part.first + at + 1, (x, y + step.height / 2), theme)]  # fmt: skip
        key += 1
        y += step.height + ARROW
    if part.figures:
        parts.append(draw_note(part.figures, (x, round(below, 1)), f"n{key}", "figures", theme))
        key += 1
    return "".join(parts) + element("g", [("class", "lines"), ("aria-hidden", "true")], arrows), key


def _title(lane: Lane, part: _Part, paper: _Paper, place: tuple[float, int]) -> str:
    (x, key), theme = place, paper.theme
    size = theme.second_size * 1.1
    again = " (continued)" if part.first and part.steps else " — what it takes" if part.first else ""
    room = paper.width - 16.0
    if not part.steps and width_of(tidy(lane.title) + again, size, True) > room:
        again = ""  # the note below it says the same
    words = wrap(f"{tidy(lane.title)}{again}", room, size, True, most=1)[0]
    bar = draw_box(Rect(x, 0.0, paper.width, paper.bar), 5.0, [("fill", theme.school.fill)])
    text = words_at((x + 8.0, paper.bar / 2 + BASE * size), words, size, theme.school.ink, bold=True)
    return named("lane", [("data-key", f"n{key}"), ("tabindex", "0")], f"{tidy(lane.title)}{again}", bar + text)


def _number(number: int, spot: Point, theme: Theme) -> str:
    """The number of a step in its disc; the step's name says it too."""
    (x, y), r = spot, 10.0 * theme.scale
    shape = element("circle", [("cx", x + r), ("cy", y), ("r", r), ("fill", theme.ink)])
    text = words_at((x + r, y + BASE * theme.second_size), str(number), theme.second_size, theme.paper, bold=True, anchor="middle")
    return element("g", [("class", "number"), ("aria-hidden", "true")], shape + text)


def _arrow(spot: Point, theme: Theme) -> str:
    """From one step down to the next."""
    x, y = spot
    head = [(x, y + ARROW - 1.5), (x - 4.5, y + ARROW - 9.0), (x + 4.5, y + ARROW - 9.0)]
    line = [("d", f"M{num(x)} {num(y + 0.5)}V{num(y + ARROW - 9.0)}"), ("stroke", theme.ink), ("stroke-width", "2")]
    return element("path", line) + element("polygon", [("points", points(head)), ("fill", theme.ink)])


def texts(lanes: Sequence[Lane]) -> Iterator[str]:
    """Yield the lanes in words, line by line, each step with its number."""
    for lane in lanes:
        yield ""
        yield lane.title
        yield "=" * len(lane.title)
        yield from (f"- {step.words}" for step in lane.steps)
        yield ""
        yield "What it takes"
        yield from (f"- {para.words}" for para in lane.figures.paras[1:])
