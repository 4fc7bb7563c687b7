"""What all maps of a case share: who sits where, how large the cards are, where they stand, which lines there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from agencygraph.comparison import Comparison
from agencygraph.errors import InvalidError
from agencygraph.layouts import Page, Piece, Plan, Scenario, place
from agencygraph.layouts import Team as Container
from agencygraph.layouts.cast import body_height
from agencygraph.model import Actor, Case
from agencygraph.renderers.fitting import Wording, fit
from agencygraph.scene import Point
from agencygraph.staging.deltas import overlay
from agencygraph.staging.seats import Pairs, Seat, central_schools, labels_of, seat_all, sector_of
from agencygraph.themes import Theme, compact
from agencygraph.threads import Weave, weave

MOST_BESIDE = 12  # people for whom two maps beside each other are tried
MOST_WITH_LIST = 18  # people for whom a map with its list beside it is tried
BETWEEN = 18.0  # two maps beside each other
HEAD_AND_KEY = 107.0  # round a map with three rows of key; the heading of one of two maps takes STRIP more
STRIP, PLATES = 36.0, 14.0
SCHOOL_TIES = 24  # more ties than that need a larger outline
CARD = (90.0, 40.0)  # about the size of a card
NARROW = (584.0, 596.0, 572.0, 548.0)  # how wide a map may be that leaves room for a list beside it
LAYOUTS = ("kept", "fresh")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a caller wants of the staging besides the cases: private names, the ink, and the page if not the theme's own.

    `layout` says whether places that a case comes with are "kept" (they must be there) or all searched anew ("fresh"); empty:
    kept where there are any.
    """

    names: bool
    theme: Theme
    page: Page | None = field(default=None)
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all maps of one case, or of two, share; `keys`, `labels` and `weaves` stand in the order of the cases.

    So do `scenarios`, which for two cases end with that of the change map.
    """

    cases: tuple[Case, ...]
    seats: tuple[Seat, ...]
    keys: tuple[Mapping[str, str], ...]
    team_keys: Mapping[str, str]
    labels: tuple[Mapping[str, str], ...]
    weaves: tuple[Weave, ...]
    pieces: tuple[Piece, ...]
    scenarios: tuple[Scenario, ...]
    plan: Plan
    sectors: tuple[str, ...]
    theme: Theme

    @property
    def sizes(self) -> dict[str, tuple[float, float]]:
        """The width and height of each card by its key."""
        return {piece.key: (piece.width, piece.height) for piece in self.pieces}

    def places(self, at: int) -> dict[str, Point]:
        """Where everybody of a case stands, by id."""
        return {id: self.plan.places[key] for id, key in self.keys[at].items()}


def set_out_pair(comparison: Comparison, wish: Wish) -> Setting:
    """Find places for everybody on the maps before and after and on the change map at once.

    In each block the later ones take the places of the earlier ones, in order, as far as they go.
    """
    pairs = tuple(pair for block in comparison.blocks for pair in zip(block.before, block.after, strict=False))
    return _set_out((comparison.before, comparison.after), pairs, wish, comparison)


def set_out(case: Case, wish: Wish) -> Setting:
    """Find places for everybody on the map of a case."""
    return _set_out((case,), (), wish, None)


def _set_out(cases: tuple[Case, ...], pairs: Pairs, wish: Wish, comparison: Comparison | None) -> Setting:
    """Find places; `pairs` says who of the second case sits where whom of the first sat: (earlier id, later id), each once."""
    theme = wish.theme
    schools = central_schools(cases, pairs)
    seats, team_keys = seat_all(cases, pairs, schools)
    keys = tuple({sitter.id: seat.key for seat in seats if (sitter := seat.sitters[at])} for at in range(len(cases)))
    labels = tuple(labels_of(case, wish.names) for case in cases)
    weaves = tuple(weave(case, keys[at], team_keys, labels[at]) for at, case in enumerate(cases))
    pieces = tuple(_piece(seat, cases, labels, weaves, theme) for seat in seats)
    scenarios = tuple(_scenario(case, keys[at], team_keys, weaves[at], schools[at]) for at, case in enumerate(cases))
    if comparison:
        scenarios = (*scenarios, _change_scenario(comparison, keys, team_keys, scenarios[1]))
    page = wish.page or _page(len(pieces), theme)
    plan = _placed(pieces, scenarios, page, _kept(cases, keys, wish))
    sectors = tuple(dict.fromkeys(sector_of(sitter) for seat in seats if seat.shape == "card" for sitter in seat.sitters if sitter))
    return Setting(cases, seats, keys, team_keys, labels, weaves, pieces, scenarios, plan, tuple(s for s in sectors if s), theme)


def _change_scenario(comparison: Comparison, keys: Sequence[Mapping[str, str]], team_keys: Mapping[str, str],
                     later: Scenario) -> Scenario:  # fmt: skip
    """The change map for the layout: the later map with whoever left, and the lines that ended."""
    left = tuple(keys[0][id] for block in comparison.left for id in block.before)
    return Scenario((*later.pieces, *left), tuple(b.bond for b in overlay(comparison, keys, team_keys).bundles), later.teams)


def side_by_side(comparison: Comparison, wish: Wish) -> Iterator[Setting]:
    """Yield settings on half a page for two maps beside each other; none where people are too many for it, or have places."""
    people = sum(max(len(block.before), len(block.after)) for block in comparison.blocks)
    if people <= MOST_BESIDE and _may_move((comparison.before, comparison.after), wish):
        width = float(int((wish.theme.page_width - 2 * wish.theme.margin - BETWEEN) / 2))
        for theme in (wish.theme, compact(wish.theme)):
            found = _within(comparison, replace(wish, theme=theme), width, wish.theme.page_height - HEAD_AND_KEY - STRIP)
            if found:
                yield found


def beside_list(wide: Setting, wish: Wish, widths: Iterable[float]) -> Iterator[Setting]:
    """Yield settings for narrow change maps with a list beside them; none where people are too many for it, or have places."""
    if len(wide.seats) <= MOST_WITH_LIST and _may_move(wide.cases, wish):
        _, height = heights_beside_list(wide)
        for width in widths:
            found = _draw_in(wide, compact(wide.theme), width, height)
            if found.plan.height <= height:
                yield found


def heights_beside_list(wide: Setting) -> tuple[float, float]:
    """Return how high a map may be that shares a page with its list: with what may hang below its lowest cards, and without."""
    most = wide.theme.page_height - HEAD_AND_KEY
    return most, (most - PLATES if any(None in seat.sitters for seat in wide.seats) else most)


def _draw_in(wide: Setting, theme: Theme, width: float, height: float) -> Setting:
    """A setting for the change map alone on less of the page: everybody as near as can be to where they stand on the wider maps,
    drawn together."""
    pieces = tuple(_piece(seat, wide.cases, wide.labels, wide.weaves, theme) for seat in wide.seats)
    plan = wide.plan
    across, down = (width - CARD[0]) / (plan.width - CARD[0]), (height - CARD[1]) / (plan.height - CARD[1])
    near = tuple((key, (width / 2 + (x - plan.width / 2) * across, height / 2 + (y - plan.height / 2) * down))
                 for key, (x, y) in plan.places.items())  # fmt: skip
    found = _placed(pieces, wide.scenarios[-1:], Page(width, height), (), near)
    corners = found.team_corners * len(wide.cases)
    return replace(wide, pieces=pieces, plan=replace(found, team_corners=corners), theme=theme)


def _may_move(cases: tuple[Case, ...], wish: Wish) -> bool:
    """Whether a smaller map with smaller cards may be tried: on a page across, in usual letters, where nobody has a place."""
    kept = wish.layout != "fresh" and any(case.places for case in cases)
    return not kept and not wish.theme.is_upright and wish.theme.scale == 1.0


def _within(comparison: Comparison, wish: Wish, width: float, height: float) -> Setting | None:
    """A setting on a part of the page; None where it would have to be higher."""
    found = set_out_pair(comparison, replace(wish, page=Page(width=width, body_height=height)))
    return found if found.plan.height <= height else None


def _page(people: int, theme: Theme) -> Page:
    """The page of a theme; larger cards get a higher one, as its width stays."""
    page = Page(width=theme.page_width - 2 * theme.margin)
    if theme.scale == 1.0:
        return page
    return Page(width=page.width, body_height=float(int(body_height(people, page) * theme.scale * 1.1)))


@lru_cache(maxsize=64)
def _placed(pieces: tuple[Piece, ...], scenarios: tuple[Scenario, ...], page: Page, kept: tuple[tuple[str, Point], ...],
            near: tuple[tuple[str, Point], ...] = ()) -> Plan:  # fmt: skip
    """The places; a second map of the same case costs no search."""
    return place(pieces, scenarios, page=page, kept=dict(kept), near=dict(near))


def _kept(cases: tuple[Case, ...], keys: tuple[Mapping[str, str], ...], wish: Wish) -> tuple[tuple[str, Point], ...]:
    """The places that the cases come with, by key; those of the first case go before those of the second.

    Places belong to a page across with cards of the usual size: on another page they are kept only where that is asked for.
    """
    theme, kept = wish.theme, dict[str, Point]()
    if wish.layout == "fresh" or wish.page or (theme.is_upright and not wish.layout) or not (theme.keeps_places or wish.layout):
        return ()
    for at, case in enumerate(cases):
        for id, x, y in case.places:
            kept.setdefault(keys[at][id], (x, y))
    if wish.layout == "kept":
        _check_kept(kept, theme)
    return tuple(kept.items())


def _check_kept(kept: Mapping[str, Point], theme: Theme) -> None:
    """Refuse to keep places that are not there, or not on the page."""
    if not kept:
        raise InvalidError("layout='kept' needs a case that holds places: case.replace(places=draw(case).places) puts them in.")
    if not theme.keeps_places:
        raise InvalidError("layout='kept' does not go with a theme of larger cards, for which places are searched anew.")
    if max(x for x, _ in kept.values()) > theme.page_width - 2 * theme.margin:
        raise InvalidError("layout='kept': these places are for a wider page. Draw the map across, or leave layout out.")


def second_line(actor: Actor, case: Case) -> str:
    """Return the age on the child's card, where the case has one child."""
    children = [other for other in case.actors if other.kind == "child"]
    return f"age {case.age}" if actor.kind == "child" and len(children) == 1 and case.age is not None else ""


def wording_of(actor: Actor, case: Case, label: str, shape: str) -> Wording:
    """Return what is to stand on a card."""
    return Wording(label, second_line(actor, case), shape == "card" and bool(sector_of(actor)), actor.id in case.leads)


def _piece(seat: Seat, cases: tuple[Case, ...], labels: Sequence[Mapping[str, str]],
           weaves: Sequence[Weave], theme: Theme) -> Piece:  # fmt: skip
    """The card that a seat needs: large enough for everybody who ever sits there, and for the ties."""
    width, height, ties = 0.0, 0.0, 0
    for at, sitter in enumerate(seat.sitters):
        if sitter:
            wide, high = fit(wording_of(sitter, cases[at], labels[at][sitter.id], seat.shape), seat.shape, theme)
            width, height = max(width, wide), max(height, high)
            ties = max(ties, sum(seat.key in (t.bond.source, t.bond.target) for t in weaves[at].threads))
    if seat.shape == "card":
        height += theme.growth_per_tie * max(0, ties - theme.ties_before_growth)
    elif seat.shape == "school":
        more = theme.growth_per_tie * max(0, ties - SCHOOL_TIES)
        width, height = width + 1.5 * more, height + more
    side = {"card": "practitioner", "school": "school"}.get(seat.shape, "family")
    return Piece(seat.key, seat.shape, width, height, seat.sector if seat.shape == "card" else "", side)


def _scenario(case: Case, keys: Mapping[str, str], team_keys: Mapping[str, str], woven: Weave, school: str) -> Scenario:
    """One arrangement for the layout: only the school in the centre hosts a team there."""
    hosts = {school: keys[school]} if school else {}
    teams = tuple(Container(team_keys[team.name], tuple(keys[who] for who in team.members), hosts.get(team.host, ""))
                  for team in case.teams)  # fmt: skip
    return Scenario(tuple(keys[actor.id] for actor in case.actors), tuple(thread.bond for thread in woven.threads), teams)
