"""A grid of squares as SVG: whoever tells stands at the side, whoever is told at the top. Knows no case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from agencygraph.renderers import legend
from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.legend import NARROW, ROW, WIDE, Entry
from agencygraph.renderers.lettering import shorten, width_of, wrap
from agencygraph.renderers.markup import element, num
from agencygraph.renderers.roll import SURE, Row
from agencygraph.renderers.shapes import draw_band, draw_box, named, words_at
from agencygraph.renderers.svg import Heading, draw_head, write_document
from agencygraph.scene import Card, Point, Rect, Scene
from agencygraph.themes import Theme

UPRIGHT_WIDTH = 538.0  # of a page that stands upright, inside its margins
LETTERS, SMALL = 9.5, 8.0
BAND, STRIP = 10.0, 7.0
NUMBER = 15.0
LEAST_WIDE = 9.4  # room for a sign, and for a number of two figures
MOST_ACROSS = 22  # more than these stand on an upright page
MOST_WORDED = 8  # up to these the columns are headed by labels, beyond by numbers
_FRONT = ("child", "person", "school")


@dataclass(frozen=True, slots=True)
class Grid:
    """What a grid shows: who is there in reading order, the ties, and the members of each team by key."""

    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    teams: tuple[tuple[str, ...], ...] = ()
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the squares stand: the page's width, the corner of the first square, and how wide and high each is."""

    width: float
    x: float
    y: float
    wide: float
    high: float
    worded: bool

    def box(self, row: int, column: int) -> Rect:
        """The place of one square."""
        return Rect(self.x + column * self.wide, self.y + row * self.high, self.wide, self.high)


def write_squares(grid: Grid, heading: Heading, theme: Theme) -> str:
    """Return a grid as SVG: across an A4 page up to 22 people, on an upright one beyond."""
    frame = _frame(grid, theme)
    head, top = draw_head(heading, frame.width, theme)
    foot = frame.y + len(grid.cards) * frame.high
    key, key_height = _key(grid, frame.width, theme)
    shift = f"translate({num(theme.margin)} "
    parts = [element("g", [("transform", f"{shift}0)")], head),
             element("g", [("class", "grid"), ("transform", f"{shift}{num(top)})")], _body(grid, frame, theme)),
             element("g", [("transform", f"{shift}{num(top + foot + 2.0)})")], key)]  # fmt: skip
    return write_document(heading, (frame.width + 2 * theme.margin, top + foot + key_height), "".join(parts), theme)


def _frame(grid: Grid, theme: Theme) -> _Frame:
    count = max(1, len(grid.cards))
    need = BAND + 8.0 + max((width_of(_shown(card), LETTERS, card.shape != "card") for card in grid.cards), default=0.0)
    if count <= MOST_WORDED:
        width, label = theme.page_width - 2 * theme.margin, min(need, 240.0)
        wide = min(84.0, (width - label) / count)
        lines = max((len(_headed(card, wide)) for card in grid.cards), default=1)
        return _Frame(width, label, STRIP + 6.0 + 10.0 * lines, round(wide - 0.05, 1), 27.0, True)
    if count <= MOST_ACROSS:
        width, label = theme.page_width - 2 * theme.margin, min(need + NUMBER, 260.0)
        side = min(24.0, 380.0 / count, (width - label) / count)
        return _Frame(width, label, STRIP + 14.0, round(side - 0.05, 1), round(side - 0.05, 1), False)
    width = UPRIGHT_WIDTH - 2 * theme.margin
    label = min(need + NUMBER, max(130.0, width - LEAST_WIDE * count))
    wide = round(max(LEAST_WIDE, min(17.0, (width - label) / count - 0.05)), 1)
    width = max(width, label + wide * count)
    return _Frame(width, label, STRIP + (23.0 if wide < 13.0 else 14.0), wide, max(wide, 12.6), False)


def _headed(card: Card, wide: float) -> tuple[str, ...]:
    return wrap(_shown(card), wide - 5.0, SMALL, card.shape != "card")


def _shown(card: Card) -> str:
    """The words at the side and the top: the label, and who leads."""
    return f"{card.label} (lead)" if card.lead else card.label


# ------------------------------------------------------------------------------------------------------------------- the grid
def _body(grid: Grid, frame: _Frame, theme: Theme) -> str:
    parts = [*_ground(grid, frame, theme), *_rules(grid, frame, theme), *_columns(grid, frame, theme)]
    parts += [_side(card, at, grid, frame, theme) for at, card in enumerate(grid.cards)]
    places = {card.key: at for at, card in enumerate(grid.cards)}
    labels = {card.key: card.label for card in grid.cards}
    told = {ends: row for row in grid.rows for ends in row.ways}
    ordered = sorted(told, key=lambda ends: (places[ends[0]], places[ends[1]]))
    parts += [_square(told[ends], ends, labels, frame.box(places[ends[0]], places[ends[1]]), theme) for ends in ordered]
    return "".join(parts)


def _ground(grid: Grid, frame: _Frame, theme: Theme) -> Iterator[str]:
    """What lies under the squares: the fields inside a team, and those in which somebody would tell himself."""
    for members in grid.teams:
        places = [at for at, card in enumerate(grid.cards) if card.key in members]
        for row in places:
            for column in places:
                if row != column:
                    yield draw_box(frame.box(row, column), 0.0, [("fill", theme.team_fill)])
    for at in range(len(grid.cards)):
        yield draw_box(frame.box(at, at), 0.0, [("fill", theme.rule)])


def _rules(grid: Grid, frame: _Frame, theme: Theme) -> Iterator[str]:
    """Thin lines round every field, and strong ones between the sectors."""
    count = len(grid.cards)
    east, foot = frame.x + count * frame.wide, frame.y + count * frame.high
    thin, strong = "", ""
    for at in range(count + 1):
        x, y = frame.x + at * frame.wide, frame.y + at * frame.high
        if 0 < at < count and _group(grid.cards[at - 1]) == _group(grid.cards[at]):
            thin += f"M{num(x)} {num(frame.y)}V{num(foot)}M{num(frame.x)} {num(y)}H{num(east)}"
        else:
            strong += f"M{num(x)} {num(frame.y - STRIP)}V{num(foot)}M0 {num(y)}H{num(east)}"
    for data, width, ink in ((thin, "0.5", theme.rule), (strong, "0.9", theme.soft_ink)):
        if data:
            yield element("path", [("d", data), ("fill", "none"), ("stroke", ink), ("stroke-width", width)])


def _group(card: Card) -> tuple[str, str]:
    """Who stands together: the family, the school, each sector."""
    return ("family" if card.shape in ("child", "person") else card.shape), card.sector


def _columns(grid: Grid, frame: _Frame, theme: Theme) -> Iterator[str]:
    """The strip of sectors and the labels or numbers over the columns; screen readers are told them with each square."""
    for at, card in enumerate(grid.cards):
        x = frame.x + at * frame.wide
        ink = theme.sector(card.sector, grid.sectors)
        yield draw_box(Rect(x, frame.y - STRIP, frame.wide, STRIP), 0.0, [("fill", _fill(card, ink.band if ink else "", theme))])
        lines = _headed(card, frame.wide) if frame.worded else (str(at + 1),)
        for number, line in enumerate(reversed(lines)):
            # Where numbers of two figures would touch, every other one stands a line higher.
            lift = 9.0 if frame.wide < 13.0 and at % 2 else 0.0
            spot = (x + frame.wide / 2, frame.y - STRIP - 4.0 - 10.0 * number - lift)
            text = words_at(spot, line, SMALL, theme.ink, bold=card.shape != "card", anchor="middle")
            yield element("g", [("aria-hidden", "true")], text)


def _fill(card: Card, band: str, theme: Theme) -> str:
    """The colour at the side of somebody's row."""
    own = {"child": theme.child.fill, "person": theme.family_border, "school": theme.school.fill}
    return own.get(card.shape) or band or theme.paper


def _side(card: Card, at: int, grid: Grid, frame: _Frame, theme: Theme) -> str:
    """One row's head: the band of the sector, the label (bold for the child, the family and the school), the number."""
    y, bold = frame.y + at * frame.high, card.shape != "card"
    sector = theme.sector(card.sector, grid.sectors)
    band = Rect(0.0, y, theme.band_width, frame.high)
    inside = draw_band(band, sector, 0.0, 0.0) if sector else draw_box(band, 0.0, [("fill", _fill(card, "", theme))])
    base = y + frame.high / 2 + BASE * LETTERS
    room = _room(frame)
    whole = all(width_of(_shown(one), LETTERS, one.shape != "card") <= room for one in grid.cards)
    letters = LETTERS if whole else SMALL
    inside += words_at((BAND + 1.0, base), shorten(_shown(card), room, letters, bold), letters, theme.ink, bold=bold)
    if not frame.worded:
        inside += words_at((frame.x - 4.0, base), str(at + 1), SMALL, theme.soft_ink, anchor="end")
    # The whole head is the shape of whoever stands there, so that a pointer finds the words anywhere on it.
    ground = draw_box(Rect(0.0, y, frame.x, frame.high), 0.0, [("fill", theme.paper)])
    return named("actor", [("data-key", card.key), ("data-kind", card.kind), ("tabindex", "0")], card.words, ground + inside)


def _room(frame: _Frame) -> float:
    """How wide a label at the side may be."""
    return frame.x - BAND - 5.0 - (0.0 if frame.worded else NUMBER)


def _square(row: Row, ends: tuple[str, str], labels: dict[str, str], box: Rect, theme: Theme) -> str:
    doubt = "" if row.status == "agreed" else f"; {SURE[row.status]}"
    said = f"{labels[ends[0]]} tells {labels[ends[1]]} ({row.strength}{doubt})"
    attributes = [("data-from", ends[0]), ("data-to", ends[1]), ("data-strength", row.strength)]
    attributes += [("data-flows", next(flow for flow in row.flows if flow.startswith(f"{ends[0]}>")))]
    attributes += [("data-status", row.status)] if row.status != "agreed" else []
    return named("square", attributes, said, draw_mark(box, row.critical, row.status, theme))


def draw_mark(box: Rect, critical: bool, status: str, theme: Theme) -> str:
    """Return a square in the middle of its field: full if critical, open with a stroke if peripheral, with "?" where unsure."""
    side = min(box.width, box.height, 20.0) - 2.4
    x, y = box.x + box.width / 2 - side / 2, box.y + box.height / 2 - side / 2
    square = Rect(x + 0.6, y + 0.6, side - 1.2, side - 1.2)
    unknown = status == "unknown"
    ink = theme.unknown_ink if unknown else theme.ink
    full = critical and not unknown
    look: list[tuple[str, str | float]] = [("fill", ink if full else theme.paper), ("stroke", ink), ("stroke-width", "1.2")]
    drawn = draw_box(square, 0.0, [*look, *([("stroke-dasharray", "1.6 1.6")] if unknown else [])])
    if status == "agreed" and not critical:
        stroke = f"M{num(square.x)} {num(square.y + square.height)}L{num(square.x + square.width)} {num(square.y)}"
        drawn += element("path", [("d", stroke), ("fill", "none"), ("stroke", ink), ("stroke-width", "1.2")])
    if status != "agreed":
        size = min(LETTERS, max(7.5, side - 1.0))
        spot: Point = (box.x + box.width / 2, box.y + box.height / 2 + BASE * size)
        drawn += words_at(spot, "?", size, theme.paper if full else theme.ink, bold=True, anchor="middle")
    return drawn


# -------------------------------------------------------------------------------------------------------------------- the key
def _key(grid: Grid, width: float, theme: Theme) -> tuple[str, float]:
    """One sample of whatever occurs, two below each other, in as many rows of columns as the page needs; and their height."""
    seen = {(row.critical or row.status == "unknown", row.status) for row in grid.rows}
    words = {(True, "agreed"): "Critical", (False, "agreed"): "Peripheral",
             (True, "disputed"): "Critical; the group does not agree",
             (False, "disputed"): "Peripheral; the group does not agree", (True, "unknown"): "Not known to the group"}  # fmt: skip
    samples = [_sample(said, kind[0], kind[1], theme) for kind, said in words.items() if kind in seen]
    samples += [_plain("Inside the team", theme.team_fill, theme)] if any(len(members) > 1 for members in grid.teams) else []
    samples += [_plain("The same person or agency", theme.rule, theme)]
    columns = [tuple(samples[at : at + 2]) for at in range(0, len(samples), 2)]
    scene = Scene(width, 0.0, "", "", "", tuple(replace(card, lines=()) for card in grid.cards), (), sectors=grid.sectors)
    columns += legend.entries((scene,), theme)
    x, top, parts = 0.0, 0.0, []
    for column in columns:
        wide = max(entry.width + 6.0 + width_of(entry.words, theme.small_size) for entry in column)
        if x > 0 and x + wide > width + 0.1:
            x, top = 0.0, top + 2 * ROW + 4.0
        for at, entry in enumerate(column):
            y = top + 21.0 + ROW * at
            spot = (x + max(one.width for one in column) + 6.0, y + BASE * theme.small_size)
            parts.append(entry.draw((x, y), words_at(spot, entry.words, theme.small_size, theme.ink)))
        x += wide + (WIDE + NARROW) / 2
    return element("g", [("class", "key"), ("aria-hidden", "true")], "".join(parts)), theme.key_height + top


def _sample(words: str, critical: bool, status: str, theme: Theme) -> Entry:
    def draw(spot: Point, text: str) -> str:
        return element("g", [], draw_mark(Rect(spot[0], spot[1] - 7.5, 15.0, 15.0), critical, status, theme) + text)

    return Entry(15.0, words, draw)


def _plain(words: str, fill: str, theme: Theme) -> Entry:
    def draw(spot: Point, text: str) -> str:
        ink = [("fill", fill), ("stroke", theme.rule), ("stroke-width", "0.5")]
        return element("g", [], draw_box(Rect(spot[0], spot[1] - 7.5, 15.0, 15.0), 0.0, ink) + text)

    return Entry(15.0, words, draw)
