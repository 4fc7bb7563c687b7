"""Reading pictures that are no maps from their bytes: the words that are drawn with their boxes, and what is named."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from agencygraph.renderers.fitting import FALL, RISE
from agencygraph.renderers.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
NAMED = ("centre", "theme", "question", "stage", "team", "seat", "lane", "step", "figures")
BOXED = ("centre", "theme", "question", "stage", "seat", "lane", "step", "figures")
FORBIDDEN = {"script", "style", "foreignObject", "use", "image", "marker", "a"}


@dataclass(frozen=True)
class Box:
    """A box on the page: what it is, and its sides."""

    name: str
    west: float
    north: float
    east: float
    south: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes lie on each other, give or take the rounding."""
        return (min(self.east, other.east) - max(self.west, other.west) > 0.3
                and min(self.south, other.south) - max(self.north, other.north) > 0.3)  # fmt: skip

    def holds(self, other: Box) -> bool:
        """Whether another box lies within this one."""
        return (other.west >= self.west - 0.3 and other.east <= self.east + 0.3
                and other.north >= self.north - 0.3 and other.south <= self.south + 0.3)  # fmt: skip


def walk(element: ET.Element, x: float = 0.0, y: float = 0.0) -> Iterator[tuple[ET.Element, float, float]]:
    """Yield every element with how far it is moved."""
    moved = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    yield element, x, y
    for child in element:
        yield from walk(child, x, y)


def view_of(svg: str) -> tuple[float, float]:
    """How wide and high a picture is."""
    _, _, width, height = (float(part) for part in ET.fromstring(svg).get("viewBox", "").split())
    return width, height


def texts_of(root: ET.Element, x: float = 0.0, y: float = 0.0) -> list[Box]:
    """The boxes of all words that are drawn, in the widest letters that anybody's computer may take."""
    found = []
    for element, dx, dy in walk(root, x, y):
        if element.tag == f"{SVG}text":
            size, words = float(element.get("font-size", "0")), element.text or ""
            wide = width_of(words, size, element.get("font-weight") == "bold")
            west = dx + float(element.get("x", "0")) - wide * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
            base = dy + float(element.get("y", "0"))
            found.append(Box(words, west, base - RISE * size, west + wide, base + FALL * size))
    return found


def boxes_of(svg: str) -> list[tuple[Box, list[Box]]]:
    """The outline of everything named that has a box of its own, with the words drawn in it."""
    found = []
    for element, dx, dy in walk(ET.fromstring(svg)):
        if element.get("class") in BOXED:
            shape = element.find(f"{SVG}rect")
            assert shape is not None
            x, y, wide, high = (float(shape.get(side, "0")) for side in ("x", "y", "width", "height"))
            outline = Box(element.get("aria-label", ""), dx + x, dy + y, dx + x + wide, dy + y + high)
            # The moves of the element itself are in dx and dy already.
            found.append((outline, [box for child in element for box in texts_of(child, dx, dy)]))
    return found


def named_of(svg: str, *kinds: str) -> list[ET.Element]:
    """Everything that has a name for people, in reading order."""
    return [element for element in ET.fromstring(svg).iter(f"{SVG}g") if element.get("class") in (kinds or NAMED)]


def check(svg: str) -> None:
    """Hold a picture to the rules that maps keep as well, as far as they apply."""
    root = ET.fromstring(svg)
    width, height = view_of(svg)
    assert width in (774.0, 547.0)  # of A4 across, and upright
    assert root.get("role") == "graphics-document"
    assert [child.tag for child in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert "<!--" not in svg
    assert not {element.tag.removeprefix(SVG) for element in root.iter()} & FORBIDDEN
    keys = [element.get("data-key") for element in named_of(svg)]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"n\d+", key or "") for key in keys)
    for element in named_of(svg):
        title = element.find(f"{SVG}title")
        assert title is not None
        assert element.get("role") == "img"
        assert element.get("aria-label") == title.text
        assert element.get("tabindex") == "0"
    for element in root.iter(f"{SVG}text"):
        assert float(element.get("font-size", "0")) >= 7.5
    page = Box("page", 0.0, 0.0, width, height)
    texts = texts_of(root)
    assert all(page.holds(text) for text in texts), [text for text in texts if not page.holds(text)]
    assert not [(one.name, two.name) for one, two in combinations(texts, 2) if one.meets(two)]
    boxes = boxes_of(svg)
    assert not [(one.name, two.name) for (one, _), (two, _) in combinations(boxes, 2) if one.meets(two)]
    for outline, inside in boxes:
        assert all(outline.holds(text) or text.west >= outline.east for text in inside), outline.name
