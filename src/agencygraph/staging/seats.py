"""Who sits where: the places of one case, or of two that share them, each with a neutral key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agencygraph.model import Actor, Case
from agencygraph.renderers.lettering import tidy

_SHAPES = {"child": "child", "parent": "person", "family": "person", "carer": "person"}
_RANKS = {"child": 0, "person": 1, "school": 2}
_SECTORS = ("education", "social care", "health", "police and justice", "community")

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the maps: its key, its shape, and who sits there in each case (None: nobody)."""

    key: str
    shape: str
    sitters: tuple[Actor | None, ...]

    @property
    def sector(self) -> str:
        """The sector of whoever sits here first."""
        return next(sector_of(sitter) for sitter in self.sitters if sitter)


def sector_of(actor: Actor) -> str:
    """Return the sector that decides a card's ink; a school without one belongs to education."""
    return tidy(actor.sector) or ("education" if actor.kind == "school" else "")


def labels_of(case: Case, names: bool) -> dict[str, str]:
    """Return the words on each card by id, as they are drawn; a label that nobody can see gives way to the kind."""
    kinds = {actor.id: actor.kind.capitalize() for actor in case.actors}
    return {id: tidy(label) or kinds[id] for id, label in case.labels(names).items()}


def central_schools(cases: tuple[Case, ...], pairs: Pairs) -> tuple[str, ...]:
    """Return the id of the school in the centre for each case: the most tied over all cases, the first where they are alike."""
    earlier = {later: before for before, later in pairs}
    ties: dict[str, int] = {}
    for at, case in enumerate(cases):
        for actor in case.actors:
            if actor.kind == "school":
                who = earlier.get(actor.id, f" {actor.id}") if at else actor.id
                ties[who] = ties.get(who, 0) + sum(actor.id in (tie.source, tie.target) for tie in case.ties)
    if not ties:
        return ("",) * len(cases)
    chosen = max(ties, key=lambda who: ties[who])
    became = next((after for before, after in pairs if before == chosen), "")
    return ("", chosen.strip()) if chosen.startswith(" ") else (chosen, became)[: len(cases)]


def seat_all(cases: tuple[Case, ...], pairs: Pairs, schools: Sequence[str]) -> tuple[tuple[Seat, ...], dict[str, str]]:
    """Return all seats, and the key of each team by its name, in reading order: child, family, school, teams, practitioners."""
    return _number(_seats(cases, pairs, schools), cases)


def _shape(actor: Actor, central: str) -> str:
    if actor.kind == "school":
        return "school" if actor.id == central else "card"
    return _SHAPES.get(actor.kind, "card")


def _seats(cases: tuple[Case, ...], pairs: Pairs, schools: Sequence[str]) -> list[Seat]:
    """All places without keys, in the order of the cases; who differs in shape does not share one."""
    later = dict(pairs)
    taken: list[str] = []
    seats: list[Seat] = []
    for actor in cases[0].actors:
        shape, after = _shape(actor, schools[0]), None
        if len(cases) == 2 and actor.id in later:
            candidate = cases[1].actor(later[actor.id])
            after = candidate if _shape(candidate, schools[1]) == shape else None
        taken += [after.id] if after else []
        seats.append(Seat("", shape, (actor, after)[: len(cases)]))
    if len(cases) == 2:
        seats += [Seat("", _shape(actor, schools[1]), (None, actor)) for actor in cases[1].actors if actor.id not in taken]
    return seats


def _number(seats: list[Seat], cases: tuple[Case, ...]) -> tuple[tuple[Seat, ...], dict[str, str]]:
    """Seats and teams with neutral keys in reading order, practitioners by sector."""
    sectors = [*_SECTORS, *(s for s in dict.fromkeys(seat.sector for seat in seats) if s not in _SECTORS)]

    def rank(seat: Seat) -> tuple[int, int]:
        if seat.shape == "card":
            return 4, sectors.index(seat.sector) if seat.sector else len(sectors)
        return _RANKS[seat.shape], 0

    ordered = sorted(seats, key=rank)
    first = sum(seat.shape != "card" for seat in ordered)
    teams = list(dict.fromkeys(team.name for case in cases for team in case.teams))
    keyed = [replace(seat, key=f"n{at + 1 + (len(teams) if at >= first else 0)}") for at, seat in enumerate(ordered)]
    return tuple(keyed), {name: f"n{first + 1 + at}" for at, name in enumerate(teams)}
