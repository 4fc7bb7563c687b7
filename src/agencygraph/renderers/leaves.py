"""Leaves: a picture that is no map on as many A4 pages as it needs, all of them in one file. Knows no case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.lettering import width_of
from agencygraph.renderers.markup import element, num, words_at
from agencygraph.renderers.notes import draw_mark
from agencygraph.renderers.sheet import Leaf, Sheet
from agencygraph.renderers.svg import Heading, draw_head, write_document
from agencygraph.themes import Theme

SAMPLE = 22.0


@dataclass(frozen=True, slots=True)
class Body:
    """What stands on one page between its heading and its key: the drawing, how high it is, and the same in words."""

    markup: str
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has: the heading (not drawn on a `bare` one), the key as signs with words, how high a page may be."""

    heading: Heading
    key: tuple[tuple[str, str], ...]
    theme: Theme
    height: float
    bare: bool = False

    @property
    def width(self) -> float:
        """How wide the body is."""
        return self.theme.page_width - 2 * self.theme.margin

    @property
    def room(self) -> float:
        """How high a body may be, with the longest heading that a page can get."""
        head = self._head(replace(self.heading, title=_numbered(self.heading.title, 99, 99)))[1]
        return self.height - head - self._key()[1] - 4.0

    def _head(self, heading: Heading) -> tuple[str, float]:
        return ("", 0.0) if self.bare else draw_head(heading, self.width, self.theme)

    def _key(self) -> tuple[str, float]:
        return draw_key(self.key, self.width, self.theme)

    def page(self, body: Body, title: str, text: str) -> str:
        """Return one page as SVG."""
        heading = replace(self.heading, title=title, description=text)
        head, top = self._head(heading)
        key, key_height = self._key()
        parts = [_moved(head, 0.0, self.theme), _moved(body.markup, top, self.theme),
                 _moved(key, top + body.height + 4.0, self.theme)]  # fmt: skip
        size = (self.theme.page_width, round(top + body.height + 4.0 + key_height, 1))
        return write_document(heading, size, "".join(parts), self.theme)


def bind(frame: Frame, bodies: Sequence[Body], text: str) -> Sheet:
    """Return a picture: of one body one page; of several one long picture, and a page for each of them to print."""
    title = frame.heading.title
    if len(bodies) == 1:
        return Sheet(title, frame.page(bodies[0], title, _without_head(text, frame)), text, ())
    leaves = []
    for number, body in enumerate(bodies, 1):
        said = _numbered(title, number, len(bodies))
        leaves.append(Leaf(frame.page(body, said, f"{said}\n{body.text}"), f"{said}\n{body.text}"))
    top, markup = 0.0, ""
    for at, body in enumerate(bodies):
        rule = element("path", [("d", f"M0 {num(top - 9.0)}H{num(frame.width)}"), ("stroke", frame.theme.rule)]) if at else ""
        markup += rule + element("g", [("transform", f"translate(0 {num(top)})")], body.markup)
        top += body.height + 18.0
    long = Body(markup, top - 18.0, text)
    return Sheet(title, frame.page(long, title, _without_head(text, frame)), text, (), leaves=tuple(leaves))


def _without_head(text: str, frame: Frame) -> str:
    """The words without the marking above the title."""
    return text.removeprefix(f"{frame.heading.marking}\n") if frame.heading.marking else text


def _numbered(title: str, number: int, count: int) -> str:
    return f"{title} (page {number} of {count})"


def _moved(markup: str, top: float, theme: Theme) -> str:
    return element("g", [("transform", f"translate({num(theme.margin)} {num(top)})")], markup)


def draw_key(entries: Sequence[tuple[str, str]], width: float, theme: Theme) -> tuple[str, float]:
    """Return signs with their words in as many rows as they need, top at 0, and their height; nothing for nothing."""
    if not entries:
        return "", 0.0
    size, step = theme.small_size, 1.7 * theme.small_size
    x, y, parts = 0.0, 8.0 + step / 2, [element("path", [("d", f"M0 2H{num(width)}"), ("stroke", theme.rule)])]
    for sign, words in entries:
        sample = SAMPLE * theme.scale if sign in ("broken", "heavy") else 1.5 * size
        wide = sample + width_of(words, size) + 16.0
        if x > 0 and x + wide > width:
            x, y = 0.0, y + step
        if sign in ("broken", "heavy"):
            look: list[tuple[str, str | float]] = [("x", x + 1.0), ("y", y - 0.45 * step), ("width", sample - 7.0),
                                                   ("height", 0.8 * step), ("rx", "3"), ("fill", theme.paper)]  # fmt: skip
            ink = [("stroke", theme.ink), ("stroke-width", "2")] if sign == "heavy" else [
                ("stroke", theme.soft_ink), ("stroke-dasharray", "4 3")]  # fmt: skip
            parts.append(element("rect", [*look, *ink]))
        elif sign:
            parts.append(draw_mark(sign, (x + 0.55 * size, y), size, theme))
        parts.append(words_at((x + (sample if sign else 0.0), y + BASE * size), words, size, theme.ink))
        x += wide
    return element("g", [("class", "key"), ("aria-hidden", "true")], "".join(parts)), y + step / 2 + 2.0
