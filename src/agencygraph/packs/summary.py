"""The summary of a case on one page: the maps before and after, what changed, and four sentences, without a word of jargon."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph import captions
from agencygraph.conclusions import findings
from agencygraph.drawing import Map
from agencygraph.packs.document import SUMMARY, Block, Columns, Entry, Heading, Leaf, Listing, Paragraph, Picture, plain
from agencygraph.packs.papers import Papers
from agencygraph.packs.pictures import body_of, key_of, picture_of, size_of
from agencygraph.packs.words import STRENGTHS, WORTH, is_plain
from agencygraph.renderers.lettering import wrap
from agencygraph.themes import Size

SENTENCES = 4
CHANGES = 7
SIZE, LINE, GAP = 7.8, 10.2, 3.0  # letters, lines and the room between entries, as the writers set a summary
_HEAD, _TITLE, _SIDE, _INDENT = 19.0, 26.0, 14.0, 16.0
LEAST = 130.0  # no map is set lower than this


def summary_leaf(papers: Papers, *, titled: bool) -> Leaf:
    """Return the one page of a case; `titled` where the title of the document stands above it."""
    width, height = Leaf((), margins=SUMMARY).room
    head: tuple[Block, ...] = () if titled else (Heading(papers.heading),)
    level = 1 if titled else 2
    column = (width - _SIDE) / 2
    below = _below(papers, level, column)
    told = max(sum(_height(block, column) for block in side) for side in (below.left, below.right))
    room = height - _TITLE - told - _height(Paragraph(STRENGTHS), width) - _height(Paragraph(WORTH), width) - 2 * GAP
    maps = _maps(papers, (width, room), level)
    return Leaf((*head, *maps, Paragraph(STRENGTHS, "small"), below, Paragraph(WORTH, "note")), margins=SUMMARY)


def _maps(papers: Papers, room: Size, level: int) -> Iterator[Block]:
    """The maps one below the other, all of one scale, and the key of both once."""
    bodies = [body_of(drawn.svg, drawn.scene) for drawn in papers.maps]
    key = key_of([drawn.scene for drawn in papers.maps], papers.look.theme)
    wide = size_of(key)[0]
    high = sum(size_of(body)[1] for body in bodies) + size_of(key)[1]
    scale = min(1.0, room[0] / wide, max(LEAST / size_of(bodies[0])[1], (room[1] - _HEAD * len(bodies)) / high))
    single = f"The map: {captions.arrangement_of(papers.cases[0])}"
    for drawn, body, said in zip(papers.maps, bodies, captions.moments_of(*papers.cases), strict=True):
        yield Heading(plain(said if len(bodies) > 1 else single), level)
        yield _scaled(drawn, body, scale)
    yield picture_of(key, "Key to the maps", "Key to the signs on the maps.", (wide * scale, room[1]))


def _scaled(drawn: Map, svg: str, scale: float) -> Picture:
    width, height = size_of(svg)
    return picture_of(svg, drawn.title, drawn.text, (width * scale, height * scale))


def _below(papers: Papers, level: int, column: float) -> Columns:
    """What changed beside the sentences; for a single map the sentences beside what to ask."""
    found = [one for one in findings(papers.item, names=papers.reader.names) if is_plain(one.sentence)][:SENTENCES]
    sentences = Listing(tuple(Entry(plain(one.sentence)) for one in found), numbered=True)
    said: tuple[Block, ...] = (Heading("What stands out", level), sentences)
    if papers.change is None:
        asked = Listing(tuple(Entry(plain(one.question)) for one in found), numbered=True)
        return Columns(said, (Heading("What to ask", level), asked))
    changes = Listing(tuple(Entry(text) for text in _changes(papers.change, _height(sentences, column), column)))
    return Columns((Heading("What changed", level), changes), said)


def _changes(change: Map, high: float, width: float) -> tuple[str, ...]:
    """How many lines changed and how, who became whom, who came and went; then single changes, no further than the sentences go."""
    passages = [one.words for one in change.scene.remarks if one.number is None]
    told = [plain(text) for text in (change.scene.words, *passages) if is_plain(text)][:CHANGES]
    for text in (plain(one.words) for one in change.scene.remarks if one.number is not None and is_plain(one.words)):
        if len(told) == CHANGES or _height(Listing(tuple(map(Entry, (*told, text)))), width) > high:
            break
        told.append(text)
    return tuple(told)


def _height(block: Block, width: float) -> float:
    """How high words come at most, from the widest letters that anybody's computer may take."""
    if isinstance(block, Listing):
        lines = [wrap(entry.text, width - _INDENT, SIZE, most=99) for entry in block.entries]
        return sum(len(one) * LINE + GAP for one in lines)
    if isinstance(block, Paragraph):
        return len(wrap(block.text, width, SIZE, most=99)) * LINE + GAP
    return _HEAD
