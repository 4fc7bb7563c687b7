"""Maps as pictures of a document: as large as the page allows, with the same in words. Knows no case."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from agencygraph.packs.document import A4, Picture
from agencygraph.renderers.legend import draw_key
from agencygraph.renderers.markup import element, num
from agencygraph.renderers.svg import Heading, write_document
from agencygraph.scene import Scene
from agencygraph.themes import Size, Theme

HEADING_ROOM = 30.0  # what the heading above a picture takes
_BLANK = 5.0  # left round the ink
_PILL = 9.0  # by which a pill stands out over its card

_VIEW = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_ROOT = re.compile(r'viewBox="[^"]*"((?: xml:lang="[^"]*")?) width="[^"]*" height="[^"]*"')
_BODY = re.compile(r'class="map" transform="translate\([\d.]+ ([\d.]+)\)"')
_REMARKS = re.compile(r'translate\(([\d.]+) ([\d.]+)\)"><g class="remarks"')
_BESIDE = 100.0  # a list that begins so far from the left stands beside the map


def size_of(svg: str) -> Size:
    """Return how wide and high a picture, or the window of one, is.

    >>> size_of('<svg viewBox="0 46 774 300">')
    (774.0, 300.0)
    """
    found = _VIEW.search(svg)
    return (float(found[1]), float(found[2])) if found else A4


def picture_of(svg: str, title: str, alt: str, room: Size) -> Picture:
    """Return a picture that is shown as large as it is, or smaller where there is less room.

    >>> picture = picture_of('<svg viewBox="0 0 774 500"></svg>', "Map", "In words", (387.0, 400.0))
    >>> picture.width, picture.height
    (387.0, 250.0)
    """
    width, height = size_of(svg)
    scale = min(1.0, room[0] / width, room[1] / height)
    # Never a tenth more than there is room for: the picture would go to the next page.
    return Picture(svg, title, alt.strip(), math.floor(10 * width * scale) / 10, math.floor(10 * height * scale) / 10)


def body_of(svg: str, scene: Scene) -> str:
    """Return a map without heading, key and the blank above and below it: the same drawing, seen through a smaller window."""
    found = _BODY.search(svg)
    top = float(found[1]) if found else 0.0
    first, last = _ink(scene)
    return window(svg, top + first, last - first)


def key_of(scenes: Sequence[Scene], theme: Theme) -> str:
    """Return the key of several maps, which says whatever occurs on any of them, as a picture of its own."""
    width = max(scene.width for scene in scenes)
    key, height = draw_key(scenes, width, theme)
    moved = element("g", [("transform", f"translate({num(theme.margin)} 0)")], key)
    return write_document(Heading("Key to the maps"), (width + 2 * theme.margin, height), moved, theme)


def _ink(scene: Scene) -> Size:
    """Where the ink of a map begins and ends, from its upper edge on."""
    heights = [y for card in scene.cards for y in (card.y - card.height / 2 - _PILL, card.y + card.height / 2 + _PILL)]
    heights += [y for card in scene.cards for plate in card.plates for y in (plate.box.y, plate.box.y + plate.box.height)]
    heights += [y for team in scene.teams for _, y in team.corners]
    heights += [y for line in scene.lines for _, y in line.course.curve]
    heights += [scene.panel.box.y, scene.panel.box.y + scene.panel.box.height] if scene.panel else []
    if not heights:
        return 0.0, scene.height
    return max(0.0, min(heights) - _BLANK), min(scene.height, max(heights) + _BLANK)


def window(svg: str, top: float, height: float) -> str:
    """Return the part of a picture from a height on.

    >>> window('<svg viewBox="0 0 774 500" xml:lang="en-GB" width="1032" height="666.7">', 46.0, 300.0)
    '<svg viewBox="0 46 774 300" xml:lang="en-GB" width="774" height="300">'
    """
    width, _ = size_of(svg)
    root = f'viewBox="0 {top:g} {width:g} {height:g}"\\1 width="{width:g}" height="{height:g}"'
    return _ROOT.sub(root, svg, count=1)


def without_head(svg: str) -> str:
    """Return a map without its title, its subtitle and its marking, which stand on the page; words for readers stay.

    >>> without_head('<svg viewBox="0 0 9 99" width="12" height="132"><g class="map" transform="translate(6 46)"/>')[:36]
    '<svg viewBox="0 46 9 53" width="9" h'
    """
    found = _BODY.search(svg)
    return window(svg, float(found[1]), size_of(svg)[1] - float(found[1])) if found else svg


def without_remarks(svg: str) -> str:
    """Return a change map without the list of changes that is drawn below it; one that stands beside it stays."""
    found = _REMARKS.search(svg)
    return window(svg, 0.0, float(found[2])) if found and float(found[1]) < _BESIDE else svg
