"""A mind map as SVG: the case in the middle, four branches, and on each branch its notes. Knows no case.

What fits one page stands on it, each branch in a corner of its own; more flows column by column over as many pages as it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.leaves import Body
from agencygraph.renderers.lettering import tidy, width_of, wrap
from agencygraph.renderers.markup import curve, draw_box, element, num, words_at
from agencygraph.renderers.notes import Laid, Note, added, draw_note, lay
from agencygraph.renderers.shapes import named
from agencygraph.scene import Point, Rect
from agencygraph.themes import Theme

GAP, APART = 5.0, 14.0  # between notes; between branches of a column
SPINE, STEM = 5.0, 13.0  # from the inner edge of a column to the line down it, and to its notes
HOME = ((0, 3), (1, 2))  # which branches stand left and right where all fit one page: clockwise from the upper left
NEAR = 22.0  # a theme that stands no farther above or below the middle's box is reached from the side of it
SMALL = 0.85  # of their size: letters of a theme that would be smaller go into two lines
MIDDLE = 0.3  # no more of the page than this stays between the columns
LEAST = 190.0  # no body is lower than this


@dataclass(frozen=True, slots=True)
class Branch:
    """A theme with its notes, and the ink of its lines."""

    title: str
    ink: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """As much of a branch as stands together in one column."""

    branch: int
    first: int
    notes: tuple[Laid, ...]

    def height(self, theme: Theme) -> float:
        """How high the piece stands with its bar."""
        return _bar(theme) + added([GAP + note.height for note in self.notes])


@dataclass(frozen=True, slots=True)
class _Map:
    """Everything that the pages of one mind map share."""

    centre: str
    branches: tuple[Branch, ...]
    width: float
    theme: Theme

    @property
    def column(self) -> float:
        """How wide a column of notes is."""
        middle = 172.0 * (1.0 + 0.4 * (self.theme.scale - 1.0))
        return (self.width - min(middle, MIDDLE * self.width)) / 2


def _bar(theme: Theme) -> float:
    return 21.0 * theme.scale


def write_mind_map(centre: str, branches: Sequence[Branch], size: tuple[float, float], theme: Theme) -> tuple[Body, ...]:
    """Return the pages of a mind map, each no higher than there is room."""
    width, room = size
    made = _Map(tidy(centre), tuple(branches), width, theme)
    most = room - _bar(theme) - GAP
    laid = [tuple(lay(note, made.column - STEM, most, theme) for note in branch.notes) for branch in branches]
    pages = _at_home(laid, room, theme) or _flowing(laid, room, theme)
    first, bodies = 1, []
    for page in pages:
        body, first = _page(made, page, first)
        bodies.append(body)
    return tuple(bodies)


# ------------------------------------------------------------------------------------------------------ which note stands where
_Page = tuple[tuple[_Piece, ...], tuple[_Piece, ...]]


def _at_home(laid: Sequence[tuple[Laid, ...]], room: float, theme: Theme) -> list[_Page]:
    """One page with each branch in its own corner; none where a column would be too high."""
    left, right = (tuple(_Piece(at, 0, laid[at]) for at in side if at < len(laid) and laid[at]) for side in HOME)
    fits = all(_column_height(side, theme) <= room for side in (left, right))
    return [(left, right)] if fits else []


def _column_height(pieces: Sequence[_Piece], theme: Theme) -> float:
    return added([piece.height(theme) for piece in pieces]) + APART * max(0, len(pieces) - 1)


def _flowing(laid: Sequence[tuple[Laid, ...]], room: float, theme: Theme) -> list[_Page]:
    """Columns filled one after the other, on as few pages as can be, and as even as those pages allow."""
    fewest = _pages_of(_columns(laid, room, theme))
    height = 60.0
    while height < room:
        columns = _columns(laid, height, theme)
        if all(_column_height(column, theme) <= room for column in columns) and len(_pages_of(columns)) <= len(fewest):
            return _pages_of(columns)
        height += 12.0
    return fewest


def _columns(laid: Sequence[tuple[Laid, ...]], room: float, theme: Theme) -> list[tuple[_Piece, ...]]:
    columns: list[list[_Piece]] = [[]]
    for at, notes in enumerate(laid):
        for number, note in enumerate(notes):
            here = columns[-1]
            if here and here[-1].branch == at:
                longer = _Piece(at, here[-1].first, (*here[-1].notes, note))
                if _column_height((*here[:-1], longer), theme) <= room:
                    here[-1] = longer
                    continue
            elif _column_height((*here, _Piece(at, number, (note,))), theme) <= room or not here:
                here.append(_Piece(at, number, (note,)))
                continue
            columns.append([_Piece(at, number, (note,))])
    return [tuple(column) for column in columns]


def _pages_of(columns: Sequence[tuple[_Piece, ...]]) -> list[_Page]:
    return [(columns[at], columns[at + 1] if at + 1 < len(columns) else ()) for at in range(0, len(columns), 2)]


# --------------------------------------------------------------------------------------------------------------------- the ink
@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece with the height on the page at which it begins."""

    piece: _Piece
    left: bool
    y: float


def _page(made: _Map, page: _Page, first: int) -> tuple[Body, int]:
    """One page, its notes numbered from a key on, and the key after its last."""
    theme = made.theme
    height = max(LEAST * theme.scale, *(_column_height(side, theme) for side in page))
    placed = [one for at, side in enumerate(page) for one in _spread(side, at == 0, height, theme)]
    ordered = sorted(placed, key=lambda one: (one.piece.branch, one.piece.first))
    hub = _hub(made, height)
    lines = "".join(_branch_line(made, one, hub, placed) + _spine(made, one) for one in placed)
    parts = [element("g", [("class", "lines"), ("aria-hidden", "true")], lines), _centre(made, hub, first)]
    key, said = first + 1, []
    for one in ordered:
        markup, words = _draw_piece(made, one, key)
        parts.append(markup)
        said += words
        key += len(one.piece.notes) + 1
    return Body(element("g", [("class", "mind-map")], "".join(parts)), round(height, 1), "\n".join(said)), key


def _spread(pieces: Sequence[_Piece], left: bool, height: float, theme: Theme) -> Iterator[_Placed]:
    """Pieces of a column with what is spare shared out above, between and below them."""
    spare = (height - _column_height(pieces, theme)) / (len(pieces) + 1)
    y = 0.0
    for piece in pieces:
        y += spare
        yield _Placed(piece, left, round(y, 1))
        y += piece.height(theme) + APART


def _hub(made: _Map, height: float) -> Rect:
    theme = made.theme
    wide = made.width - 2 * made.column - 60.0
    lines = _centre_lines(made, wide)
    high = 14.0 + 1.25 * _centre_size(theme) * max(2, len(lines))
    return Rect((made.width - wide) / 2, round((height - high) / 2, 1), wide, high)


def _centre_size(theme: Theme) -> float:
    return 11.0 * theme.scale


def _centre_lines(made: _Map, wide: float) -> tuple[str, ...]:
    return wrap(made.centre, wide - 16.0, _centre_size(made.theme), True, most=4)


def _centre(made: _Map, hub: Rect, key: int) -> str:
    theme, size = made.theme, _centre_size(made.theme)
    ink = [("fill", theme.child.fill), ("stroke", theme.child.border)]
    box = draw_box(hub, 18.0, [*ink, ("stroke-width", theme.child.border_width)])
    lines = _centre_lines(made, hub.width)
    middle = hub.y + hub.height / 2 - 1.25 * size * (len(lines) - 1) / 2
    words = "".join(words_at((made.width / 2, middle + 1.25 * size * at + BASE * size), line, size, theme.child.ink, bold=True,
                             anchor="middle") for at, line in enumerate(lines))  # fmt: skip
    return named("centre", [("data-key", f"n{key}"), ("tabindex", "0")], made.centre, box + words)


def _title(made: _Map, piece: _Piece) -> str:
    """A branch's number, theme and how many notes it has, or that it goes on from another column."""
    branch = made.branches[piece.branch]
    return f"{piece.branch + 1}  {branch.title} ({'continued' if piece.first else len(branch.notes)})"


def _title_lines(made: _Map, piece: _Piece) -> tuple[tuple[str, ...], float]:
    """The theme in one line, or in two where one would need small letters, and the size of its letters."""
    title, most, room = _title(made, piece), made.theme.second_size * 1.05, made.column - 18.0
    size = min(most, int(10 * most * room / width_of(title, most, True)) / 10)
    if size >= SMALL * most:
        return (title,), size
    lower = int(10 * min(most, _bar(made.theme) / 2.4)) / 10
    while lower > size:
        lines = wrap(title, room, lower, True, most=99)
        if len(lines) <= 2 and all(width_of(line, lower, True) <= room for line in lines):
            return lines, lower
        lower = round(lower - 0.1, 1)
    return (title,), size


def _title_box(made: _Map, one: _Placed) -> Rect:
    lines, size = _title_lines(made, one.piece)
    wide = max(width_of(line, size, True) for line in lines) + 18.0
    return Rect(made.column - wide if one.left else made.width - made.column, one.y, wide, _bar(made.theme))


def _draw_piece(made: _Map, one: _Placed, key: int) -> tuple[str, list[str]]:
    """The bar with the theme, and the notes below it; the same in words."""
    theme, box, title = made.theme, _title_box(made, one), _title(made, one.piece)
    lines, size = _title_lines(made, one.piece)
    shape = draw_box(box, 5.0, [("fill", made.branches[one.piece.branch].ink)])
    first = box.y + box.height / 2 - 1.15 * size * (len(lines) - 1) / 2 + BASE * size
    words = "".join(words_at((box.x + 9.0, first + 1.15 * size * at), line, size, theme.paper, bold=True)
                    for at, line in enumerate(lines))  # fmt: skip
    parts = [named("theme", [("data-key", f"n{key}"), ("tabindex", "0")], f"Theme {tidy(title)}", shape + words)]
    x, y = (0.0 if one.left else made.width - made.column + STEM), box.y + box.height + GAP
    for at, note in enumerate(one.piece.notes, 1):
        parts.append(draw_note(note, (x, y), f"n{key + at}", "question", theme))
        y += note.height + GAP
    return "".join(parts), [tidy(title), *(f"- {note.note.words}" for note in one.piece.notes)]


def _spine(made: _Map, one: _Placed) -> str:
    """The line from a theme down its notes, with a stem to each."""
    x = made.column - SPINE if one.left else made.width - made.column + SPINE
    end = made.column - STEM if one.left else made.width - made.column + STEM
    y = one.y + _bar(made.theme) + GAP
    stems, middle = "", y
    for note in one.piece.notes:
        middle = y + note.height / 2
        stems += f"M{num(x)} {num(middle)}H{num(end)}"
        y += note.height + GAP
    look = [("fill", "none"), ("stroke", made.branches[one.piece.branch].ink), ("stroke-width", "1.6")]
    return element("path", [("d", f"M{num(x)} {num(one.y + _bar(made.theme))}V{num(middle)}{stems}"), *look])


def _branch_line(made: _Map, one: _Placed, hub: Rect, placed: Sequence[_Placed]) -> str:
    """The line from the middle to a theme: out of the side, or of the upper or lower edge where the theme stands beyond it."""
    end: Point = (made.column if one.left else made.width - made.column, one.y + _bar(made.theme) / 2)
    same = sorted((_beyond(other, hub, made.theme) for other in placed if other.left == one.left), key=abs)
    beyond = _beyond(one, hub, made.theme)
    if not beyond:
        x = hub.x if one.left else hub.x + hub.width
        start: Point = (x, min(max(end[1], hub.y + 14.0), hub.y + hub.height - 14.0))
        bend = (x + end[0]) / 2
        return _stroke(made, one, (start, (bend, start[1]), (bend, end[1]), end))
    # Of two that leave by one edge the farther begins nearer the middle, so that they never cross.
    rank = [gap for gap in same if gap and (gap > 0) == (beyond > 0)]
    out = hub.width * (0.36 - 0.18 * rank.index(beyond) / max(1, len(rank) - 1)) if len(rank) > 1 else hub.width * 0.3
    x = made.width / 2 + (-out if one.left else out)
    start = (x, hub.y if beyond < 0 else hub.y + hub.height)
    return _stroke(made, one, (start, (x, (start[1] + end[1]) / 2), (x, end[1]), end))


def _beyond(one: _Placed, hub: Rect, theme: Theme) -> float:
    """How far a theme stands above (below zero) or below the middle's box; 0 beside it, or so near that a line has no room."""
    y = one.y + _bar(theme) / 2
    gap = y - hub.y if y < hub.y else max(0.0, y - hub.y - hub.height)
    return gap if abs(gap) > NEAR else 0.0


def _stroke(made: _Map, one: _Placed, spots: Sequence[Point]) -> str:
    look = [("fill", "none"), ("stroke", made.branches[one.piece.branch].ink), ("stroke-width", "2.6")]
    return element("path", [("class", "branch"), ("d", curve([(round(x, 1), round(y, 1)) for x, y in spots])), *look])
