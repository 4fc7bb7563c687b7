"""A team as SVG: a card for each role, and beside it a bar for its share of the work, with the number. Knows no case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.renderers.fitting import BASE
from agencygraph.renderers.leaves import Body
from agencygraph.renderers.lettering import shorten, tidy, width_of
from agencygraph.renderers.markup import draw_box, element, words_at
from agencygraph.renderers.notes import added, flow
from agencygraph.renderers.shapes import draw_band, named
from agencygraph.scene import Point, Rect
from agencygraph.themes import Theme

GAP, PAD = 8.0, 10.0
MOST_LINES = 8  # a label of more lines stands whole in the words alone


@dataclass(frozen=True, slots=True)
class Seat:
    """A role, or work for which the team has nobody (no label): its words, its sector, and its shares of the work."""

    words: str
    label: str = ""
    below: str = ""
    sector: str = ""
    lead: bool = False
    shares: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Laid:
    """A seat with the lines of its card, and how high its row is."""

    seat: Seat
    label: tuple[str, ...]
    below: tuple[str, ...]
    height: float


def percent(share: float) -> str:
    """Return a share as it is written: "18.5%".

    >>> percent(35.0), percent(18.5)
    ('35%', '18.5%')
    """
    return f"{share:.10g}%"


def write_shares(title: str, seats: Sequence[Seat], size: tuple[float, float], theme: Theme) -> tuple[Body, ...]:
    """Return the pages of a team: its box with a row for each seat."""
    width, room = size
    card = 226.0 * (1.0 + 0.2 * (theme.scale - 1.0))
    laid = [_lay(seat, card, theme) for seat in seats]
    pages: list[list[_Laid]] = [[]]
    for row in laid:
        if pages[-1] and _height([*pages[-1], row], theme) > room:
            pages.append([])
        pages[-1].append(row)
    sectors = tuple(dict.fromkeys(seat.sector for seat in seats if seat.sector))
    first, bodies = 1, []
    for number, page in enumerate(pages):
        said = f"{tidy(title)}{' (continued)' if number else ''}"
        bodies.append(_page(said, page, (width, card, first), (sectors, theme)))
        first += len(page) + 1
    return tuple(bodies)


def _bar(theme: Theme) -> float:
    return 24.0 * theme.scale


def _share_height(theme: Theme) -> float:
    return 1.35 * theme.second_size + 15.0 * theme.scale


def _height(rows: Sequence[_Laid], theme: Theme) -> float:
    return _bar(theme) + PAD + added([row.height + GAP for row in rows]) + 2.0


def _lay(seat: Seat, card: float, theme: Theme) -> _Laid:
    room = card - theme.band_width - 14.0 - (_pill_width(theme) + 8.0 if seat.lead else 0.0)
    label = flow(seat.label or "Nobody in the team", room, theme.second_size, True)
    below = flow(seat.below, room, theme.small_size) if seat.below else ()
    label = (*label[: MOST_LINES - 1], shorten(" ".join(label[MOST_LINES - 1 :]), room, theme.second_size, True)) if len(
        label) > MOST_LINES else label  # fmt: skip
    words = len(label) * 1.25 * theme.second_size + len(below) * 1.25 * theme.small_size + 12.0
    return _Laid(seat, label, below[:4], round(max(words, max(1, len(seat.shares)) * _share_height(theme)), 1))


def _page(title: str, rows: Sequence[_Laid], place: tuple[float, float, int], ink: tuple[tuple[str, ...], Theme]) -> Body:
    (width, card, first), (sectors, theme) = place, ink
    height = _height(rows, theme)
    border: list[tuple[str, str | float]] = [("stroke", theme.team_border), ("stroke-width", theme.team_border_width)]
    outline = draw_box(Rect(1.0, 1.0, width - 2.0, height - 2.0), theme.team_radius, [("fill", theme.team_fill), *border])
    size = theme.second_size * 1.15
    words = shorten(title, width - 24.0, size, True)
    head = words_at((width / 2, _bar(theme) / 2 + 2.0 + BASE * size), words, size, theme.ink, bold=True, anchor="middle")
    parts = [named("team", [("data-key", f"n{first}"), ("tabindex", "0")], title, outline + head)]
    y = _bar(theme) + PAD
    for number, row in enumerate(rows, first + 1):
        parts.append(_draw(row, (PAD, y), (width, card, number), (sectors, theme)))
        y += row.height + GAP
    said = "\n".join([title, *(f"- {row.seat.words}" for row in rows)])
    return Body(element("g", [("class", "shares")], "".join(parts)), round(height, 1), said)


def _draw(row: _Laid, spot: Point, place: tuple[float, float, int], ink: tuple[tuple[str, ...], Theme]) -> str:
    """A card at the left, its shares at the right."""
    (x, y), (width, card, number), (sectors, theme), seat = spot, place, ink, row.seat
    sector = theme.sector(seat.sector, sectors)
    border = theme.lead_border_width if seat.lead else theme.card.border_width
    box = Rect(x, y, card, row.height)
    look: list[tuple[str, str | float]] = [("fill", theme.paper), ("stroke", sector.ink if sector else theme.soft_ink)]
    look += [("stroke-width", border)] + ([] if seat.label else [("stroke-dasharray", "4 3")])
    inside = draw_box(box, 5.0, look) + (draw_band(Rect(x, y, theme.band_width, row.height), sector, 5.0, border) if sector else "")
    left, line = x + theme.band_width + 8.0, y + 6.0
    for words, size, bold in (*((one, theme.second_size, bool(seat.label)) for one in row.label),
                              *((one, theme.small_size, False) for one in row.below)):  # fmt: skip
        inside += words_at((left, line + 0.625 * size + BASE * size), words, size, theme.ink, bold=bold)
        line += 1.25 * size
    inside += _pill((x + card, y), theme) if seat.lead else ""
    share_y = y + (row.height - max(1, len(seat.shares)) * _share_height(theme)) / 2
    for share in seat.shares:
        inside += _share(share, (x + card + 16.0, share_y), (width - card - 2 * PAD - 20.0, sector.band if sector else ""), theme)
        share_y += _share_height(theme)
    if not seat.shares:
        at = (x + card + 16.0, y + row.height / 2 + BASE * theme.small_size)
        inside += words_at(at, "No share of the work is given.", theme.small_size, theme.ink)
    return named("seat", [("data-key", f"n{number}"), ("tabindex", "0")], seat.words, inside)


def _share(share: tuple[str, float], spot: Point, place: tuple[float, str], theme: Theme) -> str:
    """A share: its number and part of the work, and under them a bar in a frame that stands for the whole."""
    (part, of_all), (x, y), (room, fill), size = share, spot, place, theme.second_size
    base = y + 0.625 * size + BASE * size
    number = percent(of_all)
    wide = width_of(number, size, True)
    drawn = words_at((x, base), number, size, theme.ink, bold=True)
    drawn += words_at((x + wide + 7.0, base), shorten(tidy(part), room - wide - 7.0, size), size, theme.ink)
    top, high = y + 1.3 * size, 10.0 * theme.scale
    drawn += draw_box(Rect(x, top, room, high), 0.0, [("fill", theme.paper), ("stroke", theme.soft_ink), ("stroke-width", "0.6")])
    ink = [("fill", fill or theme.other_band), ("stroke", theme.ink), ("stroke-width", "1")]
    return drawn + draw_box(Rect(x, top, round(max(0.5, room * of_all / 100), 1), high), 0.0, ink)


def _pill_width(theme: Theme) -> float:
    return width_of("Lead", theme.small_size, True) + 12.0


def _pill(corner: Point, theme: Theme) -> str:
    wide, high = _pill_width(theme), 1.5 * theme.small_size
    box = Rect(corner[0] - wide - 6.0, corner[1] + 5.0, wide, high)
    words = words_at((box.x + wide / 2, box.y + high / 2 + BASE * theme.small_size), "Lead", theme.small_size, theme.pill_ink,
                     bold=True, anchor="middle")  # fmt: skip
    return draw_box(box, high / 2, [("fill", theme.pill_fill)]) + words
