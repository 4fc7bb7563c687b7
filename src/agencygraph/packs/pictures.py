"""Maps as pictures of a document: as large as the page allows, with the same in words. Knows no case."""

from __future__ import annotations

import re

from agencygraph.packs.document import A4, Picture
from agencygraph.scene import Scene
from agencygraph.themes import Size

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
    return Picture(svg, title, alt.strip(), round(width * scale, 1), round(height * scale, 1))


def body_and_key(svg: str, scene: Scene) -> tuple[str, str]:
    """Return the map without heading, key and the blank above and below it, and the key alone.

    Both are the same drawing, seen through a smaller window.
    """
    found = _BODY.search(svg)
    top = float(found[1]) if found else 0.0
    first, last = _ink(scene)
    bottom = top + scene.height
    return window(svg, top + first, last - first), window(svg, bottom, size_of(svg)[1] - bottom)


def _ink(scene: Scene) -> Size:
    """Where the ink of a map begins and ends, from its upper edge on."""
    heights = [y for card in scene.cards for y in (card.y - card.height / 2 - _PILL, card.y + card.height / 2 + _PILL)]
    heights += [y for card in scene.cards for plate in card.plates for y in (plate.box.y, plate.box.y + plate.box.height)]
    heights += [y for team in scene.teams for _, y in team.corners]
    heights += [y for line in scene.lines for _, y in line.course.curve]
    heights += [scene.panel.y, scene.panel.y + scene.panel.height] if scene.panel else []
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


def without_remarks(svg: str) -> str:
    """Return a change map without the list of changes that is drawn below it; one that stands beside it stays."""
    found = _REMARKS.search(svg)
    return window(svg, 0.0, float(found[2])) if found and float(found[1]) < _BESIDE else svg
