"""The things of a finished SVG map as points of the page: actors, teams, ties and words. Only plain attributes are read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from map_geometry import Point, between, distance, inside, outline_of, path_points


@dataclass(frozen=True)
class Actor:
    """An actor or a team as drawn."""

    key: str
    group: ET.Element
    shape: ET.Element
    outline: list[Point]
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """A text as drawn: the box it takes in the widest usual font, its size on the page."""

    element: ET.Element
    text: str
    size: float
    box: list[Point]
    baseline: tuple[Point, Point]


@dataclass
class Tie:
    """A tie as drawn: its line, its heads at the two ends, the whole way from tip to tip."""

    name: str
    ends: tuple[str, str]
    critical: bool
    two_way: bool
    group: ET.Element
    path: ET.Element
    line: list[Point]
    track: list[Point]
    heads: tuple[list[list[Point]], list[list[Point]]]
    wrong: list[str] = field(default_factory=list)


class Drawing:
    """The things of one SVG in page units."""

    def __init__(self, svg: bytes) -> None:
        self.source = svg.decode("utf-8")
        self.root = ET.fromstring(svg)
        self.above = {child: parent for parent in self.root.iter() for child in parent}
        self.unmeasured: list[str] = []

    def line_up(self, element: ET.Element) -> Iterator[ET.Element]:
        """An element and all that hold it."""
        at: ET.Element | None = element
        while at is not None:
            yield at
            at = self.above.get(at)

    def has_class(self, element: ET.Element, *names: str) -> bool:
        """Whether an element has one of some classes."""
        return bool(set(names) & set(element.get("class", "").split()))

    def in_key(self, element: ET.Element) -> bool:
        """Whether an element belongs to the key."""
        return any(self.has_class(up, "key") for up in self.line_up(element))

    def groups(self, *names: str) -> list[ET.Element]:
        """The groups of some classes, the key's samples left out."""
        return [e for e in self.root.iter() if self.has_class(e, *names) and not self.in_key(e)]

    def inherited(self, element: ET.Element, name: str, default: str = "") -> str:
        """An attribute as it comes down to an element."""
        return next((v for up in self.line_up(element) if (v := up.get(name)) not in (None, "inherit")), default) or default

    def shift(self, element: ET.Element) -> tuple[float, float, float]:
        """The even scale and the shift from an element to the page."""
        scale, x, y = 1.0, 0.0, 0.0
        for up in self.line_up(element):
            for kind, inner in reversed(re.findall(r"(\w+)\s*\(([^)]*)\)", up.get("transform", ""))):
                numbers = [float(v) for v in re.split(r"[\s,]+", inner.strip())] + [0.0]
                if kind == "translate":
                    x, y = x + numbers[0], y + numbers[1]
                elif kind == "scale" and (len(numbers) == 2 or numbers[0] == numbers[1]):
                    scale, x, y = scale * numbers[0], x * numbers[0], y * numbers[0]
                else:
                    raise ValueError(f"transform {kind} cannot be measured")
        return scale, x, y

    def on_page(self, element: ET.Element, points: list[Point]) -> list[Point]:
        """Points of an element as points of the page."""
        scale, dx, dy = self.shift(element)
        return [(scale * x + dx, scale * y + dy) for x, y in points]

    def _read(self, reader: Callable[[ET.Element], object], elements: list[ET.Element]) -> list[object]:
        """What a reader makes of each element; what cannot be read is noted."""
        found = []
        for element in elements:
            try:
                found.append(reader(element))
            except (ValueError, IndexError, KeyError, ZeroDivisionError) as error:
                self.unmeasured.append(f"{local(element)} {element.get('data-key', '')}: {error}")
        return [thing for thing in found if thing is not None]

    @cached_property
    def view(self) -> list[float]:
        """The viewBox."""
        return [float(v) for v in self.root.get("viewBox", "0 0 0 0").replace(",", " ").split()]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors and teams by key."""
        return {a.key: a for a in self._read(self._actor, self.groups("actor", "team")) if isinstance(a, Actor)}

    def _actor(self, group: ET.Element) -> Actor | None:
        """The actor or team of a group, by its first shape."""
        shape = next((e for e in group if local(e) in ("rect", "path", "ellipse", "polygon")), None)
        if shape is None:
            return None
        members = tuple(group.get("data-members", "").split()) if self.has_class(group, "team") else ()
        return Actor(group.get("data-key", ""), group, shape, self.on_page(shape, outline_of(shape)), members)

    @cached_property
    def words(self) -> list[Words]:
        """All texts."""
        return [w for w in self._read(self._words, [e for e in self.root.iter() if local(e) == "text"]) if isinstance(w, Words)]

    def _words(self, element: ET.Element) -> Words:
        """A text with the box that it takes."""
        text, size = " ".join((element.text or "").split()), float(self.inherited(element, "font-size", "16").removesuffix("px"))
        wide = text_width(text, self.inherited(element, "font-weight") in ("bold", "600", "700", "800", "900")) * size
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        x -= wide * {"middle": 0.5, "end": 1.0}.get(self.inherited(element, "text-anchor"), 0.0)
        top, foot, middle = y - 0.74 * size, y + 0.21 * size, y - 0.3 * size
        box = self.on_page(element, [(x, top), (x + wide, top), (x + wide, foot), (x, foot)])
        line = self.on_page(element, [(x, middle), (x + wide, middle)])
        return Words(element, text, size * self.shift(element)[0], box, (line[0], line[1]))

    @cached_property
    def ties(self) -> list[Tie]:
        """All ties that join two actors and have one line."""
        return [t for t in self._read(self._tie, self.groups("tie")) if isinstance(t, Tie)]

    def strokes(self, group: ET.Element) -> tuple[list[ET.Element], list[ET.Element]]:
        """The lines and the heads of a group."""
        inner = list(group.iter())
        return ([e for e in inner if local(e) == "path" and self.has_class(e, "line")],
                [e for e in inner if local(e) in ("path", "polygon") and self.has_class(e, "head")])  # fmt: skip

    def _tie(self, group: ET.Element) -> Tie | None:
        """A tie, turned so that it runs from data-from to data-to."""
        ends = group.get("data-from", ""), group.get("data-to", "")
        lines, heads = self.strokes(group)
        if not set(ends) <= set(self.actors) or len(lines) != 1:
            return None
        line = self.on_page(lines[0], path_points(lines[0].get("d", "")))
        start, end = self.actors[ends[0]].outline, self.actors[ends[1]].outline
        if distance(line[-1], start) + distance(line[0], end) < distance(line[0], start) + distance(line[-1], end):
            line.reverse()
        tie = Tie("-".join(ends), ends, group.get("data-strength") == "critical", group.get("data-two-way") == "true",
                  group, lines[0], line, list(line), ([], []))  # fmt: skip
        for element in heads:
            head = self.on_page(element, outline_of(element))
            first = distance(line[0], head, closed=True) < distance(line[-1], head, closed=True)
            tie.heads[0 if first else 1].append(head)
            stop, before = (line[0], line[1]) if first else (line[-1], line[-2])
            tip = _tip(tie, head, stop, before)
            tie.track.insert(0 if first else len(tie.track), tip)
        return tie

    def width_of(self, path: ET.Element) -> float:
        """How thick a line is on the page."""
        return float(self.inherited(path, "stroke-width", "1")) * self.shift(path)[0]

    def dashes(self, path: ET.Element) -> list[float]:
        """Dash, gap, dash; empty where no gap can be seen."""
        pattern = [float(v) * self.shift(path)[0] for v in re.findall(r"[\d.]+", self.inherited(path, "stroke-dasharray"))]
        closing = 0.0 if self.inherited(path, "stroke-linecap", "butt") == "butt" else self.width_of(path)
        pattern *= 2 if len(pattern) % 2 else 1
        if not pattern or min(pattern[1::2]) - closing < 1.0 or min(pattern[::2]) <= 0.0:
            return []
        return (pattern * 2)[:3]


def local(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _tip(tie: Tie, head: list[Point], stop: Point, before: Point) -> Point:
    """The foremost point of a head, and a note where the head does not sit on the end of its line."""
    far = between(stop, before)
    way = ((stop[0] - before[0]) / far, (stop[1] - before[1]) / far)
    along = [(x - stop[0]) * way[0] + (y - stop[1]) * way[1] for x, y in head]
    front, back = max(along), min(along)
    if front - back < 3.0:
        tie.wrong.append("a head is too small")
    elif front - sum(along) / len(along) < 0.5 * (front - back):
        tie.wrong.append("a head points another way than its line")
    elif distance(stop, head, closed=True) > 1.5 and not inside(stop, head):
        tie.wrong.append("a head is apart from its line")
    return head[along.index(front)]


@lru_cache(maxsize=4096)
def text_width(text: str, bold: bool) -> float:
    """How wide a text is for each point of size in DejaVu Sans, the widest of the fonts that are usually there."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=100)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / 100.0 if text else 0.0
